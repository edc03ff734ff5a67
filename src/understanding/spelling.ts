/** Puts one wrong letter right in words of five letters or more: "azrue" → "azure", "abonement" → "abonnement". */

import { isSynonymWord, spellings } from './synonyms'

const shortest = 5

export type Spell = (word: string) => string

const withoutOneLetter = (word: string): string[] => Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))

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

/**
 * @param targets what a misspelt word may have meant, the likelier first
 * @param isKnown words that are spelt as intended and stay as they are
 */
const speller = (targets: readonly string[], isKnown: (word: string) => boolean): Spell => {
  const index = new Map<string, string[]>()
  const put = (key: string, word: string) => {
    const list = index.get(key)
    if (list) list.push(word)
    else index.set(key, [word])
  }
  for (const word of targets.filter((target) => target.length >= shortest && /^\p{Script=Latin}+$/u.test(target)))
    for (const key of [word, ...withoutOneLetter(word)]) put(key, word)
  return (word) => {
    if (word.length < shortest - 1 || word.length > 30 || /\d/.test(word) || isKnown(word)) return word
    const near = [word, ...withoutOneLetter(word)].flatMap((key) => index.get(key) ?? [])
    return near.find((target) => isOneEdit(word, target) && sameStart(word, target)) ?? word
  }
}

/** A wrong first letter is rare and turns words into others ("filling" into "billing"), two swapped ones are not. */
const sameStart = (word: string, target: string): boolean =>
  word[0] === target[0] || (word[0] === target[1] && word[1] === target[0])

/** Fewer lines than this make a word suspect: it may be a slip. */
const fewestLines = 2

/** Words that more than one line holds, the most frequent first. */
export const commonWords = (lines: readonly (readonly string[])[]): string[] => {
  const counts = new Map<string, number>()
  for (const words of lines) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].filter(([, count]) => count >= fewestLines).sort(([, a], [, b]) => b - a).map(([word]) => word)
}

/** Common words and those of the synonym tables are right; any other is put right when it is one letter away from one of them. */
export const spellerOf = (common: readonly string[]): Spell => {
  const known = new Set(common)
  return speller([...spellings, ...common], (word) => known.has(word) || isSynonymWord(word))
}
