import { CouldNotLook } from './verdict'

/** One time limit for everything a look-up does. */
export interface Deadline {
  readonly signal: AbortSignal
  readonly remainingMs: () => number
}

export const createDeadline = (ms: number): Deadline => {
  const end = performance.now() + ms
  return { signal: AbortSignal.timeout(ms), remainingMs: () => end - performance.now() }
}

/** The work's outcome, or `timeout` as soon as the time is up, even when the work cannot be aborted. */
export const within = <T>({ signal }: Deadline, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(new CouldNotLook('timeout'))
    signal.addEventListener('abort', giveUp, { once: true })
    work.then(resolve, (error: unknown) => (signal.aborted ? giveUp() : reject(error)))
  })
