import {
  AuthenticationHandler,
  Client,
  HTTPMessageHandler,
  ResponseType,
  RetryHandler,
  RetryHandlerOptions,
  TelemetryHandler,
} from '@microsoft/microsoft-graph-client'
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials'
import { z } from 'zod'
import type { Credential } from './credential'
import type { Deadline } from './deadline'
import { nextPage } from './next-page'
import { permissionFor, type Look, type Way } from './permissions'
import type { UnknownReason } from './reasons'
import { bodyOf, detailOf, reasonFor } from './refusal'
import { scopesIn } from './token-claims'
import { CouldNotLook, type Detail } from './verdict'

/** One question to Graph. */
export interface Question<T> {
  /** What it is asked for; a refusal is for want of this permission. */
  readonly look: Look
  readonly path: string
  readonly answer: z.ZodType<T>
  readonly deadline: Deadline
  /** Sent by POST. */
  readonly body?: unknown
  /** Asks the index that casts and counts need, which may be a moment behind. */
  readonly indexed?: boolean
  /** There is an answer without it: a refusal does not cost the token that serves all other questions. */
  readonly optional?: boolean
}

export interface Items<T> {
  readonly items: readonly T[]
  /** Whether there were more than are read. */
  readonly more: boolean
}

/** Each throws `CouldNotLook` when there is no answer to rely on. */
export interface GraphClient {
  readonly ask: <T>(question: Question<T>) => Promise<T>
  /** All pages of a list, ten at most. */
  readonly list: <T>(question: Question<T>) => Promise<Items<T>>
  /** Consent may have been given since a refusal: the next question brings a new token. */
  readonly renew: () => void
}

const retryDelayMs = 500
/** What the client adds at most at random to a delay of its own. */
const jitterMs = 1_000
/** A retry is worth its wait only if an answer can still arrive after it. */
const answerMs = 300
const mostPages = 10

/** Milliseconds the server asks to wait; not a number when it cannot be understood. */
const waitMs = (response: Response): number => {
  const retryAfter = response.headers.get('retry-after')
  if (retryAfter === null) return retryDelayMs + jitterMs
  return /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now()
}

const retryOnceIfItFits = ({ remainingMs }: Deadline) =>
  new RetryHandlerOptions(retryDelayMs / 1_000, 1, (_delay, _attempt, _request, _options, response) => waitMs(response) + answerMs < remainingMs())

/** The client's usual chain without following redirects: the token goes to one host only. */
const createClient = (credential: Credential, baseUrl: string, scope: string) =>
  Client.initWithMiddleware({
    baseUrl,
    customHosts: new Set([new URL(baseUrl).hostname]),
    fetchOptions: { redirect: 'manual' },
    middleware: [
      new AuthenticationHandler(new TokenCredentialAuthenticationProvider(credential, { scopes: [scope] })),
      new RetryHandler(),
      new TelemetryHandler(),
      new HTTPMessageHandler(),
    ],
  })

const pageOf = <T>(item: z.ZodType<T>) => z.object({ value: z.array(item), '@odata.nextLink': z.string().nullish() })

/** The real Graph client, asking as `credential`, which is the app's or a person's. */
export const createGraphClient = (credential: Credential, baseUrl: string, way: Way): GraphClient => {
  // Everything consented to and nothing else; each look-up finds out by itself what that is.
  const scope = `${baseUrl}/.default`
  const client = createClient(credential, baseUrl, scope)
  let isRefused = false

  const send = async ({ path, body, indexed, deadline }: Pick<Question<unknown>, 'path' | 'body' | 'indexed' | 'deadline'>): Promise<Response> => {
    // Signing in first tells its failures from Graph's; the client then finds the token in the credential's cache.
    await credential.getToken(scope)
    const request = client
      .api(path)
      .responseType(ResponseType.RAW)
      .option('signal', deadline.signal)
      .headers(indexed ? { ConsistencyLevel: 'eventual' } : {})
      .middlewareOptions([retryOnceIfItFits(deadline)])
    try {
      return await (body === undefined ? request.get() : request.post(body))
    } catch {
      throw new CouldNotLook('unavailable')
    }
  }

  const noteRefusal = ({ status }: Response, optional: boolean) => {
    if (status === 403) isRefused = true
    if (status === 401 || (status === 403 && !optional)) credential.forget()
  }

  /** Where the token has the permission, consent would not help: the person has no right of their own to read this. */
  const reasonOf = async (detail: Detail, look: Look): Promise<UnknownReason> => {
    const reason = reasonFor(detail, way)
    const permission = permissionFor(look, way).name
    if (way === 'app' || reason !== 'consent' || detail.code === undefined || permission === undefined) return reason
    const token = await credential.getToken(scope)
    return scopesIn(token?.token ?? '').includes(permission) ? 'not-yours' : reason
  }

  const ask: GraphClient['ask'] = async ({ look, answer, optional = false, ...question }) => {
    const response = await send(question)
    const content = await bodyOf(response)
    const detail = detailOf(response, content)
    if (!response.ok) {
      const reason = await reasonOf(detail, look)
      noteRefusal(response, optional)
      throw new CouldNotLook(reason, detail)
    }
    const parsed = answer.safeParse(content)
    if (!parsed.success) throw new CouldNotLook('malformed', detail)
    return parsed.data
  }

  const list = async <T>({ answer, ...question }: Question<T>): Promise<Items<T>> => {
    const items: T[] = []
    let path: string | undefined = question.path
    for (let page = 0; page < mostPages && path; page += 1) {
      const { value, '@odata.nextLink': next }: z.infer<ReturnType<typeof pageOf<T>>> = await ask({ ...question, path, answer: pageOf(answer) })
      items.push(...value)
      path = nextPage(next, baseUrl)
    }
    return { items, more: Boolean(path) }
  }

  const renew = () => {
    if (isRefused) credential.forget()
    isRefused = false
  }
  return { ask, list, renew }
}
