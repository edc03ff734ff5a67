/** Linear routing: a text's features as a vector, and how likely each topic is. */
import { families, familyWeights, type Features } from './features'
import { labels, type Label, type Model } from './model'

/** Rows of the vocabulary with their values; the values have length 1 together. */
export interface Vector {
  readonly rows: Int32Array
  readonly values: Float32Array
}

type Index = Pick<Model, 'vocabulary' | 'rarity'>

// Taken out once: in a context of its own, such as a test's, reaching a global costs more than the arithmetic.
const { exp, log, sqrt } = Math

/** Each family is scaled to length 1 before its weight, then the whole to length 1. Unknown features are left out. */
export const vectorOf = (features: Features, { vocabulary, rarity }: Index): Vector => {
  const rows: number[] = []
  const values: number[] = []
  for (const family of families) {
    const first = values.length
    let squares = 0
    for (const [feature, count] of features[family]) {
      const row = vocabulary.get(feature)
      if (row === undefined) continue
      const value = (1 + log(count)) * (rarity[row] ?? 0)
      rows.push(row)
      values.push(value)
      squares += value * value
    }
    const scale = familyWeights[family] / (sqrt(squares) || 1)
    for (let at = first; at < values.length; at += 1) values[at] = (values[at] ?? 0) * scale
  }
  const length = sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
  return { rows: Int32Array.from(rows), values: Float32Array.from(values, (value) => value / length) }
}

/** Turns scores into probabilities, in place. */
export const softmax = (scores: Float32Array): Float32Array => {
  let highest = scores[0] ?? 0
  for (let at = 1; at < scores.length; at += 1) if ((scores[at] ?? 0) > highest) highest = scores[at] ?? 0
  let sum = 0
  for (let at = 0; at < scores.length; at += 1) {
    const value = exp((scores[at] ?? 0) - highest)
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
    for (let column = 0; column < scores.length; column += 1) scores[column] = (scores[column] ?? 0) + value * (weights[row * labels.length + column] ?? 0)
  })
  for (let column = 0; column < scores.length; column += 1) scores[column] = (scores[column] ?? 0) * (steps[column] ?? 0) + (bias[column] ?? 0)
  return softmax(scores)
}

export interface Ranked {
  readonly topic: Label
  readonly score: number
}

export const ranked = (probabilities: Float32Array): Ranked[] =>
  labels.map((topic, column) => ({ topic, score: probabilities[column] ?? 0 })).sort((a, b) => b.score - a.score)
