/** Text → what the router weighs: words, word pairs, pieces of words, and the concepts in their order. */
import { readable, wordsOf } from './clean'
import { languageOf, type MessageLanguage } from './language'
import type { Spell, Spelling } from './spelling'
import { mentionsIn, separated, type Concept, type Mention } from './synonyms'

/** Stands between the clauses of a message, among its concepts. */
const clauseBreak = ','
type Sign = Concept | typeof clauseBreak

/** A message as the router reads it. */
export interface Reading {
  /** At most 1,000 characters without markup. */
  readonly text: string
  readonly words: readonly string[]
  /** Concepts in order, with a break between clauses. */
  readonly signs: readonly Sign[]
  /** Words that are in some concept, and words that neither the phrasings nor the synonyms know. */
  readonly covered: number
  readonly strangers: number
  readonly language: MessageLanguage | undefined
}

const clauseEnd = /[.,;:!?()&+/|>…。、？！]+(?:\s|$)|\s[-–—+>&/]+\s|->|→|=>/u

interface Clause {
  readonly words: readonly string[]
  readonly mentions: readonly Mention[]
}

const clausesOf = (text: string, spell: Spell, foreign: boolean): Clause[] =>
  text
    .split(clauseEnd)
    .map((part) => separated(wordsOf(part)).map(spell))
    .filter((words) => words.length > 0)
    .map((words) => ({ words, mentions: inOurOrder(words, mentionsIn(words, foreign)) }))

/** Japanese says "Azure have" and "Azure want"; read backwards it has the order of the other languages. */
const inOurOrder = (words: readonly string[], mentions: readonly Mention[]): readonly Mention[] =>
  words.some((word) => /\p{Script=Hiragana}|\p{Script=Katakana}/u.test(word)) ? mentions.toReversed() : mentions

/** "Hello, …" and "… thanks" around a question say nothing about it. */
const withoutManners = (clauses: readonly Clause[]): readonly Clause[] => {
  const total = clauses.reduce((sum, { words }) => sum + words.length, 0)
  const isManners = ({ words, mentions }: Clause) =>
    words.length <= 3 && mentions.some(({ concept }) => concept === 'hello' || concept === 'thanks') && total - words.length >= 3
  return clauses.filter((clause, at) => !((at === 0 || at === clauses.length - 1) && isManners(clause)))
}

const signsOf = (clauses: readonly Clause[]): Sign[] =>
  clauses.flatMap(({ mentions }, at): Sign[] => [...(at > 0 ? ([clauseBreak] as const) : []), ...mentions.map(({ concept }) => concept)])

const anySpelling: Spelling = { spell: (word) => word, isKnown: () => true }

const readingOf = (text: string, language: Reading['language'], clauses: readonly Clause[], isKnown: (word: string) => boolean): Reading => {
  const words = clauses.flatMap((clause) => clause.words)
  return {
    text,
    language,
    words,
    signs: signsOf(clauses),
    covered: clauses.reduce((sum, { mentions }) => sum + mentions.reduce((length, mention) => length + mention.length, 0), 0),
    strangers: words.filter((word) => !isKnown(word)).length,
  }
}

export const read = (raw: string, { spell, isKnown }: Spelling = anySpelling): Reading => {
  const text = readable(raw)
  const language = languageOf(text)
  return readingOf(text, language, withoutManners(clausesOf(text, spell, language === 'other')), isKnown)
}

/** The same message with Microsoft 365 and Azure in each other's place; `undefined` when it does not name both. */
export const mirrored = (raw: string, { spell, isKnown }: Spelling): Reading | undefined => {
  const text = readable(raw)
  const clauses = clausesOf(text, spell, false)
  const named = new Set(clauses.flatMap(({ mentions }) => mentions.map(({ concept }) => concept)))
  if (!named.has('m365') || !named.has('azure')) return undefined
  const swapped = clauses.map((clause) => {
    const words = swap(clause)
    return { words, mentions: mentionsIn(words) }
  })
  return readingOf(text, languageOf(text), swapped, isKnown)
}

