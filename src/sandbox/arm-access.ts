/** What does Azure answer about who may do what: the tenant's policy about moving subscriptions, and roles on a subscription? */
import type { CloudResponse } from './http'
import { idOf } from './person-id'
import { accountsOf, tenants, type AzureRole, type SandboxPerson, type SandboxTenant } from './tenants'

/** Somebody signed in to a tenant who asks. */
export interface Asking {
  readonly tenant: SandboxTenant
  readonly person: SandboxPerson
}

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const ownerRole = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
const readerRole = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'

const problem = (status: number, code: string, message: string): CloudResponse => ({ status, body: { error: { code, message } } })
const denied = problem(403, 'AuthorizationFailed', 'The client has no authorization to perform this action.')

/** Everybody may read the settings; the list of those exempted is for who may change them. */
export const policyFor = ({ tenant, person }: Asking): CloudResponse => {
  const { policy = { leaving: 'blocked', entering: 'blocked', exempt: [] } } = tenant
  if (policy === 'none') return problem(404, 'PolicyNotFound', 'There is no policy in this tenant.')
  if (policy === 'hidden') return denied
  const mayEdit = person.roles.includes(globalAdministrator)
  const exempted = accountsOf(tenant).filter(({ key }) => mayEdit && policy.exempt.includes(key))
  return {
    status: 200,
    body: {
      id: '/providers/Microsoft.Subscription/policies/default',
      name: 'default',
      type: 'Microsoft.Subscription/policies',
      properties: {
        policyId: idOf(`${tenant.name} policy`),
        blockSubscriptionsLeavingTenant: policy.leaving === 'blocked',
        blockSubscriptionsIntoTenant: policy.entering === 'blocked',
        exemptedPrincipals: exempted.map(({ objectId }) => objectId),
      },
    },
  }
}

interface Held {
  readonly person: SandboxPerson
  readonly role: AzureRole
}

const holdersOf = (subscription: string): readonly Held[] =>
  tenants.flatMap((tenant) =>
    accountsOf(tenant)
      .filter(({ azure }) => azure?.includes(subscription))
      .map((person) => ({ person, role: person.azureRole ?? 'owner' })),
  )

const groupIdOf = ({ key }: SandboxPerson) => idOf(`${key} owners`)

const scopeOf = (role: AzureRole, subscription: string) =>
  role === 'owner-inherited' ? '/providers/Microsoft.Management/managementGroups/everything' : `/subscriptions/${subscription}`

const condition = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})))"

const entryOf = ({ person, role }: Held, subscription: string, type: string) => {
  const scope = scopeOf(role, subscription)
  const isGroup = role === 'owner-by-group'
  const name = idOf(`${type} ${person.key} ${subscription}`)
  return {
    id: `${scope}/providers/${type}/${name}`,
    type,
    name,
    properties: {
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role === 'reader' ? readerRole : ownerRole}`,
      principalId: isGroup ? groupIdOf(person) : person.objectId,
      principalType: isGroup ? 'Group' : 'User',
      scope,
      condition: role === 'owner-with-condition' ? condition : null,
      conditionVersion: role === 'owner-with-condition' ? '2.0' : null,
      createdOn: '2026-02-03T09:00:00.0000000Z',
      updatedOn: '2026-02-03T09:00:00.0000000Z',
      description: null,
      delegatedManagedIdentityResourceId: null,
    },
  }
}

const assignedTo = /\bassignedTo\('([^']+)'\)/

const list = (value: readonly object[]): CloudResponse => ({ status: 200, body: { value } })

const assignmentsIn = (subscription: string, filter: string): CloudResponse => {
  if (!filter.startsWith('atScope()')) return problem(400, 'InvalidFilter', 'The filter is not understood.')
  const whose = assignedTo.exec(filter)?.[1]?.toLowerCase()
  const held = holdersOf(subscription).filter(({ role, person }) => role !== 'owner-eligible' && (whose === undefined || person.objectId === whose))
  return list(held.map((each) => entryOf(each, subscription, 'Microsoft.Authorization/roleAssignments')))
}

const eligibleIn = (subscription: string, filter: string, { person }: Asking): CloudResponse => {
  if (filter !== 'asTarget()') return problem(400, 'InvalidFilter', 'The filter is not understood.')
  const own = holdersOf(subscription).filter((each) => each.role === 'owner-eligible' && each.person.objectId === person.objectId)
  return list(own.map((each) => entryOf(each, subscription, 'Microsoft.Authorization/roleEligibilityScheduleInstances')))
}

const rolesPath = /^\/subscriptions\/([^/]+)\/providers\/microsoft\.authorization\/(roleassignments|roleeligibilityscheduleinstances)$/

/** Undefined: it is about something else. A subscription of another tenant is not for this sign-in, whoever asks. */
export const rolesFor = (asking: Asking, path: string, filter: string): CloudResponse | undefined => {
  const [, subscription, kind] = rolesPath.exec(path) ?? []
  if (subscription === undefined) return undefined
  if (!asking.tenant.subscriptions.includes(subscription))
    return problem(401, 'InvalidAuthenticationTokenTenant', 'The access token is from the wrong issuer for this subscription.')
  const mayRead = asking.person.azure?.includes(subscription) ?? false
  if (!mayRead) return denied
  return kind === 'roleassignments' ? assignmentsIn(subscription, filter) : eligibleIn(subscription, filter, asking)
}

/** What nobody may ask without signing in. */
export const isAboutAccess = (path: string): boolean => path === '/providers/microsoft.subscription/policies/default' || rolesPath.test(path)
