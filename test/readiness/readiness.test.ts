/** `/readyz` tells what the checks found last: by itself as functions with a clock of the test, and of a bot whose settings or cloud are wrong. */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pino from 'pino'
import { createKeys } from '../../src/bot/keys'
import { keysCheck } from '../../src/readiness/keys-check'
import { lookUpsCheck } from '../../src/readiness/look-ups-check'
import { broken, createReadiness, fine, unknown, type Check, type Found } from '../../src/readiness/readiness'
import { storeCheck } from '../../src/readiness/store-check'
import { memoryStore } from '../../src/runs/memory-store'
import { createProbe } from '../../src/runs/probe'
import { createSecrets } from '../../src/runs/record-keys'
import type { Store } from '../../src/runs/store'
import { settings, startLoopback, type Loopback } from '../directory/loopback'
import { startSandbox, type Sandbox } from '../support/harness'

type Line = Readonly<Record<string, unknown>>

const recordingLog = () => {
  const lines: Line[] = []
  const log = pino({ base: undefined, timestamp: false }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  return { log, lines }
}

describe('of checks', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }))
  afterEach(() => void jest.useRealTimers())

  const full = broken('STATE_STORE', 'It is full.', 'Make room.')
  const silent = unknown('STATE_STORE', 'It says nothing.', 'Wait.')

  /** A check that finds these in turn, and the last one ever after. */
  const checking = (found: readonly (Found | 'hangs' | 'throws')[], about: Partial<Check> = {}) => {
    let times = 0
    const check: Check = {
      name: 'store',
      setting: 'STATE_STORE',
      isVital: true,
      everyMs: 30_000,
      look: () => {
        const now = found[Math.min(times, found.length - 1)] ?? fine
        times += 1
        if (now === 'hangs') return new Promise<never>(() => {})
        return now === 'throws' ? Promise.reject(new RangeError('quoting somebody')) : Promise.resolve(now)
      },
      ...about,
    }
    const { log, lines } = recordingLog()
    const readiness = createReadiness([check], log)
    readiness.start()
    return { ...readiness, lines, times: () => times }
  }
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms)

  test('nothing is ready before it was looked at, and asking looks at nothing', async () => {
    const { state, times } = checking([fine])
    expect(state()).toEqual({ isReady: false, problems: [expect.stringMatching(/^STATE_STORE: .*has not been made yet/)] })
    await pass(0)
    for (let asked = 0; asked < 100; asked += 1) expect(state()).toEqual({ isReady: true, problems: [] })
    expect(times()).toBe(1)
    await pass(30_000)
    expect(times()).toBe(2)
  })

  test('what breaks is named with its fix, said once, and looked at again sooner; what heals is ready again', async () => {
    const { state, lines } = checking([fine, full, full, fine])
    await pass(30_000)
    expect(state()).toEqual({ isReady: false, problems: ['STATE_STORE: It is full. Fix: Make room.'] })
    await pass(1_000)
    expect(lines).toEqual([{ level: 50, check: 'store', setting: 'STATE_STORE', cause: 'It is full.', fix: 'Make room.', msg: expect.any(String) }])
    await pass(2_000)
    expect(state()).toEqual({ isReady: true, problems: [] })
    expect(lines.at(-1)).toEqual({ level: 30, check: 'store', msg: 'a check is fine again' })
  })

  test('what cannot be found out holds what was fine for a while, and not for ever', async () => {
    const { state } = checking([fine, silent])
    await pass(30_000)
    expect(state().isReady).toBe(true)
    await pass(50 * 60_000)
    expect(state()).toEqual({ isReady: false, problems: ['STATE_STORE: It says nothing. Fix: Wait.'] })
  })

  test('what stays wrong is looked at less and less often, down to twice a minute', async () => {
    const { times } = checking([full], { everyMs: 3_600_000 })
    await pass(60_000)
    expect(times()).toBe(6)
    await pass(10 * 60_000)
    expect(times()).toBeLessThanOrEqual(27)
  })

  test('what could never be found out is not ready', async () => {
    const { state } = checking([silent])
    await pass(0)
    expect(state().isReady).toBe(false)
  })

  test.each(['hangs', 'throws'] as const)('a check that %s is unknown, and made again', async (how) => {
    const { state, times, lines } = checking([how, fine])
    expect(times()).toBe(1)
    await pass(10_000)
    expect(times()).toBe(2)
    expect(state()).toEqual({ isReady: true, problems: [] })
    expect(JSON.stringify(lines)).not.toContain('quoting')
  })

  test('what only adds something is named while the bot stays ready', async () => {
    const { state, lines } = checking([full], { isVital: false, firstMs: 1_000 })
    expect(state()).toEqual({ isReady: true, problems: [] })
    await pass(1_000)
    expect(state()).toEqual({ isReady: true, problems: ['STATE_STORE: It is full. Fix: Make room.'] })
    expect(lines).toMatchObject([{ level: 40 }])
  })

  test('a bot that stops is not ready, and looks at nothing any more', async () => {
    const { state, drain, times } = checking([fine])
    await pass(0)
    void drain()
    expect(state()).toEqual({ isReady: false, problems: ['The process is stopping.'] })
    await pass(10 * 60_000)
    expect(times()).toBe(1)
  })
})

