/** Between HTTP and a turn: authenticate, guard, answer repeats once, one turn at a time per person, one error boundary. */
import { randomUUID } from 'node:crypto'
import { Mutex } from 'async-mutex'
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder'
import { AuthenticationConstants, type AuthenticateRequestResult, type ConnectorFactory } from 'botframework-connector'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Config } from '../config'
import { whoOf } from '../log'
import { errorReply } from '../replies/talk'
import { languageOfApology } from './answer-language'
import { incomingOf } from './incoming'
import { answerInvoke, asAnswer, send } from './send'
import type { ReceivedActivity } from '../server'
import type { Bot } from './bot'

export interface TurnAnswer {
  readonly status: number
  readonly body?: unknown
}

export interface Adapter {
  /** One authenticated activity in, the HTTP answer out; never throws. */
  readonly receive: (activity: ReceivedActivity, authorization: string) => Promise<TurnAnswer>
}

/** Teams sends an activity again when an answer is late; within this time a repeat gets the first answer. */
const repeatsForgottenAfterMs = 10 * 60 * 1000
const rememberedAnswers = 10_000

class TeamsAdapter extends CloudAdapter {
  constructor(private readonly authentication: ConfigurationBotFrameworkAuthentication) {
    super(authentication)
  }

  async authenticate(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    const caller = await this.authentication.authenticateRequest(activity, authorization)
    return { ...caller, connectorFactory: withTimeout(caller.connectorFactory) }
  }

  run(caller: AuthenticateRequestResult, activity: Activity, bot: Bot): Promise<InvokeResponse | undefined> {
    return this.processActivity(caller, activity, bot)
  }
}

/**
 * Sending once, retries included. The SDK itself sets no limit and waits as long as `Retry-After` says: a silent or busy connector
 * would hang the turn, and with it every later one of that person. Twice this (the answer, the apology) is less than Teams waits.
 */
const sendMs = 6_000

const withTimeout = (factory: ConnectorFactory | undefined): ConnectorFactory | undefined =>
  factory && {
    create: async (serviceUrl, audience) => {
      const client = await factory.create(serviceUrl, audience)
      // The SDK's types hide its HTTP client; a timeout can be set nowhere else.
      const { client: http } = client as unknown as { client: { pipeline: HttpPipeline } }
      http.pipeline.addPolicy({
        name: 'sendTimeout',
        sendRequest: (request, next) => {
          request.abortSignal = AbortSignal.timeout(sendMs)
          return next(request)
        },
      })
      return client
    },
  }

interface HttpRequest {
  abortSignal?: AbortSignal
}

interface HttpPipeline {
  addPolicy(policy: {
    name: string
    sendRequest: (request: HttpRequest, next: (request: HttpRequest) => Promise<unknown>) => Promise<unknown>
  }): void
}

export const createAdapter = (config: Config, bot: Bot, log: Logger): Adapter => {
  const adapter = new TeamsAdapter(
    new ConfigurationBotFrameworkAuthentication(config.bot),
  )
  adapter.onTurnError = (context, error) => apologise(context, error, log)
  const answers = new LRUCache<string, Promise<TurnAnswer>>({ max: rememberedAnswers, ttl: repeatsForgottenAfterMs })
  const oneAtATime = createQueue()

  const turn = async (caller: AuthenticateRequestResult, activity: Activity): Promise<TurnAnswer> => {
    try {
      const response = await oneAtATime(personIn(activity), () => adapter.run(caller, activity, bot))
      return { status: response?.status ?? 200, ...(response?.body !== undefined && { body: response.body }) }
    } catch (error) {
      log.error({ error, who: whoOf(personIn(activity)) }, 'a turn ended outside its error boundary')
      return { status: 500 }
    }
  }

  const once = (caller: AuthenticateRequestResult, activity: Activity): Promise<TurnAnswer> => {
    const key = [activity.channelId, activity.conversation.id, activity.type, activity.id].join('|')
    const earlier = activity.id ? answers.get(key) : undefined
    if (earlier) return earlier
    const answer = turn(caller, activity)
    if (activity.id) answers.set(key, answer)
    return answer
  }

  return {
    receive: async (received, authorization) => {
      // Checked by the server; botbuilder's type also demands fields that Teams does not send.
      const activity = received as unknown as Activity
      let caller: AuthenticateRequestResult
      try {
        caller = await adapter.authenticate(activity, authorization)
      } catch (error) {
        log.warn({ error, fix: 'Nothing to do for strangers; if Teams itself is refused, check MicrosoftAppId and the clock.' }, 'refused a request that is not from the Bot Service')
        return { status: 401, body: { error: 'This endpoint answers the Bot Service only.' } }
      }
      const refused = whyRefused(config, caller, activity)
      if (refused) {
        log.warn(refused, 'refused an authenticated request')
        return { status: 403, body: { error: 'This bot does not answer here.' } }
      }
      return once(caller, activity)
    },
  }
}

const personIn = (activity: Activity): string => incomingOf(activity)?.person ?? activity.conversation.id

const whyRefused = ({ allowed, bot }: Config, { claimsIdentity }: AuthenticateRequestResult, activity: Activity) => {
  const issuer = claimsIdentity.getClaimValue(AuthenticationConstants.IssuerClaim)
  const expected = bot.ToBotFromChannelTokenIssuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer
  if (issuer !== expected) return { cause: 'the token is of the bot itself or of another issuer', fix: 'Only the Bot Service may call this endpoint.' }
  if (!allowed.channels.includes(activity.channelId))
    return { setting: 'ALLOWED_CHANNELS', cause: `channel ${activity.channelId}`, fix: 'Add the channel if it is meant to reach this bot.' }
  const host = hostOf(activity.serviceUrl)
  if (!host || !allowed.serviceUrls.some((pattern) => matches(host, pattern)))
    return { setting: 'ALLOWED_SERVICE_URLS', cause: `service host ${host ?? 'unreadable'}`, fix: 'Add the host if it is a connector of your cloud.' }
  return undefined
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

/** Turns of one person wait for each other, so that quick presses cannot overtake. */
const createQueue = () => {
  const locks = new Map<string, { mutex: Mutex; waiting: number }>()
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const lock = locks.get(key) ?? { mutex: new Mutex(), waiting: 0 }
    locks.set(key, lock)
    lock.waiting += 1
    try {
      return await lock.mutex.runExclusive(work)
    } finally {
      lock.waiting -= 1
      if (lock.waiting === 0) locks.delete(key)
    }
  }
}

/** Says sorry once, in the person's language, with a reference to find the log line by; must not throw itself. */
const apologise = async (context: TurnContext, error: Error, log: Logger): Promise<void> => {
  const reference = randomUUID().slice(0, 8)
  log.error({ reference, error, who: whoOf(personIn(context.activity)), type: context.activity.type }, 'a turn failed')
  try {
    await send(context, errorReply(languageOfApology(context), reference), asAnswer)
    if (context.activity.type === 'invoke' && context.activity.name !== 'adaptiveCard/action') await answerInvoke(context, 500)
  } catch (failure) {
    log.error({ reference, error: failure }, 'the apology could not be sent')
    if (context.activity.type === 'invoke') await answerInvoke(context, 200)
  }
}
