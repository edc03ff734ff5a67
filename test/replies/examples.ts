/** What replies are made of, ordinary and extreme. */
import {
  reasons as table,
  type Helpers,
  type Owners,
  type Preflight,
  type ProductKind,
  type Proof,
  type UnknownReason,
  type Verdict,
} from '../../src/directory'
import { guideOf } from '../../src/guides'
import type { RoleLook } from '../../src/replies/role'
import { beginRun, type Run } from '../../src/runs/run'
import type { Language, Scenario } from '../../src/topics'

export const publicUrl = 'https://onetenant-bot.contoso-department.example.com'
export const privateChatUrl = 'https://teams.microsoft.com/l/chat/0/0?users=28:11111111-2222-4333-8444-555555555555'

export const reasons = Object.keys(table) as UnknownReason[]

const unknowns = reasons.map((reason) => ({ kind: 'unknown', reason }) as const)
const verdicts: readonly Verdict[] = [
  { kind: 'can', roles: ['billing-administrator', 'global-administrator'], limits: [] },
  { kind: 'can-after-activating', roles: ['billing-administrator', 'global-administrator'], limits: [] },
  { kind: 'cannot', roles: [], limits: [{ what: 'eligible-roles', reason: 'consent' }] },
  { kind: 'cannot', roles: ['global-reader', 'license-administrator', 'user-administrator', 'privileged-role-administrator'], limits: [] },
  ...unknowns,
]
const guest = { guest: true, tenantName: 'Contoso *Ltd* of a Rather Long Name' }
export const looks: readonly RoleLook[] = [...verdicts, ...verdicts.slice(0, 3).map((verdict) => ({ ...verdict, standing: guest }))]

export const tenant = '99999999-8888-4777-8666-555555555555'
export const otherTenant = '00000000-1111-4222-8333-444444444444'
const subscriptionId = '77777777-6666-4555-8444-333333333333'
const at = '2026-11-25T09:30:00.000Z'
const limits = (['tenant-name', 'other-tenants'] as const).map((what) => ({ what, reason: 'consent' }) as const)

const usualTenant: Proof['tenant'] = {
  answer: 'yes',
  at,
  evidence: {
    tenantId: tenant,
    name: 'Contoso *Ltd* [x](y) and a Rather Long Name of a Company',
    initialDomain: 'contoso.onmicrosoft.com',
    source: 'directory',
  },
}
const tenants: readonly Proof['tenant'][] = [
  usualTenant,
  { answer: 'yes', at, evidence: { tenantId: tenant, source: 'teams' } },
  ...(['no-identity', 'personal-account'] as const).map((reason) => ({ answer: 'unknown', at, reason }) as const),
]
const product = (sku: string, kind: ProductKind, enabled = true) => ({ sku, kind, enabled })
const usualMicrosoft365: Proof['microsoft365'] = {
  answer: 'yes',
  at,
  evidence: { products: ['O365_BUSINESS_PREMIUM', 'SPE_E3', 'ENTERPRISEPACK', 'O365_BUSINESS_ESSENTIALS', 'SPB'].map((sku) => product(sku, 'microsoft-365')) },
}
const microsoft365s: readonly Proof['microsoft365'][] = [
  usualMicrosoft365,
  { answer: 'no', at, evidence: { products: [product('POWER_BI_STANDARD', 'other'), product('SPE_E3', 'microsoft-365', false)] } },
  { answer: 'no', at, evidence: { products: [] } },
  ...reasons.map((reason) => ({ answer: 'unknown', at, reason }) as const),
]
const seen = (tenantId: string, name?: string) => ({ subscriptionId, tenantId, here: tenantId === tenant, ...(name && { name }) })
const azures: readonly Proof['azure'][] = [
  { answer: 'yes', at, evidence: { source: 'public', subscriptions: [seen(tenant)], otherTenants: [] } },
  {
    answer: 'yes',
    at,
    evidence: {
      source: 'person',
      subscriptions: [seen(tenant, 'Pay-As-You-Go'), seen(otherTenant), seen(tenant), seen(tenant, 'Test'), seen(tenant, 'Dev')],
      otherTenants: [],
    },
  },
  { answer: 'no', at, evidence: { source: 'public', subscriptions: [seen(otherTenant)], otherTenants: [] } },
  {
    answer: 'no',
    at,
    evidence: {
      source: 'person',
      subscriptions: [seen(otherTenant, 'Research_and_Development'), seen(otherTenant)],
      otherTenants: [{ tenantId: otherTenant, name: 'Fabrikam' }],
    },
  },
  { answer: 'unknown', at, reason: 'no-identity', evidence: { source: 'public', subscriptions: [seen(otherTenant)], otherTenants: [] } },
  {
    answer: 'unknown',
    at,
    reason: 'nothing-visible',
    evidence: {
      source: 'person',
      subscriptions: [seen(otherTenant, 'A *customer*'), seen(otherTenant)],
      otherTenants: [{ tenantId: otherTenant, name: 'Fabrikam' }],
    },
  },
  ...reasons.map((reason) => ({ answer: 'unknown', at, reason }) as const),
]
const domains: readonly Proof['domain'][] = [
  undefined,
  { kind: 'found', tenantId: tenant },
  { kind: 'found', tenantId: otherTenant },
  { kind: 'none' },
  { kind: 'invalid' },
  ...unknowns,
]

