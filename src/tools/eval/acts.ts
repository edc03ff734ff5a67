/** Are the acts of strangers read as they meant them, each in its situation? And is nothing lost that nobody asked to lose? */
import { resolve } from 'node:path'
import { z } from 'zod'
import { languages, type Language } from '../../topics'
import { destructiveActs } from '../../understanding/act'
import { actNames } from '../../understanding/act-names'
import { interpret, type Reading } from '../../understanding/interpret'
import { scenes, situationOfScene } from '../../understanding/situation'
import { mainAct } from '../../turn/acted'
import { meanOf, readWriters, share, type Measured } from './writers'

const rowSchema = z.looseObject({
  situation: z.enum(scenes),
  text: z.string(),
  locale: z.enum(languages),
  acts: z.array(z.enum(actNames)).min(1),
  /** As good a reading of the main one. */
  also: z.array(z.enum(actNames)).optional(),
})
type Row = z.infer<typeof rowSchema>

const names = ['main', 'exact', 'falselyDestructive'] as const
export type ActMeasure = (typeof names)[number]

/** Read otherwise, and answered the same way. */
const isAsGood = (meant: string, { acts, understanding }: Reading, read: string): boolean => {
  if (meant === read) return true
  // What is more than a bare answer is taken as told.
  if (meant === 'answer') return read === 'tell' && acts.some(({ act }) => act === 'tell')
  if (meant === 'none' && read === 'ask') return understanding.decision === 'reject'
  return meant === 'ask' && read === 'none' && understanding.decision !== 'reject'
}

const judge = ({ situation, text, acts, also = [] }: Row) => {
  const reading = interpret(text, situationOfScene(situation))
  const main = mainAct(reading)?.act ?? 'none'
  const read = reading.acts.map(({ act }) => act)
  return {
    main: [...acts, ...also].some((meant) => isAsGood(meant, reading, main)),
    exact: acts.length === read.length && acts.every((meant) => read.some((each) => isAsGood(meant, reading, each))),
    falselyDestructive: read.some((act) => destructiveActs.some((each) => each === act) && ![...acts, ...also].some((meant) => meant === act)),
  }
}

const measuresOf = (rows: readonly Row[]): Readonly<Record<ActMeasure, number>> => {
  const judged = rows.map(judge)
  const of = (name: ActMeasure) => share(judged.filter((each) => each[name]).length, judged.length)
  return { main: of('main'), exact: of('exact'), falselyDestructive: of('falselyDestructive') }
}

export const measureActs = (folder: string): readonly Measured<ActMeasure>[] => {
  const writers = readWriters(folder, rowSchema)
  return languages.map((language: Language) => meanOf(language, writers, names, 'main', measuresOf))
}

const openings = resolve(__dirname, '../../../src/guides/openings')
const openingSchema = z.looseObject({ text: z.string(), locale: z.enum(languages), topic: z.string() })
/** Labels under which people may ask to leave, to begin again, or to be forgotten. */
const mayLose: readonly string[] = ['cancel', 'restart', 'privacy', 'control', 'sign-out', 'feedback', 'help']

/** First messages said at a step, where each falsely destructive one would cost the place. */
export const countDestructive = (): { readonly lines: number; readonly done: number } => {
  const rows = readWriters(openings, openingSchema).flatMap((writer) => writer.rows.filter(({ topic }) => !mayLose.includes(topic)))
  const done = rows.filter(({ text }) => interpret(text, situationOfScene('step')).acts.some(({ act }) => destructiveActs.some((each) => each === act)))
  return { lines: rows.length, done: done.length }
}
