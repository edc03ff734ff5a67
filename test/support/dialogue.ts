/** The form of a recorded conversation (`test/conversations/*.json`): who, where, what they do, and what they should experience. */
import { z } from 'zod'
import { armFaults, graphFaults, loginFaults } from '../../src/sandbox/faults'

const expectation = z.strictObject({
  /** Heading of the newest card. */
  title: z.string().optional(),
  /** The small line above it. */
  eyebrow: z.string().optional(),
  /** Must all be readable in the answer. */
  says: z.array(z.string()).optional(),
  /** From a group or channel: must all be readable in what came into the person's own chat meanwhile. */
  privately: z.array(z.string()).optional(),
  /** Must not be readable in the answer. */
  never: z.array(z.string()).optional(),
  /** Visible buttons of the card, exactly and in order. */
  buttons: z.array(z.string()).optional(),
  /** Buttons that are visible, among others. */
  offers: z.array(z.string()).optional(),
  /** Titles behind "…", among others. */
  more: z.array(z.string()).optional(),
  /** Buttons that are on the card nowhere, not even behind "…". */
  lacks: z.array(z.string()).optional(),
  /** Every message of the answer is in the thread the person wrote in. */
  inThread: z.literal(true).optional(),
  /** True: the answer changed the card in place instead of sending a new message. */
  inPlace: z.boolean().optional(),
  /** Number of messages sent or changed. */
  messages: z.int().optional(),
  /** The answer brings (or does not bring) a sign-in card. */
  signInCard: z.boolean().optional(),
  /** Buttons that open a page, by title, with something their address holds once decoded. */
  opens: z.record(z.string(), z.string()).optional(),
  /** HTTP status, where it is not 200. */
  status: z.int().optional(),
})

/** One thing the person does, or something that changes around them, and what is expected of the bot's answer. */
export const turnSchema = z.strictObject({
  open: z.literal(true).optional(),
  say: z.string().optional(),
  /** In a group or channel: without mentioning the bot. */
  unmentioned: z.literal(true).optional(),
  press: z.string().optional(),
  /** Presses the card kept under this name as it was then, though the conversation has moved on. */
  on: z.string().optional(),
  /** Keeps the newest card of the answer under this name, for a later `on`. */
  keep: z.string().optional(),
  /** By a client that knows no Action.Execute. */
  older: z.literal(true).optional(),
  inputs: z.record(z.string(), z.string()).optional(),
  /** From here on somebody else acts, or the same person elsewhere. */
  as: z.strictObject({ person: z.string().optional(), chat: z.string().optional(), locale: z.string().optional() }).optional(),
  /** Something Teams tells the bot: this person joined the chat later, or the app was replaced by a newer version. */
  happens: z.enum(['joined', 'upgraded']).optional(),
  graph: z.enum(graphFaults).optional(),
  arm: z.enum(armFaults).optional(),
  login: z.enum(loginFaults).optional(),
  /** Permissions nobody consented to. */
  denied: z.array(z.string()).optional(),
  /** What the person's Teams does about the newest sign-in card. */
  signIn: z.enum(['silent', 'again', 'consent', 'decline', 'failure', 'button', 'wrong-code', 'typed-code', 'as-colleague', 'as-other-tenant']).optional(),
  restartBot: z.literal(true).optional(),
  expect: expectation.optional(),
})

export const dialogueSchema = z.strictObject({
  /** One sentence: what the person should experience. */
  intent: z.string().min(20),
  person: z.string().default('kelley'),
  chat: z.string().optional(),
  locale: z.string().default('en-US'),
  /** What the OAuth connection gives tokens for; absent: the bot looks up with its own permissions. */
  singleSignOn: z.enum(['app', 'graph']).optional(),
  /** Settings of the bot over those of the sandbox. */
  env: z.record(z.string(), z.string()).optional(),
  turns: z.array(turnSchema).min(1),
})

export type DialogueTurn = z.infer<typeof turnSchema>
export type Expectation = z.infer<typeof expectation>
