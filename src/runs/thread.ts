/** What is known of a place where several people read along: which guide and step were shown last there. Of no person anything. */
import { z } from 'zod'
import type { Guide } from '../guides/schema'
import { languages, type Scenario } from '../topics'
import { pickSchema } from '../verbs/action'
import { scenarioSchema } from '../verbs/former'
import { answeredSchema } from './answered'
import { nearestStep } from './run'

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
  /** The card shown last leads back to the page, so that "back" means there and not the page before. */
  aside: z.boolean(),
  /** What a number picks, and what can be written in place of pressing, on the card shown last. */
  list: z.array(pickSchema),
  buttons: z.array(pickSchema),
  /** Newest first; with the page that was shown before, where the answer turned it. */
  answered: z.array(answeredSchema.extend({ before: pageSchema.nullable().optional() })).optional(),
})
export type Thread = z.infer<typeof threadSchema>

export const newThread = (): Thread => ({ welcomed: false, aside: false, list: [], buttons: [] })

export const firstPage = (topic: Scenario): SharedPage => ({ topic, at: 'before' })

/** The page at this place in the guide; before the first step and behind the last one are pages too. */
export const pageAt = (guide: Guide, index: number): SharedPage => {
  const step = guide.steps[index]
  if (step) return { topic: guide.topic, at: 'steps', step: step.id }
  return { topic: guide.topic, at: index < 0 ? 'before' : 'end' }
}

export interface Position {
  /** Of the step, counted from 0; -1 before the first one, the number of steps behind the last one. */
  readonly index: number
  /** The step is in the guide no more: this is the nearest before it. */
  readonly displaced: boolean
}

/** Where a page stands in the guide as it is today, which may have renamed its step or let it go. */
export const positionOfPage = ({ at, step = '' }: SharedPage, guide: Guide): Position => {
  if (at === 'before') return { index: -1, displaced: false }
  if (at === 'end') return { index: guide.steps.length, displaced: false }
  const index = guide.steps.findIndex(({ id, was }) => id === step || was?.includes(step))
  if (index >= 0) return { index, displaced: false }
  const nearest = nearestStep(guide, step)
  return { index: guide.steps.findIndex(({ id }) => id === nearest), displaced: true }
}
