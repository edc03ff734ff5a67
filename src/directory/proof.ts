import type { ListedSubscription, SeenSubscription, SeenTenant } from './azure'
import { createDeadline, within, type Deadline } from './deadline'
import type { Organization, Sku } from './graph'
import { plainText } from './plain-text'
import { productKind, type ProductKind } from './products'
import type { PublicLookUp } from './public-look-up'
import type { UnknownReason } from './reasons'
import type { Session } from './session'
import { CouldNotLook, type Limit, type TenantFinding } from './verdict'

/** One of the three findings. `at` is the time of the look (ISO 8601, UTC); an `unknown` may still have found something. */
export type Finding<Evidence> =
  | { readonly answer: 'yes' | 'no'; readonly at: string; readonly evidence: Evidence }
  | { readonly answer: 'unknown'; readonly at: string; readonly reason: UnknownReason; readonly evidence?: Evidence }

/** The tenant the person is in; names from outside are plain text. */
export interface TenantEvidence {
  readonly tenantId: string
  readonly name?: string
  /** The `…onmicrosoft.com` one. */
  readonly initialDomain?: string
  /** `teams`: only the id, as the channel vouches for it. */
  readonly source: 'directory' | 'teams'
}

/** A product as `subscribedSkus` names it; its name in words is in `guides/products`. */
export interface Product {
  readonly sku: string
  readonly kind: ProductKind
  /** Usable: bought and paid, or in the grace period. */
  readonly enabled: boolean
}

export interface Microsoft365Evidence {
  readonly products: readonly Product[]
}

export interface AzureEvidence {
  /** `public`: the subscription the person named, without any permission. */
  readonly source: 'public' | 'person'
  readonly subscriptions: readonly (SeenSubscription & { readonly here: boolean })[]
  /** Other tenants of the person, when their subscriptions are not in this one. */
  readonly otherTenants: readonly SeenTenant[]
}

export interface Proof {
  /** Whether there is a tenant of this person; `no` never. */
  readonly tenant: Finding<TenantEvidence>
  /** Whether it has an enabled Microsoft 365 product. */
  readonly microsoft365: Finding<Microsoft365Evidence>
  /** Whether the Azure subscriptions looked at trust this tenant. */
  readonly azure: Finding<AzureEvidence>
  /** What the public look-up of the named domain said, when one was named; it may be anybody's, and proves nothing about products. */
  readonly domain?: TenantFinding
  readonly limits: readonly Limit[]
}

export interface ProofQuestion {
  /** An Azure subscription's id: its tenant is public. */
  readonly subscriptionId?: string | undefined
  /** A domain of the Microsoft 365 side: its tenant is public. */
  readonly domain?: string | undefined
}

/** What answers the questions; a caller who cannot be asked for leaves the public look-ups and what Teams says. */
export interface ProofParts {
  readonly tenantId: string | undefined
  readonly session: Session | CouldNotLook
  readonly lookUp: PublicLookUp
  readonly budgetMs: number
  readonly onUnknown: (look: 'microsoft-365' | 'azure' | 'subscription' | 'domain' | 'tenant-name' | 'other-tenants', error: CouldNotLook) => void
}

const now = () => new Date().toISOString()
const unknown = <E>(reason: UnknownReason, evidence?: E): Finding<E> => ({ answer: 'unknown', at: now(), reason, ...(evidence && { evidence }) })
const found = <E>(answer: 'yes' | 'no', evidence: E): Finding<E> => ({ answer, at: now(), evidence })

const settle = async <T>(work: Promise<T>): Promise<T | CouldNotLook> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof CouldNotLook) return error
    throw error
  }
}

const tenantFinding = (tenantId: string | undefined, organization: Organization | CouldNotLook): Finding<TenantEvidence> => {
  if (tenantId === undefined) return unknown('no-identity')
  if (organization instanceof CouldNotLook && organization.reason === 'personal-account') return unknown('personal-account')
  if (organization instanceof CouldNotLook || organization.id !== tenantId) return found('yes', { tenantId, source: 'teams' })
  const [name, initialDomain] = [plainText(organization.name), plainText(organization.initialDomain, 253)]
  return found('yes', { tenantId, ...(name && { name }), ...(initialDomain && { initialDomain }), source: 'directory' })
}

const usable = ['enabled', 'warning']

const productOf = ({ skuPartNumber, capabilityStatus, servicePlans }: Sku): Product => ({
  sku: plainText(skuPartNumber) ?? '',
  kind: productKind(servicePlans),
  enabled: usable.includes(capabilityStatus.toLowerCase()),
})

const microsoft365Finding = (products: readonly Product[]): Finding<Microsoft365Evidence> => {
  const enabled = products.filter((product) => product.enabled)
  if (products.length === 0) return unknown('nothing-visible')
  if (enabled.some(({ kind }) => kind === 'microsoft-365')) return found('yes', { products })
  // A product of which nobody says what is in it may well be Microsoft 365.
  return enabled.some(({ kind }) => kind === 'unknown') ? unknown('unknown-products', { products }) : found('no', { products })
}

