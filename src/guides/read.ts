/** Reads the files authors write and holds them against the schema and the rules between files. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { answers, byLanguage, languages, scenarios, type AnswerTopic, type Language, type Scenario } from '../topics'
import { answerSchema, guideSchema, picturesSchema, restsSchema, sourcesSchema, type Answer, type Guide } from './schema'

/** One thing wrong in one file; `where` is the path inside it, e.g. `steps.2 (sign-in).link.url`. */
export interface ContentProblem {
  readonly file: string
  readonly where: string
  readonly rule: string
}

export class ContentError extends Error {
  constructor(readonly problems: readonly ContentProblem[]) {
    super(problems.map(({ file, where, rule }) => `${file}: ${where}: ${rule}`).join('\n'))
    this.name = 'ContentError'
  }
}

type Pictures = z.infer<typeof picturesSchema>
interface InLanguage {
  readonly guides: Readonly<Record<Scenario, Guide>>
  readonly answers: Readonly<Record<AnswerTopic, Answer>>
  readonly pictures: Pictures
}
export type Content = Readonly<Record<Language, InLanguage>> & {
  readonly sources: z.infer<typeof sourcesSchema>
  /** What a passage rests on by itself. */
  readonly rests: z.infer<typeof restsSchema>
}

/** @throws ContentError naming every file, place and rule. */
export const readContent = (folder = __dirname): Content => {
  const problems: ContentProblem[] = []
  const read = <T>(file: string, schema: z.ZodType<T>): T | undefined => readJson(folder, file, schema, problems)
  const sources = read('sources.json', sourcesSchema) ?? {}
  const rests = read('rests.json', restsSchema) ?? {}
  const inLanguage = (language: Language) => ({
    guides: table(scenarios, (topic) => read(`${language}/${topic}.json`, guideSchema)),
    answers: table(answers, (topic) => read(`${language}/${topic}.json`, answerSchema)),
    pictures: read(`${language}/pictures.json`, picturesSchema),
  })
  const content = byLanguage(inLanguage)
  for (const language of languages)
    for (const topic of [...scenarios, ...answers]) {
      const file = `${language}/${topic}.json`
      const item = itemOf(content[language], topic)
      if (item) problems.push(...itemProblems(file, topic, item, sources))
      problems.push(...shapeProblems(file, itemOf(content.en, topic), item))
    }
  problems.push(...restProblems(rests, content.en))
  if (problems.length > 0) throw new ContentError(problems)
  // With no problem every file was read, so the holes that `read` may leave are not there.
  return { ...content, sources, rests } as Content
}

const table = <K extends string, T>(keys: readonly K[], value: (key: K) => T) => Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, T>

const itemOf = (
  content: { guides: Record<Scenario, Guide | undefined>; answers: Record<AnswerTopic, Answer | undefined> },
  topic: Scenario | AnswerTopic,
): Guide | Answer | undefined => ({ ...content.guides, ...content.answers })[topic]

/** One JSON file held against its schema; what is wrong is added to `problems`, and the result is then `undefined`. */
export const readJson = <T>(folder: string, file: string, schema: z.ZodType<T>, problems: ContentProblem[]): T | undefined => {
  const path = join(folder, file)
  if (!existsSync(path)) {
    problems.push({ file, where: 'file', rule: 'is missing' })
    return undefined
  }
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    problems.push({ file, where: 'file', rule: `is not JSON (${error instanceof Error ? error.message : 'unreadable'})` })
    return undefined
  }
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) problems.push({ file, where: placeOf(raw, issue.path), rule: issue.message })
  return undefined
}

/** `steps.2.title` is easier to find as `steps.2 (sign-in).title`. */
const placeOf = (raw: unknown, path: readonly PropertyKey[]): string => {
  let here: unknown = raw
  const names = path.map((key) => {
    here = typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined
    const id = typeof here === 'object' && here !== null ? Reflect.get(here, 'id') : undefined
    return typeof id === 'string' ? `${String(key)} (${id})` : String(key)
  })
  return names.join('.') || 'file'
}

const itemProblems = (file: string, topic: string, item: Guide | Answer, sources: object): ContentProblem[] => {
  const problems: ContentProblem[] = []
  if (item.topic !== topic) problems.push({ file, where: 'topic', rule: `must be ${topic}, like the file's name` })
  for (const [where, ids] of sourcesIn(item))
    for (const id of ids.filter((name) => !Object.hasOwn(sources, name))) problems.push({ file, where, rule: `source ${id} is not in sources.json` })
  for (const [where, pages, ids] of pagesIn(item))
    for (const id of pages.filter((name) => !ids.includes(name))) problems.push({ file, where, rule: `page ${id} is not among its sources` })
  if ('steps' in item) problems.push(...idProblems(file, item))
  return problems
}

const pagesIn = (item: Guide | Answer): readonly (readonly [string, readonly string[], readonly string[]])[] =>
  'steps' in item
    ? item.steps.map(({ id, pages = [], sources }, index) => [`steps.${index} (${id}).pages`, pages, sources] as const)
    : [['pages', item.pages ?? [], item.sources]]

