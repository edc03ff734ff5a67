/**
 * What is counted and timed? Each instrument feeds `/metrics` here and, through `@opentelemetry/api`, whatever SDK the operator loaded;
 * without one that half does nothing. Names are those of the Microsoft 365 Agents SDK where it has them, so that dashboards outlive a move.
 * Labels are out of closed lists: never a word, a name or an id of a person.
 */
import { metrics, type Attributes } from '@opentelemetry/api'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

const registry = new Registry()
const meter = metrics.getMeter('onetenant')

/** Milliseconds; a turn may take nine seconds. */
const buckets = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

/** As OpenTelemetry's own exporter would name it. */
const prometheusName = (name: string) => name.replaceAll('.', '_')
const prometheusLabels = (attributes: Attributes) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [prometheusName(name), String(value)]))

type Labels<L extends string> = Readonly<Record<L, string>>

const counter = <L extends string>(name: string, unit: string, help: string, labels: readonly L[]) => {
  const own = new Counter({ name: `${prometheusName(name)}_total`, help, labelNames: labels.map(prometheusName), registers: [registry] })
  const open = meter.createCounter(name, { description: help, unit })
  return (values: Labels<L>): void => {
    own.inc(prometheusLabels(values))
    open.add(1, values)
  }
}

const histogram = <L extends string>(name: string, help: string, labels: readonly L[]) => {
  const own = new Histogram({
    name: `${prometheusName(name)}_milliseconds`,
    help,
    labelNames: labels.map(prometheusName),
    buckets,
    registers: [registry],
  })
  const open = meter.createHistogram(name, { description: help, unit: 'ms' })
  return (ms: number, values: Labels<L>): void => {
    own.observe(prometheusLabels(values), ms)
    open.record(ms, values)
  }
}

const gauge = <L extends string>(name: string, help: string, labels: readonly L[]) => {
  const own = new Gauge({ name: prometheusName(name), help, labelNames: labels.map(prometheusName), registers: [registry] })
  const open = meter.createGauge(name, { description: help })
  return (value: number, values: Labels<L>): void => {
    own.set(prometheusLabels(values), value)
    open.record(value, values)
  }
}

export const activitiesReceived = counter('agents.activities.received', 'activities', 'Activities of the Bot Service that reached a turn', ['activity.type'])
export const activitiesSent = counter('agents.activities.sent', 'activities', 'Answers that were shown', ['onetenant.place'])
export const turns = counter('agents.turn.count', 'turn', 'Turns that ended', ['activity.type', 'onetenant.place', 'onetenant.outcome'])
export const turnErrors = counter('agents.turn.error.count', 'turn', 'Turns that failed or came too late', ['activity.type'])
export const turnDuration = histogram('agents.turn.duration', 'From the first look at a turn to its end, without waiting for its place', ['activity.type'])
export const processDuration = histogram('agents.adapter.process.duration', 'From an authenticated request to the end of its turn', ['activity.type'])
export const storageDuration = histogram('agents.storage.operation.duration', 'Reading or writing one record', ['storage.operation'])
export const lookUpDuration = histogram('onetenant.directory.lookup.duration', 'Looking something up in the directory or Azure', ['onetenant.look'])
export const answers = counter('onetenant.answer.count', 'answer', 'What turns were about, and what they did', ['onetenant.topic', 'onetenant.act'])
export const refusals = counter('onetenant.refusal.count', 'request', 'Requests that got no turn', ['http.status_code'])
export const usable = gauge('onetenant.usable', '1: the check that is named last found nothing wrong; 0: it did, or cannot tell', ['onetenant.check'])

/** Of the process itself; they watch the event loop, so they begin when somebody first asks. */
let isWatchingProcess = false

/** Everything in Prometheus' text format, and its content type. */
export const readMetrics = async (): Promise<{ readonly type: string; readonly text: string }> => {
  if (!isWatchingProcess) collectDefaultMetrics({ register: registry })
  isWatchingProcess = true
  return { type: registry.contentType, text: await registry.metrics() }
}
