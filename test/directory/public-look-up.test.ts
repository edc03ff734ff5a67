import { createDirectory, type DirectorySettings } from '../../src/directory'
import { contoso, fabrikam } from '../../src/sandbox/tenants'
import { armHost, loginHost, recordingLog, startLoopback, type Loopback } from './loopback'

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

const directory = (settings: DirectorySettings = {}) => createDirectory(settings, log)
const subscription = (id: string, settings?: DirectorySettings) => directory(settings).lookUpSubscription(id)
const domain = (name: string, settings?: DirectorySettings) => directory(settings).lookUpDomain(name)
const [known = ''] = contoso.subscriptions
const [other = ''] = fabrikam.subscriptions
const unknownId = '01234567-89ab-4cde-8f01-23456789abcd'

describe('the tenant of a subscription', () => {
  it.each([
    ['ours', known, { kind: 'found', tenantId: contoso.id }],
    ['another one’s', other, { kind: 'found', tenantId: fabrikam.id }],
    ['in capitals', known.toUpperCase(), { kind: 'found', tenantId: contoso.id }],
    ['with blanks around', ` ${known}\n`, { kind: 'found', tenantId: contoso.id }],
    ['in braces', `{${known}}`, { kind: 'found', tenantId: contoso.id }],
    ['that does not exist', unknownId, { kind: 'none' }],
  ])('%s', async (_name, id, finding) => {
    expect(await subscription(id)).toEqual(finding)
  })

  it('is asked for without a token or anything else about us', async () => {
    await subscription(known)
    const [request, ...others] = cloud.requests
    expect(others).toEqual([])
    expect(request?.method).toBe('GET')
    expect(request?.url.href).toBe(`https://${armHost}/subscriptions/${known}?api-version=2022-12-01`)
    expect(request?.headers).not.toHaveProperty('authorization')
    expect(request?.headers).not.toHaveProperty('cookie')
  })

  it.each([
    ['nothing', ''],
    ['a word', 'subscription'],
    ['one digit short', known.slice(1)],
    ['half a pair of braces', `{${known}`],
    ['a path', `${known}/resourceGroups`],
    ['another host', `${known}@example.com`],
    ['a query', `${known}?x=1`],
    ['no hyphens', known.replaceAll('-', '')],
  ])('is not asked for with %s', async (_name, id) => {
    expect(await subscription(id)).toEqual({ kind: 'invalid' })
    expect(cloud.requests).toEqual([])
  })

  const answered = (header: string) => ({ status: 401, headers: { 'www-authenticate': header }, body: {} })
  it.each([
    ['quoted, the older host', `Bearer authorization_uri="https://login.windows.net/${contoso.id}", error="invalid_token", error_description="x, y"`],
    ['quoted, the newer host', `Bearer authorization_uri="https://login.microsoftonline.com/${contoso.id}"`],
    ['unquoted', `Bearer authorization_uri=https://login.windows.net/${contoso.id}, error=invalid_token`],
    ['with a path behind', `Bearer authorization_uri="https://login.windows.net/${contoso.id}/oauth2/authorize"`],
    ['with a slash behind', `Bearer authorization_uri=https://login.windows.net/${contoso.id}/`],
    ['in another order and case', `bearer error="invalid_token",Authorization_Uri = "https://login.windows.net/${contoso.id.toUpperCase()}"`],
    ['of a government cloud', `Bearer authorization_uri="https://login.microsoftonline.us/${contoso.id}"`],
  ])('stands in the header %s', async (_name, header) => {
    cloud.serve(armHost, answered(header))
    expect(await subscription(known)).toEqual({ kind: 'found', tenantId: contoso.id })
  })

  it.each([
    ['a 401 without the header', { status: 401, body: {} }, 'malformed'],
    ['a header without an address', answered('Bearer error="invalid_token"'), 'malformed'],
    ['an address without a tenant', answered('Bearer authorization_uri="https://login.windows.net/common"'), 'malformed'],
    ['an address with a tenant elsewhere', answered(`Bearer authorization_uri="https://login.windows.net/common/${contoso.id}"`), 'malformed'],
    ['200', { status: 200, body: {} }, 'unavailable'],
    ['400', { status: 400, body: {} }, 'unavailable'],
    ['429', { status: 429, headers: { 'retry-after': '1' }, body: {} }, 'throttled'],
    ['503', { status: 503, body: {} }, 'unavailable'],
    ['a redirect', { status: 302, headers: { location: 'https://example.com/' } }, 'unavailable'],
    ['a reset connection', 'reset', 'unavailable'],
  ] as const)('stays unknown after %s', async (_name, answer, reason) => {
    cloud.serve(armHost, answer)
    expect(await subscription(known)).toMatchObject({ kind: 'unknown', reason })
    expect(cloud.requests).toHaveLength(1)
  })

  it('stays unknown when the look-alike is slow or down', async () => {
    cloud.faults.arm = 'slow'
    expect(await subscription(known, { lookUpBudgetMs: 200 })).toMatchObject({ kind: 'unknown', reason: 'timeout' })
    cloud.faults.arm = 'down'
    expect(await subscription(known)).toMatchObject({ kind: 'unknown', reason: 'unavailable' })
  })
})

