/** What a button carries back. Buttons are written with it and presses are read with it, so the two cannot drift apart. */
import { z } from 'zod'
import { contracts } from '../guides/schema'
import { languages, topics } from '../topics'

/** Verbs that belong to a run; the others mean the same everywhere. */
export const guideVerbs = [
  'proceed',
  'read-along',
  'done',
  'back',
  'stuck',
  'all-steps',
  'go-to',
  'resume',
  'restart',
  'cancel',
  'check-again',
  'look-up',
  'sign-in',
  'helped',
  'not-helped',
] as const

export const verbs = [
  ...guideVerbs,
  'topic',
  'speak-en',
  'speak-fr',
  'keep-en',
  'keep-fr',
  'my-runs',
  'why',
  'forget-me',
  'forget-me-yes',
  'keep-me',
  'plain-text',
] as const
export type Verb = (typeof verbs)[number]

const id = z.string().max(80)

/** A button's own data: nothing else travels with it, and nothing in it decides identity, role or address. */
export const actionSchema = z.strictObject({
  verb: z.enum(verbs),
  topic: z.enum(topics).optional(),
  step: id.optional(),
  run: id.optional(),
  rev: z.int().min(0).optional(),
  lang: z.enum(languages),
})
export type ActionData = z.infer<typeof actionSchema>

export const inputsSchema = z.strictObject({
  contract: z.enum(contracts).optional(),
  account: z.enum(['yes', 'no']).optional(),
  subscription: z.string().max(200).optional(),
  domain: z.string().max(300).optional(),
})
export type Inputs = z.infer<typeof inputsSchema>

export interface Press {
  readonly action: ActionData
  readonly inputs: Inputs
}

const pressSchema = z.strictObject({
  ...actionSchema.shape,
  ...inputsSchema.shape,
  /** Added by us to the Submit fallback; Teams hands it back. */
  msteams: z.unknown().optional(),
})

/** The press in what a client sent, or `undefined` when it is not one of ours. */
export const readPress = (data: unknown): Press | undefined => {
  const parsed = pressSchema.safeParse(data)
  if (!parsed.success) return undefined
  const { contract, account, subscription, domain, msteams: _, ...action } = parsed.data
  return { action, inputs: { contract, account, subscription, domain } }
}
