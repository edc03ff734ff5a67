/** The bot's HTTP server by itself: what reaches the bot at all, and what its other addresses answer. */
import { restoreHttp } from './support/http-as-it-was'
import { readdirSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { TurnAnswer } from '../src/bot/activity'
import type { Caller } from '../src/bot/guard'
import type { ReceivedActivity } from '../src/bot/received'
import { createServer, type ServerParts } from '../src/server'
import { languages } from '../src/topics'

const received: { readonly activity: ReceivedActivity; readonly caller: Caller }[] = []
/** Every token looked at. */
const shown: string[] = []
let refused: TurnAnswer | undefined
const caller: Caller = { serviceUrl: 'https://smba.trafficmanager.net/emea/', endorsements: ['msteams'] }
const answers: TurnAnswer[] = []
let state: ReturnType<ServerParts['readiness']> = { isReady: true, problems: [] }
const metricsToken = 'a-token-for-metrics'

const server = createServer({
  admit: async (authorization) => {
    shown.push(authorization)
    return refused ? { refused } : { caller }
  },
  receive: async (activity, caller) => {
    received.push({ activity, caller })
    return answers.shift() ?? { status: 200 }
  },
  readiness: () => state,
  metrics: { read: async () => ({ type: 'text/plain; version=0.0.4', text: 'agents_turn_count_total 1\n' }), token: metricsToken },
  bodyMs: 300,
  pageFacts: { retentionDays: 30, keepsFeedbackText: false },
})
let root = ''
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  root = `http://127.0.0.1:${port}`
})
beforeEach(() => {
  received.length = 0
  shown.length = 0
  refused = undefined
  state = { isReady: true, problems: [] }
})
afterAll(async () => {
  server.server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  restoreHttp()
})

const activity = {
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:1kelley', aadObjectId: 'a1f0c3d2-6b7e-4f80-9c11-2d3e4f506172', name: 'Kelley Wall' },
  recipient: { id: '28:bot', name: 'OneTenant' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34' },
  locale: 'en-US',
  text: 'hello',
}

const bytes = (content: Uint8Array) => new Blob([new Uint8Array(content)])

/** Text and bytes go as they are, anything else as JSON. */
const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const raw = typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body)
  const response = await fetch(`${root}/api/messages`, { method: 'POST', body: raw, headers: { 'content-type': 'application/json', ...headers } })
  return { status: response.status, body: await response.text() }
}

