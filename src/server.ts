/** The routes of the bot, and nothing else: messages, health, card pictures and a few pages. */
import { createServer as createRestify, plugins, type Request, type Response, type Server } from 'restify'
import pino from 'pino'
import { imageAt } from './cards/images'
import type { TurnAnswer } from './bot/activity'
import { activitySchema, type ReceivedActivity } from './bot/received'
import { pageAt, pagePaths, type PageFacts } from './pages'

/** Activities are small; what is larger is no activity. */
const maxBodyBytes = 256 * 1024

export interface ServerParts {
  readonly receive: (activity: ReceivedActivity, authorization: string) => Promise<TurnAnswer>
  /** Names what is not usable; empty when all is well. */
  readonly notReady: () => Promise<readonly string[]>
  readonly pageFacts: PageFacts
}

export const createServer = ({ receive, notReady, pageFacts }: ServerParts): Server => {
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
    const problems = await notReady()
    if (problems.length === 0) response.send(200, { status: 'ready' })
    else response.send(503, { status: 'not ready', problems })
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

const languageHeader = (request: Request) => request.header('accept-language') ?? ''

const isJson = (request: Request) => /^application\/(?:[\w.+-]+\+)?json\b/i.test(request.header('content-type') ?? '')

/** Teams compresses nothing. restify would unpack without a limit, and the process would end over a body that is no gzip. */
const isPacked = (request: Request) => request.header('content-encoding') !== undefined

const raw = (response: Response, type: string, body: string | Buffer, headers: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries({ 'content-type': type, ...headers })) response.setHeader(name, value)
  response.sendRaw(200, body)
}

const html = (response: Response, page: string): void =>
  raw(response, 'text/html; charset=utf-8', page, { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" })
