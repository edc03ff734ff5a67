/** Which language a message is written in, told by its small words, its domain words and its script. */
import functionWords from '../guides/function-words.json'
import { isLanguage, languages, type Language } from '../topics'
import { wordsOf } from './clean'
import { wordsIn } from './synonyms'

/** `other` is one that is not ours. */
export type MessageLanguage = Language | 'other'
type Latin = keyof typeof functionWords

const latin = Object.keys(functionWords) as readonly Latin[]
const otherScript = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/gu

/** Small words by language: ours, and those of our neighbours in Latin script. */
const smallWords: Readonly<Record<Language | Latin, readonly string[]>> = functionWords

const accents = /[àâèêëîïôûùçœ]/giu
const acute = /é/giu
const otherAcutes = /[áíóú]/giu
const elision = /\b(?:[ldjmtsn]|qu)['’](?=\p{L}{2})/giu

/** Letters that point to a language, and how much each tells; French shares most of its own, so each counts little. */
const letters: Readonly<Record<Latin, readonly (readonly [RegExp, number])[]>> = {
  en: [[/\b(?:[ei]t|that|what|he|she|we|they|i|you|don|doesn|isn|can|won)['’](?:s|re|ve|ll|d|m|t)\b/giu, 1]],
  fr: [
    [accents, 0.6],
    [acute, 0.6],
    [elision, 0.8],
  ],
  de: [[/[äöüß]/giu, 1.5]],
  es: [
    [acute, 0.4],
    [/[ñ¿¡]/giu, 2],
    [otherAcutes, 0.7],
  ],
  pt: [
    [accents, 0.3],
    [acute, 0.4],
    [/[ãõ]/giu, 2],
    [otherAcutes, 0.6],
  ],
  it: [
    [accents, 0.3],
    [acute, 0.3],
    [/[ìò]/giu, 1],
    [elision, 0.3],
  ],
  nl: [],
}

/** Words of each language's tables. A word of several languages counts for each, but less. */
const weights: ReadonlyMap<string, Partial<Record<Latin, number>>> = (() => {
  const owners = new Map<string, Map<Latin, number>>()
  const add = (word: string, language: Latin, weight: number) => {
    const known = owners.get(word) ?? new Map<Latin, number>()
    owners.set(word, known.set(language, Math.max(known.get(language) ?? 0, weight)))
  }
  for (const language of latin) {
    for (const word of smallWords[language].flatMap(wordsOf)) add(word, language, 1)
    for (const word of wordsIn(language)) if (word.length > 3 && !/\d/.test(word)) add(word, language, 0.5)
  }
  return new Map(
    [...owners].map(([word, known]) => {
      const share = known.size === 1 ? 1 : 1 / known.size
      return [word, Object.fromEntries([...known].map(([language, weight]) => [language, weight * share]))]
    }),
  )
})()

const score = (text: string): Record<Latin, number> => {
  const sum = Object.fromEntries(latin.map((language) => [language, 0])) as Record<Latin, number>
  for (const word of wordsOf(text)) {
    const found = weights.get(word)
    for (const language of latin) sum[language] += found?.[language] ?? 0
  }
  for (const language of latin) for (const [pattern, weight] of letters[language]) sum[language] += weight * Math.min(text.match(pattern)?.length ?? 0, 3)
  return sum
}

/** Domains and mail addresses are no language: "com" is Portuguese for "with". */
const address = /\p{L}\.\p{L}{2,}/u
const withoutAddresses = (text: string): string =>
  address.test(text)
    ? text
        .split(/\s+/)
        .filter((word) => !address.test(word))
        .join(' ')
    : text

const leastEvidence = 0.9
/** The best language must have this many times the evidence of the next. */
const clearLead = 1.25

/** The language of a readable text, or `undefined` when nothing says it ("azure"). */
export const languageOf = (written: string): MessageLanguage | undefined => {
  const text = withoutAddresses(written)
  const foreign = text.match(otherScript)?.length ?? 0
  const own = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (foreign > 0 && foreign * 2 >= own) return 'other'
  const ranked = Object.entries(score(text)).sort(([, a], [, b]) => b - a)
  const [first, second] = ranked
  if (!first || !second || first[1] < leastEvidence || first[1] < second[1] * clearLead) return undefined
  return isLanguage(first[0]) ? first[0] : 'other'
}

const small: ReadonlySet<string> = new Set(languages.flatMap((language) => smallWords[language].flatMap(wordsOf)))

/** Whether there is a word in it that means something by itself: none in "so what do I do". */
export const namesSomething = (text: string): boolean => wordsOf(text).some((word) => word.length > 2 && !small.has(word))
