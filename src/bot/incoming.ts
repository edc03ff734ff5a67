/** Teams activity in, `Incoming` out; `undefined` for what the bot does not react to. */
import { createHash } from 'node:crypto'
import type { Activity } from 'botbuilder'
import { z } from 'zod'
import { readPress, type Press } from '../cards/action'
import { isLanguage, type Language } from '../topics'
import type { Incoming, Place, SignInEvent } from '../turn'
import { textOf } from './normalise'

const channelData = z.object({ tenant: z.object({ id: z.string() }).optional().catch(undefined) }).catch({ tenant: undefined })
const clientInfo = z.object({ type: z.literal('clientInfo'), locale: z.string() })
const executed = z.object({ action: z.object({ verb: z.string().optional(), data: z.unknown() }) })

const hash = (...parts: readonly string[]) => createHash('sha256').update(parts.join('\n')).digest('base64url')

const placeOf = ({ conversation }: Activity): Place => {
  const type = conversation.conversationType
  if (type === 'channel' || type === 'groupChat') return type
  return conversation.isGroup ? 'groupChat' : 'personal'
}

export const tenantOf = (activity: Activity): string | undefined =>
  (activity.conversation.tenantId ?? channelData.parse(activity.channelData ?? {}).tenant?.id)?.toLowerCase()

const languageOf = (locale: string | undefined): Language | undefined => {
  const language = locale?.toLowerCase().split(/[-_]/)[0]
  return isLanguage(language) ? language : undefined
}

const clientLanguage = (activity: Activity): Language | undefined => {
  const infos = (activity.entities ?? []).flatMap((entity) => {
    const parsed = clientInfo.safeParse(entity)
    return parsed.success ? [parsed.data.locale] : []
  })
  return languageOf(activity.locale) ?? languageOf(infos[0])
}

const exchanged = z.object({ id: z.string().min(1).max(500), connectionName: z.string(), token: z.string().min(1) })
const verified = z.object({ state: z.string().min(1).max(200) })
/** Teams' own words, so they are safe to log. */
const failed = z.object({ code: z.string().regex(/^\w{1,40}$/) })

type Kind = Pick<Incoming, 'kind' | 'text' | 'press' | 'signIn'>

const nothing: Omit<Kind, 'kind'> = { text: '', press: undefined }

/** A press that is not one of ours counts as an empty message: the person sees what they can do. */
const pressKind = (press: Press | undefined): Kind =>
  press ? { kind: 'press', text: '', press } : { kind: 'message', text: '', press: undefined }

const messageKind = (activity: Activity): Kind =>
  typeof activity.value === 'object' && activity.value !== null
    ? pressKind(readPress(activity.value))
    : { kind: 'message', text: textOf(activity), press: undefined }

/** The person adding the app, or Teams' pair of person and bot when a private chat is opened for the first time. */
const arrivalKind = (activity: Activity): Kind | undefined => {
  if (activity.type === 'installationUpdate') {
    if (activity.action === 'add') return { kind: 'installed', ...nothing }
    return activity.action === 'remove' ? { kind: 'removed', ...nothing } : undefined
  }
  const botJoined = (activity.membersAdded ?? []).some(({ id }) => id === activity.recipient.id)
  return botJoined ? { kind: 'installed', ...nothing } : undefined
}

/** What Teams hands over when somebody signs in, or does not. */
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

const kindOf = (activity: Activity): Kind | undefined => {
  switch (activity.type) {
    case 'message':
      return messageKind(activity)
    case 'invoke': {
      if (signInNames.includes(activity.name ?? '')) return { kind: 'sign-in', ...nothing, signIn: signInEvent(activity) }
      if (activity.name !== 'adaptiveCard/action') return undefined
      const parsed = executed.safeParse(activity.value)
      return pressKind(parsed.success ? readPress(parsed.data.action.data) : undefined)
    }
    case 'installationUpdate':
    case 'conversationUpdate':
      return arrivalKind(activity)
    default:
      return undefined
  }
}

export const incomingOf = (activity: Activity): Incoming | undefined => {
  const kind = kindOf(activity)
  if (!kind) return undefined
  const tenantId = tenantOf(activity)
  const objectId = activity.from.aadObjectId?.toLowerCase()
  return {
    ...kind,
    place: placeOf(activity),
    tenantId,
    objectId,
    person: hash(activity.channelId, tenantId ?? '', objectId ?? activity.from.id),
    chat: hash(activity.channelId, activity.conversation.id),
    clientLanguage: clientLanguage(activity),
  }
}
