/** Which of the usual causes at a step is it that somebody describes? */
import { readPassages, type Passage } from '../guides/passages'
import { languages, type Language, type Scenario } from '../topics'
import { featuresOf, read } from './features'
import { loadedModel, loadedSpelling } from './loaded'
import { vectorOf, type Vector } from './router'

export interface Hit {
  readonly passage: Passage
  /** How much alike the words and its own phrasings are, 0..1. */
  readonly sure: number
}

interface Known {
  readonly id: string
  readonly vectors: readonly ReadonlyMap<number, number>[]
}

const vectorOfText = (text: string): Vector => {
  const model = loadedModel()
  return vectorOf(featuresOf(read(text, loadedSpelling())), model)
}

const asMap = ({ rows, values }: Vector): ReadonlyMap<number, number> => new Map([...rows].map((row, at) => [row, values[at] ?? 0]))

/** Taken apart when first needed, topic by topic: doing it for all at start would cost more than the rest of the start together. */
const known = new Map<string, readonly Known[]>()

const passagesByTopic = (() => {
  let all: ReadonlyMap<Language, readonly Passage[]> | undefined
  return (language: Language): readonly Passage[] => (all ??= new Map(languages.map((each) => [each, readPassages(each)]))).get(language) ?? []
})()

/** Of both languages together: people mix them, and what one lacks the other may have. */
const knownOf = (topic: string): readonly Known[] => {
  const before = known.get(topic)
  if (before) return before
  const texts = new Map<string, string[]>()
  for (const language of languages)
    for (const { id, topic: own, text, phrasings } of passagesByTopic(language))
      if (own === topic) texts.set(id, [...(texts.get(id) ?? []), text, ...phrasings])
  const made = [...texts].map(([id, each]): Known => ({ id, vectors: each.map((text) => asMap(vectorOfText(text))) }))
  known.set(topic, made)
  return made
}

const likeness = ({ rows, values }: Vector, other: ReadonlyMap<number, number>): number => {
  let sum = 0
  for (let at = 0; at < rows.length; at += 1) sum += (values[at] ?? 0) * (other.get(rows[at] ?? -1) ?? 0)
  return sum
}

/** The few phrasings that are most like it; one odd line must not decide alone. */
const pooled = 3

const likenessOf = (words: Vector, { vectors }: Known): number => {
  const best = vectors
    .map((other) => likeness(words, other))
    .toSorted((a, b) => b - a)
    .slice(0, pooled)
  return best.reduce((sum, each) => sum + each, 0) / pooled
}

/** Less is no likeness; and the second must be clearly behind, or all causes are shown. */
const least = 0.2
const lead = 1.2

/** The cause at this step that the words describe, in the language it is told in; undefined when none stands out. */
export const findCause = (text: string, language: Language, guide: Scenario, step: string): Hit | undefined => {
  const words = vectorOfText(text)
  const own = knownOf(guide).filter(({ id }) => id.startsWith(`${guide}/steps/${step}/`))
  const [first, second] = own.map((each) => ({ id: each.id, sure: likenessOf(words, each) })).toSorted((a, b) => b.sure - a.sure)
  if (!first || first.sure < least || first.sure < (second?.sure ?? 0) * lead) return undefined
  const passage = passagesByTopic(language).find(({ id }) => id === first.id)
  return passage && { passage, sure: first.sure }
}
