import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type PageServer, startPageServer } from '../../src/sandbox/page-server'
import { type Sandbox, startSandbox } from '../../src/sandbox/start'
import { languages } from '../../src/topics'
import { probe, signInBot } from './probe'

const folder = mkdtempSync(join(tmpdir(), 'page-'))
let sandbox: Sandbox
let page: PageServer

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<title>the page</title>')
  writeFileSync(join(folder, 'page.js'), 'start()')
  writeFileSync(join(folder, 'notes.txt'), 'not for the page')
  sandbox = await startSandbox({ script: probe })
  page = await startPageServer(sandbox, folder)
})
afterAll(async () => {
  await page.stop()
  await sandbox.stop()
  rmSync(folder, { recursive: true })
})

interface Asked {
  readonly headers?: Record<string, string>
  readonly body?: unknown
  readonly method?: string
}

/** Not `fetch`, which would not let a test lie about where it comes from and would tidy up paths. */
const ask = (path: string, { headers = {}, body, method = body === undefined ? 'GET' : 'POST' }: Asked = {}) =>
  new Promise<{ status: number | undefined; type: string | undefined; csp: unknown; body: string }>((resolve, reject) => {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const outgoing = request(page.url, { path, method, agent: false, headers: { ...type, ...headers } }, (response) => {
      const { 'content-type': contentType, 'content-security-policy': csp } = response.headers
      text(response).then((read) => resolve({ status: response.statusCode, type: contentType, csp, body: read }), reject)
    })
    outgoing.on('error', reject).end(typeof body === 'string' ? body : JSON.stringify(body))
  })

const mine = { person: 'kelley', chat: 'personal-kelley', locale: 'fr-FR' }

test('the page and its parts are served with their types and a policy that lets in nothing foreign', async () => {
  expect(await ask('/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8', body: '<title>the page</title>' })
  const { status, type, csp } = await ask('/page.js')
  expect([status, type]).toEqual([200, 'text/javascript; charset=utf-8'])
  expect(csp).toContain("default-src 'none'; script-src 'self'")
  expect(csp).not.toMatch(/https?:|unsafe|\*/)
})

test.each(['/nothing.js', '/notes.txt', '/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/sub/page.js', '/api/nothing'])(
  '%s is not there',
  async (path) => expect(await ask(path)).toMatchObject({ status: 404 }),
)

test('the scene shows who and what there is', async () => {
  const scene = JSON.parse((await ask('/api/scene')).body)
  expect(scene).toMatchObject({
    bot: { name: 'OneTenant' },
    organization: 'Contoso',
    people: expect.arrayContaining([
      { key: 'kelley', name: 'Kelley Wall', about: 'Global Administrator at Contoso', account: 'admin@contoso.onmicrosoft.com' },
    ]),
    chats: expect.arrayContaining([
      expect.objectContaining({ key: 'personal-kelley', place: 'personal' }),
      expect.objectContaining({ key: 'channel', place: 'channel' }),
    ]),
    tries: Object.fromEntries(languages.map((language) => [language, expect.any(Array)])),
  })
  expect(JSON.stringify(scene)).not.toContain('objectId')
})

test('what is opened, said and pressed reaches the bot', async () => {
  expect(await ask('/api/open', { body: mine })).toMatchObject({ status: 200, body: '{"status":200,"messages":[]}' })
  expect(await ask('/api/say', { body: { ...mine, text: 'bonjour', mention: false } })).toMatchObject({ status: 200 })
  const message = sandbox.teams.messages().at(-1)?.id
  const action = { type: 'Action.Execute', title: 'Go', verb: 'next', data: { step: 1 } }
  expect(await ask('/api/press', { body: { ...mine, message, action, inputs: {} } })).toMatchObject({ status: 200 })
  expect(sandbox.wires.filter(({ to }) => to === 'bot').map(({ request: activity }) => Object(activity).type)).toEqual([
    'installationUpdate',
    'conversationUpdate',
    'message',
    'invoke',
  ])
})

test.each([
  ['/api/say', { ...mine, text: '', mention: false }, 400],
  ['/api/say', { ...mine, text: 'hi' }, 400],
  ['/api/say', { ...mine, locale: 'not a language', text: 'hi', mention: false }, 400],
  ['/api/press', { ...mine, message: '1', action: { type: 'Action.OpenUrl' }, inputs: {} }, 400],
  ['/api/faults', { graph: 'on fire' }, 400],
  ['/api/say', '{"person":', 400],
  ['/api/open', { ...mine, person: 'nobody' }, 404],
  ['/api/exchange', { person: 'kelley', chat: 'personal-kelley' }, 400],
  ['/api/exchange', mine, 404],
  ['/api/consent', { ...mine, chat: 'personal-jane' }, 404],
  ['/api/sign-in', { ...mine, person: 'nobody' }, 404],
  ['/api/decline', { ...mine, chat: 'nowhere' }, 404],
  ['/api/forget-consent', {}, 400],
  ['/api/forget-consent', { person: 'nobody' }, 404],
  ['/api/open', { ...mine, chat: 'personal-jane' }, 404],
  ['/api/say', { ...mine, text: 'x'.repeat(300_000), mention: false }, 413],
])('%s refuses %j with %i', async (path, body, status) => {
  expect(await ask(path, { body })).toMatchObject({ status })
})