describe('the tenant of a domain', () => {
  it.each([
    ['the first one', 'contoso.onmicrosoft.com', { kind: 'found', tenantId: contoso.id }],
    ['another one', 'contoso.com', { kind: 'found', tenantId: contoso.id }],
    ['another tenant’s', 'fabrikam.com', { kind: 'found', tenantId: fabrikam.id }],
    ['in capitals, with blanks', ' CONTOSO.com ', { kind: 'found', tenantId: contoso.id }],
    ['nobody’s', 'example.org', { kind: 'none' }],
    ['nobody’s, with an accent', 'crémerie.fr', { kind: 'none' }],
  ])('%s', async (_name, name, finding) => {
    expect(await domain(name)).toEqual(finding)
  })

  it('is asked for under its ASCII name', async () => {
    await domain('Crémerie.fr')
    expect(cloud.requests.map(({ url }) => url.href)).toEqual([`https://${loginHost}/xn--crmerie-cya.fr/v2.0/.well-known/openid-configuration`])
  })

  it.each([
    ['nothing', ''],
    ['a word', 'contoso'],
    ['a path', 'contoso.com/common'],
    ['climbing out', '../common'],
    ['an address', 'https://contoso.com'],
    ['a mail address', 'kelley@contoso.com'],
    ['a port', 'contoso.com:443'],
    ['a query', 'contoso.com?x=1'],
    ['an escape', 'contoso%2ecom'],
    ['a backslash', 'contoso.com\\x'],
    ['an IP address', '127.0.0.1'],
    ['an IP address in disguise', '0x7f.1'],
    ['two dots', 'contoso..com'],
    ['an underscore', 'con_toso.com'],
    ['a hyphen in front', '-contoso.com'],
    ['a blank inside', 'contoso .com'],
    ['too much', `${'a.'.repeat(130)}com`],
    ['a tenant id', contoso.id],
  ])('is not asked for with %s', async (_name, name) => {
    expect(await domain(name)).toEqual({ kind: 'invalid' })
    expect(cloud.requests).toEqual([])
  })

  it.each([
    ['another refusal', { status: 400, body: { error: 'invalid_request' } }, 'unavailable'],
    ['a refusal in HTML', { status: 400, headers: { 'content-type': 'text/html' }, body: '<p>no</p>' }, 'malformed'],
    ['no issuer', { status: 200, body: {} }, 'malformed'],
    ['null', { status: 200, body: null }, 'malformed'],
    ['half a document', { status: 200, body: '{"issuer":' }, 'malformed'],
    ['an issuer for any tenant', { status: 200, body: { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' } }, 'malformed'],
    ['404', { status: 404, body: {} }, 'unavailable'],
    ['500', { status: 500, body: {} }, 'unavailable'],
    ['a redirect', { status: 301, headers: { location: 'https://example.com/' } }, 'unavailable'],
    ['a reset connection', 'reset', 'unavailable'],
  ] as const)('stays unknown after %s', async (_name, answer, reason) => {
    cloud.serve(loginHost, answer)
    expect(await domain('contoso.com')).toMatchObject({ kind: 'unknown', reason })
    expect(cloud.requests).toHaveLength(1)
  })

  it('stays unknown when nothing comes in time', async () => {
    cloud.serve(loginHost, 'hang')
    expect(await domain('contoso.com', { lookUpBudgetMs: 200 })).toMatchObject({ kind: 'unknown', reason: 'timeout' })
    expect(cloud.hanging).toHaveLength(1)
    await Promise.all(cloud.hanging)
  })
})

it('logs what failed, but no id and no domain', () => {
  const everything = JSON.stringify(log.lines)
  expect(log.lines.length).toBeGreaterThan(15)
  for (const asked of [known, other, contoso.id, 'contoso']) expect(everything).not.toContain(asked)
})
