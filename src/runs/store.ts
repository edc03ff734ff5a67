/** Where records live between turns. A record is written only over the version that was read. */
import { randomUUID } from 'node:crypto'
import { ClassicLevel } from 'classic-level'
import { z } from 'zod'

export interface Stored {
  readonly value: unknown
  readonly etag: string
  /** When it was last written, as an ISO date. */
  readonly at: string
}

export interface Store {
  readonly get: (key: string) => Promise<Stored | undefined>
  /** Writes over the version `etag` (undefined: only when there is none yet). @throws ConflictError when another version is there. */
  readonly put: (key: string, value: unknown, etag: string | undefined) => Promise<string>
  readonly remove: (key: string) => Promise<void>
  /** Removes every record last written before `before`; answers how many. */
  readonly sweep: (before: Date) => Promise<number>
  readonly close: () => Promise<void>
}

/** Somebody wrote the record since it was read: read again and redo. */
export class ConflictError extends Error {
  constructor(readonly key: string) {
    super('The record was changed by somebody else since it was read.')
    this.name = 'ConflictError'
  }
}

/** The folder of a file store is in use by another process, or cannot be written. */
export class StoreError extends Error {
  constructor(
    message: string,
    readonly inUse: boolean,
    options: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'StoreError'
  }
}

const storedSchema = z.strictObject({ value: z.unknown(), etag: z.string(), at: z.iso.datetime() })

/** What a store needs of a place to keep text in. */
interface Shelf {
  readonly get: (key: string) => Promise<string | undefined>
  readonly put: (key: string, text: string) => Promise<void>
  readonly remove: (key: string) => Promise<void>
  readonly entries: () => AsyncIterable<[string, string]> | Iterable<[string, string]>
  readonly close: () => Promise<void>
}

/** What cannot be read holds nothing and is older than anything: it is written over, and swept with the idle records. */
const unreadable: Stored = { value: undefined, etag: '', at: new Date(0).toISOString() }

const parse = (text: string): Stored => {
  try {
    return storedSchema.parse(JSON.parse(text))
  } catch {
    return unreadable
  }
}

const storeOn = (shelf: Shelf, now: () => Date): Store => {
  const get = async (key: string) => {
    const text = await shelf.get(key)
    return text === undefined ? undefined : parse(text)
  }
  return {
    get,
    put: async (key, value, etag) => {
      const present = await get(key)
      if (present?.etag !== etag) throw new ConflictError(key)
      const next = randomUUID()
      await shelf.put(key, JSON.stringify({ value, etag: next, at: now().toISOString() } satisfies Stored))
      return next
    },
    remove: shelf.remove,
    sweep: async (before) => {
      const old: string[] = []
      for await (const [key, text] of shelf.entries()) if (new Date(parse(text).at) < before) old.push(key)
      await Promise.all(old.map(shelf.remove))
      return old.length
    },
    close: shelf.close,
  }
}

/** Keeps nothing over a restart; for trying things out. */
export const memoryStore = (now = () => new Date()): Store => {
  const shelf = new Map<string, string>()
  return storeOn(
    {
      get: (key) => Promise.resolve(shelf.get(key)),
      put: (key, text) => Promise.resolve(void shelf.set(key, text)),
      remove: (key) => Promise.resolve(void shelf.delete(key)),
      entries: () => shelf.entries(),
      close: () => Promise.resolve(),
    },
    now,
  )
}

/** A folder on disk, for one process. @throws StoreError when another process has it open. */
export const fileStore = async (path: string, now = () => new Date()): Promise<Store> => {
  const level = new ClassicLevel<string, string>(path)
  try {
    await level.open()
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    const locked = cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED'
    throw new StoreError(
      locked
        ? `STATE_STORE: the folder ${path} is in use by another process. Fix: stop that process, or give this one a folder of its own.`
        : `STATE_STORE: the folder ${path} cannot be opened. Fix: give a folder that this process may write.`,
      locked,
      { cause: error },
    )
  }
  return storeOn(
    {
      get: (key) => level.get(key),
      // Synced: an answer that was sent must not be forgotten by a crash right after.
      put: (key, text) => level.put(key, text, { sync: true }),
      remove: (key) => level.del(key),
      entries: () => level.iterator(),
      close: () => level.close(),
    },
    now,
  )
}
