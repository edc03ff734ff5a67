import { z } from 'zod'
import type { Broadcast } from './broadcast'
import { conversationId, type SandboxChat } from './chats'
import type { CloudResponse } from './http'
import type { Faults } from './faults'
import type { ChatMessage, SceneEvent } from './protocol'
import type { Transcript } from './transcript'

/** Where the bot's messages go. */
export interface Room {
  readonly chats: readonly SandboxChat[]
  readonly transcript: Transcript
  readonly events: Broadcast<SceneEvent>
  /** Keys of the chats the bot is installed in; elsewhere it may not speak. */
  readonly installed: Set<string>
  /** Keys of private chats that the bot opened itself, as it may with members of its teams. */
  readonly opened?: Set<string>
  readonly faults?: Pick<Faults, 'absent' | 'targeted'>
}

const oauthCard = 'application/vnd.microsoft.card.oauth'
const adaptiveCard = 'application/vnd.microsoft.card.adaptive'

const outgoing = z.object({
  type: z.string(),
  text: z.string().optional(),
  recipient: z.object({ id: z.string() }).optional().catch(undefined),
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

/** Where the bot writes, and the one person who is to see it. */
interface Spot {
  readonly chat: SandboxChat
  readonly thread?: string | undefined
  readonly to?: string | undefined
}

const put = ({ transcript }: Room, { chat: { key, place }, thread, to }: Spot, activity: Outgoing) => {
  const id = transcript.nextId()
  const inThread = place === 'channel' && { thread: thread ?? id }
  return transcript.add({ ...contentOf(activity), id, chat: key, from: 'bot', ...inThread, ...(to !== undefined && { to }) })
}

const say = (room: Room, spot: Spot, activity: Outgoing): CloudResponse => {
  const { text, attachments } = activity
  if (!text && attachments.length === 0) return badSyntax('A message needs text or an attachment.')
  if (!text || attachments.length === 0) return { status: 201, body: { id: put(room, spot, activity).id } }
  // As in Teams: text and card become two messages, and the bot learns neither id.
  put(room, spot, { ...activity, attachments: [] })
  put(room, spot, { ...activity, text: undefined })
  return { status: 201, body: {} }
}

const isAbsent = ({ faults }: Room, { place, members }: SandboxChat): boolean =>
  place === 'personal' && members.some(({ key }) => faults?.absent.includes(key) ?? false)

const maySpeak = (room: Room, chat: SandboxChat): boolean => !isAbsent(room, chat) && (room.installed.has(chat.key) || (room.opened?.has(chat.key) ?? false))

/** In a private chat there is nobody else, and outside the chat nobody can be told. */
const sayToOne = (room: Room, spot: Spot, activity: Outgoing): CloudResponse => {
  const { chat } = spot
  const person = chat.members.find(({ teamsId }) => teamsId === activity.recipient?.id)
  if (chat.place === 'personal' || !person || room.faults?.targeted === 'refused')
    return refusal(400, 'BadArgument', 'This message cannot be for one person alone.')
  return say(room, { ...spot, to: person.key }, activity)
}

/** The bot writes or types; in a channel without a thread it starts a new post. `isTargeted`: only its recipient is to see it. */
export const send = (room: Room, chat: SandboxChat, thread: string | undefined, activity: unknown, isTargeted = false): CloudResponse =>
  parsing(activity, (parsed) => {
    if (!maySpeak(room, chat)) return notInstalled()
    if (parsed.type === 'message') return isTargeted ? sayToOne(room, { chat, thread }, parsed) : say(room, { chat, thread }, parsed)
    if (parsed.type === 'typing') room.events.emit({ kind: 'typing', chat: chat.key, ...(thread && { thread }) })
    return { status: 202, body: {} }
  })

/** One for a person alone is found only by who says that it is. */
const isOwn = ({ transcript }: Room, chat: SandboxChat, id: string, isTargeted: boolean) => {
  const message = transcript.find(chat.key, id)
  return message?.from === 'bot' && (message.to !== undefined) === isTargeted
}

/** The bot replaces one of its messages. */
export const update = (room: Room, chat: SandboxChat, id: string, activity: unknown, isTargeted = false): CloudResponse =>
  parsing(activity, (parsed) => {
    if (!isOwn(room, chat, id, isTargeted)) return noSuchMessage()
    const nothing = { text: undefined, textFormat: undefined, summary: undefined, signIn: undefined }
    room.transcript.change(chat.key, id, { ...nothing, ...contentOf(parsed), edited: true })
    return { status: 200, body: { id } }
  })

/** The bot takes back one of its messages. */
export const remove = (room: Room, chat: SandboxChat, id: string, isTargeted = false): CloudResponse => {
  if (!isOwn(room, chat, id, isTargeted)) return noSuchMessage()
  room.transcript.remove(chat.key, id)
  return { status: 200 }
}

/** Members of a team that has the app can be written to, whether or not they added it themselves. */
const isInTeam = ({ chats, installed }: Room, { place, members: [person] }: SandboxChat): boolean =>
  place === 'personal' && person !== undefined && chats.some(({ team, key, members }) => team && installed.has(key) && members.includes(person))

/** The bot turns to a person (or a channel) of its own accord. */
export const createConversation = (room: Room, body: unknown): CloudResponse => {
  const { data, error } = newConversation.safeParse(body)
  if (!data) return badSyntax(z.prettifyError(error))
  const { members, channelData, activity } = data
  const person = members[0]?.id
  const chat = channelData.channel
    ? room.chats.find(({ id }) => id === channelData.channel?.id)
    : room.chats.find((each) => each.place === 'personal' && each.members[0]?.teamsId === person)
  if (!chat || isAbsent(room, chat) || !(room.installed.has(chat.key) || isInTeam(room, chat))) return notInstalled()
  if (chat.place === 'personal') room.opened?.add(chat.key)
  return activity === undefined ? { status: 201, body: { id: chat.id } } : createWith(room, chat, activity)
}

const createWith = (room: Room, chat: SandboxChat, activity: unknown): CloudResponse => {
  const sent = send(room, chat, undefined, activity)
  if (sent.status >= 300) return sent
  const { id } = z.object({ id: z.string().optional() }).parse(sent.body)
  return { status: 201, body: { id: conversationId(chat, chat.place === 'channel' ? id : undefined), activityId: id } }
}
