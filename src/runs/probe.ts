/** Can the store be used? It is read each time that is asked, and written now and then: an account may allow the one and not the other. */
import type { Secrets } from './record-keys'
import { ConflictError, ownPrefix, StoreError, type Store } from './store'

const probeKey = `${ownPrefix}ready`
const betweenWritesMs = 30_000
/** Balancers in a hurry ask again and again. */
const isFreshMs = 1_000

const writeOnce = async (store: Store): Promise<void> => {
  try {
    await store.put(probeKey, {}, (await store.get(probeKey))?.etag)
  } catch (error) {
    // Another instance wrote it at the same moment.
    if (!(error instanceof ConflictError)) throw error
  }
}

/** Names what is wrong, with the setting and the fix; empty when nothing is. */
export const createProbe = (store: Store, secrets: Secrets): (() => Promise<readonly string[]>) => {
  let wroteAt = Number.NEGATIVE_INFINITY
  let readAt = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() - readAt < isFreshMs) return []
    try {
      await secrets()
      if (performance.now() - wroteAt < betweenWritesMs) await store.get(probeKey)
      else {
        await writeOnce(store)
        wroteAt = performance.now()
      }
      readAt = performance.now()
      return []
    } catch (error) {
      wroteAt = Number.NEGATIVE_INFINITY
      return [error instanceof StoreError ? error.message : 'STATE_STORE: records cannot be read or written. Fix: look at the log.']
    }
  }
}
