import type { Limit, Verdict } from './verdict'

/**
 * Directory roles the product knows, least power first. Recognised by template id: display names are English, were
 * renamed over time and can come back `null`.
 */
export const roleTable = [
  { id: 'global-reader', template: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451' },
  { id: 'license-administrator', template: '4d6ac14f-3453-41d0-bef9-a3e0c569773a' },
  { id: 'billing-administrator', template: 'b0f54661-2d74-4c50-afa3-1ec803f12efe' },
  { id: 'user-administrator', template: 'fe930be7-5e62-47db-91af-98c3a49a38b1' },
  { id: 'privileged-role-administrator', template: 'e8611ab8-c189-46e8-94e1-60213ab1f814' },
  { id: 'global-administrator', template: '62e90394-69f5-4237-9190-012177145e10' },
] as const satisfies readonly { id: string; template: string }[]

export type RoleId = (typeof roleTable)[number]['id']

/** Which roles are enough for what, each alone, least power first. */
export const sufficientRoles = {
  'buy-microsoft-365': ['billing-administrator', 'global-administrator'],
  'assign-licences': ['license-administrator', 'user-administrator', 'global-administrator'],
  /** A subscription from another tenant: Microsoft names no role, so the one that may certainly. */
  'accept-move': ['global-administrator'],
  'allow-move': ['global-administrator'],
} as const satisfies Record<string, readonly RoleId[]>

/** What a person wants to do that takes a directory role. */
export type Need = keyof typeof sufficientRoles
export const needs = Object.keys(sufficientRoles) as readonly Need[]

export const roleTemplates: readonly string[] = roleTable.map((role) => role.template)

/** The known roles among template ids, least power first; ids of other roles are left out. */
export const rolesOf = (templates: readonly string[]): readonly RoleId[] => {
  const held = new Set(templates.map((template) => template.toLowerCase()))
  return roleTable.filter((role) => held.has(role.template)).map((role) => role.id)
}

export const templateOf = (id: RoleId): string => roleTable.find((role) => role.id === id)?.template ?? ''

/** Template ids of all roles that are enough for something. */
export const sufficientTemplates: readonly string[] = [...new Set<RoleId>(Object.values(sufficientRoles).flat())].map(templateOf)

const enoughOf = (need: Need, roles: readonly RoleId[]) => {
  const enough: readonly RoleId[] = sufficientRoles[need]
  return roles.filter((role) => enough.includes(role))
}

export const isEnough = (need: Need, held: readonly RoleId[]): boolean => enoughOf(need, held).length > 0

/** Roles one could activate, and what kept them from being seen. */
export interface Eligible {
  readonly roles: readonly RoleId[]
  readonly limits: readonly Limit[]
}

/** `can` and `can-after-activating` name the roles that are enough; `cannot` names the known roles held, none of which is. */
export const verdictFor = (need: Need, held: readonly RoleId[], eligible: Eligible = { roles: [], limits: [] }): Verdict => {
  const [now, later] = [enoughOf(need, held), enoughOf(need, eligible.roles)]
  if (now.length > 0) return { kind: 'can', roles: now, limits: [] }
  if (later.length > 0) return { kind: 'can-after-activating', roles: later, limits: [] }
  return { kind: 'cannot', roles: held, limits: eligible.limits }
}
