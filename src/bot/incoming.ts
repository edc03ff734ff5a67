/** Teams activity in: what has arrived, from whom, and where? `undefined` for what the bot does not react to. */
import { createHash, randomUUID } from 'node:crypto'
import type { Activity } from 'botbuilder'
import { z } from 'zod'
import { languageOfTag } from '../languages'
import type { Language } from '../topics'
import type { IncomingKind, PersonalIncoming, SharedIncoming } from '../turn/incoming'
import type { Place } from '../place'
import { readPress, type Press } from '../verbs/action'
import { attachedTo, quotedIn } from './attached'
import { extensionRequest, type ExtensionRequest } from './extension'
import { feedbackNames, thumbOf, type FeedbackArrival } from './feedback'
import { isMentioned, textOf } from './normalise'
import { isForBotAlone } from './targeted'

/** Whoever the activity is from; vouched for by the channel's token. */
export interface Sender {
  /** Key of the person's record, a hash. */
  readonly key: string
  readonly tenantId: string | undefined
  /** Object id in the tenant; absent for anonymous people. */
  readonly objectId: string | undefined
}

/** What Teams hands over when somebody signs in, or does not. The token is behind a function, so that nothing prints or stores it. */
export type SignInEvent =
  | { readonly kind: 'token'; readonly id: string; readonly connection: string; readonly token: () => string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'declined' }
  /** `code` is Teams' own word for the cause. */
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'malformed' }

export type Arrival =
  | { readonly kind: 'personal'; readonly sender: Sender; readonly incoming: PersonalIncoming }
  | { readonly kind: 'shared'; readonly sender: Sender; readonly incoming: SharedIncoming }
  | { readonly kind: 'sign-in'; readonly sender: Sender; readonly place: Place; readonly event: SignInEvent; readonly incoming: PersonalIncoming }
  | FeedbackArrival
  | { readonly kind: 'removed'; readonly sender: Sender; readonly place: Place; readonly chat: string }
  | { readonly kind: 'extension'; readonly sender: Sender; readonly request: ExtensionRequest; readonly clientLanguage: Language | undefined }

const withId = z.object({ id: z.string() }).optional().catch(undefined)
const channelData = z.object({ tenant: withId, team: withId }).catch({ tenant: undefined, team: undefined })
const clientInfo = z.object({ type: z.literal('clientInfo'), locale: z.string() })
const executed = z.object({ action: z.object({ verb: z.string().optional(), data: z.unknown() }), trigger: z.unknown().optional() })
const changed = z.object({ eventType: z.string() })

const hash = (...parts: readonly string[]) => createHash('sha256').update(parts.join('\n')).digest('base64url')

const placeOf = ({ conversation }: Activity): Place => {
  const type = conversation.conversationType
  if (type === 'channel' || type === 'groupChat') return type
  return conversation.isGroup ? 'groupChat' : 'personal'
}

export const tenantOf = (activity: Activity): string | undefined =>
  (activity.conversation.tenantId ?? channelData.parse(activity.channelData ?? {}).tenant?.id)?.toLowerCase()

/** Language of the client; undefined when it is none of ours, or the activity does not say. */
const clientLanguage = (activity: Activity): Language | undefined => {
  const infos = (activity.entities ?? []).flatMap((entity) => {
    const parsed = clientInfo.safeParse(entity)
    return parsed.success ? [parsed.data.locale] : []
  })
  return languageOfTag(activity.locale) ?? languageOfTag(infos[0])
}

const phone = z.object({ type: z.literal('clientInfo'), platform: z.enum(['iOS', 'Android']) })

const isOnPhone = (activity: Activity): boolean => (activity.entities ?? []).some((entity) => phone.safeParse(entity).success)

/** Whether the activity says what the client speaks, ours or not. */
export const saysLocale = (activity: Activity): boolean =>
  Boolean(activity.locale) || (activity.entities ?? []).some((entity) => clientInfo.safeParse(entity).success)

