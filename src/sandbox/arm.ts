/** What does Azure Resource Manager answer: who trusts which tenant, to anybody; lists, policy and roles, to people who are signed in? */
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { isAboutAccess, policyFor, rolesFor } from './arm-access'
import { slowMs, type Claims, type Faults, type Verify } from './faults'
import type { CloudRequest, CloudResponse, Handler } from './http'
import { findAccount, tenants, type SandboxTenant } from './tenants'

/** What a look-alike needs of the cloud it stands in. */
export interface ArmCloud {
  readonly faults: Readonly<Faults>
  /** Without it nobody is signed in. */
  readonly verify?: Verify
}

const subscriptionPath = /^\/subscriptions\/([^/]+)$/i
const guid = z.guid()
const bearer = /^Bearer (\S+)$/i
const impersonation = 'user_impersonation'

const problem = (status: number, code: string, message: string, headers: Record<string, string> = {}): CloudResponse => ({
  status,
  headers,
  body: { error: { code, message } },
})
const denied = problem(403, 'AuthorizationFailed', 'The client has no authorization for this.')

const challenge = (where: string, what: string) => ({
  'www-authenticate': `Bearer authorization_uri="https://login.windows.net/${where}", error="invalid_token", error_description="${what}"`,
})

const unauthorized = (where: string): CloudResponse => {
  const what = 'There is no access token in the request.'
  return problem(401, 'AuthenticationFailed', what, challenge(where, what))
}

const tenantOf = (id: string) => tenants.find(({ subscriptions }) => subscriptions.includes(id.toLowerCase()))

const subscription = (id: string): CloudResponse => {
  if (!guid.safeParse(id).success) return problem(400, 'InvalidSubscriptionId', `'${id}' is not a subscription id.`)
  const tenant = tenantOf(id)
  return tenant ? unauthorized(tenant.id) : problem(404, 'SubscriptionNotFound', `There is no subscription '${id}'.`)
}

const subscriptionOf = (id: string, home: SandboxTenant) => {
  const tenant = tenantOf(id) ?? home
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: (tenant.managedBy ?? []).map((tenantId) => ({ tenantId })),
    subscriptionId: id,
    tenantId: tenant.id,
    displayName: `${tenant.name} production`,
    state: 'Enabled',
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: tenant.quotaId ?? 'PayAsYouGo_2014-09-01', spendingLimit: 'Off' },
  }
}

const tenantEntry = ({ id, name, domains }: SandboxTenant) => ({
  id: `/tenants/${id}`,
  tenantId: id,
  countryCode: 'US',
  displayName: name,
  domains,
  tenantCategory: 'Home',
  defaultDomain: domains.at(-1),
  tenantType: 'AAD',
})

/** Tenants a person has an account in: their own, and their home when they are a guest. */
const tenantsOf = (home: SandboxTenant, isGuest: boolean) => tenants.filter((each) => each === home || (isGuest && each.name === 'Fabrikam'))

const list = (value: readonly object[]): CloudResponse => ({ status: 200, body: { value, count: { type: 'Total', value: value.length } } })

const forPerson = ({ tid, person }: Claims, path: string, filter: string): CloudResponse | undefined => {
  const known = person && findAccount(tid, person.oid)
  if (!known) return problem(401, 'InvalidAuthenticationToken', 'The token is of nobody known here.', challenge(tid, 'unknown'))
  if (path === '/subscriptions') return list((known.person.azure ?? []).map((id) => subscriptionOf(id, known.tenant)))
  if (path === '/tenants') return list(tenantsOf(known.tenant, known.person.guest).map(tenantEntry))
  return path.startsWith('/providers/') ? policyFor(known) : rolesFor(known, path, filter)
}

const isForPeople = (path: string) => ['/subscriptions', '/tenants'].includes(path) || isAboutAccess(path)

const signedIn = ({ headers, url }: CloudRequest, { verify, faults }: ArmCloud, path: string): CloudResponse | undefined => {
  const token = bearer.exec(headers.authorization ?? '')?.[1]
  if (token === undefined) return isForPeople(path) ? unauthorized('common') : undefined
  const claims = verify?.(token, url.origin)
  if (!claims?.person) return problem(401, 'InvalidAuthenticationToken', 'The access token is invalid.', challenge('common', 'The access token is invalid.'))
  if (!claims.person.scopes.includes(impersonation) || faults.denied.includes(impersonation)) return denied
  return forPerson(claims, path, url.searchParams.get('$filter') ?? '')
}

const answer = (request: CloudRequest, cloud: ArmCloud): CloudResponse => {
  const { method, url } = request
  const path = url.pathname.toLowerCase()
  const id = subscriptionPath.exec(path)?.[1]
  const isKnown = id || isForPeople(path)
  if (method !== 'GET' || !isKnown) return problem(404, 'InvalidResourceType', `There is nothing to ${method} at '${url.pathname}'.`)
  if (!url.searchParams.has('api-version')) return problem(400, 'MissingApiVersionParameter', `'api-version' is missing.`)
  return signedIn(request, cloud, path) ?? subscription(decodeURIComponent(id ?? ''))
}

const faulty: Readonly<Partial<Record<Faults['arm'], CloudResponse>>> = {
  throttled: problem(429, 'SubscriptionRequestsThrottled', 'Too many requests.', { 'retry-after': '10' }),
  down: problem(503, 'ServerTimeout', 'Not available just now.'),
  malformed: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"value":[' },
}

/** A look-alike of Azure Resource Manager, as it answers strangers and people who are signed in. `refused` is for the latter. */
export const createArm =
  (cloud: ArmCloud): Handler =>
  async (request) => {
    const { arm } = cloud.faults
    if (arm === 'slow') await wait(slowMs, undefined, { ref: false })
    if (arm === 'refused' && request.headers.authorization) return denied
    return faulty[arm] ?? answer(request, cloud)
  }
