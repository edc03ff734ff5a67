/** What is on a person's screen in one chat, and what is waited for there? May be lost at any time: then it is only asked again. */
import { z } from 'zod'
import { cardsShown } from '../understanding/situation'
import { actionSchema, pickSchema } from '../verbs/action'
import { askedSchema } from '../verbs/asked'
import { renamed, topicSchema } from '../verbs/former'
import { answeredSchema } from './answered'
import { knownSchema, runSchema } from './run'

/**
 * A sign-in on its way. `waiting`: asked for and not come yet; `told`: the same, and the person knows that it failed once, as each of
 * their Teams clients says so; `declined`: they will not, and are not asked again unless they want to.
 */
export const signInStates = ['waiting', 'told', 'declined'] as const

const signInSchema = z.looseObject({
  state: z.enum(signInStates),
  /** What goes on once the person has signed in. */
  for: z.preprocess(renamed, actionSchema),
  at: z.iso.datetime(),
  /** Id of the message that says so, to be replaced by the outcome. */
  card: z.string().optional(),
})
export type WaitingForSignIn = z.infer<typeof signInSchema>

/** How the last question was understood, for "why this answer?". */
const whySchema = z.looseObject({
  topic: z.string(),
  confidence: z.number(),
  /** Id of one of our phrasings; never words, neither ours nor the person's. */
  phrasing: z.string(),
  runnerUp: topicSchema.optional(),
})

/** What the last change took from the person's guides and facts. */
const undoSchema = z.looseObject({
  open: z.string().optional(),
  known: knownSchema,
  /** As they were. */
  runs: z.array(runSchema),
  /** Ids of those that were not there. */
  added: z.array(z.string()),
})
export type Undo = z.infer<typeof undoSchema>

export const viewSchema = z.looseObject({
  welcomed: z.boolean(),
  asked: askedSchema.optional(),
  /** The card leads back to the guide, so that "back" means there and not the step before. */
  aside: z.boolean(),
  /** What a number picks: the numbered lines of the card, else its buttons as seen. */
  list: z.array(pickSchema),
  /** Every button of the card, to be written by its title. */
  buttons: z.array(pickSchema),
  /** The card that was shown last, and what it was about. */
  shown: z.enum(cardsShown).optional(),
  topic: topicSchema.optional(),
  /** What shows the last answer again. */
  last: pickSchema.optional(),
  /** Id of the passage that was told last, and of the causes that are still to be tried, the likest first. */
  passage: z.string().max(160).optional(),
  causes: z.array(z.string().max(160)).max(20).optional(),
  undo: undoSchema.optional(),
  /** Newest first. */
  answered: z.array(answeredSchema).optional(),
  why: whySchema.optional(),
  signIn: signInSchema.optional(),
  touchedAt: z.iso.datetime(),
})
export type View = z.infer<typeof viewSchema>

export const newView = (now: Date): View => ({ welcomed: false, aside: false, list: [], buttons: [], touchedAt: now.toISOString() })