const together = (tenantFinding: Proof['tenant'], microsoft365: Proof['microsoft365'], azure: Proof['azure'], domain: Proof['domain']): Proof => ({
  tenant: tenantFinding,
  microsoft365,
  azure,
  ...(domain && { domain }),
  limits,
})

/** An unknown changes nothing around it, whatever its reason; one of them stands for all beside the others. */
const unknownAzure: Proof['azure'] = { answer: 'unknown', at, reason: 'nothing-visible' }
const tellingAzures = [...azures.filter(({ evidence }) => evidence !== undefined), unknownAzure]

/** Every finding of each kind beside every other that it can change the sentence of. */
export const proofs: readonly Proof[] = [
  ...tenants.flatMap((tenantFinding) => [
    ...azures
      .filter(({ answer }) => answer === 'unknown' || tenantFinding.answer === 'yes')
      .map((azure) => together(tenantFinding, usualMicrosoft365, azure, undefined)),
    ...domains.map((domain) => together(tenantFinding, usualMicrosoft365, unknownAzure, domain)),
    ...microsoft365s.map((microsoft365) => together(tenantFinding, microsoft365, unknownAzure, undefined)),
  ]),
  ...tellingAzures.flatMap((azure) => [
    ...domains.map((domain) => together(usualTenant, usualMicrosoft365, azure, domain)),
    ...microsoft365s.map((microsoft365) => together(usualTenant, microsoft365, azure, undefined)),
  ]),
]

export const helperLists: readonly Helpers[] = [
  {
    kind: 'found',
    helpers: [
      {
        name: 'Tricia of a Rather *Long* Family Name',
        objectId: tenant,
        userPrincipalName: 'tricia@contoso-department.onmicrosoft.com',
        roles: ['billing-administrator', 'global-administrator'],
        eligible: false,
        preferredLanguage: 'fr-FR',
      },
      {
        name: 'Sasha',
        objectId: tenant,
        userPrincipalName: 'sasha@contoso-department.onmicrosoft.com',
        roles: ['billing-administrator'],
        eligible: true,
        preferredLanguage: 'en-US',
      },
      {
        name: 'Kelley',
        objectId: tenant,
        userPrincipalName: 'kelley@contoso-department.onmicrosoft.com',
        roles: ['global-administrator'],
        eligible: false,
        preferredLanguage: 'de-DE',
      },
      { name: 'Morgan', objectId: tenant, userPrincipalName: "m.o'neil!@contoso-department.onmicrosoft.com", roles: ['global-administrator'], eligible: true },
      { name: 'Nameless', objectId: tenant, roles: ['user-administrator'], eligible: false },
    ],
    limits: [
      { what: 'group-members', reason: 'consent' },
      { what: 'accounts', reason: 'throttled' },
      { what: 'eligible-roles', reason: 'not-licensed' },
    ],
    holdsItself: true,
  },
  { kind: 'found', helpers: [{ name: 'Nameless', objectId: tenant, roles: ['billing-administrator'], eligible: false }], limits: [], holdsItself: false },
  { kind: 'found', helpers: [], limits: [{ what: 'group-members', reason: 'consent' }], holdsItself: false },
  { kind: 'found', helpers: [], limits: [{ what: 'holders', reason: 'too-many' }], holdsItself: true },
  ...unknowns,
]

