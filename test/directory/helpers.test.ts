import { asPerson, createDirectory, type Caller, type DirectorySettings, type Need, type UnknownReason } from '../../src/directory'
import { contoso } from '../../src/sandbox/tenants'
import { graphHost, person, recordingLog, settings, startLoopback, subject, tenantOf, type Loopback } from './loopback'

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
const find = (caller: Caller, need: Need = 'buy-microsoft-365', overrides?: DirectorySettings) => directory(overrides).findHelpers(caller, need)

const billing = { roles: ['billing-administrator'] }
const tricia = {
  name: 'Tricia',
  objectId: person('tricia').objectId,
  userPrincipalName: 'tricia@contoso.onmicrosoft.com',
  ...billing,
  eligible: false,
  preferredLanguage: 'fr-FR',
}
const morgan = { name: 'Morgan Diaz', objectId: person('morgan').objectId, userPrincipalName: 'morgan@contoso.onmicrosoft.com', ...billing, eligible: false }
const sasha = {
  name: 'Sasha Renard',
  objectId: person('sasha').objectId,
  userPrincipalName: 'sasha@contoso.onmicrosoft.com',
  ...billing,
  eligible: true,
  preferredLanguage: 'fr-CA',
}
const kelley = {
  name: 'Kelley Wall',
  objectId: person('kelley').objectId,
  userPrincipalName: 'admin@contoso.onmicrosoft.com',
  roles: ['global-administrator'],
  eligible: false,
  preferredLanguage: 'en-US',
}

describe.each<[string, (key: string) => Caller]>([
  ['app', asApp],
  ['person', signedIn],
])('found as the %s', (_way, caller) => {
  it('least power first, active before eligible; no guests, disabled accounts or apps', async () => {
    expect(await find(caller('jane'))).toEqual({ kind: 'found', helpers: [tricia, morgan, sasha, kelley], limits: [], holdsItself: false })
  })

  it('never the one who asks', async () => {
    expect(await find(caller('tricia'))).toMatchObject({ kind: 'found', helpers: [morgan, sasha, kelley] })
  })

  it.each([
    ['tricia', 'holds the role', true],
    ['morgan', 'holds it through a group', true],
    ['sasha', 'has to activate it', false],
    ['jane', 'has none', false],
  ])('and says whether %s does not need them: %s', async (key, _what, holdsItself) => {
    expect(await find(caller(key))).toMatchObject({ kind: 'found', holdsItself })
  })

  it('the only one who holds what it takes is not taken for nobody', async () => {
    expect(await find(caller('kelley'), 'assign-licences')).toEqual({ kind: 'found', helpers: [], limits: [], holdsItself: true })
  })

  it('for what the need takes', async () => {
    expect(await find(caller('jane'), 'assign-licences')).toEqual({ kind: 'found', helpers: [kelley], limits: [], holdsItself: false })
  })

  it.each([
    ['PIM', ['RoleEligibilitySchedule.Read.Directory'], [tricia, morgan, kelley], 'eligible-roles'],
    ['groups', ['GroupMember.ReadBasic.All'], [tricia, sasha, kelley], 'group-members'],
  ])('without sight of %s the others are there', async (_what, denied, helpers, what) => {
    cloud.faults.denied = denied
    expect(await find(caller('jane'))).toEqual({ kind: 'found', helpers, limits: [{ what, reason: 'consent' }], holdsItself: false })
  })

  it('without sight of role holders there is no answer', async () => {
    cloud.faults.denied = ['RoleManagement.Read.Directory']
    expect(await find(caller('jane'))).toMatchObject({ kind: 'unknown', reason: 'consent' })
    expect(log.lines.at(-1)?.fields).toMatchObject({ look: 'helpers', permission: 'RoleManagement.Read.Directory' })
  })
})

