import { z } from 'zod'
import type { UnknownReason } from './reasons'
import type { App, CompleteSettings } from './settings'
import { payloadOf } from './token-claims'
import { CouldNotLook } from './verdict'

/** The person asked about, as the authenticated activity names them: GUIDs of the tenant and of the user in it. */
export interface RoleSubject {
  readonly tenantId?: string | undefined
  readonly objectId?: string | undefined
}

/** Who asks: a person looked at by the app, or one who signed in. A function keeps the token out of everything that prints or stores values. */
export interface Caller extends RoleSubject {
  readonly token?: () => string
  /** Why nothing can be asked in their name; the app's own permissions are then not used in place of theirs. */
  readonly without?: UnknownReason
}

/** The person by their own token, as the token store gave it in this turn; it must be theirs, or every answer is `unknown: other-person`. */
export const asPerson = ({ tenantId, objectId, token }: RoleSubject & { readonly token: string }): Caller => ({
  tenantId,
  objectId,
  token: () => token,
})

const guid = z.guid().toLowerCase()
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad'
const graphAppId = '00000003-0000-0000-c000-000000000000'

const claims = z.object({ aud: z.string(), tid: guid, oid: guid, exp: z.number().optional() })

/** Tenant and person as GUIDs. @throws CouldNotLook for anonymous people and personal accounts. */
export const identify = ({ tenantId, objectId }: RoleSubject): { readonly tenantId: string; readonly objectId: string } => {
  const [tenant, person] = [guid.safeParse(tenantId), guid.safeParse(objectId)]
  if (tenant.data === personalAccounts) throw new CouldNotLook('personal-account')
  if (!tenant.success || !person.success) throw new CouldNotLook('no-identity')
  return { tenantId: tenant.data, objectId: person.data }
}

/** What the token can be used for: to be exchanged, or for Graph as it is. */
export type TokenUse = { readonly for: 'app' } | { readonly for: 'graph'; readonly expires: number }

const isOwn = (audience: string, { clientId, botId }: App) => {
  const [aud, id] = [audience.toLowerCase(), clientId.toLowerCase()]
  return aud === id || (aud.startsWith('api://') && [`/${id}`, `/botid-${id}`, `/botid-${botId.toLowerCase()}`].some((end) => aud.endsWith(end)))
}

const useOf = (audience: string, app: App | undefined, { graphBaseUrl }: CompleteSettings, expires: number): TokenUse => {
  if ([graphAppId, graphBaseUrl].includes(audience.replace(/\/+$/, ''))) return { for: 'graph', expires }
  if (!app) throw new CouldNotLook('not-configured')
  if (isOwn(audience, app)) return { for: 'app' }
  throw new CouldNotLook('sign-in')
}

/** @throws CouldNotLook when the token is not this person's in this tenant, not for us, or over. */
export const readToken = (caller: { token: string; tenantId: string; objectId: string }, app: App | undefined, settings: CompleteSettings): TokenUse => {
  const found = claims.safeParse(payloadOf(caller.token)).data
  if (!found) throw new CouldNotLook('sign-in')
  if (found.tid === personalAccounts) throw new CouldNotLook('personal-account')
  if (found.tid !== caller.tenantId || found.oid !== caller.objectId) throw new CouldNotLook('other-person')
  const expires = (found.exp ?? Infinity) * 1_000
  if (expires <= Date.now()) throw new CouldNotLook('signed-out')
  return useOf(found.aud, app, settings, expires)
}
