/** How does Teams learn that a message in a group or channel is for one person alone? By a mark on it, and by its address. */
import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline'
import type { Activity, TurnContext } from 'botbuilder'
import { z } from 'zod'

const treatment = { type: 'activityTreatment', treatment: 'targeted' } as const

/** The SDK makes the sender of the activity its recipient, which is who sees it. Below their own words, where those were for the bot alone. */
export const asTargeted = (activity: Partial<Activity>, { activity: { id, recipient } }: TurnContext): Partial<Activity> => {
  const isAnswer = 'isTargeted' in recipient && recipient.isTargeted === true && id !== undefined
  return { ...activity, entities: [treatment, ...(isAnswer ? [{ type: 'targetedMessageInfo', messageId: id }] : [])] }
}

const marked = z.object({ entities: z.array(z.looseObject({ type: z.string(), treatment: z.unknown() })) })

const isTargeted = ({ body }: PipelineRequest): boolean => {
  if (typeof body !== 'string' || !body.includes(treatment.type)) return false
  const { data } = marked.safeParse(JSON.parse(body))
  return data?.entities.some((entity) => entity.type === treatment.type && entity.treatment === treatment.treatment) ?? false
}

/** botbuilder knows nothing of it, and has no place for the query of a call. */
export const addressTargeted: PipelinePolicy = {
  name: 'addressTargeted',
  sendRequest: (request, next) => {
    if (!isTargeted(request)) return next(request)
    const url = new URL(request.url)
    url.searchParams.set('isTargetedActivity', 'true')
    request.url = url.href
    return next(request)
  },
}
