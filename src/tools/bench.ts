/**
 * How much does a turn cost, as a multiple of a bare echo of the SDK? `npm run bench`: both run in one go, in turn, on loopback, with the
 * same authentication and connector. Every load is bounded and ends by itself.
 *
 *   npm run bench -- [--scenario question,press] [--at 1,8,64] [--rounds 5] [--turns 120] [--people 10,1000,100000] [--out folder] [--compare last.json]
 *
 * Writes bench.json and bench.svg into `--out` (default bench/out). Exit code 1: a ratio got worse than in `--compare` by more than 15 %.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compare, measureRound, type Pair, type Round } from './bench/measure'
import { asPicture, asTable, worsened, type Report, type Result } from './bench/report'
import { echoed, scenarios, type Scenario, type TakeTurn } from './bench/scenarios'
import { measureStored } from './bench/stored'
import { startSubject, type Subject } from './bench/subject'

const root = join(__dirname, '..', '..')
const graphMs = 30
const limitMs = 15_000

export interface BenchOptions {
  readonly scenarios: readonly string[]
  /** Conversations at a time. */
  readonly at: readonly number[]
  readonly rounds: number
  readonly turns: number
  /** Sizes of the store; none: it is not looked at. */
  readonly people: readonly number[]
  readonly say: (line: string) => void
}

const openAll = async ({ open }: Scenario, { sandbox }: Subject, count: number): Promise<readonly TakeTurn[]> => {
  const opened: TakeTurn[] = []
  for (let number = 1; number <= count; number += 1) opened.push(await open(sandbox, number))
  return opened
}

/** The bot and the echo in turn; the first round of each warms up and is not counted. */
const measurePairs = async (bot: Subject, echo: Subject, scenario: Scenario, at: number, { rounds, turns }: BenchOptions): Promise<readonly Pair[]> => {
  const [ofBot, ofEcho] = [await openAll(scenario, bot, at), await openAll(echoed, echo, at)]
  const load = { turns: Math.max(turns, at), limitMs }
  const roundOf = (subject: Subject, conversations: readonly TakeTurn[]): Promise<Round> => measureRound(subject, { ...load, conversations })
  const pairs: Pair[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const pair = { bot: await roundOf(bot, ofBot), echo: await roundOf(echo, ofEcho) }
    if (round > 0) pairs.push(pair)
  }
  return pairs
}

const measureAll = async (bot: Subject, echo: Subject, options: BenchOptions): Promise<readonly Result[]> => {
  const results: Result[] = []
  for (const scenario of scenarios.filter(({ id }) => options.scenarios.includes(id)))
    for (const at of options.at) {
      const compared = compare(await measurePairs(bot, echo, scenario, at, options))
      results.push({ scenario: scenario.id, title: scenario.title, at, compared })
      options.say(`${scenario.title}, ${at} at a time: ${compared.cpu.median.toFixed(2)} times the CPU of the echo`)
    }
  return results
}

/** What was measured before is not lost over it. */
const storedOrNothing = async ({ people, turns, say }: BenchOptions) => {
  try {
    return await measureStored(people, { casts: 8, graphMs }, turns)
  } catch (error) {
    say(`People stored: not measured. ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/** Runs it all. What was started has ended when this resolves. */
export const bench = async (options: BenchOptions): Promise<Report> => {
  const subjectOptions = { casts: Math.max(...options.at), graphMs }
  const bot = await startSubject('bot', subjectOptions)
  try {
    const echo = await startSubject('echo', subjectOptions)
    try {
      const results = await measureAll(bot, echo, options)
      const stored = options.people.length > 0 ? await storedOrNothing(options) : undefined
      const [model = 'unknown'] = cpus().map((cpu) => cpu.model.trim())
      return {
        at: new Date().toISOString(),
        machine: `${cpus().length} × ${model}`,
        node: process.version,
        start: { bot: bot.start, echo: echo.start },
        results,
        stored,
      }
    } finally {
      await echo.stop()
    }
  } finally {
    await bot.stop()
  }
}

const numbers = (text: string) => text.split(',').filter(Boolean).map(Number)

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string', default: scenarios.map(({ id }) => id).join() },
      at: { type: 'string', default: '1,8,64' },
      rounds: { type: 'string', default: '5' },
      turns: { type: 'string', default: '120' },
      people: { type: 'string', default: '10,1000,100000' },
      out: { type: 'string', default: join(root, 'bench', 'out') },
      compare: { type: 'string' },
    },
  })
  return {
    ...values,
    scenarios: values.scenario.split(','),
    at: numbers(values.at),
    rounds: Number(values.rounds),
    turns: Number(values.turns),
    people: numbers(values.people),
  }
}

const main = async () => {
  const { out, compare: last, ...options } = readOptions()
  const report = await bench({ ...options, say: (line) => void process.stderr.write(`${line}\n`) })
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'bench.json'), `${JSON.stringify(report, undefined, 2)}\n`)
  writeFileSync(join(out, 'bench.svg'), asPicture(report))
  process.stdout.write(`${asTable(report)}\n`)
  if (last === undefined) return
  const worse = worsened(report, JSON.parse(readFileSync(last, 'utf8')))
  process.stdout.write(worse.length === 0 ? '\nNothing got worse by more than 15 %.\n' : `\nGot worse:\n${worse.join('\n')}\n`)
  if (worse.length > 0) process.exitCode = 1
}

if (require.main === module) void main()
