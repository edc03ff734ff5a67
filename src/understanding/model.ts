/** The trained router as a file: what it knows, written small, and read back. */
import { z } from 'zod'
import { byLanguage, languages, topics, type Language, type Topic } from '../topics'

export type Label = Topic | 'none'
export const labels: readonly Label[] = [...topics, 'none']

/** Where answering ends; found by cross-validation on the phrasings during training. Probabilities, 0..1. */
export interface Thresholds {
  /** `none` at least this likely: out of scope. */
  readonly none: number
  /** The best topic less likely than this: ask. */
  readonly sure: number
  /** The best topic less than this ahead of the next: ask. */
  readonly lead: number
}

export interface Phrasing {
  readonly text: string
  readonly topic: Topic
  readonly language: Language
}

export interface Model {
  /** Feature → row. */
  readonly vocabulary: ReadonlyMap<string, number>
  /** Rarity of each feature. */
  readonly rarity: Float32Array
  /** One row per feature, one column per label. */
  readonly weights: Int8Array
  /** What one step of a weight is worth, per label. */
  readonly steps: Float32Array
  readonly bias: Float32Array
  readonly thresholds: Thresholds
  readonly phrasings: readonly Phrasing[]
  /** Words of the phrasings that are spelt right, the most frequent first. */
  readonly common: readonly string[]
}

const fileSchema = z.object({
  vocabulary: z.string(),
  rarity: z.string(),
  weights: z.string(),
  steps: z.array(z.number()).length(labels.length),
  bias: z.array(z.number()).length(labels.length),
  thresholds: z.object({ none: z.number(), sure: z.number(), lead: z.number() }),
  phrasings: z.record(z.enum(languages), z.record(z.enum(topics), z.array(z.string()))),
  common: z.string(),
})

/** Rarity is kept in 1/32 steps: it is at most ln(lines), far below 8. */
const rarityStep = 1 / 32

/** The same model always gives the same text, byte for byte. */
export const toFile = (model: Model): string => {
  const textsOf = (language: Language, topic: Topic) =>
    model.phrasings.filter((each) => each.language === language && each.topic === topic).map(({ text }) => text)
  const byTopic = (language: Language) => Object.fromEntries(topics.map((topic) => [topic, textsOf(language, topic)])) as Record<Topic, string[]>
  const file: z.infer<typeof fileSchema> = {
    vocabulary: [...model.vocabulary.keys()].join('\n'),
    rarity: Buffer.from(Uint8Array.from(model.rarity, (value) => Math.min(255, Math.round(value / rarityStep)))).toString('base64'),
    weights: Buffer.from(model.weights.buffer, model.weights.byteOffset, model.weights.length).toString('base64'),
    steps: [...model.steps],
    bias: [...model.bias],
    thresholds: model.thresholds,
    phrasings: byLanguage(byTopic),
    common: model.common.join(' '),
  }
  return `${JSON.stringify(file)}\n`
}

/** @throws when the text is not a model of these topics. */
export const fromFile = (text: string): Model => {
  const file = fileSchema.parse(JSON.parse(text))
  const bytes = Buffer.from(file.weights, 'base64')
  const vocabulary = new Map(file.vocabulary.split('\n').map((feature, row) => [feature, row]))
  if (bytes.length !== vocabulary.size * labels.length) throw new Error('the model file does not fit its vocabulary or the topics')
  return {
    vocabulary,
    rarity: Float32Array.from(Buffer.from(file.rarity, 'base64'), (value) => value * rarityStep),
    weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    steps: Float32Array.from(file.steps),
    bias: Float32Array.from(file.bias),
    thresholds: file.thresholds,
    phrasings: languages.flatMap((language) =>
      topics.flatMap((topic) => file.phrasings[language][topic].map((phrasing) => ({ text: phrasing, topic, language }))),
    ),
    common: file.common.split(' '),
  }
}
