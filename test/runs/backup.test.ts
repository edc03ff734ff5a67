/** A folder goes into a file and comes back, whole or not at all; records go from one store to another and nobody is lost. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backUp, restore } from '../../src/runs/backup'
import { fileStore } from '../../src/runs/file-store'
import { memoryStore } from '../../src/runs/memory-store'
import { migrate } from '../../src/runs/migrate'
import { createSecrets } from '../../src/runs/record-keys'
import { tableStore } from '../../src/runs/table-store'
import type { Store } from '../../src/runs/store'
import { describeTables, startAzurite } from '../support/azurite'

const root = mkdtempSync(join(tmpdir(), 'onetenant-backup-test-'))
let names = 0
const path = () => join(root, String((names += 1)))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const filled = async (folder: string, count: number): Promise<Store> => {
  const store = await fileStore(folder)
  for (let at = 0; at < count; at += 50)
    await Promise.all(Array.from({ length: Math.min(50, count - at) }, (_, index) => store.put(`people/${at + index}`, { n: at + index, é: '…' }, undefined)))
  return store
}

const contentOf = async (folder: string) => {
  const store = await fileStore(folder)
  const entries: [string, unknown][] = []
  for await (const { key } of store.idleSince(new Date('2100-01-01'))) entries.push([key, await store.get(key)])
  await store.close()
  return Object.fromEntries(entries)
}

describe('a backup', () => {
  test('brings every record back, with its version and time, for the owner alone', async () => {
    const [folder, file, other] = [path(), path(), path()]
    await (await filled(folder, 120)).close()
    expect(await backUp(folder, file)).toBe(120)
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
    expect(await restore(file, other)).toBe(120)
    expect((statSync(other).mode & 0o777).toString(8)).toBe('700')
    expect(await contentOf(other)).toEqual(await contentOf(folder))
  })

  test('is taken while the bot writes: all that was acknowledged before is in it', async () => {
    const [folder, file, other] = [path(), path(), path()]
    const store = await filled(folder, 40)
    let isDone = false
    const writing = (async () => {
      for (let n = 0; !isDone; n += 1) await store.put(`threads/${n}`, { filling: 'x'.repeat(20_000) }, undefined)
    })()
    await backUp(folder, file).finally(() => (isDone = true))
    await writing
    await store.close()
    await restore(file, other)
    expect(Object.keys(await contentOf(other)).filter((key) => key.startsWith('people/'))).toHaveLength(40)
  })

  test.each<[string, (text: string) => string]>([
    ['cut off', (text) => text.slice(0, -10)],
    ['without its last line', (text) => text.trimEnd().split('\n').slice(0, -1).join('\n')],
    ['without a record', (text) => text.split('\n').slice(1).join('\n')],
    ['changed', (text) => text.replace('people/1', 'people/x')],
    ['empty', () => ''],
  ])('that is %s is refused, and nothing is written', async (_what, change) => {
    const [folder, file, other] = [path(), path(), path()]
    await (await filled(folder, 3)).close()
    await backUp(folder, file)
    writeFileSync(file, change(readFileSync(file, 'utf8')))
    await expect(restore(file, other)).rejects.toThrow('is not a whole backup')
    expect(existsSync(other)).toBe(false)
  })

  test('is not brought back over records that are there', async () => {
    const [folder, file] = [path(), path()]
    await (await filled(folder, 3)).close()
    await backUp(folder, file)
    await expect(restore(file, folder)).rejects.toThrow('is not empty')
  })

  test('of no records, or of a damaged log, says so and writes no file', async () => {
    const [folder, file] = [path(), path()]
    await expect(backUp(folder, file)).rejects.toThrow('there are no records')
    const store = await filled(folder, 30)
    const log = readdirSync(folder).find((name) => name.endsWith('.log')) ?? ''
    const bytes = readFileSync(join(folder, log))
    bytes[200] = (bytes[200] ?? 0) ^ 1
    writeFileSync(join(folder, log), bytes)
    await expect(backUp(folder, file)).rejects.toThrow(`the log ${log} is damaged`)
    await store.close()
    expect(existsSync(file)).toBe(false)
  })
})

describe('a migration', () => {
  const source = async () => {
    const store = memoryStore()
    await createSecrets(store, [])()
    for (let n = 0; n < 50; n += 1) await store.put(`people/${n}`, { n }, undefined, new Date('2026-05-05'))
    return store
  }

  test('copies every record with its time, and the secret of their keys; twice comes to the same', async () => {
    const [from, to] = [await source(), memoryStore()]
    expect(await migrate(from, to)).toEqual({ copied: 50, present: 0, different: 0 })
    expect(await to.get('people/7')).toMatchObject({ value: { n: 7 }, at: '2026-05-05T00:00:00.000Z' })
    expect(await createSecrets(to, [])()).toEqual(await createSecrets(from, [])())
    expect(await migrate(from, to)).toEqual({ copied: 0, present: 50, different: 0 })
  })

  test('writes nothing over, and says how many are different', async () => {
    const [from, to] = [await source(), memoryStore()]
    await to.put('people/3', 'theirs', undefined)
    expect(await migrate(from, to)).toEqual({ copied: 49, present: 0, different: 1 })
    expect((await to.get('people/3'))?.value).toBe('theirs')
  })

  test('does not begin where a bot has made another secret', async () => {
    const [from, to] = [await source(), memoryStore()]
    await createSecrets(to, [])()
    expect(await migrate(from, to)).toBe('another-secret')
    expect(await to.get('people/3')).toBeUndefined()
  })
})

describeTables('a migration to a table', () => {
  test('and back', async () => {
    const azurite = await startAzurite()
    try {
      const folder = path()
      const from = await filled(folder, 60)
      const table = tableStore(azurite.client('records'))
      expect(await migrate(from, table)).toEqual({ copied: 60, present: 0, different: 0 })
      await from.close()
      const other = path()
      const back = await fileStore(other)
      expect(await migrate(table, back)).toEqual({ copied: 60, present: 0, different: 0 })
      await back.close()
      const values = (content: Record<string, unknown>) => Object.entries(content).map(([key, stored]) => [key, { ...Object(stored), etag: '' }])
      expect(values(await contentOf(other))).toEqual(values(await contentOf(folder)))
    } finally {
      await azurite.stop()
    }
  })
})
