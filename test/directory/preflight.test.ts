/** What is found before anything is moved or bought, for ten made-up companies, and when the services misbehave. */
import { asPerson, createDirectory, type Caller, type DirectorySettings, type Preflight } from '../../src/directory'
import { companies } from '../../src/sandbox/companies'
import { contoso, fabrikam } from '../../src/sandbox/tenants'
import { armHost, graphHost, person, recordingLog, settings, startLoopback, subject, tenantOf, type Loopback } from './loopback'

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
const signedIn = (key: string): Caller => asPerson({ tenantId: tenantOf(key).id, objectId: person(key).objectId, token: cloud.tokenOf(key) })
const look = (key: string, subscriptionId?: string, overrides?: DirectorySettings) =>
  directory(overrides).preflight(signedIn(key), { subscriptionId, need: 'allow-move' })
const sentTo = (host: string) => cloud.requests.filter(({ url }) => url.hostname === host)
const [elsewhere = ''] = fabrikam.subscriptions

const word = (finding: { readonly answer: string; readonly reason?: string; readonly evidence?: unknown }, detail?: string | boolean): string =>
  [finding.answer, ...(finding.answer === 'unknown' ? [finding.reason ?? ''] : detail === undefined ? [] : [String(detail)])].join(' ')

/** A line a finding, in the words of the code. */
const inShort = ({ microsoft365, azure, account, role, offer, leaving, entering, owner }: Preflight) => ({
  microsoft365: word(microsoft365),
  azure: word(azure),
  account: word(account, account.evidence?.kind),
  role: word(role, role.evidence?.how),
  offer: word(offer, offer.evidence?.offer),
  leaving: word(leaving, leaving.evidence?.exempt),
  entering: word(entering, entering.evidence?.exempt),
  owner: word(owner, owner.evidence?.how),
})

const blocked = { leaving: 'no', entering: 'no' }
const ownAzure = { azure: 'yes', offer: 'yes other', owner: 'yes direct' }
const usual = { microsoft365: 'yes', account: 'yes work', ...blocked }

it.each([
  ['Adatum', 'nina', elsewhere, { ...usual, azure: 'no', role: 'yes direct', offer: 'unknown in-other-tenant', owner: 'unknown in-other-tenant' }],
  ['Litware', 'omar', undefined, { ...usual, ...ownAzure, role: 'yes direct', leaving: 'yes', entering: 'yes' }],
  [
    'Proseware',
    'lea',
    elsewhere,
    {
      ...usual,
      azure: 'no',
      role: 'yes direct',
      offer: 'unknown in-other-tenant',
      leaving: 'yes true',
      entering: 'yes true',
      owner: 'unknown in-other-tenant',
    },
  ],
  [
    'Trey Research',
    'kofi',
    undefined,
    {
      ...usual,
      azure: 'unknown nothing-visible',
      role: 'yes group',
      offer: 'unknown nothing-visible',
      leaving: 'unknown no-policy',
      entering: 'unknown no-policy',
      owner: 'unknown nothing-visible',
    },
  ],
  ['Wingtip', 'ida', undefined, { ...usual, ...ownAzure, role: 'no', leaving: 'unknown not-yours', entering: 'unknown not-yours' }],
  ['Tailspin', 'paul', undefined, { ...usual, ...ownAzure, role: 'no', offer: 'no csp' }],
  ['Fourth Coffee', 'mira', undefined, { ...usual, ...ownAzure, role: 'no', owner: 'no group' }],
  ['Coho Winery', 'theo', undefined, { ...usual, ...ownAzure, role: 'no eligible', owner: 'no eligible' }],
  ['Lucerne School', 'yara', undefined, { ...usual, ...ownAzure, account: 'no guest', role: 'no', offer: 'no students-starter' }],
  [
    'Humongous',
    'sven',
    undefined,
    {
      ...usual,
      microsoft365: 'no',
      azure: 'yes',
      role: 'no',
      offer: 'unknown which-subscription',
      leaving: 'yes',
      owner: 'unknown which-subscription',
    },
  ],
])('%s', async (name, key, subscriptionId, expected) => {
  const found = await look(key, subscriptionId)
  expect(tenantOf(key).name).toBe(name)
  expect(found.tenant).toMatchObject({ answer: 'yes', evidence: { tenantId: tenantOf(key).id, name } })
  expect(inShort(found)).toEqual(expected)
})

it('there are ten of them, and each was looked at', () => {
  expect(companies.map(({ people }) => people.length)).toEqual(companies.map(() => 1))
  expect(companies).toHaveLength(10)
})

