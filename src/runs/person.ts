/** All that is kept about one person: choices, what they told once, their runs, and where each chat stands. No names, no text. */
import { z } from 'zod'
import { actionSchema, verbs } from '../cards/action'
import { languages, topics } from '../topics'
import { knownSchema, runSchema, type Run } from './run'

/** A choice on the last card, so that "the second one" or its title can be written instead of pressed. */
const pickSchema = z.strictObject({
  /** Of a button; a numbered line has none. */
  title: z.string().optional(),
  verb: z.enum(verbs),
  topic: z.enum(topics).optional(),
  step: z.string().optional(),
  run: z.string().optional(),
})
export type Pick = z.infer<typeof pickSchema>

const chatSchema = z.strictObject({
  welcomed: z.boolean(),
  /** Id of the open run, if any. */
  run: z.string().optional(),
  /** What a number picks: the numbered lines of the card, else its buttons as seen. */
  picks: z.array(pickSchema),
  /** Every button of the card, to be written by its title. */
  buttons: z.array(pickSchema),
  /** How the last question was understood, for "why this answer?". */
  why: z
    .strictObject({
      topic: z.string(),
      confidence: z.number(),
      /** Id of one of our phrasings; never words, neither ours nor the person's. */
      phrasing: z.string(),
      runnerUp: z.enum(topics).optional(),
    })
    .optional(),
  /** A sign-in that was asked for and has not come yet. */
  signIn: z
    .strictObject({
      /** What goes on afterwards. */
      waiting: actionSchema,
      at: z.iso.datetime(),
      /** Id of the message that says so, to be replaced by the outcome. */
      card: z.string().optional(),
      /** The person declined: they are not asked again unless they want to. */
      over: z.boolean(),
      /** They were told that it failed; each of their Teams clients says so. */
      told: z.boolean().optional(),
    })
    .optional(),
  touchedAt: z.iso.datetime(),
})
export type WaitingForSignIn = NonNullable<Chat['signIn']>
export type Chat = z.infer<typeof chatSchema>

export const personSchema = z.strictObject({
  v: z.literal(1),
  /** Chosen by the person; absent: follow their messages and their Teams. */
  language: z.enum(languages).optional(),
  /** The person was asked once whether to stay in the language they wrote. */
  askedLanguage: z.boolean(),
  plainText: z.boolean(),
  known: knownSchema,
  /** Newest first. */
  runs: z.array(runSchema),
  /** By hash of the conversation. */
  chats: z.record(z.string(), chatSchema),
})
export type Person = z.infer<typeof personSchema>

/** A sign-in card can be used about as long; later a code or a token belongs to nothing. */
const signInMs = 15 * 60 * 1000

export const isWaitedFor = ({ over, at }: WaitingForSignIn, now: Date): boolean => !over && now.getTime() - new Date(at).getTime() <= signInMs

const mostRuns = 20
const mostChats = 50

export const newPerson = (): Person => ({
  v: 1,
  askedLanguage: false,
  plainText: false,
  known: { account: [] },
  runs: [],
  chats: {},
})

export const newChat = (now: Date): Chat => ({ welcomed: false, picks: [], buttons: [], touchedAt: now.toISOString() })

export const chatOf = (person: Person, chat: string, now: Date): Chat => person.chats[chat] ?? newChat(now)

export const withChat = (person: Person, chat: string, change: Partial<Chat>, now: Date): Person => ({
  ...person,
  chats: { ...person.chats, [chat]: { ...chatOf(person, chat, now), ...change, touchedAt: now.toISOString() } },
})

export const openRun = (person: Person, chat: string): Run | undefined => {
  const id = person.chats[chat]?.run
  return id === undefined ? undefined : person.runs.find((run) => run.id === id)
}

/** The run put in place of its earlier state, or first when it is new. */
export const withRun = (person: Person, run: Run): Person => ({
  ...person,
  runs: person.runs.some(({ id }) => id === run.id)
    ? person.runs.map((other) => (other.id === run.id ? run : other))
    : [run, ...person.runs].slice(0, mostRuns),
})

/** Forgets runs and chats that nobody touched since `before`, and the oldest beyond a fixed number. */
export const withoutOld = (person: Person, before: Date): Person => {
  const kept = (touched: string) => new Date(touched) >= before
  const chats = Object.entries(person.chats)
    .filter(([, { touchedAt }]) => kept(touchedAt))
    .toSorted(([, a], [, b]) => b.touchedAt.localeCompare(a.touchedAt))
    .slice(0, mostChats)
  return { ...person, runs: person.runs.filter(({ updatedAt }) => kept(updatedAt)), chats: Object.fromEntries(chats) }
}
