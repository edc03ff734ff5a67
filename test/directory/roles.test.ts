import { rolesOf, roleTable, roleTemplates, sufficientRoles, verdictFor } from '../../src/directory/roles'

const templatesOf = (...ids: string[]) => roleTable.filter(({ id }) => ids.includes(id)).map(({ template }) => template)

it('fits one question to Graph: different GUIDs, 20 at most', () => {
  expect(new Set(roleTemplates).size).toBe(roleTable.length)
  expect(roleTemplates.length).toBeLessThanOrEqual(20)
  for (const template of roleTemplates) expect(template).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
})

it('names roles least power first, whatever the order of the answer', () => {
  expect(rolesOf(templatesOf('global-administrator', 'billing-administrator').reverse())).toEqual(['billing-administrator', 'global-administrator'])
})

it('reading everything buys nothing', () => {
  expect(verdictFor('buy-microsoft-365', ['global-reader'])).toEqual({ kind: 'cannot', roles: ['global-reader'], limits: [] })
})

it.each([
  ['user-administrator', 'buy-microsoft-365', 'cannot'],
  ['license-administrator', 'buy-microsoft-365', 'cannot'],
  ['billing-administrator', 'assign-licences', 'cannot'],
  ['license-administrator', 'assign-licences', 'can'],
  ['user-administrator', 'assign-licences', 'can'],
  ['privileged-role-administrator', 'buy-microsoft-365', 'cannot'],
] as const)('%s, %s: %s', (role, need, kind) => {
  expect(verdictFor(need, [role]).kind).toBe(kind)
})

it('lists sufficient roles least power first', () => {
  const power = (id: string) => roleTable.findIndex((role) => role.id === id)
  for (const roles of Object.values(sufficientRoles)) expect([...roles].sort((a, b) => power(a) - power(b))).toEqual(roles)
})
