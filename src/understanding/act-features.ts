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
const tokensOf = (text: string, spell: Spell): string[] => wordsOf(text.replaceAll(/\p{Extended_Pictographic}/gu, ' ')).map((word) => (/^\d+$/.test(word) ? numberWord(word) : spell(word)))

const numberWord = (digits: string): string => (digits === '365' ? digits : digits.length <= 2 ? '9' : '999')

const signsIn = (text: string): string[] => [...new Set(Array.from(text.matchAll(signs), ([sign]) => faces[sign.toLowerCase()] ?? (sign.startsWith('?') ? '?' : sign.startsWith('!') ? '!' : sign)))]

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

export interface Piece {
  readonly text: string
  readonly part: Part
}

export const actFeaturesOf = ({ text: raw, part }: Piece, scenes: readonly Scene[], spell: Spell): ActFeatures => {
  const text = readable(raw)
  const words = tokensOf(text, spell)
  const mentions = mentionsIn(words)
  const concepts: Concept[] = mentions.map(({ concept }) => concept)
  const mixed = mixedOf(words, mentions)
  const marks = signsIn(fold(text))
  const whole = words.join(' ')
  return {
    words: [...words.map((word) => `=${word}`), ...marks.map((mark) => `=${mark}`)],
    pairs: pairsOf([border, ...words, border], '+'),
    pieces: words.filter((word) => word.length > 2).flatMap(piecesOf),
    concepts: [...new Set(concepts)].map((concept) => `#${concept}`),
    mixed: pairsOf([border, ...mixed, border], '>'),
    ends: [lengthOf(words.length), `P${part}`, ...(text.trimEnd().endsWith('?') ? ['?end'] : []), ...(words.length <= longestWhole ? [`W${whole}`] : [])],
    scene: scenes.map((scene) => `@${scene}`),
    sceneWords: scenes.flatMap((scene) => [...new Set([...words, ...marks])].map((word) => `@${scene}=${word}`)),
    sceneWhole: scenes.flatMap((scene) => [
      ...[...new Set(concepts)].map((concept) => `@${scene}#${concept}`),
      `@${scene}${lengthOf(words.length)}`,
      ...(words.length <= longestWhole ? [`@${scene}W${whole}`] : []),
    ]),
  }
}
