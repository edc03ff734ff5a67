import { noFaults, type Claims, type Faults } from '../../src/sandbox/faults'
import { createGraph } from '../../src/sandbox/graph'
import type { CloudResponse } from '../../src/sandbox/http'
import { contoso, fabrikam } from '../../src/sandbox/tenants'

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const billingAdministrator = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'
const [kelley, tricia, jane] = contoso.people
const graph = 'https://graph.microsoft.com'

interface Asked {
  readonly method?: string
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly roles?: readonly string[]
  readonly tid?: string
  readonly faults?: Partial<Faults>
}

const ask = async (path: string, asked: Asked = {}): Promise<CloudResponse> => {
  const { method = 'GET', token = 'good', headers = {}, body, roles = ['Directory.Read.All'], tid = contoso.id } = asked
  const claims: Claims = { aud: graph, tid, appid: 'app', roles }
  const cloud = {
    verify: (given: string, audience: string) => (given === 'good' && audience === graph ? claims : undefined),
    faults: { ...noFaults(), ...asked.faults },
  }
  const authorization: Record<string, string> = token === 'none' ? {} : { authorization: `Bearer ${token}` }
  return createGraph(cloud)({
    method,
    url: new URL(path, graph),
    headers: { ...authorization, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
  })
}

const membership = (id: string | undefined, body: unknown, asked: Asked = {}) => ask(`/v1.0/users/${id}/checkMemberObjects`, { method: 'POST', body, ...asked })

describe('checkMemberObjects', () => {
  it.each([
    [kelley, [globalAdministrator, billingAdministrator], [globalAdministrator]],
    [tricia, [globalAdministrator, billingAdministrator], [billingAdministrator]],
    [jane, [globalAdministrator, billingAdministrator], []],
  ])('answers with those of the ids that $key has', async (person, ids, value) => {
    expect(await membership(person?.objectId, { ids })).toMatchObject({
      status: 200,
      body: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)', value },
    })
  })

  it('takes 20 ids and no more', async () => {
    const ids = Array.from({ length: 21 }, () => globalAdministrator)
    expect((await membership(kelley?.objectId, { ids: ids.slice(1) })).status).toBe(200)
    expect(await membership(kelley?.objectId, { ids })).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } })
  })

  it.each([
    ['nothing', ''],
    ['half a document', '{"ids":'],
    ['no ids', {}],
    ['an empty list', { ids: [] }],
    ['numbers', { ids: [1] }],
    ['null', { ids: null }],
  ])('refuses %s', async (_name, body) => {
    expect(await membership(kelley?.objectId, body)).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } })
  })

  it('does not know strangers, nor people of another tenant', async () => {
    const notFound = { status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }
    expect(await membership('01234567-89ab-4cde-8f01-23456789abcd', { ids: [globalAdministrator] })).toMatchObject(notFound)
    expect(await membership(kelley?.objectId, { ids: [globalAdministrator] }, { tid: fabrikam.id })).toMatchObject(notFound)
  })
})

describe('who may ask', () => {
  const unauthorized = { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } }
  it.each([
    ['no token', { token: 'none' }],
    ['a bad token', { token: 'bad' }],
    ['another scheme', { token: 'none', headers: { authorization: 'Basic good' } }],
    ['a token of a tenant that is not here', { tid: '01234567-89ab-4cde-8f01-23456789abcd' }],
  ])('not with %s', async (_name, asked) => {
    expect(await ask('/v1.0/organization', asked)).toMatchObject(unauthorized)
  })

  it('not with a token for another audience', async () => {
    expect(await ask('https://management.azure.com/v1.0/organization')).toMatchObject(unauthorized)
  })

  it.each([
    ['/v1.0/organization', 'User.Read.All', 403],
    ['/v1.0/organization', 'Organization.Read.All', 200],
    [`/v1.0/users/${kelley?.objectId}`, 'Organization.Read.All', 403],
    [`/v1.0/users/${kelley?.objectId}`, 'User.Read.All', 200],
  ])('%s with %s: %i', async (path, permission, status) => {
    const answer = await ask(path, { roles: [permission] })
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.body).toMatchObject({ error: { code: 'Authorization_RequestDenied' } })
  })
})