/** Of a step that was, there is one thing to say: what it is called now, or that it is gone and which one stood before it. */
const idProblems = (file: string, { steps, gone = [], ways }: Guide): readonly ContentProblem[] => {
  const ids = steps.map(({ id }) => id)
  const former = [
    ...steps.flatMap(({ id, was = [] }, index) => was.map((name) => ({ name, where: `steps.${index} (${id}).was` }))),
    ...gone.map(({ id }, index) => ({ name: id, where: `gone.${index} (${id})` })),
  ]
  const names = former.map(({ name }) => name)
  return [
    ...Object.entries(ways?.each ?? {}).flatMap(([way, own]) =>
      Object.keys(own.steps)
        .filter((step) => !ids.includes(step))
        .map((step) => ({ file, where: `ways.each.${way}.steps.${step}`, rule: 'is no step of this guide' })),
    ),
    ...repeated(ids).map((id) => ({ file, where: `steps (${id})`, rule: 'step id is used twice' })),
    ...former
      .filter(({ name }) => ids.includes(name))
      .map(({ name, where }) => ({ file, where, rule: `${name} is a step of this guide, so it is not what one was called and not gone` })),
    ...former
      .filter(({ name }, index) => names.indexOf(name) !== index)
      .map(({ name, where }) => ({ file, where, rule: `${name} is named twice in "was" and "gone"` })),
    ...gone.flatMap(({ id, before }, index) =>
      ids.includes(before) ? [] : [{ file, where: `gone.${index} (${id}).before`, rule: `${before} is no step of this guide` }],
    ),
  ]
}

const repeated = (names: readonly string[]): readonly string[] => [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]

const sourcesIn = (item: Guide | Answer): [string, readonly string[]][] =>
  'steps' in item
    ? [
        ...(item.before ? [['before.sources', item.before.sources] satisfies [string, readonly string[]]] : []),
        ...item.steps.map((step, index): [string, readonly string[]] => [`steps.${index} (${step.id}).sources`, step.sources]),
      ]
    : [['sources', item.sources]]

/** A passage rests on pages that its step or answer names. */
const restProblems = (rests: Content['rests'], content: Parameters<typeof itemOf>[0]): readonly ContentProblem[] => {
  const groundOf = new Map([...scenarios, ...answers].flatMap((topic) => groundIn(topic, itemOf(content, topic))))
  return Object.entries(rests).flatMap(([path, ids]) => {
    const ground = groundOf.get(path)
    if (!ground) return [{ file: 'rests.json', where: path, rule: 'is no passage' }]
    return ids.filter((id) => !ground.includes(id)).map((id) => ({ file: 'rests.json', where: path, rule: `${id} is not among the sources there` }))
  })
}

const groundIn = (topic: string, item: Guide | Answer | undefined): readonly [string, readonly string[]][] => {
  if (!item) return []
  if (!('steps' in item)) return item.points.map(({ id }) => [`${topic}/points/${id}`, item.sources])
  const { before, steps } = item
  return [
    ...(before?.notes ?? []).map(({ id }): [string, readonly string[]] => [`${topic}/notes/${id}`, before?.sources ?? []]),
    ...(before?.alternatives ?? []).map(({ id }): [string, readonly string[]] => [`${topic}/alternatives/${id}`, before?.sources ?? []]),
    ...steps.flatMap(({ id, stuck, sources }) =>
      ['expect', 'note', 'warning', ...stuck.map((cause) => `stuck/${cause.id}`)].map((part): [string, readonly string[]] => [
        `${topic}/steps/${id}/${part}`,
        sources,
      ]),
    ),
  ]
}

/** Everything but the words must be the same in every language. */
const shapeProblems = (file: string, original: Guide | Answer | undefined, item: Guide | Answer | undefined): ContentProblem[] => {
  if (!original || !item || original === item) return []
  const [a, b] = [flatten(original), flatten(item)]
  const paths = [...new Set([...a.keys(), ...b.keys()])]
  return paths.flatMap((where) => {
    if (!b.has(where)) return [{ file, where, rule: 'is there in English and missing here' }]
    if (!a.has(where)) return [{ file, where, rule: 'is here and not in English' }]
    const same = !isFixed(where) || a.get(where) === b.get(where)
    return same ? [] : [{ file, where, rule: `must be ${JSON.stringify(a.get(where))}, as in English` }]
  })
}

const isFixed = (where: string) =>
  /(^|\.)(id|url|picture|checked|effect|topic|need(?!\.\d))$/.test(where) ||
  /(^|\.)(sources|pages|next|was)\.\d+$/.test(where) ||
  /^gone\.\d+\.before$/.test(where)

const flatten = (value: unknown, where = ''): Map<string, unknown> => {
  if (typeof value !== 'object' || value === null) return new Map([[where, value]])
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, where ? `${where}.${key}` : key)]))
}
