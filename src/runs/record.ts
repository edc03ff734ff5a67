/** What is stored of a person or a thread, and how is it read when another version wrote it? An entry that cannot be read costs that entry alone. */
import { z } from 'zod'
import { pickSchema } from '../verbs/action'
import { newPerson, personSchema, type Person } from './person'
import { fieldsOf, isObject, leaf, list, listOf, shaped, table, whole, type Fields, type Reader } from './reading'
import { knownSchema, runSchema } from './run'
import { newThread, threadSchema, type Thread } from './thread'
import { newView, viewSchema, type View } from './view'

/** Of the records written here. A higher one is somebody else's to write. */
export const recordVersion = 2

/** An answer whose state is kept and which the person has not seen yet. */
const owedSchema = z.looseObject({
  /** Key of the activity it answers, and of the chat it belongs to. */
  activity: z.string(),
  chat: z.string(),
  /** What shows it again; absent: where the person is. Never the answer itself, which may name people. */
  again: pickSchema.optional(),
  /** It greets: words are answered without it, only another event of Teams shows it. */
  welcome: z.boolean().optional(),
  /** Of one colleague alone: only the same activity, come again, shows it. */
  alone: z.boolean().optional(),
  at: z.iso.datetime(),
})
export type Owed = z.infer<typeof owedSchema>

interface Deliveries {
  /** Keys of the activities handled last, newest first. */
  readonly handled: readonly string[]
  readonly owed: readonly Owed[]
}

export interface PersonRecord extends Deliveries {
  readonly person: Person
  /** By key of the chat. */
  readonly views: Readonly<Record<string, View>>
}

export interface ThreadRecord extends Deliveries {
  readonly thread: Thread
}

export const newPersonRecord = (): PersonRecord => ({ person: newPerson(), views: {}, handled: [], owed: [] })
export const newThreadRecord = (): ThreadRecord => ({ thread: newThread(), handled: [], owed: [] })

/** A record as read. */
export interface Opened<R> {
  readonly record: R
  /** Where the entries stand that could not be read; they are written back as they were. */
  readonly unread: readonly string[]
  /** What stood in the place of the record, or of a whole part of it, is none: no version wrote that. */
  readonly isDamaged: boolean
  /** What is stored of it as it is now. */
  readonly write: (now: R) => Fields
}

/** A newer build wrote it: it may be read by that one only, and is not overwritten. */
export class NewerRecordError extends Error {
  constructor() {
    super('A record of a newer version cannot be read by this build.')
    this.name = 'NewerRecordError'
  }
}

/** Whatever else stands for a version than the numbers so far, a later build put there. @throws NewerRecordError */
const checkVersion = ({ v }: Fields): void => {
  if (v !== undefined && !(typeof v === 'number' && v <= recordVersion)) throw new NewerRecordError()
}

const pick = leaf(pickSchema)
const text = leaf(z.string())

/** They belong to one card. What is not known of it shows where things stand, so that the others keep their numbers. */
const picks = whole(list(pick, { standIn: { verb: 'resume' } }))

const deliveriesShape = { handled: z.array(z.string()), owed: z.array(owedSchema) }
const personRecordSchema = z.looseObject({ person: personSchema, views: z.record(z.string(), viewSchema), ...deliveriesShape })
const threadRecordSchema = z.looseObject({ thread: threadSchema, ...deliveriesShape })

const deliveries = { handled: list(text), owed: list(shaped(owedSchema.shape, { again: pick }, {}), { id: 'activity' }) }

/** A run is of use in another language than it was in, and without what is only said of it. */
const run = shaped(runSchema.shape, { done: list(text), skipped: list(text) }, { language: 'en' })

const known = shaped(knownSchema.shape, { account: list(leaf(knownSchema.shape.account.element)) }, { account: [] })

const person = shaped(personSchema.shape, { known, runs: list(run, { id: 'id' }) }, newPerson())

/** Made anew by the next card, whole. */
const view = whole(shaped(viewSchema.shape, { list: picks, buttons: picks }, newView(new Date(0))))

const thread = shaped(threadSchema.shape, { list: picks, buttons: picks }, newThread())

const personRecord = shaped(personRecordSchema.shape, { person, views: table(view), ...deliveries }, { ...newPersonRecord() })
const threadRecord = shaped(threadRecordSchema.shape, { thread, ...deliveries }, { ...newThreadRecord() })

const containers = new Set(['record', 'person', 'person.runs', 'person.known', 'thread', 'views', 'handled', 'owed'])

/** `v` and `from` say what is around a record, and are written anew each time. */
const open = <R>(reader: Reader, schema: z.ZodType<R>, value: unknown): Opened<R> => {
  const { v, from: _, ...raw } = fieldsOf(value)
  checkVersion({ v })
  const read = reader(raw)
  const unread = [...(value === undefined || isObject(value) ? [] : ['record']), ...(read?.unread ?? [])]
  return {
    record: schema.parse(read?.value),
    unread,
    isDamaged: unread.some((where) => containers.has(where)),
    write: (now) => ({ ...fieldsOf(read?.write(now)), v: recordVersion }),
  }
}

/** @throws NewerRecordError when a newer build wrote it. */
export const openPersonRecord = (value: unknown): Opened<PersonRecord> => open<PersonRecord>(personRecord, personRecordSchema, value)
export const openThreadRecord = (value: unknown): Opened<ThreadRecord> => open<ThreadRecord>(threadRecord, threadRecordSchema, value)

const isOld = (entry: unknown, field: string, before: Date): boolean => {
  const at = fieldsOf(entry)[field]
  return typeof at === 'string' && new Date(at) < before
}

/** Stored runs and views that nobody touched since `before` are forgotten, readable or not. */
export const withoutOld = (value: unknown, before: Date): unknown => {
  if (!isObject(value)) return value
  const { person: inner, views } = value
  return {
    ...value,
    ...(isObject(inner) && Array.isArray(inner.runs) && { person: { ...inner, runs: listOf(inner.runs).filter((each) => !isOld(each, 'updatedAt', before)) } }),
    ...(isObject(views) && { views: Object.fromEntries(Object.entries(views).filter(([, each]) => !isOld(each, 'touchedAt', before))) }),
  }
}
