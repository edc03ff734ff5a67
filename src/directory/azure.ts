/** What does a signed-in person see in Azure: subscriptions, tenants, who may move one, and whether the tenant lets it go? */
import { z } from 'zod'
import type { Credential } from './credential'
import type { Deadline } from './deadline'
import { nextPage } from './next-page'
import type { UnknownReason } from './reasons'
import { bodyOf, detailOf, reasonFor } from './refusal'
import { CouldNotLook, type Detail } from './verdict'

export interface SeenSubscription {
  readonly subscriptionId: string
  readonly tenantId: string
  readonly name?: string
  /** e.g. `Enabled`, `Disabled`. */
  readonly state?: string
}

export interface ListedSubscription extends SeenSubscription {
  /** Tenants it is delegated to (Azure Lighthouse): their people see it, though it trusts another tenant. */
  readonly managedBy: readonly string[]
  /** Names the offer, e.g. `PayAsYouGo_2014-09-01`. */
  readonly quotaId?: string
}

/** What a tenant says about subscriptions that leave or enter it; undefined: it does not say. */
export interface SubscriptionPolicy {
  readonly blocksLeaving: boolean | undefined
  readonly blocksEntering: boolean | undefined
  /** Object ids of people it does not hold for. Only administrators get the list: an empty one tells others nothing. */
  readonly exempted: readonly string[]
}

/** One Azure role that somebody holds, or could activate, on a subscription or above it. */
export interface AzureAssignment {
  readonly principalId: string
  readonly isGroup: boolean
  readonly isOwner: boolean
  /** On the subscription itself, not on a management group or the root. */
  readonly isOnSubscription: boolean
  readonly hasCondition: boolean
}

export interface SeenTenant {
  readonly tenantId: string
  readonly name?: string
  readonly domain?: string
}

/** What a signed-in person sees in Azure. Each call throws `CouldNotLook` when there is no answer to rely on. */
export interface Azure {
  readonly subscriptions: (deadline: Deadline) => Promise<readonly ListedSubscription[]>
  readonly tenants: (deadline: Deadline) => Promise<readonly SeenTenant[]>
  /** Of the tenant the person is signed in to. */
  readonly policy: (deadline: Deadline) => Promise<SubscriptionPolicy>
  /** Roles of one person, through groups too. */
  readonly assignmentsOf: (subscriptionId: string, objectId: string, deadline: Deadline) => Promise<readonly AzureAssignment[]>
  /** Roles the person who asks could activate (PIM). */
  readonly eligible: (subscriptionId: string, deadline: Deadline) => Promise<readonly AzureAssignment[]>
  /** Everybody's roles on the subscription and above. */
  readonly assignments: (subscriptionId: string, deadline: Deadline) => Promise<readonly AzureAssignment[]>
}

const versions = { subscriptions: '2022-12-01', policy: '2021-10-01', assignments: '2022-04-01', eligible: '2020-10-01' } as const
const ownerRole = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
const mostPages = 10

const guid = z.guid().toLowerCase()
const text = z.string().nullish().catch(undefined)
const given = <K extends string>(key: K, value: string | null | undefined) => (value ? ({ [key]: value } as Record<K, string>) : {})

const managers = z.array(z.object({ tenantId: guid })).nullish()

const offer = z.object({ quotaId: text }).nullish().catch(undefined)
const subscription = z
  .object({ subscriptionId: guid, tenantId: guid, displayName: text, state: text, managedByTenants: managers, subscriptionPolicies: offer })
  .transform(({ subscriptionId, tenantId, displayName, state, managedByTenants, subscriptionPolicies }): ListedSubscription => ({
    subscriptionId,
    tenantId,
    managedBy: (managedByTenants ?? []).map((manager) => manager.tenantId),
    ...given('name', displayName),
    ...given('state', state),
    ...given('quotaId', subscriptionPolicies?.quotaId),
  }))

const tenant = z.object({ tenantId: guid, displayName: text, defaultDomain: text }).transform(({ tenantId, displayName, defaultDomain }): SeenTenant => ({
  tenantId,
  ...given('name', displayName),
  ...given('domain', defaultDomain),
}))

