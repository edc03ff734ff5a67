import { z } from 'zod'
import type { Deadline } from './deadline'
import type { GraphClient, Items } from './graph-client'
import type { Look, Way } from './permissions'
import type { ServicePlan } from './products'
import { CouldNotLook } from './verdict'

/** A holder of a role: a user, a group, an app. Names and types are missing where the app may not see them. */
export interface Principal {
  readonly id: string
  readonly type?: 'user' | 'group' | 'other'
  readonly name?: string
  readonly userPrincipalName?: string
}

/** `null` or absent: not visible to the app. */
export type Account = z.infer<typeof account>

export interface Organization {
  readonly id: string
  readonly name?: string
  readonly initialDomain?: string
}

export interface Sku {
  readonly skuPartNumber: string
  readonly capabilityStatus: string
  /** Those that are not switched off; undefined: nothing was said about them. */
  readonly servicePlans?: readonly ServicePlan[] | undefined
}

/** The calls to Microsoft Graph. Each throws `CouldNotLook` when there is no answer to rely on. */
export interface Graph {
  /** Which of `ids` (role template ids count) the user is a member of, directly or through groups. */
  readonly memberObjects: (objectId: string, ids: readonly string[], deadline: Deadline) => Promise<readonly string[]>
  /** Template ids of the roles the person who asks holds without a group in between; people can be asked about themselves only. */
  readonly directRoles: (deadline: Deadline) => Promise<readonly string[]>
  /** Template ids of the roles the user may activate in the whole tenant; as the app, only those given to them directly, not those of their groups. */
  readonly eligibleRoles: (objectId: string, deadline: Deadline) => Promise<readonly string[]>
  /** Holders of a role, by template id, or those who may activate it. */
  readonly holders: (template: string, deadline: Deadline) => Promise<Items<Principal>>
  readonly eligibleHolders: (template: string, deadline: Deadline) => Promise<Items<Principal>>
  readonly members: (groupId: string, deadline: Deadline) => Promise<Items<Principal>>
  /** Accounts with these ids; those that are no users are left out. */
  readonly accounts: (ids: readonly string[], deadline: Deadline) => Promise<readonly Account[]>
  /** Whether the user is a guest in the tenant; undefined where that is not visible. */
  readonly isGuest: (objectId: string, deadline: Deadline) => Promise<boolean | undefined>
  readonly organization: (deadline: Deadline) => Promise<Organization>
  readonly skus: (deadline: Deadline) => Promise<readonly Sku[]>
  /** Looks with a new token when something was refused before. */
  readonly renew: () => void
}

const guid = z.guid().toLowerCase()
const text = z.string().nullish().catch(undefined)
const directoryRole = z.object({ roleTemplateId: text })
const memberAnswer = z.object({ value: z.array(z.string()) })

const principal = z.object({ '@odata.type': text, id: guid, displayName: text, userPrincipalName: text }).transform((found): Principal => ({
  id: found.id,
  ...(found['@odata.type'] && { type: typeOf(found['@odata.type']) }),
  ...(found.displayName && { name: found.displayName }),
  ...(found.userPrincipalName && { userPrincipalName: found.userPrincipalName }),
}))

const typeOf = (type: string) => {
  if (type === '#microsoft.graph.user') return 'user'
  return type === '#microsoft.graph.group' ? 'group' : 'other'
}

/** A role that holds in an administrative unit only is not enough. */
const wholeTenant = (scope: string | null | undefined) => scope === '/' || scope === null || scope === undefined

const held = z
  .object({ principalId: guid, roleDefinitionId: guid, directoryScopeId: text, principal: principal.nullish().catch(undefined) })
  .transform(({ principal: found, principalId, roleDefinitionId, directoryScopeId }) => ({
    holder: found ?? ({ id: principalId } satisfies Principal),
    role: roleDefinitionId,
    counts: wholeTenant(directoryScopeId),
  }))

const account = z.object({
  id: guid,
  displayName: text,
  userPrincipalName: text,
  userType: text,
  preferredLanguage: text,
  accountEnabled: z.boolean().nullish().catch(undefined),
})

const domain = z.object({ name: z.string(), isInitial: z.boolean().nullish() })
const organizations = z.object({
  value: z.array(z.object({ id: guid, displayName: text, verifiedDomains: z.array(domain).nullish().catch(undefined) })).min(1),
})

const plan = z.object({ servicePlanId: guid, servicePlanName: text, provisioningStatus: text })
const plansOn = z
  .array(plan)
  .transform((all) =>
    all
      .filter(({ provisioningStatus }) => provisioningStatus?.toLowerCase() !== 'disabled')
      .map(({ servicePlanId, servicePlanName }): ServicePlan => ({ id: servicePlanId, name: servicePlanName ?? '' })),
  )
