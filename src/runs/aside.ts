/** What becomes of a text that is written over because it could not be read? It is kept under a key of its own, as long as records are, and goes with the record. */
import { ConflictError, type Store, type Stored } from './store'

/** Texts that could not be read, under the key of their record, since the day they were noticed. */
const aside = 'unreadable/'
const asideOf = (key: string) => `${aside}${key}`

/** The record it is kept for; undefined when it is no such key. */
export const keyOfAside = (key: string): string | undefined => (key.startsWith(aside) ? key.slice(aside.length) : undefined)

/** Told of the key of a record. */
export type OnAside = (key: string) => void

const textIn = ({ value, etag, at, unreadable }: Stored): string => unreadable ?? JSON.stringify({ value, etag, at })

export const textsIn = (kept: Stored | undefined): readonly string[] => {
  if (kept === undefined) return []
  if (kept.unreadable !== undefined) return [kept.unreadable]
  return Array.isArray(kept.value) ? kept.value.filter((each) => typeof each === 'string') : []
}

/** More than one writer may be at it, and each is done in a moment. */
const mostTries = 5

const trying = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= mostTries) throw error
    }
  }
}

/** The same text twice is one, with the day of the first. */
export const keepAside = (store: Store, key: string, present: Stored, onAside: OnAside): Promise<void> =>
  trying(async () => {
    const kept = await store.get(asideOf(key))
    const [texts, text] = [textsIn(kept), textIn(present)]
    if (texts.includes(text)) return
    await store.put(asideOf(key), [...texts, text], kept?.etag)
    onAside(key)
  })

/** Until nothing is there any more: under an older secret there may be another one. */
const removeNow = async (store: Store, key: string): Promise<void> => {
  const removeOne = async (): Promise<boolean> => {
    const present = await store.get(key)
    if (present) await store.remove(key, present.etag)
    return present !== undefined
  }
  while (await trying(removeOne));
}

/** With what was kept aside of it, whatever is written meanwhile. */
export const forgetWholly = async (store: Store, key: string): Promise<void> => {
  await Promise.all([removeNow(store, key), removeNow(store, asideOf(key))])
}
