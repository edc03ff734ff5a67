import { createAuthority, type Authority } from '../../src/sandbox/authority'
import { noFaults } from '../../src/sandbox/faults'
import type { CloudResponse } from '../../src/sandbox/http'
import { registrationOf } from '../../src/sandbox/registration'
import { contoso, fabrikam, tenants } from '../../src/sandbox/tenants'

const app = registrationOf('4f1b2c3d-0000-4000-8000-000000000001', 'a secret', contoso.id)
const graph = 'https://graph.microsoft.com'
const arm = 'https://management.azure.com'
const [kelley] = contoso.people
const faults = noFaults()
let authority: Authority

beforeAll(async () => {
  authority = await createAuthority(tenants, [app], faults)
})
afterEach(() => void Object.assign(faults, noFaults()))

const tokenOf = (options: Partial<Parameters<Authority['personToken']>[0]> = {}) => {
  if (!kelley) throw new Error('Contoso has nobody')
  return authority.personToken({ tenant: contoso, person: kelley, appId: app.id, ...options })
}
const exchange = async (form: Record<string, string> = {}, tenant = contoso.id): Promise<CloudResponse> =>
  authority.handler({
    method: 'POST',
    url: new URL(`/${tenant}/oauth2/v2.0/token`, 'https://login.microsoftonline.com'),
    headers: {},
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      client_id: app.id,
      client_secret: app.secret,
      assertion: tokenOf(),
      scope: `${graph}/.default openid profile offline_access`,
      ...form,
    }).toString(),
  })
const tokenIn = ({ body }: CloudResponse) => String(Object(body).access_token)

test.each([1, 2] as const)('a person’s token (version %i) is exchanged for one for Graph, with what was consented to', async (version) => {
  const answer = await exchange({ assertion: tokenOf({ version }) })
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: expect.stringContaining(`${graph}/User.Read `) } })
  expect(authority.verify(tokenIn(answer), graph)).toEqual({
    aud: graph,
    tid: contoso.id,
    appid: app.id,
    roles: [],
    person: { oid: kelley?.objectId, scopes: app.delegated?.[graph] },
  })
})

test('Azure is a resource of its own', async () => {
  const answer = await exchange({ scope: `${arm}/user_impersonation` })
  expect(authority.verify(tokenIn(answer), arm)?.person?.scopes).toEqual(['user_impersonation'])
  expect(authority.verify(tokenIn(answer), graph)).toBeUndefined()
})

test('what nobody consented to is not in the token', async () => {
  faults.denied = ['RoleManagement.Read.Directory']
  expect(authority.verify(tokenIn(await exchange()), graph)?.person?.scopes).not.toContain('RoleManagement.Read.Directory')
})

const consentRequired = {
  status: 400,
  body: { error: 'interaction_required', error_codes: [65001], suberror: 'consent_required', error_description: expect.stringMatching(/^AADSTS65001: /) },
}
test('a permission that was not consented to takes consent', async () => {
  expect(await exchange({ scope: `${graph}/Mail.Read` })).toMatchObject(consentRequired)
  faults.denied = ['user_impersonation']
  expect(await exchange({ scope: `${arm}/.default` })).toMatchObject(consentRequired)
})

test.each([
  [
    'an app’s token',
    async () => ({
      assertion: tokenIn(
        await authority.handler({
          method: 'POST',
          url: new URL(`https://login.microsoftonline.com/${contoso.id}/oauth2/v2.0/token`),
          headers: {},
          body: new URLSearchParams({ grant_type: 'client_credentials', client_id: app.id, client_secret: app.secret, scope: `${app.id}/.default` }).toString(),
        }),
      ),
    }),
    'invalid_grant',
    50013,
  ],
  ['a token for another app', () => ({ assertion: tokenOf({ appId: fabrikam.id }) }), 'invalid_grant', 50013],
  ['a token of another tenant', () => ({ assertion: tokenOf({ tenant: fabrikam }) }), 'invalid_grant', 50013],
  ['a token that is over', () => ({ assertion: tokenOf({ seconds: -60 }) }), 'invalid_grant', 500133],
  ['a token nobody signed', () => ({ assertion: `${tokenOf().slice(0, -20)}${'A'.repeat(20)}` }), 'invalid_grant', 50013],
  ['no token', () => ({ assertion: '' }), 'invalid_grant', 50013],
  ['a wrong secret', () => ({ client_secret: 'guessed' }), 'invalid_client', 7000215],
  ['two resources', () => ({ scope: `${graph}/.default ${arm}/.default` }), 'invalid_resource', 500011],
  ['a resource nobody knows', () => ({ scope: 'https://elsewhere.example/.default' }), 'invalid_resource', 500011],
  ['another use', () => ({ requested_token_use: 'something' }), 'invalid_request', 900144],
])('%s is refused', async (_name, makeForm, error, code) => {
  expect(await exchange(await makeForm())).toMatchObject({ body: { error, error_codes: [code] } })
})

test('an app that the tenant did not let in is refused', async () => {
  expect(await exchange({ assertion: tokenOf({ tenant: fabrikam }) }, fabrikam.id)).toMatchObject({ body: { error: 'unauthorized_client' } })
})

test('nobody else’s authority is believed', async () => {
  const other = await createAuthority(tenants, [app])
  const assertion = kelley && other.personToken({ tenant: contoso, person: kelley, appId: app.id })
  expect(await exchange({ assertion: assertion ?? '' })).toMatchObject({ body: { error: 'invalid_grant' } })
})

test.each([
  ['throttled', 429, 'temporarily_unavailable'],
  ['down', 503, 'temporarily_unavailable'],
  ['policy', 400, 'interaction_required'],
] as const)('sign-in is %s; the bot’s own token for Teams is not touched', async (fault, status, error) => {
  faults.login = fault
  expect(await exchange()).toMatchObject({ status, body: { error } })
  expect(await exchange({ grant_type: 'client_credentials', scope: `${graph}/.default` })).toMatchObject({ status })
  expect(await exchange({ grant_type: 'client_credentials', scope: 'https://api.botframework.com/.default' })).toMatchObject({ status: 200 })
})
