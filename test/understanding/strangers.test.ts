/** The floor under the published numbers on what strangers wrote: acts in a situation, symptoms at a step, whole conversations. */
import { join } from 'node:path'
import { countDestructive, measureActs } from '../../src/tools/eval/acts'
import { measureDialogues } from '../../src/tools/eval/dialogues'
import { measurePassages } from '../../src/tools/eval/passages'
import { measureStrangers } from '../../src/tools/eval/strangers'

const folder = join(__dirname, '..', 'evaluation')

test.each(measureStrangers(join(folder, 'strangers')))('openings ($language)', ({ writers, mean }) => {
  expect(writers).toBeGreaterThanOrEqual(16)
  expect(mean.first).toBeGreaterThanOrEqual(0.89)
  expect(mean.wrong).toBeLessThanOrEqual(0.05)
  expect(mean.refused).toBeLessThanOrEqual(0.03)
  expect(mean.foreignAnswered).toBeLessThanOrEqual(0.03)
})

test.each(measureActs(join(folder, 'acts')))('acts ($language)', ({ writers, mean }) => {
  expect(writers).toBeGreaterThanOrEqual(8)
  expect(mean.main).toBeGreaterThanOrEqual(0.9)
  expect(mean.falselyDestructive).toBeLessThanOrEqual(0.005)
})

test('nothing is left, begun again or forgotten that nobody asked for', () => {
  const { lines, done } = countDestructive()
  expect(lines).toBeGreaterThanOrEqual(5000)
  expect(done).toBe(0)
})

test.each(measurePassages(join(folder, 'symptoms')))('symptoms ($language)', ({ mean }) => {
  expect(mean.atStep).toBeGreaterThanOrEqual(0.9)
  expect(mean.anywhereThree).toBeGreaterThanOrEqual(0.7)
})

test('conversations', async () => {
  const { measured } = await measureDialogues(join(folder, 'dialogues'))
  for (const { mean } of measured) {
    expect(mean.rightGiven).toBeGreaterThanOrEqual(0.8)
    expect(mean.lost).toBeLessThanOrEqual(0.005)
    expect(mean.gateWrong).toBeLessThanOrEqual(0.002)
  }
})
