import { createHash } from 'node:crypto'
import { badRequest, both, ok, page, problem, select, type Call, type Route } from './graph-call'
import { userOf, usualOfUser } from './graph-users'
import type { CloudResponse } from './http'
import { accountsOf, groupsOf, type SandboxSku, type SandboxTenant } from './tenants'

const organizationOf = (tenant: SandboxTenant) => ({
  id: tenant.id,
  displayName: tenant.name,
  verifiedDomains: tenant.domains.map((name, index) => ({
    capabilities: 'Email, OfficeCommunicationsOnline',
    isDefault: index === tenant.domains.length - 1,
    isInitial: index === 0,
    name,
    type: 'Managed',
  })),
})

const organization = (call: Call) => ok(call, 'organization', { value: [select(call, organizationOf(call.tenant))] })

const skuOf = (tenant: SandboxTenant, { skuId, skuPartNumber, capabilityStatus, units, servicePlans }: SandboxSku) => ({
  accountName: tenant.name,
  accountId: tenant.id,
  appliesTo: 'User',
  capabilityStatus,
  consumedUnits: 1,
  id: `${tenant.id}_${skuId}`,
  skuId,
  skuPartNumber,
  subscriptionIds: [],
  prepaidUnits: { enabled: capabilityStatus === 'Enabled' ? units : 0, suspended: 0, warning: 0, lockedOut: 0 },
  servicePlans: Object.entries(servicePlans).map(([servicePlanId, servicePlanName]) => ({
    servicePlanId,
    servicePlanName,
    provisioningStatus: 'Success',
    appliesTo: servicePlanName.startsWith('EXCHANGE_S_FOUNDATION') ? 'Company' : 'User',
  })),
})

const subscribedSkus = (call: Call) => ok(call, 'subscribedSkus', { value: call.tenant.skus.map((sku) => select(call, skuOf(call.tenant, sku))) })

/** Somebody or something that holds roles. */
interface Principal {
  readonly entity: Readonly<Record<string, unknown>>
  readonly id: string
  readonly roles: readonly string[]
  readonly eligibleRoles: readonly string[]
}

const pick = (entity: Readonly<Record<string, unknown>>, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, entity[name]]))

const principalsOf = (tenant: SandboxTenant): readonly Principal[] => [
  ...accountsOf(tenant).map((person) => ({
    entity: { '@odata.type': '#microsoft.graph.user', ...pick(userOf(person), usualOfUser) },
    id: person.objectId,
    roles: person.roles,
    eligibleRoles: person.eligibleRoles ?? [],
  })),
  ...tenant.groups.map(({ id, name, roles, eligibleRoles = [] }) => ({
    entity: { '@odata.type': '#microsoft.graph.group', id, displayName: name, isAssignableToRole: true },
    id,
    roles,
    eligibleRoles,
  })),
  ...tenant.apps.map(({ id, name, roles }) => ({
    entity: { '@odata.type': '#microsoft.graph.servicePrincipal', id, displayName: name, servicePrincipalType: 'Application' },
    id,
    roles,
    eligibleRoles: [],
  })),
]

/** Ids of assignments are long texts that mean nothing. */
const idOf = (...parts: readonly string[]) => createHash('sha256').update(parts.join()).digest('base64url')

const assignmentsOf = (tenant: SandboxTenant) =>
  principalsOf(tenant).flatMap(({ id: principalId, roles, entity: principal }) =>
    roles.map((roleDefinitionId) => ({
      id: idOf(roleDefinitionId, principalId),
      principalId,
      directoryScopeId: '/',
      roleDefinitionId,
      principal,
    })),
  )

const eligibilitiesOf = (tenant: SandboxTenant) =>
  principalsOf(tenant).flatMap(({ id: principalId, eligibleRoles, entity: principal }) =>
    eligibleRoles.map((roleDefinitionId) => ({
      id: idOf('eligible', roleDefinitionId, principalId),
      principalId,
      roleDefinitionId,
      directoryScopeId: '/',
      appScopeId: null,
      startDateTime: '2026-01-05T08:00:00Z',
      endDateTime: null,
      memberType: 'Direct',
      roleEligibilityScheduleId: idOf('schedule', roleDefinitionId, principalId),
      principal,
    })),
  )

