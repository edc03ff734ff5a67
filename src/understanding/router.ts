/** Linear routing: a text's features as a vector, and how likely each topic is. */
import { families, familyWeights, type Features } from './features'
import { labels, type Label, type Model } from './model'

/** Rows of the vocabulary with their values; the values have length 1 together. */
export interface Vector {
  readonly rows: Int32Array
  readonly values: Float32Array
}

type Index = Pick<Model, 'vocabulary' | 'rarity'>

/** Each family is scaled to length 1 before its weight, then the whole to length 1. Unknown features are left out. */
export const vectorOf = (features: Features, { vocabulary, rarity }: Index): Vector => {
  const rows: number[] = []
  const values: number[] = []
  for (const family of families) {
    const known: [number, number][] = []
    for (const [feature, count] of features[family]) {
      const row = vocabulary.get(feature)
      if (row !== undefined) known.push([row, (1 + Math.log(count)) * (rarity[row] ?? 0)])
    }
    const length = Math.hypot(...known.map(([, value]) => value)) || 1
    for (const [row, value] of known) {
      rows.push(row)
      values.push((value / length) * familyWeights[family])
    }
  }
  const length = Math.hypot(...values) || 1
  return { rows: Int32Array.from(rows), values: Float32Array.from(values, (value) => value / length) }
}

/** Turns scores into probabilities, in place. */
export const softmax = (scores: Float32Array): Float32Array => {
  const highest = Math.max(...scores)
  let sum = 0
  for (let at = 0; at < scores.length; at += 1) {
    const value = Math.exp((scores[at] ?? 0) - highest)
    scores[at] = value
    sum += value
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / sum
  return scores
}

/** How likely each label is, in the order of `labels`; the sum is 1. */
export const likelihoods = ({ weights, steps, bias }: Model, { rows, values }: Vector): Float32Array => {
  const scores = new Float32Array(labels.length)
  rows.forEach((row, at) => {
    const value = values[at] ?? 0
    for (let column = 0; column < scores.length; column += 1)
      scores[column] = (scores[column] ?? 0) + value * (weights[row * labels.length + column] ?? 0)
  })
  for (let column = 0; column < scores.length; column += 1)
    scores[column] = (scores[column] ?? 0) * (steps[column] ?? 0) + (bias[column] ?? 0)
  return softmax(scores)
}

export interface Ranked {
  readonly topic: Label
  readonly score: number
}

export const ranked = (probabilities: Float32Array): Ranked[] =>
  labels.map((topic, column) => ({ topic, score: probabilities[column] ?? 0 })).sort((a, b) => b.score - a.score)
