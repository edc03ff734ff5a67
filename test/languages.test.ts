/** What does it take to add a language? The compiler and `npm run check` name all of it; with all of it there, the language is spoken. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pictureIds } from '../src/guides/schema'
import { patternFiles } from '../src/tools/check/patterns'
import { answers, languages, scenarios, topics } from '../src/topics'

// Compiling takes seconds, or minutes where many do it at once.
jest.setTimeout(300_000)

const root = join(__dirname, '..')
let project: string

/** A copy of all that is built and checked. Packages are linked one by one, so that the lock of a build is the copy's own. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'onetenant-languages-'))
  for (const part of ['src', 'appPackage', 'package.json', 'tsconfig.json', join('test', 'evaluation')])
    cpSync(join(root, part), at(part), { recursive: true, filter: (path) => !path.endsWith(join('appPackage', 'build')) })
  mkdirSync(at('node_modules'))
  for (const name of readdirSync(join(root, 'node_modules')).filter((each) => !each.startsWith('.')))
    symlinkSync(join(root, 'node_modules', name), at('node_modules', name), 'junction')
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

const at = (...parts: readonly string[]) => join(project, ...parts)
const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
  return { status, stdout, lines: `${stdout}${stderr}`.split('\n') }
}
const check = () => run(join('src', 'tools', 'run.mjs'), 'check')

/** Changes a file's text; fails when there is nothing to change. */
const change = (file: string, from: string | RegExp, to: (found: string) => string) => {
  const before = readFileSync(at(file), 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${file} has no ${from}`)
  writeFileSync(at(file), after)
}
const speak = (...added: readonly string[]) => change('src/topics.ts', /(?<=export const languages = )\[.*\]/, () => JSON.stringify([...languages, ...added]))

/** Where the code has something for each language. */
const named = [
  'src/guides/texts.ts',
  'src/languages.ts',
  'src/replies/helpers.ts',
  'src/sandbox/index.ts',
  'src/sandbox/invoke-answer.ts',
  'src/sandbox/page/words.ts',
  'src/sandbox/tries.ts',
  'src/tools/check/patterns.ts',
  'src/understanding/spelling.ts',
]
/** Where German stands already, as a language whose questions are understood. */
const namedForStrangers = ['src/understanding/language.ts', 'src/understanding/synonyms.ts']

const filesFor = (language: string): readonly string[] => [
  ...[...scenarios, ...answers, 'pictures', 'ui', 'error-codes', 'products', 'commands', 'heard'].map((name) => `${language}/${name}.json`),
  ...[...topics, 'none'].map((topic) => `${language}/phrasings/${topic}.txt`),
  ...readdirSync(join(root, 'src', 'guides', 'en', 'passages')).map((name) => `${language}/passages/${name}`),
  ...pictureIds.map((id) => `src/cards/images/${language}/${id}.png`),
  `test/evaluation/${language}.jsonl`,
]

/** Sentences that tell which languages the bot speaks. */
const sentences = [
  'en/ui.json: talk.languageForeign',
  'en/ui.json: talk.helpCommandsText',
  'fr/ui.json: talk.languageChoice',
  'fr/ui.json: talk.welcomeLook',
  'appPackage/manifest.json: description.full',
  'appPackage/manifest.json: bots[0].commandLists[0].commands[10].title',
  'appPackage/fr.json: description.full',
  'src/sandbox/page/words.ts: en.emptyText.personal',
  'src/sandbox/page/words.ts: fr.emptyText.personal',
]

test('an id in `languages` is enough to be told everything that is missing, by one command', () => {
  speak('de', 'sv')
  const { status, lines } = check()
  expect(status).toBe(1)

  const errors = lines.flatMap((line) => {
    const [, file, error] = /^(src\/[^(]+)\(\d+,\d+\): error TS\d+: (.*)$/.exec(line) ?? []
    return file && error ? [{ file, error }] : []
  })
  expect(errors.map(({ file }) => file).toSorted()).toEqual([...named, ...namedForStrangers].toSorted())
  for (const { file, error } of errors) {
    expect(error).toMatch(/\bsv\b/)
    if (named.includes(file)) expect(error).toMatch(/\bde\b/)
  }

  const missing = (file: string) => expect.stringMatching(new RegExp(`^${file.replaceAll('.', String.raw`\.`)}: file: is missing; \\w.{20}`))
  expect(lines).toEqual(expect.arrayContaining([...filesFor('de'), ...filesFor('sv'), 'synonyms/sv.json'].map(missing)))
  for (const language of ['de', 'sv']) {
    expect(lines).toContainEqual(expect.stringContaining(`appPackage/manifest.json: localizationInfo: names no file for ${language}`))
    for (const folder of ['acts', 'openings'])
      expect(lines).toContainEqual(expect.stringContaining(`src/guides/${folder}: "locale":"${language}": no line has it; write what people write`))
    for (const file of patternFiles)
      expect(lines).toContain(`src/understanding/${file}.ts: patterns: hold no words of ${language}; add them, and say so in src/tools/check/patterns.ts`)
    expect(lines).toContainEqual(`src/sandbox/page/index.html: noscript: needs its sentence in <span lang="${language}"> too`)
  }
  for (const sentence of sentences) expect(lines).toContain(`${sentence}: names another language of the bot, but not de, sv`)
})

test('a pattern with French words in it is on the list of those that hold several languages', () => {
  const folder = join(root, 'src', 'understanding')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const holding = files.filter((name) => /\|(?:et|pas|je|le|la|les|une?|est|de|du|oui|mon|notre)\b/.test(readFileSync(join(folder, name), 'utf8')))
  expect(holding.length).toBeGreaterThan(10)
  expect(holding.map((name) => name.replace(/\.ts$/, '').replaceAll('\\', '/')).filter((name) => !(patternFiles as readonly string[]).includes(name))).toEqual(
    [],
  )
})

/** German as far as it can be made by a script: what is asked for is there, in English words. */
describe('with all of it there', () => {
  const read = (file: string) => JSON.parse(readFileSync(at(file), 'utf8'))
  const write = (file: string, content: unknown) => writeFileSync(at(file), JSON.stringify(content))
  /** A row like the English one, after it. */
  const addRow = (file: string, edit = (row: string) => row) =>
    change(file, /^ {2}en: (?:\{\n(?: {4}.*\n)+ {2}\},|.*)\n/m, (row) => row + edit(row.replace('en:', 'de:')))

  const spoken = [/english|anglais/i, /french|français/i, /german|allemand|deutsch/i]
  /** Where some of the languages are named, all are. */
  const naming = (value: unknown): unknown => {
    if (typeof value === 'string')
      return spoken.some((name) => name.test(value)) ? `${value.replaceAll(/\b(?:german|allemand|deutsch)\b/gi, '')} (English, français, Deutsch)` : value
    if (Array.isArray(value)) return value.map(naming)
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, naming(inner)])) : value
  }

  const fillContent = () => {
    cpSync(at('src/guides/en'), at('src/guides/de'), { recursive: true })
    for (const language of ['en', 'fr', 'de']) {
      const ui = read(`src/guides/${language}/ui.json`)
      ui.helpers.previewIn.de = 'German'
      if (language === 'de') ui.buttons.speak = 'Auf Deutsch'
      write(`src/guides/${language}/ui.json`, naming(ui))
    }
    write('src/guides/lookalikes.json', { ...read('src/guides/lookalikes.json'), de: [] })
    for (const folder of ['acts', 'openings'])
      change(join('src', 'guides', folder, 'student.jsonl'), /.*"locale":"en".*\n/, (line) => line + line.replace('"locale":"en"', '"locale":"de"'))
    cpSync(at('src/cards/images/en'), at('src/cards/images/de'), { recursive: true })
    cpSync(at('test/evaluation/en.jsonl'), at('test/evaluation/de.jsonl'))
  }

  const fillCode = () => {
    change('src/guides/texts.ts', /(?:import en\w+ from .*\n)+/, (lines) => lines + lines.replaceAll('import en', 'import de').replaceAll('./en/', './de/'))
    addRow('src/guides/texts.ts', (row) => row.replaceAll(/\ben(?=[A-Z])/g, 'de'))
    addRow('src/languages.ts', (row) =>
      row
        .replace("'English'", "'Deutsch'")
        .replace("'en-GB'", "'de-DE'")
        .replace("'en-US'", "'de-DE'")
        .replace(/\(english\|.*?\)/, '(german|allemand|deutsch)'),
    )
    for (const file of ['index.ts', 'invoke-answer.ts', 'tries.ts']) addRow(`src/sandbox/${file}`)
    change('src/tools/check/patterns.ts', 'fr: patternFiles', (row) => `${row}, de: patternFiles`)
    change('src/sandbox/page/words.ts', '{ en, fr }', () => '{ en, fr, de: { ...fr } }')
    change('src/sandbox/page/words.ts', /English or French|français ou en anglais/g, (found) => `${found}, Deutsch`)
    change('src/sandbox/page/index.html', '</noscript>', (end) => `<span lang="de">Diese Seite braucht JavaScript.</span>${end}`)
  }

  const fillPackage = () => {
    change('appPackage/manifest.json', '{ "languageTag": "fr"', (row) => `{ "languageTag": "de", "file": "de.json" }, ${row}`)
    write('appPackage/de.json', read('appPackage/fr.json'))
    for (const file of ['manifest', 'fr', 'de']) write(`appPackage/${file}.json`, naming(read(`appPackage/${file}.json`)))
  }

  beforeAll(() => {
    speak('de')
    fillContent()
    fillCode()
    fillPackage()
  })

  test('neither the compiler nor the check has anything to say', () => {
    const { status, stdout, lines } = check()
    expect(lines.filter((line) => /error|names|missing/.test(line))).toEqual([])
    expect(stdout).toMatch(/^All \d+ files are fine\.\n$/)
    expect(status).toBe(0)
    expect(run(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', join('src', 'sandbox', 'page'))).toMatchObject({ status: 0, stdout: '' })
  })

  test('what is German comes out German', () => {
    const said = `
      const { words } = require('./dist/guides/words')
      const { storedProof } = require('./dist/replies/findings')
      const { welcomeReply } = require('./dist/replies/talk')
      const { languageOfTag } = require('./dist/languages')
      const { wantedLanguage } = require('./dist/understanding/wanted-language')
      const { languageOf } = require('./dist/understanding/language')
      const { pageAt } = require('./dist/pages')
      const proved = { tenant: 'yes', microsoft365: 'yes', azure: 'yes', at: '2026-11-25T14:30:00Z' }
      console.log(JSON.stringify({
        date: words('de').date('2026-11-25'),
        time: JSON.stringify(storedProof(proved, { language: 'de', timeZone: 'Europe/Berlin' })),
        french: words('fr').date('2026-11-25'),
        offered: welcomeReply('fr').page.buttons.filter(({ action }) => action?.verb === 'speak').map(({ action }) => action.lang),
        client: languageOfTag('de-AT'),
        wanted: wantedLanguage('auf Deutsch bitte'),
        written: ['Wie bekomme ich Azure für unsere Benutzer?', 'Comment obtenir Azure ?', '¿Cómo consigo Azure para mis usuarios?'].map(languageOf),
        page: /<html lang="(..)">/.exec(pageAt('/privacy', 'de-CH,fr;q=0.9', { retentionDays: 1, keepsFeedbackText: false }))[1],
      }))`
    expect(JSON.parse(run('-e', said).stdout)).toEqual({
      date: '25. November 2026',
      time: expect.stringContaining('25. November 2026'),
      french: '25 novembre 2026',
      offered: ['en', 'de'],
      client: 'de',
      wanted: 'de',
      written: ['de', 'fr', 'other'],
      page: 'de',
    })
  })
})
