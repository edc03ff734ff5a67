import { setTimeout as wait } from 'node:timers/promises'
import { createHeldRoles } from '../../src/directory/held-roles'

const template = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'

it('more people than are remembered all get their answer', async () => {
  const held = createHeldRoles({ memberObjects: () => wait(20, [template]) }, 2_000)
  const answers = await Promise.all(Array.from({ length: 1_500 }, (_, index) => held(`person ${index}`, false)))
  expect(answers.every(([role]) => role === 'billing-administrator')).toBe(true)
})

it('a fault of ours is not taken for an answer that did not come', async () => {
  const held = createHeldRoles({ memberObjects: () => Promise.reject(new TypeError('a fault')) }, 2_000)
  await expect(held('somebody', false)).rejects.toThrow(TypeError)
})
