import type { UnknownReason } from './reasons'
import type { RoleId } from './roles'

/** For the log only: HTTP status, error code and request id of the answer that was not good enough. */
export interface Detail {
  readonly status?: number
  readonly code?: string
  readonly requestId?: string
}

export interface Unknown {
  readonly kind: 'unknown'
  readonly reason: UnknownReason
  readonly detail?: Detail
}

/** What an answer leaves out: nobody allowed it, or it did not come in time. The answer holds without it. */
export interface Limit {
  readonly what: LimitedTo
  readonly reason: UnknownReason
}
export type LimitedTo = 'eligible-roles' | 'holders' | 'group-members' | 'accounts' | 'tenant-name' | 'other-tenants'

/** Outcome of a role check. `can` and `cannot` are said only after the directory answered. */
export type Verdict =
  | { readonly kind: 'can'; readonly roles: readonly RoleId[]; readonly limits: readonly Limit[] }
  | { readonly kind: 'can-after-activating'; readonly roles: readonly RoleId[]; readonly limits: readonly Limit[] }
  | { readonly kind: 'cannot'; readonly roles: readonly RoleId[]; readonly limits: readonly Limit[] }
  | Unknown

/** Which tenant stands behind a subscription id or a domain; `invalid` input was never sent anywhere. */
export type TenantFinding = { readonly kind: 'found'; readonly tenantId: string } | { readonly kind: 'none' } | { readonly kind: 'invalid' } | Unknown

/** Thrown inside this folder when a look-up cannot be completed; carries nothing that was sent, so no token. */
export class CouldNotLook extends Error {
  constructor(
    readonly reason: UnknownReason,
    readonly detail: Detail = {},
  ) {
    super(`the directory could not be asked: ${reason}`)
    this.name = 'CouldNotLook'
  }
}
