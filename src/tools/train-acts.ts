/**
 * Trains the reading of acts on what people typed in the middle of a talk and writes dist/understanding/acts.bin: the same file for
 * the same lines, byte for byte. Run by itself it prints how well each writer is read by what the others taught.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import { isControl, languages, topics, type Language } from '../topics'
import { actFamilies, actFeaturesOf, wordsForActs, type ActFeatures, type Part } from '../understanding/act-features'
import { actVectorOf, toActFile, type ActModel, type ActThresholds, type TrainedActs } from '../understanding/act-model'
import { actColumns, actsFrom, answerValues, columnsOf } from '../understanding/act-columns'
import { actNames, type ActName } from '../understanding/act-names'
import { destructiveActs } from '../understanding/act'
import { likelihoodsOf, partOf, readParts, textOf, type ActReader, type ReadPart } from '../understanding/act-reading'
import { wordsOf } from '../understanding/clean'
import { clausesOf } from '../understanding/clauses'
import { learnHead, type Head, type Taught } from '../understanding/head'
import { randomFrom } from '../understanding/learn'
import { aligned } from '../understanding/segments'
import { scenes, type Scene } from '../understanding/situation'
import { commonWords, spellingOf, type Spell } from '../understanding/spelling'
import { remake } from './remake'

const guides = resolve(__dirname, '../../src/guides')
const modelFile = resolve(__dirname, '../../dist/understanding/acts.bin')
const seed = 365
const pace = { width: actColumns.length, rate: 0.2, decay: 5e-4, dropout: 0, seed }
const epochs = 8
/** Only to find out which part of a message does which of its acts. */
const firstEpochs = 4
const thresholds: ActThresholds = { split: -0.1, destructive: 0.6 }

const lineSchema = z.strictObject({
  situation: z.enum(scenes),
  text: z.string(),
  locale: z.enum(languages),
  acts: z.array(z.enum(actNames)),
  /** Which answer it is, where that is known. Of a line without acts it is only known that it answers nothing. */
  value: z.enum(answerValues).optional(),
})
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
    [...topics.filter((topic) => !isControl(topic)), 'none'].flatMap((topic) =>
      phrasingsIn(language, topic).map((text): Question => ({ writer: house, text, acts: actsAbout(topic) })),
    ),
  ),
  ...filesIn(join(guides, 'openings')).flatMap((file) =>
    jsonLines(file)
      .map((line): Question => {
        const { text, topic } = openingSchema.parse(line)
        return { writer: basename(file, '.jsonl'), text, acts: actsAbout(topic) }
      })
      .filter(({ acts }) => acts.length > 0),
  ),
]

/** What is learnt from: part of a message in a scene. */
interface Lesson {
  readonly features: ActFeatures
  /** Columns that are right. */
  readonly right: readonly number[]
  readonly share: Taught['share']
  readonly weight: number
}

const lesson = (
  spell: Spell,
  text: string,
  part: Part,
  scene: Scene,
  acts: readonly ActName[],
  { value, ...more }: Partial<Pick<Lesson, 'share' | 'weight'>> & { readonly value?: ActLine['value'] } = {},
): Lesson => ({
  features: actFeaturesOf([wordsForActs(text, spell)], part, [scene]),
  right: (acts.length > 0 ? acts : noAnswer).flatMap((act) => columnsOf(act, scene, value)),
  // Which answer it is, or what else, is not always known.
  share: acts.length === 0 || (acts.includes('answer') && value === undefined) ? 'any' : 'each',
  weight: 1,
  ...more,
})

/** What a line without acts may do. */
const noAnswer = actNames.filter((act) => act !== 'answer')

const wholeWeight = 1
const questionWeight = 0.2
/** Half of them say as much as all, in half the time. */
const questionShare = 0.5

