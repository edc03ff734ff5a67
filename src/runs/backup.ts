/** How is a folder of records copied into one file, while the bot may be running on it, and brought back from there? */
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { z } from 'zod'
import { closeToOthers } from './level-folder'
import { firstDamage } from './level-log'
import { StoreError } from './store'

/** The file holds one line for each record, key and text as they stand in the folder, and a last one that vouches for all of them. */
const recordSchema = z.tuple([z.string(), z.string()])
const sealSchema = z.strictObject({ records: z.int().nonnegative(), sha256: z.string() })

const ownFile = /^(?:CURRENT|MANIFEST-\d+|\d+\.(?:ldb|sst|log))$/
const mostTries = 50

/** Which files there are, and how long those that only ever grow. */
const stateOf = async (path: string): Promise<ReadonlyMap<string, number>> => {
  const names = (await readdir(path)).filter((name) => ownFile.test(name)).toSorted()
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size))
  return new Map(names.map((name, index) => [name, sizes[index] ?? 0]))
}

/** The log goes on; of the rest nothing may change while it is copied. */
const isSame = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): boolean =>
  before.size === after.size && [...before].every(([name, size]) => (name.endsWith('.log') ? after.has(name) : after.get(name) === size))

const missing = (error: unknown): boolean => Object(error).code === 'ENOENT'

/** @throws StoreError when it does not stand still, or is damaged. */
const copyFolder = async (path: string, into: string): Promise<void> => {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    await rm(into, { recursive: true, force: true })
    await mkdir(into, { mode: 0o700 })
    try {
      const before = await stateOf(path)
      for (const name of before.keys()) await copyFile(join(path, name), join(into, name))
      if (isSame(before, await stateOf(path))) return await checkLogs(into, before)
    } catch (error) {
      // A file went while it was looked at: LevelDB was just tidying up.
      if (!missing(error) || attempt === mostTries) throw error
    }
  }
  throw new StoreError(`the folder ${path} changes too fast to be copied.`, 'try again when there is less to do.', {})
}

/** What was there when the copy was begun is whole; what comes after it was being written. */
const checkLogs = async (path: string, before: ReadonlyMap<string, number>): Promise<void> => {
  for (const [name, size] of before) {
    const damage = name.endsWith('.log') ? firstDamage((await readFile(join(path, name))).subarray(0, size)) : undefined
    if (damage !== undefined && damage < size)
      throw new StoreError(`the log ${name} is damaged from byte ${damage} on.`, 'start the bot once: it says what is missing, and sets the log aside.', {})
  }
}

const sealOf = (lines: readonly string[]) => ({ records: lines.length, sha256: createHash('sha256').update(lines.join('\n')).digest('hex') })

/** Under another name until it is whole and on disk. */
const writeWhole = async (file: string, text: string): Promise<void> => {
  const part = `${file}.part`
  const handle = await open(part, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
}

/** Writes the folder's records to `file` and answers how many. @throws StoreError */
export const backUp = async (path: string, file: string): Promise<number> => {
  if (!(await readdir(path).catch((): string[] => [])).includes('CURRENT'))
    throw new StoreError(`there are no records in the folder ${path}.`, 'name the folder of STATE_STORE.', {})
  const copy = await mkdtemp(join(tmpdir(), 'onetenant-backup-'))
  try {
    await copyFolder(path, join(copy, 'records'))
    const level = new ClassicLevel<string, string>(join(copy, 'records'))
    const entries = await level.iterator().all()
    await level.close()
    const lines = entries.map((entry) => JSON.stringify(entry))
    await writeWhole(file, [...lines, JSON.stringify(sealOf(lines)), ''].join('\n'))
    return lines.length
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

const brokenBackup = (file: string, cause?: unknown): StoreError =>
  new StoreError(`${file} is not a whole backup.`, 'take another one; nothing was written.', { cause })

const readBackup = async (file: string): Promise<readonly (readonly [string, string])[]> => {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  const records = lines.slice(0, -1)
  try {
    const { records: count, sha256 } = sealSchema.parse(JSON.parse(lines.at(-1) ?? ''))
    const seal = sealOf(records)
    if (seal.records !== count || seal.sha256 !== sha256) throw brokenBackup(file)
    return records.map((line) => recordSchema.parse(JSON.parse(line)))
  } catch (error) {
    throw error instanceof StoreError ? error : brokenBackup(file, error)
  }
}

/** Brings them back into a folder where nothing is yet, and answers how many. @throws StoreError, and nothing was written then. */
export const restore = async (file: string, path: string): Promise<number> => {
  const records = await readBackup(file)
  if ((await readdir(path).catch((): string[] => [])).length > 0)
    throw new StoreError(`the folder ${path} is not empty.`, 'move it away, or name another one; what is there is not written over.', {})
  await closeToOthers(path)
  const level = new ClassicLevel<string, string>(path)
  await level.batch(
    records.map(([key, value]) => ({ type: 'put', key, value })),
    { sync: true },
  )
  await level.close()
  return records.length
}
