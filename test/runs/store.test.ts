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
})

const rubbish = [
  'not json',
  '{}',
  '{"value":1}',
  '{"value":1,"etag":"e","at":"yesterday"}',
  '{"value":1,"etag":"","at":"2026-01-01T00:00:00.000Z"}',
  '[]',
  'null',
  '',
]

describe('what cannot be read', () => {
  let noticed: string[]
  const put = async (where: string, texts: Readonly<Record<string, string>>) => {
    const level = new ClassicLevel<string, string>(where)
    for (const [key, text] of Object.entries(texts)) await level.put(key, text)
    await level.close()
  }
  const textsOf = async (where: string) => {
    const level = new ClassicLevel<string, string>(where)
    const entries = await level.iterator().all()
    await level.close()
    return Object.fromEntries(entries)
  }
  const open = (where: string) => fileStore(where, now, (key) => void noticed.push(key))
  beforeEach(() => {
    noticed = []
    on('2026-01-01')
  })

  test.each(rubbish)('%s loses that record, and no other; it is kept aside before it is written over', async (text) => {
    const where = folder()
    await put(where, { 'people/bad': text })
    const store = await open(where)
    await store.put('people/good', 1, undefined)
    const bad = await store.get('people/bad')
    expect(bad?.value).toBeUndefined()
    expect(noticed).toEqual([])
    const etag = await store.put('people/bad', 2, bad?.etag)
    await store.put('people/bad', 3, etag)
    expect([(await store.get('people/bad'))?.value, (await store.get('people/good'))?.value]).toEqual([3, 1])
    expect((await store.get('unreadable/people/bad'))?.value).toEqual([text])
    expect(noticed).toEqual(['people/bad'])
    await store.close()
  })

  test('is not written over by somebody who did not see it', async () => {
    const where = folder()
    await put(where, { bad: 'not json' })
    const store = await open(where)
    await expect(store.put('bad', 2, undefined)).rejects.toThrow(ConflictError)
    await expect(store.put('bad', 2, 'etag')).rejects.toThrow(ConflictError)
    await store.close()
    expect(await textsOf(where)).toEqual({ bad: 'not json' })
  })

  test('time and again is all kept, even when what was kept cannot be read itself', async () => {
    const where = folder()
    await put(where, { bad: 'once', 'unreadable/bad': 'before' })
    const first = await open(where)
    await first.put('bad', 1, '')
    await first.close()
    await put(where, { bad: 'twice' })
    const second = await open(where)
    await second.put('bad', 2, '')
    expect((await second.get('unreadable/bad'))?.value).toEqual(['before', 'once', 'twice'])
    await second.close()
  })

  test('stays where it is until it has been known for as long as records are kept, and is then swept with its copy', async () => {
    const where = folder()
    await put(where, { bad: 'not json' })
    const store = await open(where)
    expect(await store.sweep(new Date('2025-12-01'))).toBe(0)
    on('2026-01-20')
    expect(await store.sweep(new Date('2025-12-20'))).toBe(0)
    expect(noticed).toEqual(['bad'])
    expect(await store.get('bad')).toBeDefined()
    on('2026-02-15')
    expect(await store.sweep(new Date('2026-01-15'))).toBe(1)
    await store.close()
    expect(await textsOf(where)).toEqual({})
  })

  test('and was written over since: the copy goes, the record stays', async () => {
    const where = folder()
    await put(where, { bad: 'not json' })
    const store = await open(where)
    await store.sweep(new Date('2025-12-01'))
    on('2026-02-15')
    await store.put('bad', 1, '')
    expect(await store.sweep(new Date('2026-01-15'))).toBe(1)
    expect([(await store.get('bad'))?.value, await store.get('unreadable/bad')]).toEqual([1, undefined])
    await store.close()
  })

  test('goes with the record when that is removed', async () => {
    const where = folder()
    await put(where, { bad: 'not json' })
    const store = await open(where)
    await store.put('bad', 1, '')
    await store.remove('bad')
    await store.close()
    expect(await textsOf(where)).toEqual({})
  })
})

test('a record can be kept aside by whoever writes over it, once', async () => {
  const noticed: string[] = []
  const store = memoryStore(now, (key) => void noticed.push(key))
  const first = await store.put('a', { step: 1 }, undefined, { keepsFormer: true })
  expect(noticed).toEqual([])
  await store.put('a', { step: 2 }, first, { keepsFormer: true })
  const aside = await store.get('unreadable/a')
  expect([aside?.value].flat().map((text) => JSON.parse(String(text)))).toMatchObject([{ value: { step: 1 }, etag: first }])
  expect(noticed).toEqual(['a'])
})

test('what a newer build adds around a record does not make it unreadable', async () => {
  const path = folder()
  const level = new ClassicLevel<string, string>(path)
  await level.put('a', JSON.stringify({ value: 1, etag: 'e', at: '2026-01-01T00:00:00.000Z', kind: 'person' }))
  await level.close()
  const store = await fileStore(path)
  expect(await store.get('a')).toEqual({ value: 1, etag: 'e', at: '2026-01-01T00:00:00.000Z' })
  await store.close()
})
