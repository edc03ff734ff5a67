import { z } from 'zod'
import type { Broadcast } from './broadcast'
import { conversationId, type SandboxChat } from './chats'
import type { CloudResponse } from './http'
import type { ChatMessage, SceneEvent } from './protocol'
import type { Transcript } from './transcript'

/** Where the bot's messages go. */
export interface Room {
  readonly chats: readonly SandboxChat[]
  readonly transcript: Transcript
  readonly events: Broadcast<SceneEvent>
  /** Keys of the chats the bot is installed in; elsewhere it may not speak. */
  readonly installed: Set<string>
}

const oauthCard = 'application/vnd.microsoft.card.oauth'
const adaptiveCard = 'application/vnd.microsoft.card.adaptive'

const outgoing = z.object({
  type: z.string(),
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown', 'xml']).optional(),
  summary: z.string().optional(),
  attachments: z.array(z.object({ contentType: z.string(), content: z.unknown() })).default([]),
  suggestedActions: z.object({ actions: z.array(z.object({ title: z.string(), value: z.string().optional().catch(undefined) })) }).optional(),
})
type Outgoing = z.infer<typeof outgoing>

const signInContent = z.object({
  connectionName: z.string(),
  text: z.string().optional(),
  tokenExchangeResource: z.object({ id: z.string(), uri: z.string() }).nullish(),
  buttons: z.array(z.object({ title: z.string().optional(), value: z.string().optional() })).default([]),
})

const newConversation = z.object({
  members: z.array(z.object({ id: z.string() })).default([]),
  channelData: z.object({ channel: z.object({ id: z.string() }).optional() }).default({}),
  activity: z.unknown().optional(),
})

export const refusal = (status: number, code: string, message: string): CloudResponse => ({
  status,
  body: { error: { code, message } },
})
const badSyntax = (what: string) => refusal(400, 'BadSyntax', what)
const notInstalled = () => refusal(403, 'BotNotInConversationRoster', 'The bot is not in the roster of this conversation.')
const noSuchMessage = () => refusal(404, 'ActivityNotFoundInConversation', 'The bot has no such message in this conversation.')

/** Hands a well-formed activity to `work`, answers 400 to anything else. */
const parsing = (activity: unknown, work: (activity: Outgoing) => CloudResponse) => {
  const { data, error } = outgoing.safeParse(activity)
  return data ? work(data) : badSyntax(z.prettifyError(error))
}

const signInOf = (attachments: Outgoing['attachments']): Pick<ChatMessage, 'signIn'> => {
  const card = signInContent.safeParse(attachments.find(({ contentType }) => contentType === oauthCard)?.content).data
  if (!card) return {}
  const { connectionName, text, tokenExchangeResource: resource, buttons } = card
  const [button] = buttons
  return {
    signIn: {
      connectionName,
      ...(text && { text }),
      ...(button?.title && { title: button.title }),
      ...(button?.value && { link: button.value }),
      ...(resource && { exchange: { id: resource.id, uri: resource.uri } }),
    },
  }
}

const contentOf = ({ text, textFormat, summary, attachments, suggestedActions }: Outgoing): Partial<ChatMessage> => ({
  ...(text && { text, textFormat: textFormat ?? 'markdown' }),
  ...(summary && { summary }),
  ...signInOf(attachments),
  cards: attachments.filter(({ contentType }) => contentType === adaptiveCard).map(({ content }) => content),
  suggestions: (suggestedActions?.actions ?? []).map(({ title, value }) => ({ title, text: value ?? title })),
})

const put = ({ transcript }: Room, { key, place }: SandboxChat, thread: string | undefined, activity: Outgoing) => {
  const id = transcript.nextId()
  const inThread = place === 'channel' && { thread: thread ?? id }
  return transcript.add({ ...contentOf(activity), id, chat: key, from: 'bot', ...inThread })
}

const say = (room: Room, chat: SandboxChat, thread: string | undefined, activity: Outgoing): CloudResponse => {
  const { text, attachments } = activity
  if (!text && attachments.length === 0) return badSyntax('A message needs text or an attachment.')
  if (!text || attachments.length === 0) return { status: 201, body: { id: put(room, chat, thread, activity).id } }
  // As in Teams: text and card become two messages, and the bot learns neither id.
  put(room, chat, thread, { ...activity, attachments: [] })
  put(room, chat, thread, { ...activity, text: undefined })
  return { status: 201, body: {} }
}

/** The bot writes or types; in a channel without a thread it starts a new post. */
export const send = (room: Room, chat: SandboxChat, thread: string | undefined, activity: unknown): CloudResponse =>
  parsing(activity, (parsed) => {
    if (!room.installed.has(chat.key)) return notInstalled()
    if (parsed.type === 'message') return say(room, chat, thread, parsed)
    if (parsed.type === 'typing') room.events.emit({ kind: 'typing', chat: chat.key, ...(thread && { thread }) })
    return { status: 202, body: {} }
  })

const isOwn = ({ transcript }: Room, chat: SandboxChat, id: string) => transcript.find(chat.key, id)?.from === 'bot'

/** The bot replaces one of its messages. */
export const update = (room: Room, chat: SandboxChat, id: string, activity: unknown): CloudResponse =>
  parsing(activity, (parsed) => {
    if (!isOwn(room, chat, id)) return noSuchMessage()
    const nothing = { text: undefined, textFormat: undefined, summary: undefined, signIn: undefined }
    room.transcript.change(chat.key, id, { ...nothing, ...contentOf(parsed), edited: true })
    return { status: 200, body: { id } }
  })

/** The bot takes back one of its messages. */
export const remove = (room: Room, chat: SandboxChat, id: string): CloudResponse => {
  if (!isOwn(room, chat, id)) return noSuchMessage()
  room.transcript.remove(chat.key, id)
  return { status: 200 }
}

/** The bot turns to a person (or a channel) of its own accord. */
export const createConversation = (room: Room, body: unknown): CloudResponse => {
  const { data, error } = newConversation.safeParse(body)
  if (!data) return badSyntax(z.prettifyError(error))
  const { members, channelData, activity } = data
  const person = members[0]?.id
  const chat = channelData.channel
    ? room.chats.find(({ id }) => id === channelData.channel?.id)
    : room.chats.find((each) => each.place === 'personal' && each.members[0]?.teamsId === person)
  if (!chat || !room.installed.has(chat.key)) return notInstalled()
  return activity === undefined ? { status: 201, body: { id: chat.id } } : createWith(room, chat, activity)
}

const createWith = (room: Room, chat: SandboxChat, activity: unknown): CloudResponse => {
  const sent = send(room, chat, undefined, activity)
  if (sent.status >= 300) return sent
  const { id } = z.object({ id: z.string().optional() }).parse(sent.body)
  return { status: 201, body: { id: conversationId(chat, chat.place === 'channel' ? id : undefined), activityId: id } }
}
