/** For "why this answer?": the phrasing that is most like the message. */
import type { Topic } from '../topics'
import { read, type Reading } from './features'
import { loadedModel, spell } from './loaded'

type Shape = ReadonlySet<string>

const shapeOf = ({ words, signs }: Reading): Shape => new Set([...words, ...signs.map((sign) => `#${sign}`)])

interface Known {
  readonly text: string
  readonly language: Reading['language']
  readonly shape: Shape
}

const byTopic = new Map<Topic, readonly Known[]>()

/** Read when first needed: reading all of them at start would cost more than the rest of the start together. */
const phrasingsOf = (topic: Topic): readonly Known[] => {
  const known = byTopic.get(topic)
  if (known) return known
  const phrasings = loadedModel()
    .phrasings.filter((each) => each.topic === topic)
    .map(({ text }) => {
      const reading = read(text, spell)
      return { text, language: reading.language, shape: shapeOf(reading) }
    })
  byTopic.set(topic, phrasings)
  return phrasings
}

/** Share of what both hold (Dice); a phrasing in the message's own language is the better explanation. */
const likeness = (reading: Reading, shape: Shape, known: Known): number => {
  const shared = [...shape].filter((each) => known.shape.has(each)).length
  const sameLanguage = reading.language === known.language ? 0.05 : 0
  return (2 * shared) / (shape.size + known.shape.size || 1) + sameLanguage
}

export const nearestPhrasing = (reading: Reading, topic: Topic | undefined): string => {
  if (!topic) return ''
  const shape = shapeOf(reading)
  let best = ''
  let highest = -1
  for (const known of phrasingsOf(topic)) {
    const value = likeness(reading, shape, known)
    if (value > highest) [best, highest] = [known.text, value]
  }
  return best
}
