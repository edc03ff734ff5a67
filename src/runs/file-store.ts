/** How are records kept in a folder, by one process? What was acknowledged is on disk: after a write that failed nothing is taken until it is proven again. */
import { createDeadline, within } from '../deadline'
import { createQueue } from '../queue'
import { openFolder, systemWords, type Damage, type Level } from './level-folder'
import { checkVersion, nextText, parseStored } from './stored-text'
import { ownPrefix, StoreError, type OnTrouble, type Store } from './store'

export interface FileStoreOptions {
  readonly now?: () => Date
  /** How long is kept what had to be set aside. */
  readonly keepDays?: number
  readonly onTrouble?: OnTrouble
  readonly onDamage?: (damage: Damage) => void
}

type Operation = { readonly type: 'put'; readonly key: string; readonly value: string } | { readonly type: 'del'; readonly key: string }

interface Waiting {
  readonly operation: Operation
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** A folder that failed is tried again when it is asked for something, and not all the time. */
const betweenTriesMs = 1_000
/** A disk that is silent for so long has failed: whether it wrote is looked up once it answers. */
const writeMs = 3_000
/** So long waits who asks while the folder is opened anew. */
const patienceMs = 2_000
const probeKey = `${ownPrefix}probe`

/** Synced, since an answer that was sent must not be forgotten by a crash right after; all that comes meanwhile goes with the next write. */
const createWriter = (write: (operations: Operation[]) => Promise<void>) => {
  let waiting: Waiting[] = []
  let isWriting = false

  const writeAll = async (): Promise<void> => {
    if (isWriting) return
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await write(batch.map(({ operation }) => operation))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isWriting = false
  }
  return (operation: Operation): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ operation, resolve, reject })
      void writeAll()
    })
}

const cannotWrite = (path: string, cause: unknown): StoreError =>
  new StoreError(
    `records cannot be written to the folder ${path}.${systemWords(cause)}`,
    'free space on its disk, or repair it; the bot goes on by itself, without a restart.',
    { cause },
  )

const patiently = async (work: Promise<void>, otherwise: StoreError): Promise<void> => {
  try {
    await within(createDeadline(patienceMs), work)
  } catch (error) {
    throw error instanceof StoreError ? error : otherwise
  }
}

/**
 * LevelDB goes on after a write that failed as if nothing was, and what it takes from then on is gone at the next start. So it is closed
 * and opened again, and has to write a word, before it is used any more.
 */
const createGuardedLevel = (level: Level, path: string, onTrouble: OnTrouble) => {
  let failure: StoreError | undefined
  let healing: Promise<void> | undefined
  let triedAt = 0

  const prove = async (): Promise<void> => {
    try {
      triedAt = performance.now()
      await level.close()
      await level.open()
      await level.put(probeKey, nextText(undefined, new Date()).text, { sync: true })
      failure = undefined
      onTrouble('over')
    } catch (error) {
      failure = cannotWrite(path, error)
      throw failure
    }
  }
  const heal = (): Promise<void> => {
    healing ??= prove().finally(() => (healing = undefined))
    return healing
  }

  /** @throws StoreError as long as it cannot be written. */
  const usable = async (): Promise<Level> => {
    if (failure && !healing && performance.now() - triedAt < betweenTriesMs) throw failure
    if (failure) await patiently(heal(), failure)
    return level
  }
  const write = createWriter(async (operations) => {
    const open = await usable()
    try {
      await within(createDeadline(writeMs), open.batch(operations, { sync: true }))
    } catch (error) {
      failure = cannotWrite(path, error)
      onTrouble(failure)
      throw failure
    }
  })
  return { usable, heal, write }
}

const read = async (level: Level, key: string): Promise<string | undefined> => {
  try {
    return await level.get(key)
  } catch (cause) {
    throw new StoreError(`a record cannot be read.${systemWords(cause)}`, 'restore a backup of the folder (npm run restore).', { cause })
  }
}

/** @throws StoreError when the folder cannot be opened, or another process has it. */
export const fileStore = async (path: string, options: FileStoreOptions = {}): Promise<Store> => {
  const { now = () => new Date(), keepDays = 365, onTrouble = () => undefined, onDamage = () => undefined } = options
  const { level, damages } = await openFolder(path, keepDays)
  for (const damage of damages) onDamage(damage)
  const { usable, heal, write } = createGuardedLevel(level, path, onTrouble)
  const oneAtATime = createQueue()

  /** A write that failed may yet have got there: what is on disk decides. */
  const writeOrFind = async (operation: Operation, key: string, wanted: string | undefined): Promise<void> => {
    try {
      await write(operation)
    } catch (failure) {
      const isThere = await heal().then(
        async () => (await read(level, key)) === wanted,
        () => false,
      )
      if (!isThere) throw failure
    }
  }

  return {
    get: async (key) => {
      const text = await read(await usable(), key)
      return text === undefined ? undefined : parseStored(text)
    },
    put: (key, value, etag, at = now()) =>
      oneAtATime(key, async () => {
        checkVersion(key, await read(await usable(), key), etag)
        const next = nextText(value, at)
        await writeOrFind({ type: 'put', key, value: next.text }, key, next.text)
        return next.etag
      }),
    remove: (key, etag) =>
      oneAtATime(key, async () => {
        const present = await read(await usable(), key)
        if (present === undefined) return
        checkVersion(key, present, etag)
        await writeOrFind({ type: 'del', key }, key, undefined)
      }),
    idleSince: async function* (before) {
      for await (const [key, text] of (await usable()).iterator()) {
        const { etag, at } = parseStored(text)
        if (new Date(at) < before) yield { key, etag }
      }
    },
    close: () => level.close(),
  }
}
