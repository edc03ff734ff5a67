import { noFaults } from '../../src/sandbox/faults'
import type { CloudResponse } from '../../src/sandbox/http'
import { contoso } from '../../src/sandbox/tenants'
import { createTokenService, type TokenServiceParts } from '../../src/sandbox/token-service'

const botAppId = '4f1b2c3d-0000-4000-8000-000000000001'
const [kelley, tricia] = contoso.people

/** Tokens are words here: `bot`, and `own kelley` for Kelley's. */
const start = (options: Partial<TokenServiceParts> = {}) => {
  const faults = noFaults()
  const consented = new Set(['kelley'])
  const service = createTokenService({
    botAppId,
    faults,
    consented,
    connection: { name: 'entra', gives: 'app' },
    people: contoso.people,
    personToken: ({ key }) => `own ${key}`,
    onBehalfOf: async (token) => `graph for ${token}`,
    verify: (token, aud) => {
      const base = { aud, tid: contoso.id, roles: [] }
      if (token === 'bot') return { ...base, appid: aud === 'https://api.botframework.com' ? botAppId : '' }
      const person = contoso.people.find(({ key }) => token === `own ${key}`)
      return person && aud === botAppId ? { ...base, appid: 'teams', person: { oid: person.objectId, scopes: [] } } : undefined
    },
    ...options,
  })
  const ask = (method: string, path: string, query: Record<string, string> = {}, body: unknown = '', token = 'bot'): Promise<CloudResponse> | CloudResponse => {
    const url = new URL(`https://token.botframework.com/api/${path}?${new URLSearchParams({ channelId: 'msteams', ...query })}`)
    return service.handler({ method, url, headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) })
  }
  const who = { userId: kelley?.teamsId ?? '', connectionName: 'entra' }
  return { service, faults, consented, ask, who }
}
const nobody = { status: 404 }

test('nobody is signed in: 404 without a body', async () => {
  const { ask, who } = start()
  expect(await ask('GET', 'usertoken/GetToken', who)).toEqual(nobody)
})

test('an exchanged token is kept until sign-out', async () => {
  const { ask, who, service } = start()
  const given = { status: 200, body: { channelId: 'msteams', connectionName: 'entra', token: 'own kelley', expiration: expect.any(String) } }
  expect(await ask('POST', 'usertoken/exchange', who, { token: 'own kelley' })).toEqual(given)
  expect(await ask('GET', 'usertoken/GetToken', who)).toEqual(given)
  expect(service.signedIn()).toEqual([kelley?.teamsId])
  expect(await ask('GET', 'usertoken/GetToken', { ...who, userId: tricia?.teamsId ?? '' })).toEqual(nobody)
  expect(await ask('DELETE', 'usertoken/SignOut', who)).toEqual({ status: 204 })
  expect(await ask('GET', 'usertoken/GetToken', who)).toEqual(nobody)
})

test('a connection for Graph gives a token for Graph', async () => {
  const { ask, who } = start({ connection: { name: 'entra', gives: 'graph' } })
  expect(await ask('POST', 'usertoken/exchange', who, { token: 'own kelley' })).toMatchObject({ body: { token: 'graph for own kelley' } })
})

test.each([
  ['the person did not consent', 'tricia', 'own tricia'],
  ['the token is somebody else’s', 'kelley', 'own tricia'],
  ['the token is none', 'kelley', 'nonsense'],
])('%s: no exchange', async (_name, key, token) => {
  const { ask } = start()
  const userId = contoso.people.find((person) => person.key === key)?.teamsId ?? ''
  expect(await ask('POST', 'usertoken/exchange', { userId, connectionName: 'entra' }, { token })).toMatchObject({ status: 400, body: { error: {} } })
  expect(await ask('GET', 'usertoken/GetToken', { userId, connectionName: 'entra' })).toEqual(nobody)
})

test('consent is missing at Entra: no exchange', async () => {
  const { ask, who } = start({ connection: { name: 'entra', gives: 'graph' }, onBehalfOf: async () => undefined })
  expect(await ask('POST', 'usertoken/exchange', who, { token: 'own kelley' })).toMatchObject({ status: 400 })
})

test('the code of the pop-up is good once, for the one who signed in', async () => {
  const { ask, who, service } = start()
  if (!kelley) throw new Error('Contoso has nobody')
  const code = await service.signIn(kelley)
  expect(code).toMatch(/^\d{6}$/)
  expect(await ask('GET', 'usertoken/GetToken', { ...who, code: '000000' })).toEqual(nobody)
  expect(await ask('GET', 'usertoken/GetToken', { ...who, userId: tricia?.teamsId ?? '', code })).toEqual(nobody)
  expect(await ask('GET', 'usertoken/GetToken', { ...who, code })).toMatchObject({ status: 200, body: { token: 'own kelley' } })
  await ask('DELETE', 'usertoken/SignOut', who)
  expect(await ask('GET', 'usertoken/GetToken', { ...who, code })).toEqual(nobody)
})

const stateOf = (connectionName: string) =>
  Buffer.from(JSON.stringify({ connectionName, msAppId: botAppId, conversation: { user: { id: kelley?.teamsId } } })).toString('base64')

test('a sign-in card can be made: link, and what to exchange', async () => {
  const { ask } = start()
  const link = expect.stringMatching(/^https:\/\/token\.botframework\.com\//)
  expect(await ask('GET', 'botsignin/GetSignInResource', { state: stateOf('entra') })).toEqual({
    status: 200,
    body: { signInLink: link, tokenExchangeResource: { id: expect.any(String), uri: `api://botid-${botAppId}`, providerId: expect.any(String) } },
  })
  expect(await ask('GET', 'botsignin/GetSignInUrl', { state: stateOf('entra') })).toEqual({ status: 200, body: link })
  expect(await ask('GET', 'botsignin/GetSignInResource', { state: stateOf('another') })).toMatchObject({ status: 400 })
})

test('it answers to the bot only, and knows one connection', async () => {
  const { ask, who } = start()
  expect(await ask('GET', 'usertoken/GetToken', who, '', 'own kelley')).toMatchObject({ status: 401 })
  expect(await ask('GET', 'usertoken/GetToken', { ...who, connectionName: 'another' })).toMatchObject({ status: 400 })
  expect(await ask('GET', 'usertoken/GetTokenStatus', who)).toMatchObject({ body: [{ hasToken: false, connectionName: 'entra' }] })
})

test.each([
  ['down', 503],
  ['throttled', 429],
] as const)('sign-in is %s', async (fault, status) => {
  const { ask, who, faults } = start()
  faults.login = fault
  expect(await ask('GET', 'usertoken/GetToken', who)).toMatchObject({ status })
})
