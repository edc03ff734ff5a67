/** The benchmark runs, on a load that is as small as can be, and tells what it left out and what got worse. No time is asserted. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bench } from '../../src/tools/bench'
import { compare, type Round } from '../../src/tools/bench/measure'
import { asPicture, asTable, worsened, type Report } from '../../src/tools/bench/report'
import { scenarios } from '../../src/tools/bench/scenarios'

test('both bots run, every scenario answers, and what is found is a table and a picture', async () => {
  const ids = scenarios.map(({ id }) => id)
  const said: string[] = []
  const report = await bench({ scenarios: ids, at: [1], rounds: 1, turns: 2, people: [], say: (line) => void said.push(line) })
  expect(report.results.map(({ scenario }) => scenario)).toEqual(ids)
  expect(said).toHaveLength(ids.length)
  for (const { compared } of report.results) {
    for (const ratio of [compared.cpu, compared.p50, compared.throughput, compared.rss]) expect(ratio.median).toBeGreaterThan(0)
    expect(compared.rounds.counted).toBe(1)
  }
  expect(report.start.bot.cpuMs).toBeGreaterThan(0)
  for (const { title } of report.results) {
    expect(asTable(report)).toContain(title)
    expect(asPicture(report)).toContain(title)
  }
  // It is its own earlier run.
  expect(worsened(report, JSON.parse(JSON.stringify(report)))).toEqual([])
}, 120_000)

const round = (change: Partial<Round> = {}): Round => ({
  turns: 10,
  failed: 0,
  throughput: 100,
  p50: 5,
  p95: 8,
  p99: 9,
  cpuPerTurn: 2,
  rssBytes: 1e8,
  others: 0,
  ...change,
})

test('rounds in which others took the cores are left out, unless there is no other', () => {
  const quiet = { bot: round({ cpuPerTurn: 4 }), echo: round() }
  const taken = { bot: round({ cpuPerTurn: 40, others: 0.6 }), echo: round() }
  expect(compare([quiet, taken, quiet])).toMatchObject({ cpu: { median: 2, least: 2, most: 2 }, rounds: { counted: 2, leftOut: 1, isBusy: false } })
  expect(compare([taken, taken])).toMatchObject({ cpu: { median: 20 }, rounds: { counted: 2, leftOut: 0, isBusy: true } })
  expect(compare([quiet, { bot: round({ cpuPerTurn: 8 }), echo: round() }]).cpu).toEqual({ median: 3, least: 2, most: 4 })
})

test.each([
  [2.2, []],
  [2.31, ['typed, 8 at a time: 2.31 times the echo, 2.00 before (+16 %).']],
  [1.2, []],
])('a ratio of 2 that becomes %d', (now, named) => {
  const resultOf = (cpu: number): Pick<Report, 'results'> => ({
    results: [{ scenario: 'question', title: 'typed', at: 8, compared: compare([{ bot: round({ cpuPerTurn: cpu * 2 }), echo: round() }]) }],
  })
  expect(worsened(resultOf(now), resultOf(2))).toEqual(named)
})

test('what is not a report is refused, and what was not measured before is not held against it', () => {
  expect(() => worsened({ results: [] }, { results: 7 })).toThrow()
  const result = { scenario: 'press', title: 'press', at: 1, compared: compare([{ bot: round(), echo: round() }]) }
  expect(worsened({ results: [result] }, { results: [] })).toEqual([])
})

test('the echo is as bare as it is said to be', () => {
  const source = readFileSync(join(__dirname, '..', '..', 'bench', 'echo.cjs'), 'utf8')
  expect(source.trim().split('\n').length).toBeLessThanOrEqual(15)
  expect(source).not.toMatch(/state|storage|console/i)
})
