/** How long is Teams waited for, and when is it asked again? Under every call the SDK makes to the connector. */
import { RestError, retryPolicy, type HttpMethods, type PipelinePolicy, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline'
import type { ConnectorFactory } from 'botframework-connector'
import type { Deadline } from '../deadline'
import { addressTargeted } from './targeted'

/** One attempt. Long, because what is slow mostly gets there, and would then get there twice; short enough for another. */
const attemptMs = 5_000
/** A message in place of the card is there at once, so a card is not waited for as long. */
const updateMs = 3_500
/** Less is left of the turn: a new attempt would only be cut off. */
const leastAttemptMs = 400
const mostRetries = 6

/** Pauses before the attempts that follow, in milliseconds; then the last one again. */
const pausesMs = [250, 700, 1_500] as const

/** Passing troubles, and how often each is worth asking again. A refusal by one broken host is gone with the next. */
const passing: Readonly<Record<number, number>> = { 403: 1, 412: mostRetries, 429: mostRetries, 502: mostRetries, 503: mostRetries, 504: mostRetries }

const mostByMethod: Partial<Record<HttpMethods, number>> = { PUT: 1 }
const passingForUpdates: readonly number[] = [412, 502, 503, 504]

const silent = 'ETIMEDOUT'
const connectionErrors = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'EAI_AGAIN', 'UND_ERR_SOCKET', 'REQUEST_SEND_ERROR']

const waitAskedFor = (response: PipelineResponse | undefined): number | undefined => {
  const value = response?.headers.get('retry-after')
  if (value === undefined) return undefined
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : new Date(value).getTime() - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

interface Attempt {
  readonly retryCount: number
  readonly response?: PipelineResponse
  readonly responseError?: RestError
}

/** Without an answer: one that said nothing is asked once more, but a card only once. */
const mostAfter = (code: string | undefined, method: HttpMethods | undefined, byMethod: number): number => {
  if (code === silent) return method === 'PUT' ? 0 : 1
  return code !== undefined && connectionErrors.includes(code) ? Math.min(2, byMethod) : 0
}

const mostFor = ({ response, responseError }: Attempt): number => {
  const method = (response?.request ?? responseError?.request)?.method
  const byMethod = (method && mostByMethod[method]) ?? mostRetries
  if (!response) return mostAfter(responseError?.code, method, byMethod)
  if (method === 'PUT' && !passingForUpdates.includes(response.status)) return 0
  return Math.min(passing[response.status] ?? 0, byMethod)
}

/** Milliseconds until the next attempt; undefined when there is none, or no time for it. */
export const pauseBefore = (attempt: Attempt, remainingMs: number): number | undefined => {
  if (attempt.retryCount >= mostFor(attempt)) return undefined
  const pause = waitAskedFor(attempt.response) ?? pausesMs[Math.min(attempt.retryCount, pausesMs.length - 1)] ?? 0
  return pause + leastAttemptMs <= remainingMs ? pause : undefined
}

const askAgain = (deadline: Deadline): PipelinePolicy => {
  const strategy = {
    name: 'teams',
    retry: (attempt: Attempt) => {
      const pause = pauseBefore(attempt, deadline.remainingMs())
      return pause === undefined ? { skipStrategy: true } : { retryAfterInMs: pause }
    },
  }
  return { ...retryPolicy([strategy], { maxRetries: mostRetries }), name: 'askAgain' }
}

/** Each attempt by itself, so that one without an answer leaves time for another. */
const cutOff = (deadline: Deadline): PipelinePolicy => ({
  name: 'cutOff',
  sendRequest: async (request: PipelineRequest, next) => {
    const ms = Math.min(request.method === 'PUT' ? updateMs : attemptMs, deadline.remainingMs())
    const stop = AbortSignal.timeout(Math.max(1, Math.round(ms)))
    request.abortSignal = stop
    try {
      return await next(request)
    } catch (error) {
      if (stop.aborted) throw new RestError('The connector did not answer in time.', { code: silent, request })
      throw error
    } finally {
      delete request.abortSignal
    }
  },
})

/** The factory's clients, asking again within the turn's time. */
export const withPatience = (factory: ConnectorFactory | undefined, deadline: Deadline): ConnectorFactory | undefined =>
  factory && {
    create: async (serviceUrl, audience) => {
      const client = await factory.create(serviceUrl, audience)
      // The SDK's types hide its HTTP client; patience can be set nowhere else.
      const { client: http } = client as unknown as { client: { pipeline: Pipeline } }
      http.pipeline.removePolicy({ name: 'defaultRetryPolicy' })
      http.pipeline.addPolicy(askAgain(deadline), { phase: 'Retry' })
      http.pipeline.addPolicy(cutOff(deadline), { afterPhase: 'Retry' })
      http.pipeline.addPolicy(addressTargeted, { afterPhase: 'Retry' })
      return client
    },
  }

interface Pipeline {
  readonly removePolicy: (options: { readonly name: string }) => unknown
  readonly addPolicy: (policy: PipelinePolicy, options: { readonly phase?: 'Retry'; readonly afterPhase?: 'Retry' }) => void
}
