/** What replies are made of, ordinary and extreme. */
import type { TenantFinding, UnknownReason, Verdict } from '../../src/directory'
import { guideOf } from '../../src/guides'
import type { RoleLook } from '../../src/replies/role'
import { beginRun, type Run } from '../../src/runs/run'
import type { Language, Scenario } from '../../src/topics'

export const publicUrl = 'https://onetenant-bot.contoso-department.example.com'
export const privateChatUrl = 'https://teams.microsoft.com/l/chat/0/0?users=28:11111111-2222-4333-8444-555555555555'

export const reasons = Object.keys({
  'not-configured': 0,
  'no-identity': 0,
  'other-tenant': 0,
  consent: 0,
  'not-found': 0,
  throttled: 0,
  unavailable: 0,
  timeout: 0,
  malformed: 0,
  'sign-in': 0,
  'conditional-access': 0,
  'personal-account': 0,
  'other-person': 0,
  'signed-out': 0,
  'not-signed-in': 0,
  'graph-only': 0,
  'nothing-visible': 0,
  'unknown-products': 0,
  'invalid-input': 0,
  'not-licensed': 0,
  'too-many': 0,
} satisfies Record<UnknownReason, 0>) as UnknownReason[]

const unknowns = reasons.map((reason) => ({ kind: 'unknown', reason }) as const)
const verdicts: readonly Verdict[] = [
  { kind: 'can', roles: ['billing-administrator', 'global-administrator'], limits: [] },
  { kind: 'can-after-activating', roles: ['billing-administrator', 'global-administrator'], limits: [] },
  { kind: 'cannot', roles: [], limits: [{ what: 'eligible-roles', reason: 'consent' }] },
  { kind: 'cannot', roles: ['global-reader', 'license-administrator', 'user-administrator', 'privileged-role-administrator'], limits: [] },
  ...unknowns,
]
export const looks: readonly RoleLook[] = [...verdicts, { kind: 'shared' }]

export const tenant = '99999999-8888-4777-8666-555555555555'
export const findings: readonly (TenantFinding | undefined)[] = [
  undefined,
  { kind: 'found', tenantId: tenant },
  { kind: 'found', tenantId: '00000000-1111-4222-8333-444444444444' },
  { kind: 'none' },
  { kind: 'invalid' },
  ...unknowns,
]

export const now = new Date('2026-11-25T09:30:00Z')
export const begun = (topic: Scenario, language: Language): Run =>
  beginRun(guideOf(topic, language), { id: '0f8fad5b-d9cb-469f-a165-70867728950e', chat: 'a'.repeat(43), language, now })
