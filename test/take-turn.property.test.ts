/**
 * Whatever a person says and presses, however often Teams delivers it, wherever the process ends and sending fails: is the guide where a
 * simple model says, and is the step that was shown last the step that is kept, or said to be owed?
 */
import fc from 'fast-check'
import { z } from 'zod'
import { arrivalOf } from '../src/bot/incoming'
import type { Directory } from '../src/directory'
import { guideOf } from '../src/guides'
import { openRun } from '../src/runs/person'
import { createPeople } from '../src/runs/records'
import { memoryStore } from '../src/runs/memory-store'
import type { Store } from '../src/runs/store'
import * as activities from '../src/sandbox/activities'
import { chatsOf } from '../src/sandbox/chats'
import { contoso } from '../src/sandbox/tenants'
import { eyebrowOf, findAction, titleOf } from './support/cards'
import { offlineBot, type Seen } from './support/offline-bot'

const now = () => new Date('2026-11-25T09:30:00.000Z')
const { steps } = guideOf('link-existing', 'en')

/** Nothing here is looked up before the end of a guide, which is never reached. */
const nobodyAsks = () => Promise.reject(new Error('nothing is looked up here'))
const directory: Directory = {
  checkRole: nobodyAsks,
  findHelpers: nobodyAsks,
  standing: nobodyAsks,
  whyNot: () => undefined,
  prove: nobodyAsks,
  preflight: nobodyAsks,
  findOwners: nobodyAsks,
  lookUpSubscription: nobodyAsks,
  lookUpDomain: nobodyAsks,
  before: () => directory,
}

/** One person in two private conversations. */
const settingIn = (where: 0 | 1): activities.Setting => {
  const [person] = contoso.people
  const [chat] = chatsOf(contoso)
  if (!person || !chat) throw new Error('nobody is there')
  return { bot: { id: '28:bot', name: 'OneTenant' }, person, chat: { ...chat, id: `${chat.id}-${where}` }, locale: 'en-US' }
}

/** Where the process ends: before the turn is kept, before its answer is given, or before it is noted that it was. */
const ends = ['nowhere', 'before keeping', 'before showing', 'before noting'] as const
const words = { next: 'next', back: 'one step back', where: 'which step am I on?', tenant: 'what is a tenant?' } as const

interface Did {
  readonly where: 0 | 1
  readonly end: (typeof ends)[number]
  readonly isSent: boolean
}
type Move = Did &
  (
    | { readonly kind: 'say'; readonly what: keyof typeof words }
    /** On any of the cards seen so far, the newest first. */
    | { readonly kind: 'press'; readonly card: number; readonly title: 'Done, next' | 'Back'; readonly older: boolean }
    | { readonly kind: 'again'; readonly which: number }
    | { readonly kind: 'restart' }
  )

const did = {
  where: fc.constantFrom(0 as const, 1 as const),
  end: fc.oneof({ weight: 6, arbitrary: fc.constant('nowhere' as const) }, { weight: 3, arbitrary: fc.constantFrom(...ends) }),
  isSent: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
}
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      what: fc.constantFrom('next' as const, 'next' as const, 'back' as const, 'where' as const, 'tenant' as const),
      ...did,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      card: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(20)),
      title: fc.constantFrom('Done, next' as const, 'Done, next' as const, 'Back' as const),
      older: fc.boolean(),
      ...did,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat(5), ...did }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), ...did }) },
)

type Answer = 'step' | 'tenant'

/** All that a person may rely on. */
interface Model {
  readonly step: number
  readonly rev: number
  /** What was kept and has, as far as is known, not been seen. */
  readonly owed: Answer | undefined
  readonly handled: readonly string[]
  /** Of each conversation: the last answer there stands beside the guide, so that "back" leads to the step. */
  readonly aside: readonly [boolean, boolean]
}

/** What Teams delivers, with what it means to the model. */
interface Sent {
  readonly id: string
  readonly activity: activities.Activity
  readonly isInvoke: boolean
  /** Steps further; for a press only at its own step and state. */
  readonly by: number
  readonly at?: { readonly step: string; readonly rev: number }
  readonly answer: Answer
  readonly where: 0 | 1
}

