import { asPerson, createDirectory, type Caller, type DirectorySettings } from '../../src/directory'
import { contoso, fabrikam, northwind } from '../../src/sandbox/tenants'
import { armHost, graphHost, loginHost, person, recordingLog, settings, startLoopback, subject, tenantOf, type Loopback } from './loopback'

const log = recordingLog()
let cloud: Loopback

beforeAll(async () => {
  cloud = await startLoopback()
})
afterEach(() => {
  expect(cloud.elsewhere).toEqual([])
  cloud.reset()
})
afterAll(() => cloud.stop())

const directory = (overrides: DirectorySettings = {}) => createDirectory({ ...settings, ...overrides }, log)
const asApp = (key: string): Caller => subject(person(key).objectId)
const signedIn = (key: string): Caller => asPerson({ tenantId: tenantOf(key).id, objectId: person(key).objectId, token: cloud.tokenOf(key) })
const sentTo = (host: string) => cloud.requests.filter(({ url }) => url.hostname === host)
const [here = '', there = ''] = [contoso, fabrikam].map(({ subscriptions }) => subscriptions[0])
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)

describe('a person who signed in', () => {
  it('everything is here', async () => {
    expect(await directory().prove(signedIn('kelley'))).toEqual({
      tenant: { answer: 'yes', at: time, evidence: { tenantId: contoso.id, name: 'Contoso', initialDomain: 'contoso.onmicrosoft.com', source: 'directory' } },
      microsoft365: {
        answer: 'yes',
        at: time,
        evidence: {
          products: [
            { sku: 'O365_BUSINESS_PREMIUM', kind: 'microsoft-365', enabled: true },
            { sku: 'POWER_BI_STANDARD', kind: 'other', enabled: true },
            { sku: 'ENTERPRISEPACK', kind: 'microsoft-365', enabled: false },
          ],
        },
      },
      azure: {
        answer: 'yes',
        at: time,
        evidence: {
          source: 'person',
          subscriptions: [{ subscriptionId: here, tenantId: contoso.id, name: 'Contoso production', state: 'Enabled', here: true }],
          otherTenants: [],
        },
      },
      limits: [],
    })
  })

  it('Graph and Azure each cost one exchange, for their own resource', async () => {
    await directory().prove(signedIn('kelley'))
    const scopes = sentTo(loginHost).map(({ body }) => new URLSearchParams(body).get('scope')?.split(' ')[0])
    expect(new Set(scopes)).toEqual(new Set(['https://graph.microsoft.com/.default', 'https://management.azure.com/.default']))
    expect(scopes).toHaveLength(2)
  })

  it('sees subscriptions of another tenant only', async () => {
    expect((await directory().prove(signedIn('sasha'))).azure).toMatchObject({
      answer: 'no',
      evidence: { subscriptions: [{ subscriptionId: there, tenantId: fabrikam.id, here: false }], otherTenants: [] },
    })
  })

  it('sees a subscription that a customer delegated to this tenant, which proves nothing', async () => {
    const [customers = ''] = northwind.subscriptions
    expect((await directory().prove(signedIn('morgan'))).azure).toEqual({
      answer: 'unknown',
      at: time,
      reason: 'nothing-visible',
      evidence: {
        source: 'person',
        subscriptions: [{ subscriptionId: customers, tenantId: northwind.id, name: 'Northwind production', state: 'Enabled', here: false }],
        otherTenants: [],
      },
    })
    expect((await directory().prove(signedIn('avery'))).azure).toMatchObject({ answer: 'yes' })
  })

  it('sees nothing, which proves nothing', async () => {
    expect((await directory().prove(signedIn('tricia'))).azure).toMatchObject({ answer: 'unknown', reason: 'nothing-visible' })
  })

  it('a guest is told of the other tenant', async () => {
    expect((await directory().prove(signedIn('guest'))).azure).toMatchObject({
      answer: 'unknown',
      reason: 'nothing-visible',
      evidence: { otherTenants: [{ tenantId: fabrikam.id, name: 'Fabrikam', domain: 'fabrikam.com' }] },
    })
  })

  it('products that are not Microsoft 365 do not make one', async () => {
    expect((await directory().prove(signedIn('avery'))).microsoft365).toMatchObject({
      answer: 'no',
      evidence: { products: [{ kind: 'other' }, { kind: 'management' }] },
    })
  })
})

