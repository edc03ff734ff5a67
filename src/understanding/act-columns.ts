/** What does the model of acts tell apart? Every act, and of an answer also which one it is. */
import { actNames, type ActName } from './act-names'
import type { Scene } from './situation'

export const answerValues = ['web', 'ea', 'csp', 'unknown', 'yes', 'no', 'm365', 'azure', 'both', 'partly'] as const
export type AnswerValue = (typeof answerValues)[number]

const others = actNames.filter((act) => act !== 'answer')

/** In the order of the model's columns. */
export const actColumns: readonly string[] = [...others, ...answerValues.map((value) => `answer:${value}`)]

const answeredIn: Readonly<Partial<Record<Scene, readonly AnswerValue[]>>> = {
  contract: ['web', 'ea', 'csp', 'unknown'],
  account: ['yes', 'no', 'unknown'],
  which: ['m365', 'azure', 'both', 'unknown'],
  welcome: ['m365', 'azure', 'both', 'unknown'],
  end: ['yes', 'no', 'partly'],
  forget: ['yes', 'no'],
}

/** The columns that an act may be, where it is not said which answer. */
export const columnsOf = (act: ActName, scene: Scene, value?: AnswerValue): readonly number[] => {
  if (act !== 'answer') return [others.indexOf(act)]
  const values = value === undefined ? (answeredIn[scene] ?? answerValues) : [value]
  return values.map((each) => others.length + answerValues.indexOf(each))
}

/** How likely each act is, in the order of `actNames`: all answers together are one. */
export const actsFrom = (columns: Float32Array): Float32Array => {
  const acts = new Float32Array(actNames.length)
  actNames.forEach((act, at) => {
    if (act !== 'answer') acts[at] = columns[others.indexOf(act)] ?? 0
    else for (let column = others.length; column < columns.length; column += 1) acts[at] = (acts[at] ?? 0) + (columns[column] ?? 0)
  })
  return acts
}

export interface LikelyAnswer {
  readonly value: AnswerValue
  /** Likelihood of this very answer, 0..1. */
  readonly sure: number
}

/** The likeliest of the answers that the scene allows. */
export const answerFrom = (columns: Float32Array, scene: Scene): LikelyAnswer => {
  const [first = 'unknown', ...rest] = answeredIn[scene] ?? answerValues
  const sureOf = (value: AnswerValue) => columns[others.length + answerValues.indexOf(value)] ?? 0
  return rest.reduce<LikelyAnswer>((best, value) => (sureOf(value) > best.sure ? { value, sure: sureOf(value) } : best), { value: first, sure: sureOf(first) })
}
