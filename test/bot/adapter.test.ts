/** Turns of the real bot, one by one and at once: whom it believes, and in which order it answers. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import {
  activities,
  callsTo,
  conversation,
  eventually,
  findAction,
  logOf,
  startSandbox,
  type Conversation,
  type Reply,
  type Sandbox,
  startSteps,
} from '../support/harness'

let sandbox: Sandbox
const folder = mkdtempSync(join(tmpdir(), 'own-token-'))
const ownTokenFile = join(folder, 'token')

beforeAll(async () => {
  sandbox = await startSandbox({ script: join(__dirname, 'bot-and-own-token.cjs'), env: { OWN_TOKEN_FILE: ownTokenFile } })
  await Promise.all(['kelley', 'tricia', 'jane', 'guest'].map((person) => conversation(sandbox, { person }).open()))
})
afterEach(() => void (sandbox.faults.graph = 'fine'))
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await sandbox.stop()
})

const serviceUrl = 'https://smba.trafficmanager.net/emea/'
const contoso = '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34'
const fabrikam = '8d1b6e40-57c2-4f3a-a6b9-0c4d8e2f7a15'
const objectIds = { kelley: 'a1f0c3d2-6b7e-4f80-9c11-2d3e4f506172', guest: 'd403f6e5-9ea1-4cb3-af44-506172839405' }

/** What Teams posts, changed as wanted; by default Kelley's "hello" in her own chat. */
const activity = (change: Record<string, unknown> = {}, person: keyof typeof objectIds = 'kelley', tenantId = contoso) => ({
  type: 'message',
  id: randomUUID(),
  channelId: 'msteams',
  serviceUrl,
  from: { id: `29:1${person}`, aadObjectId: objectIds[person] },
  recipient: { id: '28:4f1b2c3d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', name: 'OneTenant' },
  conversation: { id: `a:personal-${person}`, conversationType: 'personal', tenantId },
  locale: 'en-US',
  text: 'hello',
  ...change,
})
const execute = (data: unknown) => ({ type: 'invoke', name: 'adaptiveCard/action', text: undefined, value: { action: { type: 'Action.Execute', data } } })
const sent = () => sandbox.teams.messages().filter(({ from }) => from === 'bot').length

