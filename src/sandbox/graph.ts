import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { slowMs, type Claims, type Faults, type Verify } from './faults'
import { problem, type Call, type Permissions } from './graph-call'
import { directoryRoutes } from './graph-directory'
import { userRoutes } from './graph-users'
import { reset, type CloudRequest, type CloudResponse, type Handler } from './http'
import { tenants, type SandboxTenant } from './tenants'

/** What a look-alike needs of the cloud it stands in. */
export interface GraphCloud {
  readonly verify: Verify
  readonly faults: Readonly<Faults>
}

const denied = problem(403, 'Authorization_RequestDenied', 'The app lacks a permission for this.')

const bearer = /^Bearer (\S+)$/i
const routes = [...userRoutes, ...directoryRoutes]

/** Only what the token says, nobody withdrew, and a permission of the kind the token is of. */
const isAllowed = ({ person, roles }: Claims, permissions: Permissions, denied: readonly string[]) => {
  const [held, enough] = person ? [person.scopes, permissions.delegated] : [roles, permissions.application]
  return enough.some((permission) => held.includes(permission) && !denied.includes(permission))
}

const route = (request: CloudRequest, tenant: SandboxTenant, claims: Claims, faults: Readonly<Faults>): CloudResponse => {
  const path = request.url.pathname
  const there = routes.filter((each) => each.path.test(path))
  if (there.length === 0) return problem(400, 'BadRequest', `There is nothing at '${path}'.`)
  const found = there.find(({ method }) => method === request.method)
  if (!found) return problem(405, 'Request_BadRequest', `${request.method} is not for '${path}'.`)
  if (found.needsPerson && !claims.person) return problem(400, 'BadRequest', 'This is for tokens of people only.')
  if (!isAllowed(claims, found.permissions, faults.denied)) return denied
  const call: Call = { request, tenant, claims, id: decodeURIComponent(found.path.exec(path)?.[1] ?? '') }
  return found.answer(call)
}

const faulty: Readonly<Partial<Record<Faults['graph'], CloudResponse>>> = {
  throttled: problem(429, 'TooManyRequests', 'Too many requests.', { 'retry-after': '10' }),
  down: problem(503, 'serviceNotAvailable', 'Not available just now.'),
  expired: problem(401, 'InvalidAuthenticationToken', 'The access token has expired.'),
  missing: problem(404, 'Request_ResourceNotFound', 'The resource does not exist.'),
  refused: denied,
  policy: problem(403, 'insufficient_claims', 'A policy of the organization wants another way to sign in.'),
  malformed: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"value":[' },
}

const unauthorized = (message: string) => problem(401, 'InvalidAuthenticationToken', message)

const answer = (request: CloudRequest, { verify, faults }: GraphCloud): CloudResponse => {
  const token = bearer.exec(request.headers.authorization ?? '')?.[1]
  if (!token) return unauthorized('There is no access token.')
  const claims = verify(token, request.url.origin)
  const tenant = tenants.find(({ id }) => id === claims?.tid)
  if (!claims || !tenant) return unauthorized('The access token is not valid here.')
  return faulty[faults.graph] ?? route(request, tenant, claims, faults)
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
export const createGraph =
  (cloud: GraphCloud): Handler =>
  async (request) => {
    if (cloud.faults.graph === 'slow') await wait(slowMs, undefined, { ref: false })
    if (cloud.faults.graph === 'reset') return reset
    return stamp(request, answer(request, cloud))
  }
