/** What stands between HTTP and a turn? A guard, a limit for everybody, one turn at a time, repeats in flight, one error boundary. */
import { randomUUID } from 'node:crypto'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Activity, type TurnContext } from 'botbuilder'
import { AuthenticationConstants, ClaimsIdentity } from 'botframework-connector'
import type { Logger } from 'pino'
import type { Config } from '../config'
import type { Reply } from '../cards/reply'
import { createDeadline, endingBefore, TimeUpError, within, type Deadline } from '../deadline'
import { whoOf } from '../log'
import { errorReply, newerReply, tooLateReply, tooManyReply, unsureReply } from '../replies/talk'
import { forEverybody } from '../replies/thread'
import { NewerRecordError } from '../runs/record'
import type { Language } from '../topics'
import { watchTurn, type Watched } from '../telemetry/watch'
import { languageOfAnswer } from '../turn/language'
import { asPressAnswer, type TurnAnswer } from './activity'
import type { Bot } from './bot'
import { withPatience } from './connector'
import { deliver, NotShownError } from './deliver'
import { createGuard, type Caller, type Guard } from './guard'
import { arrivalOf, deliveryKey, saysLocale, type Arrival } from './incoming'
import { createLimits, type Excess } from './limits'
import { createOwnSignIn } from './own-sign-in'
import { answersPress, ok, reserve, turnMs, type Around } from './parts'
import { createQueue } from '../queue'
import type { ReceivedActivity } from './received'
import { UnkeptError, UnsureError } from './redoing'
import { createSeldom, type Seldom } from './seldom'
import { show } from './show'

export interface Adapter extends Pick<Guard, 'admit' | 'problem'> {
  /** One activity of an admitted caller in, the HTTP answer out; never throws. */
  readonly receive: (activity: ReceivedActivity, caller: Caller) => Promise<TurnAnswer>
  /** Resolves once no turn is under way any more: a turn goes on after its answer. */
  readonly settled: () => Promise<void>
}

/** The other one of Teams' two events for a new chat comes within this, and may say which language the person speaks. */
const twinMs = 1_500

/** The SDK with an identity that the guard has proven: it verifies nothing again, and learns nothing from tokens. */
class TeamsAdapter extends CloudAdapter {
  private readonly authentication: ConfigurationBotFrameworkAuthentication
  private readonly claimsIdentity: ClaimsIdentity
  private readonly audience: string

  constructor({ bot }: Config, log: Logger) {
    const authentication = new ConfigurationBotFrameworkAuthentication(bot, createOwnSignIn(bot, log))
    super(authentication)
    this.authentication = authentication
    this.claimsIdentity = new ClaimsIdentity([{ type: AuthenticationConstants.AudienceClaim, value: bot.MicrosoftAppId }], true)
    this.audience = bot['ToChannelFromBotOAuthScope'] ?? AuthenticationConstants.ToChannelFromBotOAuthScope
  }

