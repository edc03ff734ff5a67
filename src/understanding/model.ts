/** The trained router as a file: what it knows, written small, and read back. */
import { z } from 'zod'
import { fromSteps, inSteps, packed, unpacked, type Vocabulary } from './packed'
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
  readonly vocabulary: Vocabulary
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

/** As training leaves it: the features are known by name. */
export interface TrainedModel extends Model {
  readonly vocabulary: ReadonlyMap<string, number>
}

const headerSchema = z.object({
  steps: z.array(z.number()).length(labels.length),
  bias: z.array(z.number()).length(labels.length),
  thresholds: z.object({ none: z.number(), sure: z.number(), lead: z.number() }),
  phrasings: z.record(z.enum(languages), z.record(z.enum(topics), z.array(z.string()))),
  common: z.string(),
})

/** Rarity is kept in 1/32 steps: it is at most ln(lines), far below 8. */
const rarityStep = 1 / 32

/** The same model always gives the same file, byte for byte. */
export const toFile = (model: TrainedModel): Buffer => {
  const textsOf = (language: Language, topic: Topic) =>
    model.phrasings.filter((each) => each.language === language && each.topic === topic).map(({ text }) => text)
  const byTopic = (language: Language) => Object.fromEntries(topics.map((topic) => [topic, textsOf(language, topic)])) as Record<Topic, string[]>
  const header: z.infer<typeof headerSchema> = {
    steps: [...model.steps],
    bias: [...model.bias],
    thresholds: model.thresholds,
    phrasings: byLanguage(byTopic),
    common: model.common.join(' '),
  }
  return packed(header, { vocabulary: model.vocabulary, rarity: inSteps(model.rarity, rarityStep), weights: model.weights })
}

/** @throws when the file is not a model of these topics. */
export const fromFile = (file: Buffer): Model => {
  const { header, vocabulary, rarity, weights } = unpacked(file, labels.length)
  const { steps, bias, thresholds, phrasings, common } = headerSchema.parse(header)
  return {
    vocabulary,
    rarity: fromSteps(rarity, rarityStep),
    weights,
    steps: Float32Array.from(steps),
    bias: Float32Array.from(bias),
    thresholds,
    phrasings: languages.flatMap((language) => topics.flatMap((topic) => phrasings[language][topic].map((phrasing) => ({ text: phrasing, topic, language })))),
    common: common.split(' '),
  }
}
