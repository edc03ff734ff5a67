/** Who gets a turn? The Bot Service alone, for channels and hosts that are allowed; all else is refused before the SDK or a turn sees anything of it. */
import jwt from 'jsonwebtoken'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Config } from '../config'
import type { Trouble } from '../readiness/readiness'
import { refusals as countRefusal } from '../telemetry/instruments'
import type { TurnAnswer } from './activity'
import { createKeys, type Keys, type SigningKey } from './keys'
import type { ReceivedActivity } from './received'
import { createSeldom } from './seldom'

/** What a good token says of a request. */
export interface Caller {
  readonly serviceUrl: string
  /** Channels the key may speak for. */
  readonly endorsements: readonly string[]
}

export type Admission = { readonly caller: Caller } | { readonly refused: TurnAnswer }

export interface Guard {
  /** Looks at the token alone: the body has not been read yet. Never throws. */
  readonly admit: (authorization: string) => Promise<Admission>
  /** What speaks against what was sent with a good token; undefined: nothing. */
  readonly refuse: (caller: Caller, activity: ReceivedActivity) => TurnAnswer | undefined
  /** Why nobody can be told from a stranger, for readiness; undefined: they can. Never throws. */
  readonly problem: () => Promise<Trouble | undefined>
}

/** The public cloud's, where the settings of another cloud are not given. */
const publicCloud = { issuer: 'https://api.botframework.com', metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration' }

/** The Bot Service's own tokens have about one thousand characters. */
const longestToken = 8_192
const algorithms: jwt.Algorithm[] = ['RS256', 'RS384', 'RS512']
/** Clocks differ; the SDK allows as much. */
const clockTolerance = 300

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/

const header = z.object({ alg: z.enum(algorithms), kid: z.string().min(1).max(200) })
const claims = z.object({ iss: z.string(), aud: z.string(), exp: z.number(), nbf: z.number().optional(), serviceurl: z.string().min(1) })

const strangers = 'None for strangers. If Teams itself is refused, check'
/** Why a request is not believed; each kind is one log line a minute. */
const refusals = {
  'no-token': {
    cause: 'it shows no token',
    fix: `${strangers} that the messaging endpoint of the Azure Bot leads here without a proxy that takes headers away.`,
  },
  malformed: { cause: 'it shows no bearer token of three parts', fix: 'None: this is no request of the Bot Service.' },
  algorithm: { cause: 'the token is unsigned, or signed in a way or by a key that has no id', fix: 'None: this is no request of the Bot Service.' },
  claims: { cause: 'the token lacks issuer, audience, expiry or service address', fix: 'None: this is no request of the Bot Service.' },
  issuer: {
    cause: 'the token is of the bot itself or of another issuer, such as Entra, the Emulator or a skill',
    setting: 'ToBotFromChannelTokenIssuer',
    fix: `${strangers} the settings of your cloud.`,
  },
  audience: { cause: 'the token is for another bot', setting: 'MicrosoftAppId', fix: `${strangers} the application id.` },
  'unknown-key': { cause: 'the Bot Service has no such key', setting: 'ToBotFromChannelOpenIdMetadataUrl', fix: `${strangers} the settings of your cloud.` },
  signature: { cause: 'the signature is not of the key that it names', fix: 'None: somebody changed or made this token.' },
  expired: { cause: 'the token has expired', setting: 'clock', fix: `${strangers} the clock of this host.` },
  early: { cause: 'the token is not valid yet', setting: 'clock', fix: `${strangers} the clock of this host.` },
  endorsement: {
    cause: 'the key may not speak for this channel',
    setting: 'ALLOWED_CHANNELS',
    fix: 'None: the Bot Service has other keys for other channels.',
  },
  address: { cause: 'the token is for another service address than the activity names', fix: 'None: somebody sent a token with what it was not made for.' },
} as const
type Kind = keyof typeof refusals

const unbelieved: TurnAnswer = { status: 401, body: { error: 'This endpoint answers the Bot Service only.' } }
const elsewhere: TurnAnswer = { status: 403, body: { error: 'This bot does not answer here.' } }
const unsure: TurnAnswer = { status: 503, body: { error: 'The token cannot be checked just now.' } }

/** Each of them is a number, though few are a log line. */
const counted = (answer: TurnAnswer): TurnAnswer => {
  countRefusal({ 'http.status_code': String(answer.status) })
  return answer
}

interface Expected {
  readonly issuer: string
  readonly audience: string
}

/** Nothing of it is to be believed yet. @returns why it need not be looked at any further. */
const readToken = (authorization: string, { issuer, audience }: Expected): { readonly token: string; readonly kid: string } | Kind => {
  if (authorization === '') return 'no-token'
  const token = authorization.length <= longestToken ? bearer.exec(authorization)?.[1] : undefined
  if (token === undefined) return 'malformed'
  const decoded = decode(token)
  if (!decoded) return 'malformed'
  const [head, said] = [header.safeParse(decoded.header), claims.safeParse(decoded.payload)]
  if (!head.success) return 'algorithm'
  if (!said.success) return 'claims'
  if (said.data.iss !== issuer) return 'issuer'
  if (said.data.aud.toLowerCase() !== audience) return 'audience'
  return { token, kid: head.data.kid }
}

const decode = (token: string): jwt.Jwt | null => {
  try {
    return jwt.decode(token, { complete: true })
  } catch {
    return null
  }
}

const verify = (token: string, { key, endorsements }: SigningKey, { issuer }: Expected): Caller | Kind => {
  try {
    const { serviceurl } = claims.parse(jwt.verify(token, key, { algorithms, issuer, clockTolerance }))
    return { serviceUrl: serviceurl, endorsements }
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) return 'expired'
    return error instanceof jwt.NotBeforeError ? 'early' : 'signature'
  }
}

