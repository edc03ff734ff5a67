/** What do people who are stored cost? Their memory in each store, the start of the bot, and a turn, however many there are. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { memoryStore } from '../../runs/memory-store'
import { measureRound, type Round } from './measure'
import { scenarios, type TakeTurn } from './scenarios'
import { startSubject, type SubjectOptions } from './subject'

export interface Growth {
  readonly people: number
  readonly readyMs: number
  readonly readyCpuMs: number
  readonly rssBytes: number
  readonly firstTurnMs: number
  readonly round: Round
}

const question = scenarios[0]
const batchSize = 5_000

/** A record as a turn leaves it, to be multiplied: the bot's own, so that its form is the true one. */
const recordOf = async (folder: string): Promise<string> => {
  const level = new ClassicLevel<string, string>(folder)
  try {
    for await (const [key, text] of level.iterator()) if (key.startsWith('people/')) return text
  } finally {
    await level.close()
  }
  throw new Error('The bot kept nobody.')
}

/** Written past the store, which makes sure of each record by itself: that takes minutes for so many. */
const fill = async (folder: string, text: string, count: number): Promise<void> => {
  const level = new ClassicLevel<string, string>(folder)
  for (let done = 0; done < count; done += batchSize) {
    const size = Math.min(batchSize, count - done)
    await level.batch(Array.from({ length: size }, () => ({ type: 'put', key: `people/${randomBytes(32).toString('base64url')}`, value: text })))
  }
  await level.close()
}

const conversationsOf = async (subject: Awaited<ReturnType<typeof startSubject>>, count: number): Promise<readonly TakeTurn[]> => {
  if (!question) throw new Error('There is no scenario.')
  const opened: TakeTurn[] = []
  for (let number = 1; number <= count; number += 1) opened.push(await question.open(subject.sandbox, number))
  return opened
}

const oneRecord = async (options: SubjectOptions): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-record-'))
  try {
    const subject = await startSubject('bot', { ...options, stateFolder: folder })
    const [take] = await conversationsOf(subject, 1)
    await take?.()
    await take?.()
    await subject.stop()
    return await recordOf(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The bot with that many people in its file store: start, memory, and typed questions of eight people. */
const grown = async (people: number, record: string, options: SubjectOptions, turns: number): Promise<Growth> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-stored-'))
  try {
    await fill(folder, record, people)
    const subject = await startSubject('bot', { ...options, stateFolder: folder })
    try {
      const conversations = await conversationsOf(subject, Math.min(8, options.casts))
      const began = performance.now()
      await conversations[0]?.()
      const firstTurnMs = performance.now() - began
      const round = await measureRound(subject, { conversations, turns, limitMs: 20_000 })
      const { wallMs: readyMs, cpuMs: readyCpuMs } = subject.start
      return { people, readyMs, readyCpuMs, rssBytes: (await subject.usage()).rssBytes, firstTurnMs, round }
    } finally {
      await subject.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Bytes of heap for 10,000 people in a memory store of this process. */
const inMemory = async (record: string): Promise<number> => {
  const { value } = JSON.parse(record) as { value: unknown }
  const store = memoryStore()
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  for (let number = 0; number < 10_000; number += 1) await store.put(`people/${number}`, value, undefined)
  globalThis.gc?.()
  const bytes = process.memoryUsage().heapUsed - before
  await store.close()
  return bytes
}

export interface Stored {
  readonly growth: readonly Growth[]
  /** Bytes for 10,000 people: heap of the memory store; resident memory of a bot on a file store. */
  readonly perTenThousand: { readonly memory: number; readonly file: number }
}

export const measureStored = async (sizes: readonly number[], options: SubjectOptions, turns: number): Promise<Stored> => {
  const record = await oneRecord(options)
  const growth: Growth[] = []
  for (const size of sizes) growth.push(await grown(size, record, options, turns))
  const [least, most] = [growth[0], growth.at(-1)]
  const more = most && least ? most.people - least.people : 0
  const file = most && least && more > 0 ? ((most.rssBytes - least.rssBytes) / more) * 10_000 : Number.NaN
  return { growth, perTenThousand: { memory: await inMemory(record), file } }
}
