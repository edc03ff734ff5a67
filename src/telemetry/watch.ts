/** What does the operator see of a turn? One log line, spans and numbers: what it was about and how long its parts took; nothing that was said. */
import { SpanKind, SpanStatusCode, context, trace, type Span } from '@opentelemetry/api'
import type { Logger } from 'pino'
import { activitiesReceived, activitiesSent, answers, lookUpDuration, processDuration, storageDuration, turnDuration, turnErrors, turns } from './instruments'

/** `wait`: for other turns of the same person or place. */
const parts = ['wait', 'read', 'decide', 'look-up', 'write', 'show'] as const
export type Part = (typeof parts)[number]

/** Names of the Microsoft 365 Agents SDK where it has them. */
const spanNames: Readonly<Record<Part, string>> = {
  wait: 'onetenant.wait',
  read: 'agents.storage.read',
  decide: 'agents.app.route_handler',
  'look-up': 'onetenant.directory.look_up',
  write: 'agents.storage.write',
  show: 'agents.turn.send_activities',
}

/**
 * `answered`: it was shown; `owed`: it was kept, and is shown with the next word; `silent`: there was nothing to say; `late`: it went on
 * beyond its time.
 */
export type TurnOutcome = 'answered' | 'owed' | 'silent' | 'repeated' | 'refused' | 'forgotten' | 'failed' | 'late'

/** Names out of closed lists. */
export interface About {
  /** What the message or press did, e.g. `ask`, `begin`, or a verb. */
  readonly act: string
  readonly topic?: string | undefined
}

export interface Watched {
  /** Keyed hashes. */
  readonly who: string
  readonly chat?: string | undefined
  readonly place: string
  /** What arrived: a message, a press, … */
  readonly kind: string
  /** The activity's own type, as it came from outside. */
  readonly type: string
}

export interface TurnWatch {
  /** Times a part; parts of one name add up. */
  readonly during: <T>(part: Part, work: () => Promise<T>, look?: string) => Promise<T>
  /** The same, for what has no single piece of work. */
  readonly begin: (part: Part) => () => void
  readonly isAbout: (about: About | undefined) => void
  /** The last one counts. */
  readonly became: (outcome: TurnOutcome) => void
  /** Of the log line that says what went wrong. */
  readonly refersTo: (reference: string) => void
  /** Writes the line; once. */
  readonly end: () => void
}

const tracer = trace.getTracer('onetenant')
const knownTypes = ['message', 'invoke', 'installationUpdate', 'conversationUpdate']
const rounded = (ms: number) => Math.round(ms * 10) / 10

/** The error's kind; its message may quote what was sent. */
const markFailed = (span: Span, error: unknown): void => {
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

const measure = (part: Part, ms: number, look: string): void => {
  if (part === 'read' || part === 'write') storageDuration(ms, { 'storage.operation': part })
  if (part === 'look-up') lookUpDuration(ms, { 'onetenant.look': look })
}

interface Ended {
  readonly type: string
  readonly place: string
  readonly outcome: TurnOutcome
  readonly about: { readonly act: string; readonly topic: string } | undefined
}

/** What stands in `/metrics` of a turn. */
const count = ({ type, place, outcome, about }: Ended, totalMs: number, waitMs: number): void => {
  const labels = { 'activity.type': type }
  turns({ ...labels, 'onetenant.place': place, 'onetenant.outcome': outcome })
  turnDuration(totalMs - waitMs, labels)
  processDuration(totalMs, labels)
  if (outcome === 'failed' || outcome === 'late') turnErrors(labels)
  if (outcome === 'answered') activitiesSent({ 'onetenant.place': place })
  if (about) answers({ 'onetenant.topic': about.topic, 'onetenant.act': about.act })
}

/** Watches one turn from its request to its end. */
export const watchTurn = ({ type, ...seen }: Watched, log: Logger): TurnWatch => {
  const activityType = knownTypes.includes(type) ? type : 'other'
  const began = performance.now()
  const span = tracer.startSpan('agents.adapter.process', {
    kind: SpanKind.SERVER,
    attributes: { 'activity.type': activityType, 'onetenant.place': seen.place },
  })
  const inside = trace.setSpan(context.active(), span)
  const spent = new Map<Part, number>()
  let about: About | undefined
  let outcome: TurnOutcome = 'silent'
  let reference: string | undefined
  let hasEnded = false
  activitiesReceived({ 'activity.type': activityType })

  const startPart = (part: Part, look = '') => {
    const start = performance.now()
    const partSpan = tracer.startSpan(spanNames[part], look === '' ? {} : { attributes: { 'onetenant.look': look } }, inside)
    const stop = () => {
      const ms = performance.now() - start
      spent.set(part, (spent.get(part) ?? 0) + ms)
      measure(part, ms, look)
      partSpan.end()
    }
    return { partSpan, stop }
  }

  const end = () => {
    if (hasEnded) return
    hasEnded = true
    const total = performance.now() - began
    const names = { act: about?.act ?? seen.kind, topic: about?.topic ?? 'none' }
    span.setAttributes({ 'onetenant.outcome': outcome, 'onetenant.act': names.act, 'onetenant.topic': names.topic })
    if (outcome === 'failed' || outcome === 'late') span.setStatus({ code: SpanStatusCode.ERROR })
    span.end()
    count({ type: activityType, place: seen.place, outcome, about: about && names }, total, spent.get('wait') ?? 0)
    const ms = Object.fromEntries([...parts.flatMap((part) => (spent.has(part) ? [[part, rounded(spent.get(part) ?? 0)]] : [])), ['total', rounded(total)]])
    log.info({ ...seen, ...names, outcome, ...(reference !== undefined && { reference }), ms }, 'turn')
  }

  return {
    during: async (part, work, look) => {
      const { partSpan, stop } = startPart(part, look)
      try {
        return await context.with(trace.setSpan(inside, partSpan), work)
      } catch (error) {
        markFailed(partSpan, error)
        throw error
      } finally {
        stop()
      }
    },
    begin: (part) => startPart(part).stop,
    isAbout: (what) => (about = what ?? about),
    became: (what) => (outcome = what),
    refersTo: (id) => (reference = id),
    end,
  }
}
