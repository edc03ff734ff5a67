/** The trained reading of acts as a file: what it knows, written small, and read back. */
import { z } from 'zod'
import { actFamilies, actFamilyWeights, type ActFeatures } from './act-features'
import { actNames, type ActName } from './act-names'
import type { Sparse } from './head'
import { softmax } from './router'

/** Found on writers that the learning had not seen. */
export interface ActThresholds {
  /** What a message in two parts must gain, in logarithms of likelihood, to be read as two acts. */
  readonly split: number
  /** A destructive act less likely than this is not done. */
  readonly destructive: number
}

export interface ActModel {
  readonly vocabulary: ReadonlyMap<string, number>
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

type Index = Pick<ActModel, 'vocabulary' | 'rarity'>

// Taken out once: in a context of its own, such as a test's, reaching a global costs more than the arithmetic.
const { sqrt, round, min } = Math

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

/** How likely each act is, in the order of `actNames`; the sum is 1. */
export const actLikelihoods = ({ weights, steps, bias }: Pick<ActModel, 'weights' | 'steps' | 'bias'>, { rows, values }: Sparse): Float32Array => {
  const width = actNames.length
  const scores = new Float32Array(width)
  for (let at = 0; at < rows.length; at += 1) {
    const start = (rows[at] ?? 0) * width
    const value = values[at] ?? 0
    for (let column = 0; column < width; column += 1) scores[column] = (scores[column] ?? 0) + value * (weights[start + column] ?? 0)
  }
  for (let column = 0; column < width; column += 1) scores[column] = (scores[column] ?? 0) * (steps[column] ?? 0) + (bias[column] ?? 0)
  return softmax(scores)
}

const fileSchema = z.object({
  acts: z.array(z.string()),
  vocabulary: z.string(),
  rarity: z.string(),
  weights: z.string(),
  steps: z.array(z.number()).length(actNames.length),
  bias: z.array(z.number()).length(actNames.length),
  thresholds: z.object({ split: z.number(), destructive: z.number() }),
  common: z.string(),
})

/** Rarity is kept in 1/20 steps: it is at most ln(lines), below 12. */
const rarityStep = 1 / 20

/** The same model always gives the same text, byte for byte. */
export const toActFile = (model: ActModel): string => {
  const file: z.infer<typeof fileSchema> = {
    acts: [...actNames],
    vocabulary: [...model.vocabulary.keys()].join('\n'),
    rarity: Buffer.from(Uint8Array.from(model.rarity, (value) => min(255, round(value / rarityStep)))).toString('base64'),
    weights: Buffer.from(model.weights.buffer, model.weights.byteOffset, model.weights.length).toString('base64'),
    steps: [...model.steps],
    bias: [...model.bias],
    thresholds: model.thresholds,
    common: model.common.join(' '),
  }
  return `${JSON.stringify(file)}\n`
}

/** @throws when the text is not a model of these acts. */
export const fromActFile = (text: string): ActModel => {
  const file = fileSchema.parse(JSON.parse(text))
  const bytes = Buffer.from(file.weights, 'base64')
  const vocabulary = new Map(file.vocabulary.split('\n').map((feature, row) => [feature, row]))
  const sameActs = file.acts.length === actNames.length && actNames.every((name: ActName, at) => file.acts[at] === name)
  if (!sameActs || bytes.length !== vocabulary.size * actNames.length) throw new Error('the file of acts does not fit its vocabulary or the acts')
  return {
    vocabulary,
    rarity: Float32Array.from(Buffer.from(file.rarity, 'base64'), (value) => value * rarityStep),
    weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    steps: Float32Array.from(file.steps),
    bias: Float32Array.from(file.bias),
    thresholds: file.thresholds,
    common: file.common.split(' '),
  }
}
