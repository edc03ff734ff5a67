/** Are the facts of strangers' cases heard, and none that they did not tell? */
import { z } from 'zod'
import { languages, type Language } from '../../topics'
import { factsIn } from '../../understanding/facts'
import { counts } from '../../understanding/facts/told'
import { meanOf, readWriters, share, type Measured } from './writers'

const rowSchema = z.looseObject({ text: z.string(), locale: z.enum(languages), facts: z.array(z.tuple([z.string(), z.string()])) })
type Row = z.infer<typeof rowSchema>

const names = ['recall', 'precision'] as const
export type FactMeasure = (typeof names)[number]

/** Facts that the writers were asked to name; what else is heard is not judged. */
const judged: readonly string[] = [
  'contract',
  'account',
  'role',
  'owner',
  'has-m365',
  'has-azure',
  'tenants',
  'organization',
  'size',
  'aks',
  'key-vault',
  'sql',
  'vm',
]

const heardIn = (text: string): readonly string[] => [
  ...new Set(
    factsIn(text, true)
      .filter((each) => counts(each) && !each.negated && judged.includes(each.fact))
      .map(({ fact, value }) => `${fact} ${value}`),
  ),
]

const measuresOf = (rows: readonly Row[]): Readonly<Record<FactMeasure, number>> => {
  const each = rows.map(({ text, facts }) => {
    const told = facts.map(([fact, value]) => `${fact} ${value}`)
    const heard = heardIn(text)
    return { told: told.length, heard: heard.length, both: heard.filter((fact) => told.includes(fact)).length }
  })
  const sum = (name: 'told' | 'heard' | 'both') => each.reduce((total, row) => total + row[name], 0)
  return { recall: share(sum('both'), sum('told')), precision: share(sum('both'), sum('heard')) }
}

export const measureFacts = (folder: string): readonly Measured<FactMeasure>[] => {
  const writers = readWriters(folder, rowSchema)
  return languages.map((language: Language) => meanOf(language, writers, names, 'recall', measuresOf))
}
