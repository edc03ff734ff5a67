import { setTimeout as wait } from 'node:timers/promises'
import { asPerson, createDirectory, type Caller, type DirectorySettings, type UnknownReason } from '../../src/directory'
import { contoso, fabrikam, northwind } from '../../src/sandbox/tenants'
import { armHost, clientId, graphHost, loginHost, person, recordingLog, secret, settings, startLoopback, tenantOf, type Loopback } from './loopback'

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
const signedIn = (key: string, token = cloud.tokenOf(key)): Caller => asPerson({ tenantId: tenantOf(key).id, objectId: person(key).objectId, token })
const check = (caller: Caller) => directory().checkRole(caller, 'buy-microsoft-365')
const sentTo = (host: string) => cloud.requests.filter(({ url }) => url.hostname === host)
const formOf = ({ body }: { body: string }) => Object.fromEntries(new URLSearchParams(body))

describe('the same answers as the app gets', () => {
  it.each([
    ['kelley', { kind: 'can', roles: ['global-administrator'], limits: [] }],
    ['tricia', { kind: 'can', roles: ['billing-administrator'], limits: [] }],
    ['jane', { kind: 'cannot', roles: [], limits: [] }],
    ['sasha', { kind: 'can-after-activating', roles: ['billing-administrator'], limits: [] }],
    ['morgan', { kind: 'can', roles: ['billing-administrator'], limits: [] }],
    ['guest', { kind: 'cannot', roles: [], limits: [] }],
  ] as const)('%s', async (key, verdict) => {
    expect(await check(signedIn(key))).toEqual(verdict)
  })

  it.each([1, 2] as const)('with a token of version %i', async (version) => {
    expect(await check(signedIn('tricia', cloud.tokenOf('tricia', { version })))).toMatchObject({ kind: 'can' })
  })

  it('in another tenant than the configured one', async () => {
    expect(await check(signedIn('robin'))).toMatchObject({ kind: 'can', roles: ['global-administrator'] })
    expect(sentTo(loginHost).map(({ url }) => url.pathname)).toEqual([`/${fabrikam.id}/oauth2/v2.0/token`])
  })

  it('asked as oneself, with a token got on behalf of the person', async () => {
    const token = cloud.tokenOf('kelley')
    await check(signedIn('kelley', token))
    expect(sentTo(loginHost).map(formOf)).toEqual([
      expect.objectContaining({
        assertion: token,
        client_id: clientId,
        requested_token_use: 'on_behalf_of',
        scope: expect.stringContaining('https://graph.microsoft.com/.default'),
      }),
    ])
    expect(sentTo(graphHost).map(({ url }) => url.pathname)).toEqual(['/v1.0/me/checkMemberObjects'])
  })
})

describe('a token for Graph', () => {
  it('is used as it is', async () => {
    const token = await cloud.tokenFor('https://graph.microsoft.com', 'tricia')
    expect(await check(signedIn('tricia', token))).toMatchObject({ kind: 'can', roles: ['billing-administrator'] })
    expect(sentTo(loginHost)).toEqual([])
    expect(sentTo(graphHost)[0]?.headers.authorization).toBe(`Bearer ${token}`)
  })

  it('does not reach Azure, and that is said', async () => {
    const token = await cloud.tokenFor('https://graph.microsoft.com', 'kelley')
    expect(await directory().prove(signedIn('kelley', token))).toMatchObject({
      tenant: { answer: 'yes' },
      microsoft365: { answer: 'yes' },
      azure: { answer: 'unknown', reason: 'graph-only' },
    })
    expect(sentTo(armHost)).toEqual([])
  })
})

describe('Graph takes the person’s token no more', () => {
  const over = { error: { code: 'InvalidAuthenticationToken', message: 'Lifetime validation failed.' } }
  it.each([
    ['over or revoked', {}, 'signed-out'],
    ['until a policy is met', { 'www-authenticate': 'Bearer realm="", error="invalid_token", claims="e30="' }, 'conditional-access'],
  ] as const)('%s', async (_name, headers, reason) => {
    cloud.serve(graphHost, { status: 401, headers, body: over })
    expect(await check(signedIn('kelley'))).toMatchObject({ kind: 'unknown', reason, detail: { status: 401 } })
  })

  it('the app’s own is the operator’s to mend', async () => {
    cloud.serve(graphHost, { status: 401, body: over })
    expect(await check({ tenantId: contoso.id, objectId: person('kelley').objectId })).toMatchObject({ kind: 'unknown', reason: 'sign-in' })
  })
})

