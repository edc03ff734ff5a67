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
  /**
   * Writes over the version `etag` (undefined: only when there is none yet). What is written over is kept aside when it could not be
   * read, or when the writer says so. @throws ConflictError when another version is there.
   */
  readonly put: (key: string, value: unknown, etag: string | undefined, options?: { readonly keepsFormer?: boolean }) => Promise<string>
  /** With what was kept aside of it. */
  readonly remove: (key: string) => Promise<void>
  /** Removes every record last written before `before`, and what could not be read for as long; answers how many. */
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

/** Loose: what a newer build adds around a record does not make it unreadable. */
const storedSchema = z.looseObject({ value: z.unknown(), etag: z.string(), at: z.iso.datetime() })

/** What a store needs of a place to keep text in. */
interface Shelf {
  readonly get: (key: string) => Promise<string | undefined>
  readonly put: (key: string, text: string) => Promise<void>
  readonly remove: (key: string) => Promise<void>
  readonly entries: () => AsyncIterable<[string, string]> | Iterable<[string, string]>
  readonly close: () => Promise<void>
}

/** What cannot be read holds nothing; it has no version, and is kept aside by whoever writes over it. */
const unreadable: Stored = { value: undefined, etag: '', at: new Date(0).toISOString() }

const parse = (text: string): Stored => {
  try {
    const { value, etag, at } = storedSchema.parse(JSON.parse(text))
    return etag === '' ? unreadable : { value, etag, at }
  } catch {
    return unreadable
  }
}

/** Texts that could not be read, under the key of their record, since the day they were noticed. */
const aside = 'unreadable/'
const asideOf = (key: string) => `${aside}${key}`

const textsIn = (text: string | undefined): readonly string[] => {
  if (text === undefined) return []
  const { value } = parse(text)
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [text]
}

/** Told of the key of each record whose text was kept aside. */
export type OnUnreadable = (key: string) => void

const storeOn = (shelf: Shelf, now: () => Date, onUnreadable: OnUnreadable): Store => {
  const write = async (key: string, value: unknown): Promise<string> => {
    const etag = randomUUID()
    await shelf.put(key, JSON.stringify({ value, etag, at: now().toISOString() } satisfies Stored))
    return etag
  }

  /** The same text twice is one, with the day of the first. */
  const keepAside = async (key: string, text: string): Promise<void> => {
    const texts = textsIn(await shelf.get(asideOf(key)))
    if (texts.includes(text)) return
    await write(asideOf(key), [...texts, text])
    onUnreadable(key)
  }

  const removeAll = async (key: string): Promise<void> => {
    await Promise.all([shelf.remove(key), shelf.remove(asideOf(key))])
  }

  /** Nothing that was written since is removed. What was kept aside goes with the text it is a copy of, if that is still there. */
  const forget = async (key: string, text: string): Promise<void> => {
    const original = key.startsWith(aside) ? key.slice(aside.length) : undefined
    if (original !== undefined && textsIn(text).includes((await shelf.get(original)) ?? '')) await shelf.remove(original)
    if ((await shelf.get(key)) === text) await shelf.remove(key)
  }

  return {
    get: async (key) => {
      const text = await shelf.get(key)
      return text === undefined ? undefined : parse(text)
    },
    put: async (key, value, etag, { keepsFormer = false } = {}) => {
      const text = await shelf.get(key)
      const present = text === undefined ? undefined : parse(text)
      if (present?.etag !== etag) throw new ConflictError(key)
      if (text !== undefined && (keepsFormer || present === unreadable)) await keepAside(key, text)
      return write(key, value)
    },
    remove: removeAll,
    sweep: async (before) => {
      const old: [string, string][] = []
      const unread: [string, string][] = []
      for await (const [key, text] of shelf.entries()) {
        const stored = parse(text)
        if (stored === unreadable) unread.push([key, text])
        else if (new Date(stored.at) < before) old.push([key, text])
      }
      await Promise.all(old.map(([key, text]) => forget(key, text)))
      for (const [key, text] of unread) if ((await shelf.get(key)) === text) await keepAside(key, text)
      return old.length
    },
    close: shelf.close,
  }
}

/** Keeps nothing over a restart; for trying things out. */
export const memoryStore = (now = () => new Date(), onUnreadable: OnUnreadable = () => undefined): Store => {
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
    onUnreadable,
  )
}

/** A folder on disk, for one process. @throws StoreError when another process has it open. */
export const fileStore = async (path: string, now = () => new Date(), onUnreadable: OnUnreadable = () => undefined): Promise<Store> => {
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
    onUnreadable,
  )
}
