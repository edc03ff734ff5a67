/** How does Teams learn that a message in a group or channel is for one person alone? By a mark on it, and by its address. */
import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline'
import type { Activity, TurnContext } from 'botbuilder'
import { z } from 'zod'

const mark = 'activityTreatment'
const below = 'targetedMessageInfo'

const command = z.object({ isTargeted: z.literal(true) })

/** Only the bot and whoever wrote it see it: a slash command. */
export const isForBotAlone = ({ recipient }: Pick<Activity, 'recipient'>): boolean => command.safeParse(recipient).success

/** The SDK makes the sender of the activity its recipient, which is who sees it. Below their own words, where those were for the bot alone. */
export const asTargeted = (activity: Partial<Activity>, { activity: answered }: TurnContext): Partial<Activity> => ({
  ...activity,
  entities: [{ type: mark }, ...(isForBotAlone(answered) ? [{ type: below }] : [])],
})

const sent = z.looseObject({ replyToId: z.string().optional(), entities: z.array(z.looseObject({ type: z.string() })) })

/** What botbuilder leaves of an entity is its type; the rest is put back. */
const entitiesOf = ({ entities, replyToId }: z.infer<typeof sent>) =>
  entities.map((entity) => {
    if (entity.type === mark) return { ...entity, treatment: 'targeted' }
    return entity.type === below ? { ...entity, messageId: replyToId } : entity
  })

const targetedIn = ({ body }: PipelineRequest): z.infer<typeof sent> | undefined => {
  if (typeof body !== 'string' || !body.includes(mark)) return undefined
  const { data } = sent.safeParse(JSON.parse(body))
  return data?.entities.some(({ type }) => type === mark) ? data : undefined
}

/** botbuilder knows nothing of it, and has no place for the query of a call. */
export const addressTargeted: PipelinePolicy = {
  name: 'addressTargeted',
  sendRequest: (request, next) => {
    const activity = targetedIn(request)
    if (!activity) return next(request)
    const url = new URL(request.url)
    url.searchParams.set('isTargetedActivity', 'true')
    request.url = url.href
    request.body = JSON.stringify({ ...activity, entities: entitiesOf(activity) })
    return next(request)
  },
}