const publicAzure = (subscriptionId: string, tenantId: string | undefined, finding: TenantFinding): Finding<AzureEvidence> => {
  if (finding.kind === 'unknown') return unknown(finding.reason)
  if (finding.kind === 'invalid') return unknown('invalid-input')
  if (finding.kind === 'none') return unknown('not-found')
  const here = finding.tenantId === tenantId
  const subscriptions = [
    {
      subscriptionId: subscriptionId
        .trim()
        .replace(/^\{|\}$/g, '')
        .toLowerCase(),
      tenantId: finding.tenantId,
      here,
    },
  ]
  const evidence: AzureEvidence = { source: 'public', subscriptions, otherTenants: [] }
  return tenantId === undefined ? unknown('no-identity', evidence) : found(here ? 'yes' : 'no', evidence)
}

const clean = <T extends { name?: string }>({ name, ...rest }: T) => {
  const text = plainText(name)
  return { ...rest, ...(text && { name: text }) }
}

const personAzure = (tenantId: string, seen: readonly ListedSubscription[], otherTenants: readonly SeenTenant[]): Finding<AzureEvidence> => {
  const subscriptions = seen.map(({ managedBy: _managedBy, quotaId: _quotaId, ...each }) => ({ ...clean(each), here: each.tenantId === tenantId }))
  const evidence: AzureEvidence = { source: 'person', subscriptions, otherTenants: otherTenants.map(clean) }
  if (subscriptions.some(({ here }) => here)) return found('yes', evidence)
  // Only what the person may see is listed: a Global Administrator sees nothing at first, and a customer's subscription is not one's own.
  return seen.every(({ managedBy }) => managedBy.includes(tenantId)) ? unknown('nothing-visible', evidence) : found('no', evidence)
}

const azureOfPerson = async ({ azure, tenantId }: Session, deadline: Deadline, limits: Limit[], onUnknown: ProofParts['onUnknown']) => {
  if ('without' in azure) throw new CouldNotLook(azure.without)
  const seen = await within(deadline, azure.subscriptions(deadline))
  if (seen.some((each) => each.tenantId === tenantId)) return personAzure(tenantId, seen, [])
  const tenants = await settle(within(deadline, azure.tenants(deadline)))
  if (!(tenants instanceof CouldNotLook))
    return personAzure(
      tenantId,
      seen,
      tenants.filter((each) => each.tenantId !== tenantId),
    )
  onUnknown('other-tenants', tenants)
  limits.push({ what: 'other-tenants', reason: tenants.reason })
  return personAzure(tenantId, seen, [])
}

/** Three findings, each by itself; nothing that fails spoils another. */
export const proveFor = async (parts: ProofParts, { subscriptionId, domain }: ProofQuestion): Promise<Proof> => {
  const { tenantId, session, lookUp, budgetMs, onUnknown } = parts
  const deadline = createDeadline(budgetMs)
  const limits: Limit[] = []
  const askIn = async <T>(work: (open: Session) => Promise<T>) => {
    if (session instanceof CouldNotLook) return session
    return settle(within(deadline, work(session)))
  }
  const publicly = async (look: 'subscription' | 'domain', text: string): Promise<TenantFinding> => {
    const outcome = await settle(lookUp[look](text))
    if (!(outcome instanceof CouldNotLook)) return outcome
    onUnknown(look, outcome)
    return { kind: 'unknown', reason: outcome.reason }
  }
  const azure = async (): Promise<Finding<AzureEvidence>> => {
    if (subscriptionId !== undefined) return publicAzure(subscriptionId, tenantId, await publicly('subscription', subscriptionId))
    const outcome = await askIn((open) => azureOfPerson(open, deadline, limits, onUnknown))
    if (!(outcome instanceof CouldNotLook)) return outcome
    onUnknown('azure', outcome)
    return unknown(outcome.reason)
  }

  const [organization, skus, ofDomain, azureFinding] = await Promise.all([
    askIn(({ graph }) => graph.organization(deadline)),
    askIn(({ graph }) => graph.skus(deadline)),
    domain === undefined ? undefined : publicly('domain', domain),
    azure(),
  ])
  if (organization instanceof CouldNotLook) {
    onUnknown('tenant-name', organization)
    limits.push({ what: 'tenant-name', reason: organization.reason })
  }
  if (skus instanceof CouldNotLook) onUnknown('microsoft-365', skus)
  const products = skus instanceof CouldNotLook ? unknown<Microsoft365Evidence>(skus.reason) : microsoft365Finding(skus.map(productOf))
  return {
    tenant: tenantFinding(tenantId, organization),
    microsoft365: products,
    azure: azureFinding,
    ...(ofDomain && { domain: ofDomain }),
    limits,
  }
}
