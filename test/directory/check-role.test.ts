import { setTimeout as wait } from 'node:timers/promises'
import { createDirectory, type DirectorySettings, type UnknownReason } from '../../src/directory'
import { createAuthority } from '../../src/sandbox/authority'
import { contoso, fabrikam, tenants } from '../../src/sandbox/tenants'
import { clientId, graphHost, loginHost, person, recordingLog, secret, settings, startLoopback, subject, type Loopback } from './loopback'

const log = recordingLog()
let cloud: Loopback

beforeAll(async () => {
  cloud = await startLoopback()
})
afterEach(() => {
  expect(cloud.elsewhere).toEqual([])
  jest.restoreAllMocks()
  cloud.reset()
})
afterAll(() => cloud.stop())

const kelley = subject(person('kelley').objectId)
const directory = (overrides: DirectorySettings = {}) => createDirectory({ ...settings, ...overrides }, log)
const buy = (overrides?: DirectorySettings) => directory(overrides).checkRole(kelley, 'buy-microsoft-365')
const sentTo = (host: string) => cloud.requests.filter(({ url }) => url.hostname === host)
const odata = (code: string, innerError: unknown = { 'request-id': 'b31c83fd-944c-4663-aa50-5d9ceb367e19' }) => ({
  error: { code, message: 'Not today.', innerError },
})

describe('what the directory says', () => {
  it.each([
    ['kelley', 'buy-microsoft-365', { kind: 'can', roles: ['global-administrator'], limits: [] }],
    ['tricia', 'buy-microsoft-365', { kind: 'can', roles: ['billing-administrator'], limits: [] }],
    ['jane', 'buy-microsoft-365', { kind: 'cannot', roles: [], limits: [] }],
    ['guest', 'buy-microsoft-365', { kind: 'cannot', roles: [], limits: [] }],
    ['morgan', 'buy-microsoft-365', { kind: 'can', roles: ['billing-administrator'], limits: [] }],
    ['sasha', 'buy-microsoft-365', { kind: 'can-after-activating', roles: ['billing-administrator'], limits: [] }],
    ['sasha', 'assign-licences', { kind: 'cannot', roles: [], limits: [] }],
    ['kelley', 'assign-licences', { kind: 'can', roles: ['global-administrator'], limits: [] }],
    ['tricia', 'assign-licences', { kind: 'cannot', roles: ['billing-administrator'], limits: [] }],
  ] as const)('%s, %s', async (key, need, verdict) => {
    expect(await directory().checkRole(subject(person(key).objectId), need)).toEqual(verdict)
  })

  it('is asked in one call by template id, with a token the look-alike accepts', async () => {
    await buy()
    const [call, ...others] = sentTo(graphHost)
    expect(others).toEqual([])
    expect(call?.method).toBe('POST')
    expect(call?.url.pathname).toBe(`/v1.0/users/${kelley.objectId}/checkMemberObjects`)
    expect(call?.headers.authorization).toMatch(/^Bearer \S+$/)
    expect(JSON.parse(call?.body ?? '').ids).toContain('62e90394-69f5-4237-9190-012177145e10')
  })

  it('names the roles that are enough, least power first, and ignores what was not asked', async () => {
    const value = ['62E90394-69F5-4237-9190-012177145E10', 'b0f54661-2d74-4c50-afa3-1ec803f12efe', 'ffffffff-0000-4000-8000-000000000000']
    cloud.serve(graphHost, { status: 200, body: { value } })
    expect(await buy()).toEqual({ kind: 'can', roles: ['billing-administrator', 'global-administrator'], limits: [] })
  })

  it('takes ids in any case', async () => {
    const shouting = { tenantId: contoso.id.toUpperCase(), objectId: person('tricia').objectId.toUpperCase() }
    expect(await directory().checkRole(shouting, 'buy-microsoft-365')).toMatchObject({ kind: 'can' })
  })
})

