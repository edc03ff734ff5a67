/** Can the store be used? It is read each time that is asked, and written now and then: an account may allow the one and not the other. */
import type { Secrets } from './record-keys'
import { ConflictError, ownPrefix, StoreError, type Store } from './store'

const probeKey = `${ownPrefix}ready`
const betweenWritesMs = 30_000

/** As sentences, for the operator. */
export type StoreProblem = Pick<StoreError, 'problem' | 'fix'>

const writeOnce = async (store: Store): Promise<void> => {
  try {
    await store.put(probeKey, {}, (await store.get(probeKey))?.etag)
    if (!(await store.get(probeKey))) throw new StoreError('what was written does not come back.', 'look at the place that it names.', {})
  } catch (error) {
    // Another instance wrote it at the same moment.
    if (!(error instanceof ConflictError)) throw error
  }
}

/** Answers with what is wrong; undefined when nothing is. Never throws. */
export const createProbe = (store: Store, secrets: Secrets): (() => Promise<StoreProblem | undefined>) => {
  let wroteAt = Number.NEGATIVE_INFINITY
  return async () => {
    try {
      await secrets()
      if (performance.now() - wroteAt < betweenWritesMs) await store.get(probeKey)
      else {
        await writeOnce(store)
        wroteAt = performance.now()
      }
      return undefined
    } catch (error) {
      wroteAt = Number.NEGATIVE_INFINITY
      if (error instanceof StoreError) return error
      return { problem: 'records cannot be read or written.', fix: 'look at the log.' }
    }
  }
}
