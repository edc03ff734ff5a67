/** How often was what found good, bad or not understood? Counted in this process, and kept with the records, build by build. */
import { z } from 'zod'
import { ConflictError, type Store } from '../runs/store'
import { kinds, type Noted } from './noted'

/** One count; what is absent is not said. */
export interface Count {
  readonly kind: (typeof kinds)[number]
  readonly topic: string
  readonly passage: string
  readonly step: string
  /** Ticked beside a thumb: counted besides the thumb itself, whose reason is empty. */
  readonly reason: string
  /** Of what was not understood: how sure the nearest guess was, in tenths. */
  readonly confidence: string
  readonly count: number
}

/** What was written beside a thumb, where the operator keeps it; nobody knows by whom. */
export interface Comment {
  readonly kind: string
  readonly topic: string
  readonly step: string
  readonly at: string
  readonly text: string
}

export interface OfBuild {
  readonly build: string
  readonly counts: readonly Count[]
  readonly comments: readonly Comment[]
}

export interface Counts {
  /** Counts at once; it is kept soon after, and nobody waits for that. */
  readonly note: (noted: Noted) => void
  /** What this process has counted since it began. */
  readonly sinceStart: () => readonly Count[]
  /** Resolves once everything noted so far is kept, or could not be. */
  readonly settled: () => Promise<void>
}

const fields = ['kind', 'topic', 'passage', 'step', 'reason', 'confidence'] as const
type Field = (typeof fields)[number]

const commentSchema = z.object({ kind: z.string(), topic: z.string(), step: z.string(), at: z.iso.datetime(), text: z.string() })
const storedSchema = z.looseObject({ rows: z.record(z.string(), z.int().min(0)).catch({}), comments: z.array(commentSchema).catch([]) })
type Kept = z.infer<typeof storedSchema>
const buildsSchema = z.array(z.string()).catch([])

const keyOfBuild = (build: string) => `insight/${build}`
const keyOfBuilds = 'insight-builds'

/** More kinds of rows than guides have steps and passages come only from what is not ours. */
const mostRows = 600
const mostComments = 100
const mostBuilds = 20
export const longestComment = 500

const separator = '|'
const keyOf = (row: Readonly<Partial<Record<Field, string>>>): string => fields.map((field) => row[field]?.replaceAll(separator, '/') ?? '').join(separator)

const countOf = ([key, count]: readonly [string, number]): Count => {
  const [kind = '', topic = '', passage = '', step = '', reason = '', confidence = ''] = key.split(separator)
  return { kind: kinds.find((each) => each === kind) ?? 'not-sure', topic, passage, step, reason, confidence, count }
}

const rowsOf = ({ kind, about = {}, reasons = [], confidence }: Noted): readonly string[] => {
  const row = { kind, ...about, ...(confidence !== undefined && { confidence: (Math.floor(confidence * 10) / 10).toFixed(1) }) }
  return ['', ...reasons].map((reason) => keyOf({ ...row, reason }))
}

const withRows = (rows: Readonly<Record<string, number>>, more: ReadonlyMap<string, number>): Record<string, number> => {
  const all = new Map(Object.entries(rows))
  for (const [key, count] of more) if (all.has(key) || all.size < mostRows) all.set(key, (all.get(key) ?? 0) + count)
  return Object.fromEntries(all)
}

interface Pending {
  readonly rows: Map<string, number>
  readonly comments: Comment[]
}

const nothingPending = (): Pending => ({ rows: new Map(), comments: [] })

const mostConflicts = 5

/** Written over what is there; another instance may write in between. @throws what the store throws */
const change = async (store: Store, key: string, make: (value: unknown) => unknown): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const present = await store.get(key)
    const after = make(present?.value)
    if (after === undefined) return
    try {
      await store.put(key, after, present?.etag)
      return
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= mostConflicts) throw error
    }
  }
}

const keep = async (store: Store, build: string, { rows, comments }: Pending): Promise<void> => {
  await change(store, keyOfBuilds, (value) => {
    const builds = buildsSchema.parse(value)
    return builds.includes(build) ? undefined : [build, ...builds].slice(0, mostBuilds)
  })
  await change(store, keyOfBuild(build), (value) => {
    const kept: Kept = storedSchema.catch({ rows: {}, comments: [] }).parse(value)
    return { ...kept, rows: withRows(kept.rows, rows), comments: [...comments.toReversed(), ...kept.comments].slice(0, mostComments) } satisfies Kept
  })
}

export interface CountsParts {
  readonly store: Store
  readonly build: string
  readonly now: () => Date
  /** Comments are kept. */
  readonly keepsText: boolean
  /** Told when counts could not be kept; they are kept with the next ones. */
  readonly onUnkept: (error: unknown) => void
}

/** What is noted within this time is kept by one write. */
const gatherMs = 1_000

export const createCounts = ({ store, build, now, keepsText, onUnkept }: CountsParts): Counts => {
  const total = new Map<string, number>()
  let pending = nothingPending()
  let keeping: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const giveBack = ({ rows, comments }: Pending) => {
    for (const [key, count] of rows) pending.rows.set(key, (pending.rows.get(key) ?? 0) + count)
    pending.comments.unshift(...comments)
  }

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const taken = pending
    if (taken.rows.size === 0) return
    pending = nothingPending()
    try {
      await keep(store, build, taken)
    } catch (error) {
      giveBack(taken)
      onUnkept(error)
    }
  }

  const flushNext = (): Promise<void> => (keeping = keeping.then(flush))

  return {
    note: (noted) => {
      for (const key of rowsOf(noted))
        for (const rows of [total, pending.rows]) if (rows.has(key) || rows.size < mostRows) rows.set(key, (rows.get(key) ?? 0) + 1)
      const { kind, about, comment } = noted
      if (keepsText && comment)
        pending.comments.push({ kind, topic: about?.topic ?? '', step: about?.step ?? '', at: now().toISOString(), text: comment.slice(0, longestComment) })
      timer ??= setTimeout(() => void flushNext(), gatherMs).unref()
    },
    sinceStart: () => [...total].map(countOf),
    settled: flushNext,
  }
}

/** What is kept of every build, the newest first. */
export const readCounts = async (store: Store): Promise<readonly OfBuild[]> => {
  const builds = buildsSchema.parse((await store.get(keyOfBuilds))?.value)
  return Promise.all(
    builds.map(async (build) => {
      const { rows, comments } = storedSchema.catch({ rows: {}, comments: [] }).parse((await store.get(keyOfBuild(build)))?.value)
      return { build, counts: Object.entries(rows).map(countOf), comments }
    }),
  )
}
