/** Who gets a turn: every token that is not the Bot Service's own, through the real server, and the keys behind it when they fail, hang or change. */
import { restoreHttp } from '../support/http-as-it-was'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { createServer as createHttp, type Server as HttpServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import jwt from 'jsonwebtoken'
import pino from 'pino'
import { createGuard } from '../../src/bot/guard'
import { createKeys } from '../../src/bot/keys'
import type { ReceivedActivity } from '../../src/bot/received'
import { createServer } from '../../src/server'
import { readMetrics } from '../../src/telemetry/instruments'

const botId = '11111111-2222-4333-8444-555555555555'
const tenantId = '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34'
const issuer = 'https://api.botframework.com'
const serviceUrl = 'https://smba.trafficmanager.net/emea/'

/** The key endpoint of the Bot Service: what it publishes, and what befalls whoever asks. */
let endpoint: HttpServer
let root = ''
let trouble: 'none' | 'down' | 'hang' | 'nonsense' = 'none'
let published: readonly unknown[] = []
let asked = 0

const keyOf = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), use: 'sig', kid },
    sign: (payload: Readonly<Record<string, unknown>>) =>
      jwt.sign(JSON.parse(JSON.stringify(payload)), privateKey, { algorithm: 'RS256', keyid: kid, noTimestamp: true }),
  }
}
/** `stranger` says that it is the first. */
const [teamsKey, bareKey, nextKey, stranger] = [keyOf('teams'), keyOf('bare'), keyOf('next'), keyOf('teams')]

const listen = async (server: HttpServer) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  endpoint = createHttp(({ url }, response) => {
    asked += 1
    if (trouble === 'hang') return
    response.statusCode = trouble === 'down' ? 503 : 200
    response.setHeader('date', new Date().toUTCString())
    if (trouble === 'nonsense') return void response.end('<html>')
    response.end(JSON.stringify(url === '/openid' ? { issuer, jwks_uri: `${root}/keys` } : { keys: published }))
  })
  root = await listen(endpoint)
})
beforeEach(() => {
  trouble = 'none'
  asked = 0
  published = [{ ...teamsKey.jwk, endorsements: ['msteams', 'webchat'] }, { ...bareKey.jwk }, { kty: 'EC', kid: 'other' }]
})
afterAll(async () => {
  endpoint.closeAllConnections()
  await new Promise((resolve) => endpoint.close(resolve))
  restoreHttp()
})

