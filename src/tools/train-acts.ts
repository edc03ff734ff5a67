/**
 * Trains the reading of acts on what people typed in the middle of a talk and writes dist/understanding/acts.json: the same file for
 * the same lines, byte for byte. Run by itself it prints how well each writer is read by what the others taught.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { isControl, languages, topics, type Language } from '../topics'
import { actFamilies, actFeaturesOf, type ActFeatures, type Part } from '../understanding/act-features'
import { actVectorOf, toActFile, type ActModel, type ActThresholds } from '../understanding/act-model'
import { actNames, type ActName } from '../understanding/act-names'
import { likelihoodsOf, partOf, readParts, textOf, type ActReader } from '../understanding/act-reading'
import { wordsOf } from '../understanding/clean'
import { clausesOf } from '../understanding/clauses'
import { learnHead, type Head, type Taught } from '../understanding/head'
import { randomFrom } from '../understanding/learn'
import { aligned } from '../understanding/segments'
import { scenes, type Scene } from '../understanding/situation'
import { commonWords, spellingOf, type Spell } from '../understanding/spelling'

const guides = resolve(__dirname, '../../src/guides')
const modelFile = resolve(__dirname, '../../dist/understanding/acts.json')
const seed = 365
const pace = { width: actNames.length, rate: Number(process.env['RATE'] ?? 0.2), decay: Number(process.env['DECAY'] ?? 5e-4), dropout: Number(process.env['DROP'] ?? 0), seed }
const epochs = Number(process.env['EPOCHS'] ?? 8)
/** Only to find out which part of a message does which of its acts. */
const firstEpochs = 4
const thresholds: ActThresholds = { split: Number(process.env['SPLIT'] ?? -0.1), destructive: 0.6 }

const lineSchema = z.strictObject({ situation: z.enum(scenes), text: z.string(), locale: z.enum(languages), acts: z.array(z.enum(actNames)).min(1) })
export type ActLine = z.infer<typeof lineSchema>

const openingSchema = z.looseObject({ text: z.string(), locale: z.enum(languages), topic: z.string() })

/** Lines of one writer. */
interface Writer {
  readonly name: string
  readonly lines: readonly ActLine[]
}

const jsonLines = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line))

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(folder, name))

export const readWriters = (): Writer[] =>
  filesIn(join(guides, 'acts')).map((file) => ({ name: basename(file, '.jsonl'), lines: jsonLines(file).map((line) => lineSchema.parse(line)) }))

/** An ordinary question, and what it may be besides a question. */
interface Question {
  readonly writer: string
  readonly text: string
  readonly acts: readonly ActName[]
}

const questionActs: readonly ActName[] = ['ask', 'tell']
/** What a first message about a topic may do; any other topic is asked about or told of. */
const actsByTopic: Readonly<Partial<Record<string, readonly ActName[]>>> = {
  'check-role': ['ask', 'check-role'],
  'verify-setup': ['ask', 'check-setup', 'stuck', 'tell'],
  support: ['ask', 'human', 'stuck', 'tell'],
  'azure-for-m365': ['ask', 'tell', 'begin'],
  'm365-for-azure': ['ask', 'tell', 'begin'],
  'link-existing': ['ask', 'tell', 'begin'],
  // Of what is said about this bot the lines of acts know more.
  greeting: ['greet'],
  help: ['help', 'who-are-you', 'ask'],
  thanks: ['thanks'],
  cancel: [],
  restart: [],
  language: [],
  'sign-out': [],
  feedback: [],
  privacy: [],
  none: ['none', 'ask'],
}

const house = 'house'

