/** How does something begin in the private chat of whoever asked for it where others read along? The chat is opened or found, and a turn of theirs is taken there. */
import { TurnContext, type Activity } from 'botbuilder'
import type { ConnectorClient } from 'botframework-connector'
import type { Reply } from '../cards/reply'
import { endingBefore, within } from '../deadline'
import { whoOf } from '../log'
import type { Unopened } from '../place'
import type { PersonalIncoming, SharedIncoming } from '../turn/incoming'
import type { OpenPrivate, PrivateStart } from '../turn/outcome'
import { statusOf } from './deliver'
import { chatKey, privateKey, tenantOf, type Sender } from './incoming'
import { reserve, timeFor, type Around, type BotParts } from './parts'
import { performPrivateTurn } from './private-turn'

interface Asked {
  readonly sender: Sender
  readonly incoming: SharedIncoming
  readonly around: Around
}

/** Of the chat that Teams opened; its messages are new ones, no answers to one in the thread. */
const activityIn = ({ channelId, serviceUrl, from, recipient, locale }: Activity, conversationId: string, tenantId: string | undefined): Partial<Activity> => ({
  type: 'message',
  channelId,
  serviceUrl,
  from,
  recipient: { id: recipient.id, name: recipient.name },
  conversation: { id: conversationId, name: '', isGroup: false, conversationType: 'personal', ...(tenantId !== undefined && { tenantId }) },
  ...(locale !== undefined && { locale }),
  ...(tenantId !== undefined && { channelData: { tenant: { id: tenantId } } }),
})

/** Teams answers with the chat that is there already, if there is one. @throws RestError, or TimeUpError */
const openChat = async (around: Around): Promise<TurnContext> => {
  const { context } = around
  const { activity, adapter, turnState } = context
  const client = turnState.get<ConnectorClient>(adapter.ConnectorClientKey)
  if (!client) throw new Error('The turn has no client of the connector.')
  const tenantId = tenantOf(activity)
  const { id } = await within(
    timeFor(around, reserve.afterOpening),
    client.conversations.createConversation({
      isGroup: false,
      bot: { id: activity.recipient.id, name: activity.recipient.name },
      members: [activity.from],
      ...(tenantId !== undefined && { tenantId }),
      channelData: tenantId === undefined ? {} : { tenant: { id: tenantId } },
    }),
  )
  const there = new TurnContext(adapter, activityIn(activity, id, tenantId))
  for (const [key, value] of turnState) there.turnState.set(key, value)
  return there
}

const incomingThere = ({ incoming }: Asked, { context: { activity } }: Around, { text, press, place, page, written }: PrivateStart): PersonalIncoming => ({
  place: 'personal',
  kind: press ? 'press' : 'message',
  text,
  press,
  clientLanguage: incoming.clientLanguage,
  activity: privateKey(incoming.activity),
  chat: chatKey(activity.channelId, activity.conversation.id),
  from: { place, page, written },
})

/** Not in the person's Teams, blocked by them, or taken away meanwhile. */
const isNotInstalled = (status: number | undefined): boolean => status === 403 || status === 404

const begin = async (parts: BotParts, asked: Asked, start: PrivateStart): Promise<Unopened | undefined> => {
  const { sender, around } = asked
  // Its parts are of the one turn that Teams asked for; what that was about, and came to, is said of the place where it was asked for.
  const watch = { ...around.watch, isAbout: () => undefined, became: () => undefined }
  const deadline = endingBefore(around.deadline, reserve.afterPrivateTurn)
  const there: Around = { context: await openChat(around), deadline, respond: () => undefined, watch }
  const attempt = await performPrivateTurn(parts, { sender, incoming: incomingThere(asked, there, start), around: there })
  // An answer that comes again was shown before.
  if (!attempt || attempt.shown) return undefined
  return isNotInstalled(attempt.status) ? 'not-installed' : 'failed'
}

/** What is said where it was asked for. Never throws: whatever goes wrong there, the thread is told so. */
export const openPrivate = async (parts: BotParts, asked: Asked, { start, otherwise }: OpenPrivate, opened: Reply): Promise<Reply> => {
  const why = await begin(parts, asked, start).catch((error: unknown): Unopened => {
    const status = statusOf(error)
    const who = whoOf(asked.sender.key)
    if (isNotInstalled(status))
      parts.log.info({ who, statusCode: status, fix: 'None: the person is told how to add the app.' }, 'no private chat could be opened')
    else
      parts.log.error(
        { error, who, statusCode: status, fix: 'None if rare; otherwise check the way to the connector of Teams.' },
        'nothing could be begun in a private chat',
      )
    return isNotInstalled(status) ? 'not-installed' : 'failed'
  })
  return why === undefined ? opened : otherwise[why]
}
