/** What came beside the words of a message: something that cannot be opened here, or what somebody else wrote, forwarded or quoted? */
import type { Activity } from 'botbuilder'
import { z } from 'zod'
import { attachedKinds, type Attached } from '../attached'
import { fromHtml } from './normalise'

const text = z.string().catch('')
const attachment = z.object({ contentType: z.string(), name: text, content: z.unknown().optional() })
type Attachment = z.infer<typeof attachment>

const attachmentsOf = ({ attachments }: Partial<Activity>): readonly Attachment[] =>
  (Array.isArray(attachments) ? attachments : []).flatMap((each: unknown) => attachment.safeParse(each).data ?? [])

/** Hold words, not something to be opened. */
const forwarded = 'forwardedMessageReference'
const quoted = 'messageReference'
const html = 'text/html'

const byEnding: readonly (readonly [RegExp, Attached])[] = [
  [/\.gif$/i, 'animation'],
  [/\.(?:avif|bmp|heic|jpe?g|png|svg|tiff?|webp)$/i, 'picture'],
  [/\.(?:aac|avi|m4a|mkv|mov|mp3|mp4|ogg|wav|webm)$/i, 'recording'],
]

const byType: readonly (readonly [RegExp, Attached])[] = [
  [/^image\/gif$|card\.animation$/i, 'animation'],
  [/^image\//i, 'picture'],
  [/^(?:audio|video)\/|card\.(?:audio|video)$/i, 'recording'],
  [/vnd\.microsoft\.card\./i, 'card'],
]

const kindOf = ({ contentType, name }: Attachment): Attached | undefined => {
  if ([forwarded, quoted, html].includes(contentType)) return undefined
  const found = byType.find(([type]) => type.test(contentType)) ?? byEnding.find(([ending]) => ending.test(name))
  return found?.[1] ?? 'file'
}

/** Pictures from the clipboard and from the GIF picker stand in the formatted text; emoji are words. */
const pictureIn = ({ contentType, content }: Attachment): Attached | undefined => {
  if (contentType !== html || typeof content !== 'string') return undefined
  const images = content.match(/<img\b[^<>]*>/gi)?.filter((image) => !/schema\.skype\.com\/Emoji/i.test(image)) ?? []
  if (images.length === 0) return undefined
  return images.some((image) => /giphy|\.gif\b/i.test(image)) ? 'animation' : 'picture'
}

/** The one that says most of what was attached. */
export const attachedTo = (activity: Partial<Activity>): Attached | undefined => {
  const all = attachmentsOf(activity)
  const found = new Set(all.flatMap((each) => kindOf(each) ?? pictureIn(each) ?? []))
  return attachedKinds.find((kind) => found.has(kind))
}

const id = z.object({ id: text }).nullish().catch(undefined)
const forwardedContent = z.object({ originalMessageContent: text })
const quotedContent = z.object({ messagePreview: text, messageSender: z.object({ application: id, user: id }).nullish().catch(undefined) })
const quoteEntity = z.object({
  type: z.literal('quotedReply'),
  quotedReply: z.object({ senderId: text, preview: text, isReplyDeleted: z.boolean().catch(false) }),
})

/** Content is JSON as text, or as it is. */
const contentOf = <T>({ content }: Attachment, schema: z.ZodType<T>): T | undefined => {
  if (typeof content !== 'string') return schema.safeParse(content).data
  try {
    return schema.safeParse(JSON.parse(content)).data
  } catch {
    return undefined
  }
}

const quoteBlock = /<blockquote\b[^<>]*schema\.skype\.com\/Reply[^<>]*>([\s\S]*?)<\/blockquote>/gi
const sender = /<strong\b[^<>]*itemprop="mri"[^<>]*>([^<]*)<\/strong>/i

/** Repeats a message of the bot, so it says nothing new. */
const isOwn = (senderId: string, { recipient }: Partial<Activity>): boolean => senderId !== '' && (recipient?.id ?? '').endsWith(senderId)

const wordsIn = (activity: Partial<Activity>, each: Attachment): readonly string[] => {
  if (each.contentType === forwarded) return [contentOf(each, forwardedContent)?.originalMessageContent ?? '']
  if (each.contentType === quoted) {
    const found = contentOf(each, quotedContent)
    const from = found?.messageSender?.application?.id ?? found?.messageSender?.user?.id ?? ''
    return found && !isOwn(from, activity) ? [found.messagePreview] : []
  }
  if (each.contentType !== html || typeof each.content !== 'string') return []
  const blocks = [...each.content.matchAll(quoteBlock)].map(([, block = '']) => block)
  return blocks.filter((block) => sender.exec(block)?.[1] !== activity.recipient?.name).map((block) => block.replace(sender, ' '))
}

/** What others wrote, forwarded or quoted, as one text; undefined: nothing. */
export const quotedIn = (activity: Partial<Activity>): string | undefined => {
  const quotes = (activity.entities ?? []).flatMap((entity) => quoteEntity.safeParse(entity).data?.quotedReply ?? [])
  const ofEntities = quotes.filter(({ senderId, isReplyDeleted }) => !isReplyDeleted && !isOwn(senderId, activity)).map(({ preview }) => preview)
  // An entity says whom a quote is of; the formatted text repeats it.
  const ofAttachments = attachmentsOf(activity)
    .filter(({ contentType }) => quotes.length === 0 || contentType === forwarded)
    .flatMap((each) => wordsIn(activity, each))
  const all = [...ofEntities, ...ofAttachments].map(fromHtml).filter(Boolean)
  return all.length > 0 ? [...new Set(all)].join(' ') : undefined
}
