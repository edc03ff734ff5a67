/** What is known of a place where several people read along: which guide and step were shown last there. Of no person anything. */
import { z } from 'zod'
import { languages } from '../topics'
import { pickSchema } from '../verbs/action'
import { scenarioSchema } from '../verbs/former'

/** The page of a guide that everybody there sees. */
const pageSchema = z.looseObject({
  topic: scenarioSchema,
  /** Id of a step; absent: the page before the first one, or the last page. */
  step: z.string().optional(),
  at: z.enum(['before', 'steps', 'end']),
})
export type SharedPage = z.infer<typeof pageSchema>

export const threadSchema = z.looseObject({
  language: z.enum(languages).optional(),
  welcomed: z.boolean(),
  page: pageSchema.optional(),
  /** What a number picks, and what can be written in place of pressing, on the card shown last. */
  list: z.array(pickSchema),
  buttons: z.array(pickSchema),
})
export type Thread = z.infer<typeof threadSchema>

export const newThread = (): Thread => ({ welcomed: false, list: [], buttons: [] })
