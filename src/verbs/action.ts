/** What does a button carry back? Buttons are written with it and presses are read with it, so the two cannot drift apart. */
import { z } from 'zod'
import { contracts } from '../guides/schema'
import { languages } from '../topics'
import { renamed, topicSchema } from './former'
import { verbs } from './verbs'

const id = z.string().max(80)

/** A button's own data: nothing else travels with it, and nothing in it decides identity, role or address. */
export const actionSchema = z.strictObject({
  verb: z.enum(verbs),
  topic: topicSchema.optional(),
  /** Step the card showed; for `go-to`, the one to show. */
  step: id.optional(),
  /** Absent on cards that several people share. */
  run: id.optional(),
  rev: z.int().min(0).optional(),
  /** Language of the answer; of `speak` and `keep-language`, the one that is chosen. */
  lang: z.enum(languages),
})
export type ActionData = z.infer<typeof actionSchema>

/** A choice on a card, so that "the second one" or its title can be written instead of pressed, and an answer be shown again. */
export const pickSchema = z.preprocess(
  renamed,
  z.looseObject({
    /** Of a button; a numbered line has none. */
    title: z.string().optional(),
    verb: z.enum(verbs),
    topic: topicSchema.optional(),
    step: z.string().optional(),
    run: z.string().optional(),
    lang: z.enum(languages).optional(),
  }),
)
export type Pick = z.infer<typeof pickSchema>

export const inputsSchema = z.strictObject({
  contract: z.enum(contracts).optional(),
  account: z.enum(['yes', 'no']).optional(),
  /** Of a personal account that owns the subscription: does it go on working there; does it ask while an administrator is there to accept? */
  stays: z.enum(['yes', 'no']).optional(),
  together: z.enum(['yes', 'no']).optional(),
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
  const parsed = pressSchema.safeParse(renamed(data))
  if (!parsed.success) return undefined
  const { contract, account, stays, together, subscription, domain, msteams: _, ...action } = parsed.data
  return { action, inputs: { contract, account, stays, together, subscription, domain } }
}
