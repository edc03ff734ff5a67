/** How is a folder of records opened? For one process and the owner alone; what of it is damaged is set aside before anything is left out. */
import { chmod, mkdir, readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { firstDamage } from './level-log'
import { StoreError } from './store'

export type Level = ClassicLevel<string, string>

/** A log that was damaged when the folder was opened. */
export interface Damage {
  /** Name of the file in the folder that holds it as it was. */
  readonly aside: string
  /** From there on, what it held may be missing. */
  readonly at: number
  readonly bytes: number
}

const asidePrefix = 'set-aside-'
const dayMs = 24 * 60 * 60 * 1000

/** A folder that others may look into is closed to them. Where there are no such rights, nothing happens. */
export const closeToOthers = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await chmod(path, 0o700)
  for (const name of await readdir(path)) await chmod(join(path, name), 0o600)
}

/** What was set aside goes as idle records do. */
const forgetAside = async (path: string, keepDays: number): Promise<void> => {
  for (const name of (await readdir(path)).filter((each) => each.startsWith(asidePrefix)))
    if (Date.now() - (await stat(join(path, name))).mtimeMs > keepDays * dayMs) await rm(join(path, name))
}

interface DamagedLog extends Damage {
  readonly log: Buffer
}

const damagedLogs = async (path: string): Promise<readonly DamagedLog[]> => {
  const names = (await readdir(path)).filter((each) => /^\d+\.log$/.test(each))
  const logs = await Promise.all(names.map(async (name) => ({ name, log: await readFile(join(path, name)) })))
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  return logs.flatMap(({ name, log }) => {
    const at = firstDamage(log)
    return at === undefined ? [] : [{ aside: `${asidePrefix}${time}-${name}`, at, bytes: log.length, log }]
  })
}

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined)
const isLocked = (error: unknown): boolean => Object(causeOf(error)).code === 'LEVEL_LOCKED'

/** The system's own words, which name no record; empty when there are none. */
export const systemWords = (error: unknown): string => {
  const [deepest = error] = [causeOf(error) ?? error]
  const words = deepest instanceof Error ? (deepest.message.split(': ').at(-1) ?? '') : ''
  return /^[\w ,'-]{3,60}$/.test(words) ? ` (${words})` : ''
}

/** A hosted package, an image, somebody else's folder. Of a file system that is read-only Node says that the folder to make does not exist. */
const mayNotBeWritten = (error: unknown): boolean => {
  const { code, syscall } = Object(error)
  return ['EROFS', 'EACCES', 'EPERM'].includes(code) || (code === 'ENOENT' && syscall === 'mkdir')
}
/** Where files do not stay, or cannot be. */
export const elsewhere =
  'set it to a table (https://<account>.table.core.windows.net/<table>), or to file: and a folder of a volume that this process may write.'

export const cannotOpen = (path: string, error: unknown): StoreError => {
  if (isLocked(error))
    return new StoreError(`the folder ${path} is in use by another process.`, 'stop that process, or give this one a folder of its own.', {
      cause: error,
      inUse: true,
    })
  if (mayNotBeWritten(error) || mayNotBeWritten(causeOf(error)))
    return new StoreError(`the folder ${path} cannot be made or written.`, elsewhere, { cause: error })
  return new StoreError(
    `the folder ${path} cannot be opened.${systemWords(error)}`,
    'give a folder that this process may write; if it is damaged, restore a backup (npm run restore) into an empty one.',
    { cause: error },
  )
}

/** By their numbers in Linux: what a container writes into itself, and what is memory. */
const passing = new Map([
  [0x79_4c_76_30, 'overlay'],
  [0x01_02_19_94, 'tmpfs'],
])

/** The kind of file system, when what is written there goes with the container or the machine; undefined when it stays, or nobody can tell. */
export const passingKind = async (path: string): Promise<string | undefined> => {
  try {
    return process.platform === 'linux' ? passing.get((await statfs(path)).type) : undefined
  } catch {
    return undefined
  }
}

/** @throws StoreError when another process has it, or it cannot be opened. */
export const openFolder = async (path: string, keepDays: number): Promise<{ readonly level: Level; readonly damages: readonly Damage[] }> => {
  try {
    await closeToOthers(path)
    const damaged = await damagedLogs(path)
    const level: Level = new ClassicLevel<string, string>(path)
    // LevelDB throws the log away once it has read it; who has the folder, if it is another process, goes on writing it.
    await level.open()
    for (const { aside, log } of damaged) await writeFile(join(path, aside), log, { mode: 0o600, flush: true })
    await forgetAside(path, keepDays)
    return { level, damages: damaged.map(({ aside, at, bytes }) => ({ aside, at, bytes })) }
  } catch (error) {
    throw cannotOpen(path, error)
  }
}
