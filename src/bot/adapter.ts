/** What stands between HTTP and a turn? Authentication, a guard, one turn at a time, repeats in flight, one error boundary. */
import { randomUUID } from 'node:crypto'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Activity, type TurnContext } from 'botbuilder'
import { AuthenticationConstants, type AuthenticateRequestResult } from 'botframework-connector'
import type { Logger } from 'pino'
import type { Config } from '../config'
import type { Reply } from '../cards/reply'
import { createDeadline, endingBefore, TimeUpError, within, type Deadline } from '../deadline'
import { whoOf } from '../log'
import { errorReply, newerReply, tooLateReply, unsureReply } from '../replies/talk'
import { forEverybody } from '../replies/thread'
import { NewerRecordError } from '../runs/record'
import type { Language } from '../topics'
import { refusals } from '../telemetry/instruments'
import { watchTurn, type Watched } from '../telemetry/watch'
import { languageOfAnswer } from '../turn/language'
import { asPressAnswer, type TurnAnswer } from './activity'
import type { Bot } from './bot'
import { withPatience } from './connector'
import { deliver, NotShownError } from './deliver'
import { arrivalOf, deliveryKey, saysLocale, type Arrival } from './incoming'
import { answersPress, reserve, turnMs, type Around } from './parts'
import { createQueue } from './queue'
import type { ReceivedActivity } from './received'
import { UnkeptError, UnsureError } from './redoing'

export interface Adapter {
  /** One authenticated activity in, the HTTP answer out; never throws. */
  readonly receive: (activity: ReceivedActivity, authorization: string) => Promise<TurnAnswer>
  /** Resolves once no turn is under way any more: a turn goes on after its answer. */
  readonly settled: () => Promise<void>
}

/** The other one of Teams' two events for a new chat comes within this, and may say which language the person speaks. */
const twinMs = 1_500

class TeamsAdapter extends CloudAdapter {
  constructor(private readonly authentication: ConfigurationBotFrameworkAuthentication) {
    super(authentication)
  }

  authenticate(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    return this.authentication.authenticateRequest(activity, authorization)
  }

  async run(caller: AuthenticateRequestResult, activity: Activity, deadline: Deadline, work: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.processActivity(
      { ...caller, connectorFactory: withPatience(caller.connectorFactory, endingBefore(deadline, reserve.afterShowing)) },
      activity,
      work,
    )
  }
}

/** Resolves with the first answer given; later ones are not heard. */
const createAnswer = () => {
  let respond: (answer: TurnAnswer) => void = () => undefined
  const given = new Promise<TurnAnswer>((resolve) => (respond = resolve))
  return { given, respond }
}

interface AdapterParts {
  readonly adapter: TeamsAdapter
  readonly bot: Bot
  readonly log: Logger
}

/** One turn, until its time is up at the latest: whoever waits for it waits no longer. */
const performInTime = async (
  parts: AdapterParts,
  caller: AuthenticateRequestResult,
  activity: Activity,
  arrival: Arrival,
  { respond, watch }: Pick<Around, 'respond' | 'watch'>,
): Promise<void> => {
  const deadline = createDeadline(turnMs)
  try {
    await within(deadline, perform(parts, caller, activity, arrival, { deadline, respond, watch }))
  } catch (error) {
    watch.became('late')
    parts.log.error({ error, who: whoOf(arrival.sender.key), fix: 'None if rare; otherwise report it.' }, 'a turn went on beyond its time')
    respond({ status: 500 })
  } finally {
    watch.end()
  }
}

const perform = async (
  { adapter, bot, log }: AdapterParts,
  caller: AuthenticateRequestResult,
  activity: Activity,
  arrival: Arrival,
  around: Omit<Around, 'context'>,
): Promise<void> => {
  let begun = false
  try {
    await adapter.run(caller, activity, around.deadline, async (context) => {
      begun = true
      try {
        await bot(arrival, { ...around, context })
      } catch (error) {
        await apologise(arrival, { ...around, context }, error, log)
      }
    })
  } catch (error) {
    around.watch.became('failed')
    log.error({ error, who: whoOf(arrival.sender.key) }, 'a turn ended outside its error boundary')
  } finally {
    around.respond({ status: begun ? 200 : 500 })
  }
}