const hostOf = (address: string): string | undefined => {
  try {
    const url = new URL(address)
    return url.protocol === 'https:' ? url.hostname : undefined
  } catch {
    return undefined
  }
}

const matches = (host: string, pattern: string) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern)

/** Of names that others chose only those are logged that look like one. */
const nameIn = (text: string, shape: RegExp): string => (shape.test(text) ? text : 'that is malformed')
const channelName = /^[\w-]{1,40}$/
const hostName = /^[\w.-]{1,100}$/

export interface GuardOptions extends Pick<Config, 'bot' | 'allowed'> {
  readonly log: Logger
  readonly keys?: Keys
  readonly now?: () => number
}

export const createGuard = ({ bot, allowed, log, keys: given, now }: GuardOptions): Guard => {
  const expected = { issuer: bot['ToBotFromChannelTokenIssuer'] ?? publicCloud.issuer, audience: bot.MicrosoftAppId }
  const keys = given ?? createKeys({ metadataUrl: bot['ToBotFromChannelOpenIdMetadataUrl'] ?? publicCloud.metadataUrl, log })
  const seldom = createSeldom<Kind | 'channel' | 'host'>(log, now)
  const disbelieve = (kind: Kind): TurnAnswer => {
    seldom(kind, { level: 'warn', says: 'refused a request that is not from the Bot Service', about: refusals[kind] })
    return counted(unbelieved)
  }
  const disallow = (kind: 'channel' | 'host', about: { readonly setting: string; readonly cause: string; readonly fix: string }): TurnAnswer => {
    seldom(kind, { level: 'warn', says: 'refused an authenticated request', about })
    return counted(elsewhere)
  }

  return {
    admit: async (authorization) => {
      const read = readToken(authorization, expected)
      if (typeof read === 'string') return { refused: disbelieve(read) }
      const key = await keys.find(read.kid)
      if (key === 'unavailable') return { refused: counted(unsure) }
      if (key === 'unknown') return { refused: disbelieve('unknown-key') }
      const caller = verify(read.token, key, expected)
      return typeof caller === 'string' ? { refused: disbelieve(caller) } : { caller }
    },
    refuse: ({ serviceUrl, endorsements }, activity) => {
      if (!endorsements.includes(activity.channelId)) return disbelieve('endorsement')
      if (activity.serviceUrl !== serviceUrl) return disbelieve('address')
      if (!allowed.channels.includes(activity.channelId)) {
        const cause = `channel ${nameIn(activity.channelId, channelName)}`
        return disallow('channel', { setting: 'ALLOWED_CHANNELS', cause, fix: 'Add the channel if it is meant to reach this bot.' })
      }
      const host = hostOf(serviceUrl)
      if (!host || !allowed.serviceUrls.some((pattern) => matches(host, pattern))) {
        const cause = `service host ${host ? nameIn(host, hostName) : 'unreadable'}`
        return disallow('host', { setting: 'ALLOWED_SERVICE_URLS', cause, fix: 'Add the host if it is a connector of your cloud.' })
      }
      return undefined
    },
    problem: keys.problem,
  }
}