/** A line as a whole. One that does several things is half of each, so that its parts are surer than it. */
const wholeLessons = (spell: Spell, lines: readonly ActLine[]): Lesson[] =>
  lines.map(({ text, situation, acts, value }) =>
    lesson(spell, text, 'only', situation, acts, { ...(acts.length > 1 && { weight: wholeWeight }), ...(value && { value }) }),
  )

/** The parts of lines that do several things, as a first reading divides them. */
const partLessons = (reader: ActReader, lines: readonly ActLine[]): Lesson[] =>
  lines.flatMap(({ text, situation, acts, value }) => {
    if (acts.length < 2) return []
    const clauses = clausesOf(text)
    const score = new Map<string, Float32Array>()
    const spans = aligned(clauses.length, acts, (span, act) => {
      const key = `${span.from} ${span.to}`
      const known =
        score.get(key) ??
        actsFrom(
          likelihoodsOf(
            reader.model,
            clauses.slice(span.from, span.to).map((clause) => wordsForActs(clause, reader.spell)),
            partOf(span, clauses.length),
            [situation],
          ),
        )
      score.set(key, known)
      return Math.log((known[actNames.indexOf(act)] ?? 0) + 1e-6)
    })
    return (spans ?? []).map(({ label, ...span }) =>
      lesson(reader.spell, textOf(clauses, span), partOf(span, clauses.length), situation, [label], value && { value }),
    )
  })

/** Questions come at any moment: most in a new chat, the others somewhere in a guide. */
const questionLessons = (spell: Spell, questions: readonly Question[]): Lesson[] => {
  const random = randomFrom(seed)
  return questions.flatMap(({ text, acts }) => {
    if (random() >= questionShare) return []
    const scene = random() < 0.35 ? 'chat' : (scenes[Math.floor(random() * scenes.length)] ?? 'chat')
    return [lesson(spell, text, 'only', scene, acts, { share: 'any', weight: questionWeight })]
  })
}

/** What one line only has says little about the next: everything needs company, and most that of which there is most. */
const fewest = 2
const fewestOfMany = 3
/** Marks of pieces of words and of what is joined to the situation, see `actFeaturesOf`. */
const many = '~@'

const indexOf = (lessons: readonly Lesson[]): Pick<TrainedActs, 'vocabulary' | 'rarity'> => {
  const lines = new Map<string, number>()
  for (const { features } of lessons)
    for (const family of actFamilies) for (const feature of new Set(features[family])) lines.set(feature, (lines.get(feature) ?? 0) + 1)
  const kept = [...lines].filter(([feature, count]) => count >= (many.includes(feature.charAt(0)) ? fewestOfMany : fewest))
  return {
    vocabulary: new Map(kept.map(([feature], row) => [feature, row])),
    rarity: Float32Array.from(kept, ([, count]) => Math.min(12, Math.log(1 + lessons.length / count))),
  }
}

/** Weights as whole numbers from -127 to 127, one scale per act. */
const shrunk = ({ weights, bias }: Head): Pick<ActModel, 'weights' | 'steps' | 'bias'> => {
  const width = actColumns.length
  const highest = new Float32Array(width)
  for (let cell = 0; cell < weights.length; cell += 1) highest[cell % width] = Math.max(highest[cell % width] ?? 0, Math.abs(weights[cell] ?? 0))
  const steps = highest.map((value) => value / 127)
  const whole = new Int8Array(weights.length)
  for (let cell = 0; cell < weights.length; cell += 1) whole[cell] = Math.round((weights[cell] ?? 0) / (steps[cell % width] || 1))
  return { weights: whole, steps, bias }
}

const fit = (lessons: readonly Lesson[], index: Pick<TrainedActs, 'vocabulary' | 'rarity'>, rounds: number, common: readonly string[]): TrainedActs => {
  const taught = lessons.map(({ features, right, share, weight }): Taught => ({ ...actVectorOf(features, index), right, share, weight }))
  return { ...index, ...shrunk(learnHead(taught, { ...pace, features: index.vocabulary.size, epochs: rounds })), thresholds, common }
}

