/** A folder with very many records: does the bot serve people at once, and tidy up behind? `npm run test:long` has 100,000 in it in place of 3,000. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { newPersonRecord, recordVersion } from '../src/runs/record'
import { eventually, logOf, startSandbox } from './support/harness'

const isLong = process.env.LONG_TESTS === '1'
const count = isLong ? 100_000 : 3_000
const idle = 1_000
const root = mkdtempSync(join(tmpdir(), 'onetenant-many-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Of whom a part has long been gone. */
const fill = async (path: string) => {
  const level = new ClassicLevel<string, string>(path)
  const text = (n: number) =>
    JSON.stringify({
      value: { ...newPersonRecord(), v: recordVersion },
      etag: `e${n}`,
      at: new Date(Date.now() - (n < idle ? 400 : 1) * 86_400_000).toISOString(),
    })
  for (let at = 0; at < count; at += 1_000)
    await level.batch(Array.from({ length: 1_000 }, (_, index) => ({ type: 'put' as const, key: `people/${at + index}`, value: text(at + index) })))
  await level.close()
}

/** How long it took from nothing until it was ready; it ends afterwards. */
const startOn = async (stateFolder: string, sweeps: boolean) => {
  const began = performance.now()
  const sandbox = await startSandbox({ stateFolder })
  const ms = performance.now() - began
  const swept = () => logOf(sandbox).findIndex(({ msg }) => msg === 'idle records were forgotten')
  try {
    if (sweeps) await eventually(() => swept() >= 0, 'the end of the sweep', 120_000)
    return { ms, swept: swept(), listening: logOf(sandbox).findIndex(({ msg }) => msg === 'listening'), line: logOf(sandbox)[swept()] }
  } finally {
    await sandbox.stop()
  }
}

test(`${count} people are stored: the bot listens before it forgets who is idle`, async () => {
  const folder = join(root, 'many')
  await fill(folder)
  const empty = await startOn(join(root, 'none'), false)
  const many = await startOn(folder, true)
  expect(many.line).toMatchObject({ forgotten: idle, setting: 'RUN_RETENTION_DAYS' })
  expect(many.listening).toBeLessThan(many.swept)
  if (isLong) expect(many.ms - empty.ms).toBeLessThan(1_000)
}, 300_000)
