/** Whatever the directory answers has a sentence of its own, in both languages. */
import { permissions, type LimitedTo, type UnknownReason } from '../../src/directory'
import english from '../../src/guides/en/ui.json'
import french from '../../src/guides/fr/ui.json'

const reasons = {
  'not-configured': 1, 'no-identity': 1, 'other-tenant': 1, consent: 1, 'not-yours': 1, 'not-found': 1, throttled: 1, unavailable: 1, timeout: 1, malformed: 1,
  'sign-in': 1, 'conditional-access': 1, 'personal-account': 1, 'other-person': 1, 'signed-out': 1, 'sign-in-first': 1, 'sign-in-declined': 1,
  'sign-in-unavailable': 1, 'not-signed-in': 1, 'graph-only': 1,
  'nothing-visible': 1, 'unknown-products': 1, 'invalid-input': 1, 'not-licensed': 1, 'too-many': 1, 'names-hidden': 1,
} satisfies Record<UnknownReason, 1>
const limits = { 'eligible-roles': 1, holders: 1, 'group-members': 1, accounts: 1, 'tenant-name': 1, 'other-tenants': 1 } satisfies Record<LimitedTo, 1>

it.each([english, french])('reasons and limits: %#', (words) => {
  expect(Object.keys(words.reasons).sort()).toEqual(Object.keys(reasons).sort())
  expect(Object.keys(words.limits).sort()).toEqual(Object.keys(limits).sort())
  const sentences = [...Object.values(words.reasons), ...Object.values(words.limits)]
  expect(new Set(sentences).size).toBe(sentences.length)
})

it('every limit names the permission that would lift it', () => {
  for (const what of Object.keys(limits)) expect(permissions).toHaveProperty([what, 'adds'])
})
