/** Keys that only this bot can make: nobody is lost when a secret is made, given or replaced, whichever instance knows of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { forgetWholly } from '../../src/runs/aside'
import { keyedStore } from '../../src/runs/keyed-store'
import { memoryStore } from '../../src/runs/memory-store'
import { createSecrets, hashedKey } from '../../src/runs/record-keys'
import { ConflictError, type Store } from '../../src/runs/store'

const [older, newer] = ['older'.repeat(8), 'newer'.repeat(8)]
const [kelley, tricia] = ['people/kelley', 'people/tricia']

let store: Store
beforeEach(() => {
  store = memoryStore()
})
const under = (...secrets: readonly string[]) => keyedStore(store, createSecrets(store, secrets))

const keysIn = async (): Promise<readonly string[]> => {
  const keys: string[] = []
  for await (const { key } of store.idleSince(new Date('2100-01-01'))) keys.push(key)
  return keys.filter((key) => !key.startsWith('kept/')).toSorted()
}

test('people and threads stand under hashes, and the rest as it is', async () => {
  const keyed = under(newer)
  for (const key of [kelley, 'threads/t', 'unreadable/people/x', 'person/old', 'kept/x']) await keyed.put(key, key, undefined)
  const hashed = [hashedKey(newer, kelley), hashedKey(newer, 'threads/t'), hashedKey(newer, 'unreadable/people/x')]
  expect(await keysIn()).toEqual([...hashed, 'person/old'].toSorted())
  for (const key of hashed) expect(key).toMatch(/^(?:unreadable\/)?(?:people|threads)\/[\w-]{43}$/)
  expect(hashedKey(older, kelley)).not.toBe(hashedKey(newer, kelley))
  expect((await keyed.get(kelley))?.value).toBe(kelley)
})

describe('the secret', () => {
  test('that nobody gave is made once, by one of several that start at once, and kept with the store', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => createSecrets(store, [])()))
    expect(new Set(made.map(({ newest }) => newest)).size).toBe(1)
    expect(made[0]?.newest).toMatch(/^[\w-]{43}$/)
    expect(await createSecrets(store, [])()).toEqual(made[0])
  })

  test('that was made stays known when one is given', async () => {
    const made = under()
    await made.put(kelley, 'before', undefined)
    const given = under(newer)
    expect((await given.get(kelley))?.value).toBe('before')
    expect(await keysIn()).toEqual([hashedKey(newer, kelley)])
  })

  test('is asked for again when the store did not answer', async () => {
    let isDown = true
    const shaky: Store = { ...store, get: (key) => (isDown ? Promise.reject(new Error('down')) : store.get(key)) }
    const secrets = createSecrets(shaky, [newer])
    await expect(secrets()).rejects.toThrow('down')
    isDown = false
    expect((await secrets()).newest).toBe(newer)
  })
})

describe('a secret that is replaced', () => {
  const written = async (secret?: string) => {
    await (secret === undefined ? store : under(secret)).put(kelley, 'before', undefined, new Date('2026-01-01'))
  }

  test.each([
    ['an older secret', older],
    ['no secret, by a build that had none', undefined],
  ])('moves what was written under %s when it is asked for, with its time', async (_what, secret) => {
    await written(secret)
    const keyed = under(newer, older)
    const present = await keyed.get(kelley)
    expect(present).toMatchObject({ value: 'before', at: '2026-01-01T00:00:00.000Z' })
    expect(await keysIn()).toEqual([hashedKey(newer, kelley)])
    await keyed.put(kelley, 'after', present?.etag)
    expect((await keyed.get(kelley))?.value).toBe('after')
    expect((await store.get(hashedKey(newer, kelley)))?.value).toBe('after')
  })

  test('is forgotten with the person, wherever they stand', async () => {
    await written(older)
    await forgetWholly(under(newer, older), kelley)
    expect(await keysIn()).toEqual([])
    await under(older).put(kelley, 'one', undefined)
    await under(newer).put(kelley, 'two', undefined)
    await forgetWholly(under(newer, older), kelley)
    expect(await keysIn()).toEqual([])
  })

  test('may be replaced by some instances before others', async () => {
    await written(older)
    const [first, second] = [under(newer, older), under(older, newer)]
    for (let round = 0; round < 6; round += 1) {
      const keyed = round % 2 === 0 ? first : second
      const present = await keyed.get(kelley)
      await keyed.put(kelley, `${String(present?.value)}${round}`, present?.etag)
    }
    expect((await first.get(kelley))?.value).toBe('before012345')
  })

  test('what cannot be read is kept aside, and not moved', async () => {
    const noticed: string[] = []
    const broken: Store = {
      ...store,
      get: async (key) => (key === kelley ? { value: undefined, etag: 'e', at: '2026-01-01T00:00:00.000Z', unreadable: 'x' } : store.get(key)),
    }
    let isThere = true
    const get: Store['get'] = (key) => (isThere ? broken.get(key) : store.get(key))
    const remove: Store['remove'] = async () => void (isThere = false)
    const keyed = keyedStore({ ...store, get, remove }, createSecrets(store, [newer]), (key) => void noticed.push(key))
    expect(await keyed.get(kelley)).toBeUndefined()
    expect((await store.get(`unreadable/${hashedKey(newer, kelley)}`))?.value).toEqual(['x'])
    expect(noticed).toEqual([hashedKey(newer, kelley)])
  })
})

/** Each call waits a moment, so that those of several instances mingle; some never come back, as those of a killed instance. */
const mingling = (seed: number, dies: () => boolean = () => false): Store => {
  let state = seed
  const moment = async () => {
    state = (state * 48_271) % 2_147_483_647
    for (let turn = state % 4; turn > 0; turn -= 1) await sleep(0)
    if (dies()) await new Promise(() => undefined)
  }
  return {
    ...store,
    get: async (key) => (await moment(), store.get(key)),
    put: async (...given) => (await moment(), store.put(...given)),
    remove: async (...given) => (await moment(), store.remove(...given)),
  }
}

const add = async (keyed: Store, key: string): Promise<void> => {
  for (;;) {
    try {
      const present = await keyed.get(key)
      await keyed.put(key, Number(present?.value ?? 0) + 1, present?.etag)
      return
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
}

test('while a secret is replaced, instances of both orders count together and lose nothing', async () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    store = memoryStore()
    await under(older).put(kelley, 0, undefined)
    await store.put(tricia, 0, undefined)
    const instances = [
      [older, newer],
      [newer, older],
      [newer, older],
    ].map((secrets, index) => keyedStore(mingling(seed * 10 + index), createSecrets(store, secrets)))
    await Promise.all([kelley, tricia].flatMap((key) => instances.flatMap((keyed) => [add(keyed, key), add(keyed, key)])))
    expect([(await under(newer, older).get(kelley))?.value, (await under(newer, older).get(tricia))?.value]).toEqual([6, 6])
    expect(await keysIn()).toHaveLength(2)
  }
})

test('an instance that dies while it moves a record loses nothing', async () => {
  for (let lives = 1; lives <= 12; lives += 1) {
    store = memoryStore()
    await store.put(kelley, 'before', undefined)
    let calls = 0
    const dying = keyedStore(
      mingling(7, () => (calls += 1) > lives),
      createSecrets(store, [newer]),
    )
    await Promise.race([dying.get(kelley), sleep(15)])
    const present = await under(newer).get(kelley)
    expect([lives, present?.value]).toEqual([lives, 'before'])
    await under(newer).put(kelley, 'after', present?.etag)
    expect((await under(newer).get(kelley))?.value).toBe('after')
    expect(await keysIn()).toHaveLength(1)
  }
})
