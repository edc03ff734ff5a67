/** How is a value read that another version wrote? Entry by entry: what cannot be read costs itself alone, and is written back as it was. */
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'

export type Fields = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {})
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

interface Read {
  readonly value: unknown
  /** Where the entries stand that could not be read, as dotted paths; keys of people and chats are a star. */
  readonly unread: readonly string[]
  /** What is stored of the value as it is now: whatever did not change stands as it was. */
  readonly write: (now: unknown) => unknown
}

/** Undefined: it cannot be read at all. */
export type Reader = (raw: unknown) => Read | undefined
type Readers = Readonly<Record<string, Reader>>

const unlessChanged = (value: unknown, raw: unknown) => (now: unknown) => (isDeepStrictEqual(now, value) ? raw : now)

/** Read or not, nothing in between. */
export const leaf =
  (schema: z.ZodType): Reader =>
  (raw) => {
    const { success, data } = schema.safeParse(raw)
    return success ? { value: data, unread: [], write: unlessChanged(data, raw) } : undefined
  }

/** Once one part of it changed, nothing of the former is written any more. */
export const whole =
  (reader: Reader): Reader =>
  (raw) => {
    const read = reader(raw)
    return read && { ...read, write: unlessChanged(read.value, raw) }
  }

const defined = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

interface Part {
  readonly name: string
  readonly raw: unknown
  readonly fallback: unknown
  readonly read: Read | undefined
}

const unreadIn = ({ name, raw, read }: Part): readonly string[] => {
  if (read) return read.unread.map((where) => `${name}.${where}`)
  return raw === undefined ? [] : [name]
}

/** A field that could not be read stays until something is chosen in its place. */
const written = ({ name, raw, fallback, read }: Part, now: Fields): unknown => {
  if (read) return read.write(now[name])
  return raw !== undefined && isDeepStrictEqual(now[name], fallback) ? raw : now[name]
}

/** Each field by itself. One that is absent or cannot be read has its default; without a default the whole cannot be read. Unknown ones ride along. */
const fields =
  (readers: Readers, defaults: Fields): Reader =>
  (raw) => {
    if (!isObject(raw)) return undefined
    const parts = Object.entries(readers).map(([name, reader]): Part => ({
      name,
      raw: raw[name],
      fallback: defaults[name],
      read: raw[name] === undefined ? undefined : reader(raw[name]),
    }))
    if (parts.some(({ name, read }) => !read && !Object.hasOwn(defaults, name))) return undefined
    return {
      value: defined({ ...raw, ...Object.fromEntries(parts.map(({ name, read, fallback }) => [name, read ? read.value : fallback])) }),
      unread: parts.flatMap(unreadIn),
      write: (now) => (isObject(now) ? defined({ ...now, ...Object.fromEntries(parts.map((part) => [part.name, written(part, now)])) }) : now),
    }
  }

/** The fields of a schema, by readers of their own or as they are; what may be absent there may be absent here. */
export const shaped = (shape: Readonly<Record<string, z.ZodType>>, readers: Readers, defaults: Fields): Reader => {
  const names = Object.entries(shape)
  const optional = names.filter(([, schema]) => schema.safeParse(undefined).success)
  return fields(
    { ...Object.fromEntries(names.map(([name, schema]) => [name, leaf(schema)])), ...readers },
    { ...Object.fromEntries(optional.map(([name]) => [name, undefined])), ...defaults },
  )
}

/** An entry of a list: as it was read, or new since. */
interface Entry {
  readonly raw: unknown
  readonly read: Read | undefined
}

export interface ListOptions {
  /** Name of the field that tells an entry that changed from a new one. */
  readonly id?: string
  /** Read in place of an entry that cannot be, where entries are counted. */
  readonly standIn?: unknown
}

const entryOf = (entries: readonly Entry[], now: unknown, id: string | undefined): Entry | undefined => {
  const idOf = (value: unknown) => (id !== undefined && isObject(value) ? value[id] : undefined)
  const read = entries.filter((entry) => entry.read !== undefined)
  return (
    read.find((entry) => isDeepStrictEqual(entry.read?.value, now)) ?? read.find((entry) => idOf(now) !== undefined && idOf(entry.read?.value) === idOf(now))
  )
}

/** Entries that could not be read keep their place: before the one they stood before. */
const withUnread = (entries: readonly Entry[], now: readonly unknown[], id: string | undefined): unknown[] => {
  const changed = now.map((each) => {
    const entry = entryOf(entries, each, id)
    return { entry, out: entry?.read ? entry.read.write(each) : each }
  })
  const all = entries.reduceRight((placed, entry, index) => {
    if (entry.read) return placed
    const next = entries.slice(index + 1).find((later) => placed.some((each) => each.entry === later))
    const at = next ? placed.findIndex((each) => each.entry === next) : placed.length
    return placed.toSpliced(at, 0, { entry, out: entry.raw })
  }, changed)
  return all.map(({ out }) => out)
}

export const list =
  (reader: Reader, { id, standIn }: ListOptions = {}): Reader =>
  (raw) => {
    if (!Array.isArray(raw)) return undefined
    const entries = raw.map((each: unknown): Entry => ({ raw: each, read: reader(each) }))
    return {
      value: entries.flatMap(({ read }) => (read ? [read.value] : standIn === undefined ? [] : [standIn])),
      unread: entries.flatMap(({ read }, index) => (read ? read.unread.map((where) => `${index}.${where}`) : [String(index)])),
      write: (now) => (Array.isArray(now) ? withUnread(entries, now, id) : now),
    }
  }

/** Entries by a key of their own. */
export const table =
  (reader: Reader): Reader =>
  (raw) => {
    if (!isObject(raw)) return undefined
    const entries = Object.entries(raw).map(([key, each]) => ({ key, raw: each, read: reader(each) }))
    const reads = new Map(entries.map(({ key, read }) => [key, read]))
    const unread = Object.fromEntries(entries.flatMap(({ key, raw: each, read }) => (read ? [] : [[key, each]])))
    const writtenOf = (key: string, now: unknown): unknown => {
      const read = reads.get(key)
      return read ? read.write(now) : now
    }
    return {
      value: Object.fromEntries(entries.flatMap(({ key, read }) => (read ? [[key, read.value]] : []))),
      unread: entries.flatMap(({ read }) => (read ? read.unread.map((where) => `*.${where}`) : ['*'])),
      write: (now) => (isObject(now) ? { ...unread, ...Object.fromEntries(Object.entries(now).map(([key, each]) => [key, writtenOf(key, each)])) } : now),
    }
  }
