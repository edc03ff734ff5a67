/** What is lastingly known about one person: choices, what they told once, and their runs. No names, no text. */
import { z } from 'zod'
import { languages } from '../topics'
import { knownSchema, runSchema, type Run } from './run'

/** Loose, here and below: what a newer version adds is carried along. */
export const choicesSchema = z.looseObject({
  /** Chosen by the person; absent: follow their messages and their Teams. */
  language: z.enum(languages).optional(),
  /** The person was asked once whether to stay in the language they wrote. */
  askedLanguage: z.boolean(),
  plainText: z.boolean(),
  known: knownSchema,
  /** Id of the run that is open: in every private chat and on every device. */
  open: z.string().optional(),
})

export const personSchema = choicesSchema.extend({
  /** Newest first. */
  runs: z.array(runSchema),
})
export type Person = z.infer<typeof personSchema>

const mostRuns = 20

export const newPerson = (): Person => ({ askedLanguage: false, plainText: false, known: { account: [] }, runs: [] })

export const openRun = ({ open, runs }: Person): Run | undefined => (open === undefined ? undefined : runs.find(({ id }) => id === open))

/** The run put in place of its earlier state, or first when it is new. */
export const withRun = (person: Person, run: Run): Person => ({
  ...person,
  runs: person.runs.some(({ id }) => id === run.id)
    ? person.runs.map((other) => (other.id === run.id ? run : other))
    : [run, ...person.runs].slice(0, mostRuns),
})