  async run(activity: Activity, deadline: Deadline, work: (context: TurnContext) => Promise<void>): Promise<void> {
    const { claimsIdentity, audience } = this
    const connectorFactory = withPatience(this.authentication.createConnectorFactory(claimsIdentity), endingBefore(deadline, reserve.afterShowing))
    await this.processActivity({ claimsIdentity, audience, connectorFactory }, activity, work)
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
  readonly limits: ReturnType<typeof createLimits>
}

/** One turn, until its time is up at the latest: whoever waits for it waits no longer. */
const performInTime = async (
  parts: Omit<AdapterParts, 'limits'>,
  activity: Activity,
  arrival: Arrival,
  { respond, watch }: Pick<Around, 'respond' | 'watch'>,
): Promise<void> => {
  const deadline = createDeadline(turnMs)
  try {
    await within(deadline, perform(parts, activity, arrival, { deadline, respond, watch }))
  } catch (error) {
    watch.became('late')
    parts.log.error(
      { error, who: whoOf(arrival.sender.key), cause: 'something it waited for did not answer', fix: 'None if rare; otherwise look at the lines before it.' },
      'a turn went on beyond its time',
    )
    respond({ status: 500 })
  } finally {
    watch.end()
  }
}

const perform = async (
  { adapter, bot, log }: Omit<AdapterParts, 'limits'>,
  activity: Activity,
  arrival: Arrival,
  around: Omit<Around, 'context'>,
): Promise<void> => {
  let begun = false
  try {
    await adapter.run(activity, around.deadline, async (context) => {
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

  const follow = (work: Promise<void>): void => {
    const performed = work.finally(() => underWay.delete(performed))
    underWay.add(performed)
  }
  const seldom = createSeldom<Excess['of']>(parts.log)

  const take = async (activity: Activity): Promise<TurnAnswer> => {
    const arrival = arrivalOf(activity)
    // Unknown activities are answered quietly; an invoke we do not know still gets its answer.
    if (!arrival) return ok
    const { given, respond } = createAnswer()
    const watch = watchTurn(watchedOf(arrival, activity), parts.log)
    const surrounding = { respond, watch }
    const excess = arrival.kind === 'removed' ? undefined : await parts.limits.count(arrival.sender)
    if (excess) follow(performInTime({ ...parts, bot: tellExcess(excess, parts.log, seldom) }, activity, arrival, surrounding))
    else {
      const hasWaited = watch.begin('wait')
      if (isWelcome(arrival) && !saysLocale(activity)) await new Promise((resolve) => setTimeout(resolve, twinMs))
      follow(
        oneAtATime(queueOf(arrival), () => {
          hasWaited()
          return performInTime(parts, activity, arrival, surrounding)
        }),
      )
    }
    return given
  }

  return {
    takeOnce: (activity: Activity): Promise<TurnAnswer> => {
      const key = deliveryKey(activity)
      const earlier = inFlight.get(key)
      if (earlier) return earlier
      const answer = take(activity).finally(() => inFlight.delete(key))
      inFlight.set(key, answer)
      return answer
    },
    settled: async () => void (await Promise.allSettled(underWay)),
  }
}

export const createAdapter = (config: Config, bot: Bot, log: Logger): Adapter => {
  const { admit, refuse, problem } = createGuard({ ...config, log })
  const { takeOnce, settled } = createTurns({ adapter: new TeamsAdapter(config, log), bot, log, limits: createLimits(config.limits) })
  return {
    admit,
    problem,
    // Checked by the server; botbuilder's type also demands fields that Teams does not send.
    receive: async (received, caller) => refuse(caller, received) ?? takeOnce(received as unknown as Activity),
    settled,
  }
}

/** In place of a turn: nothing is carried out, and who is told already is not told again. */
const tellExcess =
  ({ of, isFirst }: Excess, log: Logger, seldom: Seldom<Excess['of']>): Bot =>
  async (arrival, around) => {
    const setting = of === 'person' ? 'PERSON_LIMIT_PER_MINUTE' : 'TENANT_LIMIT_PER_MINUTE'
    const fix = 'None if it is a machine that writes; raise the limit if these are people.'
    seldom(of, { level: 'warn', says: 'more came than is allowed, and was not carried out', about: { setting, who: whoOf(arrival.sender.key), fix } })
    around.watch.became('refused')
    around.watch.isAbout({ act: 'too-much' })
    if (!('incoming' in arrival) || arrival.incoming.kind === 'installed') return around.respond(ok)
    if (arrival.kind === 'sign-in') return around.respond({ status: 429 })
    const reply = tooManyReply(languageOfAnswer(arrival.incoming, undefined), of)
    if (answersPress(around)) return around.respond(asPressAnswer(arrival.kind === 'shared' ? forEverybody(reply) : reply))
    if (isFirst) await show(reply, around, { plain: false, otherwise: 'it could not be told that there was too much' }, { log })
    around.respond(ok)
  }

const watchedOf = (arrival: Arrival, activity: Activity): Watched => {
  const { kind, sender } = arrival
  const about = { who: whoOf(sender.key), type: activity.type }
  if (kind === 'extension') return { ...about, place: 'message-box', kind }
  if (kind === 'removed' || kind === 'feedback') return { ...about, chat: whoOf(arrival.chat), place: arrival.place, kind }
  const { incoming } = arrival
  return { ...about, chat: whoOf(incoming.chat), place: incoming.place, kind: incoming.kind }
}

/** What is known is one person's, or one shared place's. */
const queueOf = (arrival: Arrival): string => {
  if (arrival.kind === 'shared') return arrival.incoming.chat
  return (arrival.kind === 'removed' || arrival.kind === 'feedback') && arrival.place !== 'personal' ? arrival.chat : arrival.sender.key
}

const isWelcome = (arrival: Arrival): boolean => (arrival.kind === 'personal' || arrival.kind === 'shared') && arrival.incoming.kind === 'installed'

/** Nothing was kept when this is said, or nobody knows; with a reference to find the log line by. Must not throw itself. */
const apologise = async (arrival: Arrival, around: Around, failure: unknown, log: Logger): Promise<void> => {
  const { context, deadline, respond, watch } = around
  const reference = randomUUID().slice(0, 8)
  watch.became('failed')
  watch.refersTo(reference)
  const { error, language } = failure instanceof UnkeptError ? { error: failure.cause, language: failure.language } : { error: failure, language: undefined }
  const fix =
    error instanceof NewerRecordError
      ? 'A newer build wrote this record: end the roll-back, or wait until all instances are of the newer build.'
      : 'None if rare; otherwise look at the lines before it, or report it with the place named here.'
  log.error(
    { reference, error: error instanceof UnsureError ? error.cause : error, who: whoOf(arrival.sender.key), type: context.activity.type, fix },
    'a turn failed',
  )
  if (arrival.kind === 'extension' || arrival.kind === 'feedback') return respond({ status: 500 })
  if (!('incoming' in arrival) || arrival.incoming.kind === 'installed') return respond({ status: 200 })
  if (arrival.kind === 'sign-in') return respond({ status: 500 })
  const reply = apologyFor(error, languageOfAnswer(arrival.incoming, language), reference)
  if (answersPress(around)) return respond(asPressAnswer(arrival.kind === 'shared' ? forEverybody(reply) : reply))
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