describe('who asks in person needs a right of their own', () => {
  it('a guest has none: that is not for want of consent', async () => {
    expect(await find(signedIn('guest'))).toMatchObject({ kind: 'unknown', reason: 'not-yours', detail: { status: 403, code: 'Authorization_RequestDenied' } })
    expect(log.lines.at(-1)).toMatchObject({
      level: 'info',
      fields: { look: 'helpers', reason: 'not-yours', fix: expect.stringMatching(/^None: .*directory role/) },
    })
    expect(log.lines.at(-1)?.fields).not.toHaveProperty('permission')
  })

  it('without consent that comes first', async () => {
    cloud.faults.denied = ['RoleManagement.Read.Directory']
    expect(await find(signedIn('guest'))).toMatchObject({ kind: 'unknown', reason: 'consent' })
  })
})

describe('what Graph may answer', () => {
  const role = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'
  const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const user = (n: number, more: object = {}) => ({
    '@odata.type': '#microsoft.graph.user',
    id: id(n),
    displayName: `Person ${n}`,
    userPrincipalName: `p${n}@contoso.com`,
    ...more,
  })
  const assigned = (principal: { id: string } | null, principalId = principal?.id) => ({
    id: 'x',
    principalId,
    roleDefinitionId: role,
    directoryScopeId: '/',
    principal,
  })
  type Answer = Parameters<Loopback['serve']>[1]
  interface World {
    readonly holders?: readonly object[]
    readonly eligible?: Answer
    readonly members?: Answer
    readonly accounts?: Answer
  }
  const list = (value: readonly unknown[]) => ({ status: 200, body: { value } })
  const react = (answer: Answer, request: Parameters<Extract<Answer, (...args: never[]) => unknown>>[0]) =>
    typeof answer === 'function' ? answer(request) : answer

  const serve = ({ holders = [], eligible = list([]), members = list([]), accounts }: World) =>
    cloud.serve(graphHost, (request) => {
      const { pathname, searchParams } = request.url
      const filter = searchParams.get('$filter') ?? ''
      if (pathname.endsWith('/roleAssignments')) return list(filter.includes(role) ? holders : [])
      if (pathname.endsWith('/roleEligibilityScheduleInstances')) return filter.includes(role) ? react(eligible, request) : list([])
      if (pathname.endsWith('/members')) return react(members, request)
      const ids = [...filter.matchAll(/'([^']+)'/g)].map(([, each]) => each)
      return accounts
        ? react(accounts, request)
        : list(
            ids.map((each) => ({
              id: each,
              displayName: `Person ${Number(each?.slice(-12))}`,
              userPrincipalName: null,
              userType: 'Member',
              accountEnabled: true,
            })),
          )
    })
  const namesOf = async () => {
    const found = await find(asApp('jane'))
    return found.kind === 'found' ? found.helpers.map(({ name }) => name) : found
  }

  it('five at most', async () => {
    serve({ holders: Array.from({ length: 40 }, (_, n) => assigned(user(n))) })
    expect(await namesOf()).toEqual(['Person 0', 'Person 1', 'Person 2', 'Person 3', 'Person 4'])
    const asked = cloud.requests.filter(({ url }) => url.pathname === '/v1.0/users').map(({ url }) => url.searchParams.get('$filter')?.match(/'/g)?.length)
    expect(asked).toEqual([30, 30])
  })

  it('the first who are colleagues, however many of no use come before them', async () => {
    const accountOf = (n: number) => ({ id: id(n), displayName: `Person ${n}`, userType: n % 2 ? 'Guest' : 'Member', accountEnabled: n > 70 })
    serve({
      holders: Array.from({ length: 90 }, (_, n) => assigned(user(n))),
      accounts: ({ url }) => list([...(url.searchParams.get('$filter') ?? '').matchAll(/(\d{12})'/g)].map(([, n]) => accountOf(Number(n)))),
    })
    expect(await namesOf()).toEqual(['Person 72', 'Person 74', 'Person 76', 'Person 78', 'Person 80'])
    expect(cloud.requests.filter(({ url }) => url.pathname === '/v1.0/users')).toHaveLength(6)
  })

  it('accounts that may not be seen are asked for once', async () => {
    const guest = (n: number) => user(n, { userPrincipalName: `p${n}_fabrikam.com#EXT#@contoso.com` })
    serve({
      holders: Array.from({ length: 70 }, (_, n) => assigned(n < 65 ? guest(n) : user(n))),
      accounts: { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } },
    })
    expect(await find(asApp('jane'))).toMatchObject({
      helpers: [65, 66, 67, 68, 69].map((n) => ({ name: `Person ${n}` })),
      limits: [{ what: 'accounts', reason: 'consent' }],
    })
    expect(cloud.requests.filter(({ url }) => url.pathname === '/v1.0/users')).toHaveLength(2)
  })

  it('the time is up between two looks: those seen so far are there', async () => {
    let looks = 0
    serve({
      holders: Array.from({ length: 90 }, (_, n) => assigned(null, id(n))),
      accounts: () => ((looks += 1) > 2 ? 'hang' : list(looks === 1 ? [user(3, { userType: 'Member', accountEnabled: true })] : [])),
    })
    expect(await find(asApp('jane'), 'buy-microsoft-365', { budgetMs: 600 })).toMatchObject({
      helpers: [{ name: 'Person 3' }],
      limits: [
        { what: 'accounts', reason: 'timeout' },
        { what: 'holders', reason: 'timeout' },
      ],
    })
    await Promise.all(cloud.hanging)
  })

  it.each([
    ['who hold the role', 'roleAssignments', 'holders'],
    ['who could activate it', 'roleEligibilityScheduleInstances', 'eligible-roles'],
  ] as const)('more than ten pages of those %s: that is said, also when nobody is left', async (_name, path, what) => {
    cloud.serve(graphHost, ({ url }) => {
      if (!url.pathname.endsWith(path) || !url.searchParams.get('$filter')?.includes(role)) return list([])
      return {
        status: 200,
        body: { value: [assigned({ '@odata.type': '#microsoft.graph.servicePrincipal', id: id(1) } as { id: string })], '@odata.nextLink': url.href },
      }
    })
    expect(await find(asApp('jane'))).toEqual({ kind: 'found', helpers: [], limits: [{ what, reason: 'too-many' }], holdsItself: false })
  })

  it('nobody', async () => {
    serve({})
    expect(await find(asApp('jane'))).toEqual({ kind: 'found', helpers: [], limits: [], holdsItself: false })
    expect(cloud.requests.filter(({ url }) => url.pathname === '/v1.0/users')).toEqual([])
  })

  it('a holder that may not be seen is looked for among the accounts', async () => {
    serve({ holders: [assigned(null, id(7)), assigned(null, id(8))], accounts: list([user(7, { userType: 'Member', accountEnabled: true })]) })
    expect(await find(asApp('jane'))).toMatchObject({ helpers: [{ name: 'Person 7' }], limits: [{ what: 'holders', reason: 'consent' }] })
  })

  it('one that is not found among the accounts either may be an app: nobody is visible, and that is not all', async () => {
    serve({ holders: [assigned(null, id(7))], accounts: list([]) })
    expect(await find(asApp('jane'))).toMatchObject({ kind: 'found', helpers: [], limits: [{ what: 'holders', reason: 'consent' }] })
  })

  const nobodys = { displayName: null, userPrincipalName: null }
  const refusal = { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }
  it.each<[string, World, UnknownReason]>([
    [
      'names are null everywhere',
      { holders: [assigned(user(1, nobodys))], accounts: list([user(1, { ...nobodys, userType: 'Member', accountEnabled: true })]) },
      'names-hidden',
    ],
    ['names are null, and accounts refused', { holders: [assigned(user(1, nobodys))], accounts: refusal }, 'names-hidden'],
    ['nothing is told of the holder, and accounts refused', { holders: [assigned(null, id(1))], accounts: refusal }, 'names-hidden'],
    [
      'nothing is told of a member, and accounts refused',
      { holders: [assigned({ '@odata.type': '#microsoft.graph.group', id: id(99) } as { id: string })], members: list([{ id: id(1) }]), accounts: refusal },
      'names-hidden',
    ],
    ['nothing is told, and accounts do not come just now', { holders: [assigned(null, id(1))], accounts: { status: 500, body: {} } }, 'unavailable'],
  ])('somebody who cannot be named is not nobody: %s', async (_name, world, reason) => {
    serve(world)
    expect(await find(asApp('jane'))).toMatchObject({ kind: 'unknown', reason })
  })

  it('a guest or a disabled account without a name is nobody to ask', async () => {
    serve({
      holders: [assigned(user(1)), assigned(user(2))],
      accounts: list([user(1, { ...nobodys, userType: 'Guest', accountEnabled: true }), user(2, { ...nobodys, userType: 'Member', accountEnabled: false })]),
    })
    expect(await find(asApp('jane'))).toMatchObject({ kind: 'found', helpers: [], limits: [] })
  })

  it.each([
    ["m.o'neil@contoso.com", "m.o'neil@contoso.com"],
    ["morgan@contoso'.com", undefined],
    ['"m"@contoso.com', undefined],
  ])('the address to write to: %s', async (userPrincipalName, shown) => {
    serve({ holders: [assigned(user(1))], accounts: list([user(1, { userPrincipalName, userType: 'Member', accountEnabled: true })]) })
    const found = await find(asApp('jane'))
    expect(found.kind === 'found' && found.helpers.map((helper) => helper.userPrincipalName)).toEqual([shown])
  })

  it('null names: the user name stands in, and nobody is listed without either', async () => {
    const nameless = (n: number, userPrincipalName: string | null) => ({
      id: id(n),
      displayName: null,
      userPrincipalName,
      userType: null,
      accountEnabled: true,
    })
    serve({
      holders: [assigned(user(1, { displayName: null, userPrincipalName: null })), assigned(user(2, { displayName: null, userPrincipalName: null }))],
      accounts: list([nameless(1, 'one@contoso.com'), nameless(2, null)]),
    })
    expect(await find(asApp('jane'))).toMatchObject({ helpers: [{ name: 'one@contoso.com' }], limits: [{ what: 'holders', reason: 'consent' }] })
  })

  it('accounts may not be seen: what the role list told is used, and that is said', async () => {
    serve({
      holders: [assigned(user(1)), assigned(user(2, { userPrincipalName: 'two_fabrikam.com#EXT#@contoso.com' }))],
      accounts: { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } },
    })
    expect(await find(asApp('jane'))).toEqual({
      kind: 'found',
      helpers: [{ name: 'Person 1', objectId: id(1), userPrincipalName: 'p1@contoso.com', ...billing, eligible: false }],
      limits: [{ what: 'accounts', reason: 'consent' }],
      holdsItself: false,
    })
  })

  it('accounts that do not tell whether they are enabled: that is said', async () => {
    serve({ holders: [assigned(user(1))], accounts: list([user(1, { accountEnabled: null, userType: null })]) })
    expect(await find(asApp('jane'))).toMatchObject({ helpers: [{ name: 'Person 1' }], limits: [{ what: 'accounts', reason: 'consent' }] })
  })

  it('who holds one role and could activate another counts as active', async () => {
    serve({ holders: [assigned(user(1))], eligible: list([assigned(user(1)), assigned(user(2))]) })
    expect(await find(asApp('jane'))).toMatchObject({
      helpers: [
        { name: 'Person 1', eligible: false },
        { name: 'Person 2', eligible: true },
      ],
    })
  })

  it('a group of many pages is read as far as ten, and that is said', async () => {
    let page = 0
    serve({
      holders: [assigned({ '@odata.type': '#microsoft.graph.group', id: id(99), displayName: 'Many' } as { id: string })],
      members: ({ url }) => ({ status: 200, body: { value: [user((page += 1))], '@odata.nextLink': `${url.origin}${url.pathname}?$skiptoken=${page}` } }),
    })
    expect(await find(asApp('jane'))).toMatchObject({ helpers: [{}, {}, {}, {}, {}], limits: [{ what: 'group-members', reason: 'too-many' }] })
    expect(page).toBe(10)
  })

  it('a next page is found however its host is spelled', async () => {
    serve({
      holders: [assigned({ '@odata.type': '#microsoft.graph.group', id: id(99) } as { id: string })],
      members: ({ url }) => {
        const next = `HTTPS://Graph.Microsoft.com:443${url.pathname}?$skiptoken=2`
        return { status: 200, body: url.searchParams.has('$skiptoken') ? { value: [user(2)] } : { value: [user(1)], '@odata.nextLink': next } }
      },
    })
    expect(await namesOf()).toEqual(['Person 1', 'Person 2'])
  })

  it.each(['https://graph.microsoft.com.example.com/v1.0/next', 'https://graph.microsoft.com@example.com/v1.0/next', 'http://graph.microsoft.com/v1.0/next'])(
    'a next page at %s is not fetched',
    async (next) => {
      serve({
        holders: [assigned({ '@odata.type': '#microsoft.graph.group', id: id(99) } as { id: string })],
        members: { status: 200, body: { value: [user(1)], '@odata.nextLink': next } },
      })
      expect(await find(asApp('jane'))).toEqual({ kind: 'found', helpers: [], limits: [{ what: 'group-members', reason: 'malformed' }], holdsItself: false })
    },
  )

  it('names are plain text of bounded length', async () => {
    const names = ['  Ann\u202e\u0000 \n <b>Lee</b> ', 'x'.repeat(500), '\u200f\u2066', `Z${'\u0301'.repeat(50)}`, '[Reset](https://example.com)']
    const accounts = names.map((displayName, n) => ({
      id: id(n),
      displayName,
      userPrincipalName: 'no address',
      userType: 'Member',
      accountEnabled: true,
      preferredLanguage: 'fr"><script>',
    }))
    serve({ holders: names.map((_, n) => assigned(user(n))), accounts: list(accounts) })
    const found = await find(asApp('jane'))
    if (found.kind !== 'found') throw new Error(found.reason)
    expect(found.helpers.map(({ name }) => name)).toEqual(['Ann <b>Lee</b>', `${'x'.repeat(63)}…`, `Ź${'\u0301'.repeat(2)}`, '[Reset](https://example.com)'])
    for (const helper of found.helpers) {
      expect(helper).not.toHaveProperty('userPrincipalName')
      expect(helper).not.toHaveProperty('preferredLanguage')
    }
  })

  it.each([
    ['401', { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } }, 'sign-in'],
    ['403', { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }, 'consent'],
    ['conditional access', { status: 403, body: { error: { code: 'insufficient_claims' } } }, 'conditional-access'],
    ['429', { status: 429, headers: { 'retry-after': '10' }, body: {} }, 'throttled'],
    ['500', { status: 500, body: {} }, 'unavailable'],
    ['a reset connection', 'reset', 'unavailable'],
    ['half a JSON document', { status: 200, body: '{"value":[' }, 'malformed'],
  ] as const)('%s', async (_name, answer, reason) => {
    cloud.serve(graphHost, answer)
    expect(await find(asApp('jane'))).toMatchObject({ kind: 'unknown', reason })
  })

  it('too slow', async () => {
    cloud.serve(graphHost, 'hang')
    expect(await find(asApp('jane'), 'buy-microsoft-365', { budgetMs: 300 })).toMatchObject({ kind: 'unknown', reason: 'timeout' })
    await Promise.all(cloud.hanging)
  })
})

it('logs no name, no address and nobody’s id', () => {
  const everything = JSON.stringify(log.lines)
  expect(log.lines.length).toBeGreaterThan(5)
  for (const private_ of ['Tricia', 'Kelley', '@contoso', contoso.id, person('jane').objectId, 'eyJ']) expect(everything).not.toContain(private_)
})