export const now = new Date('2026-11-25T09:30:00Z')
export const begun = (topic: Scenario, language: Language): Run =>
  beginRun(guideOf(topic, language), { id: '0f8fad5b-d9cb-469f-a165-70867728950e', language, now })

const seenElse = (reason: UnknownReason) => ({ answer: 'unknown', at, reason }) as const
const yesElse = <E>(answer: 'yes' | 'no', evidence: E) => ({ answer, at, evidence })
const usualFirst: Preflight = {
  tenant: usualTenant,
  microsoft365: usualMicrosoft365,
  azure: { answer: 'no', at, evidence: { source: 'public', subscriptions: [seen(otherTenant)], otherTenants: [] } },
  limits,
  account: yesElse('yes', { kind: 'work' }),
  role: yesElse('yes', { roles: ['global-administrator'], how: 'direct' }),
  offer: seenElse('in-other-tenant'),
  leaving: yesElse('yes', { blocked: false }),
  entering: yesElse('yes', { blocked: true, exempt: true }),
  owner: seenElse('in-other-tenant'),
}
const subscription = { subscriptionId, tenantId: tenant, name: 'Research_and_Development of a Rather *Long* Name' }
const hereFirst: Preflight = {
  ...usualFirst,
  subscription,
  azure: yesElse('yes', { source: 'person', subscriptions: [seen(tenant, 'Dev')], otherTenants: [] }),
}

/** Every way each finding can come out, beside usual ones. */
export const preflights: readonly Preflight[] = [
  usualFirst,
  hereFirst,
  ...reasons.map((reason): Preflight => {
    const not = seenElse(reason)
    return { ...usualFirst, microsoft365: not, azure: not, account: not, role: not, offer: not, leaving: not, entering: not, owner: not }
  }),
  ...(['work', 'guest', 'personal'] as const).map((kind): Preflight => ({ ...usualFirst, account: yesElse(kind === 'work' ? 'yes' : 'no', { kind }) })),
  ...(['direct', 'group', undefined] as const).map((how): Preflight => ({
    ...usualFirst,
    entering: yesElse('no', { blocked: true }),
    role: yesElse('yes', { roles: ['global-administrator'], ...(how && { how }) }),
  })),
  ...(['eligible', undefined] as const).map((how): Preflight => ({
    ...usualFirst,
    entering: yesElse('no', { blocked: true, exempt: false }),
    role: yesElse('no', { roles: ['global-administrator'], ...(how && { how }) }),
  })),
  ...(['csp', 'internal', 'students-starter', 'ea', 'other'] as const).map((offer): Preflight => ({
    ...hereFirst,
    offer: yesElse(['ea', 'other'].includes(offer) ? 'yes' : 'no', { offer, quotaId: 'CSP_2015-05-01' }),
  })),
  ...(['direct', 'conditional', 'inherited', 'group', 'eligible', 'other'] as const).map((how): Preflight => ({
    ...hereFirst,
    leaving: yesElse('no', { blocked: true }),
    owner: yesElse(how === 'direct' ? 'yes' : 'no', { how }),
  })),
]

export const ownerLists: readonly Owners[] = [
  {
    kind: 'found',
    owners: [
      { name: 'Kelley of a *Long* Name', objectId: tenant, userPrincipalName: 'kelley@contoso-department.onmicrosoft.com', roles: [], eligible: false },
      { name: 'A guest', objectId: tenant, roles: [], eligible: false },
    ],
    holdsItself: true,
    others: 2,
    limits: [],
  },
  { kind: 'found', owners: [], holdsItself: true, others: 0, limits: [{ what: 'accounts', reason: 'consent' }] },
  ...unknowns,
]
