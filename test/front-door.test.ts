/** What the bot lets in, over HTTP, and how it turns the rest away. */
import { randomUUID } from 'node:crypto'
import { activities, conversation, logOf, startSandbox, type Sandbox, startSteps } from './support/harness'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
  await conversation(sandbox).open()
})
afterAll(() => sandbox.stop())

const serviceUrl = 'https://smba.trafficmanager.net/emea/'
const kelley = { person: 'kelley', chat: 'personal-kelley', locale: 'en-US' }

/** A message of Kelley's as Teams posts it, changed as wanted. */
const message = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'message',
  id: randomUUID(),
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:1kelley-wall', aadObjectId: 'a1f0c3d2-6b7e-4f80-9c11-2d3e4f506172', name: 'Kelley Wall' },
  recipient: { id: '28:4f1b2c3d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', name: 'OneTenant' },
  conversation: { id: 'a:personal-kelley', conversationType: 'personal', tenantId: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34' },
  locale: 'en-US',
  text: 'hello',
  ...change,
})

const sent = () => sandbox.teams.messages().filter(({ from }) => from === 'bot').length

const get = (path: string, init: RequestInit = {}) => fetch(`${sandbox.bot.url}${path}`, init)

describe('tokens', () => {
  const refused = [
    ['none', null],
    ['garbage', 'not.a.token'],
    ['signed by a stranger', () => sandbox.botToken({ serviceUrl, key: 'stranger' })],
    ['expired', () => sandbox.botToken({ serviceUrl, seconds: -3_600 })],
    ['for another bot', () => sandbox.botToken({ serviceUrl, audience: randomUUID() })],
    ['of another issuer', () => sandbox.botToken({ serviceUrl, issuer: 'https://sts.windows.net/x/' })],
    ['for another service', () => sandbox.botToken({ serviceUrl: 'https://smba.trafficmanager.net/amer/' })],
  ] as const

  test.each(refused)('%s: refused in general words, and no turn runs', async (_name, given) => {
    const before = sent()
    const { status, body } = await sandbox.teams.post(message(), { token: typeof given === 'function' ? given() : given })
    expect({ status, body }).toEqual({ status: 401, body: { error: 'This endpoint answers the Bot Service only.' } })
    expect(sent()).toBe(before)
  })

  test('a good one gets an answer', async () => {
    const before = sent()
    expect(await sandbox.teams.post(message())).toMatchObject({ status: 200 })
    expect(sent()).toBe(before + 1)
  })
})

