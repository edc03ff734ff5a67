import type { LimitedTo } from './verdict'

/** What is asked of Microsoft's cloud, each with its own permission. */
export type Look = 'role' | 'direct-roles' | 'subscription' | 'domain' | 'helpers' | 'microsoft-365' | 'azure' | 'policy' | 'owner' | LimitedTo

/** Whose permissions are used: the app's own, or what a person let it do in their name. */
export type Way = 'app' | 'person'

interface Permission {
  /** Application permission; always with an administrator's consent. */
  readonly app?: string
  /** Delegated permission. */
  readonly person?: string
  /** What an operator gains by granting it. */
  readonly adds: string
}

/** The least permission for each look-up; the public ones need none. */
export const permissions = {
  role: { app: 'User.Read.All', person: 'User.Read', adds: 'the role of the person who asks' },
  'direct-roles': { person: 'User.Read', adds: 'whether a role is held directly or through a group' },
  'eligible-roles': {
    app: 'RoleEligibilitySchedule.Read.Directory',
    person: 'RoleEligibilitySchedule.Read.Directory',
    adds: 'roles that can be activated (PIM)',
  },
  helpers: { app: 'RoleManagement.Read.Directory', person: 'RoleManagement.Read.Directory', adds: 'who holds the role that is needed' },
  holders: { app: 'User.Read.All', person: 'User.Read.All', adds: 'the names of those who hold a role' },
  'group-members': { app: 'GroupMember.ReadBasic.All', person: 'GroupMember.ReadBasic.All', adds: 'people who hold a role through a group' },
  accounts: { app: 'User.Read.All', person: 'User.Read.All', adds: 'telling guests and disabled accounts from colleagues, and their language' },
  'tenant-name': { app: 'Organization.Read.All', person: 'User.Read', adds: 'name and initial domain of the tenant' },
  'microsoft-365': { app: 'LicenseAssignment.Read.All', person: 'LicenseAssignment.Read.All', adds: 'the products the tenant has' },
  azure: { person: 'user_impersonation (Azure Service Management)', adds: 'the Azure subscriptions the person sees' },
  policy: { person: 'user_impersonation (Azure Service Management)', adds: 'whether the tenant lets subscriptions leave and enter' },
  owner: { person: 'user_impersonation (Azure Service Management)', adds: 'who is Owner of a subscription' },
  'other-tenants': { person: 'user_impersonation (Azure Service Management)', adds: 'the names of other tenants of the person' },
  subscription: { adds: 'nothing: the look-up is public' },
  domain: { adds: 'nothing: the look-up is public' },
} as const satisfies Record<Look, Permission>

export const permissionFor = (look: Look, way: Way): Permission & { readonly name?: string } => {
  const permission: Permission = permissions[look]
  const name = permission[way]
  return { ...permission, ...(name !== undefined && { name }) }
}
