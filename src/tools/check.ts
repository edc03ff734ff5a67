/**
 * Tells an author which file, step and rule is wrong, and what a new language lacks: `npm run check`. Another content folder than
 * `src/guides` can be given as the argument, and is then looked at alone. With `--release`, and when all is fine, the ids of this
 * release are noted. With `--strict`, what is due to be checked again is a problem too. Exit code 0: all is fine; 1: something is wrong.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { z } from 'zod'
import { ContentError, readContent, readJson, type ContentProblem } from '../guides/read'
import { isOver } from '../guides/age'
import { passagesSchema, shelfLives, sourcesSchema } from '../guides/schema'
import { answers, languages, scenarios, topics } from '../topics'
import { wordsOf } from '../understanding/clean'
import { commands } from '../verbs/verbs'
import { projectProblems } from './check/languages'
import { heardProblems, text, wordFiles, wordProblems } from './check/words'
import { strandedProblems, writeReleased } from './check/released'

const root = resolve(__dirname, '../..')
const ownContent = join(root, 'src', 'guides')

const phrasingFiles = languages.flatMap((language) => [...topics, 'none'].map((topic) => `${language}/phrasings/${topic}.txt`))
const passageFiles = [...scenarios, ...answers].map((topic) => `passages/${topic}.json`)
const known: ReadonlySet<string> = new Set([
  ...languages.flatMap((language) => [...scenarios, ...answers, 'pictures', 'commands', 'heard'].map((name) => `${language}/${name}.json`)),
  ...languages.flatMap((language) => wordFiles.map((name) => `${language}/${name}`)),
  ...languages.flatMap((language) => passageFiles.map((name) => `${language}/${name}`)),
  ...phrasingFiles,
])

const authored = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => /\.(?:json|txt)$/.test(name))

/** A name that is spelt wrong would otherwise go unnoticed, and so would a language that is not in `languages`. */
const strayFiles = (folder: string): readonly ContentProblem[] =>
  authored(folder)
    .filter((file) => file.includes('/') && !file.startsWith('synonyms/') && !known.has(file))
    .map((file) => ({ file, where: 'file', rule: 'is read by nobody (is its name right?)' }))

const guideProblems = (folder: string): readonly ContentProblem[] => {
  try {
    readContent(folder)
    return []
  } catch (error) {
    if (error instanceof ContentError) return error.problems
    throw error
  }
}

/** What an author has to write where a file is missing. */
const toWrite = (file: string): string => {
  const name = file.replace(/^[a-z]+\//, '')
  if (file === 'released.json') return 'the ids of the last release, as they stood there'
  if (name === file) return 'the pages that guides and answers rest on'
  if (file.startsWith('en/')) return 'what the other languages have in their file of that name'
  if (file.startsWith('synonyms/')) return 'how this language says the concepts of synonyms/en.json'
  if (name === 'phrasings/none.txt') return 'a line each, what people write that is no question of ours'
  if (name.startsWith('phrasings/')) return `a line each, 40 or more ways people ask for it; en/${name} shows what kind`
  if (name === 'heard.json') return 'the words that answer, ask and tell secrets, under the keys of en/heard.json; src/guides/texts.ts says what each is for'
  if (name === 'commands.json') return 'what people type in place of pressing, under the keys of en/commands.json'
  return `what en/${name} says, in the same shape`
}

const commandsSchema = z.strictObject({
  phrases: z.record(z.enum(commands), z.array(text).min(1)),
  polite: z.array(text),
  picks: z.strictObject({ nouns: z.array(text), fillers: z.array(text), words: z.record(text, z.int().min(1)) }),
})

/** Case, accents and punctuation make no difference to what is understood. */
const key = (words: string) => wordsOf(words).join(' ')

/** The same words cannot be two commands, in whatever language. */
const commandProblems = (folder: string): readonly ContentProblem[] => {
  const problems: ContentProblem[] = []
  const seen = new Map<string, string>()
  for (const file of languages.map((language) => `${language}/commands.json`))
    for (const [command, phrases] of Object.entries(readJson(folder, file, commandsSchema, problems)?.phrases ?? {}))
      for (const phrase of phrases) {
        const other = seen.get(key(phrase)) ?? command
        if (other !== command) problems.push({ file, where: `phrases.${command} (${phrase})`, rule: `is the command ${other} as well` })
        seen.set(key(phrase), other)
      }
  return problems
}

const synonymsSchema = z.record(z.string(), z.array(text).min(1))

/** English has every concept; in one language a form cannot stand for two. */
const synonymProblems = (folder: string): readonly ContentProblem[] => {
  const problems: ContentProblem[] = []
  const tableIn = (file: string) => Object.entries(readJson(folder, file, synonymsSchema, problems) ?? {})
  const concepts = new Set(tableIn('synonyms/en.json').map(([concept]) => concept))
  const ours = languages.map((language) => `synonyms/${language}.json`)
  for (const file of new Set([...ours, ...authored(folder).filter((name) => name.startsWith('synonyms/'))])) {
    const seen = new Map<string, string>()
    for (const [concept, forms] of tableIn(file)) {
      if (!concepts.has(concept)) problems.push({ file, where: concept, rule: 'is no concept of synonyms/en.json' })
      for (const form of forms) {
        const other = seen.get(form) ?? concept
        if (other !== concept) problems.push({ file, where: `${concept} (${form})`, rule: `stands under ${other} as well` })
        seen.set(form, other)
      }
    }
  }
  return problems
}

const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

/** A phrasing may stand once in a language; the same words under two topics teach nothing. */
const phrasingProblems = (folder: string): readonly ContentProblem[] =>
  languages.flatMap((language) => {
    const seen = new Map<string, string>()
    return phrasingFiles
      .filter((file) => file.startsWith(`${language}/`))
      .flatMap((file) => {
        if (!existsSync(join(folder, file))) return [{ file, where: 'file', rule: 'is missing' }]
        return linesOf(join(folder, file)).flatMap((line) => {
          const before = seen.get(key(line))
          seen.set(key(line), file)
          return before ? [{ file, where: line, rule: before === file ? 'stands here twice' : `stands in ${before} as well` }] : []
        })
      })
  })

/** A topic may have no passages file; where one language has it, every language has the same passages. */
const passageProblems = (folder: string): readonly ContentProblem[] => {
  const problems: ContentProblem[] = []
  for (const name of passageFiles.filter((each) => languages.some((language) => existsSync(join(folder, language, each))))) {
    const read = languages.map((language) => {
      const file = `${language}/${name}`
      return { file, passages: readJson(folder, file, passagesSchema, problems) }
    })
    const everywhere = new Set(read.flatMap(({ passages }) => Object.keys(passages ?? {})))
    for (const { file, passages } of read)
      for (const where of passages ? everywhere : [])
        if (!Object.hasOwn(passages ?? {}, where)) problems.push({ file, where, rule: 'is there in another language and missing here' })
  }
  return problems
}

const datesIn = (folder: string, file: string, key: string) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(new RegExp(`"${key}":\\s*"(\\d{4}-\\d\\d-\\d\\d)"`, 'g'))].map(([, date = '']) => date)

