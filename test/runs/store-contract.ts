/** What every store promises, whatever it is made of. */
import { setTimeout as sleep } from 'node:timers/promises'
import { ConflictError, mostCharacters, RecordTooBigError, type Store } from '../../src/runs/store'

export interface Clock {
  readonly now: () => Date
  readonly set: (date: string) => void
}

export const createClock = (): Clock => {
  let time = new Date('2026-01-01T00:00:00.000Z')
  return { now: () => time, set: (date) => void (time = new Date(`${date}T00:00:00.000Z`)) }
}

const settled = async (work: readonly Promise<unknown>[]) => {
  const ends = await Promise.allSettled(work)
  return {
    won: ends.filter(({ status }) => status === 'fulfilled').length,
    errors: ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])),
  }
}

const idleKeys = async (store: Store, before: string): Promise<readonly string[]> => {
  const keys: string[] = []
  for await (const { key } of store.idleSince(new Date(before))) keys.push(key)
  return keys.toSorted()
}

/** So many race. */
const times = 10
/** More than come at a time of any store. */
const many = 121

/** `open` gives an empty one. */
export const describeStore = (open: (clock: Clock) => Promise<Store>): void => {
  let store: Store
  let clock: Clock
  beforeEach(async () => {
    clock = createClock()
    store = await open(clock)
  })
  afterEach(() => store.close())

  test('what was never written is not there, and is removed in vain', async () => {
    expect(await store.get('a')).toBeUndefined()
    expect(await idleKeys(store, '2027-01-01')).toEqual([])
    const etag = await store.put('a', 1, undefined)
    await store.remove('a', etag)
    await expect(store.remove('a', etag)).resolves.toBeUndefined()
  })

  test('what was written can be read, with its version and its time', async () => {
    const etag = await store.put('a', { step: 'é', list: [1, null] }, undefined)
    expect(await store.get('a')).toEqual({ value: { step: 'é', list: [1, null] }, etag, at: '2026-01-01T00:00:00.000Z' })
    await store.put('b', 1, undefined, new Date('2025-05-05T00:00:00.000Z'))
    expect((await store.get('b'))?.at).toBe('2025-05-05T00:00:00.000Z')
  })

  test.each(['a/b', 'people/x-_9', 'unreadable/people/é?#%', 'with space!', "it's", '!21'])('a record can have the key %s', async (key) => {
    const etag = await store.put(key, key, undefined)
    expect(await store.get(key)).toMatchObject({ value: key, etag })
    expect(await idleKeys(store, '2027-01-01')).toEqual([key])
    await store.remove(key, etag)
    expect(await store.get(key)).toBeUndefined()
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
    await store.remove('a', etag)
    await expect(store.put('a', 2, etag)).rejects.toThrow(ConflictError)
    expect(await store.get('a')).toBeUndefined()
  })

  test('what was written meanwhile is not removed', async () => {
    const etag = await store.put('a', 1, undefined)
    await store.put('a', 2, etag)
    await expect(store.remove('a', etag)).rejects.toThrow(ConflictError)
    expect((await store.get('a'))?.value).toBe(2)
  })

  test('of many writes over one version, or over nothing, one is done', async () => {
    const race = (etag: string | undefined) => settled(Array.from({ length: times }, (_, index) => store.put('a', index, etag)))
    for (const etag of [undefined, 'present'] as const) {
      const { won, errors } = await race(etag && (await store.get('a'))?.etag)
      expect([won, errors.length]).toEqual([1, times - 1])
      for (const error of errors) expect(error).toBeInstanceOf(ConflictError)
    }
  })

  test('of a write and a removal of one version, one is done', async () => {
    for (let round = 0; round < times; round += 1) {
      const etag = await store.put(`a${round}`, 1, undefined)
      const both = [store.put(`a${round}`, 2, etag), store.remove(`a${round}`, etag)]
      const [written, removed] = await Promise.allSettled(round % 2 === 0 ? both : both.toReversed())
      const outcomes = round % 2 === 0 ? [written, removed] : [removed, written]
      const isThere = (await store.get(`a${round}`)) !== undefined
      // Nothing to remove is fine, so a removal after a removal succeeds; after a write it does not.
      expect(outcomes[0]?.status).toBe(isThere ? 'fulfilled' : 'rejected')
      expect(outcomes[1]?.status).toBe(isThere ? 'rejected' : 'fulfilled')
    }
  })

  test('counting together loses nothing', async () => {
    const count = async (): Promise<void> => {
      for (;;) {
        const present = await store.get('count')
        try {
          await store.put('count', Number(present?.value ?? 0) + 1, present?.etag)
          return
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error
          await sleep(0)
        }
      }
    }
    await Promise.all(Array.from({ length: times }, count))
    expect((await store.get('count'))?.value).toBe(times)
  })

  test('records do not share anything with what was handed in or out', async () => {
    const value = { steps: ['a'] }
    await store.put('a', value, undefined)
    value.steps.push('b')
    expect((await store.get('a'))?.value).toEqual({ steps: ['a'] })
  })

  test('a big record is kept whole, and one that is too big is refused with its size', async () => {
    const big = { text: 'é😀'.repeat(Math.floor((mostCharacters - 200) / 18)) }
    const etag = await store.put('a', big, undefined)
    expect((await store.get('a'))?.value).toEqual(big)
    await expect(store.put('a', 'x'.repeat(mostCharacters), etag)).rejects.toThrow(RecordTooBigError)
    const small = await store.put('a', 'small', etag)
    expect(await store.get('a')).toMatchObject({ value: 'small', etag: small })
  })

  test('idle is what was last written before, and nothing else', async () => {
    await store.put('old', 1, undefined)
    const etag = await store.put('touched', 1, undefined)
    clock.set('2026-06-01')
    await store.put('touched', 2, etag)
    await store.put('new', 1, undefined)
    expect(await idleKeys(store, '2026-03-01')).toEqual(['old'])
    expect(await idleKeys(store, '2026-07-01')).toEqual(['new', 'old', 'touched'])
    for await (const { key, etag: version } of store.idleSince(new Date('2026-03-01'))) await store.remove(key, version)
    expect(await store.get('old')).toBeUndefined()
  })

  test('more idle records than come at a time are all found', async () => {
    const keys = Array.from({ length: many }, (_, index) => `k${index}`)
    for (let at = 0; at < many; at += 20) await Promise.all(keys.slice(at, at + 20).map((key) => store.put(key, 1, undefined)))
    expect(await idleKeys(store, '2026-03-01')).toEqual(keys.toSorted())
  })
}
