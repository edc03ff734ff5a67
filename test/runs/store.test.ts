/** Both stores keep the same promises: a record is written only over the version that was read, and is forgotten in time. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { ConflictError, fileStore, memoryStore, type Store } from '../../src/runs/store'

const root = mkdtempSync(join(tmpdir(), 'onetenant-store-'))
let folders = 0
const folder = () => join(root, String((folders += 1)))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let time = new Date('2026-01-01T00:00:00.000Z')
const now = () => time
const on = (date: string) => void (time = new Date(`${date}T00:00:00.000Z`))

describe.each<[string, () => Promise<Store>]>([
  ['memory', () => Promise.resolve(memoryStore(now))],
  ['file', () => fileStore(folder(), now)],
])('%s', (_name, open) => {
  let store: Store
  beforeEach(async () => {
    on('2026-01-01')
    store = await open()
  })
  afterEach(() => store.close())

  test('what was never written is not there', async () => {
    expect(await store.get('a')).toBeUndefined()
    await expect(store.remove('a')).resolves.toBeUndefined()
  })

  test('what was written can be read, with its version and its time', async () => {
    const etag = await store.put('a', { step: 'é' }, undefined)
    expect(await store.get('a')).toEqual({ value: { step: 'é' }, etag, at: '2026-01-01T00:00:00.000Z' })
  })

  test('each version may be written over once', async () => {
    const first = await store.put('a', 1, undefined)
    const second = await store.put('a', 2, first)
    expect(second).not.toBe(first)
    await expect(store.put('a', 3, first)).rejects.toThrow(ConflictError)
    await expect(store.put('a', 3, undefined)).rejects.toThrow(ConflictError)
    expect((await store.get('a'))?.value).toBe(2)
  })

  test('what was removed meanwhile is not brought back', async () => {
    const etag = await store.put('a', 1, undefined)
    await store.remove('a')
    await expect(store.put('a', 2, etag)).rejects.toThrow(ConflictError)
    expect(await store.get('a')).toBeUndefined()
  })

  test('records do not share anything with what was handed in or out', async () => {
    const value = { steps: ['a'] }
    await store.put('a', value, undefined)
    value.steps.push('b')
    expect((await store.get('a'))?.value).toEqual({ steps: ['a'] })
  })

  test('the sweep removes what was last written before the date, and says how much', async () => {
    await store.put('old', 1, undefined)
    const etag = await store.put('touched', 1, undefined)
    on('2026-06-01')
    await store.put('touched', 2, etag)
    await store.put('new', 1, undefined)
    expect(await store.sweep(new Date('2026-03-01'))).toBe(1)
    expect([await store.get('old'), (await store.get('touched'))?.value, (await store.get('new'))?.value]).toEqual([undefined, 2, 1])
    expect(await store.sweep(new Date('2026-03-01'))).toBe(0)
  })
})

describe('a folder', () => {
  test('keeps records from one opening to the next', async () => {
    const path = folder()
    const first = await fileStore(path)
    const etag = await first.put('a', 1, undefined)
    await first.close()
    const second = await fileStore(path)
    expect((await second.get('a'))?.etag).toBe(etag)
    await second.close()
  })

  test('that cannot be one is named', async () => {
    const path = join(root, 'a-file')
    writeFileSync(path, '')
    await expect(fileStore(path)).rejects.toThrow(`STATE_STORE: the folder ${path} cannot be opened.`)
  })

  test.each(['not json', '{}', '{"value":1}', '{"value":1,"etag":"e","at":"yesterday"}', '[]', 'null'])(
    'in which somebody wrote %s for a record loses that record, and no other',
    async (text) => {
      const path = folder()
      const level = new ClassicLevel<string, string>(path)
      await level.put('bad', text)
      await level.close()
      const store = await fileStore(path)
      await store.put('good', 1, undefined)
      const bad = await store.get('bad')
      expect(bad?.value).toBeUndefined()
      await store.put('bad', 2, bad?.etag)
      expect((await store.get('bad'))?.value).toBe(2)
      await store.close()
    },
  )

  test('with a record nobody can read is swept all the same', async () => {
    const path = folder()
    const level = new ClassicLevel<string, string>(path)
    await level.put('bad', 'not json')
    await level.close()
    on('2026-01-01')
    const store = await fileStore(path, now)
    await store.put('old', 1, undefined)
    expect(await store.sweep(new Date('2026-03-01'))).toBe(2)
    expect(await store.get('bad')).toBeUndefined()
    await store.close()
  })
})
