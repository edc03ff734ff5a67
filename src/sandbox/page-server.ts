import { readFile } from 'node:fs/promises'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { z } from 'zod'
import { armFaults, graphFaults, loginFaults, targetedFaults } from './faults'
import { close, listenOnLoopback } from './listen'
import type { Exchange, SceneEvent } from './protocol'
import type { Sandbox } from './start'
import { NoSuchThing } from './teams'

export interface PageServer {
  /** e.g. `http://127.0.0.1:3979` */
  readonly url: string
  readonly stop: () => Promise<void>
}

const builtPage = join(__dirname, '..', '..', 'dist', 'sandbox', 'page')
const preferredPort = 3979
const largestBody = 256 * 1024
const heartbeatMs = 20_000

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const safety = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const locale = z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i)
const opens = z.object({ person: z.string(), chat: z.string(), locale })
const says = opens.extend({
  thread: z.string().optional(),
  text: z.string().min(1),
  mention: z.boolean(),
  alone: z.boolean().optional(),
  theme: z.string().optional(),
})
const presses = opens.extend({
  message: z.string(),
  action: z.object({
    type: z.enum(['Action.Execute', 'Action.Submit']),
    title: z.string().optional(),
    verb: z.string().optional(),
    data: z.unknown(),
  }),
  inputs: z.record(z.string(), z.string()),
})
const searches = opens.extend({ text: z.string() })
const inserts = opens.extend({ thread: z.string().optional(), from: z.enum(['search', 'dialog']), value: z.unknown() })
const asks = opens.extend({ message: z.string() })
const forgets = z.object({ person: z.string() })
const faultChanges = z
  .object({
    graph: z.enum(graphFaults),
    arm: z.enum(armFaults),
    login: z.enum(loginFaults),
    denied: z.array(z.string()),
    absent: z.array(z.string()),
    targeted: z.enum(targetedFaults),
  })
  .partial()

/** An answer other than 200, with a line for whoever reads it. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

type Call = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))

const readJson = async (request: IncomingMessage): Promise<unknown> => {
  if (!request.headers['content-type']?.startsWith('application/json')) throw new Refused(415, 'JSON only.')
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk
    if (body.length > largestBody) throw new Refused(413, 'Too much.')
  }
  try {
    return JSON.parse(body)
  } catch {
    throw new Refused(400, 'This is not JSON.')
  }
}

const read = async <T>(request: IncomingMessage, shape: z.ZodType<T>): Promise<T> => {
  const { data, error } = shape.safeParse(await readJson(request))
  if (error) throw new Refused(400, z.prettifyError(error))
  return data
}

/** A page of another site, or a name that was rebound to loopback, gets nothing. */
const refuseStrangers = ({ headers }: IncomingMessage, { hostname, host, pathname }: URL) => {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) throw new Refused(403, 'Loopback only.')
  if (!pathname.startsWith('/api/')) return
  const site = headers['sec-fetch-site'] ?? 'same-origin'
  const origin = headers.origin ?? `http://${host}`
  if (!['same-origin', 'none'].includes(site) || origin !== `http://${host}`) throw new Refused(403, 'Same origin only.')
}

const follow = ({ teams }: Sandbox, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  const off = teams.on((event: SceneEvent) => response.write(`data: ${JSON.stringify(event)}\n\n`))
  const heartbeat = setInterval(() => response.write(': \n\n'), heartbeatMs)
  response.on('close', () => {
    off()
    clearInterval(heartbeat)
  })
}

/** Card pictures come through here, as in Teams they come through its image proxy. */
const proxyImage = ({ bot }: Sandbox, response: ServerResponse, path: string) =>
  new Promise<void>((resolve, reject) => {
    if (!/^\/images(\/[\w-]+(\.[\w-]+)*)+$/.test(path)) throw new Refused(400, 'Not a card picture.')
    const onAnswer = (picture: IncomingMessage) => {
      const type = picture.headers['content-type'] ?? ''
      if (picture.statusCode !== 200 || !type.startsWith('image/')) {
        picture.resume()
        return reject(new Refused(404, 'No such picture.'))
      }
      picture.pipe(response.writeHead(200, { 'content-type': type })).on('close', resolve)
    }
    get(bot.url + path, { agent: bot.agent() }, onAnswer).on('error', reject)
  })