describe('refused without asking anybody', () => {
  const tokens: [string, (cloud: Loopback) => string | Promise<string>, UnknownReason][] = [
    ['a token of somebody else', () => cloud.tokenOf('jane'), 'other-person'],
    ['a token of another tenant', () => cloud.tokenOf('kelley', { tenant: northwind }), 'other-person'],
    ['a token that is over', () => cloud.tokenOf('kelley', { seconds: -60 }), 'signed-out'],
    ['a token for another app', () => cloud.tokenOf('kelley', { appId: '01234567-89ab-4cde-8f01-23456789abcd' }), 'sign-in'],
    ['a token for Azure', () => cloud.tokenFor('https://management.azure.com', 'kelley'), 'sign-in'],
    ['no token', () => '', 'sign-in'],
    ['something that is no token', () => 'a.b.c', 'sign-in'],
  ]
  it.each(tokens)('%s', async (_name, makeToken, reason) => {
    const token = await makeToken(cloud)
    cloud.requests.length = 0
    expect(await check(signedIn('kelley', token))).toMatchObject({ kind: 'unknown', reason })
    expect(await directory().findHelpers(signedIn('kelley', token), 'buy-microsoft-365')).toMatchObject({ kind: 'unknown', reason })
    expect(cloud.requests).toEqual([])
  })

  it('a personal account', async () => {
    const tenantId = '9188040d-6c67-4c5b-b112-36a304b66dad'
    const personal = { ...contoso, id: tenantId }
    const caller = asPerson({ tenantId, objectId: person('kelley').objectId, token: cloud.tokenOf('kelley', { tenant: personal }) })
    expect(await check(caller)).toMatchObject({ kind: 'unknown', reason: 'personal-account' })
    expect(await check({ tenantId, objectId: person('kelley').objectId })).toMatchObject({ kind: 'unknown', reason: 'personal-account' })
    expect(await directory().prove(caller)).toMatchObject({ tenant: { answer: 'unknown', reason: 'personal-account' } })
    expect(cloud.requests).toEqual([])
  })

  it('a token without an app to exchange it', async () => {
    const verdict = await directory({ identity: undefined }).checkRole(signedIn('kelley'), 'buy-microsoft-365')
    expect(verdict).toMatchObject({ kind: 'unknown', reason: 'not-configured' })
  })
})

