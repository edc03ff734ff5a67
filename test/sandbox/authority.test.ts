import { createAuthority, type Authority } from '../../src/sandbox/authority'
import type { CloudResponse } from '../../src/sandbox/http'
import { contoso, fabrikam } from '../../src/sandbox/tenants'

const app = { id: '4f1b2c3d-0000-4000-8000-000000000001', secret: 'a secret', tenantId: contoso.id, roles: ['User.Read.All'] }
let authority: Authority

beforeAll(async () => {
  authority = await createAuthority([contoso, fabrikam], [app])
})

const ask = async (method: string, path: string, form: Record<string, string> = {}): Promise<CloudResponse> =>
  authority.handler({
    method,
    url: new URL(path, 'https://login.microsoftonline.com'),
    headers: {},
    body: new URLSearchParams(form).toString(),
  })

const getToken = (form: Record<string, string> = {}, tenant = contoso.id) =>
  ask('POST', `/${tenant}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: app.id,
    client_secret: app.secret,
    scope: 'https://graph.microsoft.com/.default',
    ...form,
  })

const tokenIn = ({ body }: CloudResponse) => String(Object(body).access_token)

test.each([contoso.id, 'contoso.com', 'contoso.onmicrosoft.com', 'CONTOSO.com'])('a tenant is found as %s', async (name) => {
  const { status, body } = await ask('GET', `/${name}/v2.0/.well-known/openid-configuration`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ issuer: `https://login.microsoftonline.com/${contoso.id}/v2.0` })
})

test('another domain leads to another tenant', async () => {
  const { body } = await ask('GET', '/fabrikam.com/v2.0/.well-known/openid-configuration')
  expect(body).toMatchObject({ issuer: expect.stringContaining(fabrikam.id) })
})

test.each(['nobody.example', '00000000-0000-4000-8000-000000000000'])('an unknown tenant (%s) is refused as Entra does', async (name) => {
  const { status, body } = await ask('GET', `/${name}/v2.0/.well-known/openid-configuration`)
  expect(status).toBe(400)
  expect(body).toMatchObject({ error: 'invalid_tenant', error_codes: [90002], trace_id: expect.any(String) })
})

test('a token is good for the audience it was asked for, and for no other', async () => {
  const answer = await getToken()
  expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: expect.any(Number) })
  expect(authority.verify(tokenIn(answer), 'https://graph.microsoft.com')).toMatchObject({
    tid: contoso.id,
    appid: app.id,
    roles: ['User.Read.All'],
  })
  expect(authority.verify(tokenIn(answer), 'https://api.botframework.com')).toBeUndefined()
})

test('a token of another authority is worth nothing here', async () => {
  const other = await createAuthority([contoso], [app])
  expect(other.verify(tokenIn(await getToken()), 'https://graph.microsoft.com')).toBeUndefined()
})

test.each([
  ['wrong secret', { client_secret: 'wrong' }, contoso.id, 401, 'invalid_client'],
  ['unknown app', { client_id: fabrikam.id }, contoso.id, 400, 'unauthorized_client'],
  ['app of another tenant', {}, fabrikam.id, 400, 'unauthorized_client'],
  ['unknown tenant', {}, 'nobody.example', 400, 'invalid_tenant'],
  ['scope that is not .default', { scope: 'User.Read' }, contoso.id, 400, 'invalid_request'],
])('%s gets no token', async (_, form, tenant, status, error) => {
  expect(await getToken(form, tenant)).toMatchObject({ status, body: { error } })
})

test('the key document holds public keys only', async () => {
  const { body } = await ask('GET', `/${contoso.id}/discovery/v2.0/keys`)
  expect(body).toEqual({ keys: [{ kty: 'RSA', n: expect.any(String), e: 'AQAB', kid: expect.any(String), use: 'sig', alg: 'RS256' }] })
})