const buttonSchema = z.object({ step: z.string(), rev: z.number() })

/** What is kept, and what the person gets to see: an answer, or nothing. */
const expected = (
  model: Model,
  { id, isInvoke, by, at, answer, where }: Sent,
  { end, isSent }: Did,
): { readonly model: Model; readonly seen: Answer | undefined } => {
  if (end === 'before keeping') return { model, seen: undefined }
  const isRepeat = model.handled.includes(id)
  const given = isInvoke || isSent
  const showing = (after: Model, what: Answer, isKept: boolean) => {
    const isOwed = isKept && (!given || end !== 'nowhere')
    const isBeside = what === 'tenant'
    const aside = where === 0 ? ([isBeside, after.aside[1]] as const) : ([after.aside[0], isBeside] as const)
    return {
      model: { ...after, aside, handled: [...after.handled, id], owed: isOwed ? what : undefined },
      seen: given && end !== 'before showing' ? what : undefined,
    }
  }
  if (model.owed) return showing(model, model.owed, true)
  if (isRepeat) return { model, seen: isInvoke && end !== 'before showing' ? 'step' : undefined }
  const leadsBack = !at && by < 0 && model.aside[where]
  const isValid = by !== 0 && !leadsBack && (!at || (at.rev === model.rev && at.step === steps[model.step]?.id))
  const moved = isValid ? { ...model, step: model.step + by, rev: model.rev + 1 } : model
  return showing(moved, answer, isValid || !isInvoke)
}

const cardOf = (content: unknown): unknown =>
  z.object({ attachments: z.array(z.object({ content: z.unknown() })) }).safeParse(content).data?.attachments[0]?.content ??
  z.object({ value: z.unknown() }).safeParse(content).data?.value

const answerIn = (seen: readonly Seen[]): { readonly answer: Answer | undefined; readonly step: number | undefined } => {
  expect(seen.length).toBeLessThan(2)
  const card = cardOf(seen[0]?.content)
  if (card === undefined) return { answer: undefined, step: undefined }
  const step = /Step (\d) of/.exec(eyebrowOf(card) ?? '')?.[1]
  if (step !== undefined) return { answer: 'step', step: Number(step) - 1 }
  expect(titleOf(card)).toBe('What a tenant is')
  return { answer: 'tenant', step: undefined }
}

const deliveriesSchema = z.object({ handled: z.array(z.string()), owed: z.array(z.unknown()) })

/** A write that only says that an answer was shown; where nothing else changed it is the first one of its turn. */
const notes = (before: unknown, after: unknown): boolean => {
  const [then, now] = [deliveriesSchema.safeParse(before).data, deliveriesSchema.safeParse(after).data]
  return then !== undefined && now !== undefined && now.owed.length < then.owed.length && String(now.handled) === String(then.handled)
}

/** The bot, one person and all that befalls them. */
const begin = async () => {
  const store = memoryStore(now)
  let did: Did = { where: 0, end: 'nowhere', isSent: true }
  let puts = 0
  const isDown = (put: number) => (did.end === 'before keeping' && put >= 1) || (did.end !== 'nowhere' && put >= 2)
  const put: Store['put'] = async (key, value, etag) => {
    puts += 1
    const isNote = did.end !== 'nowhere' && notes((await store.get(key))?.value, value)
    return isDown(puts) || isNote ? Promise.reject(new Error('The process has ended.')) : store.put(key, value, etag)
  }
  let runs = 0
  const start = () =>
    offlineBot({
      directory,
      newId: () => `run-${(runs += 1)}`,
      now,
      store: { ...store, put },
      tenantId: contoso.id,
      reaches: () => did.isSent && did.end !== 'before showing',
    })
  let bot = start()
  const people = createPeople(store, { retentionDays: 365, now, onUnread: (where) => expect(where).toEqual([]) })

  const hear = async (activity: activities.Activity, how: Did): Promise<readonly Seen[]> => {
    did = how
    puts = 0
    const seen = await bot.hear(activity).catch(() => [])
    return how.end === 'before showing' || how.end === 'before keeping' ? [] : seen
  }
  const key = arrivalOf(activities.message(settingIn(0), '1', 'x') as never)?.sender.key ?? ''
  return { hear, restart: () => void (bot = start()), record: async () => (await people.load(key)).record }
}

