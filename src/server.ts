/** The routes of the bot, and nothing else: messages, health, numbers for the operator, card pictures and a few pages. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer as createRestify, plugins, type Next, type Request, type Response, type Server } from 'restify'
import pino from 'pino'
import { imageAt } from './cards/images'
import type { TurnAnswer } from './bot/activity'
import type { Admission, Caller } from './bot/guard'
import { activitySchema, type ReceivedActivity } from './bot/received'
import { pageAt, pagePaths, type PageFacts } from './pages'

/** Activities are small; what is larger, or nested deeper than any card, is no activity. */
const maxBodyBytes = 256 * 1024
const maxDepth = 64
/** Teams and what stands before the bot add some twenty. All headers together may have 16 KB, which is Node's own limit. */
const maxHeaders = 100
/** To send the headers, and after them the body. */
const headersMs = 10_000
const slowestBodyMs = 10_000

export interface ServerParts {
  /** Looks at the token, before anything of the body is read. */
  readonly admit: (authorization: string) => Promise<Admission>
  readonly receive: (activity: ReceivedActivity, caller: Caller) => Promise<TurnAnswer>
  /** What was found last; `problems` name what is not usable, and what does less while the bot is ready. */
  readonly readiness: () => { readonly isReady: boolean; readonly problems: readonly string[] }
  readonly metrics: { readonly read: () => Promise<{ readonly type: string; readonly text: string }>; readonly token: string | undefined }
  /** How long a body may take to arrive. */
  readonly bodyMs?: number
  readonly pageFacts: PageFacts
}

/** On every answer, whatever it is; a page adds to its policy what it needs. */
const securityHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

export const createServer = ({ admit, receive, readiness, metrics, pageFacts, bodyMs = slowestBodyMs }: ServerParts): Server => {
  // restify's own log would hold whole requests, tokens included; what is worth a line is logged where it happens. No name: no banner.
  const server = createRestify({ name: '', log: pino({ level: 'silent' }) as never })
  server.server.maxHeadersCount = maxHeaders
  server.server.headersTimeout = headersMs
  server.server.requestTimeout = headersMs + slowestBodyMs
  server.pre((request, response, next) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    if (!isPacked(request) && (request.method !== 'POST' || isJson(request))) return next()
    response.send(415, { error: 'Send JSON (content-type application/json), uncompressed.' })
    return next(false)
  })
  // restify's own words for what it refuses quote the address that was asked for.
  server.on('restifyError', (_request: Request, _response: Response, error: { readonly statusCode?: number; toJSON?: () => unknown }, done: () => void) => {
    error.toJSON = () => ({ error: refusalFor[error.statusCode ?? 0] ?? 'The request could not be carried out.' })
    done()
  })

  const callers = new WeakMap<Request, Caller>()
  const letIn = async (request: Request, response: Response): Promise<boolean> => {
    const admission = await admit(request.header('authorization') ?? '')
    if ('caller' in admission) {
      callers.set(request, admission.caller)
      cutOff(request, bodyMs)
      return true
    }
    // Its body stays unread, so nothing else can come on this connection.
    response.setHeader('connection', 'close')
    if (admission.refused.status === 503) response.setHeader('retry-after', '5')
    response.send(admission.refused.status, admission.refused.body)
    return false
  }
  const guard = (request: Request, response: Response, next: Next) => void letIn(request, response).then((isIn) => next(isIn ? undefined : false), next)

  server.post('/api/messages', guard, plugins.bodyParser({ maxBodySize: maxBodyBytes, mapParams: false }), async (request: Request, response: Response) => {
    const [caller, activity] = [callers.get(request), isFlat(request.body) ? activitySchema.safeParse(request.body) : undefined]
    const answer =
      caller && activity?.success ? await receive(activity.data, caller) : { status: 400, body: { error: 'The body is not a Bot Framework activity.' } }
    response.send(answer.status, answer.body)
  })
  server.get('/healthz', async (_request: Request, response: Response) => void response.send(200, { status: 'alive' }))
  server.get('/readyz', async (_request: Request, response: Response) => {
    const { isReady, problems } = readiness()
    response.send(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', ...(problems.length > 0 && { problems }) })
  })
  server.get('/metrics', async (request: Request, response: Response) => {
    if (!mayReadMetrics(request, metrics.token))
      return void response.send(401, { error: 'Metrics are for this machine, or for the bearer METRICS_TOKEN.' }, { 'www-authenticate': 'Bearer' })
    const { type, text } = await metrics.read()
    raw(response, type, text)
  })
  server.get('/images/:language/:name', async (request: Request, response: Response) => {
    const image = imageAt(String(request.params.language), String(request.params.name))
    if (image) raw(response, 'image/png', image, { 'cache-control': 'public, max-age=86400' })
    else response.send(404, { error: 'There is no such picture.' })
  })
  for (const path of pagePaths)
    server.get(path, async (request: Request, response: Response) => html(response, pageAt(path, languageHeader(request), pageFacts)))
  return server
}

const refusalFor: Readonly<Record<number, string>> = {
  400: 'The body is not a Bot Framework activity.',
  404: 'There is nothing here.',
  405: 'This address does not take that method.',
  413: 'The body is too big.',
}

/** Who sends a body drop by drop is not waited for. */
const cutOff = (request: Request, ms: number): void => {
  const timer = setTimeout(() => request.complete || request.destroy(), ms).unref()
  request.once('close', () => clearTimeout(timer))
}

/** Looked at without recursion, which is what deep nesting is meant to hurt. */
const isFlat = (body: unknown): boolean => {
  const waiting: (readonly [value: unknown, depth: number])[] = [[body, 1]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, depth] = next
    if (typeof value !== 'object' || value === null) continue
    if (depth > maxDepth) return false
    for (const each of Object.values(value)) waiting.push([each, depth + 1])
  }
  return true
}

const languageHeader = (request: Request) => request.header('accept-language') ?? ''

const loopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/** Behind a proxy on this machine everybody comes from loopback, so what was passed on is not from here. */
const isFromHere = (request: Request) =>
  loopback.includes(request.socket.remoteAddress ?? '') &&
  ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'].every((name) => request.header(name) === undefined)

const digest = (text: string) => createHash('sha256').update(text).digest()

const mayReadMetrics = (request: Request, token: string | undefined): boolean =>
  isFromHere(request) || (token !== undefined && timingSafeEqual(digest(request.header('authorization') ?? ''), digest(`Bearer ${token}`)))

const isJson = (request: Request) => /^application\/(?:[\w.+-]+\+)?json\b/i.test(request.header('content-type') ?? '')

/** Teams compresses nothing. restify would unpack without a limit, and the process would end over a body that is no gzip. */
const isPacked = (request: Request) => request.header('content-encoding') !== undefined

const raw = (response: Response, type: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): void => {
  for (const [name, value] of Object.entries({ 'content-type': type, ...headers })) response.setHeader(name, value)
  response.sendRaw(200, body)
}

const html = (response: Response, page: string): void =>
  raw(response, 'text/html; charset=utf-8', page, { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" })
