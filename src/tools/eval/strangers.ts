/** How well are people understood whose lines were never looked at? A share per writer, their mean, and the worst writer. */
import { z } from 'zod'
import { isTopic, languages, type Language } from '../../topics'
import { understand } from '../../understanding'
import { meanOf, readWriters, share, type Measured } from './writers'

const rowSchema = z.looseObject({
  text: z.string(),
  locale: z.enum(languages),
  topic: z.string(),
  /** Topics that are as good an answer. */
  also: z.array(z.string()).optional(),
})
type Row = z.infer<typeof rowSchema>

const names = ['first', 'topThree', 'atOnceOrByOnePress', 'wrong', 'refused', 'foreignAnswered'] as const
export type OpeningMeasure = (typeof names)[number]

const measuresOf = (rows: readonly Row[]): Readonly<Record<OpeningMeasure, number>> => {
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

export const measureStrangers = (folder: string): readonly Measured<OpeningMeasure>[] => {
  // A label that names no topic of today says nothing.
  const writers = readWriters(folder, rowSchema).map(({ writer, rows }) => ({ writer, rows: rows.filter(({ topic }) => topic === 'none' || isTopic(topic)) }))
  return languages.map((language: Language) => meanOf(language, writers, names, 'first', measuresOf))
}