const sku = z.object({
  skuPartNumber: z.string(),
  capabilityStatus: z
    .string()
    .nullish()
    .transform((status) => status ?? ''),
  servicePlans: plansOn.optional().catch(undefined),
})
const skuAnswer = z.object({ value: z.array(sku) })
const accountAnswer = z.object({ value: z.array(account) })

const mostInFilter = 15
const mostInCheck = 20
const roles = '/roleManagement/directory'

export const chunksOf = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))

const directRolesIn = async (list: GraphClient['list'], deadline: Deadline): Promise<readonly string[]> => {
  const path = '/me/memberOf/microsoft.graph.directoryRole?$count=true'
  const { items } = await list({ look: 'direct-roles', path, answer: directoryRole, deadline, indexed: true, optional: true })
  return items.flatMap(({ roleTemplateId }) => roleTemplateId ?? [])
}

export const createGraph = ({ ask, list, renew }: GraphClient, way: Way): Graph => {
  const who = (objectId: string) => (way === 'person' ? '/me' : `/users/${objectId}`)
  const ownEligibility = (objectId: string) => {
    const path = `${roles}/roleEligibilityScheduleInstances`
    return way === 'person' ? `${path}/filterByCurrentUser(on='principal')` : `${path}?$filter=principalId eq '${objectId}'`
  }
  const holdersIn = async (look: Look, path: string, template: string, deadline: Deadline, optional: boolean) => {
    const query = `?$filter=roleDefinitionId eq '${template}'&$expand=principal`
    const { items, more } = await list({ look, path: `${roles}/${path}${query}`, answer: held, deadline, optional })
    return { items: items.filter(({ counts }) => counts).map(({ holder }) => holder), more }
  }
  const memberObjects = async (objectId: string, ids: readonly string[], deadline: Deadline) =>
    (await ask({ look: 'role', path: `${who(objectId)}/checkMemberObjects`, body: { ids }, answer: memberAnswer, deadline })).value
  const accounts = async (ids: readonly string[], deadline: Deadline) => {
    const filter = `id in (${ids.map((id) => `'${id}'`).join(',')})`
    const path = `/users?$filter=${filter}&$select=id,displayName,userPrincipalName,userType,accountEnabled,preferredLanguage`
    return (await ask({ look: 'accounts', path, answer: accountAnswer, deadline, optional: true })).value
  }

  return {
    memberObjects: async (objectId, ids, deadline) =>
      (await Promise.all(chunksOf(ids, mostInCheck).map((some) => memberObjects(objectId, some, deadline)))).flat(),
    directRoles: (deadline) => directRolesIn(list, deadline),
    eligibleRoles: async (objectId, deadline) => {
      const { items } = await list({ look: 'eligible-roles', path: ownEligibility(objectId), answer: held, deadline, optional: true })
      return items.filter(({ counts }) => counts).map(({ role }) => role)
    },
    holders: (template, deadline) => holdersIn('helpers', 'roleAssignments', template, deadline, false),
    eligibleHolders: (template, deadline) => holdersIn('eligible-roles', 'roleEligibilityScheduleInstances', template, deadline, true),
    members: (groupId, deadline) =>
      list({ look: 'group-members', path: `/groups/${groupId}/members?$select=id,displayName,userPrincipalName`, answer: principal, deadline, optional: true }),
    accounts: async (ids, deadline) => (await Promise.all(chunksOf(ids, mostInFilter).map((some) => accounts(some, deadline)))).flat(),
    isGuest: async (objectId, deadline) => {
      const path = `${who(objectId)}?$select=userType`
      const { userType } = await ask({ look: 'role', path, answer: z.object({ userType: text }), deadline, optional: true })
      return userType ? userType.toLowerCase() === 'guest' : undefined
    },
    organization: async (deadline) => {
      const path = '/organization?$select=id,displayName,verifiedDomains'
      const [found] = (await ask({ look: 'tenant-name', path, answer: organizations, deadline, optional: true })).value
      if (!found) throw new CouldNotLook('malformed')
      const initialDomain = found.verifiedDomains?.find(({ isInitial }) => isInitial)?.name
      return { id: found.id, ...(found.displayName && { name: found.displayName }), ...(initialDomain && { initialDomain }) }
    },
    skus: async (deadline) =>
      (
        await ask({
          look: 'microsoft-365',
          path: '/subscribedSkus?$select=skuPartNumber,capabilityStatus,servicePlans',
          answer: skuAnswer,
          deadline,
          optional: true,
        })
      ).value,
    renew,
  }
}