type Held = ReturnType<typeof assignmentsOf>[number] | ReturnType<typeof eligibilitiesOf>[number]

const without = ({ principal: _principal, ...rest }: Held) => rest

const equals = /^(principalId|roleDefinitionId) eq '([^']*)'$/

/** The list of those the filter names; the principal only where it is asked for. */
const filtered = (call: Call, context: string, all: readonly Held[]): CloudResponse => {
  const { searchParams } = call.request.url
  const [, property, value] = equals.exec(searchParams.get('$filter') ?? '') ?? []
  if (property !== 'principalId' && property !== 'roleDefinitionId') return badRequest('The filter has to name a principal or a role.')
  const expanded = searchParams.get('$expand') === 'principal'
  const found = all.filter((each) => each[property] === value).map((each) => (expanded ? each : without(each)))
  return page(call, context, found)
}

/** A guest who asks in person has no right to see who holds what. */
const notForGuests = (answer: Route['answer']) => (call: Call) => {
  const { tenant, claims } = call
  const person = accountsOf(tenant).find(({ objectId }) => objectId === claims.person?.oid)
  return person?.guest ? problem(403, 'Authorization_RequestDenied', 'Insufficient privileges.') : answer(call)
}

const mine = (call: Call) => {
  const person = accountsOf(call.tenant).find(({ objectId }) => objectId === call.claims.person?.oid)
  const holders = person ? [person.objectId, ...groupsOf(call.tenant, person).map(({ id }) => id)] : []
  const own = eligibilitiesOf(call.tenant).filter(({ principalId }) => holders.includes(principalId))
  const shown = own.map((each) => ({ ...without(each), memberType: each.principalId === person?.objectId ? 'Direct' : 'Group' }))
  return page(call, 'Collection(unifiedRoleEligibilityScheduleInstance)', shown)
}

const members = (call: Call) => {
  const group = call.tenant.groups.find(({ id }) => id === call.id)
  if (!group) return problem(404, 'Request_ResourceNotFound', `There is no resource '${call.id}'.`)
  const people = group.members.flatMap((key) => accountsOf(call.tenant).filter((person) => person.key === key))
  const type = { '@odata.type': '#microsoft.graph.user' }
  return page(
    call,
    'directoryObjects',
    people.map((person) => select(call, { ...type, ...userOf(person) }, [...usualOfUser])),
  )
}

export const directoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\.0\/organization$/,
    permissions: { application: ['Organization.Read.All', 'Directory.Read.All'], delegated: ['User.Read', 'Organization.Read.All', 'Directory.Read.All'] },
    answer: organization,
  },
  {
    method: 'GET',
    path: /^\/v1\.0\/subscribedSkus$/,
    permissions: both('LicenseAssignment.Read.All', 'Directory.Read.All'),
    answer: subscribedSkus,
  },
  {
    method: 'GET',
    path: /^\/v1\.0\/roleManagement\/directory\/roleAssignments$/,
    permissions: both('RoleManagement.Read.Directory', 'Directory.Read.All'),
    answer: notForGuests((call) => filtered(call, 'roleManagement/directory/roleAssignments', assignmentsOf(call.tenant))),
  },
  {
    method: 'GET',
    path: /^\/v1\.0\/roleManagement\/directory\/roleEligibilityScheduleInstances$/,
    permissions: both('RoleEligibilitySchedule.Read.Directory'),
    answer: notForGuests((call) => filtered(call, 'roleManagement/directory/roleEligibilityScheduleInstances', eligibilitiesOf(call.tenant))),
  },
  {
    method: 'GET',
    path: /^\/v1\.0\/roleManagement\/directory\/roleEligibilityScheduleInstances\/filterByCurrentUser\(on='principal'\)$/,
    permissions: both('RoleEligibilitySchedule.Read.Directory'),
    needsPerson: true,
    answer: mine,
  },
  {
    method: 'GET',
    path: /^\/v1\.0\/groups\/([^/]+)\/members$/,
    permissions: both('GroupMember.ReadBasic.All', 'GroupMember.Read.All', 'Directory.Read.All'),
    answer: members,
  },
]
