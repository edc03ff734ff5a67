import { z } from 'zod'
import type { Credential } from './credential'
import type { Deadline } from './deadline'
import { nextPage } from './next-page'
import { bodyOf, detailOf, reasonFor } from './refusal'
import { CouldNotLook } from './verdict'

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
}

const version = 'api-version=2022-12-01'
const mostPages = 10

const guid = z.guid().toLowerCase()
const text = z.string().nullish().catch(undefined)
const given = <K extends string>(key: K, value: string | null | undefined) => (value ? ({ [key]: value } as Record<K, string>) : {})

const managers = z.array(z.object({ tenantId: guid })).nullish()

const subscription = z
  .object({ subscriptionId: guid, tenantId: guid, displayName: text, state: text, managedByTenants: managers })
  .transform(({ subscriptionId, tenantId, displayName, state, managedByTenants }): ListedSubscription => ({
    subscriptionId,
    tenantId,
    managedBy: (managedByTenants ?? []).map((manager) => manager.tenantId),
    ...given('name', displayName),
    ...given('state', state),
  }))

const tenant = z.object({ tenantId: guid, displayName: text, defaultDomain: text }).transform(({ tenantId, displayName, defaultDomain }): SeenTenant => ({
  tenantId,
  ...given('name', displayName),
  ...given('domain', defaultDomain),
}))

/** Azure Resource Manager at `baseUrl`, asked with the person's token; nothing but lists is read. */
export const createAzure = (credential: Credential, baseUrl: string): Azure => {
  const get = async (url: string, { signal }: Deadline): Promise<Response> => {
    const token = await credential.getToken(`${baseUrl}/.default`)
    try {
      return await fetch(url, { redirect: 'manual', signal, headers: { authorization: `Bearer ${token?.token}` } })
    } catch {
      throw new CouldNotLook('unavailable')
    }
  }

  const list = async <T>(path: string, item: z.ZodType<T>, deadline: Deadline): Promise<readonly T[]> => {
    const answer = z.object({ value: z.array(item), nextLink: z.string().nullish() })
    const items: T[] = []
    let url: string | undefined = `${baseUrl}${path}?${version}`
    for (let page = 0; page < mostPages && url; page += 1) {
      const response = await get(url, deadline)
      const body = await bodyOf(response)
      const detail = detailOf(response, body)
      if (!response.ok) throw new CouldNotLook(reasonFor(detail, 'person'), detail)
      const parsed = answer.safeParse(body)
      if (!parsed.success) throw new CouldNotLook('malformed', detail)
      items.push(...parsed.data.value)
      url = nextPage(parsed.data.nextLink, baseUrl)
    }
    return items
  }

  return {
    subscriptions: (deadline) => list('/subscriptions', subscription, deadline),
    tenants: (deadline) => list('/tenants', tenant, deadline),
  }
}
