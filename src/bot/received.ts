/** What must every activity have to be read at all? The rest is read where it is used. */
import { z } from 'zod'

/** What the bot can do without is dropped when it is malformed; Teams leaves such things out, other clients send null. */
const optionalText = z.string().optional().catch(undefined)

const listOf = <T>(item: z.ZodType<T>) =>
  z
    .array(z.unknown())
    .transform((items) => items.flatMap((each) => item.safeParse(each).data ?? []))
    .optional()
    .catch(undefined)

export const activitySchema = z.looseObject({
  type: z.string().min(1),
  channelId: z.string().min(1),
  serviceUrl: z.string().min(1),
  from: z.looseObject({ id: z.string(), name: optionalText, aadObjectId: optionalText }),
  recipient: z.looseObject({ id: z.string(), name: optionalText }),
  conversation: z.looseObject({ id: z.string().min(1), tenantId: optionalText, conversationType: optionalText }),
  id: optionalText,
  name: optionalText,
  locale: optionalText,
  replyToId: optionalText,
  entities: listOf(z.looseObject({ type: z.string() })),
  membersAdded: listOf(z.looseObject({ id: z.string() })),
})
export type ReceivedActivity = z.infer<typeof activitySchema>
