/** Which keys does the Bot Service sign with, and for which channels? The last good ones are used as long as newer ones cannot be read. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { createDefaultHttpClient, createPipelineRequest, RestError } from '@azure/core-rest-pipeline'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Trouble } from '../readiness/readiness'
import { createSeldom } from './seldom'

export interface SigningKey {
  readonly key: KeyObject
  /** Channels it may speak for. */
  readonly endorsements: readonly string[]
}

/** `unknown`: the Bot Service has no such key; `unavailable`: nobody can tell at the moment. */
export type Found = SigningKey | 'unknown' | 'unavailable'

export interface Keys {
  /** Never throws. What it costs is bounded, however often it is asked for keys that do not exist. */
  readonly find: (id: string) => Promise<Found>
  /** What is wrong while no key is known; undefined when there are keys. Has them read when there are none. Never throws. */
  readonly problem: () => Promise<Trouble | undefined>
}

export interface KeysOptions {
  /** Address of the Bot Service's OpenID document. */
  readonly metadataUrl: string
  readonly log: Logger
  /** Milliseconds that only go forward. */
  readonly now?: () => number
  readonly clock?: () => number
  /** For both documents together. */
  readonly readMs?: number
}

/** A request that waits for it still has most of Teams' patience left. */
const longestReadMs = 4_000
/** After an attempt nothing is asked for this long, whatever key ids come in. */
const pauseMs = 5_000
/** Older keys are read anew, beside the request that uses them. */
const freshMs = 60 * 60_000
/** Tokens are taken for five minutes before and after their time; less than that is worth a line. */
const skewMs = 2 * 60_000
const mostKeys = 100

const metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) })
const jwk = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(200),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).catch([]).default([]),
})
const keySet = z.object({ keys: z.array(z.unknown()).max(mostKeys) })

const setting = 'ToBotFromChannelOpenIdMetadataUrl'
const fix = 'None if rare; otherwise check that this host may be reached, and the address where it is set. Keys that are known are used on.'

interface Answer {
  readonly body: unknown
  /** When it was sent, by the clock of whoever sent it. */
  readonly date: number
}

/** With the client that the SDK has loaded anyway: the first use of `fetch` costs a start more than the rest of this. */
const request = async (url: string, abortSignal: AbortSignal): Promise<Answer> => {
  // A connection of its own: one that was kept may be closed by the other side just now.
  const asked = createPipelineRequest({ url, abortSignal, allowInsecureConnection: true, disableKeepAlive: true })
  const { status, headers, bodyAsText } = await createDefaultHttpClient().sendRequest(asked)
  if (status !== 200) throw Object.assign(new Error('The answer is no key document.'), { statusCode: status })
  return { body: JSON.parse(bodyAsText ?? ''), date: Date.parse(headers.get('date') ?? '') }
}

/** Once more where the connection failed. @throws when there is no good answer in time. */
const readJson = async (url: string, signal: AbortSignal): Promise<Answer> => {
  try {
    return await request(url, signal)
  } catch (error) {
    if (signal.aborted || !(error instanceof RestError)) throw error
    return request(url, signal)
  }
}

const readKeys = async (metadataUrl: string, readMs: number): Promise<{ readonly keys: ReadonlyMap<string, SigningKey>; readonly date: number }> => {
  const signal = AbortSignal.timeout(readMs)
  const { jwks_uri: address } = metadata.parse((await readJson(metadataUrl, signal)).body)
  const { body, date } = await readJson(address, signal)
  const found = keySet.parse(body).keys.flatMap((each) => {
    const parsed = jwk.safeParse(each)
    if (!parsed.success) return []
    const { kid, kty, n, e, endorsements } = parsed.data
    return [[kid, { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements }] as const]
  })
  if (found.length === 0) throw new Error('The document holds no key.')
  return { keys: new Map(found), date }
}

/** Of a failed connection, or of an answer. */
const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  if (error instanceof RestError) return error.code ?? error.name
  return 'statusCode' in error ? `answered ${String(error.statusCode)}` : error.name
}

export const createKeys = ({ metadataUrl, log, now = () => performance.now(), clock = Date.now, readMs = longestReadMs }: KeysOptions): Keys => {
  const seldom = createSeldom<'keys' | 'clock'>(log, now)
  let keys: ReadonlyMap<string, SigningKey> | undefined
  let [readAt, triedAt, failing] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, false]
  let reading: Promise<void> | undefined

  const compareClock = (date: number): void => {
    const skew = clock() - date
    if (!(Math.abs(skew) > skewMs)) return
    const about = {
      cause: `it is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead' : 'behind'}`,
      fix: 'Let the host set its clock by a time server.',
    }
    seldom('clock', { level: 'error', says: 'the clock of this host differs from that of the Bot Service; beyond 5 minutes every request is refused', about })
  }
  const read = async (): Promise<void> => {
    try {
      const found = await readKeys(metadataUrl, readMs)
      if (failing) log.info({ setting }, 'the keys of the Bot Service can be read again')
      ;[keys, readAt, failing] = [found.keys, now(), false]
      compareClock(found.date)
    } catch (error) {
      failing = true
      const says = 'the keys of the Bot Service could not be read'
      seldom('keys', { level: keys ? 'warn' : 'error', says, about: { cause: causeOf(error), known: keys?.size ?? 0, setting, fix } })
    }
  }
  /** Once at a time, and not again soon. */
  const refresh = (): Promise<void> => {
    if (!reading && now() - triedAt >= pauseMs) {
      triedAt = now()
      reading = read().finally(() => (reading = undefined))
    }
    return reading ?? Promise.resolve()
  }

  return {
    find: async (id) => {
      const known = keys?.get(id)
      if (!known) await refresh()
      else if (now() - readAt >= freshMs) void refresh()
      return known ?? keys?.get(id) ?? (failing || !keys ? 'unavailable' : 'unknown')
    },
    problem: async () => {
      if (!keys) await refresh()
      if (keys) return undefined
      const { host } = new URL(metadataUrl)
      return {
        setting,
        seen: 'No key of the Bot Service is known, so no request can be believed.',
        fix: `Let this machine reach ${host}; see its service health.`,
      }
    },
  }
}
