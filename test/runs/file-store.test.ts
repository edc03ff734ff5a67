/** A folder of records: what was acknowledged is on disk whatever the disk does, and damage is said, never hidden. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ClassicLevel } from 'classic-level'
import { fileStore } from '../../src/runs/file-store'
import type { Damage } from '../../src/runs/level-folder'
import { firstDamage } from '../../src/runs/level-log'
import { StoreError } from '../../src/runs/store'

const root = mkdtempSync(join(tmpdir(), 'onetenant-file-'))
let folders = 0
const folder = () => join(root, String((folders += 1)))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const logIn = (path: string): string => join(path, readdirSync(path).findLast((name) => name.endsWith('.log')) ?? 'none')

/** A folder as a killed process leaves it: all that was written is in the log. */
const killed = async (count: number, size = 100): Promise<string> => {
  const path = folder()
  const writer = `const { ClassicLevel } = require('classic-level')
    const level = new ClassicLevel(${JSON.stringify(path)})
    const text = (value) => JSON.stringify({ value, etag: 'e' + value.n, at: '2026-01-01T00:00:00.000Z' })
    ;(async () => {
      for (let n = 0; n < ${count}; n += 1) await level.put('k' + n, text({ n, filling: 'x'.repeat(${size}) }))
      process.kill(process.pid, 'SIGKILL')
    })()`
  spawnSync(process.execPath, ['-e', writer], { cwd: join(__dirname, '..', '..') })
  return path
}

const readAll = async (path: string, count: number) => {
  const damages: Damage[] = []
  const store = await fileStore(path, { onDamage: (damage) => void damages.push(damage) })
  const found = await Promise.all(Array.from({ length: count }, (_, n) => store.get(`k${n}`)))
  await store.close()
  return { damages, found: found.filter((each) => each !== undefined).length }
}

describe('from one opening to the next', () => {
  test('records are kept', async () => {
    const path = folder()
    const first = await fileStore(path)
    const etag = await first.put('a', 1, undefined)
    await first.close()
    const second = await fileStore(path)
    expect((await second.get('a'))?.etag).toBe(etag)
    await second.close()
  })

  test('nobody else can look into it, whoever could before', async () => {
    const path = folder()
    mkdirSync(path, { mode: 0o755 })
    const level = new ClassicLevel<string, string>(path)
    await level.put('a', 'x')
    await level.close()
    chmodSync(path, 0o755)
    for (const name of readdirSync(path)) chmodSync(join(path, name), 0o644)
    await (await fileStore(path)).close()
    expect((statSync(path).mode & 0o777).toString(8)).toBe('700')
  })

  test('one that is in use says so, and is left as it is', async () => {
    const path = folder()
    const store = await fileStore(path)
    const other = await fileStore(path).catch((error: unknown) => error)
    expect(other).toMatchObject({ inUse: true, message: expect.stringMatching(/^STATE_STORE: the folder .* is in use by another process\. Fix: /) })
    await store.put('a', 1, undefined)
    await store.close()
  })

  test('one that cannot be one is named', async () => {
    const path = join(root, 'a-file')
    writeFileSync(path, '')
    await expect(fileStore(path)).rejects.toThrow(`STATE_STORE: the folder ${path} cannot be opened`)
  })
})

describe('a log', () => {
  test('that a killed process left whole is read without a word', async () => {
    for (const size of [10, 1_000, 40_000]) {
      const path = await killed(20, size)
      expect(firstDamage(readFileSync(logIn(path)))).toBeUndefined()
      expect(await readAll(path, 20)).toEqual({ damages: [], found: 20 })
    }
  })

  test('that ends in the middle of a record is said, and set aside as it was', async () => {
    const path = await killed(20)
    truncateSync(logIn(path), statSync(logIn(path)).size - 30)
    const torn = readFileSync(logIn(path))
    const { damages, found } = await readAll(path, 20)
    expect([found, damages]).toStrictEqual([19, [{ aside: expect.stringMatching(/^set-aside-\d{14}-\d+\.log$/), at: expect.any(Number), bytes: torn.length }]])
    expect(readFileSync(join(path, damages[0]?.aside ?? ''))).toEqual(torn)
    // Said once.
    expect(await readAll(path, 20)).toEqual({ damages: [], found: 19 })
    expect(readdirSync(path)).toContain(damages[0]?.aside)
  })

  test.each([0.1, 0.5, 0.95])('of which a bit is flipped after %d of it is said, wherever in a record that is', async (part) => {
    const path = await killed(40, 2_000)
    const whole = readFileSync(logIn(path))
    for (let offset = 0; offset < 30; offset += 1) {
      const at = Math.floor(whole.length * part) + offset * 71
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] ?? 0) ^ 8
      expect([offset, firstDamage(flipped)]).toEqual([offset, expect.any(Number)])
      expect(firstDamage(flipped)).toBeLessThanOrEqual(at)
    }
    const damaged = Buffer.from(whole)
    damaged[Math.floor(whole.length * part)] = (damaged[Math.floor(whole.length * part)] ?? 0) ^ 8
    writeFileSync(logIn(path), damaged)
    const { damages, found } = await readAll(path, 40)
    expect(damages).toHaveLength(1)
    expect(found).toBeLessThan(40)
  })

  test('that was set aside goes when records of its day go', async () => {
    const path = folder()
    mkdirSync(path)
    writeFileSync(join(path, 'set-aside-20260101000000-000003.log'), 'x')
    await (await fileStore(path)).close()
    expect(readdirSync(path)).toContain('set-aside-20260101000000-000003.log')
    await (await fileStore(path, { keepDays: 0 })).close()
    expect(readdirSync(path)).not.toContain('set-aside-20260101000000-000003.log')
  })
})

