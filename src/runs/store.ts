/** What do records need of a place to live in? Four things, each of them atomic; a record is written and removed only over the version that was read. */

export interface Stored {
  /** Undefined when what stands there is no record. */
  readonly value: unknown
  readonly etag: string
  /** When it was last written, as an ISO date; of what is no record, the beginning of time. */
  readonly at: string
  /** What stands there in place of a record. */
  readonly unreadable?: string
}

/** A record that was last written before some day. */
export interface Idle {
  readonly key: string
  readonly etag: string
}

/** Each of these throws StoreError when the store cannot be used; whether a write was done is then not known. */
export interface Store {
  /** Other instances of the bot write to it as well. */
  readonly isShared?: true
  readonly get: (key: string) => Promise<Stored | undefined>
  /**
   * Writes over the version `etag` (undefined: only when there is none yet) and answers the new one. `at` counts as its time, default now.
   * @throws ConflictError when another version is there, RecordTooBigError.
   */
  readonly put: (key: string, value: unknown, etag: string | undefined, at?: Date) => Promise<string>
  /** Nothing to remove is fine. @throws ConflictError when another version is there. */
  readonly remove: (key: string, etag: string) => Promise<void>
  /** Every record last written before that, and all that cannot be read. */
  readonly idleSince: (before: Date) => AsyncIterable<Idle>
  readonly close: () => Promise<void>
}

/** Somebody wrote the record since it was read: read again and redo. */
export class ConflictError extends Error {
  constructor(readonly key: string) {
    super('The record was changed by somebody else since it was read.')
    this.name = 'ConflictError'
  }
}

/** The store cannot be used at the moment, or at all. The message names the setting, the cause and the fix, and nobody. */
export class StoreError extends Error {
  readonly setting = 'STATE_STORE'

  constructor(
    /** What is wrong, as a sentence. */
    readonly problem: string,
    readonly fix: string,
    options: ErrorOptions & { readonly inUse?: boolean },
  ) {
    super(`STATE_STORE: ${problem} Fix: ${fix}`, options)
    this.name = 'StoreError'
    this.inUse = options.inUse ?? false
  }

  /** Another process has it. */
  readonly inUse: boolean
}

/** A record that no store here takes. */
export class RecordTooBigError extends Error {
  constructor(
    readonly length: number,
    readonly most: number,
  ) {
    super(`A record of ${length} characters is too big; ${most} is the most.`)
    this.name = 'RecordTooBigError'
  }
}

/** The same for every store, so that each can be moved to another: what an entity of Azure Table Storage holds, well within its 1 MiB. */
export const mostCharacters = 400_000

/** JSON in ASCII, so that it can be cut and counted anywhere. @throws RecordTooBigError */
export const textOf = (value: unknown): string => {
  const json = JSON.stringify(value) ?? 'null'
  const text = json.replaceAll(/[\u007F-\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  if (text.length > mostCharacters) throw new RecordTooBigError(text.length, mostCharacters)
  return text
}

/** Of something that is wrong with a store, or no longer is; for the operator's log. */
export type OnTrouble = (trouble: StoreError | 'over') => void

/** Keys of what the bot keeps for itself; it never grows idle. */
export const ownPrefix = 'kept/'
