/** How does a turn get what is known, and keep what came of it? One record a person or thread, read once and written over the version read. */
import { isDeepStrictEqual } from 'node:util'
import { guideOf } from '../guides'
import type { Person } from './person'
import { inToday } from './run'
import {
  newPersonRecord,
  newThreadRecord,
  nothingAside,
  openPersonRecord,
  openThreadRecord,
  writePersonRecord,
  writeThreadRecord,
  type Opened,
  type PersonRecord,
  type ThreadRecord,
} from './record'
import type { Store, Stored } from './store'
import { fromVersion1, isVersion1, merged } from './version-1'

/** A record as it was read; what is kept is written over this very version. */
export interface Loaded<R> extends Opened<R> {
  readonly etag: string | undefined
  /** Version of the record of version 1 that is in it. */
  readonly from?: string | undefined
}

export interface Records<R> {
  /** @throws NewerRecordError when a newer build wrote it. */
  readonly load: (key: string) => Promise<Loaded<R>>
  /** Writes only what changed; of whom nothing is known any more, the record is removed. @throws ConflictError when somebody else wrote meanwhile. */
  readonly keep: (key: string, loaded: Loaded<R>, after: R) => Promise<Loaded<R>>
  readonly forget: (key: string) => Promise<void>
}

export interface RecordSettings {
  readonly retentionDays: number
  readonly now: () => Date
  /** Told where entries stand that cannot be read. */
  readonly onUnread: (where: readonly string[]) => void
}

const dayMs = 24 * 60 * 60 * 1000
const mostViews = 50

/** Runs and views that nobody touched since `before` are forgotten, and the oldest views beyond a fixed number. */
export const withoutOld = (record: PersonRecord, before: Date): PersonRecord => {
  const isKept = (touched: string) => new Date(touched) >= before
  const views = Object.entries(record.views)
    .filter(([, { touchedAt }]) => isKept(touchedAt))
    .toSorted(([, a], [, b]) => b.touchedAt.localeCompare(a.touchedAt))
    .slice(0, mostViews)
  return {
    ...record,
    person: { ...record.person, runs: record.person.runs.filter(({ updatedAt }) => isKept(updatedAt)) },
    views: Object.fromEntries(views),
  }
}

const runsToday = (person: Person): Person => ({ ...person, runs: person.runs.map((run) => inToday(run, guideOf(run.topic, run.language))) })

/** Version 1 had keys of its own: its builds replace what they cannot read, and must find theirs after a roll-back. */
const keyOfVersion1 = (key: string) => `person/${key}`
const keyOfPerson = (key: string) => `people/${key}`
const keyOfThread = (key: string) => `threads/${key}`

const fromOf = (stored: Stored | undefined): string | undefined => {
  const { value } = stored ?? {}
  return typeof value === 'object' && value !== null && 'from' in value && typeof value.from === 'string' ? value.from : undefined
}

const isLater = (a: Stored, b: Stored | undefined): boolean => b === undefined || a.at > b.at

export const createPeople = (store: Store, { retentionDays, now, onUnread }: RecordSettings): Records<PersonRecord> => {
  const oldest = () => new Date(now().getTime() - retentionDays * dayMs)

  /** Both versions, when a build of version 1 wrote since. */
  const opened = (present: Stored | undefined, former: Stored | undefined): Opened<PersonRecord> => {
    const own = present ? openPersonRecord(present.value) : undefined
    if (!former || former.etag === fromOf(present) || !isVersion1(former.value)) return own ?? { record: newPersonRecord(), aside: nothingAside, unread: [] }
    const before = openPersonRecord(fromVersion1(former.value))
    if (!own) return before
    return { record: merged(own.record, before.record, isLater(former, present)), aside: { ...own.aside, runs: [...own.aside.runs, ...before.aside.runs] }, unread: [...own.unread, ...before.unread] }
  }

  return {
    load: async (key) => {
      const [present, former] = await Promise.all([store.get(keyOfPerson(key)), store.get(keyOfVersion1(key))])
      const { record, aside, unread } = opened(present, former)
      if (unread.length > 0) onUnread(unread)
      const kept = withoutOld(record, oldest())
      return { record: { ...kept, person: runsToday(kept.person) }, aside, unread, etag: present?.etag, from: former?.etag }
    },
    keep: async (key, loaded, after) => {
      if (after === loaded.record) return loaded
      const value = { ...writePersonRecord(after, loaded.aside), ...(loaded.from !== undefined && { from: loaded.from }) }
      return { ...loaded, record: after, etag: await store.put(keyOfPerson(key), value, loaded.etag) }
    },
    forget: async (key) => void (await Promise.all([store.remove(keyOfPerson(key)), store.remove(keyOfVersion1(key))])),
  }
}

export const createThreads = (store: Store, { onUnread }: Pick<RecordSettings, 'onUnread'>): Records<ThreadRecord> => ({
  load: async (key) => {
    const stored = await store.get(keyOfThread(key))
    const { record, aside, unread } = stored ? openThreadRecord(stored.value) : { record: newThreadRecord(), aside: nothingAside, unread: [] }
    if (unread.length > 0) onUnread(unread)
    return { record, aside, unread, etag: stored?.etag }
  },
  keep: async (key, loaded, after) => {
    if (isDeepStrictEqual(after, loaded.record)) return loaded
    return { ...loaded, record: after, etag: await store.put(keyOfThread(key), writeThreadRecord(after, loaded.aside), loaded.etag) }
  },
  forget: (key) => store.remove(keyOfThread(key)),
})