/** Steps and answers, and pages, that are due to be checked again; portals and pages change. */
const oldDates = (folder: string, today: string): readonly ContentProblem[] => {
  const written = authored(folder).flatMap((file) => {
    const old = datesIn(folder, file, 'checked').filter((date) => isOver(date, shelfLives.steps, today))
    const many = old.length === 1 ? '1 date is' : `${old.length} dates are`
    return old.length > 0 ? [{ file, where: 'checked', rule: `${many} older than ${shelfLives.steps} months (${old[0]})` }] : []
  })
  const sources = Object.entries(readJson(folder, 'sources.json', sourcesSchema, []) ?? {})
  const due = sources.filter(([, { read, of }]) => isOver(read, shelfLives[of], today))
  return [...written, ...due.map(([id, { read }]) => ({ file: 'sources.json', where: id, rule: `was read on ${read} and is due to be read again` }))]
}

const noteRelease = (folder: string, isFine: boolean) => {
  if (isFine) writeReleased(folder)
  process.stdout.write(isFine ? 'The ids of this release are in released.json.\n' : 'released.json is left as it was.\n')
}

const main = (folder: string, isRelease: boolean, isStrict: boolean) => {
  if (!existsSync(folder)) {
    process.stderr.write(`There is no folder ${folder}.\n`)
    process.exitCode = 1
    return
  }
  const checks = [strayFiles, guideProblems, strandedProblems, wordProblems, heardProblems, commandProblems, synonymProblems, phrasingProblems, passageProblems]
  const old = oldDates(folder, new Date().toISOString().slice(0, 10))
  const problems = [...checks.flatMap((check) => check(folder)), ...(folder === ownContent ? projectProblems(root) : []), ...(isStrict ? old : [])]
  for (const { file, where, rule } of problems)
    process.stdout.write(`${file}: ${where}: ${rule}${rule === 'is missing' && where === 'file' ? `; write ${toWrite(file)}` : ''}\n`)
  if (!isStrict) for (const { file, where, rule } of old) process.stdout.write(`note: ${file}: ${where}: ${rule}\n`)
  if (problems.length > 0) process.stdout.write(`\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.\n`)
  else process.stdout.write(`All ${authored(folder).length} files are fine.\n`)
  if (isRelease) noteRelease(folder, problems.length === 0)
  process.exitCode = problems.length > 0 ? 1 : 0
}

if (require.main === module) {
  const given = process.argv.slice(2)
  main(resolve(given.find((each) => !each.startsWith('--')) ?? ownContent), given.includes('--release'), given.includes('--strict'))
}