describe('guards', () => {
  test.each([
    ['another channel', { channelId: 'webchat' }],
    ['a service that is no connector', { serviceUrl: 'https://connector.evil.example/' }],
    ['a service that only looks like one', { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' }],
    ['a service without encryption', { serviceUrl: 'http://smba.trafficmanager.net/emea/' }],
  ])('%s is refused', async (_name, change) => {
    const { status } = await sandbox.teams.post(message(change))
    expect([401, 403]).toContain(status)
    expect(logOf(sandbox).some(({ msg }) => /refused/.test(String(msg)))).toBe(true)
  })

  test('people of another tenant get one neutral line and nothing else', async () => {
    const tenantId = '8d1b6e40-57c2-4f3a-a6b9-0c4d8e2f7a15'
    const before = sandbox.teams.messages().length
    const conversationOfOthers = { id: 'a:personal-kelley', conversationType: 'personal', tenantId }
    expect((await sandbox.teams.post(message({ conversation: conversationOfOthers, text: 'what is my role?' }))).status).toBe(200)
    const [answer, ...more] = sandbox.teams.messages().slice(before)
    expect(more).toEqual([])
    expect(JSON.stringify(answer?.cards)).toContain('set up for another organization')
    expect(JSON.stringify(answer?.cards)).not.toContain('Administrator')
  })
})

describe('bodies', () => {
  test.each([
    ['JSON that is broken', '{"type":"message"', 400],
    ['an array', '[]', 400],
    ['a string', '"hello"', 400],
    ['an activity without a type', { ...message(), type: undefined }, 400],
    ['an activity without a conversation', { ...message(), conversation: undefined }, 400],
    ['an activity whose sender is a number', { ...message(), from: { id: 7 } }, 400],
    ['more than 256 KB', { ...message(), text: 'x'.repeat(300 * 1024) }, 413],
  ])('%s', async (_name, body, status) => {
    expect((await sandbox.teams.post(body)).status).toBe(status)
  })

  test('anything but JSON is refused before it is read', async () => {
    const { status } = await sandbox.teams.post(message(), { headers: { 'content-type': 'text/plain' } })
    expect(status).toBe(415)
  })

  test('other methods and addresses', async () => {
    expect((await get('/api/messages')).status).toBe(405)
    expect((await get('/api/other')).status).toBe(404)
    expect((await get('/metrics-of-others')).status).toBe(404)
    expect((await get('/images/en/../../config.js')).status).toBe(404)
  })
})

describe('activities that ask nothing', () => {
  test.each([
    ['an unknown type', { type: 'somethingNew' }],
    ['typing', { type: 'typing' }],
    ['the end of a conversation', { type: 'endOfConversation' }],
    ['a renamed team', { type: 'conversationUpdate', text: undefined, channelData: { eventType: 'teamRenamed' } }],
  ])('%s is taken quietly', async (_name, change) => {
    const before = sent()
    expect((await sandbox.teams.post(message(change))).status).toBe(200)
    expect(sent()).toBe(before)
  })

  test('reactions, edits and deletions are taken quietly', async () => {
    const before = sent()
    for (const build of [activities.reaction, activities.edit, activities.softDelete] as const)
      expect((await sandbox.teams.deliver(kelley, (setting) => build(setting, '123', 'like'))).status).toBe(200)
    expect(sent()).toBe(before)
  })

  test('an unknown invoke gets its answer', async () => {
    expect((await sandbox.teams.post(message({ type: 'invoke', name: 'task/fetch', value: {} }))).status).toBe(200)
  })
})

describe('presses from outside', () => {
  const press = (value: unknown) => sandbox.teams.post(message({ type: 'invoke', name: 'adaptiveCard/action', text: undefined, value }))
  const done = { verb: 'done', topic: 'azure-for-m365', run: 'x', rev: 1, lang: 'en' }

  test.each([
    ['no value', undefined],
    ['no action', {}],
    ['no data', { action: { type: 'Action.Execute' } }],
    ['text for data', { action: { type: 'Action.Execute', data: 'done' } }],
    ['an unknown verb', { action: { type: 'Action.Execute', data: { ...done, verb: 'format-disk' } } }],
    ['an unknown topic', { action: { type: 'Action.Execute', data: { ...done, topic: '__proto__' } } }],
    ['fields of its own', { action: { type: 'Action.Execute', data: { ...done, role: 'global-administrator' } } }],
    ['a role claimed', { action: { type: 'Action.Execute', data: { verb: 'proceed', lang: 'en', isAdmin: true } } }],
  ])('%s: whoever pressed it is told in words, never with a failure, and the card stays', async (_name, value) => {
    const { status, body } = await press(value)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringContaining('another version of me, so I did nothing'),
    })
  })

  test('a run of nobody: answered kindly with a card, never with a failure', async () => {
    const { status, body } = await press({ action: { type: 'Action.Execute', data: done } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } })
  })
})

