/** Every store keeps the same contract; what cannot be read is kept aside, what is idle is swept, and nothing written meanwhile is lost. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { forgetWholly, keepAside } from '../../src/runs/aside'
import { fileStore } from '../../src/runs/file-store'
import { memoryStore } from '../../src/runs/memory-store'
import type { Store } from '../../src/runs/store'
import { sweepIdle } from '../../src/runs/sweep'
import { createClock, describeStore } from './store-contract'

const root = mkdtempSync(join(tmpdir(), 'onetenant-store-'))
let folders = 0
const folder = () => join(root, String((folders += 1)))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the memory', () => describeStore(async ({ now }) => memoryStore(now)))
describe('a folder', () => describeStore(({ now }) => fileStore(folder(), { now })))

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
  const clock = createClock()
  let noticed: string[]
  const onAside = (key: string) => void noticed.push(key)
  const put = async (where: string, texts: Readonly<Record<string, string>>) => {
    const level = new ClassicLevel<string, string>(where)
    for (const [key, text] of Object.entries(texts)) await level.put(key, text)
    await level.close()
  }
  const textsOf = async (where: string) => {
    const level = new ClassicLevel<string, string>(where)
    const entries = await level.iterator().all()
    await level.close()
    return Object.fromEntries(entries.filter(([key]) => !key.startsWith('kept/')))
  }
  const open = (where: string) => fileStore(where, clock)
  const sweep = (store: Store, before: string) => sweepIdle(store, new Date(before), { now: clock.now, onAside })
  /** As records are written over. */
  const writeOver = async (store: Store, key: string, value: unknown) => {
    const present = await store.get(key)
    if (present?.unreadable !== undefined) await keepAside(store, key, present, onAside)
    return store.put(key, value, present?.etag)
  }
  beforeEach(() => {
    noticed = []
    clock.set('2026-01-01')
  })

  test.each(rubbish)('%s loses that record, and no other; it is kept aside before it is written over', async (text) => {
    const where = folder()
    await put(where, { 'people/bad': text })
    const store = await open(where)
    await store.put('people/good', 1, undefined)
    expect(await store.get('people/bad')).toMatchObject({ value: undefined, unreadable: text })
    expect(noticed).toEqual([])
    await writeOver(store, 'people/bad', 2)
    await writeOver(store, 'people/bad', 3)
    expect([(await store.get('people/bad'))?.value, (await store.get('people/good'))?.value]).toEqual([3, 1])
    expect((await store.get('unreadable/people/bad'))?.value).toEqual([text])
    expect(noticed).toEqual(['people/bad'])
    await store.close()
  })

  test('time and again is all kept, even when what was kept cannot be read itself', async () => {
    const where = folder()
    await put(where, { bad: 'once', 'unreadable/bad': 'before' })
    const first = await open(where)
    await writeOver(first, 'bad', 1)
    await first.close()
    await put(where, { bad: 'twice' })
    const second = await open(where)
    await writeOver(second, 'bad', 2)
    expect((await second.get('unreadable/bad'))?.value).toEqual(['before', 'once', 'twice'])
    await second.close()
  })

  test('stays where it is until it has been known for as long as records are kept, and is then swept with its copy', async () => {
    const where = folder()
    await put(where, { bad: 'not json' })
    const store = await open(where)
    expect(await sweep(store, '2025-12-01')).toBe(0)
    clock.set('2026-01-20')
    expect(await sweep(store, '2025-12-20')).toBe(0)
    expect(noticed).toEqual(['bad'])
    expect(await store.get('bad')).toBeDefined()
    clock.set('2026-02-15')
    expect(await sweep(store, '2026-01-15')).toBe(1)
    await store.close()
    expect(await textsOf(where)).toEqual({})
  })

  test('and was written over since: the copy goes, the record stays', async () => {
    const where = folder()
    await put(where, { bad: 'not json' })
    const store = await open(where)
    await sweep(store, '2025-12-01')
    clock.set('2026-02-15')
    await writeOver(store, 'bad', 1)
    expect(await sweep(store, '2026-01-15')).toBe(1)
    expect([(await store.get('bad'))?.value, await store.get('unreadable/bad')]).toEqual([1, undefined])
    await store.close()
  })

  test('goes with the record when that is forgotten', async () => {
    const where = folder()
    await put(where, { bad: 'not json' })
    const store = await open(where)
    await writeOver(store, 'bad', 1)
    await forgetWholly(store, 'bad')
    await store.close()
    expect(await textsOf(where)).toEqual({})
  })

  test('around a record, what a newer build adds does not make it unreadable', async () => {
    const where = folder()
    await put(where, { a: JSON.stringify({ value: 1, etag: 'e', at: '2026-01-01T00:00:00.000Z', kind: 'person' }) })
    const store = await open(where)
    expect(await store.get('a')).toEqual({ value: 1, etag: 'e', at: '2026-01-01T00:00:00.000Z' })
    await store.close()
  })
})

describe('a sweep', () => {
  const clock = createClock()
  const before = new Date('2026-03-01')
  const idle = async (count: number) => {
    clock.set('2026-01-01')
    const store = memoryStore(clock.now)
    for (let index = 0; index < count; index += 1) await store.put(`people/${index}`, index, undefined)
    clock.set('2026-06-01')
    return store
  }

  test('removes what was last written before the day, and says how many', async () => {
    const store = await idle(40)
    await store.put('people/new', 1, undefined)
    expect(await sweepIdle(store, before, clock)).toBe(40)
    expect([await store.get('people/0'), (await store.get('people/new'))?.value]).toEqual([undefined, 1])
    expect(await sweepIdle(store, before, clock)).toBe(0)
  })

  test('does not take the record of somebody who writes meanwhile', async () => {
    const store = await idle(3)
    /** Everybody comes back between being found idle and being removed. */
    const remove: Store['remove'] = async (key, etag) => {
      await store.put(key, 'back', (await store.get(key))?.etag)
      return store.remove(key, etag)
    }
    expect(await sweepIdle({ ...store, remove }, before, clock)).toBe(0)
    for (const index of [0, 1, 2]) expect((await store.get(`people/${index}`))?.value).toBe('back')
  })

  test('is one instance’s at a time, and another’s once that is gone', async () => {
    const store = await idle(1)
    let sweeping: Promise<number | undefined> = Promise.resolve(undefined)
    const idleSince: Store['idleSince'] = async function* (day) {
      sweeping = sweepIdle(store, before, clock)
      expect(await sweeping).toBeUndefined()
      yield* store.idleSince(day)
    }
    expect(await sweepIdle({ ...store, idleSince }, before, clock)).toBe(1)

    const failing: Store['idleSince'] = async function* (day) {
      yield* store.idleSince(day)
      throw new Error('The instance is gone.')
    }
    await expect(sweepIdle({ ...store, idleSince: failing }, before, clock)).rejects.toThrow('gone')
    expect(await sweepIdle(store, before, clock)).toBeUndefined()
    clock.set('2026-06-02')
    expect(await sweepIdle(store, before, clock)).toBe(0)
  })

  test('leaves what the bot keeps for itself', async () => {
    const store = await idle(0)
    await store.put('kept/record-key', { secret: 'x' }, undefined, new Date('2020-01-01'))
    await sweepIdle(store, before, clock)
    expect(await store.get('kept/record-key')).toBeDefined()
  })
})
