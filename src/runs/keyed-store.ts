/** How are the records of people and threads kept under keys that only this bot can make? Where a secret was replaced, a record is moved when it is asked for. */
import { z } from 'zod'
import { keepAside, type OnAside } from './aside'
import { hashedKey, type KnownSecrets, type Secrets } from './record-keys'
import { ConflictError, type Store, type Stored } from './store'

/** A copy whose original may still be there: it counts once the original, in this very version, is gone. */
const movedSchema = z.strictObject({ movedFrom: z.string(), etag: z.string(), value: z.unknown() })

const mostTries = 10

const redoing = async <T>(work: () => Promise<T | 'again'>, key: string): Promise<T> => {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    try {
      const result = await work()
      if (result !== 'again') return result
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
  throw new ConflictError(key)
}

/** What the copy stands for; `again`: it was of an older version, and is gone. */
const settle = async (store: Store, key: string, copy: Stored): Promise<Stored | 'again'> => {
  const moved = movedSchema.safeParse(copy.value).data
  if (!moved) return copy
  const original = await store.get(moved.movedFrom)
  if (original && original.etag !== moved.etag) {
    await store.remove(key, copy.etag)
    return 'again'
  }
  if (original) await store.remove(moved.movedFrom, original.etag)
  return { ...copy, value: moved.value }
}

/** Copied, and then removed where it was: wherever this ends, the record is there once. */
const move = async (store: Store, from: string, to: string, present: Stored, onAside: OnAside): Promise<void> => {
  if (present.unreadable !== undefined) {
    await keepAside(store, to, present, onAside)
    await store.remove(from, present.etag)
    return
  }
  const settled = await settle(store, from, present)
  if (settled === 'again') return
  await store.put(to, { movedFrom: from, etag: present.etag, value: settled.value }, undefined, new Date(present.at))
}

export const keyedStore = (store: Store, secrets: Secrets, onAside: OnAside = () => undefined): Store => {
  const keyOf = async (key: string) => hashedKey((await secrets()).newest, key)

  /** Where builds before this one, or another secret, put it; undefined: nowhere. */
  const formerOf = async (key: string, { newest, former }: KnownSecrets) => {
    const keys = [...former.map((secret) => hashedKey(secret, key)), key].filter((each) => each !== hashedKey(newest, key))
    const found = await Promise.all(keys.map(async (at) => ({ at, present: await store.get(at) })))
    return found.find((each): each is { at: string; present: Stored } => each.present !== undefined)
  }

  /** From one place all go to the same one, so that no two copies of it can both be taken for the record. */
  const find = async (key: string): Promise<Stored | undefined | 'again'> => {
    const known = await secrets()
    const own = hashedKey(known.newest, key)
    const present = await store.get(own)
    if (present) return settle(store, own, present)
    const former = await formerOf(key, known)
    if (!former) return undefined
    const entry = hashedKey(known.entry, key)
    await move(store, former.at, former.at === entry ? own : entry, former.present, onAside)
    return 'again'
  }

  return {
    ...(store.isShared && { isShared: true }),
    get: (key) => redoing(() => find(key), key),
    put: async (key, ...rest) => store.put(await keyOf(key), ...rest),
    remove: async (key, etag) => store.remove(await keyOf(key), etag),
    idleSince: store.idleSince,
    close: store.close,
  }
}
