/** The look-alike of the token store against the library the bot asks it with. */
import { UserTokenClientImpl } from 'botframework-connector/lib/auth/userTokenClientImpl'
import type { Activity } from 'botframework-schema'
import { noFaults } from '../../src/sandbox/faults'
import { contoso } from '../../src/sandbox/tenants'
import { createTokenService, type TokenService } from '../../src/sandbox/token-service'
import { startLoopback, type Loopback } from '../directory/loopback'

const host = 'token.botframework.com'
const appId = '4f1b2c3d-0000-4000-8000-000000000001'
const [kelley] = contoso.people
const user = kelley?.teamsId ?? ''
const faults = noFaults()
const consented = new Set<string>()
let cloud: Loopback
let service: TokenService

beforeAll(async () => {
  cloud = await startLoopback([host])
  service = createTokenService({
    botAppId: appId,
    faults,
    consented,
    connection: { name: 'entra', gives: 'app' },
    people: contoso.people,
    personToken: () => 'own',
    onBehalfOf: async () => undefined,
    verify: (token, aud) =>
      token === 'bot'
        ? { aud, tid: contoso.id, appid: appId, roles: [] }
        : { aud, tid: contoso.id, appid: '', roles: [], person: { oid: kelley?.objectId ?? '', scopes: [] } },
  })
  cloud.serve(host, service.handler)
})
afterAll(() => cloud.stop())

const client = () =>
  new UserTokenClientImpl(appId, { signRequest: async (request) => (request.headers.set('authorization', 'Bearer bot'), request) }, `https://${host}`)

test('nobody is signed in', async () => {
  expect(await client().getUserToken(user, 'entra', 'msteams', '')).toBeUndefined()
})

test('consent, exchange, token, sign-out', async () => {
  const tokens = client()
  const exchange = () => tokens.exchangeToken(user, 'entra', 'msteams', { token: 'own' })
  // A refusal comes as an answer without a token, not as an error.
  expect(await exchange()).not.toHaveProperty('token')
  consented.add('kelley')
  expect(await exchange()).toMatchObject({ token: 'own', connectionName: 'entra' })
  expect(await tokens.getUserToken(user, 'entra', 'msteams', '')).toMatchObject({ token: 'own' })
  expect(await tokens.getTokenStatus(user, 'msteams', '')).toMatchObject([{ hasToken: true }])
  await tokens.signOutUser(user, 'entra', 'msteams')
  expect(await tokens.getUserToken(user, 'entra', 'msteams', '')).toBeUndefined()
})

test('the code of the pop-up', async () => {
  if (!kelley) throw new Error('Contoso has nobody')
  const code = await service.signIn(kelley)
  expect(await client().getUserToken(user, 'entra', 'msteams', code)).toMatchObject({ token: 'own' })
})

test('what a sign-in card is made of', async () => {
  const activity: Partial<Activity> = { type: 'message', channelId: 'msteams', from: { id: user, name: '' }, recipient: { id: 'bot', name: '' } }
  const made = await client().getSignInResource('entra', Object.assign({ conversation: {} }, activity) as Activity, '')
  expect(made).toMatchObject({ signInLink: expect.stringContaining(host), tokenExchangeResource: { uri: `api://botid-${appId}` } })
})

test('the store is down: the library says so', async () => {
  faults.login = 'down'
  await expect(client().getUserToken(user, 'entra', 'msteams', '')).rejects.toThrow()
  faults.login = 'fine'
})