describe('tenant and people', () => {
  it('the organization has an id, a name and verified domains', async () => {
    const { body } = await ask('/v1.0/organization?$select=id,displayName,verifiedDomains')
    const domains = [
      { name: 'contoso.onmicrosoft.com', isInitial: true, isDefault: false },
      { name: 'contoso.com', isInitial: false, isDefault: true },
    ]
    expect(body).toMatchObject({ value: [{ id: contoso.id, displayName: 'Contoso', verifiedDomains: domains }] })
  })

  it('only what is selected is sent', async () => {
    expect((await ask('/v1.0/organization?$select=id')).body).toMatchObject({ value: [{ id: contoso.id }] })
    expect((await ask('/v1.0/organization?$select=id')).body).not.toHaveProperty('value.0.displayName')
    const { body } = await ask(`/v1.0/users/${jane?.objectId}?$select=id,userType`)
    expect(body).toEqual({ '@odata.context': expect.any(String), id: jane?.objectId, userType: 'Member' })
  })

  it('a user is found by id and by name, guests too', async () => {
    expect((await ask(`/v1.0/users/${kelley?.objectId.toUpperCase()}`)).body).toMatchObject({ displayName: 'Kelley Wall' })
    expect((await ask(`/v1.0/users/${kelley?.objectId}`)).body).not.toHaveProperty('userType')
    const guest = encodeURIComponent('robin_fabrikam.com#EXT#@contoso.onmicrosoft.com')
    expect((await ask(`/v1.0/users/${guest}?$select=userType`)).body).toMatchObject({ userType: 'Guest' })
  })

  it.each([
    ['GET', '/v1.0/me', 400, 'BadRequest'],
    ['GET', '/beta/organization', 400, 'BadRequest'],
    ['DELETE', `/v1.0/users/${kelley?.objectId}`, 405, 'Request_BadRequest'],
  ])('%s %s: %i', async (method, path, status, code) => {
    expect(await ask(path, { method })).toMatchObject({ status, body: { error: { code } } })
  })
})

describe('every answer', () => {
  it('has a request id and the caller’s own', async () => {
    const { headers } = await ask('/v1.0/organization', { headers: { 'client-request-id': 'mine' } })
    expect(headers).toMatchObject({ 'request-id': expect.stringMatching(/^[\da-f-]{36}$/), 'client-request-id': 'mine' })
  })

  it('repeats them inside an error', async () => {
    const { headers, body } = await ask('/v1.0/organization', { token: 'bad', headers: { 'client-request-id': 'mine' } })
    expect(body).toEqual({
      error: {
        code: 'InvalidAuthenticationToken',
        message: expect.any(String),
        innerError: {
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
          'request-id': headers?.['request-id'],
          'client-request-id': 'mine',
        },
      },
    })
  })

  it.each([
    ['throttled', 429, { error: { code: 'TooManyRequests' } }],
    ['down', 503, { error: { code: 'serviceNotAvailable' } }],
    ['refused', 403, { error: { code: 'Authorization_RequestDenied' } }],
  ] as const)('follows the switch: %s', async (fault, status, body) => {
    expect(await ask('/v1.0/organization', { faults: { graph: fault } })).toMatchObject({ status, body })
  })

  it('says how long to wait when throttled', async () => {
    expect((await ask('/v1.0/organization', { faults: { graph: 'throttled' } })).headers).toHaveProperty('retry-after', '10')
  })

  it('is cut off when malformed, still claiming to be JSON', async () => {
    const { status, headers, body } = await ask('/v1.0/organization', { faults: { graph: 'malformed' } })
    expect([status, headers?.['content-type']]).toEqual([200, 'application/json'])
    expect(() => JSON.parse(String(body))).toThrow(SyntaxError)
  })
})
