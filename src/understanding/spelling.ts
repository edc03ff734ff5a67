/** Puts one wrong letter right in words of five letters or more: "azrue" → "azure", "abonement" → "abonnement". */

import lookalikes from '../guides/lookalikes.json'
import { languages, type Language } from '../topics'
import { isSynonymWord, spellings } from './synonyms'

const shortest = 5

/** Common words that are one letter away from a word of this domain, and are not meant as that. */
const otherWordsBy: Readonly<Record<Language, readonly string[]>> = lookalikes
const otherWords: ReadonlySet<string> = new Set(languages.flatMap((language) => otherWordsBy[language]))

export type Spell = (word: string) => string

export interface Spelling {
  /** The word as it was probably meant. */
  readonly spell: Spell
  /** True for words of the phrasings and of the synonym tables. */
  readonly isKnown: (word: string) => boolean
}

/** One letter more, less, other, or two neighbours swapped. */
const isOneEdit = (a: string, b: string): boolean => {
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}

interface Target {
  readonly word: string
  /** Its place among all: the smaller, the likelier. */
  readonly place: number
}

const isLatin = /^\p{Script=Latin}+$/u

/**
 * @param targets what a misspelt word may have meant, the likelier first
 * @param isRight words that are spelt as intended and stay as they are
 */
const speller = (targets: readonly string[], isRight: (word: string) => boolean): Spell => {
  const shelves = new Map<string, Target[]>()
  targets.forEach((word, place) => {
    if (word.length < shortest || !isLatin.test(word)) return
    const shelf = shelves.get(shelfOf(word[0], word.length))
    if (shelf) shelf.push({ word, place })
    else shelves.set(shelfOf(word[0], word.length), [{ word, place }])
  })
  return (word) => {
    if (word.length < shortest - 1 || word.length > 30 || /\d/.test(word) || isRight(word)) return word
    let best: Target | undefined
    for (const name of shelvesFor(word))
      for (const target of shelves.get(name) ?? []) if ((!best || target.place < best.place) && isOneEdit(word, target.word)) best = target
    return best?.word ?? word
  }
}

const shelfOf = (letter: string | undefined, length: number): string => `${letter ?? ''}${length}`

/** A wrong first letter is rare and turns words into others ("filling" into "billing"); two swapped ones are not. */
const shelvesFor = (word: string): string[] => [
  ...[-1, 0, 1].map((more) => shelfOf(word[0], word.length + more)),
  ...(word[1] === word[0] ? [] : [shelfOf(word[1], word.length)]),
]

/** Fewer lines than this make a word suspect: the phrasings hold slips on purpose. */
const fewestLines = 3

/** Words that several lines hold, the most frequent first. */
export const commonWords = (lines: readonly (readonly string[])[]): string[] => {
  const counts = new Map<string, number>()
  for (const words of lines) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count >= fewestLines)
    .sort(([, a], [, b]) => b - a)
    .map(([word]) => word)
}

/** Common words and those of the synonym tables are right; any other is put right when it is one letter away from one of them. */
export const spellingOf = (common: readonly string[]): Spelling => {
  const words = new Set(common)
  const isKnown = (word: string) => words.has(word) || isSynonymWord(word)
  const isRight = (word: string) => isKnown(word) || otherWords.has(word)
  return { spell: speller([...spellings, ...common], isRight), isKnown }
}