describe('one subscription among several', () => {
  it.each([
    ['by its id', companies.at(-1)?.subscriptions[1] ?? '', 'no conditional', 'yes other'],
    ['by the id of one that is nobody’s', '01234567-89ab-4cde-8f01-23456789abcd', 'unknown not-found', 'unknown not-found'],
    ['by what is no id', 'mine', 'unknown invalid-input', 'unknown invalid-input'],
  ])('%s', async (_name, id, owner, offer) => {
    expect(inShort(await look('sven', id))).toMatchObject({ owner, offer })
  })
})

describe('only reading, and only what is needed', () => {
  it('nothing but GET goes to Azure, and the token with it', async () => {
    await look('omar')
    const asked = sentTo(armHost)
    expect(asked.map(({ method }) => method)).toEqual(asked.map(() => 'GET'))
    expect(asked.map(({ url }) => url.pathname).sort()).toEqual([
      '/providers/Microsoft.Subscription/policies/default',
      '/subscriptions',
      expect.stringMatching(/\/roleAssignments$/),
      expect.stringMatching(/\/roleEligibilityScheduleInstances$/),
    ])
    for (const { headers } of asked) expect(headers.authorization).toMatch(/^Bearer /)
  })

  it('a subscription of another tenant is looked up in public, and not asked about with the token', async () => {
    await look('nina', elsewhere)
    const about = sentTo(armHost).filter(({ url }) => url.pathname.includes(elsewhere))
    expect(about.map(({ url, headers }) => [url.pathname, headers.authorization])).toEqual([[`/subscriptions/${elsewhere}`, undefined]])
  })

  it('who did not sign in is told what the app sees, and Azure is not asked', async () => {
    const found = await directory().preflight(subject(person('kelley').objectId), { need: 'allow-move' })
    expect(inShort(found)).toEqual({
      microsoft365: 'yes',
      azure: 'unknown not-signed-in',
      account: 'yes work',
      role: 'yes',
      offer: 'unknown not-signed-in',
      leaving: 'unknown not-signed-in',
      entering: 'unknown not-signed-in',
      owner: 'unknown not-signed-in',
    })
    expect(sentTo(armHost)).toEqual([])
  })

  it('a personal account', async () => {
    const found = await directory().preflight({ tenantId: '9188040d-6c67-4c5b-b112-36a304b66dad', objectId: person('kelley').objectId }, { need: 'allow-move' })
    expect(inShort(found)).toMatchObject({ account: 'no personal', role: 'unknown personal-account', owner: 'unknown personal-account' })
  })
})

