import { z } from 'zod'
import { createCredential } from './credential'
import { createGraph } from './graph'
import { createHeldRoles } from './held-roles'
import { logUnknown, type DirectoryLog, type Look } from './log'
import { createPublicLookUp } from './public-look-up'
import { verdictFor, type Need } from './roles'
import { appOf, complete, type DirectorySettings } from './settings'
import { CouldNotLook, type TenantFinding, type Unknown, type Verdict } from './verdict'

export type { DirectoryLog } from './log'
export { rolesAreFreshMs } from './held-roles'
export { sufficientRoles, type Need, type RoleId } from './roles'
export type { DirectoryIdentity, DirectorySettings } from './settings'
export type { TenantFinding, UnknownReason, Verdict } from './verdict'

/** The person asked about, as the authenticated activity names them: GUIDs of the tenant and of the user in it. */
export interface RoleSubject {
  readonly tenantId?: string | undefined
  readonly objectId?: string | undefined
}

/** What OneTenant asks of Microsoft's cloud. Nothing here throws for an answer that does not come: that is `unknown`. */
export interface Directory {
  /** Answers are remembered for `rolesAreFreshMs`; `fresh` asks again. */
  readonly checkRole: (subject: RoleSubject, need: Need, options?: { readonly fresh?: boolean }) => Promise<Verdict>
  /** The tenant an Azure subscription trusts, from its id (braces and blanks around it do not matter). */
  readonly lookUpSubscription: (id: string) => Promise<TenantFinding>
  /** The tenant that verified a domain. */
  readonly lookUpDomain: (domain: string) => Promise<TenantFinding>
}

const guid = z.guid().toLowerCase()

/** The directory as configured; nothing is sent before the first question. */
export const createDirectory = (settings: DirectorySettings, log: DirectoryLog): Directory => {
  const all = complete(settings)
  const app = appOf(settings)
  const heldRoles = app && createHeldRoles(createGraph(createCredential(app, all), all.graphBaseUrl), all.budgetMs)
  const lookUp = createPublicLookUp(all)

  const check = async ({ tenantId, objectId }: RoleSubject, need: Need, fresh: boolean): Promise<Verdict> => {
    const person = guid.safeParse(objectId)
    if (!app || !heldRoles) throw new CouldNotLook('not-configured')
    if (!tenantId || !person.success) throw new CouldNotLook('no-identity')
    if (tenantId.toLowerCase() !== app.tenantId) throw new CouldNotLook('other-tenant')
    return verdictFor(need, await heldRoles(person.data, fresh))
  }
  const orUnknown = async <T>(look: Look, work: Promise<T>): Promise<T | Unknown> => {
    try {
      return await work
    } catch (error) {
      if (!(error instanceof CouldNotLook)) throw error
      const { reason, detail } = error
      logUnknown(log, look, reason, detail)
      return { kind: 'unknown', reason, detail }
    }
  }
  return {
    checkRole: (subject, need, { fresh = false } = {}) => orUnknown('role', check(subject, need, fresh)),
    lookUpSubscription: (id) => orUnknown('subscription', lookUp.subscription(id)),
    lookUpDomain: (domain) => orUnknown('domain', lookUp.domain(domain)),
  }
}
