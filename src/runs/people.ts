/** Loading and keeping what is known about a person: one record, read once and written once per turn. */
import { isDeepStrictEqual } from 'node:util'
import type { Store } from './store'
import { newPerson, personSchema, withoutOld, type Person } from './person'

export interface People {
  readonly load: (key: string) => Promise<{ readonly person: Person; readonly etag: string | undefined }>
  /** Writes only what changed since it was read; a person of whom nothing is known is removed. Answers the version that is now there. @throws ConflictError when somebody else wrote meanwhile. */
  readonly keep: (key: string, before: Person, after: Person, etag: string | undefined) => Promise<string | undefined>
  readonly forget: (key: string) => Promise<void>
}

const dayMs = 24 * 60 * 60 * 1000

export const createPeople = (store: Store, settings: { readonly retentionDays: number; readonly now: () => Date }): People => {
  const oldest = () => new Date(settings.now().getTime() - settings.retentionDays * dayMs)
  const name = (key: string) => `person/${key}`
  return {
    load: async (key) => {
      const stored = await store.get(name(key))
      if (!stored) return { person: newPerson(), etag: undefined }
      const parsed = personSchema.safeParse(stored.value)
      // A record of another version cannot be read: the person starts afresh rather than not at all.
      return { person: parsed.success ? withoutOld(parsed.data, oldest()) : newPerson(), etag: stored.etag }
    },
    keep: async (key, before, after, etag) => {
      if (after === before) return etag
      if (!isDeepStrictEqual(after, newPerson())) return store.put(name(key), after, etag)
      await store.remove(name(key))
      return undefined
    },
    forget: (key) => store.remove(name(key)),
  }
}
