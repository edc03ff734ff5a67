/** How does a record stand in a place that keeps texts? With its version and its time around it; what is no such text is told from it. */
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ConflictError, textOf, type Stored } from './store'

/** Loose: what a newer build adds around a record does not make it unreadable. */
const storedSchema = z.looseObject({ value: z.unknown(), etag: z.string().min(1), at: z.iso.datetime() })

const versionOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

export const unreadable = (text: string, etag = versionOf(text)): Stored => ({ value: undefined, etag, at: new Date(0).toISOString(), unreadable: text })

export const parseStored = (text: string): Stored => {
  try {
    const { value, etag, at } = storedSchema.parse(JSON.parse(text))
    return { value, etag, at }
  } catch {
    return unreadable(text)
  }
}

/** @throws ConflictError when the present text is of another version. */
export const checkVersion = (key: string, present: string | undefined, etag: string | undefined): void => {
  if ((present === undefined ? undefined : parseStored(present).etag) !== etag) throw new ConflictError(key)
}

/** @throws RecordTooBigError */
export const nextText = (value: unknown, at: Date): { readonly text: string; readonly etag: string } => {
  const etag = randomUUID()
  return { text: textOf({ value, etag, at: at.toISOString() } satisfies Stored), etag }
}
