/** Whose turn is it? Turns of one person, or in one thread, wait for each other, so that quick presses cannot overtake. */
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