const callsOf = (sandbox: Sandbox): Readonly<Record<string, Call>> => ({
  'GET /api/scene': () => sandbox.scene(),
  'GET /api/events': (_, response) => follow(sandbox, response),
  'POST /api/open': async (request) => sandbox.teams.open(await read(request, opens)),
  'POST /api/say': async (request) => sandbox.teams.say(await read(request, says)),
  'POST /api/press': async (request) => sandbox.teams.press(await read(request, presses)),
  'POST /api/search': async (request) => sandbox.teams.search(await read(request, searches)),
  'POST /api/insert': async (request) => sandbox.teams.insert(await read(request, inserts)),
  'POST /api/ask-about': async (request) => sandbox.teams.askAbout(await read(request, asks)),
  ...signInCallsOf(sandbox),
  'GET /api/image': (_, response, url) => proxyImage(sandbox, response, url.searchParams.get('path') ?? ''),
  'GET /api/faults': () => sandbox.faults,
  'POST /api/faults': async (request) => Object.assign(sandbox.faults, await read(request, faultChanges)),
})

/** Of what happened, the page gets what a person in front of Teams sees of it. */
const seen = ({ status, messages }: Exchange): Exchange => ({ status, messages })

const signInCallsOf = ({ teams, consented }: Sandbox): Readonly<Record<string, Call>> => ({
  'POST /api/exchange': async (request) => seen(await teams.exchange(await read(request, opens))),
  'POST /api/consent': async (request) => seen(await teams.consent(await read(request, opens))),
  'POST /api/decline': async (request) => seen(await teams.cancel(await read(request, opens))),
  'POST /api/sign-in': async (request) => seen(await teams.signIn(await read(request, opens))),
  'GET /api/consents': () => [...consented],
  'POST /api/forget-consent': async (request) => {
    const { person } = await read(request, forgets)
    teams.forgetConsent(person)
    return [...consented]
  },
})

/** The folder is flat, so a name without a slash cannot lead out of it. */
const servePage = async (folder: string, response: ServerResponse, path: string) => {
  const name = path === '/' ? 'index.html' : path.slice(1)
  const type = contentTypes[extname(name)]
  const content = /^[\w-]+\.\w+$/.test(name) && type && (await readFile(join(folder, name)).catch(() => undefined))
  if (!content) throw new Refused(404, 'Nothing here.')
  response.writeHead(200, { 'content-type': type }).end(content)
}

const refusalOf = (error: unknown) => {
  if (error instanceof Refused) return error
  return error instanceof NoSuchThing ? new Refused(404, error.message) : new Refused(500, String(error))
}

/** Serves the chat page and its calls on loopback: on port 3979 when it is free, else on another. */
export const startPageServer = async (sandbox: Sandbox, folder = builtPage): Promise<PageServer> => {
  const calls = callsOf(sandbox)
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    refuseStrangers(request, url)
    const call = calls[`${request.method} ${url.pathname}`]
    if (!call && request.method === 'GET') return servePage(folder, response, url.pathname)
    if (!call) throw new Refused(404, 'Nothing here.')
    const answer = await call(request, response, url)
    if (answer !== undefined) json(response, 200, answer)
  }
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(safety)) response.setHeader(name, value)
    serve(request, response).catch((error: unknown) => {
      const { status, message } = refusalOf(error)
      if (response.headersSent) response.destroy()
      else json(response, status, { error: message })
    })
  })
  const port = await listenOnLoopback(server, preferredPort).catch(() => listenOnLoopback(server))
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) }
}
