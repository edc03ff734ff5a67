import { type Sandbox, startSandbox } from '../../src/sandbox/start'
import { contoso } from '../../src/sandbox/tenants'
import { ask, probe } from './probe'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ script: probe })
})
afterAll(() => sandbox.stop())

const openId = 'https://login.microsoftonline.com/contoso.com/v2.0/.well-known/openid-configuration'

test.each(['fetch', 'https'])('%s reaches the cloud by its real address', async (what) => {
  expect(await ask(sandbox, what, openId)).toBe(200)
  expect(sandbox.wires.at(-1)).toMatchObject({ to: 'login', path: '/contoso.com/v2.0/.well-known/openid-configuration', status: 200 })
})

test('a bare TLS connection trusts the cloud', async () => {
  expect(await ask(sandbox, 'tls', 'graph.microsoft.com')).toBe('connected')
})

test('the identity library and the Graph client work on their default addresses', async () => {
  const kelley = contoso.people.find(({ key }) => key === 'kelley')
  expect(await ask(sandbox, 'role', kelley?.objectId ?? '')).toMatchObject({ value: ['62e90394-69f5-4237-9190-012177145e10'] })
  expect(sandbox.wires.slice(-2)).toMatchObject([
    { to: 'login', method: 'POST' },
    { to: 'graph', method: 'POST' },
  ])
})

test('no secret and no token is on the wire record', async () => {
  await ask(sandbox, 'role', contoso.people[0]?.objectId ?? '')
  const { MicrosoftAppPassword } = Object(await ask(sandbox, 'env'))
  const record = JSON.stringify(sandbox.wires)
  expect(record).toContain('"client_secret":"…"')
  expect(record).not.toContain(MicrosoftAppPassword)
  expect(record).not.toMatch(/eyJ[\w-]+\./)
})

test('the token store answers at its own address, and to the bot only', async () => {
  expect(await ask(sandbox, 'fetch', 'https://token.botframework.com/api/usertoken/GetToken?userId=x&connectionName=entra')).toBe(401)
})

test.each([
  ['fetch', 'http://example.com/'],
  ['tcp', '203.0.113.9', '25'],
  ['tcp', 'example.com', '80'],
  ['tcpByOptions', '203.0.113.9', '8443'],
])('%s to %s is refused', async (what, ...where) => {
  expect(await ask(sandbox, what, ...where)).toBe('ECONNREFUSED')
})

test('another host on the usual TLS port is not taken for Microsoft', async () => {
  expect(await ask(sandbox, 'fetch', 'https://example.com/')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
})

test('loopback is left alone', async () => {
  const { port } = new URL(sandbox.bot.url)
  expect(await ask(sandbox, 'tcp', '127.0.0.1', port)).toBe('connected')
})