/** Lines of a log as operators get them. */
const recording = () => {
  const lines: Record<string, unknown>[] = []
  const log = pino({ base: undefined }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  return { log, lines }
}

interface Clock {
  /** Milliseconds that have gone by. */
  ms: number
}

const guarded = ({
  channels = ['msteams'],
  clock = { ms: 0 },
  skewMs = 0,
  readMs = 20_000,
}: { channels?: string[]; clock?: Clock; skewMs?: number; readMs?: number } = {}) => {
  const { log, lines } = recording()
  const now = () => clock.ms
  const keys = createKeys({ metadataUrl: `${root}/openid`, log, now, clock: () => Date.now() + skewMs, readMs })
  const allowed = { tenants: [tenantId], channels, serviceUrls: ['smba.trafficmanager.net', '*.botframework.com'] }
  const guard = createGuard({ bot: { MicrosoftAppType: 'SingleTenant', MicrosoftAppId: botId }, allowed, log, keys, now })
  return { guard, lines, clock }
}

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
const claims = () => ({ iss: issuer, aud: botId, serviceurl: serviceUrl, nbf: inSeconds(-10), exp: inSeconds(600) })
const good = (change: Record<string, unknown> = {}, key = teamsKey) => key.sign({ ...claims(), ...change })

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** What only a bad hand puts together. */
const handMade = (header: Record<string, unknown>, signature = 'AAAA') => `${part({ typ: 'JWT', ...header })}.${part(claims())}.${signature}`

const withHmac = () => {
  const unsigned = handMade({ alg: 'HS256', kid: 'teams' }, '')
  return unsigned + createHmac('sha256', JSON.stringify(teamsKey.jwk)).update(unsigned.slice(0, -1)).digest('base64url')
}

/** As Entra gives to whoever knows the bot's own secret: the Emulator and skills come with such tokens. */
const ofEntra = (version: '1.0' | '2.0') => {
  const iss = version === '1.0' ? `https://sts.windows.net/${tenantId}/` : `https://login.microsoftonline.com/${tenantId}/v2.0`
  return good({ iss, tid: tenantId, ver: version, ...(version === '1.0' ? { appid: botId } : { azp: botId }) })
}

const refusedTokens: readonly (readonly [name: string, kind: string, authorization: () => string])[] = [
  ['none', 'no-token', () => ''],
  ['garbage', 'malformed', () => 'Bearer garbage'],
  ['three parts of garbage', 'malformed', () => 'Bearer a.b.c'],
  ['no scheme', 'malformed', () => good()],
  ['another scheme', 'malformed', () => `Basic ${good()}`],
  ['two of them', 'malformed', () => `Bearer ${good()} ${good()}`],
  ['one that is too long', 'malformed', () => `Bearer ${good({ more: 'x'.repeat(9_000) })}`],
  ['alg none', 'malformed', () => `Bearer ${handMade({ alg: 'none', kid: 'teams' }, '')}`],
  ['alg none with something for a signature', 'algorithm', () => `Bearer ${handMade({ alg: 'none', kid: 'teams' })}`],
  ['HS256 with the public key as its secret', 'algorithm', () => `Bearer ${withHmac()}`],
  ['no key id', 'algorithm', () => `Bearer ${handMade({ alg: 'RS256' })}`],
  ['the key of a stranger under a known id', 'signature', () => `Bearer ${good({}, stranger)}`],
  ['the key of a stranger', 'unknown-key', () => `Bearer ${good({}, nextKey)}`],
  ['other claims than were signed', 'signature', () => `Bearer ${handMade({ alg: 'RS256', kid: 'teams' })}`],
  ['another issuer', 'issuer', () => `Bearer ${good({ iss: 'https://evil.example' })}`],
  ['an Emulator’s token, version 1', 'issuer', () => `Bearer ${ofEntra('1.0')}`],
  ['an Emulator’s or skill’s token, version 2', 'issuer', () => `Bearer ${ofEntra('2.0')}`],
  ['another audience', 'audience', () => `Bearer ${good({ aud: '99999999-2222-4333-8444-555555555555' })}`],
  ['a list of audiences', 'claims', () => `Bearer ${good({ aud: [botId, 'another'] })}`],
  ['expired', 'expired', () => `Bearer ${good({ exp: inSeconds(-600) })}`],
  ['not yet valid', 'early', () => `Bearer ${good({ nbf: inSeconds(600) })}`],
  ['no expiry', 'claims', () => `Bearer ${good({ exp: undefined })}`],
  ['no service address', 'claims', () => `Bearer ${good({ serviceurl: undefined })}`],
]

const activity = {
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:1kelley', aadObjectId: 'a1f0c3d2-6b7e-4f80-9c11-2d3e4f506172', name: 'Kelley Wall' },
  recipient: { id: `28:${botId}`, name: 'OneTenant' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId },
  text: 'a secret of mine',
}

describe('over HTTP', () => {
  let made: ReturnType<typeof guarded>
  const received: ReceivedActivity[] = []
  const server = createServer({
    pageFacts: { retentionDays: 365, keepsFeedbackText: false },
    admit: (authorization) => made.guard.admit(authorization),
    receive: async (sent, caller) => {
      const refused = made.guard.refuse(caller, sent)
      if (!refused) received.push(sent)
      return refused ?? { status: 200 }
    },
    readiness: () => ({ isReady: true, problems: [] }),
    metrics: { read: readMetrics, token: undefined },
  })
  let bot = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    bot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    received.length = 0
    made = guarded({ channels: ['msteams', 'directline'] })
  })
  afterAll(async () => {
    server.server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })

  const post = async (authorization: string, body: unknown = activity) => {
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
    const response = await fetch(`${bot}/api/messages`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: response.status, body: await response.text() }
  }

  test('the Bot Service is believed', async () => {
    expect(await post(`Bearer ${good()}`)).toEqual({ status: 200, body: '' })
    expect([received, made.lines]).toEqual([[activity], []])
  })

  test.each([
    ['a clock that is four minutes behind', { nbf: inSeconds(240) }],
    ['a clock that is four minutes ahead', { exp: inSeconds(-240) }],
    ['a token that does not say from when', { nbf: undefined }],
    ['an application id in capitals', { aud: botId.toUpperCase() }],
  ])('so it is with %s', async (_name, change) => {
    expect((await post(`Bearer ${good(change)}`)).status).toBe(200)
  })

  test.each(refusedTokens)('a token that is %s: 401, nothing of it in the log, one line a minute', async (_name, kind, authorization) => {
    const shown = authorization()
    for (let times = 0; times < 3; times += 1)
      expect(await post(shown)).toEqual({ status: 401, body: '{"error":"This endpoint answers the Bot Service only."}' })
    expect(received).toEqual([])
    expect(made.lines).toEqual([
      expect.objectContaining({
        level: 40,
        kind,
        msg: 'refused a request that is not from the Bot Service',
        cause: expect.any(String),
        fix: expect.any(String),
      }),
    ])
    made.clock.ms += 60_000
    await post(shown)
    expect(made.lines).toEqual([expect.anything(), expect.objectContaining({ kind, more: 2 })])
    const log = JSON.stringify(made.lines)
    for (const secret of ['secret of mine', 'Kelley', tenantId, botId, 'evil.example', ...shown.split(/[ .]/).filter((each) => each.length > 6)])
      expect([secret, log.includes(secret)]).toEqual([secret, false])
  })

  test.each<[name: string, kind: string, status: number, token: () => string, change: Record<string, unknown>]>([
    ['the key of another channel', 'endorsement', 401, () => good(), { channelId: 'directline' }],
    ['a key without a channel', 'endorsement', 401, () => good({}, bareKey), {}],
    ['the Emulator’s channel', 'endorsement', 401, () => good(), { channelId: 'emulator' }],
    ['another service address', 'address', 401, () => good(), { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
    ['a channel that nobody allowed', 'channel', 403, () => good(), { channelId: 'webchat' }],
    ['a host that nobody allowed', 'host', 403, () => good({ serviceurl: 'https://evil.example/' }), { serviceUrl: 'https://evil.example/' }],
    ['no https', 'host', 403, () => good({ serviceurl: 'http://smba.trafficmanager.net/' }), { serviceUrl: 'http://smba.trafficmanager.net/' }],
  ])('a good token with %s is refused', async (_name, kind, status, token, change) => {
    expect((await post(`Bearer ${token()}`, { ...activity, ...change })).status).toBe(status)
    expect([received, made.lines]).toEqual([[], [expect.objectContaining({ kind, cause: expect.any(String), fix: expect.any(String) })]])
    expect(JSON.stringify(made.lines)).not.toMatch(/secret of mine|Kelley|3c7a1f52/)
  })

  test('each of the refused is a number for the operator, whatever the log says of them', async () => {
    const refused = async () => {
      const { text } = await readMetrics()
      return [401, 403, 503].map((status) =>
        Number(new RegExp(`^onetenant_refusal_count_total\\{http_status_code="${status}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0),
      )
    }
    const before = await refused()
    for (let times = 0; times < 3; times += 1) await post('')
    await post(`Bearer ${good()}`, { ...activity, channelId: 'directline' })
    await post(`Bearer ${good()}`, { ...activity, channelId: 'webchat' })
    trouble = 'down'
    made = guarded()
    await post(`Bearer ${good()}`)
    expect((await refused()).map((count, index) => count - (before[index] ?? 0))).toEqual([4, 1, 1])
  })

  test('the token is looked at before the body has come', async () => {
    const port = Number(new URL(bot).port)
    const head = ['POST /api/messages HTTP/1.1', 'Host: bot', 'Content-Type: application/json', 'Content-Length: 200000', '', '']
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(head.join('\r\n')))
      socket.setEncoding('latin1').once('data', (text) => resolve(String(text)))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  })
})

describe('the keys', () => {
  const tokenOf = (key = teamsKey) => `Bearer ${good({}, key)}`
  const statusOf = async ({ guard }: ReturnType<typeof guarded>, key = teamsKey) => {
    const admission = await guard.admit(tokenOf(key))
    return 'refused' in admission ? admission.refused.status : 200
  }

  test('are read once for many', async () => {
    const bot = guarded()
    expect(await Promise.all(Array.from({ length: 50 }, () => statusOf(bot)))).toEqual(Array.from({ length: 50 }, () => 200))
    expect(asked).toBe(2)
  })

  test('that are new are believed within seconds', async () => {
    const bot = guarded()
    expect(await statusOf(bot)).toBe(200)
    bot.clock.ms += 6_000
    published = [{ ...nextKey.jwk, endorsements: ['msteams'] }]
    expect([await statusOf(bot, nextKey), await statusOf(bot)]).toEqual([200, 401])
  })

  test('that do not exist are asked for every few seconds at most', async () => {
    const bot = guarded()
    for (let second = 0; second < 60; second += 1) {
      bot.clock.ms += 1_000
      expect(await statusOf(bot, nextKey)).toBe(401)
    }
    expect(asked).toBeLessThanOrEqual(2 * 12)
  })

  test.each(['down', 'nonsense'] as const)(
    'that were good last are used while the endpoint is %s for a day; what it may have published since is “later”, not “no”',
    async (how) => {
      const bot = guarded()
      expect(await statusOf(bot)).toBe(200)
      trouble = how
      for (let hour = 0; hour < 24; hour += 1) {
        bot.clock.ms += 3_600_000
        expect([await statusOf(bot), await statusOf(bot, nextKey)]).toEqual([200, 503])
      }
      expect(await bot.guard.problem()).toBeUndefined()
      expect(bot.lines[0]).toMatchObject({
        level: 40,
        kind: 'keys',
        known: 2,
        setting: 'ToBotFromChannelOpenIdMetadataUrl',
        cause: expect.any(String),
        fix: expect.any(String),
      })
      trouble = 'none'
      published = [{ ...nextKey.jwk, endorsements: ['msteams'] }]
      bot.clock.ms += 6_000
      expect(await statusOf(bot, nextKey)).toBe(200)
      expect(bot.lines.at(-1)).toMatchObject({ level: 30, msg: 'the keys of the Bot Service can be read again' })
    },
  )

  test('that cannot be read at all: 503, readiness names it, and the next request after it works', async () => {
    trouble = 'down'
    const bot = guarded()
    expect(await statusOf(bot)).toBe(503)
    expect(await bot.guard.problem()).toEqual({
      setting: 'ToBotFromChannelOpenIdMetadataUrl',
      seen: expect.stringMatching(/^No key /),
      fix: expect.stringContaining(new URL(root).host),
    })
    expect(bot.lines).toEqual([expect.objectContaining({ level: 50, cause: 'answered 503', known: 0 })])
    trouble = 'none'
    bot.clock.ms += 5_000
    expect(await statusOf(bot)).toBe(200)
    expect(await bot.guard.problem()).toBeUndefined()
  })

  test('that are not sent are not waited for, by any of a hundred', async () => {
    trouble = 'hang'
    const bot = guarded({ readMs: 2_000 })
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => statusOf(bot))))).toEqual(new Set([503]))
    expect(asked).toBe(1)
    trouble = 'none'
    bot.clock.ms += 5_000
    expect(await statusOf(bot)).toBe(200)
  })

  test('are those of the cloud that the settings name, and so is the issuer', async () => {
    const bot = {
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppId: botId,
      ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
      ToBotFromChannelOpenIdMetadataUrl: `${root}/openid`,
    } as const
    const allowed = { tenants: [tenantId], channels: ['msteams'], serviceUrls: ['*.botframework.azure.us'] }
    const guard = createGuard({ bot, allowed, log: recording().log })
    const ofCloud = await guard.admit(`Bearer ${good({ iss: 'https://api.botframework.us' })}`)
    expect([ofCloud, await guard.admit(`Bearer ${good()}`)]).toMatchObject([{ caller: { serviceUrl } }, { refused: { status: 401 } }])
  })

  test('tell by their answer when the clock of this host is wrong', async () => {
    const bot = guarded({ skewMs: 600_000 })
    await statusOf(bot)
    expect(bot.lines).toEqual([
      expect.objectContaining({
        level: 50,
        kind: 'clock',
        cause: expect.stringMatching(/^it is 60[01] s ahead$/),
        fix: expect.stringContaining('time server'),
      }),
    ])
  })
})

test('six thousand tokens of strangers leave nothing behind', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const { guard, lines } = guarded()
  const stranded = async (from: number) => {
    for (let index = from; index < from + 3_000; index += 1) {
      const tid = `${index}${'x'.repeat(5_000)}`
      const { admit } = guard
      await admit(`Bearer ${part({ alg: 'RS256', kid: `k${index}` })}.${part({ ...claims(), iss: `https://sts.windows.net/${tid}/`, tid })}.AAAA`)
    }
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = await stranded(0)
  expect((await stranded(3_000)) - before).toBeLessThan(5 * 1024 * 1024)
  expect(lines).toHaveLength(1)
  expect(asked).toBe(0)
})
