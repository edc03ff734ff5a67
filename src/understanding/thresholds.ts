/** Where answering ends and asking or refusing begins, placed on lines judged by models that never saw them. */
import { labels, type Label, type Thresholds } from './model'
import { ranked } from './router'

/** A line, what it is about, and what a model says that did not learn from it. */
export interface Judged {
  readonly label: Label
  readonly probabilities: Float32Array
}

/** At most this share of real questions may be refused … */
const refusedAtMost = 0.03
/** … and at most this share of foreign ones answered. */
const answeredAtMost = 0.03
/** … and at most this share of real ones answered wrongly. */
const wrongAtMost = 0.03

const noneColumn = labels.indexOf('none')
const noneOf = ({ probabilities }: Judged): number => probabilities[noneColumn] ?? 0
const isInScope = ({ label }: Judged): boolean => label !== 'none'

/** The value below which `share` of the sorted numbers lie. */
const quantile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 1

const rounded = (value: number): number => Math.round(value * 1000) / 1000

const steps = Array.from({ length: 19 }, (_, at) => (at + 1) / 20)

/** Best topic's likelihood and its lead over the next topic. */
export const marginsOf = (probabilities: Float32Array): { sure: number; lead: number } => {
  const [first, second] = ranked(probabilities).filter(({ topic }) => topic !== 'none')
  return { sure: first?.score ?? 0, lead: (first?.score ?? 0) - (second?.score ?? 0) }
}

const bestOf = ({ probabilities }: Judged): Label | undefined => ranked(probabilities).find(({ topic }) => topic !== 'none')?.topic

export const thresholdsFrom = (judged: readonly Judged[]): Thresholds => {
  const own = judged.filter(isInScope)
  const none = rounded(quantile(own.map(noneOf), 1 - refusedAtMost))
  const foreign = judged.filter((each) => !isInScope(each))
  const shareAnswered = (sure: number) =>
    foreign.filter((each) => noneOf(each) < none && marginsOf(each.probabilities).sure >= sure).length / Math.max(1, foreign.length)
  const isAnswered = (each: Judged, sure: number) => {
    const margins = marginsOf(each.probabilities)
    return noneOf(each) < none && margins.sure >= sure && margins.lead >= sure / 3
  }
  const wrong = (sure: number) => own.filter((each) => isAnswered(each, sure) && bestOf(each) !== each.label).length / Math.max(1, own.length)
  const sure = steps.find((step) => shareAnswered(step) <= answeredAtMost && wrong(step) <= wrongAtMost) ?? 0.95
  return { none, sure, lead: rounded(sure / 3) }
}
