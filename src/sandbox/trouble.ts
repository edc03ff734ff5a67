import type { CloudResponse } from './http'

/** What befalls a call instead of its work. `hang`: no answer at all. */
export type Trouble = { readonly status: number; readonly code: string; readonly retryAfterSeconds?: number } | 'hang'

export interface Troubles {
  /** The next `times` calls (default 1; `Infinity` until `recover`) get into this trouble. */
  readonly fail: (trouble: Trouble, times?: number) => void
  readonly recover: () => void
  /** The answer to the present call when it is in trouble, else undefined. */
  readonly next: () => CloudResponse | Promise<CloudResponse> | undefined
}

const never = () => new Promise<never>(() => {})

const answerOf = (trouble: Trouble): CloudResponse | Promise<CloudResponse> => {
  if (trouble === 'hang') return never()
  const { status, code, retryAfterSeconds } = trouble
  const headers: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  return { status, headers, body: { error: { code, message: 'The sandbox was told to answer so.' } } }
}

/** Troubles wait in line; each call takes one. */
export const createTroubles = (): Troubles => {
  let waiting: { readonly trouble: Trouble; left: number }[] = []
  return {
    fail: (trouble, times = 1) => void waiting.push({ trouble, left: times }),
    recover: () => void (waiting = []),
    next: () => {
      const first = waiting[0]
      if (!first) return undefined
      first.left -= 1
      if (first.left <= 0) waiting.shift()
      return answerOf(first.trouble)
    },
  }
}
