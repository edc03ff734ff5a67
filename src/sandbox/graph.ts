import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Claims, Faults, Verify } from './faults'
import type { CloudRequest, CloudResponse, Handler } from './http'
import { tenants, type SandboxPerson, type SandboxTenant } from './tenants'

/** What a look-alike needs of the cloud it stands in. */
export interface GraphCloud {
  readonly verify: Verify
  readonly faults: Readonly<Faults>
}

interface Call {
  readonly request: CloudRequest
  readonly tenant: SandboxTenant
  /** What the route's pattern caught, decoded. */
  readonly id: string
}

interface Route {
  readonly method: string
  readonly path: RegExp
  /** Application permissions, each enough. */
  readonly permissions: readonly string[]
  readonly answer: (call: Call) => CloudResponse
}

/** Longer than the bot waits. */
const slowMs = 6_000
const mostIds = 20
const bearer = /^Bearer (\S+)$/i

const problem = (status: number, code: string, message: string, headers: Record<string, string> = {}): CloudResponse => ({
  status,
  headers,
  body: { error: { code, message } },
})

const ok = ({ request }: Call, context: string, content: object): CloudResponse => ({
  status: 200,
  body: { '@odata.context': `${request.url.origin}/v1.0/$metadata#${context}`, ...content },
})

const select = ({ request }: Call, everything: Readonly<Record<string, unknown>>, usual = Object.keys(everything)) => {
  const names = request.url.searchParams.get('$select')?.split(',') ?? usual
  return Object.fromEntries(Object.entries(everything).filter(([name]) => names.includes(name)))
}

const organizationOf = (tenant: SandboxTenant) => ({
  id: tenant.id,
  displayName: tenant.name,
  verifiedDomains: tenant.domains.map((name, index) => ({
    capabilities: 'Email, OfficeCommunicationsOnline',
    isDefault: index === tenant.domains.length - 1,
    isInitial: index === 0,
    name,
    type: 'Managed',
  })),
})

const unfilled = {
  givenName: null,
  jobTitle: null,
  mail: null,
  mobilePhone: null,
  officeLocation: null,
  preferredLanguage: null,
  surname: null,
}
const userOf = ({ name, userPrincipalName, objectId, guest }: SandboxPerson) => ({
  businessPhones: [],
  displayName: name,
  ...unfilled,
  userPrincipalName,
  id: objectId,
  accountEnabled: true,
  userType: guest ? 'Guest' : 'Member',
})
/** What comes without `$select`. */
const usualOfUser = ['businessPhones', 'displayName', ...Object.keys(unfilled), 'userPrincipalName', 'id']

/** Users are addressed by object id or by user principal name. */
const personOf = ({ tenant, id }: Call): SandboxPerson | undefined =>
  tenant.people.find(({ objectId, userPrincipalName }) => [objectId, userPrincipalName.toLowerCase()].includes(id.toLowerCase()))

const withPerson = (answer: (call: Call, person: SandboxPerson) => CloudResponse) => (call: Call) => {
  const person = personOf(call)
  return person ? answer(call, person) : problem(404, 'Request_ResourceNotFound', `There is no resource '${call.id}'.`)
}

const idsBody = z.object({ ids: z.array(z.string()).min(1).max(mostIds) })
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const checkMemberObjects = (call: Call, person: SandboxPerson) => {
  const body = idsBody.safeParse(parsed(call.request.body))
  if (!body.success) return problem(400, 'Request_BadRequest', `The body needs 'ids': 1 to ${mostIds} texts.`)
  return ok(call, 'Collection(Edm.String)', { value: body.data.ids.filter((id) => person.roles.includes(id.toLowerCase())) })
}

const user = (call: Call, person: SandboxPerson) => ok(call, 'users/$entity', select(call, userOf(person), usualOfUser))
const organization = (call: Call) => ok(call, 'organization', { value: [select(call, organizationOf(call.tenant))] })

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/v1\.0\/users\/([^/]+)\/checkMemberObjects$/,
    permissions: ['User.Read.All', 'Directory.Read.All'],
    answer: withPerson(checkMemberObjects),
  },
  {
    method: 'GET',
    path: /^\/v1\.0\/users\/([^/]+)$/,
    permissions: ['User.Read.All', 'Directory.Read.All'],
    answer: withPerson(user),
  },
  {
    method: 'GET',
    path: /^\/v1\.0\/organization$/,
    permissions: ['Organization.Read.All', 'Directory.Read.All'],
    answer: organization,
  },
]

const denied = problem(403, 'Authorization_RequestDenied', 'The app lacks a permission for this.')

const route = (request: CloudRequest, tenant: SandboxTenant, claims: Claims): CloudResponse => {
  const path = request.url.pathname
  const there = routes.filter((each) => each.path.test(path))
  if (there.length === 0) return problem(400, 'BadRequest', `There is nothing at '${path}'.`)
  const found = there.find(({ method }) => method === request.method)
  if (!found) return problem(405, 'Request_BadRequest', `${request.method} is not for '${path}'.`)
  if (!found.permissions.some((permission) => claims.roles.includes(permission))) return denied
  return found.answer({ request, tenant, id: decodeURIComponent(found.path.exec(path)?.[1] ?? '') })
}

const faulty: Readonly<Partial<Record<Faults['graph'], CloudResponse>>> = {
  throttled: problem(429, 'TooManyRequests', 'Too many requests.', { 'retry-after': '10' }),
  down: problem(503, 'serviceNotAvailable', 'Not available just now.'),
  refused: denied,
  malformed: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"value":[' },
}

const unauthorized = (message: string) => problem(401, 'InvalidAuthenticationToken', message)

const answer = (request: CloudRequest, { verify, faults }: GraphCloud): CloudResponse => {
  const token = bearer.exec(request.headers.authorization ?? '')?.[1]
  if (!token) return unauthorized('There is no access token.')
  const claims = verify(token, request.url.origin)
  const tenant = tenants.find(({ id }) => id === claims?.tid)
  if (!claims || !tenant) return unauthorized('The access token is not valid here.')
  return faulty[faults.graph] ?? route(request, tenant, claims)
}

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** Every answer carries its request id; an error repeats it inside. */
const stamp = (request: CloudRequest, { status, headers, body }: CloudResponse): CloudResponse => {
  const ids = { 'request-id': randomUUID(), 'client-request-id': request.headers['client-request-id'] ?? randomUUID() }
  const date = new Date().toISOString().slice(0, 19)
  const error = errorBody.safeParse(body).data?.error
  return { status, headers: { ...headers, ...ids }, body: error ? { error: { ...error, innerError: { date, ...ids } } } : body }
}

/** A look-alike of Microsoft Graph: the calls the bot makes, for the people of the sandbox's tenants. */
export const createGraph = (cloud: GraphCloud): Handler => async (request) => {
  if (cloud.faults.graph === 'slow') await wait(slowMs, undefined, { ref: false })
  return stamp(request, answer(request, cloud))
}
