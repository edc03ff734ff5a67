/** Trains the router on the phrasings and writes dist/understanding/model.bin: the same file for the same lines, byte for byte. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, parse, resolve } from 'node:path'
import { z } from 'zod'
import { wordsOf } from '../understanding/clean'
import { families, featuresOf, mirrored, read, type Features } from '../understanding/features'
import { learn, type Example, type Learnt } from '../understanding/learn'
import { labels, toFile, type Label, type Model, type Phrasing, type TrainedModel } from '../understanding/model'
import { likelihoods, vectorOf } from '../understanding/router'
import { commonWords, spellingOf, type Spelling } from '../understanding/spelling'
import { thresholdsFrom, type Judged } from '../understanding/thresholds'
import { languages, type Language } from '../topics'
import { remake } from './remake'

const guides = resolve(__dirname, '../../src/guides')
const modelFile = resolve(__dirname, '../../dist/understanding/model.bin')
const seed = 365
/** Writers are left out in so many groups; what they wrote is judged by models that never saw anything of theirs. */
const groups = 3
const epochs = 12
/** Held-out lines only place the thresholds, so these models may be less polished. */
const foldEpochs = 12
/** Pieces of words and pairs that one line only has say nothing about the next line. */
const fewestLines = 2
/** Marks of these families, see `featuresOf`. */
const needCompany = '~+}'

interface Line {
  readonly text: string
  readonly label: Label
  readonly language: Language
  /** Who wrote it; absent: it lies beside the guides. */
  readonly writer?: string
}

const linesIn = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

const headings = z.object({ title: z.string(), label: z.string() })

/** What the person read on a card or a button may be typed as well. */
const headingsIn = (folder: string, label: Label): string[] => {
  const file = join(folder, `${label}.json`)
  if (!existsSync(file)) return []
  const { title, label: short } = headings.parse(JSON.parse(readFileSync(file, 'utf8')))
  return [title, short]
}

/** Every phrasing with its topic, in a fixed order. */
export const readLines = (folder = guides): Line[] =>
  languages.flatMap((language) =>
    labels.flatMap((label) =>
      [...linesIn(join(folder, language, 'phrasings', `${label}.txt`)), ...headingsIn(join(folder, language), label)].map((text) => ({
        text,
        label,
        language,
      })),
    ),
  )

const openingSchema = z.object({ text: z.string().min(1), locale: z.enum(languages), topic: z.string() })

