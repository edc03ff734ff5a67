/** What is stored of a person or a thread, and how is it read when another version wrote it? An entry that cannot be read costs that entry alone. */
import { z } from 'zod'
import { pickSchema } from '../verbs/action'
import { choicesSchema, newPerson, type Person } from './person'
import { runSchema, type Run } from './run'
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
  again: pickSchema.optional().catch(undefined),
  /** It greets: words are answered without it, only another event of Teams shows it. */
  welcome: z.boolean().optional(),
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

/** A record as read: what of it is understood, and what is only carried along, to be written back. */
export interface Opened<R> {
  readonly record: R
  readonly aside: Aside
  /** Where the entries stand that could not be read. */
  readonly unread: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

/** `top` and `inner`: fields by name; `runs`: whole entries. */
interface Aside {
  readonly top: Fields
  readonly inner: Fields
  readonly runs: readonly unknown[]
}

export const nothingAside: Aside = { top: {}, inner: {}, runs: [] }

/** A newer build wrote it: it may be read by that one only, and is not overwritten. */
export class NewerRecordError extends Error {
  constructor(readonly version: number) {
    super(`A record of version ${version} cannot be read by this build.`)
    this.name = 'NewerRecordError'
  }
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {})
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** @throws NewerRecordError */
const checkVersion = (value: Fields): void => {
  if (typeof value.v === 'number' && value.v > recordVersion) throw new NewerRecordError(value.v)
}

const without = (fields: Fields, names: readonly string[]): Fields => Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

/** Each field by itself; one that cannot be read has its default and is carried along as it is. */
const readFields = <T extends object>(raw: Fields, shape: Readonly<Record<string, z.ZodType>>, defaults: T): { readonly read: T; readonly aside: Fields } => {
  const parsed = Object.entries(shape).map(([name, schema]) => ({ name, result: schema.safeParse(raw[name]) }))
  const isRead = (name: string) => parsed.find((each) => each.name === name)?.result.success ?? true
  const read = Object.fromEntries(parsed.flatMap(({ name, result }) => (result.success && result.data !== undefined ? [[name, result.data]] : [])))
  const aside = Object.fromEntries(parsed.flatMap(({ name }) => (isRead(name) || raw[name] === undefined ? [] : [[name, raw[name]]])))
  return { read: { ...defaults, ...without(raw, Object.keys(shape)), ...read }, aside }
}

const entriesOf = <T>(raw: unknown, schema: z.ZodType<T>): { readonly read: readonly T[]; readonly aside: readonly unknown[] } => {
  const parsed = listOf(raw).map((entry) => ({ entry, result: schema.safeParse(entry) }))
  return {
    read: parsed.flatMap(({ result }) => (result.success ? [result.data] : [])),
    aside: parsed.flatMap(({ entry, result }) => (result.success ? [] : [entry])),
  }
}

const knownTop = ['v', 'person', 'thread', 'views', 'handled', 'owed', 'from']

const deliveriesIn = (raw: Fields): Deliveries => ({
  handled: entriesOf(raw.handled, z.string()).read,
  owed: entriesOf(raw.owed, owedSchema).read,
})

/** A view is made anew by the next card, so only its good parts are kept. */
const viewIn = (raw: unknown): View => {
  const fields = fieldsOf(raw)
  const picks = { list: entriesOf(fields.list, pickSchema).read, buttons: entriesOf(fields.buttons, pickSchema).read }
  return readFields({ ...fields, ...picks }, viewSchema.shape, newView(new Date(0))).read
}

/** @throws NewerRecordError when a newer build wrote it. */
export const openPersonRecord = (value: unknown): Opened<PersonRecord> => {
  const raw = fieldsOf(value)
  checkVersion(raw)
  const inner = fieldsOf(raw.person)
  const { read: choices, aside } = readFields(without(inner, ['runs']), choicesSchema.shape, newPerson())
  const runs = entriesOf<Run>(inner.runs, runSchema)
  return {
    record: {
      person: { ...choices, runs: [...runs.read] },
      views: Object.fromEntries(Object.entries(fieldsOf(raw.views)).map(([chat, view]) => [chat, viewIn(view)])),
      ...deliveriesIn(raw),
    },
    aside: { top: without(raw, knownTop), inner: aside, runs: runs.aside },
    unread: [...Object.keys(aside).map((name) => `person.${name}`), ...runs.aside.map(() => 'person.runs')],
  }
}

/** @throws NewerRecordError when a newer build wrote it. */
export const openThreadRecord = (value: unknown): Opened<ThreadRecord> => {
  const raw = fieldsOf(value)
  checkVersion(raw)
  const fields = fieldsOf(raw.thread)
  const picks = { list: entriesOf(fields.list, pickSchema).read, buttons: entriesOf(fields.buttons, pickSchema).read }
  const { read, aside } = readFields({ ...fields, ...picks }, threadSchema.shape, newThread())
  return {
    record: { thread: read, ...deliveriesIn(raw) },
    aside: { top: without(raw, knownTop), inner: aside, runs: [] },
    unread: Object.keys(aside).map((name) => `thread.${name}`),
  }
}

/** What was chosen since then stands before what could not be read. */
const over = (aside: Fields, chosen: object): Fields => ({ ...aside, ...Object.fromEntries(Object.entries(chosen).filter(([name, value]) => value !== undefined && !(name in aside && isDefault(name, value)))) })

const defaults: Fields = { ...newPerson(), ...newThread() }
const isDefault = (name: string, value: unknown): boolean => JSON.stringify(defaults[name]) === JSON.stringify(value)

export const writePersonRecord = ({ person, views, handled, owed }: PersonRecord, { top, inner, runs }: Aside): Fields => ({
  ...top,
  v: recordVersion,
  person: { ...over(inner, person), runs: [...person.runs, ...runs] },
  views,
  handled,
  owed,
})

export const writeThreadRecord = ({ thread, handled, owed }: ThreadRecord, { top, inner }: Aside): Fields => ({
  ...top,
  v: recordVersion,
  thread: over(inner, thread),
  handled,
  owed,
})