describe('repeats and order', () => {
  test('the same message twice at once and once more later is answered once', async () => {
    const before = sent()
    const repeated = message({ text: 'what is a tenant' })
    await Promise.all([sandbox.teams.post(repeated), sandbox.teams.post(repeated)])
    await sandbox.teams.post(repeated)
    expect(sent()).toBe(before + 1)
  })

  test('a repeated press gets the first answer again, and moves the guide once', async () => {
    const tricia = conversation(sandbox, { person: 'tricia' })
    await tricia.say('we have microsoft 365 and want azure')
    const step = await startSteps(tricia, 'web')
    const action = step.card as { actions: { title: string; data: unknown }[] }
    const data = action.actions.find(({ title }) => title === 'Done, next')?.data
    const invoke = message({
      type: 'invoke',
      name: 'adaptiveCard/action',
      text: undefined,
      from: { id: '29:1tricia', aadObjectId: 'b2e1d4c3-7c8f-4a91-8d22-3e4f50617283' },
      conversation: { id: 'a:personal-tricia', conversationType: 'personal', tenantId: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34' },
      value: { action: { type: 'Action.Execute', data } },
    })
    const [first, second] = await Promise.all([sandbox.teams.post(invoke), sandbox.teams.post(invoke)])
    expect(first).toEqual(second)
    expect(JSON.stringify(first)).toContain('Step 2 of 6')
    expect((await tricia.say('which step am I on?')).text).toContain('Step 2 of 6')
  })

  test('ten presses of one old button at once move the guide by one step', async () => {
    const jane = conversation(sandbox, { person: 'jane' })
    await jane.say('we have microsoft 365 and want azure')
    const { messages } = await startSteps(jane, 'web')
    const [on] = messages
    if (!on) throw new Error('no card')
    const replies = await Promise.all(Array.from({ length: 10 }, () => jane.press('Done, next', { on })))
    expect(replies.every(({ status }) => status === 200)).toBe(true)
    expect((await jane.say('which step am I on?')).text).toContain('Step 2 of 6')
  })

  test('a stale press shows where the person is now, and says so', async () => {
    const jane = conversation(sandbox, { person: 'jane' })
    const old = structuredClone((await jane.say('which step am I on?')).messages[0])
    await jane.say('next')
    if (!old) throw new Error('no card')
    const reply = await jane.press('Done, next', { on: old })
    expect(reply.text).toContain('Step 3 of 6')
    expect(reply.text).toContain('from an earlier moment')
  })
})

describe('coming and going', () => {
  test('removing the app and adding it again greets anew, in the language that was chosen; an upgrade does not greet again', async () => {
    const guest = conversation(sandbox, { person: 'guest' })
    const spot = { person: 'guest', chat: 'personal-guest', locale: 'en-US' }
    expect((await guest.open()).messages).toHaveLength(1)
    await guest.say('en français')
    expect((await sandbox.teams.deliver(spot, (setting) => activities.installation(setting, 'add-upgrade'))).messages).toEqual([])
    await sandbox.teams.deliver(spot, (setting) => activities.installation(setting, 'remove'))
    const again = await sandbox.teams.deliver(spot, (setting) => activities.installation(setting, 'add'))
    expect(again.messages).toHaveLength(1)
    expect(JSON.stringify(again.messages)).toContain('Un seul locataire pour Microsoft 365 et Azure')
  })
})

describe('other addresses', () => {
  test('health, readiness, pictures and pages', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'alive' })
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' })
    const picture = await get('/images/fr/tenant-container.png')
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await get('/images/de/tenant-container.png')).status).toBe(404)
    expect(await (await get('/privacy')).text()).toContain('<html lang="en">')
    expect(await (await get('/privacy', { headers: { 'accept-language': 'fr-CA,fr;q=0.9' } })).text()).toContain('Confidentialité')
    expect(await (await get('/')).text()).toContain('OneTenant is a bot in Microsoft Teams')
    expect((await get('/support')).status).toBe(200)
    expect(await (await get('/terms', { headers: { 'accept-language': 'fr' } })).text()).toContain('<html lang="fr">')
  })
})

test('after all this the log holds no token, no message text and no name', () => {
  const log = sandbox.bot.logs.join('\n')
  expect(log).not.toMatch(/eyJ[\w-]{10,}\./)
  for (const secret of ['Kelley', 'Tricia', 'what is a tenant', 'a1f0c3d2-6b7e', '3c7a1f52-8e0b', '29:1', 'contoso']) expect(log).not.toContain(secret)
})
