/**
 * What do people find good, bad or missing? `npm run insight` prints what the bot counted, build by build: thumbs and what was ticked
 * beside them, "that was wrong" in words, and what the questions were nearest to that it did not understand. `--json` prints it for programs.
 *
 * A bot that runs on the folder is not disturbed: a copy of it is read. Exit code: 0 printed, 1 it cannot be read, 2 a setting is missing
 * or malformed.
 */
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { config as loadEnv } from 'dotenv'
import { ConfigError, readConfig, type Config } from '../config'
import { readCounts, type Count, type OfBuild } from '../insight/counts'
import { openStore } from '../open-store'
import { fileStore } from '../runs/file-store'
import { StoreError, type Store } from '../runs/store'

const mostTries = 3

/** The running bot may tidy up its files while they are copied; then they are copied once more. */
const readCopy = async (path: string): Promise<readonly OfBuild[]> => {
  for (let attempt = 1; ; attempt += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'onetenant-insight-'))
    try {
      await cp(path, folder, { recursive: true, filter: (source) => basename(source) !== 'LOCK' })
      return await readFrom(await fileStore(folder))
    } catch (error) {
      if (attempt >= mostTries) throw error
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

const readFrom = async (store: Store): Promise<readonly OfBuild[]> => {
  try {
    return await readCounts(store)
  } finally {
    await store.close()
  }
}

/** Nothing is made where there is nothing. */
const readFolder = async (path: string): Promise<readonly OfBuild[]> => {
  if (!existsSync(path)) return []
  try {
    return await readFrom(await fileStore(path))
  } catch (error) {
    // Mostly because a bot has it open.
    if (error instanceof StoreError) return readCopy(path)
    throw error
  }
}

const headings: Readonly<Record<Count['kind'], string>> = {
  up: 'Thumbs up',
  down: 'Thumbs down',
  'said-wrong': '“That was wrong”, in words',
  'not-sure': 'Not understood, by what the question was nearest to',
}

const where = ({ topic, step, passage, reason, confidence }: Count): string =>
  [
    passage || topic || 'nothing in particular',
    step && `at ${step}`,
    reason && `ticked: ${reason}`,
    confidence && `${Math.round(Number(confidence) * 100)} % sure`,
  ]
    .filter(Boolean)
    .join(', ')

const section = (counts: readonly Count[], kind: Count['kind']): readonly string[] => {
  const rows = counts.filter((each) => each.kind === kind).toSorted((a, b) => b.count - a.count || where(a).localeCompare(where(b)))
  if (rows.length === 0) return []
  const total = rows.filter(({ reason }) => reason === '').reduce((sum, { count }) => sum + count, 0)
  return [`  ${headings[kind]}: ${total}`, ...rows.map((row) => `  ${String(row.count).padStart(6)}  ${where(row)}`)]
}

/** For people. */
export const reportOf = (builds: readonly OfBuild[]): string => {
  if (builds.length === 0) return 'Nothing has been counted yet.'
  return builds
    .map(({ build, counts, comments }) =>
      [
        `Build ${build}`,
        ...(['up', 'down', 'said-wrong', 'not-sure'] as const).flatMap((kind) => section(counts, kind)),
        ...(comments.length > 0
          ? [
              '  Comments',
              ...comments.map(({ at, kind, topic, step, text }) => `  ${at.slice(0, 10)}  ${[kind, topic, step].filter(Boolean).join(' ')}: ${text}`),
            ]
          : []),
      ].join('\n'),
    )
    .join('\n\n')
}

interface Output {
  readonly out: (text: string) => void
  readonly say: (text: string) => void
}

/** @returns the exit code. */
export const run = async (environment: Readonly<Record<string, string | undefined>>, asJson: boolean, { out, say }: Output): Promise<0 | 1 | 2> => {
  let config: Config
  try {
    config = readConfig(environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    say(error.message)
    return 2
  }
  if (config.store.kind === 'memory') {
    say('STATE_STORE: memory: keeps nothing that could be read from outside. Fix: use file: with a folder.')
    return 1
  }
  try {
    const builds = config.store.kind === 'file' ? await readFolder(config.store.path) : await readFrom(await openStore(config))
    out(asJson ? JSON.stringify(builds) : reportOf(builds))
    return 0
  } catch (error) {
    say(`STATE_STORE: the counts cannot be read. ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

const main = async () => {
  loadEnv({ quiet: true })
  process.exitCode = await run(process.env, process.argv.includes('--json'), {
    out: (text) => void process.stdout.write(`${text}\n`),
    say: (text) => void process.stderr.write(`${text}\n`),
  })
}

if (require.main === module) void main()