const said = z.boolean().nullish().catch(undefined)
const policyAnswer = z
  .object({
    properties: z.object({
      blockSubscriptionsLeavingTenant: said,
      blockSubscriptionsIntoTenant: said,
      exemptedPrincipals: z.array(guid.catch('')).nullish().catch(undefined),
    }),
  })
  .transform(({ properties }): SubscriptionPolicy => ({
    blocksLeaving: properties.blockSubscriptionsLeavingTenant ?? undefined,
    blocksEntering: properties.blockSubscriptionsIntoTenant ?? undefined,
    exempted: (properties.exemptedPrincipals ?? []).filter(Boolean),
  }))

const assignmentOn = (subscriptionId: string) =>
  z
    .object({ properties: z.object({ roleDefinitionId: z.string(), principalId: guid, principalType: text, scope: z.string(), condition: text }) })
    .transform(({ properties: { roleDefinitionId, principalId, principalType, scope, condition } }): AzureAssignment => ({
      principalId,
      isGroup: principalType?.toLowerCase() === 'group',
      isOwner: roleDefinitionId.toLowerCase().endsWith(`/${ownerRole}`),
      isOnSubscription: scope.toLowerCase() === `/subscriptions/${subscriptionId}`,
      hasCondition: Boolean(condition),
    }))

/** The person's token is good for Azure, so what it may not read they may not either. */
const asTheirOwn = (reason: UnknownReason, { code }: Detail): UnknownReason => (reason === 'consent' && code === 'AuthorizationFailed' ? 'not-yours' : reason)

/** Azure Resource Manager at `baseUrl`, asked with the person's token; nothing but lists is read. */
export const createAzure = (credential: Credential, baseUrl: string): Azure => {
  const get = async (url: string, { signal }: Deadline): Promise<Response> => {
    const token = await credential.getToken(`${baseUrl}/.default`)
    try {
      return await fetch(url, { redirect: 'manual', signal, headers: { authorization: `Bearer ${token?.token}` } })
    } catch {
      throw new CouldNotLook(signal.aborted ? 'timeout' : 'unavailable')
    }
  }

  const read = async <T>(url: string, answer: z.ZodType<T>, deadline: Deadline, reasonOf = (reason: UnknownReason, _detail: Detail) => reason): Promise<T> => {
    const response = await get(url, deadline)
    const body = await bodyOf(response)
    const detail = detailOf(response, body)
    if (!response.ok) throw new CouldNotLook(reasonOf(reasonFor(detail, 'person'), detail), detail)
    const parsed = answer.safeParse(body)
    if (!parsed.success) throw new CouldNotLook('malformed', detail)
    return parsed.data
  }

  const list = async <T>(path: string, item: z.ZodType<T>, deadline: Deadline, reasonOf?: typeof asTheirOwn): Promise<readonly T[]> => {
    const answer = z.object({ value: z.array(item), nextLink: z.string().nullish() })
    const items: T[] = []
    let url: string | undefined = `${baseUrl}${path}`
    for (let page = 0; page < mostPages && url; page += 1) {
      const { value, nextLink }: z.infer<typeof answer> = await read(url, answer, deadline, reasonOf)
      items.push(...value)
      url = nextPage(nextLink, baseUrl)
    }
    return items
  }

  const roles = (subscriptionId: string, kind: 'roleAssignments' | 'roleEligibilityScheduleInstances', filter: string, deadline: Deadline) => {
    const version = kind === 'roleAssignments' ? versions.assignments : versions.eligible
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/${kind}?api-version=${version}&$filter=${encodeURIComponent(filter)}`
    return list(path, assignmentOn(subscriptionId), deadline, asTheirOwn)
  }

  return {
    subscriptions: (deadline) => list(`/subscriptions?api-version=${versions.subscriptions}`, subscription, deadline),
    tenants: (deadline) => list(`/tenants?api-version=${versions.subscriptions}`, tenant, deadline),
    policy: (deadline) => {
      const url = `${baseUrl}/providers/Microsoft.Subscription/policies/default?api-version=${versions.policy}`
      return read(url, policyAnswer, deadline, (reason, detail) => (reason === 'not-found' ? 'no-policy' : asTheirOwn(reason, detail)))
    },
    assignmentsOf: (subscriptionId, objectId, deadline) => roles(subscriptionId, 'roleAssignments', `atScope() and assignedTo('${objectId}')`, deadline),
    eligible: (subscriptionId, deadline) => roles(subscriptionId, 'roleEligibilityScheduleInstances', 'asTarget()', deadline),
    assignments: (subscriptionId, deadline) => roles(subscriptionId, 'roleAssignments', 'atScope()', deadline),
  }
}
