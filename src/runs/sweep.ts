/** Which records go because nobody touched them for long? Those that are still idle when it is their turn; one instance sweeps at a time. */
import { randomUUID } from 'node:crypto'
import { keepAside, keyOfAside, textsIn, type OnAside } from './aside'
import { ConflictError, ownPrefix, type Idle, type Store } from './store'

const leaseKey = `${ownPrefix}sweep`
/** Renewed while it goes on, so that nobody waits long for an instance that is gone. */
const leaseMs = 60_000
const renewMs = 20_000
/** Removed at a time. */
const together = 16

interface Lease {
  /** False: somebody else has it now. */
  readonly renew: () => Promise<boolean>
  readonly end: () => Promise<void>
}

const unlessConflict = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof ConflictError) return undefined
    throw error
  }
}

const isHeld = (value: unknown, now: Date): boolean => typeof Object(value).until === 'string' && new Date(Object(value).until) > now

/** Undefined: another instance is at it. */
const takeLease = async (store: Store, now: () => Date): Promise<Lease | undefined> => {
  const present = await store.get(leaseKey)
  if (isHeld(present?.value, now())) return undefined
  const by = randomUUID()
  const hold = (etag: string | undefined, ms: number) => unlessConflict(store.put(leaseKey, { by, until: new Date(now().getTime() + ms).toISOString() }, etag))
  let etag = await hold(present?.etag, leaseMs)
  if (etag === undefined) return undefined
  let renewedAt = now().getTime()
  return {
    renew: async () => {
      if (now().getTime() - renewedAt < renewMs) return true
      etag = await hold(etag, leaseMs)
      renewedAt = now().getTime()
      return etag !== undefined
    },
    end: async () => void (await hold(etag, 0)),
  }
}

/** What cannot be read stays until it has been known for as long as records are kept: it goes with its copy. */
const removeIdle = async (store: Store, { key, etag }: Idle, onAside: OnAside): Promise<boolean> => {
  const present = await store.get(key)
  if (!present || present.etag !== etag) return false
  const original = keyOfAside(key)
  if (original === undefined && present.unreadable !== undefined) {
    await keepAside(store, key, present, onAside)
    return false
  }
  if (original !== undefined) {
    const first = await store.get(original)
    if (first?.unreadable !== undefined && textsIn(present).includes(first.unreadable)) await unlessConflict(store.remove(original, first.etag))
  }
  return (await unlessConflict(store.remove(key, etag).then(() => true))) ?? false
}

export interface SweepOptions {
  readonly now?: () => Date
  readonly onAside?: OnAside
}

/** Removes every record last written before `before`, and what could not be read for as long; answers how many, or undefined when another instance is at it. */
export const sweepIdle = async (
  store: Store,
  before: Date,
  { now = () => new Date(), onAside = () => undefined }: SweepOptions = {},
): Promise<number | undefined> => {
  const lease = await takeLease(store, now)
  if (!lease) return undefined
  let removed = 0
  let batch: Idle[] = []
  const removeBatch = async (): Promise<void> => {
    const done = await Promise.all(batch.map((idle) => removeIdle(store, idle, onAside)))
    removed += done.filter(Boolean).length
    batch = []
  }
  for await (const idle of store.idleSince(before)) {
    if (!idle.key.startsWith(ownPrefix)) batch.push(idle)
    if (batch.length < together) continue
    if (!(await lease.renew())) return removed
    await removeBatch()
  }
  await removeBatch()
  await lease.end()
  return removed
}
