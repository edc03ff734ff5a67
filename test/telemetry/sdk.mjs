/** An OpenTelemetry SDK, loaded before the bot with `--import` as an operator would: what it exports is appended to `EXPORT_FILE`, a line each. */
import { appendFileSync } from 'node:fs'
import { metrics, trace } from '@opentelemetry/api'
import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'

const write = (line) => appendFileSync(process.env.EXPORT_FILE, `${JSON.stringify(line)}\n`)
const done = { code: 0 }

const spans = {
  export: (ended, tell) => {
    for (const span of ended) {
      const { name, attributes, status, events, parentSpanContext } = span
      write({ span: name, attributes, status, events, id: span.spanContext().spanId, parent: parentSpanContext?.spanId })
    }
    tell(done)
  },
  shutdown: async () => undefined,
}
const numbers = {
  export: ({ scopeMetrics }, tell) => {
    for (const { metrics: each } of scopeMetrics)
      for (const { descriptor, dataPoints } of each) write({ metric: descriptor.name, unit: descriptor.unit, points: dataPoints })
    tell(done)
  },
  selectAggregationTemporality: () => AggregationTemporality.CUMULATIVE,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
}
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }))
metrics.setGlobalMeterProvider(
  new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: numbers, exportIntervalMillis: 250, exportTimeoutMillis: 200 })] }),
)
