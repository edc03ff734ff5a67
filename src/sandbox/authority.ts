import { setTimeout as wait } from 'node:timers/promises'
import { noFaults, slowMs, type Faults, type Verify } from './faults'
import type { CloudRequest, CloudResponse, Handler } from './http'
import { refusal, unknownTenant, login } from './entra-refusal'
import { createSigningKey } from './signing-key'
import type { SandboxPerson, SandboxTenant } from './tenants'
import { grantOf, type Grant, type Registration } from './token-request'
import { z } from 'zod'

export type { Registration } from './token-request'

/** A token a Teams client gets for the person who uses it. */
export interface PersonTokenOptions {
  readonly tenant: SandboxTenant
  readonly person: Pick<SandboxPerson, 'objectId' | 'userPrincipalName' | 'name'>
  /** App the token is for, by id (`2`, as Teams asks for it) or by its `api://botid-…` address (`1`). */
  readonly appId: string
  readonly version?: 1 | 2
  /** Lifetime; negative: expired that long ago. */
  readonly seconds?: number
}

export interface Authority {
  readonly handler: Handler
  readonly verify: Verify
  readonly personToken: (options: PersonTokenOptions) => string
}

const anyTenant = ['common', 'organizations', 'consumers']
/** Multi-tenant bots ask for their tokens here. */
const botFramework = { id: 'd6d49420-f39b-4df7-a1dc-d59a935871db', domains: ['botframework.com'] }
const botFrameworkApi = 'https://api.botframework.com'
const graphAudience = 'https://graph.microsoft.com'
const teamsWebClient = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'

const ok = (body: unknown): CloudResponse => ({ status: 200, body })

const openIdDocument = (tenant: string) => ({
  issuer: `${login}/${tenant}/v2.0`,
  authorization_endpoint: `${login}/${tenant}/oauth2/v2.0/authorize`,
  token_endpoint: `${login}/${tenant}/oauth2/v2.0/token`,
  end_session_endpoint: `${login}/${tenant}/oauth2/v2.0/logout`,
  jwks_uri: `${login}/${tenant}/discovery/v2.0/keys`,
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
  subject_types_supported: ['pairwise'],
})

const words = z.string().transform((text) => text.split(' ').filter(Boolean))
const tokenClaims = z
  .object({
    aud: z.string(),
    tid: z.string(),
    appid: z.string().optional(),
    azp: z.string().optional(),
    roles: z.array(z.string()).default([]),
    oid: z.string().optional(),
    scp: words.optional(),
  })
  .transform(({ aud, tid, appid, azp, roles, oid, scp }) => ({
    aud,
    tid,
    appid: appid ?? azp ?? '',
    roles,
    ...(oid !== undefined && scp && { person: { oid, scopes: scp } }),
  }))

const troubles: Readonly<Partial<Record<Faults['login'], CloudResponse>>> = {
  throttled: { ...refusal(429, 'temporarily_unavailable', 90055, 'There are too many requests.'), headers: { 'retry-after': '10' } },
  down: refusal(503, 'temporarily_unavailable', 90033, 'Not available just now.'),
  policy: refusal(400, 'interaction_required', 50076, 'A policy of the organization wants another way to sign in.', {
    suberror: 'basic_action',
    claims: '{"access_token":{"capolids":{"essential":true,"values":["c11a5f5e-7d7e-4a0d-9a1f-4f4a8f5f5e5d"]}}}',
  }),
}

/** Where Graph refuses everything for want of consent, its tokens hold no permission. */
const isConsented = (audience: string, permission: string, { graph, denied }: Readonly<Faults>) =>
  !denied.includes(permission) && !(graph === 'refused' && audience === graphAudience)

const claimsOf = ({ app, audience, tid, person, permissions }: Grant, faults: Readonly<Faults>) => {
  const allowed = permissions.filter((permission) => isConsented(audience, permission, faults))
  const base = { aud: audience, iss: `https://sts.windows.net/${tid}/`, tid, appid: app.id, ver: '1.0' }
  return person ? { ...base, idtyp: 'user', oid: person, scp: allowed.join(' ') } : { ...base, idtyp: 'app', roles: allowed }
}

/** The bot signs in to write to people. */
export const isForTeams = ({ body }: Pick<CloudRequest, 'body'>): boolean => decodeURIComponent(body).includes(botFrameworkApi)

/** The sandbox's Entra: tenants by id and verified domain, tokens for apps and on behalf of people, one key that lives as long as it does. */
export const createAuthority = async (
  tenants: readonly SandboxTenant[],
  registrations: readonly Registration[],
  faults: Readonly<Faults> = noFaults(),
  /** Whose keys it signs with; default: fresh ones. */
  keysOf?: string,
): Promise<Authority> => {
  const key = await createSigningKey('sandbox-entra', keysOf)

  const tenantIdOf = (name: string) => {
    const wanted = name.toLowerCase()
    return [...tenants, botFramework].find(({ id, domains }) => id === wanted || domains.includes(wanted))?.id
  }
  const openId = (name: string) => {
    const id = anyTenant.includes(name) ? '{tenantid}' : tenantIdOf(name)
    return id ? ok(openIdDocument(id)) : unknownTenant(name)
  }
  const issue = (grant: Grant): CloudResponse => {
    const access_token = key.sign(claimsOf(grant, faults))
    const scope = grant.permissions.map((permission) => `${grant.audience}/${permission}`).join(' ')
    return ok({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token, ...(grant.person && { scope }) })
  }
  const token = (name: string, body: string) => {
    const tid = tenantIdOf(name)
    if (!tid) return unknownTenant(name)
    const grant = grantOf({ registrations, tid, denied: faults.denied, isCommon: tid === botFramework.id, verify: key.verify }, body)
    if (!('app' in grant)) return grant
    const trouble = grant.audience === botFrameworkApi ? undefined : troubles[faults.login]
    return trouble ?? issue(grant)
  }

  const routes: Readonly<Record<string, (tenant: string, body: string) => CloudResponse>> = {
    'GET v2.0/.well-known/openid-configuration': openId,
    'GET discovery/v2.0/keys': () => ok({ keys: [key.jwk] }),
    'POST oauth2/v2.0/token': token,
  }
  const answer = ({ method, url, body }: CloudRequest): CloudResponse => {
    const [, tenant = '', ...rest] = decodeURIComponent(url.pathname).split('/')
    return routes[`${method} ${rest.join('/')}`]?.(tenant, body) ?? { status: 404 }
  }
  const handler: Handler = async (request) => {
    if (faults.login === 'slow' && request.method === 'POST' && !isForTeams(request)) await wait(slowMs, undefined, { ref: false })
    return answer(request)
  }

  const personToken: Authority['personToken'] = ({ tenant, person, appId, version = 2, seconds }) => {
    const names = { name: person.name, preferred_username: person.userPrincipalName }
    const who = { tid: tenant.id, oid: person.objectId, sub: `${appId}-${person.objectId}`, scp: 'access_as_user', ...names }
    const first = { aud: `api://botid-${appId}`, iss: `https://sts.windows.net/${tenant.id}/`, appid: teamsWebClient, ver: '1.0' }
    const second = { aud: appId, iss: `${login}/${tenant.id}/v2.0`, azp: teamsWebClient, ver: '2.0' }
    return key.sign({ ...who, ...(version === 1 ? first : second) }, seconds)
  }
  return { handler, verify: (bearer, audience) => tokenClaims.safeParse(key.verify(bearer, audience)).data, personToken }
}
