/** Whatever an answer of the directory leaves out has a sentence of its own, in both languages. */
import { permissions, type LimitedTo } from '../../src/directory'
import english from '../../src/guides/en/ui.json'
import french from '../../src/guides/fr/ui.json'

const limits = { 'eligible-roles': 1, holders: 1, 'group-members': 1, accounts: 1, 'tenant-name': 1, 'other-tenants': 1 } satisfies Record<LimitedTo, 1>

it.each([english, french])('limits: %#', (words) => {
  expect(Object.keys(words.limits).sort()).toEqual(Object.keys(limits).sort())
  const sentences = [...Object.values(words.reasons), ...Object.values(words.limits)]
  expect(new Set(sentences).size).toBe(sentences.length)
})

it('every limit names the permission that would lift it', () => {
  for (const what of Object.keys(limits)) expect(permissions).toHaveProperty([what, 'adds'])
})
