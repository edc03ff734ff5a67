/** How is a log kept readable while something goes wrong all the time? One line of each kind a minute, which says how many there were. */
import type { Logger } from 'pino'

const pauseMs = 60_000

export interface Line {
  readonly level: 'warn' | 'error'
  readonly says: string
  /** Cause, setting and fix; nothing that came from outside. */
  readonly about: Readonly<Record<string, unknown>>
}

/** Writes a line of this kind, unless one was written within the minute; the next one then has `more`, the number of those left out. */
export type Seldom<K extends string> = (kind: K, line: Line) => void

/** `K` is a closed list of kinds, so that what comes from outside cannot make this grow. */
export const createSeldom = <K extends string>(log: Pick<Logger, 'warn' | 'error'>, now: () => number = () => performance.now()): Seldom<K> => {
  const kinds = new Map<K, { readonly since: number; more: number }>()
  return (kind, { level, says, about }) => {
    const last = kinds.get(kind)
    if (last && now() - last.since < pauseMs) return void (last.more += 1)
    kinds.set(kind, { since: now(), more: 0 })
    log[level]({ kind, ...about, ...(last && last.more > 0 && { more: last.more }) }, says)
  }
}