describe('a role that a group may activate', () => {
  const jane = subject(person('jane').objectId)
  const billing = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'
  const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const eligible = (n: number, type: string | null = 'group') => ({
    principalId: id(n),
    roleDefinitionId: billing,
    directoryScopeId: '/',
    principal: type === null ? null : { '@odata.type': `#microsoft.graph.${type}`, id: id(n), displayName: null },
  })
  type Answer = Parameters<Loopback['serve']>[1]
  const list = (value: readonly unknown[]) => ({ status: 200, body: { value } })
  const idsIn = (body: string): readonly string[] => JSON.parse(body).ids
  interface World {
    readonly holders?: Answer
    readonly members?: readonly number[]
    readonly check?: Answer
    readonly direct?: Answer
  }
  const react = (reaction: Answer, request: Parameters<Extract<Answer, (...args: never[]) => unknown>>[0]) =>
    typeof reaction === 'function' ? reaction(request) : reaction
  const serve = ({ holders = list([eligible(1)]), members = [1], check, direct = list([]) }: World) =>
    cloud.serve(graphHost, (request) => {
      const { pathname, searchParams } = request.url
      const filter = searchParams.get('$filter') ?? ''
      if (filter.startsWith('principalId')) return react(direct, request)
      if (filter.startsWith('roleDefinitionId')) return filter.includes(billing) ? react(holders, request) : list([])
      if (!pathname.endsWith('/checkMemberObjects')) return { status: 404 }
      const ids = idsIn(request.body)
      if (ids.includes(billing)) return list([])
      return check ? react(check, request) : list(ids.filter((each) => members.map(id).includes(each)).map((each) => each.toUpperCase()))
    })
  const checkJane = (need: 'buy-microsoft-365' | 'assign-licences' = 'buy-microsoft-365') => directory().checkRole(jane, need)
  const afterActivating = { kind: 'can-after-activating', roles: ['billing-administrator'], limits: [] }
  const refusal = { status: 403, body: odata('Authorization_RequestDenied') }

  it.each([
    ['counts for its members', {}, afterActivating],
    ['counts when nothing is told of it but its id', { holders: list([eligible(1, null)]) }, afterActivating],
    ['counts for nobody else', { members: [2] }, { kind: 'cannot', roles: [], limits: [] }],
    [
      'is not what a user or an app may activate',
      { holders: list([eligible(1, 'user'), eligible(2, 'servicePrincipal')]), members: [1, 2] },
      { kind: 'cannot', roles: [], limits: [] },
    ],
    ['may not be seen', { holders: refusal }, { kind: 'cannot', roles: [], limits: [{ what: 'eligible-roles', reason: 'consent' }] }],
    [
      'may have others as members, who cannot be asked about',
      { check: { status: 500, body: {} } },
      { kind: 'cannot', roles: [], limits: [{ what: 'eligible-roles', reason: 'unavailable' }] },
    ],
    ['counts where the person’s own cannot be seen', { direct: { status: 500, body: {} } }, afterActivating],
  ])('%s', async (_name, world, verdict) => {
    serve(world)
    expect(await checkJane()).toEqual(verdict)
  })

  it('does not hide one of the person’s own', async () => {
    serve({ direct: list([{ ...eligible(3, 'user'), principalId: jane.objectId }]), holders: refusal })
    expect(await checkJane()).toEqual(afterActivating)
  })

  it('is for what the role is enough for', async () => {
    serve({})
    expect(await checkJane('assign-licences')).toEqual({ kind: 'cannot', roles: [], limits: [] })
  })

  it('groups are asked about twenty at a time', async () => {
    serve({ holders: list(Array.from({ length: 45 }, (_, n) => eligible(n))), members: [44] })
    expect(await checkJane()).toEqual(afterActivating)
    const asked = sentTo(graphHost)
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => idsIn(body).length)
    expect(asked.slice(1).toSorted((a, b) => b - a)).toEqual([20, 20, 5])
  })

  it('more groups than are read: that is said', async () => {
    serve({ holders: ({ url }) => ({ status: 200, body: { value: [eligible(2)], '@odata.nextLink': url.href } }) })
    expect(await checkJane()).toEqual({ kind: 'cannot', roles: [], limits: [{ what: 'eligible-roles', reason: 'too-many' }] })
  })

  it('is not asked about when the person holds enough', async () => {
    await buy()
    expect(sentTo(graphHost)).toHaveLength(1)
  })
})

describe('nobody to ask about: nothing is sent', () => {
  it.each([
    ['no object id', { tenantId: contoso.id }, 'no-identity'],
    ['an object id that is none', { tenantId: contoso.id, objectId: 'me/../../organization' }, 'no-identity'],
    ['no tenant', { objectId: kelley.objectId }, 'no-identity'],
    ['a person of another tenant', { ...kelley, tenantId: fabrikam.id }, 'other-tenant'],
  ])('%s', async (_name, who, reason) => {
    expect(await directory().checkRole(who, 'buy-microsoft-365')).toMatchObject({ kind: 'unknown', reason })
    expect(cloud.requests).toEqual([])
  })

  it.each([
    ['tenant', { tenantId: '' }],
    ['client id', { clientId: undefined }],
    ['identity', { identity: undefined }],
    ['secret', { identity: { kind: 'secret', secret: '' } as const }],
  ])('no %s configured', async (_name, overrides) => {
    expect(await buy(overrides)).toMatchObject({ kind: 'unknown', reason: 'not-configured' })
    expect(cloud.requests).toEqual([])
  })
})

