/** What is kept of a turn before it is shown, and afterwards? What was handled and what is owed stand in the same record. */
import { isDeepStrictEqual } from 'node:util'
import { newPerson } from '../runs/person'
import type { Owed, PersonRecord, ThreadRecord } from '../runs/record'
import { withAnswered, type Answered } from '../runs/answered'
import type { SharedPage } from '../runs/thread'
import type { PersonalIncoming, SharedIncoming } from '../turn/incoming'
import type { Delivery, PersonalOutcome, ThreadOutcome } from '../turn/outcome'
import type { Pick } from '../verbs/action'
import { turnMs } from './parts'

/** Enough for whatever Teams may deliver once more. */
const mostHandled = 32
const mostOwed = 4

interface Deliveries {
  readonly handled: readonly string[]
  readonly owed: readonly Owed[]
}

type Incoming = PersonalIncoming | SharedIncoming

/** How the activity came. */
export interface How {
  /** Its answer is the HTTP answer. */
  readonly isInvoke: boolean
  readonly now: Date
}

/** A welcome that is owed for longer than a turn takes is on its way no more. */
const isLost = ({ activity, at }: Owed, again: string, now: Date): boolean => activity === again || now.getTime() - new Date(at).getTime() > turnMs

export const deliveryOf = ({ handled, owed }: Deliveries, { activity, chat }: Incoming, { isInvoke, now }: How): Delivery => ({
  isRepeat: handled.includes(activity),
  isInvoke,
  owed: owed.find((each) => !each.welcome && (!each.alone || each.activity === activity)),
  lostWelcome: owed.some((each) => each.welcome === true && each.chat === chat && isLost(each, activity, now)),
})

interface Answer {
  /** How it is shown again; `nothing`: it need not be. */
  readonly again: Pick | undefined | 'nothing'
  /** Other answers that are owed and are not shown by this one. */
  readonly besides: readonly Owed[]
  readonly alone?: boolean
}

const withHandled = <R extends Deliveries>(record: R, { activity, chat, kind }: Incoming, { again, besides, alone }: Answer, now: Date): R => {
  const own: Owed = {
    activity,
    chat,
    at: now.toISOString(),
    ...(kind === 'installed' && { welcome: true }),
    ...(alone && { alone }),
    ...(again !== 'nothing' && again && { again }),
  }
  const owed = again === 'nothing' ? besides : [own, ...besides]
  return { ...record, handled: [activity, ...record.handled.filter((each) => each !== activity)].slice(0, mostHandled), owed: owed.slice(0, mostOwed) }
}

/**
 * Owed is every answer until it was shown, and only the last one: it is made of what is known, so it tells what an earlier one told.
 * The answer to a press that changed nothing need not be: the card is still there to be pressed.
 */
const answerOf = (
  { owed }: Deliveries,
  { kind, chat }: Incoming,
  { again }: { readonly again?: Pick | undefined },
  changes: boolean,
  { isInvoke }: How,
): Answer => {
  const welcomes = owed.filter((each) => each.welcome === true && each.chat !== chat)
  if (kind === 'installed') return { again: undefined, besides: owed.filter((each) => each.welcome !== true || each.chat !== chat) }
  // What Teams tells by itself, such as a sign-in, comes in between.
  if (kind === 'signed-in') return { again, besides: owed }
  return isInvoke && !changes && owed.length === welcomes.length ? { again: 'nothing', besides: welcomes } : { again, besides: welcomes }
}

/** The record with what the turn came to; the same one when it came to nothing. */
export const afterTurn = (record: PersonRecord, incoming: PersonalIncoming, outcome: PersonalOutcome, how: How): PersonRecord => {
  const { person, view } = outcome.known
  if (!outcome.reply || outcome.isRepeated) return record
  const after: PersonRecord = { ...record, person, views: { ...record.views, [incoming.chat]: view } }
  return withHandled(after, incoming, answerOf(record, incoming, outcome, person !== record.person, how), how.now)
}