describe('the exchange fails', () => {
  const entra = (error: string, code: number) => ({ error, error_description: `AADSTS${code}: Not today.`, error_codes: [code] })
  it.each([
    ['no consent at all', { status: 400, body: entra('interaction_required', 65001) }, 'consent', 'AADSTS65001'],
    ['no consent, as a grant that is not valid', { status: 400, body: entra('invalid_grant', 65001) }, 'consent', 'AADSTS65001'],
    ['another factor is wanted', { status: 400, body: entra('interaction_required', 50076) }, 'conditional-access', 'AADSTS50076'],
    ['a policy without a code we know', { status: 400, body: entra('interaction_required', 530_999) }, 'conditional-access', 'AADSTS530999'],
    ['the person’s token is over', { status: 400, body: entra('invalid_grant', 500133) }, 'signed-out', 'AADSTS500133'],
    ['an assertion nobody trusts', { status: 400, body: entra('invalid_grant', 50013) }, 'sign-in', 'AADSTS50013'],
    ['429', { status: 429, headers: { 'retry-after': '10' }, body: entra('temporarily_unavailable', 90055) }, 'throttled', 'AADSTS90055'],
    ['503', { status: 503, body: entra('temporarily_unavailable', 90033) }, 'unavailable', 'AADSTS90033'],
    ['a reset connection', 'reset', 'unavailable', 'network_error'],
  ] as const)('%s', async (_name, answer, reason, code) => {
    cloud.serve(loginHost, answer)
    expect(await check(signedIn('kelley'))).toMatchObject({ kind: 'unknown', reason, detail: { code } })
    expect(sentTo(graphHost)).toEqual([])
  })

  it.each([
    ['policy', 'conditional-access'],
    ['throttled', 'throttled'],
    ['down', 'unavailable'],
  ] as const)('the look-alike: sign-in is %s', async (fault, reason) => {
    cloud.faults.login = fault
    expect(await check(signedIn('kelley'))).toMatchObject({ kind: 'unknown', reason })
  })

  const refused = (error: string, code: number, more: object = {}) => ({ status: 400, body: { ...entra(error, code), ...more } })
  it.each([
    ['consent is wanted, by a number nobody knows', refused('invalid_grant', 999_001, { suberror: 'consent_required' }), 'consent'],
    ['an administrator has to consent', refused('invalid_grant', 90094), 'consent'],
    ['the person declined', refused('invalid_grant', 65004), 'consent'],
    ['another factor is wanted', refused('invalid_grant', 999_002, { suberror: 'basic_action' }), 'conditional-access'],
    ['a device is wanted', refused('invalid_grant', 999_003, { suberror: 'additional_action' }), 'conditional-access'],
    ['a policy blocks', refused('invalid_grant', 999_004, { suberror: 'message_only' }), 'conditional-access'],
    ['claims are wanted', refused('invalid_grant', 999_005, { claims: '{"access_token":{}}' }), 'conditional-access'],
    ['the grant is bad', refused('invalid_grant', 999_006, { suberror: 'bad_token' }), 'signed-out'],
    ['the person has to sign in again, whatever the error word', refused('interaction_required', 50173, { suberror: 'bad_token' }), 'signed-out'],
    ['the password has expired', refused('invalid_grant', 999_007, { suberror: 'user_password_expired' }), 'signed-out'],
    ['nobody is signed in', refused('login_required', 999_008), 'signed-out'],
    ...[50132, 50133, 50173, 500133, 700082, 70043, 70044].map(
      (code) => [`the session is over: ${code}`, refused('invalid_grant', code), 'signed-out'] as const,
    ),
    ['a session that is over needs no other policy', refused('interaction_required', 70043), 'signed-out'],
    ['no service by that address', refused('invalid_resource', 500011), 'sign-in'],
    ['a service the organization has not', refused('interaction_required', 650052), 'sign-in'],
    ['a suberror nobody knows', refused('invalid_grant', 999_009, { suberror: 'new_thing' }), 'sign-in'],
    ['words that are none', refused('invalid_grant', 999_010, { suberror: 7, claims: null, error_codes: null }), 'sign-in'],
    ['null for everything', { status: 400, body: { error: null, suberror: null, claims: null, error_codes: null } }, 'sign-in'],
  ] as const)('by its own words: %s', async (_name, answer, reason) => {
    cloud.serve(loginHost, answer)
    expect(await check(signedIn('kelley'))).toMatchObject({ kind: 'unknown', reason })
  })

  it.each([
    ['nobody assigned the person to the app', refused('interaction_required', 50105), 'not-yours', /^Assign the person/],
    ['no service by that address', refused('invalid_resource', 500011), 'sign-in', /GRAPH_BASE_URL/],
    ['a service the organization has not', refused('invalid_client', 650052), 'sign-in', /service principal/],
  ] as const)('the operator is told what to do: %s', async (_name, answer, reason, fix) => {
    cloud.serve(loginHost, answer)
    expect(await check(signedIn('kelley'))).toMatchObject({ kind: 'unknown', reason })
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', fields: { reason, fix: expect.stringMatching(fix) } })
  })

  it('nothing else of the answer is kept or logged', async () => {
    const error_description = `AADSTS53003: Blocked for jane.doe@contoso.com.`
    cloud.serve(loginHost, {
      status: 400,
      body: { error: 'invalid_grant', suberror: 'message_only', error_description, claims: '{"private":"claim"}', error_codes: [53003] },
    })
    const quiet = recordingLog()
    const verdict = await createDirectory(settings, quiet).checkRole(signedIn('kelley'), 'buy-microsoft-365')
    expect(verdict).toEqual({ kind: 'unknown', reason: 'conditional-access', detail: { status: 400, code: 'AADSTS53003' } })
    expect(JSON.stringify([verdict, quiet.lines])).not.toMatch(/jane\.doe|private|message_only/)
  })

  it('the look-alike is slow', async () => {
    cloud.faults.login = 'slow'
    expect(await directory({ budgetMs: 300 }).checkRole(signedIn('kelley'), 'buy-microsoft-365')).toMatchObject({ kind: 'unknown', reason: 'timeout' })
  })
})

