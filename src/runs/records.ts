/** How does a turn get what is known, and keep what came of it? One record a person or thread, read once and written over the version read. */
import { isDeepStrictEqual } from 'node:util'
import { guideOf } from '../guides'
import type { Person } from './person'
import { openPersonRecord, openThreadRecord, withoutOld, type Opened, type PersonRecord, type ThreadRecord } from './record'
import { inToday } from './run'
import { forgetWholly, keepAside, type OnAside } from './aside'
import type { Store, Stored } from './store'
import { fromIn, fromOf, fromVersion1, isVersion1, merge, type From } from './version-1'

/** A record as it was read; what is kept is written over this very version. */
export interface Loaded<R> extends Opened<R> {
  readonly etag: string | undefined
  /** What is stored at the moment. */
  readonly stored: unknown
  /** As it stands in the store; undefined when nothing does. */
  readonly present: Stored | undefined
  /** The record of version 1 that is in it. */
  readonly from?: From | undefined
}

export interface Records<R> {
  /** Other instances of the bot keep theirs there as well. */
  readonly isShared: boolean
  /** @throws NewerRecordError when a newer build wrote it. */
  readonly load: (key: string) => Promise<Loaded<R>>
  /** Writes when it comes to something else than is stored. @throws ConflictError when somebody else, a newer build too, wrote meanwhile. */
  readonly keep: (key: string, loaded: Loaded<R>, after: R) => Promise<Loaded<R>>
  readonly forget: (key: string) => Promise<void>
}

export interface RecordSettings {
  readonly retentionDays: number
  readonly now: () => Date
  /** Told where entries stand that cannot be read. */
  readonly onUnread: (where: readonly string[]) => void
  /** Told of the key of each record of which the text was kept aside. */
  readonly onAside?: OnAside
}

const dayMs = 24 * 60 * 60 * 1000
const mostViews = 50

/** The oldest views beyond a fixed number are forgotten. */
const withFewViews = (record: PersonRecord): PersonRecord => {
  const newest = Object.entries(record.views).toSorted(([, a], [, b]) => b.touchedAt.localeCompare(a.touchedAt))
  return { ...record, views: Object.fromEntries(newest.slice(0, mostViews)) }
}

const runsToday = (person: Person): Person => ({ ...person, runs: person.runs.map((run) => inToday(run, guideOf(run.topic, run.language))) })

/** Version 1 had keys of its own: its builds replace what they cannot read, and must find theirs after a roll-back. */
const keyOfVersion1 = (key: string) => `person/${key}`
const keyOfPerson = (key: string) => `people/${key}`
const keyOfThread = (key: string) => `threads/${key}`

const asStored = (value: object): unknown => JSON.parse(JSON.stringify(value))

const keepIn = async <R>(store: Store, key: string, loaded: Loaded<R>, after: R, onAside: OnAside = () => undefined): Promise<Loaded<R>> => {
  const stored = asStored({ ...loaded.write(after), ...(loaded.from && { from: loaded.from }) })
  if (isDeepStrictEqual(stored, loaded.stored)) return { ...loaded, record: after }
  const { present } = loaded
  if (present && (loaded.isDamaged || present.unreadable !== undefined)) await keepAside(store, key, present, onAside)
  const etag = await store.put(key, stored, loaded.etag)
  return { ...loaded, record: after, stored, present: undefined, etag, isDamaged: false }
}

/** Nobody is stored of whom nothing is known. */
const storedOf = <R>(present: Stored | undefined, opened: Opened<R>): unknown => (present ? present.value : asStored(opened.write(opened.record)))

export const createPeople = (store: Store, { retentionDays, now, onUnread, onAside }: RecordSettings): Records<PersonRecord> => {
  const oldest = () => new Date(now().getTime() - retentionDays * dayMs)

  /** The record of version 1 was swept when it was old; gone before that, the person asked one of its builds to be forgotten. */
  const isForgotten = (present: Stored | undefined, former: Stored | undefined): boolean => {
    const from = fromIn(present?.value)
    return from !== undefined && former === undefined && new Date(from.at) >= oldest()
  }

  /** What is known, of both records when a build of version 1 wrote since. @throws NewerRecordError */
  const openBoth = (present: Stored | undefined, former: Stored | undefined): Opened<PersonRecord> => {
    const value = withoutOld(present?.value, oldest())
    const own = openPersonRecord(value)
    if (isForgotten(present, former)) return openPersonRecord(undefined)
    const base = fromIn(value)
    if (!former || former.etag === base?.etag || !isVersion1(former.value)) return own
    const other = withoutOld(fromVersion1(former.value), oldest())
    if (!present) return openPersonRecord(other)
    return { ...openPersonRecord(merge(value, other, base, former.at > present.at ? 'other' : 'own')), isDamaged: own.isDamaged }
  }

  return {
    isShared: store.isShared === true,
    load: async (key) => {
      const [present, former] = await Promise.all([store.get(keyOfPerson(key)), store.get(keyOfVersion1(key))])
      const opened = openBoth(present, former)
      if (opened.unread.length > 0) onUnread(opened.unread)
      const record = withFewViews(opened.record)
      const from = former && isVersion1(former.value) ? fromOf(former) : undefined
      return { ...opened, record: { ...record, person: runsToday(record.person) }, etag: present?.etag, stored: storedOf(present, opened), present, from }
    },
    keep: (key, loaded, after) => keepIn(store, keyOfPerson(key), loaded, after, onAside),
    forget: async (key) => void (await Promise.all([forgetWholly(store, keyOfPerson(key)), forgetWholly(store, keyOfVersion1(key))])),
  }
}

export const createThreads = (store: Store, { onUnread, onAside }: Pick<RecordSettings, 'onUnread' | 'onAside'>): Records<ThreadRecord> => ({
  isShared: store.isShared === true,
  load: async (key) => {
    const present = await store.get(keyOfThread(key))
    const opened = openThreadRecord(present?.value)
    if (opened.unread.length > 0) onUnread(opened.unread)
    return { ...opened, etag: present?.etag, stored: storedOf(present, opened), present }
  },
  keep: (key, loaded, after) => keepIn(store, keyOfThread(key), loaded, after, onAside),
  forget: (key) => forgetWholly(store, keyOfThread(key)),
})
