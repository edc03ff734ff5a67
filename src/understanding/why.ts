/** For "why this answer?": the phrasing that is most like the message. */
import { createHash } from 'node:crypto'
import type { Language, Topic } from '../topics'
import { wordsOf } from './clean'
import type { Reading } from './features'
import { loadedModel } from './loaded'
import type { Phrasing } from './model'
import { mentionsIn } from './synonyms'

type Shape = ReadonlySet<string>

interface Known {
  readonly text: string
  readonly language: Language
  readonly shape: Shape
}

const shapeOf = (words: readonly string[], signs: readonly string[]): Shape => new Set([...words, ...signs.map((sign) => `#${sign}`)])

const knownOf = ({ text, language }: Phrasing): Known => {
  const words = wordsOf(text)
  return {
    text,
    language,
    shape: shapeOf(
      words,
      mentionsIn(words).map(({ concept }) => concept),
    ),
  }
}

const byTopic = new Map<Topic, readonly Known[]>()

/** Taken apart when first needed: doing it for all at start would cost more than the rest of the start together. */
const phrasingsOf = (topic: Topic): readonly Known[] => {
  const known = byTopic.get(topic)
  if (known) return known
  const phrasings = loadedModel()
    .phrasings.filter((each) => each.topic === topic)
    .map(knownOf)
  byTopic.set(topic, phrasings)
  return phrasings
}

/** Share of what both hold (Dice); a phrasing in the message's own language is the better explanation. */
const likeness = (reading: Reading, shape: Shape, known: Known): number => {
  const shared = [...shape].filter((each) => known.shape.has(each)).length
  const sameLanguage = reading.language === known.language ? 0.05 : 0
  return (2 * shared) / (shape.size + known.shape.size || 1) + sameLanguage
}

/** Stands for a phrasing in what is kept about a person: phrasings name people and firms, and a record must not. */
export const phrasingId = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 12)

/** Undefined when the phrasings have changed since. */
const phrasingById = (id: string): string | undefined => loadedModel().phrasings.find(({ text }) => phrasingId(text) === id)?.text

/** How a question was understood, as it is kept, with the words of ours again; undefined when those have changed since. */
export const explainedBy = <T extends { readonly phrasing: string }>(why: T | undefined): T | undefined => {
  const phrasing = why && phrasingById(why.phrasing)
  return phrasing === undefined ? undefined : ({ ...why, phrasing } as T)
}

export const nearestPhrasing = (reading: Reading, topic: Topic | undefined): string => {
  if (!topic) return ''
  const shape = shapeOf(reading.words, reading.signs)
  let best = ''
  let highest = -1
  for (const known of phrasingsOf(topic)) {
    const value = likeness(reading, shape, known)
    if (value > highest) [best, highest] = [known.text, value]
  }
  return best
}