describe('the ladder of consent, as the app and as the person', () => {
  const ways: [string, (key: string) => Caller][] = [
    ['app', (key) => ({ tenantId: tenantOf(key).id, objectId: person(key).objectId })],
    ['person', (key) => signedIn(key)],
  ]
  describe.each(ways)('%s', (way, callerOf) => {
    const basic = way === 'app' ? 'User.Read.All' : 'User.Read'

    it('nothing: no verdict', async () => {
      cloud.faults.denied = ['User.Read', 'User.Read.All']
      expect(await check(callerOf('kelley'))).toMatchObject({ kind: 'unknown', reason: 'consent' })
      expect(log.lines.at(-1)?.fields).toMatchObject({ permission: basic, fix: expect.stringContaining(basic) })
    })

    it('no sight of PIM: the verdict stands, and says so', async () => {
      cloud.faults.denied = ['RoleEligibilitySchedule.Read.Directory']
      const limits = [{ what: 'eligible-roles', reason: 'consent' }]
      expect(await check(callerOf('sasha'))).toEqual({ kind: 'cannot', roles: [], limits })
      expect(await check(callerOf('tricia'))).toEqual({ kind: 'can', roles: ['billing-administrator'], limits: [] })
    })

    it('tells the operator which permission would add what, once', async () => {
      cloud.faults.denied = ['RoleEligibilitySchedule.Read.Directory']
      const quiet = recordingLog()
      const there = createDirectory(settings, quiet)
      await there.checkRole(callerOf('jane'), 'buy-microsoft-365')
      await there.checkRole(callerOf('sasha'), 'buy-microsoft-365')
      expect(quiet.lines).toEqual([
        {
          level: 'info',
          message: 'directory: answers leave out eligible-roles',
          fields: expect.objectContaining({
            look: 'eligible-roles',
            reason: 'consent',
            permission: 'RoleEligibilitySchedule.Read.Directory',
            adds: expect.stringContaining('PIM'),
            fix: expect.stringContaining(way === 'app' ? 'application permission' : 'delegated permission'),
          }),
        },
      ])
    })

    it('consent given meanwhile is noticed when a fresh answer is asked for', async () => {
      const there = directory()
      cloud.faults.denied = ['RoleEligibilitySchedule.Read.Directory']
      expect(await there.checkRole(callerOf('sasha'), 'buy-microsoft-365')).toMatchObject({ kind: 'cannot' })
      cloud.faults.denied = []
      expect(await there.checkRole(callerOf('sasha'), 'buy-microsoft-365', { fresh: true })).toMatchObject({ kind: 'can-after-activating' })
    })
  })

  it('everything that can be refused is refused: the exchange fails for want of consent', async () => {
    cloud.faults.denied = [
      'User.Read',
      'User.Read.All',
      'LicenseAssignment.Read.All',
      'RoleManagement.Read.Directory',
      'RoleEligibilitySchedule.Read.Directory',
      'GroupMember.ReadBasic.All',
    ]
    expect(await check(signedIn('kelley'))).toMatchObject({ kind: 'unknown', reason: 'consent', detail: { code: 'AADSTS65001' } })
    expect(sentTo(graphHost)).toEqual([])
  })
})

