/** How is a turn kept before it is shown, and noted as shown afterwards? What was handled and what is owed stand in the same record. */
import type { Owed } from '../runs/record'
import type { Pick } from '../verbs/action'

/** Enough for whatever Teams may deliver once more. */
const mostHandled = 32
const mostOwed = 8

interface Deliveries {
  readonly handled: readonly string[]
  readonly owed: readonly Owed[]
}

export interface Handled {
  readonly activity: string
  readonly chat: string
  readonly at: Date
  /** How the answer is shown again; `nothing`: it is in the HTTP answer, or there is none to get lost. */
  readonly again: Pick | undefined | 'nothing'
}

export const isHandled = ({ handled }: Deliveries, activity: string): boolean => handled.includes(activity)

/** The answer that the person in this chat has not got yet. */
export const owedIn = ({ owed }: Deliveries, chat: string): Owed | undefined => owed.find((each) => each.chat === chat)

/** A chat is owed its last answer only: it is made of what is known, so it tells what an earlier one told. */
export const withHandled = <R extends Deliveries>(record: R, { activity, chat, at, again }: Handled): R => {
  const others = record.owed.filter((each) => each.chat !== chat)
  const owed = again === 'nothing' ? others : [{ activity, chat, at: at.toISOString(), ...(again && { again }) }, ...others]
  return { ...record, handled: [activity, ...record.handled.filter((each) => each !== activity)].slice(0, mostHandled), owed: owed.slice(0, mostOwed) }
}

export const withShown = <R extends Deliveries>(record: R, activity: string): R => ({ ...record, owed: record.owed.filter((each) => each.activity !== activity) })
