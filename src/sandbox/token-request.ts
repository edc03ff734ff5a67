import { z } from 'zod'
import { refusal } from './entra-refusal'
import type { CloudResponse } from './http'
import type { SigningKey } from './signing-key'

/** An app registration the authority knows. */
export interface Registration {
  readonly id: string
  readonly secret: string
  readonly tenantId: string
  /** Other tenants that let the app in. */
  readonly alsoIn?: readonly string[]
  /** Application permissions with admin consent; they stand in its tokens. */
  readonly roles: readonly string[]
  /** Delegated permissions consented to, by resource, e.g. `https://graph.microsoft.com`. */
  readonly delegated?: Readonly<Record<string, readonly string[]>>
}

/** A token that may be issued: for the app, or on behalf of a person. */
export interface Grant {
  readonly app: Registration
  readonly audience: string
  readonly tid: string
  readonly permissions: readonly string[]
  /** Object id. */
  readonly person?: string
}

export interface TokenDesk {
  readonly registrations: readonly Registration[]
  /** Tenant of the endpoint that was asked. */
  readonly tid: string
  readonly denied: readonly string[]
  /** The endpoint where bots of every tenant get their tokens. */
  readonly isCommon: boolean
  readonly verify: SigningKey['verify']
}

const common = z.object({ client_id: z.string(), client_secret: z.string(), scope: z.string() })
const tokenRequest = z.discriminatedUnion('grant_type', [
  common.extend({ grant_type: z.literal('client_credentials'), scope: z.string().regex(/^\S+\/\.default$/) }),
  common.extend({
    grant_type: z.literal('urn:ietf:params:oauth:grant-type:jwt-bearer'),
    requested_token_use: z.literal('on_behalf_of'),
    assertion: z.string(),
  }),
])
type OnBehalfOf = Extract<z.infer<typeof tokenRequest>, { assertion: string }>

const personClaims = z.object({ tid: z.string(), oid: z.string(), scp: z.string() })
const ofOpenId = ['openid', 'profile', 'offline_access', 'email']

const isExpired = (assertion: string) => {
  try {
    const [, payload = ''] = assertion.split('.')
    const claims = z.object({ exp: z.number() }).safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
    return claims.success && claims.data.exp * 1_000 < Date.now()
  } catch {
    return false
  }
}

const person = ({ verify, tid }: TokenDesk, { client_id, assertion }: OnBehalfOf) => {
  const audiences = [client_id, `api://${client_id}`, `api://botid-${client_id}`]
  const claims = audiences.map((audience) => verify(assertion, audience)).find(Boolean)
  const known = personClaims.safeParse(claims)
  return known.success && known.data.tid === tid ? known.data : undefined
}

/** The resource asked for and the permissions of it, e.g. `.default`. */
const wanted = (scope: string) => {
  const scopes = scope.split(' ').filter((each) => each && !ofOpenId.includes(each))
  const cut = scopes.map((each) => [each.slice(0, each.lastIndexOf('/')).replace(/\/+$/, ''), each.slice(each.lastIndexOf('/') + 1)] as const)
  const [resource = ''] = cut[0] ?? []
  return cut.every(([of]) => of === resource) ? { resource, names: cut.map(([, name]) => name) } : undefined
}

const onBehalfOf = (desk: TokenDesk, app: Registration, request: OnBehalfOf): Grant | CloudResponse => {
  if (isExpired(request.assertion)) return refusal(400, 'invalid_grant', 500133, 'The assertion is not within its valid time range.')
  const who = person(desk, request)
  if (!who) return refusal(400, 'invalid_grant', 50013, 'The assertion failed signature, audience or tenant validation.')
  const asked = wanted(request.scope)
  const consented = asked && app.delegated?.[asked.resource]
  if (!asked || !consented) return refusal(400, 'invalid_resource', 500011, 'The resource was not found in the tenant, or two were asked for.')
  const permissions = consented.filter((name) => !desk.denied.includes(name))
  const enough = permissions.length > 0 && asked.names.every((name) => name === '.default' || permissions.includes(name))
  if (!enough) {
    return refusal(400, 'interaction_required', 65001, 'The user or administrator has not consented to use the application.', { suberror: 'consent_required' })
  }
  return { app, audience: asked.resource, tid: desk.tid, permissions, person: who.oid }
}

/** What a token request is good for, or the refusal it gets. */
export const grantOf = (desk: TokenDesk, body: string): Grant | CloudResponse => {
  const parsed = tokenRequest.safeParse(Object.fromEntries(new URLSearchParams(body)))
  if (!parsed.success) return refusal(400, 'invalid_request', 900144, 'The request lacks something or asks for something else.')
  const request = parsed.data
  const isHere = ({ tenantId, alsoIn = [] }: Registration) => [tenantId, ...alsoIn].includes(desk.tid) || desk.isCommon
  const app = desk.registrations.find((each) => each.id === request.client_id && isHere(each))
  if (!app) return refusal(400, 'unauthorized_client', 700016, `The application '${request.client_id}' is not in this tenant.`)
  if (request.client_secret !== app.secret) return refusal(401, 'invalid_client', 7000215, 'The client secret is wrong.')
  if ('assertion' in request) return onBehalfOf(desk, app, request)
  return { app, audience: request.scope.replace(/\/+\.default$/, ''), tid: desk.tid, permissions: app.roles }
}