describe('Graph does not answer as it should', () => {
  const answers: [string, Parameters<Loopback['serve']>[1], UnknownReason][] = [
    ['401', { status: 401, body: odata('InvalidAuthenticationToken') }, 'sign-in'],
    ['403', { status: 403, body: odata('Authorization_RequestDenied') }, 'consent'],
    ['403 of conditional access', { status: 403, body: odata('insufficient_claims') }, 'conditional-access'],
    ['403 without ids', { status: 403, body: odata('Authorization_RequestDenied', null) }, 'consent'],
    ['403 with null names', { status: 403, body: { error: { code: null, message: null, innerError: null } } }, 'consent'],
    ['403 in HTML', { status: 403, headers: { 'content-type': 'text/html' }, body: '<p>no</p>' }, 'consent'],
    ['404', { status: 404, body: odata('Request_ResourceNotFound') }, 'not-found'],
    ['404 without ids', { status: 404, body: odata('Request_ResourceNotFound', null) }, 'not-found'],
    ['404 of something else', { status: 404, headers: { 'content-type': 'text/html' }, body: '<p>nothing here</p>' }, 'unavailable'],
    ['429', { status: 429, headers: { 'retry-after': '10' }, body: odata('TooManyRequests') }, 'throttled'],
    [
      '429 until later today',
      { status: 429, headers: { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }, body: odata('TooManyRequests') },
      'throttled',
    ],
    ['429 with a wait nobody understands', { status: 429, headers: { 'retry-after': 'soon' }, body: odata('TooManyRequests') }, 'throttled'],
    ['400', { status: 400, body: odata('Request_BadRequest') }, 'unavailable'],
    ['500', { status: 500, body: odata('InternalServerError') }, 'unavailable'],
    ['502 without a body', { status: 502 }, 'unavailable'],
    ['503', { status: 503, headers: { 'retry-after': '120' }, body: odata('serviceNotAvailable') }, 'unavailable'],
    ['a redirect', { status: 302, headers: { location: 'https://example.com/' } }, 'unavailable'],
    ['a reset connection', 'reset', 'unavailable'],
    ['half a JSON document', { status: 200, body: '{"value":[' }, 'malformed'],
    ['HTML', { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>hello</p>' }, 'malformed'],
    ['nothing', { status: 204 }, 'malformed'],
    ['null', { status: 200, body: null }, 'malformed'],
    ['no value', { status: 200, body: {} }, 'malformed'],
    ['a null value', { status: 200, body: { value: null } }, 'malformed'],
    ['null instead of an id', { status: 200, body: { value: [null] } }, 'malformed'],
    ['one id instead of a list', { status: 200, body: { value: '62e90394-69f5-4237-9190-012177145e10' } }, 'malformed'],
  ]
  it.each(answers)('%s', async (_name, answer, reason) => {
    cloud.serve(graphHost, answer)
    expect(await buy()).toMatchObject({ kind: 'unknown', reason })
    expect(sentTo(graphHost)).toHaveLength(1)
  })

  it.each([
    ['throttled', 'throttled'],
    ['down', 'unavailable'],
    ['refused', 'consent'],
    ['malformed', 'malformed'],
  ] as const)('the look-alike is %s', async (fault, reason) => {
    cloud.faults.graph = fault
    expect(await buy({ budgetMs: 1_500 })).toMatchObject({ kind: 'unknown', reason })
  })

  it('the look-alike is slow', async () => {
    cloud.faults.graph = 'slow'
    expect(await buy({ budgetMs: 300 })).toMatchObject({ kind: 'unknown', reason: 'timeout' })
  })

  it('hangs, and is given up', async () => {
    cloud.serve(graphHost, 'hang')
    expect(await buy({ budgetMs: 300 })).toMatchObject({ kind: 'unknown', reason: 'timeout' })
    expect(cloud.hanging).toHaveLength(1)
    await Promise.all(cloud.hanging)
  })

  it('starts an answer and never ends it', async () => {
    cloud.serve(graphHost, { status: 200, headers: { 'content-length': '500' }, body: '{"value":[' })
    expect(await buy({ budgetMs: 300 })).toMatchObject({ kind: 'unknown', reason: 'timeout' })
  })

  it('tells the log the status, the code and the request id', async () => {
    cloud.faults.graph = 'refused'
    const quiet = recordingLog()
    const verdict = await createDirectory(settings, quiet).checkRole(kelley, 'buy-microsoft-365')
    const requestId = expect.stringMatching(/^[\da-f-]{36}$/)
    const detail = { status: 403, code: 'Authorization_RequestDenied', requestId }
    expect(verdict).toEqual({ kind: 'unknown', reason: 'consent', detail })
    expect(quiet.lines).toEqual([
      {
        level: 'warn',
        message: 'directory: role look-up has no answer',
        fields: {
          look: 'role',
          reason: 'consent',
          ...detail,
          permission: 'User.Read.All',
          adds: expect.any(String),
          fix: expect.stringContaining('User.Read.All'),
        },
      },
    ])
  })
})

describe('trying again', () => {
  const busyOnce = (status: number, retryAfter?: string) => {
    let calls = 0
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
    cloud.serve(graphHost, () => {
      calls += 1
      if (calls > 1) return { status: 200, body: { value: ['62e90394-69f5-4237-9190-012177145e10'] } }
      return { status, headers, body: odata('TooManyRequests') }
    })
  }

  it.each([
    ['429, wait nothing', 429, '0'],
    ['503, wait until a moment that has passed', 503, new Date(0).toUTCString()],
    ['504, no word about waiting', 504, undefined],
  ])('happens once when there is time: %s', async (_name, status, retryAfter) => {
    busyOnce(status, retryAfter)
    expect(await buy()).toMatchObject({ kind: 'can' })
    expect(sentTo(graphHost)).toHaveLength(2)
  })

  it.each([
    ['the server asks for more time than there is', '3'],
    ['the server does not say, and there is little time', undefined],
  ])('does not happen when %s', async (_name, retryAfter) => {
    busyOnce(429, retryAfter)
    expect(await buy({ budgetMs: 1_500 })).toMatchObject({ kind: 'unknown', reason: 'throttled' })
    expect(sentTo(graphHost)).toHaveLength(1)
  })

  it('happens once only', async () => {
    cloud.serve(graphHost, { status: 429, headers: { 'retry-after': '0' }, body: odata('TooManyRequests') })
    expect(await buy()).toMatchObject({ kind: 'unknown', reason: 'throttled' })
    expect(sentTo(graphHost)).toHaveLength(2)
  })
})

describe('signing in fails', () => {
  const entra = (error: string, code: number) => ({
    error,
    error_description: `AADSTS${code}: Not today. Trace ID: 0f0e0d0c-0000-4000-8000-000000000000`,
    error_codes: [code],
  })
  it.each([
    ['a wrong secret', { status: 401, body: entra('invalid_client', 7000215) }, 'sign-in', 'AADSTS7000215'],
    ['an app that is not in the tenant', { status: 400, body: entra('unauthorized_client', 700016) }, 'sign-in', 'AADSTS700016'],
    ['a policy that blocks', { status: 400, body: entra('invalid_grant', 53003) }, 'conditional-access', 'AADSTS53003'],
    ['no consent', { status: 400, body: entra('invalid_grant', 65001) }, 'consent', 'AADSTS65001'],
    ['429', { status: 429, headers: { 'retry-after': '10' }, body: entra('temporarily_unavailable', 90055) }, 'throttled', 'AADSTS90055'],
    ['500', { status: 500, body: entra('server_error', 90033) }, 'unavailable', 'AADSTS90033'],
    ['502 with a code of its own', { status: 502, body: entra('bad_gateway', 90002) }, 'unavailable', 'AADSTS90002'],
    ['503 in HTML', { status: 503, headers: { 'content-type': 'text/html' }, body: '<p>later</p>' }, 'unavailable', 'network_error'],
    ['a reset connection', 'reset', 'unavailable', 'network_error'],
    ['half a JSON document', { status: 200, body: '{"access_token":' }, 'unavailable', 'network_error'],
    ['no token', { status: 200, body: { token_type: 'Bearer' } }, 'sign-in', undefined],
  ] as const)('%s', async (_name, answer, reason, code) => {
    cloud.serve(loginHost, answer)
    const verdict = await buy()
    expect(verdict).toMatchObject({ kind: 'unknown', reason })
    expect(verdict).toHaveProperty('detail.code', code)
    expect(sentTo(graphHost)).toEqual([])
  })

  it('by being told to wait: until then the authority is not asked again', async () => {
    const there = directory()
    cloud.serve(loginHost, { status: 429, headers: { 'retry-after': '10' }, body: entra('temporarily_unavailable', 90055) })
    await there.checkRole(kelley, 'buy-microsoft-365')
    expect(await there.checkRole(kelley, 'buy-microsoft-365')).toMatchObject({ kind: 'unknown', reason: 'throttled' })
    expect(sentTo(loginHost)).toHaveLength(1)
  })

  it('with the secret of somebody else', async () => {
    const verdict = await buy({ identity: { kind: 'secret', secret: 'guessed' } })
    expect(verdict).toMatchObject({ kind: 'unknown', reason: 'sign-in', detail: { status: 401, code: 'AADSTS7000215' } })
  })

  it('by hanging, and is given up', async () => {
    cloud.serve(loginHost, 'hang')
    expect(await buy({ budgetMs: 300 })).toMatchObject({ kind: 'unknown', reason: 'timeout' })
    expect(cloud.hanging).toHaveLength(1)
    await Promise.all(cloud.hanging)
  })

  it('by giving a token Graph does not know', async () => {
    const stranger = await createAuthority(tenants, [{ id: clientId, secret, tenantId: contoso.id, roles: ['User.Read.All'] }])
    cloud.serve(loginHost, stranger.handler)
    expect(await buy()).toMatchObject({ kind: 'unknown', reason: 'sign-in', detail: { status: 401, code: 'InvalidAuthenticationToken' } })
  })
})

describe('what is remembered', () => {
  it('an answer, for a minute, for every need', async () => {
    const there = directory()
    const time = jest.spyOn(performance, 'now')
    const start = performance.now()
    await there.checkRole(kelley, 'buy-microsoft-365')
    time.mockReturnValue(start + 59_000)
    await there.checkRole(kelley, 'assign-licences')
    expect(sentTo(graphHost)).toHaveLength(1)
    await wait(5)
    time.mockReturnValue(start + 61_500)
    await there.checkRole(kelley, 'buy-microsoft-365')
    expect(sentTo(graphHost)).toHaveLength(2)
  })

  it('not when a fresh answer is asked for', async () => {
    const there = directory()
    await there.checkRole(kelley, 'buy-microsoft-365')
    cloud.serve(graphHost, { status: 200, body: { value: [] } })
    expect(await there.checkRole(kelley, 'buy-microsoft-365')).toMatchObject({ kind: 'can' })
    expect(await there.checkRole(kelley, 'buy-microsoft-365', { fresh: true })).toMatchObject({ kind: 'cannot' })
    expect(await there.checkRole(kelley, 'buy-microsoft-365')).toMatchObject({ kind: 'cannot' })
  })

  it('not an answer that did not come, and not the one before it', async () => {
    const there = directory()
    await there.checkRole(kelley, 'buy-microsoft-365')
    cloud.faults.graph = 'refused'
    expect(await there.checkRole(kelley, 'buy-microsoft-365', { fresh: true })).toMatchObject({ kind: 'unknown' })
    expect(await there.checkRole(kelley, 'buy-microsoft-365')).toMatchObject({ kind: 'unknown' })
    cloud.faults.graph = 'fine'
    expect(await there.checkRole(kelley, 'buy-microsoft-365')).toMatchObject({ kind: 'can' })
  })

  it('one answer serves all who wait for it', async () => {
    const there = directory()
    const verdicts = await Promise.all([1, 2, 3].map(() => there.checkRole(kelley, 'buy-microsoft-365')))
    expect(verdicts.map(({ kind }) => kind)).toEqual(['can', 'can', 'can'])
    expect(sentTo(graphHost)).toHaveLength(1)
  })

  it('each person on their own', async () => {
    const there = directory()
    await there.checkRole(kelley, 'buy-microsoft-365')
    expect(await there.checkRole(subject(person('jane').objectId), 'buy-microsoft-365')).toMatchObject({ kind: 'cannot' })
  })

  it('the token, until Graph refuses it', async () => {
    const there = directory()
    const check = () => there.checkRole(kelley, 'buy-microsoft-365', { fresh: true })
    await check()
    await check()
    expect(sentTo(loginHost)).toHaveLength(1)
    cloud.faults.graph = 'refused'
    await check()
    cloud.faults.graph = 'fine'
    expect(await check()).toMatchObject({ kind: 'can' })
    expect(sentTo(loginHost)).toHaveLength(2)
  })
})

it('logs no token, no secret and nobody’s id', () => {
  const everything = JSON.stringify(log.lines)
  expect(log.lines.length).toBeGreaterThan(40)
  for (const private_ of [secret, contoso.id, fabrikam.id, clientId, kelley.objectId, 'eyJ', 'Bearer']) expect(everything).not.toContain(private_)
})
