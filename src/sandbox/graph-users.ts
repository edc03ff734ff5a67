import { z } from 'zod'
import { badRequest, ok, page, problem, select, type Call, type Permissions, type Route } from './graph-call'
import type { CloudResponse } from './http'
import { idOf } from './person-id'
import { accountsOf, groupsOf, type SandboxPerson } from './tenants'

const mostIds = 20
const mostInFilter = 15

const unfilled = {
  givenName: null,
  jobTitle: null,
  mail: null,
  mobilePhone: null,
  officeLocation: null,
  preferredLanguage: null,
  surname: null,
}

/** All that the look-alike knows of an account. */
export const userOf = ({ name, userPrincipalName, objectId, guest, disabled, preferredLanguage }: SandboxPerson) => ({
  businessPhones: [],
  displayName: name,
  ...unfilled,
  preferredLanguage: preferredLanguage ?? null,
  userPrincipalName,
  id: objectId,
  accountEnabled: !disabled,
  userType: guest ? 'Guest' : 'Member',
})

/** What comes without `$select`. */
export const usualOfUser = ['businessPhones', 'displayName', ...Object.keys(unfilled), 'userPrincipalName', 'id']

/** `User.ReadBasic.All` shows these only; the rest comes as null. */
const basic = ['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']

/** Users are addressed by object id or by user principal name, oneself by `me`. */
const personOf = ({ tenant, claims, id }: Call): SandboxPerson | undefined => {
  const wanted = (id || claims.person?.oid || '').toLowerCase()
  return accountsOf(tenant).find(({ objectId, userPrincipalName }) => [objectId, userPrincipalName.toLowerCase()].includes(wanted))
}

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

/** Directly or through a group; what could be activated does not count. */
const checkMemberObjects = (call: Call, person: SandboxPerson) => {
  const body = idsBody.safeParse(parsed(call.request.body))
  if (!body.success) return badRequest(`The body needs 'ids': 1 to ${mostIds} texts.`)
  const held = [...person.roles, ...groupsOf(call.tenant, person).flatMap(({ id, roles }) => [id, ...roles])]
  return ok(call, 'Collection(Edm.String)', { value: body.data.ids.filter((id) => held.includes(id.toLowerCase())) })
}

const user = (call: Call, person: SandboxPerson) => ok(call, 'users/$entity', select(call, userOf(person), usualOfUser))

const inFilter = /^id in \(\s*('[^']*'(?:\s*,\s*'[^']*')*)\s*\)$/

const listed = ({ person, roles }: Call['claims'], everything: Readonly<Record<string, unknown>>) => {
  const isBasic = ![...roles, ...(person?.scopes ?? [])].some((name) => ['User.Read.All', 'Directory.Read.All'].includes(name))
  const shown = Object.entries(everything).map(([name, value]) => [name, isBasic && !basic.includes(name) ? null : value])
  return Object.fromEntries(shown)
}

const users = (call: Call) => {
  const ids = inFilter
    .exec(call.request.url.searchParams.get('$filter') ?? '')?.[1]
    ?.replace(/[\s']/g, '')
    .split(',')
  if (!ids || ids.length > mostInFilter) return badRequest(`The filter has to be 'id in (…)' with at most ${mostInFilter} ids.`)
  const found = accountsOf(call.tenant).filter(({ objectId }) => ids.includes(objectId))
  return ok(call, 'users', { value: found.map((person) => select(call, listed(call.claims, userOf(person)), usualOfUser)) })
}

const ofOneself: Permissions = { application: [], delegated: ['User.Read', 'User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'] }
const ofAnybody: Permissions = { application: ['User.Read.All', 'Directory.Read.All'], delegated: ['User.Read.All', 'Directory.Read.All'] }
const ofAll: Permissions = { ...ofAnybody, delegated: ['User.ReadBasic.All', ...ofAnybody.delegated] }

/** A cast needs the index; with no more than `User.Read` names come as null. */
const directRoles = (call: Call, person: SandboxPerson) => {
  const { headers, url } = call.request
  if (headers.consistencylevel !== 'eventual' || url.searchParams.get('$count') !== 'true')
    return badRequest("A cast needs '$count=true' and the header 'ConsistencyLevel: eventual'.")
  const held = person.roles.map((roleTemplateId) => ({
    '@odata.type': '#microsoft.graph.directoryRole',
    id: idOf(`${call.tenant.id} ${roleTemplateId}`),
    roleTemplateId,
    displayName: null,
    description: null,
  }))
  return page(call, 'directoryRoles', held)
}

export const userRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/v1\.0\/users\/([^/]+)\/checkMemberObjects$/,
    permissions: ofAnybody,
    answer: withPerson(checkMemberObjects),
  },
  {
    method: 'POST',
    path: /^\/v1\.0\/me\/checkMemberObjects$/,
    permissions: ofOneself,
    needsPerson: true,
    answer: withPerson(checkMemberObjects),
  },
  {
    method: 'GET',
    path: /^\/v1\.0\/me\/memberOf\/microsoft\.graph\.directoryRole$/,
    permissions: ofOneself,
    needsPerson: true,
    answer: withPerson(directRoles),
  },
  { method: 'GET', path: /^\/v1\.0\/me$/, permissions: ofOneself, needsPerson: true, answer: withPerson(user) },
  { method: 'GET', path: /^\/v1\.0\/users\/([^/]+)$/, permissions: ofAnybody, answer: withPerson(user) },
  { method: 'GET', path: /^\/v1\.0\/users$/, permissions: ofAll, answer: users },
]