const opposite: Readonly<Partial<Record<Concept, readonly string[]>>> = {
  m365: ['azure'],
  azure: ['office', '365'],
  workload: ['vms'],
  resource: ['teams'],
}

const swap = ({ words, mentions }: Clause): string[] =>
  words.flatMap((word, at) => {
    const mention = mentions.find((each) => at >= each.at && at < each.at + each.length)
    const other = mention && opposite[mention.concept]
    if (!mention || !other) return [word]
    return at === mention.at ? other : []
  })

/** Families are scaled apart, so that a family with many features does not drown one with few. */
export const families = ['words', 'pairs', 'pieces', 'concepts', 'conceptPairs', 'conceptSkips', 'aims', 'coverage'] as const
export type Family = (typeof families)[number]
export const familyWeights: Readonly<Record<Family, number>> = {
  words: 1,
  pairs: 0.7,
  pieces: 0.6,
  concepts: 1,
  conceptPairs: 0.7,
  conceptSkips: 0.5,
  aims: 0.6,
  coverage: 0.5,
}

export type Features = Readonly<Record<Family, ReadonlyMap<string, number>>>

const counted = (keys: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

const pairsOf = (words: readonly string[], mark: string, from = 1, to = 1): string[] =>
  words.flatMap((word, at) => words.slice(at + from, at + to + 1).map((next) => `${mark}${word} ${next}`))

const piecesOf = (word: string): string[] => {
  const bordered = `<${word}>`
  return [3, 4, 5].flatMap((size) => Array.from({ length: Math.max(0, bordered.length - size + 1) }, (_, at) => `~${bordered.slice(at, at + size)}`))
}

const products: ReadonlySet<Sign> = new Set<Concept>(['m365', 'azure', 'entra', 'subscription', 'tenant', 'account', 'user', 'resource', 'license', 'workload'])
const aims: ReadonlySet<Sign> = new Set<Concept>([
  'have',
  'my',
  'lack',
  'need',
  'get',
  'signup',
  'want',
  'link',
  'merge',
  'move',
  'no',
  'new',
  'old',
  'both',
  'several',
  'with',
  'to',
  'from',
  'for',
  'under',
  'same',
  'own',
  'check',
  'after',
  'now',
  'use',
  'only',
  'future',
  'first',
  'keep',
  'recreate',
  'sign-in',
])

/** Each product with the nearest word before it, and after it, that says whether the person has it, wants it or moves it. */
const aimsOf = (signs: readonly Sign[]): string[] => [...aimsBefore(signs, '@'), ...aimsBefore(signs.toReversed(), '&')]

const aimsBefore = (signs: readonly Sign[], mark: string): string[] => {
  let aim: Sign | '' = ''
  const found: string[] = []
  for (const sign of signs) {
    if (sign === clauseBreak) aim = ''
    else if (aims.has(sign)) aim = sign
    else if (products.has(sign)) found.push(`${mark}${aim} ${sign}`)
  }
  return found
}

/** How much of the message is in the words of this domain: small talk and other work mostly is not. */
const coverageOf = ({ strangers, covered, words }: Reading): string[] => [
  `?${Math.min(strangers, 4)}`,
  `%${words.length === 0 ? 0 : Math.ceil((4 * covered) / words.length)}`,
]

const border = '|'

export const featuresOf = (reading: Reading): Features => {
  const { words, signs } = reading
  const concepts = signs.filter((sign) => sign !== clauseBreak)
  return {
    words: counted(words.map((word) => `=${word}`)),
    pairs: counted(pairsOf([border, ...words, border], '+')),
    pieces: counted(words.filter((word) => word.length > 2).flatMap(piecesOf)),
    concepts: counted([...concepts.map((concept) => `#${concept}`), ...(concepts.length === 0 ? ['#'] : [])]),
    conceptPairs: counted(pairsOf([border, ...signs, border], '>')),
    conceptSkips: counted(pairsOf(concepts, '}', 2, 4)),
    aims: counted(aimsOf(signs)),
    coverage: counted(coverageOf(reading)),
  }
}