describe('PIM does not answer as it should: the verdict stands', () => {
  const odata = (code: string) => ({ error: { code, message: 'Not today.' } })
  it.each([
    ['a right of one’s own is missing', { status: 403, body: odata('Authorization_RequestDenied') }, 'not-yours'],
    ['403 by something on the way', { status: 403, headers: { 'content-type': 'text/html' }, body: '<p>no</p>' }, 'consent'],
    ['no licence', { status: 403, body: odata('AadPremiumLicenseRequired') }, 'not-licensed'],
    ['conditional access', { status: 403, body: odata('insufficient_claims') }, 'conditional-access'],
    ['401', { status: 401, body: odata('InvalidAuthenticationToken') }, 'signed-out'],
    ['404', { status: 404, body: odata('Request_ResourceNotFound') }, 'not-found'],
    ['429', { status: 429, headers: { 'retry-after': '10' }, body: odata('TooManyRequests') }, 'throttled'],
    ['500', { status: 500, body: odata('InternalServerError') }, 'unavailable'],
    ['a reset connection', 'reset', 'unavailable'],
    ['half a JSON document', { status: 200, body: '{"value":[' }, 'malformed'],
    ['null instead of a list', { status: 200, body: { value: null } }, 'malformed'],
    ['a next page on another host', { status: 200, body: { value: [], '@odata.nextLink': 'https://example.com/next' } }, 'malformed'],
  ] as const)('%s', async (_name, answer, reason) => {
    const held = { status: 200, body: { value: [] } }
    cloud.serve(graphHost, ({ url }) => (url.pathname.endsWith('/checkMemberObjects') ? held : answer))
    expect(await check(signedIn('sasha'))).toEqual({ kind: 'cannot', roles: [], limits: [{ what: 'eligible-roles', reason }] })
  })

  it('hangs until the time is up', async () => {
    const held = { status: 200, body: { value: [] } }
    cloud.serve(graphHost, ({ url }) => (url.pathname.endsWith('/checkMemberObjects') ? held : 'hang'))
    const verdict = await directory({ budgetMs: 400 }).checkRole(signedIn('sasha'), 'buy-microsoft-365')
    expect(verdict).toMatchObject({ kind: 'cannot', limits: [{ what: 'eligible-roles', reason: 'timeout' }] })
    await Promise.all(cloud.hanging)
  })

  it('a person sees what their groups may activate among their own, so nobody else’s is asked for', async () => {
    await check(signedIn('jane'))
    expect(sentTo(graphHost).map(({ url }) => url.pathname.split('/').at(-1))).toEqual(['checkMemberObjects', "filterByCurrentUser(on='principal')"])
  })

  it('a role in an administrative unit does not count', async () => {
    const role = { principalId: person('sasha').objectId, roleDefinitionId: 'b0f54661-2d74-4c50-afa3-1ec803f12efe' }
    const value = [{ ...role, directoryScopeId: '/administrativeUnits/5c8b1e6d-1629-443b-a7cc-38495a6b7c8d' }]
    cloud.serve(graphHost, ({ url }) => ({ status: 200, body: { value: url.pathname.endsWith('/checkMemberObjects') ? [] : value } }))
    expect(await check(signedIn('sasha'))).toMatchObject({ kind: 'cannot' })
  })
})

describe('where the role holds', () => {
  const asApp = (key: string) => ({ tenantId: tenantOf(key).id, objectId: person(key).objectId })
  it.each([
    ['guest', { guest: true, tenantName: 'Contoso' }],
    ['kelley', { guest: false, tenantName: 'Contoso' }],
  ])('%s', async (key, standing) => {
    expect(await directory().standing(asApp(key))).toEqual(standing)
    expect(await directory().standing(signedIn(key))).toEqual(standing)
  })

  it('each part by itself, and nothing when nobody can be asked', async () => {
    cloud.faults.denied = ['Organization.Read.All']
    expect(await directory().standing(asApp('guest'))).toEqual({ guest: true })
    cloud.faults.denied = ['User.Read.All']
    expect(await directory().standing(asApp('guest'))).toEqual({ tenantName: 'Contoso' })
    expect(await directory().standing({})).toEqual({})
  })
})

it('what is remembered of the app’s look is not given to the person, nor the other way round', async () => {
  const there = directory()
  const asApp = { tenantId: contoso.id, objectId: person('kelley').objectId }
  await there.checkRole(asApp, 'buy-microsoft-365')
  await there.checkRole(signedIn('kelley'), 'buy-microsoft-365')
  await there.checkRole(signedIn('kelley'), 'buy-microsoft-365')
  await wait(5)
  expect(sentTo(graphHost).map(({ url }) => url.pathname)).toEqual([`/v1.0/users/${asApp.objectId}/checkMemberObjects`, '/v1.0/me/checkMemberObjects'])
})

it('a caller prints without the token, and nothing private is logged', () => {
  const token = cloud.tokenOf('kelley')
  expect(JSON.stringify(signedIn('kelley', token))).not.toContain(token)
  const everything = JSON.stringify(log.lines)
  expect(log.lines.length).toBeGreaterThan(20)
  for (const private_ of [secret, contoso.id, fabrikam.id, clientId, person('kelley').objectId, person('sasha').objectId, 'eyJ', 'Bearer', '@contoso'])
    expect(everything).not.toContain(private_)
})

it('a token made out for the bot is for its own registration too, where the two are different', () => {
  const caller = signedIn('tricia', cloud.tokenOf('tricia', { version: 1 }))
  const another = '22222222-3333-4444-8555-666666666666'
  expect(directory({ clientId: another, botId: clientId }).whyNot(caller)).toBeUndefined()
  expect(directory({ clientId: another, botId: another }).whyNot(caller)).toBe('sign-in')
})
