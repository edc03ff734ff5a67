/** Multinomial logistic regression by Adagrad: the phrasings' vectors → weights. The same input always gives the same weights. */
import { labels } from './model'
import { softmax, type Vector } from './router'

export interface Example {
  readonly vector: Vector
  /** Column in `labels`. */
  readonly label: number
}

export interface Learnt {
  /** One row per feature, one column per label. */
  readonly weights: Float32Array
  readonly bias: Float32Array
}

// Taken out once: in a context of its own, such as a test's, reaching a global costs more than the arithmetic.
const { abs, sqrt } = Math

const rate = 0.5
const decay = 1e-5
/** A label this sure of the right answer learns nothing from the example, which saves most of the time. */
const settled = 2e-3

/** Small and repeatable (mulberry32); numbers in 0..1. */
export const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d_2b_79_f5) | 0
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
  return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
}

export const shuffled = <T>(items: readonly T[], random: () => number): T[] => {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const [a, b] = [mixed[at], mixed[other]]
    if (a !== undefined && b !== undefined) [mixed[at], mixed[other]] = [b, a]
  }
  return mixed
}

export const learn = (examples: readonly Example[], features: number, epochs: number, seed: number): Learnt => {
  const width = labels.length
  const weights = new Float32Array(features * width)
  const seen = new Float32Array(features * width).fill(1e-6)
  const bias = new Float32Array(width)
  const biasSeen = new Float32Array(width).fill(1e-6)
  const scores = new Float32Array(width)
  const random = randomFrom(seed)
  for (let epoch = 0; epoch < epochs; epoch += 1)
    for (const { vector, label } of shuffled(examples, random)) {
      score(scores, weights, bias, vector)
      for (let column = 0; column < width; column += 1) {
        const miss = (scores[column] ?? 0) - (column === label ? 1 : 0)
        if (abs(miss) < settled) continue
        step(bias, biasSeen, column, miss)
        update(weights, seen, vector, column, miss)
      }
    }
  return { weights, bias }
}

/** Fills `scores` with likelihoods; one array for all examples, or most of the time would go into making them. */
const score = (scores: Float32Array, weights: Float32Array, bias: Float32Array, { rows, values }: Vector) => {
  scores.set(bias)
  const width = scores.length
  for (let at = 0; at < rows.length; at += 1) {
    const start = (rows[at] ?? 0) * width
    const value = values[at] ?? 0
    for (let column = 0; column < width; column += 1) scores[column] = (scores[column] ?? 0) + value * (weights[start + column] ?? 0)
  }
  softmax(scores)
}

const update = (weights: Float32Array, seen: Float32Array, { rows, values }: Vector, column: number, miss: number) => {
  for (let at = 0; at < rows.length; at += 1) {
    const cell = (rows[at] ?? 0) * labels.length + column
    step(weights, seen, cell, miss * (values[at] ?? 0) + decay * (weights[cell] ?? 0))
  }
}

const step = (weights: Float32Array, seen: Float32Array, cell: number, gradient: number) => {
  const total = (seen[cell] ?? 0) + gradient * gradient
  seen[cell] = total
  weights[cell] = (weights[cell] ?? 0) - (rate * gradient) / sqrt(total)
}
