import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { createDeadline, within } from './deadline'
import type { CompleteSettings } from './settings'
import { CouldNotLook, type TenantFinding } from './verdict'

/** Two look-ups that anybody may do, without signing in: nothing is sent but the id or the domain. */
export interface PublicLookUp {
  readonly subscription: (id: string) => Promise<TenantFinding>
  readonly domain: (name: string) => Promise<TenantFinding>
}

const guid = z.guid().toLowerCase()
const subscriptionId = z
  .string()
  .trim()
  .regex(/^(?:\{.*\}|[^{}]*)$/)
  .transform((id) => id.replace(/^\{|\}$/g, ''))
  .pipe(guid)
const domainName = z
  .string()
  .trim()
  // Nothing but letters, digits, dots and hyphens goes in: the conversion would take the host out of a whole address.
  .regex(/^[\p{L}\p{M}\p{N}.-]{1,253}$/u)
  .transform((name) => domainToASCII(name))
  .pipe(z.hostname().regex(/\.[a-z][a-z\d-]*[a-z\d]$/))

const tenantInPath = /^https:\/\/[^/?#\s]+\/([\da-f-]{36})(?:[/?#]|$)/i
const tenantOf = (address: string | undefined): TenantFinding => {
  const tenant = guid.safeParse(tenantInPath.exec(address ?? '')?.[1])
  if (!tenant.success) throw new CouldNotLook('malformed')
  return { kind: 'found', tenantId: tenant.data }
}

/** Quoting and the order of the parameters differ between versions. */
const authorizationUri = (header: string | null) => /\bauthorization_uri\s*=\s*"?\s*([^"\s,]+)/i.exec(header ?? '')?.[1]

const openIdDocument = z.object({ issuer: z.string() })
const refusal = z.object({ error: z.literal('invalid_tenant') })

const noAnswer = ({ status }: Response) => new CouldNotLook(status === 429 ? 'throttled' : 'unavailable', { status })

const get = async (url: string, signal: AbortSignal): Promise<Response> => {
  try {
    return await fetch(url, { redirect: 'manual', signal })
  } catch {
    throw new CouldNotLook('unavailable')
  }
}

const json = async (response: Response): Promise<unknown> => {
  try {
    return await response.json()
  } catch {
    throw new CouldNotLook('malformed', { status: response.status })
  }
}

const subscriptionTenant = async (response: Response): Promise<TenantFinding> => {
  await response.body?.cancel()
  if (response.status === 401) return tenantOf(authorizationUri(response.headers.get('www-authenticate')))
  if (response.status === 404) return { kind: 'none' }
  throw noAnswer(response)
}

const domainTenant = async (response: Response): Promise<TenantFinding> => {
  if (response.status === 200) return tenantOf(openIdDocument.safeParse(await json(response)).data?.issuer)
  if (response.status === 400 && refusal.safeParse(await json(response)).success) return { kind: 'none' }
  throw noAnswer(response)
}

/** The public look-ups on the two configured hosts. */
export const createPublicLookUp = ({ armBaseUrl, authorityHost, lookUpBudgetMs }: CompleteSettings): PublicLookUp => {
  const look = (url: string, read: (response: Response) => Promise<TenantFinding>): Promise<TenantFinding> => {
    const deadline = createDeadline(lookUpBudgetMs)
    return within(deadline, get(url, deadline.signal).then(read))
  }
  return {
    subscription: async (text) => {
      const id = subscriptionId.safeParse(text)
      if (!id.success) return { kind: 'invalid' }
      return look(`${armBaseUrl}/subscriptions/${id.data}?api-version=2022-12-01`, subscriptionTenant)
    },
    domain: async (text) => {
      const name = domainName.safeParse(text)
      if (!name.success) return { kind: 'invalid' }
      return look(`${authorityHost}/${name.data}/v2.0/.well-known/openid-configuration`, domainTenant)
    },
  }
}