describe('whom it believes', () => {
  const ownToken = () => readFileSync(ownTokenFile, 'utf8')
  const unsigned = () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const [header = '', claims = ''] = sandbox.botToken({ serviceUrl }).split('.')
    const { kid } = z.object({ kid: z.string() }).parse(JSON.parse(Buffer.from(header, 'base64url').toString()))
    return `${part({ alg: 'none', typ: 'JWT', kid })}.${claims}.`
  }

  test('not who shows a token of the bot’s own app, though its signature is Entra’s', async () => {
    expect(ownToken()).toMatch(/^eyJ/)
    const before = sent()
    for (const channelId of ['msteams', 'emulator']) {
      const { status, body } = await sandbox.teams.post(activity({ channelId }), { token: ownToken() })
      expect([status, body]).toEqual([401, { error: 'This endpoint answers the Bot Service only.' }])
    }
    expect(sent()).toBe(before)
  })

  test.each<[string, () => { token?: string | null; headers?: Record<string, string> }]>([
    ['a token nobody signed', () => ({ token: unsigned() })],
    ['a token that was changed', () => ({ token: sandbox.botToken({ serviceUrl }).replace(/\.[\w-]{4}/, '.eyJh') })],
    ['an empty token', () => ({ token: '' })],
    ['a good token called Basic', () => ({ token: null, headers: { authorization: `Basic ${sandbox.botToken({ serviceUrl })}` } })],
    ['a good token called nothing', () => ({ token: null, headers: { authorization: sandbox.botToken({ serviceUrl }) } })],
    ['two tokens', () => ({ token: `${sandbox.botToken({ serviceUrl })} ${sandbox.botToken({ serviceUrl })}` })],
  ])('not who shows %s', async (_name, options) => {
    const before = sent()
    const { status, body } = await sandbox.teams.post(activity(), options())
    expect([status, body]).toEqual([401, { error: 'This endpoint answers the Bot Service only.' }])
    expect(sent()).toBe(before)
    expect(sandbox.bot.logs.filter((line) => !line.startsWith('{'))).toEqual([])
  })

  test.each([
    ['a connector of somebody else', { serviceUrl: 'https://connector.evil.example/' }],
    ['a host that only begins like a connector', { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' }],
    ['a host that only ends like a connector', { serviceUrl: 'https://evil-smba.trafficmanager.net/emea/' }],
    ['a connector named where a password stands', { serviceUrl: 'https://smba.trafficmanager.net@evil.example/' }],
    ['a connector without encryption', { serviceUrl: 'http://smba.trafficmanager.net/emea/' }],
    ['no address at all', { serviceUrl: 'smba' }],
  ])('with a good token, not who comes by %s', async (_name, change) => {
    const [before, asked] = [sent(), callsTo(sandbox, 'connector').length]
    const given = { ...activity(), ...change }
    const { status, body } = await sandbox.teams.post(given, { token: sandbox.botToken({ serviceUrl: given.serviceUrl }) })
    expect([status, body]).toEqual([403, { error: 'This bot does not answer here.' }])
    expect([sent(), callsTo(sandbox, 'connector').length]).toEqual([before, asked])
  })

  test.each(['webchat', 'emulator', 'MSTEAMS'])('not with a key that the Bot Service keeps for Teams, who says they come by %s', async (channelId) => {
    const before = sent()
    expect((await sandbox.teams.post(activity({ channelId }))).status).toBe(401)
    expect(sent()).toBe(before)
  })

  test('not who comes by a channel that the operator did not allow', async () => {
    const elsewhere = await startSandbox({ env: { ALLOWED_CHANNELS: 'webchat' } })
    try {
      const { status, body } = await elsewhere.teams.post(activity())
      expect([status, body]).toEqual([403, { error: 'This bot does not answer here.' }])
      expect(elsewhere.teams.messages()).toEqual([])
      await eventually(() => logOf(elsewhere).find(({ setting }) => setting === 'ALLOWED_CHANNELS'), 'the line that names the setting')
    } finally {
      await elsewhere.stop()
    }
  })

  test.each([
    ['a message', {}],
    ['a press', execute({ verb: 'topic', topic: 'check-role', lang: 'fr' })],
  ])('of another tenant it tells %s one line, looks nothing up and keeps nothing', async (_name, change) => {
    const [before, asked] = [sent(), callsTo(sandbox, 'graph').length]
    const { status, body } = await sandbox.teams.post(activity({ text: 'quel est mon rôle ?', ...change }, 'guest', fabrikam))
    expect(status).toBe(200)
    const [said] = sandbox.teams.messages().slice(-1)
    expect(JSON.stringify(body ?? said?.cards)).toContain('pour une autre organisation')
    expect(sent() - before).toBe(body ? 0 : 1)
    expect(callsTo(sandbox, 'graph')).toHaveLength(asked)
  })

  test('a stranger that installs or removes the app hears nothing', async () => {
    const before = sent()
    for (const action of ['add', 'remove'])
      expect((await sandbox.teams.post(activity({ type: 'installationUpdate', action }, 'guest', fabrikam))).status).toBe(200)
    expect(sent()).toBe(before)
  })
})

describe('invokes', () => {
  test.each([['task/fetch'], ['composeExtension/onCardButtonClicked'], ['signin/verifyState'], ['signin/failure'], ['__proto__'], [undefined], [7]])(
    '%s is answered at once and changes nothing',
    async (name) => {
      const before = sent()
      expect(await sandbox.teams.post(activity({ type: 'invoke', name, value: { verb: 'forget-me-yes', lang: 'en' } }))).toEqual({
        status: 200,
        body: undefined,
      })
      expect(sent()).toBe(before)
    },
  )

  test('a press that Teams sends again is told how things stand now, and moves nothing', async () => {
    const guest = conversation(sandbox, { person: 'guest' })
    const { card } = await begin(guest)
    const invoke = activity(execute(findAction([card], 'Done, next')?.data), 'guest')
    const first = await sandbox.teams.post(invoke)
    expect(JSON.stringify(first.body)).toContain('Step 2 of 6')
    expect((await guest.say('next')).text).toContain('Step 3 of 6')
    expect(JSON.stringify((await sandbox.teams.post(invoke)).body)).toContain('Step 3 of 6')
    expect((await guest.say('which step am I on?')).text).toContain('Step 3 of 6')
  })
})

const begin = async (who: Conversation): Promise<Reply> => {
  await who.say('we have microsoft 365 and want azure')
  const started = await startSteps(who, 'web')
  return started.text.includes('Step 1 of 6') ? started : who.say('start the guide again')
}

describe('order', () => {
  test('words said at once are each applied, once', async () => {
    const tricia = conversation(sandbox, { person: 'tricia' })
    await begin(tricia)
    const replies = await Promise.all([tricia.say('next'), tricia.say('next'), tricia.say('next'), tricia.say('next')])
    expect(replies.every(({ status }) => status === 200)).toBe(true)
    expect((await tricia.say('which step am I on?')).text).toContain('Step 5 of 6')
  })

  test('one person’s turns wait for each other, another person’s do not', async () => {
    const [kelley, jane] = [conversation(sandbox), conversation(sandbox, { person: 'jane' })]
    sandbox.faults.graph = 'slow'
    let typing = false
    const off = sandbox.teams.on((event) => (typing ||= event.kind === 'typing' && event.chat === 'personal-kelley'))
    const ended: string[] = []
    const end = (name: string) => () => void ended.push(name)
    const slow = kelley.say('what is my role?').finally(end('the look-up'))
    await eventually(() => typing, 'the sign that the look-up is under way')
    const quick = kelley.say('thanks').finally(end('what was said after it'))
    await jane.say('thanks').finally(end('somebody else'))
    await Promise.all([slow, quick])
    off()
    expect(ended).toEqual(['somebody else', 'the look-up', 'what was said after it'])
  })
})

describe('coming and going in a group', () => {
  test('taking the bot out of a group forgets nobody', async () => {
    const jane = conversation(sandbox, { person: 'jane' })
    await begin(jane)
    await sandbox.teams.deliver({ person: 'jane', chat: 'group', locale: 'en-US' }, (setting) => activities.installation(setting, 'remove'))
    expect((await jane.say('which step am I on?')).text).toContain('Step 1 of 6')
  })
})
