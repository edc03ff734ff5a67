/** How much time is left? One limit for everything that is done under it, whether or not it can be stopped. */
import { setMaxListeners } from 'node:events'

export interface Deadline {
  readonly signal: AbortSignal
  readonly remainingMs: () => number
}

/** The work was not done in time; it may still end, unheard. */
export class TimeUpError extends Error {
  constructor() {
    super('The time for this was up.')
    this.name = 'TimeUpError'
  }
}

export const createDeadline = (ms: number): Deadline => {
  const end = performance.now() + ms
  const signal = AbortSignal.timeout(Math.max(0, Math.round(ms)))
  // One turn waits for more things at a time than Node expects listeners.
  setMaxListeners(0, signal)
  return { signal, remainingMs: () => Math.max(0, end - performance.now()) }
}

/** A part of it that ends earlier, so that something can still be done afterwards. */
export const endingBefore = (deadline: Deadline, reserveMs: number): Deadline => createDeadline(deadline.remainingMs() - reserveMs)

/** The work's outcome, or TimeUpError as soon as the time is up. */
export const within = <T>({ signal }: Deadline, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(new TimeUpError())
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