describe('an activity', () => {
  test('reaches the bot with its token, and all that Teams put into it', async () => {
    const full = { ...activity, channelData: { anything: [1] }, value: null, entities: [{ type: 'clientInfo', locale: 'fr-FR' }] }
    expect(await post(full, { authorization: 'Bearer abc' })).toEqual({ status: 200, body: '' })
    expect([shown, received]).toEqual([['Bearer abc'], [{ activity: full, caller }]])
  })

  test('is answered as the bot says', async () => {
    answers.push({ status: 418, body: { statusCode: 418, value: 'é' } })
    expect(await post(activity)).toEqual({ status: 418, body: '{"statusCode":418,"value":"é"}' })
  })

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'nothing in places',
      { locale: null, id: null, entities: null, membersAdded: null },
      { locale: undefined, id: undefined, entities: undefined, membersAdded: undefined },
    ],
    ['a number for the tenant', { conversation: { id: 'a:1', tenantId: 5 } }, { conversation: { id: 'a:1', tenantId: undefined } }],
    [
      'a number for the kind of conversation',
      { conversation: { id: 'a:1', conversationType: 9 } },
      { conversation: { id: 'a:1', conversationType: undefined } },
    ],
    ['nothing for the person', { from: { id: '29:x', aadObjectId: null } }, { from: { id: '29:x', aadObjectId: undefined } }],
    ['a list for the name', { name: ['task/fetch'] }, { name: undefined }],
    ['text for the entities', { entities: 'mention' }, { entities: undefined }],
    ['entities that are none among others', { entities: [null, {}, 7, { type: 'clientInfo' }, []] }, { entities: [{ type: 'clientInfo' }] }],
    ['members that are none among others', { membersAdded: ['x', { id: 'a' }, { id: 7 }] }, { membersAdded: [{ id: 'a' }] }],
  ])('with %s is taken without them', async (_name, change, expected) => {
    expect((await post({ ...activity, ...change })).status).toBe(200)
    expect(received[0]?.activity).toMatchObject(expected)
  })

  test('with names that every object has changes no object', async () => {
    const hostile = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(activity).slice(1)}`
    expect((await post(hostile)).status).toBe(200)
    expect(Object(received[0]?.activity).polluted).toBeUndefined()
    expect(Object({}).polluted).toBeUndefined()
  })

  test.each(['[', '{"a":'])('nested a hundred thousand deep (%s) is none, and harms nobody', async (open) => {
    const nested = (depth: number) => `{"value":${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)},${JSON.stringify(activity).slice(1)}`
    expect((await post(nested(open === '[' ? 100_000 : 40_000))).status).toBe(400)
    expect([(await post(nested(64))).status, received]).toEqual([400, []])
    expect((await post(nested(63))).status).toBe(200)
  })
})

describe('what is no activity does not reach the bot', () => {
  const without = (name: string) => Object.fromEntries(Object.entries(activity).filter(([key]) => key !== name))

  test.each<[string, unknown]>([
    ['no type', without('type')],
    ['an empty type', { ...activity, type: '' }],
    ['a type that is a number', { ...activity, type: 7 }],
    ['no channel', without('channelId')],
    ['no service URL', without('serviceUrl')],
    ['a service URL that is an object', { ...activity, serviceUrl: {} }],
    ['no sender', without('from')],
    ['a sender without an id', { ...activity, from: { name: 'Kelley' } }],
    ['no recipient', without('recipient')],
    ['no conversation', without('conversation')],
    ['a conversation without an id', { ...activity, conversation: { id: '' } }],
    ['a conversation that is a list', { ...activity, conversation: ['a:1'] }],
    ['a list of activities', [activity]],
    ['a string', '"hello"'],
    ['a number', '7'],
    ['null', 'null'],
    ['nothing', ''],
    ['broken JSON', '{"type":"message"'],
    ['two activities', JSON.stringify(activity) + JSON.stringify(activity)],
    ['bytes', bytes(Uint8Array.of(0xff, 0xfe, 0x00))],
  ])('%s', async (_name, body) => {
    const answer = await post(body)
    expect(answer.status).toBe(400)
    expect(answer.body).not.toMatch(/Kelley|\bat .*\.js/)
    expect(received).toEqual([])
  })

  test.each([
    ['text/plain'],
    ['text/json'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/octet-stream'],
    ['text/csv'],
    ['json'],
    [''],
  ])('something declared as “%s”', async (type) => {
    expect((await post(activity, { 'content-type': type })).status).toBe(415)
    expect(received).toEqual([])
  })

  test.each([['application/json'], ['application/json; charset=utf-8'], ['APPLICATION/JSON'], ['application/vnd.microsoft.activity+json']])(
    'while %s does',
    async (type) => {
      expect((await post(activity, { 'content-type': type })).status).toBe(200)
      expect(received).toHaveLength(1)
    },
  )
})

describe('bodies that are meant to hurt', () => {
  const limit = 256 * 1024
  const padded = (bytes: number) => {
    const text = JSON.stringify({ ...activity, text: '' })
    return text.replace('"text":""', `"text":"${'x'.repeat(bytes - text.length)}"`)
  }

  test('a body of just the limit is read', async () => {
    expect((await post(padded(limit))).status).toBe(200)
  })

  test.each([
    ['one byte more', () => padded(limit + 1)],
    ['a megabyte that is not even JSON', () => '{'.repeat(1024 * 1024)],
  ])('%s is refused unread', async (_name, body) => {
    expect((await post(body())).status).toBe(413)
    expect(received).toEqual([])
  })

  test('a body that does not say its length is refused as well', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
      const outgoing = httpRequest(`${root}/api/messages`, { method: 'POST', headers }, (response) => resolve(response.resume().statusCode))
      outgoing.on('error', reject)
      for (let kilobyte = 0; kilobyte < 300; kilobyte += 1) outgoing.write('x'.repeat(1024))
      outgoing.end()
    })
    expect(status).toBe(413)
  })

  // A parser that unpacks would hold a thousand times what arrived, or fall over what is not packed at all.
  test.each([
    ['a small body that unpacks to a hundred megabytes', 'gzip', () => bytes(gzipSync(Buffer.alloc(100 * 1024 * 1024, 32)))],
    ['a packed activity', 'gzip', () => bytes(gzipSync(JSON.stringify(activity)))],
    ['a body that only says it is packed', 'gzip', () => JSON.stringify(activity)],
    ['another packing', 'deflate', () => JSON.stringify(activity)],
    ['yet another packing', 'br', () => JSON.stringify(activity)],
  ])('%s is refused, and the server lives', async (_name, encoding, body) => {
    expect((await post(body(), { 'content-encoding': encoding })).status).toBe(415)
    expect(received).toEqual([])
    expect((await fetch(`${root}/healthz`)).status).toBe(200)
  })

  test('so is such a body where none is expected', async () => {
    const status = await new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${root}/healthz`, { method: 'GET', headers: { 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' } }, (response) =>
        resolve(response.resume().statusCode),
      )
      outgoing.on('error', reject).end('not packed')
    })
    expect(status).toBe(415)
    expect((await fetch(`${root}/healthz`)).status).toBe(200)
  })

  test('a caller that goes away in mid-body is not waited for', async () => {
    const socket = connect(port, '127.0.0.1')
    const head = ['POST /api/messages HTTP/1.1', 'Host: bot', 'Content-Type: application/json', 'Content-Length: 5000', '', '']
    await new Promise<void>((resolve) => socket.write(`${head.join('\r\n')}{"type":"mess`, () => resolve()))
    socket.resetAndDestroy()
    expect((await post(activity)).status).toBe(200)
    expect(received).toHaveLength(1)
  })
})

