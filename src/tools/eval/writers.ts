/** What did each of several writers come to, and all of them together? Writers count, not lines: those of one person are alike. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import type { z } from 'zod'
import type { Language } from '../../topics'

export interface Writer<Row> {
  readonly writer: string
  readonly rows: readonly Row[]
}

export const readWriters = <Row>(folder: string, schema: z.ZodType<Row>): readonly Writer<Row>[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .toSorted()
    .map((file) => ({
      writer: parse(file).name,
      rows: readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => schema.parse(JSON.parse(line))),
    }))

/** Shares, 0..1. `interval`: half the width of the 95 % interval of the first measure, over writers. */
export interface Measured<Name extends string> {
  readonly language: Language
  readonly writers: number
  readonly lines: number
  readonly mean: Readonly<Record<Name, number>>
  readonly interval: number
  readonly worst: { readonly writer: string; readonly share: number }
}

export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

const average = (values: readonly number[]): number =>
  share(
    values.reduce((sum, each) => sum + each, 0),
    values.length,
  )

/** Normal; with sixteen writers the difference to Student's is a tenth of it. */
const halfWidth = (values: readonly number[]): number => {
  const mean = average(values)
  const variance = share(
    values.reduce((sum, each) => sum + (each - mean) ** 2, 0),
    values.length - 1,
  )
  return 1.96 * Math.sqrt(share(variance, values.length))
}

/** @param first measure, by which the worst writer is found. */
export const meanOf = <Row extends { readonly locale: Language }, Name extends string>(
  language: Language,
  writers: readonly Writer<Row>[],
  names: readonly Name[],
  first: Name,
  measuresOf: (rows: readonly Row[]) => Readonly<Record<Name, number>>,
): Measured<Name> => {
  const each = writers
    .map(({ writer, rows }) => ({ writer, rows: rows.filter(({ locale }) => locale === language) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ writer, rows }) => ({ writer, lines: rows.length, shares: measuresOf(rows) }))
  const worst = each.toSorted((a, b) => a.shares[first] - b.shares[first])[0]
  return {
    language,
    writers: each.length,
    lines: each.reduce((sum, { lines }) => sum + lines, 0),
    mean: Object.fromEntries(names.map((name) => [name, average(each.map(({ shares }) => shares[name]))])) as Record<Name, number>,
    interval: halfWidth(each.map(({ shares }) => shares[first])),
    worst: { writer: worst?.writer ?? '', share: worst?.shares[first] ?? 0 },
  }
}
