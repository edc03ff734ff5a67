/** What if a turn could not be kept? When another instance wrote in between it is taken anew; else the apology needs to know the language. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Deadline } from '../deadline'
import { ConflictError } from '../runs/store'
import type { Language } from '../topics'

/** Nothing was kept of a turn. */
export class UnkeptError extends Error {
  constructor(
    /** Chosen by the person, or of the shared guide. */
    readonly language: Language | undefined,
    options: { readonly cause: unknown },
  ) {
    super('Nothing was kept of a turn.', options)
    this.name = 'UnkeptError'
  }
}

/** The store failed, or was silent, while a turn was written to it: nobody knows whether it was kept. */
export class UnsureError extends Error {
  constructor(options: { readonly cause: unknown }) {
    super('It is not known whether a turn was kept.', options)
    this.name = 'UnsureError'
  }
}

/** @throws ConflictError, which is sure, or UnsureError */
export const keeping = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (cause) {
    throw cause instanceof ConflictError ? cause : new UnsureError({ cause })
  }
}

/** @throws UnkeptError */
export const inLanguage = async <T>(language: Language | undefined, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (cause) {
    throw new UnkeptError(language, { cause })
  }
}

/** Those who write at once do not meet again at once. */
const mostPauseMs = 60

const isConflict = (error: unknown): boolean => error instanceof ConflictError || (error instanceof UnkeptError && error.cause instanceof ConflictError)

/** What is known is read and the turn taken anew as long as somebody else writes in between, and there is time. */
export const redoing = async <T>(work: () => Promise<T>, deadline: Deadline): Promise<T> => {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error) || deadline.remainingMs() < mostPauseMs) throw error
      await sleep(Math.random() * mostPauseMs)
    }
  }
}