describe('who is not let in', () => {
  /** The head of a request with a body that never comes. */
  const head = ['POST /api/messages HTTP/1.1', 'Host: bot', 'Content-Type: application/json', 'Content-Length: 200000', '', '']
  const raw = (sent: string) =>
    new Promise<string>((resolve, reject) => {
      let answer = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(sent))
      socket.setEncoding('latin1').on('data', (text) => (answer += text))
      socket.on('close', () => resolve(answer)).on('error', reject)
    })

  test('is answered before anything of the body is read, and the connection ends', async () => {
    refused = { status: 401, body: { error: 'No.' } }
    const answer = await raw(head.join('\r\n'))
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
    expect(answer).toMatch(/^connection: close/im)
    expect(answer).toContain('{"error":"No."}')
    expect(received).toEqual([])
  })

  test('is asked to come again where nobody can tell', async () => {
    refused = { status: 503, body: { error: 'Later.' } }
    expect(await raw(head.join('\r\n'))).toMatch(/^retry-after: 5/im)
  })

  test('who is, but sends the body drop by drop, is not waited for', async () => {
    expect(await raw(`${head.join('\r\n')}{"type":`)).toBe('')
    expect(received).toEqual([])
    expect((await post(activity)).status).toBe(200)
  })

  test('nor who sends more headers than there is room for', async () => {
    const answer = await raw([...head.slice(0, 2), `X-Much: ${'x'.repeat(20_000)}`, '', ''].join('\r\n'))
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect([shown, received]).toEqual([[], []])
  })
})

describe('every answer', () => {
  test.each([
    ['GET', '/healthz', 200],
    ['GET', '/secret-of-mine', 404],
    ['DELETE', '/api/messages', 405],
    ['GET', '/privacy', 200],
    ['GET', '/images/en/secret-of-mine.png', 404],
  ])('to %s %s carries headers of safety, no banner, and not what was asked for', async (method, path, status) => {
    const response = await fetch(root + path, { method })
    expect(response.status).toBe(status)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
    })
    for (const banner of ['server', 'x-powered-by']) expect(response.headers.get(banner)).toBeNull()
    expect(await response.text()).not.toMatch(/secret-of-mine|restify|api\/messages/)
  })
})

test.each([
  ['GET', '/api/messages', 405],
  ['PUT', '/api/messages', 405],
  ['DELETE', '/api/messages', 405],
  ['OPTIONS', '/api/messages', 405],
  ['POST', '/healthz', 405],
  ['POST', '/privacy', 405],

  ['GET', '/api', 404],
  ['GET', '/api/messages/', 404],
  ['GET', '/api/scene', 404],
  ['GET', '/.env', 404],
  ['GET', '/package.json', 404],
  ['GET', '/%', 404],
  ['GET', '/images/en/%zz', 404],
  ['GET', '/images/en/..%2f..%2f..%2findex.js', 404],
  ['GET', '/images/..%2f/en', 404],
  ['GET', '/images/en', 404],
  ['GET', '/images/de/tenant-container.png', 404],
  ['GET', '/images/__proto__/constructor', 404],
])('%s %s is %i', async (method, path, status) => {
  const response = await fetch(root + path, {
    method,
    ...(method !== 'GET' && method !== 'OPTIONS' && { body: '{}', headers: { 'content-type': 'application/json' } }),
  })
  expect(response.status).toBe(status)
  expect(await response.text()).not.toMatch(/\bat .*\.[jt]s|node_modules/)
})