describe('the app alone', () => {
  it('cannot see Azure, and says so', async () => {
    expect(await directory().prove(asApp('kelley'))).toMatchObject({
      tenant: { answer: 'yes', evidence: { source: 'directory' } },
      microsoft365: { answer: 'yes' },
      azure: { answer: 'unknown', reason: 'not-signed-in' },
    })
    expect(sentTo(armHost)).toEqual([])
  })
})

describe.each<[string, (key: string) => Caller]>([
  ['app', asApp],
  ['person', signedIn],
])('what is named is looked up in public, as the %s too', (_way, caller) => {
  it.each([
    ['the right tenant', here, 'yes', contoso.id],
    ['the wrong tenant', ` {${there.toUpperCase()}} `, 'no', fabrikam.id],
  ])('a subscription of %s', async (_name, subscriptionId, answer, tenantId) => {
    const { azure } = await directory().prove(caller('tricia'), { subscriptionId })
    const id = subscriptionId.replace(/[{}\s]/g, '').toLowerCase()
    expect(azure).toEqual({
      answer,
      at: time,
      evidence: { source: 'public', subscriptions: [{ subscriptionId: id, tenantId, here: answer === 'yes' }], otherTenants: [] },
    })
    expect(sentTo(armHost).map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  it.each([
    ['nobody knows', '01234567-89ab-4cde-8f01-23456789abcd', 'not-found'],
    ['is none', 'https://example.com', 'invalid-input'],
  ])('a subscription that %s', async (_name, subscriptionId, reason) => {
    expect((await directory().prove(caller('tricia'), { subscriptionId })).azure).toEqual({ answer: 'unknown', at: time, reason })
  })

  it('a domain of this tenant, or of another: either way it says nothing about products', async () => {
    for (const [domain, tenantId] of [
      ['contoso.com', contoso.id],
      ['fabrikam.com', fabrikam.id],
    ] as const) {
      const proof = await directory().prove(caller('tricia'), { domain })
      expect(proof.domain).toEqual({ kind: 'found', tenantId })
      expect(proof.microsoft365).toMatchObject({ answer: 'yes' })
    }
  })

  it('an unknown domain takes nothing away', async () => {
    expect((await directory().prove(caller('tricia'), { domain: 'nobody.example' })).microsoft365).toMatchObject({ answer: 'yes' })
  })
})

describe('nothing that fails spoils another finding', () => {
  it('nothing configured and nobody signed in: what Teams and the public say', async () => {
    const { tenant, microsoft365, azure, limits } = await directory({ identity: undefined }).prove(asApp('kelley'), { subscriptionId: here })
    expect(tenant).toMatchObject({ answer: 'yes', evidence: { tenantId: contoso.id, source: 'teams' } })
    expect(microsoft365).toMatchObject({ answer: 'unknown', reason: 'not-configured' })
    expect(azure).toMatchObject({ answer: 'yes', evidence: { source: 'public' } })
    expect(limits).toEqual([{ what: 'tenant-name', reason: 'not-configured' }])
  })

  it('nobody knows who it is', async () => {
    const { tenant, azure } = await directory().prove({}, { subscriptionId: here })
    expect(tenant).toMatchObject({ answer: 'unknown', reason: 'no-identity' })
    expect(azure).toMatchObject({ answer: 'unknown', reason: 'no-identity', evidence: { subscriptions: [{ tenantId: contoso.id }] } })
  })

  it.each([
    ['LicenseAssignment.Read.All', 'microsoft365', asApp],
    ['LicenseAssignment.Read.All', 'microsoft365', signedIn],
    ['user_impersonation', 'azure', signedIn],
  ] as const)('%s is not consented to: %s is unknown', async (permission, which, caller) => {
    cloud.faults.denied = [permission]
    const proof = await directory().prove(caller('kelley'))
    expect(proof[which]).toEqual({ answer: 'unknown', at: time, reason: 'consent' })
    expect(proof.tenant).toMatchObject({ answer: 'yes', evidence: { name: 'Contoso' } })
    expect(proof.limits).toEqual([])
  })

  it('the name of the tenant may not be read: its id stands', async () => {
    cloud.faults.denied = ['Organization.Read.All']
    expect(await directory().prove(asApp('kelley'))).toMatchObject({
      tenant: { answer: 'yes', evidence: { tenantId: contoso.id, source: 'teams' } },
      microsoft365: { answer: 'yes' },
      limits: [{ what: 'tenant-name', reason: 'consent' }],
    })
  })

  it.each([
    ['throttled', 'throttled'],
    ['down', 'unavailable'],
    ['refused', 'consent'],
    ['malformed', 'malformed'],
  ] as const)('Azure is %s', async (fault, reason) => {
    cloud.faults.arm = fault
    expect(await directory({ budgetMs: 1_500 }).prove(signedIn('kelley'))).toMatchObject({
      microsoft365: { answer: 'yes' },
      azure: { answer: 'unknown', reason },
    })
  })

  it('Azure is slow, Graph is not', async () => {
    cloud.faults.arm = 'slow'
    expect(await directory({ budgetMs: 1_000 }).prove(signedIn('kelley'))).toMatchObject({
      microsoft365: { answer: 'yes' },
      azure: { answer: 'unknown', reason: 'timeout' },
    })
  })

  it.each([
    ['throttled', 'throttled'],
    ['down', 'unavailable'],
    ['refused', 'consent'],
    ['policy', 'conditional-access'],
    ['malformed', 'malformed'],
  ] as const)('Graph is %s', async (fault, reason) => {
    cloud.faults.graph = fault
    expect(await directory({ budgetMs: 1_500 }).prove(signedIn('kelley'))).toMatchObject({
      tenant: { answer: 'yes', evidence: { source: 'teams' } },
      microsoft365: { answer: 'unknown', reason },
      azure: { answer: 'yes' },
    })
  })

  it.each([
    ['down', 'unavailable'],
    ['policy', 'conditional-access'],
  ] as const)('sign-in is %s', async (fault, reason) => {
    cloud.faults.login = fault
    expect(await directory().prove(signedIn('kelley'))).toMatchObject({
      tenant: { answer: 'yes' },
      microsoft365: { answer: 'unknown', reason },
      azure: { answer: 'unknown', reason },
    })
  })
})

describe('what the services may answer', () => {
  const skus = (value: unknown) =>
    cloud.serve(graphHost, ({ url }) => ({
      status: 200,
      body: { value: url.pathname.endsWith('/subscribedSkus') ? value : [{ id: contoso.id, displayName: null, verifiedDomains: null }] },
    }))
  const mailbox = { servicePlanId: '9AAF7827-D63C-4B61-89C3-182F06F82E5C', servicePlanName: null, provisioningStatus: 'Success' }
  const product = (capabilityStatus: string | null, plan = mailbox) => [{ skuPartNumber: 'NEW_THING', capabilityStatus, servicePlans: [plan] }]
  it.each([
    ['nothing', [], { answer: 'unknown', reason: 'nothing-visible' }],
    ['a new one with a mailbox', product('Enabled'), { answer: 'yes', evidence: { products: [{ sku: 'NEW_THING', kind: 'microsoft-365' }] } }],
    ['a mailbox that is switched off in it', product('Enabled', { ...mailbox, provisioningStatus: 'Disabled' }), { reason: 'unknown-products' }],
    [
      'one that comes without its plans',
      [{ skuPartNumber: 'SPE_E5', capabilityStatus: 'Enabled' }],
      { answer: 'unknown', reason: 'unknown-products', evidence: { products: [{ sku: 'SPE_E5', kind: 'unknown' }] } },
    ],
    [
      'plans that cannot be read',
      [{ skuPartNumber: 'SPE_E5', capabilityStatus: 'Enabled', servicePlans: [{ servicePlanId: 7 }] }],
      { reason: 'unknown-products' },
    ],
    ['Microsoft 365 that was switched off', product('Suspended'), { answer: 'no' }],
    ['Microsoft 365 in its grace period', product('Warning'), { answer: 'yes' }],
    ['no word on its state', product(null), { answer: 'no' }],
    ['no part number', [{ skuPartNumber: null, capabilityStatus: 'Enabled' }], { answer: 'unknown', reason: 'malformed' }],
  ])('products: %s', async (_name, value, finding) => {
    skus(value)
    const proof = await directory().prove(asApp('kelley'))
    expect(proof.microsoft365).toMatchObject(finding)
    expect(proof.tenant).toEqual({ answer: 'yes', at: time, evidence: { tenantId: contoso.id, source: 'directory' } })
  })

  const error = (code: string) => ({ error: { code, message: 'Not today.' } })
  const arm: [string, Parameters<Loopback['serve']>[1], object][] = [
    ['401: the person’s token is over or was revoked', { status: 401, body: error('InvalidAuthenticationToken') }, { reason: 'signed-out' }],
    [
      '401 that asks for claims by another name',
      { status: 401, headers: { 'www-authenticate': 'Bearer realm="", error="interaction_required", claims="e30="' }, body: error('AuthenticationFailed') },
      { reason: 'conditional-access' },
    ],
    [
      '401 that does not say why it asks for claims',
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer authorization_uri="https://login.windows.net/common",claims="e30="' },
        body: error('AuthenticationFailed'),
      },
      { reason: 'conditional-access' },
    ],
    [
      '401 that only speaks of claims',
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="The claims are missing."' },
        body: error('AuthenticationFailed'),
      },
      { reason: 'signed-out' },
    ],
    [
      '401 of conditional access',
      { status: 401, headers: { 'www-authenticate': 'Bearer error="insufficient_claims", claims="e30="' }, body: error('AuthenticationFailed') },
      { reason: 'conditional-access' },
    ],
    ['404', { status: 404, body: error('NotFound') }, { reason: 'not-found' }],
    ['a reset connection', 'reset', { reason: 'unavailable' }],
    ['a redirect', { status: 302, headers: { location: 'https://example.com/' } }, { reason: 'unavailable' }],
    ['no list', { status: 200, body: { value: null } }, { reason: 'malformed' }],
    ['a subscription without a tenant', { status: 200, body: { value: [{ subscriptionId: here, tenantId: null }] } }, { reason: 'malformed' }],
    ['a next page on another host', { status: 200, body: { value: [], nextLink: 'https://management.azure.com.example.com/' } }, { reason: 'malformed' }],
    ['a next page on another port', { status: 200, body: { value: [], nextLink: 'https://management.azure.com:8443/' } }, { reason: 'malformed' }],
    ['a next page without encryption', { status: 200, body: { value: [], nextLink: 'http://management.azure.com/' } }, { reason: 'malformed' }],
    ['a next page that is no address', { status: 200, body: { value: [], nextLink: '/subscriptions?page=2' } }, { reason: 'malformed' }],
    ['null names', { status: 200, body: { value: [{ subscriptionId: here, tenantId: contoso.id, displayName: null, state: null }] } }, { answer: 'yes' }],
  ]
  it.each(arm)('Azure: %s', async (_name, answer, finding) => {
    cloud.serve(armHost, answer)
    expect((await directory().prove(signedIn('kelley'))).azure).toMatchObject(finding)
  })

  it.each([
    ['as usual', (url: string) => url],
    ['with the port', (url: string) => url.replace(armHost, `${armHost}:443`)],
    ['in capitals', (url: string) => url.replace(`https://${armHost}`, `HTTPS://${armHost.toUpperCase()}`)],
  ])('Azure: two pages, the next named %s', async (_name, spell) => {
    const page = (id: string, tenantId: string, next?: string) => ({
      status: 200,
      body: { value: [{ subscriptionId: id, tenantId }], ...(next && { nextLink: next }) },
    })
    cloud.serve(armHost, ({ url }) => (url.searchParams.has('page') ? page(here, contoso.id) : page(there, fabrikam.id, spell(`${url.href}&page=2`))))
    expect((await directory().prove(signedIn('kelley'))).azure).toMatchObject({ answer: 'yes', evidence: { subscriptions: [{ here: false }, { here: true }] } })
  })

  it.each([
    ['to this tenant', [{ tenantId: contoso.id.toUpperCase() }], { answer: 'unknown', reason: 'nothing-visible' }],
    ['to others', [{ tenantId: northwind.id }], { answer: 'no' }],
    ['to nobody', [], { answer: 'no' }],
    ['as far as nothing is said', null, { answer: 'no' }],
  ])('Azure: a foreign subscription delegated %s', async (_name, managedByTenants, finding) => {
    cloud.serve(armHost, { status: 200, body: { value: [{ subscriptionId: there, tenantId: fabrikam.id, managedByTenants }] } })
    expect((await directory().prove(signedIn('kelley'))).azure).toMatchObject({
      ...finding,
      evidence: { subscriptions: [{ tenantId: fabrikam.id, here: false }] },
    })
  })

  it('Azure: delegated or not, one that is here counts, and one that is not delegated', async () => {
    const delegated = { subscriptionId: there, tenantId: fabrikam.id, managedByTenants: [{ tenantId: contoso.id }] }
    const own = { subscriptionId: here, tenantId: contoso.id, managedByTenants: [] }
    const foreign = { ...delegated, managedByTenants: [] }
    cloud.serve(armHost, { status: 200, body: { value: [delegated, own] } })
    expect((await directory().prove(signedIn('kelley'))).azure).toMatchObject({ answer: 'yes' })
    cloud.serve(armHost, { status: 200, body: { value: [delegated, foreign] } })
    expect((await directory().prove(signedIn('kelley'))).azure).toMatchObject({ answer: 'no' })
  })

  it('Azure: the other tenants cannot be named, and that is said', async () => {
    cloud.serve(armHost, ({ url }) =>
      url.pathname === '/tenants' ? { status: 403, body: error('AuthorizationFailed') } : { status: 200, body: { value: [] } },
    )
    expect(await directory().prove(signedIn('kelley'))).toMatchObject({
      azure: { reason: 'nothing-visible' },
      limits: [{ what: 'other-tenants', reason: 'consent' }],
    })
  })

  it('an organization of another id is not believed', async () => {
    cloud.serve(graphHost, { status: 200, body: { value: [{ id: northwind.id, displayName: 'Northwind' }] } })
    expect((await directory().prove(asApp('kelley'))).tenant).toMatchObject({ evidence: { tenantId: contoso.id, source: 'teams' } })
  })
})

it('tells the operator which permission would add what', () => {
  const missing = log.lines.flatMap(({ fields }) => (fields.permission ? [[fields.look, fields.permission]] : []))
  expect(missing).toContainEqual(['microsoft-365', 'LicenseAssignment.Read.All'])
  expect(missing).toContainEqual(['azure', expect.stringContaining('user_impersonation')])
  expect(missing).toContainEqual(['tenant-name', 'Organization.Read.All'])
})

it('logs no name, no token and nobody’s id', () => {
  const everything = JSON.stringify(log.lines)
  for (const private_ of ['Contoso', 'contoso.', contoso.id, fabrikam.id, here, there, person('kelley').objectId, 'eyJ', 'Bearer'])
    expect(everything).not.toContain(private_)
})
