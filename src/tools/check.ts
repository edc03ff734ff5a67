/**
 * Tells an author which file, step and rule is wrong: `npm run check`. Another content folder than `src/guides` can be given as
 * the argument. With `--release`, and when all is fine, the ids of this release are noted. Exit code 0: all is fine; 1: something is wrong.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { z } from 'zod'
import { ContentError, readContent, readJson, type ContentProblem } from '../guides/read'
import { passagesSchema } from '../guides/schema'
import { answers, languages, scenarios, topics } from '../topics'
import { wordsOf } from '../understanding/clean'
import { commands } from '../verbs/verbs'
import { strandedProblems, writeReleased } from './check/released'

const ownContent = resolve(__dirname, '../../src/guides')
/** A date longer ago than this is named, since pages and portals change. */
const shelfLifeDays = 365
const dayMs = 24 * 60 * 60 * 1000

const phrasingFiles = languages.flatMap((language) => [...topics, 'none'].map((topic) => `${language}/phrasings/${topic}.txt`))
const passageFiles = [...scenarios, ...answers].map((topic) => `passages/${topic}.json`)
const wordFiles = ['ui.json', 'error-codes.json', 'products.json'] as const
const known: ReadonlySet<string> = new Set([
  ...languages.flatMap((language) => [...scenarios, ...answers, 'pictures', 'commands'].map((name) => `${language}/${name}.json`)),
  ...languages.flatMap((language) => wordFiles.map((name) => `${language}/${name}`)),
  ...languages.flatMap((language) => passageFiles.map((name) => `${language}/${name}`)),
  ...phrasingFiles,
])

const authored = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => /\.(?:json|txt)$/.test(name))

/** A name that is spelt wrong would otherwise go unnoticed. */
const strayFiles = (folder: string): readonly ContentProblem[] =>
  authored(folder)
    .filter((file) => languages.some((language) => file.startsWith(`${language}/`)) && !known.has(file))
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

const text = z.string().trim().min(1)

const groups = z.record(z.string(), z.unknown())
type Sentences = ReadonlyMap<string, string>

/** Every sentence by its dotted path. What is no sentence is a problem. */
const sentencesIn = (folder: string, file: string, problems: ContentProblem[]): Sentences => {
  const found = new Map<string, string>()
  const walk = (value: unknown, where: string) => {
    const group = groups.safeParse(value)
    const sentence = text.safeParse(value)
    if (group.success) for (const [key, inner] of Object.entries(group.data)) walk(inner, where ? `${where}.${key}` : key)
    else if (sentence.success) found.set(where, sentence.data)
    else problems.push({ file, where, rule: 'must be a text that is not empty' })
  }
  walk(readJson(folder, file, groups, problems) ?? {}, '')
  return found
}

const placesIn = (sentence: string) => [...new Set(sentence.match(/\{\{\w+\}\}/g))].toSorted().join(', ')

/** The same sentences in every language, with the same places to fill. */
const wordProblems = (folder: string): readonly ContentProblem[] =>
  wordFiles.flatMap((name) => {
    const problems: ContentProblem[] = []
    const english = sentencesIn(folder, `en/${name}`, problems)
    for (const file of languages.filter((language) => language !== 'en').map((language) => `${language}/${name}`))
      problems.push(...differences(file, english, sentencesIn(folder, file, problems)))
    return problems
  })

const differences = (file: string, english: Sentences, here: Sentences): readonly ContentProblem[] =>
  [...new Set([...english.keys(), ...here.keys()])].flatMap((where) => {
    const [theirs, ours] = [english.get(where), here.get(where)]
    if (ours === undefined) return [{ file, where, rule: 'is there in English and missing here' }]
    if (theirs === undefined) return [{ file, where, rule: 'is here and not in English' }]
    const places = placesIn(theirs)
    return places === placesIn(ours) ? [] : [{ file, where, rule: `must fill ${places || 'nothing'}, as in English` }]
  })

const commandsSchema = z.strictObject({
  phrases: z.record(z.enum(commands), z.array(text).min(1)),
  polite: z.array(text),
  picks: z.strictObject({ fillers: z.array(text), words: z.record(text, z.int().min(1)) }),
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
  for (const file of authored(folder).filter((name) => name.startsWith('synonyms/'))) {
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

const isOld = (date: string, now: Date) => now.getTime() - new Date(date).getTime() > shelfLifeDays * dayMs

const oldDates = (folder: string, now: Date): readonly string[] =>
  authored(folder).flatMap((file) => {
    const dates = [...readFileSync(join(folder, file), 'utf8').matchAll(/"checked":\s*"(\d{4}-\d\d-\d\d)"/g)].map(([, date = '']) => date)
    const old = dates.filter((date) => isOld(date, now))
    const many = old.length === 1 ? '1 date is' : `${old.length} dates are`
    return old.length > 0 ? [`note: ${file}: ${many} older than ${shelfLifeDays} days (${old[0]})`] : []
  })

const noteRelease = (folder: string, isFine: boolean) => {
  if (isFine) writeReleased(folder)
  process.stdout.write(isFine ? 'The ids of this release are in released.json.\n' : 'released.json is left as it was.\n')
}

const main = (folder: string, isRelease: boolean) => {
  if (!existsSync(folder)) {
    process.stderr.write(`There is no folder ${folder}.\n`)
    process.exitCode = 1
    return
  }
  const checks = [strayFiles, guideProblems, strandedProblems, wordProblems, commandProblems, synonymProblems, phrasingProblems, passageProblems]
  const problems = checks.flatMap((check) => check(folder))
  for (const { file, where, rule } of problems) process.stdout.write(`${file}: ${where}: ${rule}\n`)
  for (const note of oldDates(folder, new Date())) process.stdout.write(`${note}\n`)
  if (problems.length > 0) process.stdout.write(`\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.\n`)
  else process.stdout.write(`All ${authored(folder).length} files are fine.\n`)
  if (isRelease) noteRelease(folder, problems.length === 0)
  process.exitCode = problems.length > 0 ? 1 : 0
}

if (require.main === module) {
  const given = process.argv.slice(2)
  main(resolve(given.find((each) => !each.startsWith('--')) ?? ownContent), given.includes('--release'))
}