const undisturbed: Did = { where: 0, end: 'nowhere', isSent: true }
const toFirstStep = async ({ hear }: Awaited<ReturnType<typeof begin>>): Promise<unknown> => {
  const first = await hear(activities.message(settingIn(0), 'begin', 'Link Azure and Microsoft 365'), undisturbed)
  const data = findAction([cardOf(first[0]?.content)], 'Start')?.data
  const started = await hear({ ...activities.submit(settingIn(0), 'card', { ...Object(data), contract: 'unknown', account: 'yes' }), id: 'start' }, undisturbed)
  return cardOf(started[0]?.content)
}

/** The ends of the guide are of another kind. */
const leavesSteps = ({ by }: Sent, { step }: Model): boolean => step + by < 0 || step + by >= steps.length

/** Undefined: there is no such card or button. */
const sentFor = (given: Move, index: number, cards: readonly unknown[]): Sent | undefined => {
  const id = `activity-${index}`
  if (given.kind === 'say') {
    const by = { next: 1, back: -1, where: 0, tenant: 0 }[given.what]
    return {
      id,
      activity: activities.message(settingIn(given.where), id, words[given.what]),
      isInvoke: false,
      by,
      answer: given.what === 'tenant' ? 'tenant' : 'step',
      where: given.where,
    }
  }
  if (given.kind !== 'press') return undefined
  const data = findAction([cards[given.card % cards.length]], given.title)?.data
  const at = buttonSchema.safeParse(data).data
  const by = given.title === 'Back' ? -1 : 1
  if (!at) return undefined
  const activity = given.older
    ? activities.submit(settingIn(given.where), 'card', data)
    : activities.execute(settingIn(given.where), 'card', { type: 'Action.Execute', data })
  return { id, activity: { ...activity, id }, isInvoke: !given.older, by, at, answer: 'step', where: given.where }
}

const play = async (moves: readonly Move[], count: (what: string) => void): Promise<void> => {
  const bot = await begin()
  const first = await toFirstStep(bot)
  let model: Model = { step: 0, rev: buttonSchema.parse(findAction([first], 'Done, next')?.data).rev, owed: undefined, handled: [], aside: [false, false] }
  let shown = 0
  let cards: readonly unknown[] = [first]
  const sent: Sent[] = []
  for (const [index, given] of moves.entries()) {
    if (given.kind === 'restart') bot.restart()
    const now = given.kind === 'again' ? sent[sent.length - 1 - given.which] : sentFor(given, index, cards)
    if (!now || leavesSteps(now, model)) continue
    if (given.kind !== 'again') sent.push(now)
    if (given.end !== 'nowhere') count(given.end)
    if (model.owed) count('owed')
    if (given.kind === 'again') count('again')
    const after = expected(model, now, given)
    const seen = await bot.hear(now.activity, given)
    if (given.end !== 'nowhere') bot.restart()
    const { answer, step } = answerIn(seen)
    model = after.model
    const { person, owed } = await bot.record()
    const run = openRun(person)
    expect({ step: run?.step, rev: run?.rev, answer, isOwed: owed.length > 0 }).toEqual({
      step: steps[model.step]?.id,
      rev: model.rev,
      answer: after.seen,
      isOwed: model.owed !== undefined,
    })
    if (step !== undefined) {
      expect(step).toBe(model.step)
      shown = step
      cards = [cardOf(seen[0]?.content), ...cards]
    }
    expect(shown === model.step || owed.length > 0).toBe(true)
  }
}

test('the guide is where the model says, and what is on screen is what is kept or owed', async () => {
  const counts = new Map<string, number>()
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1)
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 3, maxLength: 28 }), (moves) => play(moves, count)),
    { numRuns: 150 },
  )
  // It happened, or the property says nothing.
  for (const what of [...ends.slice(1), 'owed', 'again']) expect([what, (counts.get(what) ?? 0) > 30]).toEqual([what, true])
}, 120_000)
