/** What a run keeps of a proof: yes, no or unknown for each finding, what that comes to, and what another look changes about it. */
import { reasons, type Proof } from '../directory'
import type { Proved } from './run'

/** What the person gave to be looked up; it stays on their card, to be looked up again, and is kept nowhere else. */
export interface Given {
  readonly subscription?: string | undefined
  readonly domain?: string | undefined
}

/** What a run keeps of a proof. The tenant is “no” when a domain named another one, whoever's that is. */
export const provedOf = ({ tenant, microsoft365, azure, domain }: Proof): Proved => ({
  tenant: isOtherTenant(tenant, domain) ? 'no' : tenant.answer,
  microsoft365: microsoft365.answer,
  azure: azure.answer,
  ...(azure.answer === 'no' && azure.evidence.source === 'person' && { own: true }),
  at: [tenant.at, microsoft365.at, azure.at].toSorted().at(-1) ?? tenant.at,
})

/**
 * What stands after another look. A finding about an id or a domain stands until one is given again, as far as nothing newer is known;
 * `signedIn`: the look goes on after a sign-in, which takes no “no” back.
 */
export const provedAfter = (before: Proved | undefined, proof: Proof, { subscription, domain }: Given, signedIn: boolean): Proved => {
  const now = provedOf(proof)
  if (!before) return now
  const { azure } = proof
  const noAzureNews = (azure.answer === 'unknown' && !reasons[azure.reason].isNews) || (signedIn && before.azure === 'no')
  const { azure: found, own } = subscription === undefined && noAzureNews ? before : now
  const { own: _, ...rest } = now
  return {
    ...rest,
    azure: found,
    ...(own && { own }),
    tenant: domain === undefined && before.tenant === 'no' ? 'no' : now.tenant,
  }
}

/**
 * `no`: what the person sees in Azure is in another tenant than they are. `elsewhere`: an id or a domain they gave is; whose it is, nobody
 * said. `no365`: one tenant, without Microsoft 365. `same`: Azure is in it, Microsoft 365 could not be read.
 * Whatever else could not be checked leaves it `unknown`.
 */
export type Outcome = 'yes' | 'same' | 'no' | 'elsewhere' | 'no365' | 'unknown'

/** A domain named another tenant than the person’s. */
const isOtherTenant = (tenant: Proof['tenant'], domain: Proof['domain']): boolean =>
  domain?.kind === 'found' && tenant.answer === 'yes' && domain.tenantId !== tenant.evidence.tenantId

/** What it comes to. */
export const outcomeOf = ({ tenant, microsoft365, azure, own }: Proved): Outcome => {
  if (azure === 'no' && own) return 'no'
  if (azure === 'no' || tenant === 'no') return 'elsewhere'
  if (microsoft365 === 'no') return 'no365'
  if (azure !== 'yes') return 'unknown'
  return microsoft365 === 'yes' ? 'yes' : 'same'
}
