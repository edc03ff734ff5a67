/** What a benchmark found, as a table, as an SVG, and held against an earlier one. */
import { z } from 'zod'
import type { Compared, Ratio } from './measure'
import type { Stored } from './stored'

export interface Result {
  /** e.g. `question`. */
  readonly scenario: string
  readonly title: string
  /** Conversations at a time. */
  readonly at: number
  readonly compared: Compared
}

export interface Report {
  readonly at: string
  readonly machine: string
  readonly node: string
  readonly start: { readonly bot: StartUp; readonly echo: StartUp }
  readonly results: readonly Result[]
  readonly stored: Stored | undefined
}

export interface StartUp {
  readonly wallMs: number
  readonly cpuMs: number
  readonly rssBytes: number
}

const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
const times = ({ median, least, most }: Ratio) => `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`

const row = (cells: readonly string[], widths: readonly number[]) =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')

const table = (lines: readonly (readonly string[])[]): string => {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((cells) => (cells[at] ?? '').length)))
  return lines.map((cells) => row(cells, widths)).join('\n')
}

const head = ['bot / echo', 'at a time', 'CPU', 'p50', 'throughput', 'resident', 'CPU ms/turn', 'p50/p95/p99 ms', 'turns/s', 'rounds']

const lineOf = ({ title, at, compared: { cpu, p50, throughput, rss, bot, rounds } }: Result) => [
  title,
  String(at),
  times(cpu),
  times(p50),
  times(throughput),
  times(rss),
  bot.cpuPerTurn.toFixed(2),
  [bot.p50, bot.p95, bot.p99].map((ms) => ms.toFixed(0)).join('/'),
  bot.throughput.toFixed(0),
  `${rounds.counted}${rounds.leftOut > 0 ? `, ${rounds.leftOut} left out` : ''}${rounds.isBusy ? ', others busy' : ''}`,
]

const startLine = (name: string, { wallMs, cpuMs, rssBytes }: StartUp) => [name, wallMs.toFixed(0), cpuMs.toFixed(0), mib(rssBytes)]

const storedTable = ({ growth, perTenThousand }: Stored): string => {
  const lines = growth.map(({ people, readyMs, readyCpuMs, rssBytes, firstTurnMs, round }) => [
    people.toLocaleString('en'),
    readyMs.toFixed(0),
    readyCpuMs.toFixed(0),
    mib(rssBytes),
    firstTurnMs.toFixed(0),
    round.cpuPerTurn.toFixed(2),
  ])
  return `${table([['people stored', 'ready ms', 'CPU ms', 'resident MiB', 'first turn ms', 'CPU ms/turn'], ...lines])}
10,000 people: ${mib(perTenThousand.memory)} MiB of heap in a memory store, ${mib(perTenThousand.file)} MiB resident on a file store.`
}

export const asTable = ({ results, start, stored, machine, node, at }: Report): string =>
  [
    `${at}, ${machine}, Node ${node}. Ratios to the echo: median (least–most) of the rounds that count.`,
    table([head, ...results.map(lineOf)]),
    table([['start', 'ready ms', 'CPU ms', 'resident MiB'], startLine('bot', start.bot), startLine('echo', start.echo)]),
    ...(stored ? [storedTable(stored)] : []),
  ].join('\n\n')

const [left, barHeight, unit] = [330, 16, 120]

/** CPU per turn as a multiple of the echo's, whose own is the line at 1. */
export const asPicture = ({ results, at, machine }: Report): string => {
  const bars = results.map(({ title, at: many, compared: { cpu } }, index) => {
    const y = 60 + index * (barHeight + 6)
    const x = (value: number) => left + Math.min(value, 8) * unit
    return `<text x="${left - 8}" y="${y + 12}" text-anchor="end">${title}, ${many} at a time</text><rect x="${left}" y="${y}" width="${x(cpu.median) - left}" height="${barHeight}" fill="#3F45A6"/><line x1="${x(cpu.least)}" x2="${x(cpu.most)}" y1="${y + barHeight / 2}" y2="${y + barHeight / 2}" stroke="#c42b1c" stroke-width="2"/><text x="${x(cpu.most) + 6}" y="${y + 12}">${cpu.median.toFixed(2)}</text>`
  })
  const height = 80 + results.length * (barHeight + 6)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + 8 * unit + 60} ${height}" font-family="sans-serif" font-size="11">
<title>CPU per turn, as a multiple of a bare echo</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="12" y="24" font-size="15">CPU per turn, as a multiple of a bare echo (line: 1). ${at.slice(0, 10)}, ${machine}</text>
${bars.join('\n')}
<line x1="${left + unit}" x2="${left + unit}" y1="50" y2="${height - 14}" stroke="#107c60" stroke-width="1.5"/>
</svg>
`
}

const earlier = z.object({
  results: z.array(z.object({ scenario: z.string(), at: z.number(), compared: z.object({ cpu: z.object({ median: z.number() }) }) })),
})

/** A ratio may get worse by so much before it is named. */
const mostWorse = 1.15

/** Lines naming the ratios that got worse. @throws when `last` is no report. */
export const worsened = ({ results }: Pick<Report, 'results'>, last: unknown): readonly string[] => {
  const before = earlier.parse(last).results
  return results.flatMap(({ scenario, title, at, compared: { cpu } }) => {
    const then = before.find((each) => each.scenario === scenario && each.at === at)?.compared.cpu.median
    if (then === undefined || cpu.median <= then * mostWorse) return []
    return [`${title}, ${at} at a time: ${cpu.median.toFixed(2)} times the echo, ${then.toFixed(2)} before (+${((cpu.median / then - 1) * 100).toFixed(0)} %).`]
  })
}