export const afterThreadTurn = (record: ThreadRecord, incoming: SharedIncoming, outcome: ThreadOutcome, how: How): ThreadRecord => {
  const { reply, known } = outcome
  if (!reply || outcome.isRepeated) return record
  const changes = reply.notice === undefined && !isDeepStrictEqual(known.page, record.thread.page)
  const answer = answerOf(record, incoming, outcome, changes, how)
  return withHandled({ ...record, thread: known }, incoming, { ...answer, ...(outcome.only && { alone: true }) }, how.now)
}

/** What became of an answer. */
export interface Showing {
  /** Undefined: it could not be shown. */
  readonly shown: { readonly id: string | undefined } | undefined
  /** The person was asked to sign in, if that was wanted. */
  readonly asked: boolean
  readonly now: Date
}

/** What is remembered of an answer in sight; nothing of one that is only repeated, or said to one of many. */
const answeredIn = (
  { activity, edits, kind }: Incoming,
  { reply, about, isRepeated }: PersonalOutcome | ThreadOutcome,
  showing: Showing,
): Answered | undefined => {
  const message = showing.shown?.id
  if (!reply || reply.notice !== undefined || isRepeated || message === undefined || kind === 'installed') return undefined
  return { message, to: edits ?? activity, at: showing.now.toISOString(), lang: reply.page.language, ...(about && { about }) }
}

/** A welcome that did not get there is none: the next event greets. */
const isNoWelcome = ({ kind }: Incoming, { shown }: Showing): boolean => kind === 'installed' && !shown

const withoutOwed = <R extends Deliveries>(record: R, { activity }: Incoming): R => {
  const owed = record.owed.filter((each) => each.activity !== activity)
  return owed.length === record.owed.length ? record : { ...record, owed }
}

/** No longer owed, welcomed only if it was seen, waiting for a sign-in only if it was asked for, and by which card. The same record when nothing is new. */
export const afterShowing = (record: PersonRecord, incoming: PersonalIncoming, outcome: PersonalOutcome, showing: Showing): PersonRecord => {
  const { waits, askToSignIn, changed } = outcome
  const { shown, asked } = showing
  const settled = shown || isNoWelcome(incoming, showing) ? withoutOwed(record, incoming) : record
  const view = settled.views[incoming.chat]
  if (!view) return settled
  const { signIn: planned, ...rest } = view
  const card = waits && shown?.id !== undefined ? { card: shown.id } : {}
  const signIn = planned && !(askToSignIn && !asked) ? { ...planned, ...card } : undefined
  const answer = answeredIn(incoming, outcome, showing)
  const after = {
    ...rest,
    welcomed: view.welcomed && !isNoWelcome(incoming, showing),
    ...(signIn && { signIn }),
    ...(answer && { answered: withAnswered(view.answered, { ...answer, ...(changed && { changed }) }) }),
  }
  return isDeepStrictEqual(after, view) ? settled : { ...settled, views: { ...settled.views, [incoming.chat]: after } }
}

/** `before`: the page that was shown until then. */
export const afterShowingToAll = (
  record: ThreadRecord,
  incoming: SharedIncoming,
  outcome: ThreadOutcome & { readonly before: SharedPage | undefined },
  showing: Showing,
): ThreadRecord => {
  if (isNoWelcome(incoming, showing)) return { ...withoutOwed(record, incoming), thread: { ...record.thread, welcomed: false } }
  const settled = showing.shown ? withoutOwed(record, incoming) : record
  const answer = answeredIn(incoming, outcome, showing)
  if (!answer) return settled
  const isTurned = !isDeepStrictEqual(outcome.before, outcome.known.page)
  const answered = withAnswered(settled.thread.answered, { ...answer, ...(isTurned && { before: outcome.before ?? null }) })
  return { ...settled, thread: { ...settled.thread, answered } }
}

/** The app was taken out of the private chats: what was on screen, waited for or owed there is gone; choices and guides stay. */
export const afterRemoval = (record: PersonRecord): PersonRecord => ({ ...record, views: {}, owed: [] })

/** Nothing would be kept but that somebody was here. */
export const isWorthKeeping = ({ person }: PersonRecord): boolean => !isDeepStrictEqual(person, newPerson())