export const trainActs = (lines: readonly ActLine[], questions: readonly Question[]): ActReader & { readonly model: TrainedActs } => {
  const common = commonWords([...lines, ...questions].map(({ text }) => wordsOf(text)))
  const { spell } = spellingOf(common)
  const whole = wholeLessons(spell, lines)
  const first = fit(whole, indexOf(whole), firstEpochs, common)
  const lessons = [...whole, ...partLessons({ model: first, spell }, lines), ...questionLessons(spell, questions)]
  return { model: fit(lessons, indexOf(lessons), epochs, common), spell }
}

const percent = (part: number, all: number): string => ((100 * part) / Math.max(1, all)).toFixed(1)

/** Acts that move nothing and are told apart by what they are about; an "ok" beside something else is none. */
const noMove: readonly ActName[] = ['ask', 'tell', 'none']
const coarse = (acts: readonly ActName[]): string => {
  const merged = acts.map((act) => (noMove.includes(act) ? 'none' : act)).filter((act, at, all) => act !== all[at - 1])
  return merged.length > 1 ? merged.filter((act) => act !== 'acknowledge').join() : merged.join()
}

interface Judged {
  readonly line: ActLine
  readonly found: readonly ReadPart[]
}

const isExact = ({ line, found }: Judged): boolean => found.map(({ act }) => act).join() === line.acts.join()

/** Exact acts in order; the same, with questions, facts and the rest as one; the first act; lines of several acts. */
const measures = {
  lines: () => true,
  exact: isExact,
  coarse: ({ line, found }: Judged) => coarse(found.map(({ act }) => act)) === coarse(line.acts),
  first: ({ line, found }: Judged) => found[0]?.act === line.acts[0],
  several: ({ line }: Judged) => line.acts.length > 1,
  'several exact': (judged: Judged) => judged.line.acts.length > 1 && isExact(judged),
} satisfies Record<string, (judged: Judged) => boolean>

const summary = (judged: readonly Judged[]): string =>
  languages
    .map((language) => {
      const own = judged.filter(({ line }) => line.locale === language)
      const count = (name: keyof typeof measures) => own.filter(measures[name]).length
      return `${language}: exact ${percent(count('exact'), own.length)}, without ask/tell/none ${percent(count('coarse'), own.length)}, first ${percent(count('first'), own.length)}, several ${percent(count('several exact'), count('several'))}`
    })
    .join(' | ')

const lostBy = ({ line, found }: Judged): boolean =>
  found.some(({ act, sure }) => destructiveActs.some((each) => each === act) && sure >= thresholds.destructive && !line.acts.includes(act))

/** Lines of no single person, which always teach and are never judged. */
const everyday = 'everyday'

/** Each writer, read by what the others taught. */
const reportWriters = () => {
  const writers = readWriters()
  const questions = readQuestions()
  const all = writers.flatMap((writer): Judged[] => {
    if (writer.name === everyday || writer.name.startsWith('gates-')) return []
    const taught = writers.filter((each) => each !== writer).flatMap(({ lines }) => lines)
    const reader = trainActs(
      taught,
      questions.filter((each) => each.writer !== writer.name),
    )
    const judged = writer.lines.map((line): Judged => ({ line, found: readParts(line.text, [line.situation], reader) }))
    console.log(writer.name.padEnd(28), summary(judged))
    return judged
  })
  console.log('all'.padEnd(28), summary(all))
  console.log(
    'lost without a word for it:',
    all.filter(lostBy).map(({ line }) => `${line.situation} "${line.text}" (${line.acts.join()})`),
  )
}

export const writeActs = (): void => {
  const lines = readWriters().flatMap((writer) => writer.lines)
  const questions = readQuestions()
  remake(modelFile, { by: module, data: [lines, questions] }, () => toActFile(trainActs(lines, questions).model))
}

if (require.main === module) reportWriters()
