/** How much does a turn cost? Bounded rounds, the two bots in turn, in one run; rounds in which others took the cores are told apart. */
import { cpus } from 'node:os'
import type { Subject } from './subject'
import type { TakeTurn } from './scenarios'

export interface Round {
  readonly turns: number
  /** Turns without an answer, such as those on a connection that had just been closed; few, or there is no result. */
  readonly failed: number
  /** Turns a second. */
  readonly throughput: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Milliseconds of the bot's process. */
  readonly cpuPerTurn: number
  readonly rssBytes: number
  /** Share of all cores that neither the bot nor this program used, and that were not idle. */
  readonly others: number
}

const busyMs = () => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
const ownMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

export interface Load {
  /** One for each conversation that goes on at the same time. */
  readonly conversations: readonly TakeTurn[]
  /** In all; fewer when the time is up. */
  readonly turns: number
  readonly limitMs: number
}

const mostFailed = 0.1

/** @throws when more than a few answers are not good: what is measured has to work. */
export const measureRound = async ({ usage }: Subject, { conversations, turns, limitMs }: Load): Promise<Round> => {
  const latencies: number[] = []
  let left = turns
  let failed = 0
  const [before, busyBefore, ownBefore] = [await usage(), busyMs(), ownMs()]
  const began = performance.now()
  await Promise.all(
    conversations.map(async (take) => {
      while (left > 0 && performance.now() - began < limitMs) {
        left -= 1
        const start = performance.now()
        const { status, messages } = await take()
        if (status === 200 && messages.length > 0) latencies.push(performance.now() - start)
        else failed += 1
        if (failed > Math.max(1, turns * mostFailed)) throw new Error(`Turns have no answer (${status}).`)
      }
    }),
  )
  const wallMs = performance.now() - began
  const [after, busyAfter, ownAfter] = [await usage(), busyMs(), ownMs()]
  const cpuMs = after.cpuMs - before.cpuMs
  const sorted = latencies.toSorted((a, b) => a - b)
  return {
    turns: sorted.length,
    failed,
    throughput: (sorted.length / wallMs) * 1_000,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    cpuPerTurn: cpuMs / sorted.length,
    rssBytes: after.rssBytes,
    others: Math.max(0, (busyAfter - busyBefore - (ownAfter - ownBefore) - cpuMs) / (wallMs * cpus().length)),
  }
}

/** More than this of the cores was taken by others: the round says little. */
const mostTaken = 0.15

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN) + (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)) / 2
}

export interface Ratio {
  readonly median: number
  readonly least: number
  readonly most: number
}

export interface Compared {
  readonly cpu: Ratio
  readonly p50: Ratio
  readonly throughput: Ratio
  readonly rss: Ratio
  /** Medians of the rounds that count. */
  readonly bot: Omit<Round, 'turns' | 'failed' | 'others'>
  readonly echo: Omit<Round, 'turns' | 'failed' | 'others'>
  readonly rounds: { readonly counted: number; readonly leftOut: number; /** None was quiet, so all were counted. */ readonly isBusy: boolean }
}

export interface Pair {
  readonly bot: Round
  readonly echo: Round
}

const ratioOf = (pairs: readonly Pair[], of: (round: Round) => number): Ratio => {
  const ratios = pairs.map(({ bot, echo }) => of(bot) / of(echo))
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) }
}

const mediansOf = (rounds: readonly Round[]) => {
  const of = (value: (round: Round) => number) => median(rounds.map(value))
  return {
    throughput: of((r) => r.throughput),
    p50: of((r) => r.p50),
    p95: of((r) => r.p95),
    p99: of((r) => r.p99),
    cpuPerTurn: of((r) => r.cpuPerTurn),
    rssBytes: of((r) => r.rssBytes),
  }
}

/** Pairs of rounds that followed each other. Where others were busy in all of them, all are counted, and it is said. */
export const compare = (pairs: readonly Pair[]): Compared => {
  const quiet = pairs.filter(({ bot, echo }) => bot.others <= mostTaken && echo.others <= mostTaken)
  const counted = quiet.length > 0 ? quiet : pairs
  return {
    cpu: ratioOf(counted, ({ cpuPerTurn }) => cpuPerTurn),
    p50: ratioOf(counted, ({ p50 }) => p50),
    throughput: ratioOf(counted, ({ throughput }) => throughput),
    rss: ratioOf(counted, ({ rssBytes }) => rssBytes),
    bot: mediansOf(counted.map(({ bot }) => bot)),
    echo: mediansOf(counted.map(({ echo }) => echo)),
    rounds: { counted: counted.length, leftOut: pairs.length - counted.length, isBusy: quiet.length === 0 },
  }
}
