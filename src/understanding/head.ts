/** How are weights learnt from examples that may be several things at once? Multinomial logistic regression by Adagrad, the same input always giving the same weights. */
import { randomFrom, shuffled } from './learn'
import { softmax } from './router'

/** Rows of a vocabulary with their values. */
export interface Sparse {
  readonly rows: Int32Array
  readonly values: Float32Array
}

export interface Taught extends Sparse {
  /** Columns that are right; `share` says how. */
  readonly right: readonly number[]
  /** `each`: all of them in equal parts; `any`: one of them, and the model may find out which. */
  readonly share: 'each' | 'any'
  readonly weight: number
}

export interface Head {
  /** One row per feature, one column per label. */
  readonly weights: Float32Array
  readonly bias: Float32Array
}

export interface Pace {
  readonly width: number
  readonly features: number
  readonly epochs: number
  readonly rate: number
  readonly decay: number
  /** Share of an example's features that is left out each time, so that no single word decides. */
  readonly dropout: number
  readonly seed: number
}

// Taken out once: in a context of its own, such as a test's, reaching a global costs more than the arithmetic.
const { abs, sqrt } = Math

/** A label this sure of the right answer learns nothing from the example, which saves most of the time. */
const settled = 2e-3

export const learnHead = (examples: readonly Taught[], pace: Pace): Head => {
  const { width, features, epochs, seed, dropout } = pace
  const head = { weights: new Float32Array(features * width), bias: new Float32Array(width) }
  const seen = { weights: new Float32Array(features * width).fill(1e-6), bias: new Float32Array(width).fill(1e-6) }
  const scores = new Float32Array(width)
  const random = randomFrom(seed)
  for (let epoch = 0; epoch < epochs; epoch += 1)
    for (const example of shuffled(examples, random)) {
      const shown = dropout > 0 ? thinned(example, dropout, random) : example
      scoresOf(head, shown, scores)
      missesIn(scores, example)
      update(head, seen, shown, scores, pace)
    }
  return head
}

const thinned = ({ rows, values }: Sparse, dropout: number, random: () => number): Sparse => {
  const kept: number[] = []
  const scale = 1 / sqrt(1 - dropout)
  for (let at = 0; at < rows.length; at += 1) if (random() >= dropout) kept.push(at)
  return { rows: Int32Array.from(kept, (at) => rows[at] ?? 0), values: Float32Array.from(kept, (at) => (values[at] ?? 0) * scale) }
}

/** Fills `scores` with likelihoods; one array for all examples, or most of the time would go into making them. */
const scoresOf = ({ weights, bias }: Head, { rows, values }: Sparse, scores: Float32Array) => {
  scores.set(bias)
  const width = scores.length
  for (let at = 0; at < rows.length; at += 1) {
    const start = (rows[at] ?? 0) * width
    const value = values[at] ?? 0
    for (let column = 0; column < width; column += 1) scores[column] = (scores[column] ?? 0) + value * (weights[start + column] ?? 0)
  }
  softmax(scores)
}

/** Likelihoods become how far they are off, in place. */
const missesIn = (scores: Float32Array, { right, share, weight }: Taught) => {
  const known = share === 'any' ? right.reduce((sum, column) => sum + (scores[column] ?? 0), 0) || 1 : 0
  const wanted = right.map((column) => (share === 'any' ? (scores[column] ?? 0) / known : 1 / right.length))
  right.forEach((column, at) => {
    scores[column] = (scores[column] ?? 0) - (wanted[at] ?? 0)
  })
  for (let column = 0; column < scores.length; column += 1) scores[column] = (scores[column] ?? 0) * weight
}

const update = (head: Head, seen: Head, { rows, values }: Sparse, misses: Float32Array, { width, rate, decay }: Pace) => {
  const open: number[] = []
  for (let column = 0; column < width; column += 1) if (abs(misses[column] ?? 0) >= settled) open.push(column)
  for (const column of open) step(head.bias, seen.bias, column, misses[column] ?? 0, rate)
  for (let at = 0; at < rows.length; at += 1) {
    const start = (rows[at] ?? 0) * width
    const value = values[at] ?? 0
    for (const column of open) {
      const cell = start + column
      step(head.weights, seen.weights, cell, (misses[column] ?? 0) * value + decay * (head.weights[cell] ?? 0), rate)
    }
  }
}

const step = (weights: Float32Array, seen: Float32Array, cell: number, gradient: number, rate: number) => {
  const total = (seen[cell] ?? 0) + gradient * gradient
  seen[cell] = total
  weights[cell] = (weights[cell] ?? 0) - (rate * gradient) / sqrt(total)
}
