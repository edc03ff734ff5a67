/**
 * Tells an author which file, step and rule is wrong: `npm run check`. Another content folder than `src/guides` can be given as
 * the argument. Exit code 0: all is fine; 1: something is wrong.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ContentError, readContent, type ContentProblem } from '../guides/read'
import { languages, topics } from '../topics'
import { wordsOf } from '../understanding/clean'

const ownContent = resolve(__dirname, '../../src/guides')
/** A date longer ago than this is named, since pages and portals change. */
const shelfLifeDays = 365
const dayMs = 24 * 60 * 60 * 1000

const contentProblems = (folder: string): readonly ContentProblem[] => {
  try {
    readContent(folder)
    return []
  } catch (error) {
    if (error instanceof ContentError) return error.problems
    throw error
  }
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
    return [...topics, 'none'].flatMap((topic) => {
      const file = `${language}/phrasings/${topic}.txt`
      if (!existsSync(join(folder, file))) return [{ file, where: 'file', rule: 'is missing' }]
      return linesOf(join(folder, file)).flatMap((line) => {
        const key = wordsOf(line).join(' ')
        const before = seen.get(key)
        seen.set(key, file)
        return before ? [{ file, where: line, rule: before === file ? 'stands here twice' : `stands in ${before} as well` }] : []
      })
    })
  })

const oldDates = (folder: string, now: Date): readonly string[] =>
  languages.filter((language) => existsSync(join(folder, language))).flatMap((language) =>
    readdirSync(join(folder, language))
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        const dates = [...readFileSync(join(folder, language, name), 'utf8').matchAll(/"checked":\s*"(\d{4}-\d\d-\d\d)"/g)]
        const old = dates.flatMap(([, date]) => (date && now.getTime() - new Date(date).getTime() > shelfLifeDays * dayMs ? [date] : []))
        return old.length > 0 ? [`note: ${language}/${name}: ${old.length} dates are older than ${shelfLifeDays} days (${old[0]})`] : []
      }),
  )

const main = (folder: string) => {
  if (!existsSync(folder)) {
    process.stderr.write(`There is no folder ${folder}.\n`)
    process.exitCode = 1
    return
  }
  const problems = [...contentProblems(folder), ...phrasingProblems(folder)]
  for (const { file, where, rule } of problems) process.stdout.write(`${file}: ${where}: ${rule}\n`)
  for (const note of oldDates(folder, new Date())) process.stdout.write(`${note}\n`)
  if (problems.length > 0) process.stdout.write(`\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.\n`)
  else process.stdout.write('All guides, answers and phrasings are fine.\n')
  process.exitCode = problems.length > 0 ? 1 : 0
}

if (require.main === module) main(resolve(process.argv[2] ?? ownContent))
