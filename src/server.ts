/** The routes of the bot, and nothing else: messages, health, numbers for the operator, card pictures and two pages. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer as createRestify, plugins, type Request, type Response, type Server } from 'restify'
import pino from 'pino'
import { imageAt } from './cards/images'
import type { TurnAnswer } from './bot/activity'
import { activitySchema, type ReceivedActivity } from './bot/received'
import { privacyPage, termsPage } from './pages'

/** Activities are small; what is larger is no activity. */
const maxBodyBytes = 256 * 1024

export interface ServerParts {
  readonly receive: (activity: ReceivedActivity, authorization: string) => Promise<TurnAnswer>
  /** What was found last; `problems` name what is not usable, and what does less while the bot is ready. */
  readonly readiness: () => { readonly isReady: boolean; readonly problems: readonly string[] }
  readonly metrics: { readonly read: () => Promise<{ readonly type: string; readonly text: string }>; readonly token: string | undefined }
}

export const createServer = ({ receive, readiness, metrics }: ServerParts): Server => {
  // restify's own log would hold whole requests, tokens included; what is worth a line is logged where it happens.
  const server = createRestify({ name: 'OneTenant', log: pino({ level: 'silent' }) as never })
  server.pre((request, response, next) => {
    if (!isPacked(request) && (request.method !== 'POST' || isJson(request))) return next()
    response.send(415, { error: 'Send JSON (content-type application/json), uncompressed.' })
    return next(false)
  })
  server.use(plugins.bodyParser({ maxBodySize: maxBodyBytes, mapParams: false }))

  server.post('/api/messages', async (request: Request, response: Response) => {
    const activity = activitySchema.safeParse(request.body)
    const answer = activity.success
      ? await receive(activity.data, request.header('authorization') ?? '')
      : { status: 400, body: { error: 'The body is not a Bot Framework activity.' } }
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
  server.get('/privacy', async (request: Request, response: Response) => html(response, privacyPage(languageHeader(request))))
  server.get('/terms', async (request: Request, response: Response) => html(response, termsPage(languageHeader(request))))
  return server
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
  raw(response, 'text/html; charset=utf-8', page, { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" })