test('a form of another page cannot post', async () => {
  const headers = { 'content-type': 'text/plain' }
  expect(await ask('/api/open', { body: mine, headers })).toMatchObject({ status: 415 })
})

test.each([
  ['another host name', { host: 'rebound.example' }],
  ['another site', { origin: 'https://elsewhere.example' }],
  ['another site, as browsers say it', { 'sec-fetch-site': 'cross-site' }],
])('%s gets nothing', async (_, headers) => {
  expect(await ask('/api/scene', { headers })).toMatchObject({ status: 403 })
  expect(await ask('/api/open', { body: mine, headers })).toMatchObject({ status: 403 })
})

test('the page itself is not for other host names either', async () => {
  expect(await ask('/', { headers: { host: 'rebound.example' } })).toMatchObject({ status: 403 })
})

test('faults are shown and changed one by one', async () => {
  const fine = { graph: 'fine', arm: 'fine', login: 'fine', denied: [], absent: [], targeted: 'fine' }
  expect(JSON.parse((await ask('/api/faults')).body)).toEqual(fine)
  const changed = { ...fine, graph: 'throttled' }
  expect(JSON.parse((await ask('/api/faults', { body: { graph: 'throttled' } })).body)).toEqual(changed)
  expect(sandbox.faults).toEqual(changed)
  await ask('/api/faults', { body: { denied: ['User.Read.All'] } })
  expect(sandbox.faults).toEqual({ ...changed, denied: ['User.Read.All'] })
})

test('pictures of the bot come through, nothing else of it does', async () => {
  expect(await ask('/api/image?path=/images/fr/dot.png')).toMatchObject({ status: 200, type: 'image/png', body: '/images/fr/dot.png' })
  expect(await ask('/api/image?path=/images/no-picture')).toMatchObject({ status: 404 })
  for (const path of ['/readyz', '/images/../readyz', '/images/..', '/images//x', '//example.com/images/x.png', ''])
    expect(await ask(`/api/image?path=${encodeURIComponent(path)}`)).toMatchObject({ status: 400 })
})

test('events arrive as they happen', async () => {
  const stop = new AbortController()
  const response = await fetch(`${page.url}/api/events`, { signal: stop.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  await sandbox.teams.say({ ...mine, text: 'à tous', mention: false })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toMatch(/^data: \{"kind":"message","message":\{.*"text":"à tous".*\}\n\n/)
  stop.abort()
})

test('a second page takes another port', async () => {
  const second = await startPageServer(sandbox, folder)
  expect(second.url).not.toBe(page.url)
  await second.stop()
})

describe('signing in', () => {
  let signing: Sandbox
  let pageOf: PageServer

  beforeAll(async () => {
    signing = await startSandbox({ script: signInBot, singleSignOn: 'app' })
    pageOf = await startPageServer(signing, folder)
  })
  afterAll(async () => {
    await pageOf.stop()
    await signing.stop()
  })

  const tricia = { person: 'tricia', chat: 'personal-tricia', locale: 'fr-FR' }
  const call = async (path: string, body?: unknown) => {
    const post = body !== undefined && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return (await fetch(pageOf.url + path, post || {})).json()
  }
  const showCard = () => call('/api/say', { ...tricia, text: 'quel est mon rôle ?', mention: false })
  const newestCard = () => signing.teams.messages().findLast(({ signIn }) => signIn)?.signIn

  test('the token is offered, consented to, offered again; the second card needs no question', async () => {
    await showCard()
    expect(newestCard()).toMatchObject({ text: 'I look up your role as you.', exchange: { id: expect.any(String) } })
    expect(await call('/api/exchange', tricia)).toEqual({ status: 412, messages: [] })
    expect(await call('/api/consents')).toEqual([])
    expect(await call('/api/consent', tricia)).toMatchObject({ status: 200, messages: [{ text: 'Vous voilà.' }] })
    expect(await call('/api/consents')).toEqual(['tricia'])
    expect(newestCard()).toMatchObject({ done: true })
    await showCard()
    expect(newestCard()).not.toHaveProperty('done')
    expect(await call('/api/exchange', tricia)).toMatchObject({ status: 200, messages: [{ text: 'Vous voilà.' }] })
  })

  test('consent is forgotten, and the token with it', async () => {
    expect(signing.tokens.signedIn()).toHaveLength(1)
    expect(await call('/api/forget-consent', { person: 'tricia' })).toEqual([])
    expect(signing.tokens.signedIn()).toEqual([])
    await showCard()
    expect(await call('/api/exchange', tricia)).toMatchObject({ status: 412 })
  })

  test('the window is closed, or signed in in', async () => {
    expect(await call('/api/decline', tricia)).toMatchObject({ status: 200, messages: [{ text: 'Alors sans connexion.' }] })
    expect(await call('/api/sign-in', tricia)).toMatchObject({ status: 200, messages: [{ text: 'Vous voilà.' }] })
    expect(signing.tokens.signedIn()).toHaveLength(1)
  })

  test('no token reaches the page', async () => {
    const all = JSON.stringify([await call('/api/scene'), signing.wires])
    expect(all).toContain('signin/tokenExchange')
    expect(all).not.toMatch(/eyJ[\w-]+\.eyJ/)
  })
})