const phrasingsIn = (language: Language, topic: string): string[] =>
  readFileSync(join(guides, language, 'phrasings', `${topic}.txt`), 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

const actsAbout = (topic: string): readonly ActName[] => actsByTopic[topic] ?? questionActs

export const readQuestions = (): Question[] => [
  ...languages.flatMap((language) =>
    [...topics.filter((topic) => !isControl(topic)), 'none'].flatMap((topic) => phrasingsIn(language, topic).map((text): Question => ({ writer: house, text, acts: actsAbout(topic) }))),
  ),
  ...filesIn(join(guides, 'openings')).flatMap((file) =>
    jsonLines(file).map((line): Question => {
      const { text, topic } = openingSchema.parse(line)
      return { writer: basename(file, '.jsonl'), text, acts: actsAbout(topic) }
    }).filter(({ acts }) => acts.length > 0),
  ),
]

/** What is learnt from: part of a message in a scene. */
interface Lesson {
  readonly features: ActFeatures
  readonly acts: readonly ActName[]
  readonly share: Taught['share']
  readonly weight: number
}

const lesson = (spell: Spell, text: string, part: Part, scene: Scene, acts: readonly ActName[], more: Partial<Pick<Lesson, 'share' | 'weight'>> = {}): Lesson => ({
  features: actFeaturesOf({ text, part }, [scene], spell),
  acts,
  share: 'each',
  weight: 1,
  ...more,
})

const wholeWeight = Number(process.env['WHOLE'] ?? 1)
const questionWeight = Number(process.env['QW'] ?? 0.1)

/** A line as a whole. One that does several things is half of each, so that its parts are surer than it. */
const wholeLessons = (spell: Spell, lines: readonly ActLine[]): Lesson[] =>
  lines.map(({ text, situation, acts }) => lesson(spell, text, 'only', situation, acts, acts.length > 1 ? { weight: wholeWeight } : {}))

/** The parts of lines that do several things, as a first reading divides them. */
const partLessons = (reader: ActReader, lines: readonly ActLine[]): Lesson[] =>
  lines.flatMap(({ text, situation, acts }) => {
    if (acts.length < 2) return []
    const clauses = clausesOf(text)
    const score = new Map<string, Float32Array>()
    const spans = aligned(clauses.length, acts, (span, act) => {
      const key = `${span.from} ${span.to}`
      const known = score.get(key) ?? likelihoodsOf(reader, textOf(clauses, span), partOf(span, clauses.length), [situation])
      score.set(key, known)
      return Math.log((known[actNames.indexOf(act)] ?? 0) + 1e-6)
    })
    return (spans ?? []).map(({ label, ...span }) => lesson(reader.spell, textOf(clauses, span), partOf(span, clauses.length), situation, [label]))
  })

/** Questions come at any moment: most in a new chat, the others somewhere in a guide. */
const questionLessons = (spell: Spell, questions: readonly Question[]): Lesson[] => {
  const random = randomFrom(seed)
  return questions.map(({ text, acts }) => {
    const scene = random() < 0.35 ? 'chat' : (scenes[Math.floor(random() * scenes.length)] ?? 'chat')
    return lesson(spell, text, 'only', scene, acts, { share: 'any', weight: questionWeight })
  })
}

/** What one line only has says little about the next: words and pieces need company. */
const fewest = 2

const indexOf = (lessons: readonly Lesson[]): Pick<ActModel, 'vocabulary' | 'rarity'> => {
  const lines = new Map<string, number>()
  for (const { features } of lessons)
    for (const family of actFamilies) for (const feature of new Set(features[family])) lines.set(feature, (lines.get(feature) ?? 0) + 1)
  const kept = [...lines].filter(([, count]) => count >= fewest)
  return {
    vocabulary: new Map(kept.map(([feature], row) => [feature, row])),
    rarity: Float32Array.from(kept, ([, count]) => Math.min(12, Math.log(1 + lessons.length / count))),
  }
}

/** Weights as whole numbers from -127 to 127, one scale per act. */
const shrunk = ({ weights, bias }: Head): Pick<ActModel, 'weights' | 'steps' | 'bias'> => {
  const width = actNames.length
  const highest = new Float32Array(width)
  for (let cell = 0; cell < weights.length; cell += 1) highest[cell % width] = Math.max(highest[cell % width] ?? 0, Math.abs(weights[cell] ?? 0))
  const steps = highest.map((value) => value / 127)
  const whole = new Int8Array(weights.length)
  for (let cell = 0; cell < weights.length; cell += 1) whole[cell] = Math.round((weights[cell] ?? 0) / (steps[cell % width] || 1))
  return { weights: whole, steps, bias }
}

const fit = (lessons: readonly Lesson[], index: Pick<ActModel, 'vocabulary' | 'rarity'>, rounds: number, common: readonly string[]): ActModel => {
  const taught = lessons.map(({ features, acts, share, weight }): Taught => ({
    ...actVectorOf(features, index),
    right: acts.map((act) => actNames.indexOf(act)),
    share,
    weight,
  }))
  return { ...index, ...shrunk(learnHead(taught, { ...pace, features: index.vocabulary.size, epochs: rounds })), thresholds, common }
}

export const trainActs = (lines: readonly ActLine[], questions: readonly Question[]): ActReader => {
  const common = commonWords([...lines, ...questions].map(({ text }) => wordsOf(text)))
  const { spell } = spellingOf(common)
  const whole = wholeLessons(spell, lines)
  const first = fit(whole, indexOf(whole), firstEpochs, common)
  const lessons = [...whole, ...partLessons({ model: first, spell }, lines), ...questionLessons(spell, questions)]
  return { model: fit(lessons, indexOf(lessons), epochs, common), spell }
}

const share = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(1)}`

/** Read by what the other writers taught: exact acts in order, the same acts in any order, the first act, destructive ones read into other lines. */
const judgeWriter = ({ name, lines }: Writer, reader: ActReader) => {
  const judged = lines.map((line) => ({ line, found: readParts(line.text, [line.situation], reader) }))
  const rows = languages.map((language) => {
    const own = judged.filter(({ line }) => line.locale === language)
    const exact = own.filter(({ line, found }) => found.map(({ act }) => act).join() === line.acts.join())
    const first = own.filter(({ line, found }) => found[0]?.act === line.acts[0])
    const multi = own.filter(({ line }) => line.acts.length > 1)
    const some = multi.filter(({ line, found }) => found.map(({ act }) => act).join() === line.acts.join())
    const contains = own.filter(({ line, found }) => line.acts.every((act) => found.some((each) => each.act === act)))
    return { language, lines: own.length, exact: exact.length, first: first.length, contains: contains.length, multi: multi.length, some: some.length }
  })
  console.log(name.padEnd(30), rows.map((row) => `${row.language} exact ${share(row.exact, row.lines)} first ${share(row.first, row.lines)} contains ${share(row.contains, row.lines)} several ${share(row.some, row.multi)}`).join(' | '))
  return { rows, judged }
}

/** Lines of no single person, which always teach and are never judged. */
const everyday = 'everyday'

const reportWriters = () => {
  const writers = readWriters()
  const questions = readQuestions()
  const only = process.env['ONLY']?.split(',').map(Number)
  const results = writers.flatMap((writer, at) => {
    if (writer.name === everyday || (only && !only.includes(at))) return []
    const reader = trainActs(writers.filter((each) => each !== writer).flatMap(({ lines }) => lines), questions.filter((each) => each.writer !== writer.name))
    return [judgeWriter(writer, reader)]
  })
  for (const at of languages.keys()) {
    const rows = results.flatMap(({ rows: all }) => all[at] ?? [])
    const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0)
    console.log(languages[at], 'exact', share(sum((r) => r.exact), sum((r) => r.lines)), 'first', share(sum((r) => r.first), sum((r) => r.lines)), 'contains', share(sum((r) => r.contains), sum((r) => r.lines)), 'several', share(sum((r) => r.some), sum((r) => r.multi)))
  }
  if (process.env['DUMP']) writeFileSync(process.env['DUMP'], results.flatMap(({ judged }) => judged).map(({ line, found }) => JSON.stringify({ ...line, found: found.map(({ act, sure, text }) => [act, Number(sure.toFixed(2)), text]) })).join('\n'))
}

export const writeActs = () => {
  const { model } = trainActs(readWriters().flatMap(({ lines }) => lines), readQuestions())
  mkdirSync(dirname(modelFile), { recursive: true })
  writeFileSync(modelFile, toActFile(model))
}

if (require.main === module) reportWriters()