/** First messages of people who never saw the phrasings; lines about topics that are none of ours are left out. */
export const readOpenings = (folder = join(guides, 'openings')): Line[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .toSorted()
    .flatMap((file) =>
      linesIn(join(folder, file)).flatMap((line): Line[] => {
        const { text, locale, topic } = openingSchema.parse(JSON.parse(line))
        const label = labels.find((each) => each === topic)
        return label ? [{ text, label, language: locale, writer: parse(file).name }] : []
      }),
    )

const indexOf = (all: readonly Features[]): Pick<TrainedModel, 'vocabulary' | 'rarity'> => {
  const lines = new Map<string, number>()
  for (const features of all) for (const family of families) for (const feature of features[family].keys()) lines.set(feature, (lines.get(feature) ?? 0) + 1)
  const kept = [...lines].filter(([feature, count]) => count >= (needCompany.includes(feature.charAt(0)) ? fewestLines : 1))
  return {
    vocabulary: new Map(kept.map(([feature], row) => [feature, row])),
    rarity: Float32Array.from(kept, ([, count]) => log(1 + all.length / count)),
  }
}

// Taken out once, as in `learn`.
const { abs, log, max, round } = Math

/** Weights as whole numbers from -127 to 127, one scale per label. */
const shrunk = ({ weights, bias }: Learnt): Pick<Model, 'weights' | 'steps' | 'bias'> => {
  const width = labels.length
  const highest = new Float32Array(width)
  const whole = new Int8Array(weights.length)
  for (let cell = 0; cell < weights.length; cell += 1) highest[cell % width] = max(highest[cell % width] ?? 0, abs(weights[cell] ?? 0))
  const steps = highest.map((value) => value / 127)
  for (let cell = 0; cell < weights.length; cell += 1) whole[cell] = round((weights[cell] ?? 0) / (steps[cell % width] || 1))
  return { weights: whole, steps, bias }
}

type Index = Pick<TrainedModel, 'vocabulary' | 'rarity'>
const unset = { thresholds: { none: 1, sure: 0, lead: 0 }, phrasings: [], common: [] }

const fit = (examples: readonly Example[], index: Index, rounds: number): TrainedModel => ({
  ...index,
  ...shrunk(learn(examples, index.vocabulary.size, rounds, seed)),
  ...unset,
})

/** A line as it is, and made-up copies of it that only learning sees. */
interface Lesson {
  readonly label: Label
  readonly features: Features
  readonly copies: readonly { readonly label: Label; readonly features: Features }[]
}

/** Swapping the products turns the one mirror scenario into the other; linking is the same both ways. */
const mirrors: Readonly<Partial<Record<Label, Label>>> = {
  'azure-for-m365': 'm365-for-azure',
  'm365-for-azure': 'azure-for-m365',
  'link-existing': 'link-existing',
}

const lessonOf = ({ text, label }: Line, spelling: Spelling): Lesson => {
  const mirror = mirrors[label]
  const other = mirror && mirrored(text, spelling)
  return {
    label,
    features: featuresOf(read(text, spelling)),
    copies: mirror && other ? [{ label: mirror, features: featuresOf(other) }] : [],
  }
}

/** The line first, then its copies. */
type Taught = readonly [Example, ...Example[]]

const taughtOf = (index: Index, { copies, ...line }: Lesson): Taught => {
  const example = ({ label, features }: Omit<Lesson, 'copies'>): Example => ({
    vector: vectorOf(features, index),
    label: labels.indexOf(label),
  })
  return [example(line), ...copies.map(example)]
}

/** What models say about a writer's lines that never saw anything of that writer. */
const heldOut = (lines: readonly Line[], taught: readonly Taught[], index: Index): Judged[] => {
  const writers = [...new Set(lines.flatMap(({ writer }) => writer ?? []))]
  const isOut = (line: Line | undefined, group: number) => line?.writer !== undefined && writers.indexOf(line.writer) % groups === group
  return Array.from({ length: groups }, (_, group) => {
    const model = fit(
      taught.flatMap((each, at) => (isOut(lines[at], group) ? [] : each)),
      index,
      foldEpochs,
    )
    return taught.flatMap(([line], at): Judged[] =>
      isOut(lines[at], group) ? [{ label: labels[line.label] ?? 'none', probabilities: likelihoods(model, line.vector) }] : [],
    )
  }).flat()
}

/** People's own slips are no words to correct others by. */
export const houseWords = (house: readonly Line[] = readLines()): readonly string[] => commonWords(house.map(({ text }) => wordsOf(text)))

const prepared = (house: readonly Line[], lines: readonly Line[]) => {
  const common = houseWords(house)
  const spelling = spellingOf(common)
  const lessons = lines.map((line) => lessonOf(line, spelling))
  const index = indexOf(lessons.map(({ features }) => features))
  return { common, index, taught: lessons.map((lesson) => taughtOf(index, lesson)) }
}

/** Learns from the phrasings and from what others wrote; the thresholds come from writers who were left out. */
export const train = (house: readonly Line[] = readLines(), others: readonly Line[] = readOpenings()): TrainedModel => {
  const lines = [...house, ...others]
  const { common, index, taught } = prepared(house, lines)
  const phrasings = house.flatMap(({ text, label, language }): Phrasing[] => (label === 'none' ? [] : [{ text, topic: label, language }]))
  const thresholds = thresholdsFrom(heldOut(lines, taught, index))
  return { ...fit(taught.flat(), index, epochs), thresholds, phrasings, common }
}

export const trainedFile = (): Buffer => toFile(train())

export const writeTopics = (): void => {
  const house = readLines()
  const others = readOpenings()
  remake(modelFile, { by: module, data: [house, others] }, () => toFile(train(house, others)))
}
