/** What rests on a page: which steps, answers and passages name it as their source? */
import { allSources, answerOf, guideOf, restOf } from '../../guides'
import { answers, scenarios } from '../../topics'
import { sentencesOf } from '../review/sentences'

/** `<topic>` for an answer or what stands before a guide, `<topic>/<step>` for a step. */
const placesOf = (): readonly { readonly place: string; readonly sources: readonly string[] }[] => [
  ...scenarios.flatMap((topic) => {
    const { before, steps } = guideOf(topic, 'en')
    return [...(before ? [{ place: topic, sources: before.sources }] : []), ...steps.map(({ id, sources }) => ({ place: `${topic}/${id}`, sources }))]
  }),
  ...answers.map((topic) => ({ place: topic, sources: answerOf(topic, 'en').sources })),
]

/** Passages that rest on one page alone: what is wrong when it changes. */
const aloneOn = (): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const topic of [...scenarios, ...answers])
    for (const { path } of sentencesOf(topic, 'en')) {
      const [only, ...others] = restOf(`${topic}/${path}`) ?? []
      if (only && others.length === 0) counts.set(only, (counts.get(only) ?? 0) + 1)
    }
  return counts
}

export interface Resting {
  readonly places: readonly string[]
  /** How many passages have no other source. */
  readonly alone: number
}

export const restingOn = (): ReadonlyMap<string, Resting> => {
  const places = placesOf()
  const alone = aloneOn()
  return new Map(
    Object.keys(allSources).map((id) => [
      id,
      { places: places.filter(({ sources }) => sources.includes(id)).map(({ place }) => place), alone: alone.get(id) ?? 0 },
    ]),
  )
}
