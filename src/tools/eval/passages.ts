/** Is what strangers see at a step found among its causes, in its guide, and anywhere? */
import { z } from 'zod'
import { languages, scenarios, type Language } from '../../topics'
import { nearTo } from '../../understanding/passages'
import { meanOf, readWriters, share, type Measured } from './writers'

const rowSchema = z.looseObject({
  guide: z.enum(scenarios),
  step: z.string(),
  cause: z.string(),
  /** Causes that are as good an answer. */
  also: z.array(z.string()).optional(),
  text: z.string(),
  locale: z.enum(languages),
})
type Row = z.infer<typeof rowSchema>

const names = ['atStep', 'inGuide', 'inGuideThree', 'anywhere', 'anywhereThree'] as const
export type PassageMeasure = (typeof names)[number]

const judge = ({ guide, step, cause, also = [], text }: Row): Readonly<Record<PassageMeasure, boolean>> => {
  const right = [cause, ...also].map((each) => `${guide}/steps/${step}/stuck/${each}`)
  const isRight = (found: readonly { readonly id: string }[], first: number) => found.slice(0, first).some(({ id }) => right.includes(id))
  const near = nearTo(text)
  const inGuide = near.in({ of: guide })
  const anywhere = near.among()
  return {
    atStep: isRight(near.in({ causesAt: step, of: guide }), 1),
    inGuide: isRight(inGuide, 1),
    inGuideThree: isRight(inGuide, 3),
    anywhere: isRight(anywhere, 1),
    anywhereThree: isRight(anywhere, 3),
  }
}

export const measurePassages = (folder: string): readonly Measured<PassageMeasure>[] => {
  const writers = readWriters(folder, rowSchema)
  const measuresOf = (rows: readonly Row[]) => {
    const judged = rows.map(judge)
    return Object.fromEntries(names.map((name) => [name, share(judged.filter((each) => each[name]).length, judged.length)])) as Record<PassageMeasure, number>
  }
  return languages.map((language: Language) => meanOf(language, writers, names, 'atStep', measuresOf))
}
