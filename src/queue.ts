/** Whose turn is it? Work under one key waits for what came before it: turns of one person, or in one thread; writes of one record. */
import { Mutex } from 'async-mutex'

export type Queue = <T>(key: string, work: () => Promise<T>) => Promise<T>

export const createQueue = (): Queue => {
  const locks = new Map<string, { readonly mutex: Mutex; waiting: number }>()
  return async (key, work) => {
    const lock = locks.get(key) ?? { mutex: new Mutex(), waiting: 0 }
    locks.set(key, lock)
    lock.waiting += 1
    try {
      return await lock.mutex.runExclusive(work)
    } finally {
      lock.waiting -= 1
      if (lock.waiting === 0) locks.delete(key)
    }
  }
}
