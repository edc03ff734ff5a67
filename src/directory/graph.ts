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
import { CouldNotLook, type Detail, type UnknownReason } from './verdict'

/** The calls to Microsoft Graph. Each throws `CouldNotLook` when there is no answer to rely on. */
export interface Graph {
  /** Which of `ids` (20 at most; role template ids count) the user is a member of, directly or through groups. */
  readonly memberObjects: (objectId: string, ids: readonly string[], deadline: Deadline) => Promise<readonly string[]>
}

const retryDelayMs = 500
/** What the client adds at most at random to a delay of its own. */
const jitterMs = 1_000
/** A retry is worth its wait only if an answer can still arrive after it. */
const answerMs = 300

const reasonByStatus: Readonly<Record<number, UnknownReason>> = { 401: 'sign-in', 403: 'consent', 429: 'throttled' }
/** Conditional access answers 403 as well, but consent would not help. */
const reasonByCode: Readonly<Record<string, UnknownReason>> = {
  insufficient_claims: 'sign-in',
  interaction_required: 'sign-in',
}

const reasonFor = ({ status = 0, code }: Detail): UnknownReason => {
  if (code && status === 404) return 'not-found'
  return reasonByCode[code ?? ''] ?? reasonByStatus[status] ?? 'unavailable'
}

const word = z.string().regex(/^[\w.-]{1,64}$/).optional().catch(undefined)
const errorDocument = z.object({
  error: z.object({ code: word, innerError: z.object({ 'request-id': word }).nullish().catch(undefined) }),
})
const memberAnswer = z.object({ value: z.array(z.string()) })

const bodyOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

const detailOf = (response: Response, body: unknown): Detail => {
  const error = errorDocument.safeParse(body).data?.error
  const requestId = error?.innerError?.['request-id'] ?? word.parse(response.headers.get('request-id') ?? undefined)
  return { status: response.status, code: error?.code, requestId }
}

/** Milliseconds the server asks to wait; not a number when it cannot be understood. */
const waitMs = (response: Response): number => {
  const retryAfter = response.headers.get('retry-after')
  if (retryAfter === null) return retryDelayMs + jitterMs
  return /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now()
}

const retryOnceIfItFits = ({ remainingMs }: Deadline) =>
  new RetryHandlerOptions(
    retryDelayMs / 1_000,
    1,
    (_delay, _attempt, _request, _options, response) => waitMs(response) + answerMs < remainingMs(),
  )

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

/** The real Graph client, made once, asking as `credential`. */
export const createGraph = (credential: Credential, baseUrl: string): Graph => {
  const scope = `${baseUrl}/.default`
  const client = createClient(credential, baseUrl, scope)

  const post = async (path: string, body: unknown, deadline: Deadline): Promise<Response> => {
    // Signing in first tells its failures from Graph's; the client then finds the token in the credential's cache.
    await credential.getToken(scope)
    try {
      return await client
        .api(path)
        .responseType(ResponseType.RAW)
        .option('signal', deadline.signal)
        .middlewareOptions([retryOnceIfItFits(deadline)])
        .post(body)
    } catch {
      throw new CouldNotLook('unavailable')
    }
  }

  const ask = async <T>(path: string, body: unknown, answer: z.ZodType<T>, deadline: Deadline): Promise<T> => {
    const response = await post(path, body, deadline)
    const content = await bodyOf(response)
    const detail = detailOf(response, content)
    if (response.status === 401 || response.status === 403) credential.forget()
    if (!response.ok) throw new CouldNotLook(reasonFor(detail), detail)
    const parsed = answer.safeParse(content)
    if (!parsed.success) throw new CouldNotLook('malformed', detail)
    return parsed.data
  }

  return {
    memberObjects: async (objectId, ids, deadline) =>
      (await ask(`/users/${objectId}/checkMemberObjects`, { ids }, memberAnswer, deadline)).value,
  }
}
