/** How do records get from one store to another? Each is copied with its time, under its key; what is there already is not written over, so it can be begun anew. */
import { isDeepStrictEqual } from 'node:util'
import { keepAside } from './aside'
import { isRecordKey } from './record-keys'
import { ConflictError, ownPrefix, type Store } from './store'

export interface Migrated {
  readonly copied: number
  /** They were there, and the same. */
  readonly present: number
  /** There is another record under their key. */
  readonly different: number
}

const together = 16
const forever = new Date(8_640_000_000_000_000)

type Outcome = keyof Migrated

const copy = async (from: Store, to: Store, key: string): Promise<Outcome> => {
  const stored = await from.get(key)
  if (!stored) return 'present'
  if (stored.unreadable !== undefined) {
    await keepAside(to, key, stored, () => undefined)
    return 'copied'
  }
  try {
    await to.put(key, stored.value, undefined, new Date(stored.at))
    return 'copied'
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return isDeepStrictEqual((await to.get(key))?.value, stored.value) ? 'present' : 'different'
  }
}

/** The secret goes first: under another one nobody is found. Nothing else is copied when there is another one. */
export const migrate = async (from: Store, to: Store, onProgress: (sofar: Migrated) => void = () => undefined): Promise<Migrated | 'another-secret'> => {
  const sum = { copied: 0, present: 0, different: 0 }
  const keys: string[] = []
  for await (const { key } of from.idleSince(forever)) keys.push(key)
  for (const key of keys.filter(isRecordKey)) if ((await copy(from, to, key)) === 'different') return 'another-secret'
  const records = keys.filter((key) => !key.startsWith(ownPrefix))
  for (let at = 0; at < records.length; at += together) {
    for (const outcome of await Promise.all(records.slice(at, at + together).map((key) => copy(from, to, key)))) sum[outcome] += 1
    onProgress({ ...sum })
  }
  return sum
}
