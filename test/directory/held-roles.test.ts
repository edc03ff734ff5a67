import { setTimeout as wait } from 'node:timers/promises'
import { createDeadline } from '../../src/directory/deadline'
import { createHeldRoles, type Asking } from '../../src/directory/held-roles'

const template = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'

const asking = (objectId: string, memberObjects: () => Promise<readonly string[]>): Asking => {
  const never = () => Promise.reject(new TypeError('not asked here'))
  const graph = {
    memberObjects,
    directRoles: never,
    eligibleRoles: never,
    holders: never,
    eligibleHolders: never,
    members: never,
    accounts: never,
    isGuest: never,
    organization: never,
    skus: never,
    renew: () => {},
  }
  return { session: { way: 'app', tenantId: 'here', objectId, graph }, deadline: createDeadline(2_000), fresh: false }
}

it('more people than are remembered all get their answer', async () => {
  const { held } = createHeldRoles(() => {})
  const answers = await Promise.all(Array.from({ length: 1_500 }, (_, index) => held(asking(`person ${index}`, () => wait(20, [template])))))
  expect(answers.every(([role]) => role === 'billing-administrator')).toBe(true)
})

it('a fault of ours is not taken for an answer that did not come', async () => {
  const { held, eligible } = createHeldRoles(() => {})
  await expect(held(asking('somebody', () => Promise.reject(new TypeError('a fault'))))).rejects.toThrow(TypeError)
  await expect(eligible(asking('somebody', () => Promise.resolve([])))).rejects.toThrow(TypeError)
})