describe('of a store', () => {
  const check = (change: Partial<Store> = {}) => {
    const store = { ...memoryStore(), ...change }
    return storeCheck(createProbe(store, createSecrets(store, ['a'.repeat(32)])))
  }
  const refuse = () => Promise.reject(new Error('no space left on device'))

  test('that can be written and read', async () => {
    const { look } = check()
    expect([await look(), await look()]).toEqual([fine, fine])
  })

  test.each<[string, Partial<Store>, string]>([
    ['cannot be written', { put: refuse }, 'cannot be read or written'],
    ['cannot be read', { get: refuse }, 'cannot be read or written'],
    ['loses what it was given', { put: async () => 'an etag' }, 'does not come back'],
  ])('that %s', async (_what, change, seen) => {
    expect(await check(change).look()).toMatchObject({ kind: 'broken', trouble: { setting: 'STATE_STORE', seen: expect.stringContaining(seen) } })
  })
})

test('keys that nobody can read are unknown, not refused', async () => {
  const server: Server = createServer((_request, response) => response.writeHead(503).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { problem } = createKeys({ metadataUrl: `http://127.0.0.1:${port}/keys`, log: recordingLog().log })
  const found = await keysCheck(problem).look()
  server.close()
  expect(found).toMatchObject({ kind: 'unknown', trouble: { setting: 'ToBotFromChannelOpenIdMetadataUrl', fix: expect.stringContaining('127.0.0.1') } })
})

describe('of look-ups', () => {
  let cloud: Loopback
  beforeAll(async () => {
    cloud = await startLoopback()
  })
  afterAll(() => cloud.stop())
  const check = (change: object = {}) => lookUpsCheck({ ...settings, ca: cloud.ca, ...change }).look()

  test('they can sign in', async () => {
    expect(await check()).toEqual(fine)
  })

  test('a wrong secret is told from a cloud that is down', async () => {
    expect(await check({ identity: { kind: 'secret', secret: 'wrong' } })).toMatchObject({
      kind: 'broken',
      trouble: { setting: 'AZURE_CLIENT_ID', seen: expect.stringContaining('AADSTS7000215'), fix: expect.stringContaining('not its id') },
    })
    cloud.faults.login = 'down'
    expect(await check()).toMatchObject({ kind: 'unknown', trouble: { fix: expect.not.stringContaining('secret') } })
    cloud.faults.login = 'fine'
  })
})

describe('of a bot', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox()
  })
  afterAll(() => sandbox.stop())

  test('that is well: ready, and nothing to say', async () => {
    const response = await fetch(`${sandbox.bot.url}/readyz`)
    expect([response.status, await response.json()]).toEqual([200, { status: 'ready' }])
  })

  test.each([
    ['a wrong secret', { MicrosoftAppPassword: 'wrong-from-the-start' }, /MicrosoftAppId: .*AADSTS7000215.*copy its value, not its id/],
    ['an app id of nobody', { MicrosoftAppId: '11111111-2222-4333-8444-555555555555' }, /MicrosoftAppId: .*AADSTS700016.*check the application id/],
  ])('%s: not ready, in /readyz and once in the log, with setting and fix and nothing of the secret', async (_what, change, expected) => {
    const { lines } = await sandbox.run(join(__dirname, 'bot-that-tells.cjs'), { ...change, STATE_STORE: 'memory:' })
    const told = lines.find((line) => line.startsWith('READYZ '))
    expect(told).toMatch(/^READYZ 503 /)
    expect(told).toMatch(expected)
    expect(told).not.toMatch(/STATE_STORE|OpenIdMetadata/)
    const logged = lines.filter((line) => line.includes('"check":"bot-credential"'))
    expect(logged).toEqual([expect.stringMatching(/"level":50.*"setting":"MicrosoftAppId","cause":".*AADSTS.*"fix":"/)])
    expect(lines.join()).not.toContain('wrong-from-the-start')
  })
})