/** Key of a chat or thread. */
export const chatKey = (channelId: string, conversationId: string): string => hash(channelId, conversationId)

/** Of what an activity begins in the sender's private chat: the same however often it comes. */
export const privateKey = (activity: string): string => hash('in private', activity).slice(0, 22)

/** The same for every delivery of one activity. One that has no id cannot come again. */
export const deliveryKey = ({ channelId, conversation, type, name, id }: Activity): string =>
  hash(channelId, conversation.id, type, name ?? '', id || randomUUID()).slice(0, 22)

/** Edits of one message all have its id. */
const editKey = ({ channelId, conversation, id, timestamp, text }: Activity): string =>
  hash(channelId, conversation.id, 'edit', id ?? '', String(timestamp ?? ''), text ?? '').slice(0, 22)

/** Each of the person's Teams clients hands over the same token; it is handled once. */
export const exchangeKey = (id: string): string => hash('exchange', id).slice(0, 22)

const exchanged = z.object({ id: z.string().min(1).max(500), connectionName: z.string(), token: z.string().min(1) })
const verified = z.object({ state: z.string().min(1).max(200) })
/** Teams' own words, so they are safe to log. */
const failed = z.object({ code: z.string().regex(/^\w{1,40}$/) })

const isTimeZone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat(undefined, { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const clock = z.object({
  localTimezone: z.string().max(60).refine(isTimeZone).optional().catch(undefined),
  rawLocalTimestamp: z.string().optional().catch(undefined),
})
const offset = /([+-])(\d\d):00$/

/** By its name, else by its distance from UTC in whole hours; presses come without the name. (`Etc/GMT-1` is east of Greenwich.) */
const timeZoneOf = (activity: Activity): string | undefined => {
  const { localTimezone, rawLocalTimestamp = '' } = clock.parse(activity)
  const [, sign, hours] = offset.exec(rawLocalTimestamp) ?? []
  if (localTimezone !== undefined || sign === undefined) return localTimezone
  const name = hours === '00' ? 'UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`
  return isTimeZone(name) ? name : undefined
}

type Said = Pick<PersonalIncoming, 'text' | 'quoted' | 'attached' | 'edits' | 'press'> & { readonly kind: IncomingKind }
type Heard = Said | { readonly kind: 'sign-in' } | { readonly kind: 'feedback' } | { readonly kind: 'removed' }

const nothing = { text: '', press: undefined }

/** A button of an older or newer build, or not of ours at all, is told from nothing written. */
const pressKind = (press: Press | undefined): Said => (press ? { kind: 'press', text: '', press } : { kind: 'unknown-press', ...nothing })

const messageKind = (activity: Activity): Said | undefined => {
  if (typeof activity.value === 'object' && activity.value !== null) return pressKind(readPress(activity.value))
  if (placeOf(activity) !== 'personal' && !isForBotAlone(activity) && !isMentioned(activity)) return undefined
  return { kind: 'message', text: textOf(activity), quoted: quotedIn(activity), attached: attachedTo(activity), press: undefined }
}

/** Words that replace those of a message; one that is undeleted says nothing new. */
const editKind = (activity: Activity): Said | undefined => {
  if (changed.safeParse(activity.channelData).data?.eventType !== 'editMessage') return undefined
  const said = messageKind(activity)
  return said?.kind === 'message' ? { ...said, edits: deliveryKey({ ...activity, type: 'message' }) } : undefined
}

/** A client that refreshes a card by itself presses nothing. */
const executeKind = ({ value }: Activity): Said => {
  const { action, trigger } = executed.safeParse(value).data ?? {}
  const press = pressKind(action && readPress(action.data))
  return press.kind === 'press' && trigger === 'automatic' ? { ...press, kind: 'refresh' } : press
}

/** The person adding the app, or Teams' pair of person and bot when a private chat is opened for the first time. */
const arrivalKind = (activity: Activity): Heard | undefined => {
  if (activity.type === 'installationUpdate') {
    if (activity.action === 'add') return { kind: 'installed', ...nothing }
    return activity.action === 'remove' ? { kind: 'removed' } : undefined
  }
  const botJoined = (activity.membersAdded ?? []).some(({ id }) => id === activity.recipient.id)
  return botJoined ? { kind: 'installed', ...nothing } : undefined
}

const signInEvent = ({ name, value }: Activity): SignInEvent => {
  const nothingRead: SignInEvent = { kind: 'malformed' }
  if (name === 'signin/failure') return { kind: 'failed', code: failed.safeParse(value).data?.code ?? 'unknown' }
  if (name === 'signin/verifyState') {
    const state = verified.safeParse(value).data?.state
    if (state === undefined) return nothingRead
    return state === 'CancelledByUser' ? { kind: 'declined' } : { kind: 'code', code: state }
  }
  const given = exchanged.safeParse(value).data
  return given ? { kind: 'token', id: given.id, connection: given.connectionName, token: () => given.token } : nothingRead
}

const signInNames = ['signin/tokenExchange', 'signin/verifyState', 'signin/failure']

const kindOf = (activity: Activity): Heard | undefined => {
  switch (activity.type) {
    case 'message':
      return messageKind(activity)
    case 'messageUpdate':
      return editKind(activity)
    case 'invoke': {
      if (signInNames.includes(activity.name ?? '')) return { kind: 'sign-in' }
      if (feedbackNames.includes(activity.name ?? '')) return { kind: 'feedback' }
      return activity.name === 'adaptiveCard/action' ? executeKind(activity) : undefined
    }
    case 'installationUpdate':
    case 'conversationUpdate':
      return arrivalKind(activity)
    default:
      return undefined
  }
}

const senderOf = (activity: Activity): Sender => {
  const tenantId = tenantOf(activity)
  const objectId = activity.from.aadObjectId?.toLowerCase()
  return { key: hash(activity.channelId, tenantId ?? '', objectId ?? activity.from.id), tenantId, objectId }
}

/** To a team the app comes as a whole, whichever of its channels an event names. */
const conversationOf = ({ conversation, channelData: data }: Activity, { kind }: Heard): string => {
  const isOfTeam = kind === 'installed' || kind === 'removed'
  return (isOfTeam ? channelData.parse(data ?? {}).team?.id : undefined) ?? conversation.id
}

export const arrivalOf = (activity: Activity): Arrival | undefined => {
  const request = activity.type === 'invoke' ? extensionRequest(activity) : undefined
  if (request) return { kind: 'extension', sender: senderOf(activity), request, clientLanguage: clientLanguage(activity) }
  const heard = kindOf(activity)
  if (!heard) return undefined
  const [sender, place] = [senderOf(activity), placeOf(activity)]
  const chat = chatKey(activity.channelId, conversationOf(activity, heard))
  if (heard.kind === 'removed') return { kind: 'removed', sender, place, chat }
  if (heard.kind === 'feedback')
    return {
      kind: 'feedback',
      sender,
      place,
      chat,
      activity: deliveryKey(activity),
      clientLanguage: clientLanguage(activity),
      message: activity.replyToId,
      thumb: thumbOf(activity),
    }
  const around = {
    clientLanguage: clientLanguage(activity),
    activity: activity.type === 'messageUpdate' ? editKey(activity) : deliveryKey(activity),
    chat,
    ...(isOnPhone(activity) && { onPhone: true }),
  }
  const timeZone = timeZoneOf(activity)
  if (heard.kind === 'sign-in') {
    const event = signInEvent(activity)
    const key = event.kind === 'token' ? exchangeKey(event.id) : around.activity
    return { kind: 'sign-in', sender, place, event, incoming: { ...around, ...nothing, timeZone, activity: key, place: 'personal', kind: 'signed-in' } }
  }
  if (place === 'personal') return { kind: 'personal', sender, incoming: { ...heard, ...around, place, timeZone } }
  return { kind: 'shared', sender, incoming: { ...heard, ...around, place, ...(isForBotAlone(activity) && { alone: true }) } }
}