/** Turns of one person, or in one shared place, one after the other; a delivery that comes again while it is under way has the same answer. */
const createTurns = (parts: AdapterParts) => {
  const oneAtATime = createQueue()
  /** Deliveries under way; their answers are kept no longer than that. */
  const inFlight = new Map<string, Promise<TurnAnswer>>()
  const underWay = new Set<Promise<void>>()

  const take = async (caller: AuthenticateRequestResult, activity: Activity): Promise<TurnAnswer> => {
    const arrival = arrivalOf(activity)
    // Unknown activities are answered quietly; an invoke we do not know still gets its answer.
    if (!arrival) return { status: 200 }
    if (isWelcome(arrival) && !saysLocale(activity)) await new Promise((resolve) => setTimeout(resolve, twinMs))
    const { given, respond } = createAnswer()
    const watch = watchTurn(watchedOf(arrival, activity), parts.log)
    const hasWaited = watch.begin('wait')
    const performed = oneAtATime(queueOf(arrival), () => {
      hasWaited()
      return performInTime(parts, caller, activity, arrival, { respond, watch })
    }).finally(() => underWay.delete(performed))
    underWay.add(performed)
    return given
  }

  return {
    takeOnce: (caller: AuthenticateRequestResult, activity: Activity): Promise<TurnAnswer> => {
      const key = deliveryKey(activity)
      const earlier = inFlight.get(key)
      if (earlier) return earlier
      const answer = take(caller, activity).finally(() => inFlight.delete(key))
      inFlight.set(key, answer)
      return answer
    },
    settled: async () => void (await Promise.allSettled(underWay)),
  }
}

export const createAdapter = (config: Config, bot: Bot, log: Logger): Adapter => {
  const adapter = new TeamsAdapter(new ConfigurationBotFrameworkAuthentication(config.bot))
  const { takeOnce, settled } = createTurns({ adapter, bot, log })
  return {
    receive: async (received, authorization) => {
      // Checked by the server; botbuilder's type also demands fields that Teams does not send.
      const activity = received as unknown as Activity
      let caller: AuthenticateRequestResult
      try {
        caller = await adapter.authenticate(activity, authorization)
      } catch (error) {
        log.warn(
          { error, fix: 'Nothing to do for strangers; if Teams itself is refused, check MicrosoftAppId and the clock.' },
          'refused a request that is not from the Bot Service',
        )
        refusals({ 'http.status_code': '401' })
        return { status: 401, body: { error: 'This endpoint answers the Bot Service only.' } }
      }
      const refused = whyRefused(config, caller, activity)
      if (refused) {
        log.warn(refused, 'refused an authenticated request')
        refusals({ 'http.status_code': '403' })
        return { status: 403, body: { error: 'This bot does not answer here.' } }
      }
      return takeOnce(caller, activity)
    },
    settled,
  }
}

const watchedOf = (arrival: Arrival, { type }: Activity): Watched => {
  const who = whoOf(arrival.sender.key)
  if (!('incoming' in arrival)) return { who, chat: whoOf(arrival.chat), place: arrival.place, kind: arrival.kind, type }
  const { place, kind, chat } = arrival.incoming
  return { who, chat: whoOf(chat), place, kind, type }
}

/** What is known is one person's, or one shared place's. */
const queueOf = (arrival: Arrival): string => {
  if (arrival.kind === 'shared') return arrival.incoming.chat
  return arrival.kind === 'removed' && arrival.place !== 'personal' ? arrival.chat : arrival.sender.key
}

const isWelcome = (arrival: Arrival): boolean => (arrival.kind === 'personal' || arrival.kind === 'shared') && arrival.incoming.kind === 'installed'

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

/** Nothing was kept when this is said, or nobody knows; with a reference to find the log line by. Must not throw itself. */
const apologise = async (arrival: Arrival, around: Around, failure: unknown, log: Logger): Promise<void> => {
  const { context, deadline, respond, watch } = around
  const reference = randomUUID().slice(0, 8)
  watch.became('failed')
  watch.refersTo(reference)
  const { error, language } = failure instanceof UnkeptError ? { error: failure.cause, language: failure.language } : { error: failure, language: undefined }
  const fix =
    error instanceof NewerRecordError ? 'A newer build wrote this record: end the roll-back, or wait until all instances are of the newer build.' : undefined
  log.error(
    { reference, error: error instanceof UnsureError ? error.cause : error, who: whoOf(arrival.sender.key), type: context.activity.type, ...(fix && { fix }) },
    'a turn failed',
  )
  if (!('incoming' in arrival) || arrival.incoming.kind === 'installed') return respond({ status: 200 })
  if (arrival.kind === 'sign-in') return respond({ status: 500 })
  const reply = apologyFor(error, languageOfAnswer(arrival.incoming, language), reference)
  if (answersPress(around)) return respond(asPressAnswer(arrival.kind === 'shared' ? forEverybody(reply, () => '') : reply))
  try {
    await deliver(context, reply, { plain: false, deadline: endingBefore(deadline, reserve.afterShowing) })
  } catch (unsent) {
    if (!(unsent instanceof NotShownError)) throw unsent
    log.error({ reference, error: unsent.cause, statusCode: unsent.statusCode }, 'the apology could not be sent')
  }
}

const apologyFor = (error: unknown, language: Language, reference: string): Reply => {
  if (error instanceof NewerRecordError) return newerReply(language)
  if (error instanceof UnsureError) return unsureReply(language, reference)
  return error instanceof TimeUpError ? tooLateReply(language, reference) : errorReply(language, reference)
}
