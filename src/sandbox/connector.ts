import { createConversation, refusal, remove, type Room, send, update } from './bot-messages'
import { findConversation, type SandboxChat } from './chats'
import type { Verify } from './faults'
import type { CloudRequest, CloudResponse, Handler } from './http'
import { memberOf, membersOf, pagedMembersOf, teamOf } from './roster'
import type { Troubles } from './trouble'

/** Root the bot is told to answer to. */
export const serviceUrl = 'https://smba.trafficmanager.net/emea/'

const audience = 'https://api.botframework.com'
const largestMessage = 100 * 1024

/** What was sent, and whether it is said to be for one person alone. */
interface Sent {
  readonly body: unknown
  readonly isTargeted: boolean
}

type Work = (room: Room, sent: Sent, ...ids: string[]) => CloudResponse
type InConversation = (room: Room, at: { chat: SandboxChat; thread?: string | undefined }, sent: Sent, id: string) => CloudResponse

const found = (body: unknown): CloudResponse => (body === undefined ? refusal(404, 'NotFound', 'There is nothing of this id here.') : { status: 200, body })

const inConversation =
  (work: InConversation): Work =>
  (room, sent, conversation = '', id = '') => {
    const at = findConversation(room.chats, conversation)
    return at ? work(room, at, sent, id) : refusal(404, 'ConversationNotFound', 'There is no such conversation.')
  }

const routes: readonly (readonly [method: string, path: RegExp, work: Work])[] = [
  ['POST', /^conversations$/, (room, { body }) => createConversation(room, body)],
  [
    'POST',
    /^conversations\/([^/]+)\/activities(?:\/[^/]+)?$/,
    inConversation((room, { chat, thread }, { body, isTargeted }) => send(room, chat, thread, body, isTargeted)),
  ],
  [
    'PUT',
    /^conversations\/([^/]+)\/activities\/([^/]+)$/,
    inConversation((room, { chat }, { body, isTargeted }, id) => update(room, chat, id, body, isTargeted)),
  ],
  ['DELETE', /^conversations\/([^/]+)\/activities\/([^/]+)$/, inConversation((room, { chat }, { isTargeted }, id) => remove(room, chat, id, isTargeted))],
  ['GET', /^conversations\/([^/]+)\/(?:activities\/[^/]+\/)?members$/, inConversation((_room, { chat }) => found(membersOf(chat)))],
  ['GET', /^conversations\/([^/]+)\/pagedmembers$/, inConversation((_room, { chat }) => found(pagedMembersOf(chat)))],
  ['GET', /^conversations\/([^/]+)\/members\/([^/]+)$/, inConversation((_room, { chat }, _body, id) => found(memberOf(chat, id)))],
  ['GET', /^teams\/([^/]+)$/, ({ chats }, _, id = '') => found(teamOf(chats, id))],
  ['GET', /^teams\/([^/]+)\/conversations$/, (_room, _body, id = '') => found({ conversations: [{ id, channelType: 'standard' }] })],
]

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const route = (room: Room, { method, url, body }: CloudRequest): CloudResponse => {
  const path = url.pathname.replace(/^.*?\/v3\//, '')
  for (const [verb, pattern, work] of routes) {
    const match = method === verb && pattern.exec(path)
    if (match)
      return work(room, { body: parseJson(body), isTargeted: url.searchParams.get('isTargetedActivity') === 'true' }, ...match.slice(1).map(decodeURIComponent))
  }
  return refusal(404, 'NotFound', 'The sandbox does not know this call.')
}

/** The Bot Connector of Teams (`/v3/…`), as far as a bot that chats needs it. It answers only to the bot's own token. */
export const createConnector = (room: Room, botAppId: string, verify: Verify, troubles: Troubles): Handler => {
  const isBot = ({ authorization = '' }: CloudRequest['headers']) => verify(authorization.replace(/^Bearer /, ''), audience)?.appid === botAppId
  return async (request) => {
    if (!isBot(request.headers)) return refusal(401, 'Unauthorized', 'Only the bot itself may call this.')
    const tooBig = Buffer.byteLength(request.body, 'utf16le') > largestMessage
    const trouble = await troubles.meet(request)
    if (trouble) return trouble
    return tooBig ? refusal(413, 'MessageSizeTooBig', 'The message is too big.') : route(room, request)
  }
}