describe('what is not known is never a no', () => {
  const azure = ['azure', 'offer', 'leaving', 'entering', 'owner'] as const
  it.each([
    ['arm', 'throttled', 'throttled'],
    ['arm', 'down', 'unavailable'],
    ['arm', 'malformed', 'malformed'],
    ['arm', 'slow', 'timeout'],
    ['login', 'policy', 'conditional-access'],
  ] as const)('%s is %s', async (service, fault, reason) => {
    Object.assign(cloud.faults, { [service]: fault })
    const found = inShort(await look('omar', undefined, { budgetMs: 900 }))
    for (const finding of azure) expect(found[finding]).toBe(`unknown ${reason}`)
  })

  it('nobody consented to Azure', async () => {
    cloud.faults.denied = ['user_impersonation']
    const found = inShort(await look('omar'))
    expect(found).toMatchObject({ microsoft365: 'yes', role: 'yes direct' })
    for (const finding of azure) expect(found[finding]).toMatch(/^unknown (?:consent|not-yours)$/)
  })

  it.each([
    ['throttled', 'throttled'],
    ['down', 'unavailable'],
    ['malformed', 'malformed'],
    ['policy', 'conditional-access'],
  ] as const)('Graph is %s', async (fault, reason) => {
    cloud.faults.graph = fault
    const found = inShort(await look('omar', undefined, { budgetMs: 900 }))
    expect(found).toMatchObject({ microsoft365: `unknown ${reason}`, account: `unknown ${reason}`, role: `unknown ${reason}`, owner: 'yes direct' })
  })

  const error = (code: string) => ({ error: { code, message: 'Not today.' } })
  const policies = (status: number, body: unknown) =>
    cloud.serve(armHost, ({ url }) => (url.pathname.startsWith('/providers/') ? { status, body } : { status: 200, body: { value: [] } }))
  const properties = (more: object) => ({ properties: { blockSubscriptionsLeavingTenant: true, blockSubscriptionsIntoTenant: false, ...more } })
  it.each<[string, number, unknown, string, string]>([
    ['403', 403, error('AuthorizationFailed'), 'unknown not-yours', 'unknown not-yours'],
    ['404', 404, error('PolicyNotFound'), 'unknown no-policy', 'unknown no-policy'],
    ['404 of something in between', 404, '<html>', 'unknown unavailable', 'unknown unavailable'],
    ['garbage', 200, '{"value":[', 'unknown malformed', 'unknown malformed'],
    ['another document', 200, { value: [] }, 'unknown malformed', 'unknown malformed'],
    ['no word on either', 200, { properties: {} }, 'unknown no-policy', 'unknown no-policy'],
    ['a word that is none', 200, { properties: { blockSubscriptionsIntoTenant: 'maybe' } }, 'unknown no-policy', 'unknown no-policy'],
    ['blocked, and nobody is exempt as far as can be seen', 200, properties({ exemptedPrincipals: [] }), 'no', 'yes'],
    ['blocked, and the list is not there', 200, properties({}), 'no', 'yes'],
    ['blocked, and others are exempt', 200, properties({ exemptedPrincipals: [contoso.id] }), 'no false', 'yes false'],
    ['blocked, and this person is exempt', 200, properties({ exemptedPrincipals: [person('omar').objectId.toUpperCase()] }), 'yes true', 'yes true'],
    ['a list with something else in it', 200, properties({ exemptedPrincipals: ['somebody', null] }), 'no', 'yes'],
  ])('the policy: %s', async (_name, status, body, leaving, entering) => {
    policies(status, body)
    expect(inShort(await look('omar'))).toMatchObject({ leaving, entering })
  })

  const owner = '/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/8E3AF657-A8FF-443C-A75C-2FE8C4BCB635'
  const [own = ''] = tenantOf('omar').subscriptions
  const assignment = (more: object = {}) => ({
    properties: { roleDefinitionId: owner, principalId: person('omar').objectId, principalType: 'User', scope: `/subscriptions/${own}`, ...more },
  })
  const roles = (status: number, body: unknown) =>
    cloud.serve(armHost, ({ url }) => {
      if (url.pathname.endsWith('/roleAssignments')) return { status, body }
      if (url.pathname.endsWith('/roleEligibilityScheduleInstances')) return { status: 400, body: error('AadPremiumLicenseRequired') }
      return { status: 200, body: { value: [{ subscriptionId: own, tenantId: tenantOf('omar').id }] } }
    })
  it.each<[string, number, unknown, string]>([
    ['assigned', 200, { value: [assignment()] }, 'yes direct'],
    ['on a management group', 200, { value: [assignment({ scope: '/providers/Microsoft.Management/managementGroups/all' })] }, 'no inherited'],
    ['at the root, and on the subscription', 200, { value: [assignment({ scope: '/' }), assignment()] }, 'yes direct'],
    ['under a condition', 200, { value: [assignment({ condition: '(…)' })] }, 'no conditional'],
    ['by a group', 200, { value: [assignment({ principalType: 'Group' })] }, 'no group'],
    ['another role', 200, { value: [assignment({ roleDefinitionId: owner.replace('8E3', '9E3') })] }, 'no other'],
    ['an empty list', 200, { value: [] }, 'unknown nothing-visible'],
    ['403', 403, error('AuthorizationFailed'), 'unknown not-yours'],
    ['404', 404, error('SubscriptionNotFound'), 'unknown not-found'],
    ['an assignment without a role', 200, { value: [{ properties: {} }] }, 'unknown malformed'],
    ['no list', 200, { value: null }, 'unknown malformed'],
  ])('Owner: %s', async (_name, status, body, expected) => {
    roles(status, body)
    expect(inShort(await look('omar'))).toMatchObject({ owner: expected, offer: 'unknown nothing-visible' })
  })
})

describe('who is Owner', () => {
  const owners = (key: string, subscription: string) => directory().findOwners(signedIn(key), subscription)
  it('others by name, and oneself', async () => {
    const [here = ''] = contoso.subscriptions
    expect(await owners('kelley', here)).toMatchObject({ kind: 'found', owners: [], holdsItself: true })
  })
  it('may not be seen by who has no role there, which is not nobody', async () => {
    const [here = ''] = contoso.subscriptions
    expect(await owners('tricia', here)).toMatchObject({ kind: 'unknown', reason: 'not-yours' })
  })
})

it('logs no name, no token and nobody’s id', () => {
  const everything = JSON.stringify(log.lines)
  for (const private_ of [...companies.map(({ name }) => name), elsewhere, person('omar').objectId, 'eyJ', 'Bearer', 'onmicrosoft'])
    expect(everything).not.toContain(private_)
  expect(sentTo(graphHost)).toEqual([])
})