describe('a write that fails', () => {
  // oxlint-disable-next-line typescript/unbound-method -- called on the store below
  const real = ClassicLevel.prototype.batch
  afterEach(() => void (ClassicLevel.prototype.batch = real))
  /** What becomes of the next batches, done or not. */
  const failing = (...ends: ('fails' | 'is done and fails')[]) => {
    ClassicLevel.prototype.batch = async function (this: ClassicLevel, ...given: unknown[]) {
      const end = ends.shift()
      if (end !== 'fails') await Reflect.apply(real, this, given)
      if (end !== undefined) throw new Error('IO error: 000003.log: No space left on device')
    } as typeof real
  }
  const troubles: unknown[] = []
  const open = (path: string) => {
    troubles.length = 0
    return fileStore(path, { onTrouble: (trouble) => void troubles.push(trouble) })
  }

  test('is not acknowledged; the folder is opened anew, and goes on', async () => {
    const store = await open(folder())
    const etag = await store.put('a', 1, undefined)
    failing('fails')
    await expect(store.put('a', 2, etag)).rejects.toThrow(StoreError)
    expect(troubles).toEqual([expect.objectContaining({ problem: expect.stringContaining('(No space left on device)'), setting: 'STATE_STORE' }), 'over'])
    expect((await store.get('a'))?.value).toBe(1)
    await store.put('a', 3, etag)
    expect((await store.get('a'))?.value).toBe(3)
    await store.close()
  })

  test('but got there is acknowledged', async () => {
    const store = await open(folder())
    failing('is done and fails')
    const etag = await store.put('a', 1, undefined)
    expect(await store.get('a')).toMatchObject({ value: 1, etag })
    expect(troubles).toEqual([expect.any(StoreError), 'over'])
    await store.close()
  })

  test('does not harm what is written at the same time', async () => {
    const store = await open(folder())
    failing('fails')
    const ends = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => store.put(`k${n}`, n, undefined)))
    const kept = await Promise.all(ends.map(async (_, n) => (await store.get(`k${n}`)) !== undefined))
    expect(kept).toEqual(ends.map(({ status }) => status === 'fulfilled'))
    expect(kept).toContain(true)
    expect(kept).toContain(false)
    await store.close()
  })
})

const canLimit = spawnSync('prlimit', ['--version']).status === 0
if (!canLimit) process.stderr.write('The test with a disk that is really full is skipped: there is no prlimit here.\n')

/** Writes until it is killed; says what was acknowledged and what was not. */
const program = `
  const { fileStore } = require(process.argv[1])
  ;(async () => {
    const store = await fileStore(process.argv[2], { onTrouble: (trouble) => console.log('trouble', trouble === 'over' ? 'over' : 'begins') })
    process.on('message', () => undefined)
    console.log('ready')
    for (let n = 0; ; n += 1) {
      try {
        await store.put('k' + n, { n, filling: 'x'.repeat(3000) }, undefined)
        console.log('kept', n)
      } catch (error) {
        console.log('refused', error.name)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
  })()`

;(canLimit ? test : test.skip)(
  'a disk that is full and then is not: everything acknowledged, before and after, is there after a crash',
  async () => {
    const path = folder()
    const built = join(__dirname, '..', '..', 'dist', 'runs', 'file-store.js')
    const child = spawn(process.execPath, ['-e', program, built, path], { cwd: join(__dirname, '..', '..'), stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    const said: string[] = []
    const lines = createInterface(child.stdout ?? process.stdin)
    lines.on('line', (line) => void said.push(line))
    /** Lines of this kind, from here on, until there are so many. */
    const until = async (kind: string, count: number) => {
      const from = said.length
      while (said.slice(from).filter((line) => line.startsWith(kind)).length < count) await once(lines, 'line')
    }
    const limit = (bytes: string) => spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`])

    await until('kept', 20)
    // No file may grow any more: the system refuses in the middle of a record, as a full disk does.
    limit(String(statSync(logIn(path)).size + 10_000))
    await until('refused', 3)
    limit('unlimited')
    await until('kept', 36)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const acknowledged = said.flatMap((line) => (line.startsWith('kept ') ? [line.slice(5)] : []))
    const store = await fileStore(path)
    const found = await Promise.all(acknowledged.map((n) => store.get(`k${n}`)))
    await store.close()
    expect(found.filter((each) => each === undefined)).toEqual([])
    expect(acknowledged.length).toBeGreaterThanOrEqual(56)
    expect(said).toContain('trouble begins')
    expect(said).toContain('trouble over')
  },
  60_000,
)
