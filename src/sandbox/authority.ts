import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Verify } from './faults'
import type { CloudRequest, CloudResponse, Handler } from './http'
import { createSigningKey } from './signing-key'
import type { SandboxTenant } from './tenants'

/** An app registration the authority knows. */
export interface Registration {
  readonly id: string
  readonly secret: string
  readonly tenantId: string
  /** Application permissions with admin consent; they stand in its tokens. */
  readonly roles: readonly string[]
}

export interface Authority {
  readonly handler: Handler
  readonly verify: Verify
}

const login = 'https://login.microsoftonline.com'
const anyTenant = ['common', 'organizations', 'consumers']
/** Multi-tenant bots ask for their tokens here. */
const botFramework = { id: 'd6d49420-f39b-4df7-a1dc-d59a935871db', domains: ['botframework.com'] }

const ok = (body: unknown): CloudResponse => ({ status: 200, body })

/** Entra's error document. */
const refusal = (status: number, error: string, code: number, what: string): CloudResponse => {
  const [trace_id, correlation_id, timestamp] = [randomUUID(), randomUUID(), new Date().toISOString()]
  const error_description = `AADSTS${code}: ${what} Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`
  const error_uri = `${login}/error?code=${code}`
  return { status, body: { error, error_description, error_codes: [code], timestamp, trace_id, correlation_id, error_uri } }
}

const unknownTenant = (name: string) => refusal(400, 'invalid_tenant', 90002, `Tenant '${name}' was not found.`)

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

const tokenRequest = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string(),
  client_secret: z.string(),
  scope: z.string().regex(/^\S+\/\.default$/),
})

const tokenClaims = z.object({ aud: z.string(), tid: z.string(), appid: z.string(), roles: z.array(z.string()) })

/** The app a token request is from, or the refusal it gets. */
const authenticate = (registrations: readonly Registration[], tid: string, body: string) => {
  const request = tokenRequest.safeParse(Object.fromEntries(new URLSearchParams(body)))
  if (!request.success) return refusal(400, 'invalid_request', 900144, 'The request lacks something or asks for something else.')
  const { client_id, client_secret, scope } = request.data
  const app = registrations.find(({ id, tenantId }) => id === client_id && (tenantId === tid || tid === botFramework.id))
  if (!app) return refusal(400, 'unauthorized_client', 700016, `The application '${client_id}' is not in this tenant.`)
  if (client_secret !== app.secret) return refusal(401, 'invalid_client', 7000215, 'The client secret is wrong.')
  return { app, audience: scope.replace(/\/+\.default$/, '') }
}

/** The sandbox's Entra: tenants by id and verified domain, app-only tokens, one key that lives as long as it does. */
export const createAuthority = async (
  tenants: readonly SandboxTenant[],
  registrations: readonly Registration[],
): Promise<Authority> => {
  const key = await createSigningKey('sandbox-entra')

  const tenantIdOf = (name: string) => {
    const wanted = name.toLowerCase()
    return [...tenants, botFramework].find(({ id, domains }) => id === wanted || domains.includes(wanted))?.id
  }
  const openId = (name: string) => {
    const id = anyTenant.includes(name) ? '{tenantid}' : tenantIdOf(name)
    return id ? ok(openIdDocument(id)) : unknownTenant(name)
  }
  const token = (name: string, body: string) => {
    const tid = tenantIdOf(name)
    if (!tid) return unknownTenant(name)
    const request = authenticate(registrations, tid, body)
    if (!('app' in request)) return request
    const { app, audience } = request
    const claims = { aud: audience, iss: `https://sts.windows.net/${tid}/`, tid, appid: app.id, idtyp: 'app', roles: app.roles, ver: '1.0' }
    return ok({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: key.sign(claims) })
  }

  const routes: Readonly<Record<string, (tenant: string, body: string) => CloudResponse>> = {
    'GET v2.0/.well-known/openid-configuration': openId,
    'GET discovery/v2.0/keys': () => ok({ keys: [key.jwk] }),
    'POST oauth2/v2.0/token': token,
  }
  const handler = ({ method, url, body }: CloudRequest): CloudResponse => {
    const [, tenant = '', ...rest] = decodeURIComponent(url.pathname).split('/')
    return routes[`${method} ${rest.join('/')}`]?.(tenant, body) ?? { status: 404 }
  }
  return { handler, verify: (bearer, audience) => tokenClaims.safeParse(key.verify(bearer, audience)).data }
}