describe('health', () => {
  test('the process lives, whatever is not ready', async () => {
    state = { isReady: false, problems: ['STATE_STORE: records cannot be read.'] }
    expect((await fetch(`${root}/healthz`)).status).toBe(200)
  })

  test('ready', async () => {
    const response = await fetch(`${root}/readyz`)
    expect([response.status, await response.json()]).toEqual([200, { status: 'ready' }])
  })

  test('not ready: what is not usable is named', async () => {
    const problems = ['STATE_STORE: records cannot be read.']
    state = { isReady: false, problems }
    const response = await fetch(`${root}/readyz`)
    expect([response.status, await response.json()]).toEqual([503, { status: 'not ready', problems }])
  })

  test('ready, and doing less: that is named too', async () => {
    const problems = ['AZURE_CLIENT_ID: Look-ups cannot sign in.']
    state = { isReady: true, problems }
    const response = await fetch(`${root}/readyz`)
    expect([response.status, await response.json()]).toEqual([200, { status: 'ready', problems }])
  })
})

describe('metrics', () => {
  const get = (headers: Record<string, string> = {}) => fetch(`${root}/metrics`, { headers })

  test('are for this machine', async () => {
    const response = await get()
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/plain; version=0.0.4',
      'agents_turn_count_total 1\n',
    ])
  })

  // Such headers are how a request looks that a proxy on this machine passed on.
  test.each([['x-forwarded-for'], ['forwarded'], ['via'], ['x-forwarded-host']])('and through a proxy (%s) for nobody without the token', async (name) => {
    const passedOn = { [name]: '203.0.113.9' }
    for (const headers of [passedOn, { ...passedOn, authorization: 'Bearer a-token-for-metric' }, { ...passedOn, authorization: metricsToken }]) {
      const response = await get(headers)
      expect([response.status, response.headers.get('www-authenticate'), await response.text()]).toEqual([
        401,
        'Bearer',
        expect.not.stringContaining('agents_turn'),
      ])
    }
    expect((await get({ ...passedOn, authorization: `Bearer ${metricsToken}` })).status).toBe(200)
  })
})

const pictures = languages.flatMap((language) => readdirSync(join(__dirname, '..', 'src', 'cards', 'images', language)).map((name) => ({ language, name })))

test.each(pictures)('the picture $language/$name is served as Teams wants it', async ({ language, name }) => {
  const response = await fetch(`${root}/images/${language}/${name}`, { redirect: 'error' })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png'])
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(bytes.length).toBeLessThan(1024 * 1024)
})

describe('pages', () => {
  test.each([
    ['/', undefined, 'en', 'It lives in Microsoft Teams'],
    ['/', 'fr', 'fr', 'Il vit dans Microsoft Teams'],
    ['/support', 'en', 'en', 'the IT team of your organization'],
    ['/support', 'fr', 'fr', 'service informatique'],
    ['/privacy', 'en', 'en', 'touched for 30 days are forgotten'],
    ['/privacy', 'en', 'en', 'behind a thumb is not kept'],
    ['/privacy', undefined, 'en', 'Privacy'],
    ['/privacy', 'fr', 'fr', 'Confidentialité'],
    ['/privacy', 'fr-CA,fr;q=0.9,en;q=0.8', 'fr', 'Confidentialité'],
    ['/privacy', 'en,fr;q=0.9', 'en', 'Privacy'],
    ['/privacy', 'fro', 'en', 'Privacy'],
    ['/terms', 'de', 'en', 'Terms'],
    ['/terms', 'fr-FR', 'fr', 'Conditions'],
  ])('%s for a browser that asks for %s is in %s', async (path, wanted, language, title) => {
    const response = await fetch(root + path, { headers: wanted === undefined ? {} : { 'accept-language': wanted } })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const page = await response.text()
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(title)
    expect(page).not.toMatch(/\$\{|\{\{|undefined|\[object|<script/)
  })

  test('load nothing from anywhere', async () => {
    expect((await fetch(`${root}/privacy`)).headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
