/** Every property the look-alike of Graph answers with is one that Microsoft publishes for it. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { noFaults, type Claims } from '../../src/sandbox/faults'
import { createGraph } from '../../src/sandbox/graph'
import { contoso } from '../../src/sandbox/tenants'

const packageName = '@microsoft/microsoft-graph-types'
const published = (() => {
  try {
    return readFileSync(join(dirname(require.resolve(`${packageName}/package.json`)), 'microsoft-graph.d.ts'), 'utf8')
  } catch {
    return undefined
  }
})()

/** Names of an interface's properties, those of what it extends included. */
const propertiesOf = (name: string): readonly string[] => {
  const found = new RegExp(`^export interface ${name}(?: extends (\\w+))? \\{$([\\s\\S]*?)^\\}$`, 'm').exec(published ?? '')
  if (!found) throw new Error(`Microsoft publishes no ${name}`)
  const [, parent, body = ''] = found
  const own = [...body.matchAll(/^ {4}"?([\w@.]+)"?\??:/gm)].map(([, property = '']) => property)
  return [...own, ...(parent ? propertiesOf(parent) : [])]
}

const [kelley] = contoso.people
const [group] = contoso.groups
const roles = ['Directory.Read.All', 'RoleEligibilitySchedule.Read.Directory']
const scopes = ['User.Read', 'RoleEligibilitySchedule.Read.Directory']

const ask = async (path: string, as: 'app' | 'person' = 'app'): Promise<Record<string, unknown>> => {
  const origin = 'https://graph.microsoft.com'
  const base = { aud: origin, tid: contoso.id, appid: 'app' }
  const claims: Claims = as === 'app' ? { ...base, roles } : { ...base, roles: [], person: { oid: contoso.people[4]?.objectId ?? '', scopes } }
  const graph = createGraph({ verify: () => claims, faults: noFaults() })
  const { status, body } = await graph({ method: 'GET', url: new URL(`/v1.0${path}`, origin), headers: { authorization: 'Bearer x' }, body: '' })
  expect(status).toBe(200)
  return Object(body)
}

const billing = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'
const holders = `/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '${billing}'&$expand=principal`
const eligible = `/roleManagement/directory/roleEligibilityScheduleInstances?$filter=roleDefinitionId eq '${billing}'`
const mine = `/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`

const check = (entity: unknown, type: string) => {
  const properties = Object.keys(Object(entity)).filter((name) => !name.startsWith('@'))
  expect(properties.length).toBeGreaterThan(1)
  expect(propertiesOf(type)).toEqual(expect.arrayContaining(properties))
}

const itWhenPublished = published ? it : it.skip

itWhenPublished.each([
  ['/organization', 'app', 'Organization'],
  ['/subscribedSkus', 'app', 'SubscribedSku'],
  [`/users?$filter=id in ('${kelley?.objectId}')`, 'app', 'User'],
  [`/groups/${group?.id}/members`, 'app', 'User'],
  [holders, 'app', 'UnifiedRoleAssignment'],
  [`${eligible}&$expand=principal`, 'app', 'UnifiedRoleEligibilityScheduleInstance'],
  [mine, 'person', 'UnifiedRoleEligibilityScheduleInstance'],
] as const)('%s as the %s: %s', async (path, as, type) => {
  const { value, ...rest } = await ask(path, as)
  expect(Object.keys(rest).filter((name) => !name.startsWith('@odata.'))).toEqual([])
  expect(Array.isArray(value) && value.length).toBeTruthy()
  for (const entity of Object(value)) check(entity, type)
})

itWhenPublished('/users/{id} and /me: User', async () => {
  check(await ask(`/users/${kelley?.objectId}?$select=id,displayName,userPrincipalName,userType,accountEnabled,preferredLanguage`), 'User')
  check(await ask('/me', 'person'), 'User')
})

itWhenPublished('what is inside: domains, units, principals', async () => {
  const first = async (path: string) => Object((await ask(path)).value)[0]
  check((await first('/organization')).verifiedDomains[0], 'VerifiedDomain')
  check((await first('/subscribedSkus')).prepaidUnits, 'LicenseUnitsDetail')
  const types = { '#microsoft.graph.user': 'User', '#microsoft.graph.group': 'Group', '#microsoft.graph.servicePrincipal': 'ServicePrincipal' } as const
  const seen = new Set<string>()
  for (let path: string | undefined = holders; path;) {
    const { value, '@odata.nextLink': next } = await ask(path)
    for (const { principal } of Object(value)) {
      const type: keyof typeof types = principal['@odata.type']
      seen.add(type)
      check(principal, types[type])
    }
    path = typeof next === 'string' ? next.replace(/^.*\/v1\.0/, '') : undefined
  }
  expect([...seen].sort()).toEqual(Object.keys(types).sort())
})
