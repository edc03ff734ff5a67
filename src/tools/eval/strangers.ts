/** How well are people understood whose lines were never looked at? A share per writer, their mean, and the worst writer. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { z } from 'zod'
import { isTopic, languages, type Language } from '../../topics'
import { understand } from '../../understanding'

const rowSchema = z.looseObject({
  text: z.string(),
  locale: z.enum(languages),
  topic: z.string(),
  /** Topics that are as good an answer. */
  also: z.array(z.string()).optional(),
})
type Row = z.infer<typeof rowSchema>

/** Shares, 0..1. */
const measures = ['first', 'topThree', 'atOnceOrByOnePress', 'wrong', 'refused', 'foreignAnswered'] as const
type Shares = Readonly<Record<(typeof measures)[number], number>>

export interface Strangers {
  readonly language: Language
  readonly writers: number
  readonly lines: number
  readonly mean: Shares
  readonly worst: { readonly writer: string; readonly first: number }
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

const sharesOf = (rows: readonly Row[]): Shares => {
  const judged = rows.map(({ text, topic, also = [] }) => {
    const { decision, candidates } = understand(text)
    const isRight = (offered: string | undefined) => offered !== undefined && [topic, ...also].includes(offered)
    const offered = candidates.map((each) => each.topic)
    return { topic, decision, first: isRight(offered[0]), topThree: offered.slice(0, 3).some(isRight) }
  })
  const own = judged.filter(({ topic }) => topic !== 'none')
  const foreign = judged.filter(({ topic }) => topic === 'none')
  const of = (holds: (each: (typeof own)[number]) => boolean) => share(own.filter(holds).length, own.length)
  return {
    first: of((each) => each.first),
    topThree: of((each) => each.topThree),
    atOnceOrByOnePress: of(({ decision, first, topThree }) => (decision === 'answer' && first) || (decision === 'ask' && topThree)),
    wrong: of(({ decision, first }) => decision === 'answer' && !first),
    refused: of(({ decision }) => decision === 'reject'),
    foreignAnswered: share(foreign.filter(({ decision }) => decision === 'answer').length, foreign.length),
  }
}

const readWriters = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .toSorted()
    .map((file) => ({
      writer: parse(file).name,
      rows: readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => rowSchema.parse(JSON.parse(line)))
        // A label that names no topic of today says nothing.
        .filter(({ topic }) => topic === 'none' || isTopic(topic)),
    }))

export const measureStrangers = (folder: string): readonly Strangers[] => {
  const writers = readWriters(folder)
  return languages.map((language) => {
    const each = writers.map(({ writer, rows }) => {
      const own = rows.filter(({ locale }) => locale === language)
      return { writer, lines: own.length, shares: sharesOf(own) }
    })
    const mean = Object.fromEntries(
      measures.map((name) => [
        name,
        share(
          each.reduce((sum, { shares }) => sum + shares[name], 0),
          each.length,
        ),
      ]),
    ) as Shares
    const [worst] = each.toSorted((a, b) => a.shares.first - b.shares.first)
    return {
      language,
      writers: each.length,
      lines: each.reduce((sum, { lines }) => sum + lines, 0),
      mean,
      worst: { writer: worst?.writer ?? '', first: worst?.shares.first ?? 0 },
    }
  })
}
