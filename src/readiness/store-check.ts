/** Does the store keep what it is given? Something of ours is written, read and taken away again. */
import { randomUUID } from 'node:crypto'
import type { Store } from '../runs/store'
import { broken, fine, type Check } from './readiness'

const everyMs = 30_000
const fix = 'Check that the store has room, can be reached, and may be read and written by this process.'

/** Of this process, so that instances on one store do not meet. */
const key = `ready/${randomUUID()}`

export const storeCheck = (store: Pick<Store, 'get' | 'put' | 'remove'>): Check => ({
  name: 'store',
  setting: 'STATE_STORE',
  isVital: true,
  everyMs,
  look: async () => {
    try {
      const value = randomUUID()
      const present = await store.get(key)
      await store.put(key, value, present?.etag)
      const found = await store.get(key)
      await store.remove(key)
      return found?.value === value ? fine : broken('STATE_STORE', 'What was written does not come back.', fix)
    } catch {
      return broken('STATE_STORE', 'Records cannot be written and read.', fix)
    }
  },
})
