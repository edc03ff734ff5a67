/** The trained reading of acts as a file: what it knows, written small, and read back. */
import { z } from 'zod'
import { actFamilies, actFamilyWeights, type ActFeatures } from './act-features'
import { actColumns } from './act-columns'
import type { Sparse } from './head'
import { fromSteps, inSteps, packed, unpacked, type Vocabulary } from './packed'
import { softmax } from './router'

/** Found on writers that the learning had not seen. */
export interface ActThresholds {
  /** What a message in two parts must gain, in logarithms of likelihood, to be read as two acts. */
  readonly split: number
  /** A destructive act less likely than this is not done. */
  readonly destructive: number
}

export interface ActModel {
  readonly vocabulary: Vocabulary
  readonly rarity: Float32Array
  /** One row per feature, one column per act. */
  readonly weights: Int8Array
  /** What one step of a weight is worth, per act. */
  readonly steps: Float32Array
  readonly bias: Float32Array
  readonly thresholds: ActThresholds
  /** Words that are spelt right, the most frequent first. */
  readonly common: readonly string[]
}

/** As training leaves it: the features are known by name. */
export interface TrainedActs extends ActModel {
  readonly vocabulary: ReadonlyMap<string, number>
}

type Index = Pick<ActModel, 'vocabulary' | 'rarity'>

// Taken out once: in a context of its own, such as a test's, reaching a global costs more than the arithmetic.
const { sqrt } = Math

/** Each family is scaled to length 1 before its weight, then the whole to length 1. Unknown features are left out. */
export const actVectorOf = (features: ActFeatures, { vocabulary, rarity }: Index): Sparse => {
  const rows: number[] = []
  const values: number[] = []
  let length = 0
  for (const family of actFamilies) {
    const first = values.length
    let squares = 0
    for (const feature of new Set(features[family])) {
      const row = vocabulary.get(feature)
      if (row === undefined) continue
      const value = rarity[row] ?? 0
      rows.push(row)
      values.push(value)
      squares += value * value
    }
    const scale = actFamilyWeights[family] / (sqrt(squares) || 1)
    for (let at = first; at < values.length; at += 1) values[at] = (values[at] ?? 0) * scale
    if (squares > 0) length += actFamilyWeights[family] ** 2
  }
  const whole = sqrt(length) || 1
  return { rows: Int32Array.from(rows), values: Float32Array.from(values, (value) => value / whole) }
}

/** How likely each act is, in the order of `actColumns`; the sum is 1. */
export const actLikelihoods = ({ weights, steps, bias }: Pick<ActModel, 'weights' | 'steps' | 'bias'>, { rows, values }: Sparse): Float32Array => {
  const width = actColumns.length
  const scores = new Float32Array(width)
  for (let at = 0; at < rows.length; at += 1) {
    const start = (rows[at] ?? 0) * width
    const value = values[at] ?? 0
    for (let column = 0; column < width; column += 1) scores[column] = (scores[column] ?? 0) + value * (weights[start + column] ?? 0)
  }
  for (let column = 0; column < width; column += 1) scores[column] = (scores[column] ?? 0) * (steps[column] ?? 0) + (bias[column] ?? 0)
  return softmax(scores)
}

const headerSchema = z.object({
  acts: z.array(z.string()),
  steps: z.array(z.number()).length(actColumns.length),
  bias: z.array(z.number()).length(actColumns.length),
  thresholds: z.object({ split: z.number(), destructive: z.number() }),
  common: z.string(),
})

/** Rarity is kept in 1/20 steps: it is at most ln(lines), below 12. */
const rarityStep = 1 / 20

/** The same model always gives the same file, byte for byte. */
export const toActFile = (model: TrainedActs): Buffer => {
  const header: z.infer<typeof headerSchema> = {
    acts: [...actColumns],
    steps: [...model.steps],
    bias: [...model.bias],
    thresholds: model.thresholds,
    common: model.common.join(' '),
  }
  return packed(header, { vocabulary: model.vocabulary, rarity: inSteps(model.rarity, rarityStep), weights: model.weights })
}

/** @throws when the file is not a model of these acts. */
export const fromActFile = (file: Buffer): ActModel => {
  const { header, vocabulary, rarity, weights } = unpacked(file, actColumns.length)
  const { acts, steps, bias, thresholds, common } = headerSchema.parse(header)
  if (acts.length !== actColumns.length || !actColumns.every((name, at) => acts[at] === name)) throw new Error('the file of acts is about other acts')
  return {
    vocabulary,
    rarity: fromSteps(rarity, rarityStep),
    weights,
    steps: Float32Array.from(steps),
    bias: Float32Array.from(bias),
    thresholds,
    common: common.split(' '),
  }
}
