/** Part of a message × situation → what the reading of acts weighs: words, pairs, pieces, concepts, signs, and the same again with the situation. */
import { fold, readable, wordsOf } from './clean'
import type { Scene } from './situation'
import type { Spell } from './spelling'
import { mentionsIn, type Concept, type Mention } from './synonyms'

export const actFamilies = ['words', 'pairs', 'pieces', 'concepts', 'mixed', 'ends', 'scene', 'sceneWords', 'sceneWhole'] as const
export type ActFamily = (typeof actFamilies)[number]
export const actFamilyWeights: Readonly<Record<ActFamily, number>> = {
  words: 1,
  pairs: 0.8,
  pieces: 0.7,
  concepts: 0.6,
  mixed: 0.6,
  ends: 0.4,
  scene: 0.4,
  sceneWords: 0.6,
  sceneWhole: 0.5,
}

export type ActFeatures = Readonly<Record<ActFamily, readonly string[]>>

const signs = /\p{Extended_Pictographic}|\(y\)|:-?[)(/]|\?+|!+/giu
const faces: Readonly<Record<string, string>> = { '(y)': '👍', ':-)': ':)', ':-(': ':(' }

/** Words as they were probably meant; numbers are one word each kind, pictures are words. */
const tokensOf = (text: string, spell: Spell): string[] =>
  wordsOf(text.replaceAll(/\p{Extended_Pictographic}/gu, ' ')).map((word) => (/^\d+$/.test(word) ? numberWord(word) : spell(word)))

const numberWord = (digits: string): string => (digits === '365' ? digits : digits.length <= 2 ? '9' : '999')

const signsIn = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(signs), ([sign]) => faces[sign.toLowerCase()] ?? (sign.startsWith('?') ? '?' : sign.startsWith('!') ? '!' : sign))),
]

const border = '|'

const pairsOf = (words: readonly string[], mark: string): string[] => words.slice(1).map((word, at) => `${mark}${words[at] ?? ''} ${word}`)

const piecesOf = (word: string): string[] => {
  const bordered = `<${word}>`
  return [3, 4, 5].flatMap((size) => Array.from({ length: Math.max(0, bordered.length - size + 1) }, (_, at) => `~${bordered.slice(at, at + size)}`))
}

/** The words, each mention of a concept in one. */
const mixedOf = (words: readonly string[], mentions: readonly Mention[]): string[] =>
  words.flatMap((word, at) => {
    const mention = mentions.find((each) => at >= each.at && at < each.at + each.length)
    if (!mention) return [word]
    return mention.at === at ? [`#${mention.concept}`] : []
  })

const lengthOf = (count: number): string => `L${count <= 4 ? count : count <= 6 ? 5 : count <= 10 ? 7 : count <= 18 ? 11 : 19}`

const longestWhole = 5

/** Where the part stands in its message. */
export type Part = 'only' | 'first' | 'later'

/** A clause, taken apart once however many runs of clauses it is weighed in. */
export interface ClauseWords {
  readonly words: readonly string[]
  readonly marks: readonly string[]
  readonly concepts: readonly Concept[]
  /** The words, each mention of a concept in one. */
  readonly mixed: readonly string[]
  readonly pieces: readonly string[]
  readonly asks: boolean
}

export const wordsForActs = (raw: string, spell: Spell): ClauseWords => {
  const text = readable(raw)
  const words = tokensOf(text, spell)
  const mentions = mentionsIn(words)
  return {
    words,
    marks: signsIn(fold(text)),
    concepts: mentions.map(({ concept }) => concept),
    mixed: mixedOf(words, mentions),
    pieces: words.filter((word) => word.length > 2).flatMap(piecesOf),
    asks: text.trimEnd().endsWith('?'),
  }
}

const all = <T>(clauses: readonly ClauseWords[], pick: (clause: ClauseWords) => readonly T[]): readonly T[] => {
  const [only] = clauses
  return only && clauses.length === 1 ? pick(only) : clauses.flatMap(pick)
}

export const actFeaturesOf = (clauses: readonly ClauseWords[], part: Part, scenes: readonly Scene[]): ActFeatures => {
  const words = all(clauses, (clause) => clause.words)
  const marks = [...new Set(all(clauses, (clause) => clause.marks))]
  const concepts = [...new Set(all(clauses, (clause) => clause.concepts))]
  const isShort = words.length <= longestWhole
  const whole = isShort ? words.join(' ') : ''
  const length = lengthOf(words.length)
  const told = [...new Set(words), ...marks]
  return {
    words: told.map((word) => `=${word}`),
    pairs: pairsOf([border, ...words, border], '+'),
    pieces: all(clauses, (clause) => clause.pieces),
    concepts: concepts.map((concept) => `#${concept}`),
    mixed: pairsOf([border, ...all(clauses, (clause) => clause.mixed), border], '>'),
    ends: [length, `P${part}`, ...(clauses.at(-1)?.asks ? ['?end'] : []), ...(isShort ? [`W${whole}`] : [])],
    scene: scenes.map((scene) => `@${scene}`),
    sceneWords: scenes.flatMap((scene) => told.map((word) => `@${scene}=${word}`)),
    sceneWhole: scenes.flatMap((scene) => [
      ...concepts.map((concept) => `@${scene}#${concept}`),
      `@${scene}${length}`,
      ...(isShort ? [`@${scene}W${whole}`] : []),
    ]),
  }
}
