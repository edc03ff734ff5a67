/** Can the bot do its work? Checks run by themselves; whoever asks is told what they found last, and waits for nothing. */
import type { Logger } from 'pino'
import { usable } from '../telemetry/instruments'

/** What is wrong, for the operator. */
export interface Trouble {
  readonly setting: string
  readonly seen: string
  readonly fix: string
}

/** `unknown`: it could not be found out, so that what was found last holds for a while. */
export type Found = { readonly kind: 'fine' } | { readonly kind: 'broken'; readonly trouble: Trouble } | { readonly kind: 'unknown'; readonly trouble: Trouble }

export interface Check {
  /** One of a closed list; a label of a number in `/metrics`. */
  readonly name: string
  /** The setting that decides about it. */
  readonly setting: string
  /** Nobody can be answered without it. Otherwise the bot does less, and stays ready. */
  readonly isVital: boolean
  /** Pause after it was fine; anything else is looked at again sooner. */
  readonly everyMs: number
  /** Pause before the first time. */
  readonly firstMs?: number
  /** What throws, or takes too long, is unknown. */
  readonly look: () => Promise<Found>
}

export const fine: Found = { kind: 'fine' }
export const broken = (setting: string, seen: string, fix: string): Found => ({ kind: 'broken', trouble: { setting, seen, fix } })
export const unknown = (setting: string, seen: string, fix: string): Found => ({ kind: 'unknown', trouble: { setting, seen, fix } })

export interface Readiness {
  readonly start: () => void
  /** `isReady` is false as long as a vital check never was fine, and once it found something broken. */
  readonly state: () => { readonly isReady: boolean; readonly problems: readonly string[] }
  /** From now on not ready, and nothing is looked at any more; resolves when what is under way has ended, or will not soon. */
  readonly drain: () => Promise<void>
}

/** Pause after the first time that is not fine; it doubles up to the longest. */
const againMs = 1_000
const longestAgainMs = 30_000
const limitMs = 8_000
const drainMs = 1_000
/** As long as a token lives at least: what was fine is used until then. */
const holdsMs = 45 * 60_000

interface Known {
  readonly found: Found | undefined
  /** When it was fine for the last time, by `performance.now`. */
  readonly fineAt: number | undefined
  /** Times in a row that it was not fine. */
  readonly misses: number
}

const nothingYet: Known = { found: undefined, fineAt: undefined, misses: 0 }

const pauseAfter = ({ everyMs }: Check, misses: number): number => (misses === 0 ? everyMs : Math.min(againMs * 2 ** (misses - 1), longestAgainMs, everyMs))

const lookInTime = async ({ name, setting, look }: Check): Promise<Found> => {
  const silence = unknown(setting, `The check “${name}” has no answer in ${limitMs / 1000} s.`, 'See whether what it asks can be reached from here.')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Found>((resolve) => (timer = setTimeout(() => resolve(silence), limitMs).unref()))
  try {
    return await Promise.race([look(), late])
  } catch (error) {
    const code = error instanceof Error ? error.name : typeof error
    return unknown(setting, `The check “${name}” failed (${code}).`, 'Report it if it stays.')
  } finally {
    clearTimeout(timer)
  }
}

/** What counts: unknown is fine while it was fine not long ago. */
const troubleOf = ({ found, fineAt }: Known, { name, setting }: Check): Trouble | undefined => {
  if (found === undefined) return { setting, seen: `The check “${name}” has not been made yet.`, fix: 'Wait a moment.' }
  if (found.kind === 'fine') return undefined
  return found.kind === 'unknown' && fineAt !== undefined && performance.now() - fineAt < holdsMs ? undefined : found.trouble
}

const lineOf = ({ setting, seen, fix }: Trouble) => `${setting}: ${seen} Fix: ${fix}`

export const createReadiness = (checks: readonly Check[], log: Logger): Readiness => {
  const known = new Map<Check, Known>(checks.map((check) => [check, nothingYet]))
  const timers = new Map<Check, NodeJS.Timeout>()
  const underWay = new Set<Promise<void>>()
  let isDraining = false
  const knownOf = (check: Check) => known.get(check) ?? nothingYet

  /** One line when it changes, not one each time. */
  const tell = (check: Check, before: Known, found: Found): void => {
    const [was, is] = [before.found?.kind, found.kind]
    if (was === is) return
    if (found.kind === 'fine') {
      if (was !== undefined) log.info({ check: check.name }, 'a check is fine again')
      return
    }
    const { setting, seen, fix } = found.trouble
    const level = check.isVital && troubleOf(knownOf(check), check) ? 'error' : 'warn'
    log[level]({ check: check.name, setting, cause: seen, fix }, check.isVital ? 'a check that the bot cannot do without is not fine' : 'a check is not fine')
  }

  const look = async (check: Check): Promise<void> => {
    const before = knownOf(check)
    const found = await lookInTime(check)
    if (isDraining) return
    const isFine = found.kind === 'fine'
    const misses = isFine ? 0 : before.misses + 1
    known.set(check, { found, fineAt: isFine ? performance.now() : before.fineAt, misses })
    usable(isFine ? 1 : 0, { 'onetenant.check': check.name })
    tell(check, before, found)
    plan(check, pauseAfter(check, misses))
  }
  const plan = (check: Check, ms: number) => void timers.set(check, setTimeout(() => begin(check), ms).unref())
  const begin = (check: Check): void => {
    const looking = look(check).finally(() => underWay.delete(looking))
    underWay.add(looking)
  }

  return {
    start: () => {
      for (const check of checks) {
        if (check.firstMs === undefined) begin(check)
        else plan(check, check.firstMs)
      }
    },
    state: () => {
      if (isDraining) return { isReady: false, problems: ['The process is stopping.'] }
      const open = checks.flatMap((check) => {
        // What only adds something is no problem before it was looked at.
        if (!check.isVital && knownOf(check).found === undefined) return []
        const trouble = troubleOf(knownOf(check), check)
        return trouble ? [{ check, trouble }] : []
      })
      return { isReady: open.every(({ check }) => !check.isVital), problems: open.map(({ trouble }) => lineOf(trouble)) }
    },
    drain: async () => {
      isDraining = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.race([Promise.all(underWay), new Promise((resolve) => setTimeout(resolve, drainMs).unref())])
    },
  }
}
