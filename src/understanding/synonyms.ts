/** The domain's words by concept, from the synonym tables next to the guides: "o365", "office 365" and "m365" are one concept. */
import de from '../guides/synonyms/de.json'
import en from '../guides/synonyms/en.json'
import es from '../guides/synonyms/es.json'
import fr from '../guides/synonyms/fr.json'
import it from '../guides/synonyms/it.json'
import ja from '../guides/synonyms/ja.json'
import nl from '../guides/synonyms/nl.json'
import pt from '../guides/synonyms/pt.json'
import { languages, type Language } from '../topics'
import { wordsOf } from './clean'

export type Concept = keyof typeof en
type Table = Readonly<Partial<Record<Concept, readonly string[]>>>

interface Form {
  readonly concept: Concept
  /** Words in order; a trailing `*` matches any ending. */
  readonly words: readonly string[]
}

/** Forms by their first word; those that begin with an open ending by its stem. */
interface Forms {
  readonly whole: ReadonlyMap<string, readonly Form[]>
  readonly stems: ReadonlyMap<string, readonly Form[]>
}

export interface Mention {
  readonly concept: Concept
  /** Position of its first word, and how many words it has. */
  readonly at: number
  readonly length: number
}

const wordsOfForm = (form: string): string[] => {
  const parts = form.split(' ')
  return parts.flatMap((part) => (part.endsWith('*') ? [`${wordsOf(part).join('')}*`] : wordsOf(part)))
}

const formsIn = (table: Table): Form[] =>
  (Object.entries(table) as [Concept, readonly string[]][]).flatMap(([concept, written]) => written.map((form) => ({ concept, words: wordsOfForm(form) })))

/** Ours, and others whose questions are understood. */
type KnownLanguage = Language | 'de' | 'es' | 'pt' | 'it' | 'nl' | 'ja'

/** Every form of every language, read once. English first: the first table that knows a form decides its concept. */
const forms: Readonly<Record<KnownLanguage, readonly Form[]>> = {
  en: formsIn(en),
  fr: formsIn(fr),
  de: formsIn(de),
  es: formsIn(es),
  pt: formsIn(pt),
  it: formsIn(it),
  nl: formsIn(nl),
  ja: formsIn(ja),
}

const arranged = (lists: readonly (readonly Form[])[]): Forms => {
  const whole = new Map<string, Form[]>()
  const stems = new Map<string, Form[]>()
  for (const form of lists.flat()) {
    const first = form.words[0] ?? ''
    const [index, key] = first.endsWith('*') ? [stems, first.slice(0, -1)] : [whole, first]
    const known = index.get(key)
    if (known) known.push(form)
    else index.set(key, [form])
  }
  return { whole, stems }
}

const matches = (pattern: string, word: string | undefined): boolean =>
  word !== undefined && (pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : pattern === word)

const shortestStem = 3

const candidatesFor = (forms: Forms, word: string): Form[] => {
  const found = [...(forms.whole.get(word) ?? [])]
  for (let length = word.length; length >= shortestStem; length -= 1) found.push(...(forms.stems.get(word.slice(0, length)) ?? []))
  return found
}

/** Most words first; among equals whole words before stems and English before the others, which is the order they come in. */
const longest = (forms: Forms, words: readonly string[], at: number): Form | undefined =>
  candidatesFor(forms, words[at] ?? '')
    .filter((form) => form.words.every((word, offset) => matches(word, words[at + offset])))
    .reduce<Form | undefined>((best, form) => (best && best.words.length >= form.words.length ? best : form), undefined)

const ours = arranged(languages.map((language) => forms[language]))
// Words like Dutch "of" or Italian "per" mean something else in English, so these tables wait until the language asks for them.
const everyone = arranged(Object.values(forms))

/** The concepts named in the words, left to right, the longest form first. `foreign` reads the other languages' tables too. */
export const mentionsIn = (words: readonly string[], foreign = false): Mention[] => {
  const known = foreign ? everyone : ours
  const found: Mention[] = []
  for (let at = 0; at < words.length;) {
    const form = longest(known, words, at)
    if (form) found.push({ concept: form.concept, at, length: form.words.length })
    at += form?.words.length ?? 1
  }
  return found
}

/** True when the word begins some form, so that it is spelt as intended. */
export const isSynonymWord = (word: string): boolean => allWords.has(word) || stemKnown(word)

const patterns = Object.values(forms).flatMap((list) => list.flatMap(({ words }) => words))
const allWords: ReadonlySet<string> = new Set(patterns.filter((word) => !word.endsWith('*')))
const allStems: ReadonlySet<string> = new Set(patterns.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)))
const stemKnown = (word: string): boolean => {
  for (let length = word.length; length >= shortestStem; length -= 1) if (allStems.has(word.slice(0, length))) return true
  return false
}

/** Whole words and stems of our languages' tables: what a misspelt word may have meant. */
export const spellings: readonly string[] = [
  ...new Set(languages.flatMap((language) => forms[language]).flatMap(({ words }) => words.map((word) => word.replace('*', '')))),
]

/** Words of each language's forms, without the open-ended ones; what a message's language can be told by. */
export const wordsIn = (language: KnownLanguage): readonly string[] =>
  forms[language].filter(({ words }) => !words.some((word) => word.endsWith('*'))).flatMap(({ words }) => words)

const japaneseForms = forms.ja.flatMap(({ words }) => words).filter((word) => /\P{ASCII}/u.test(word))
const japanese: ReadonlySet<string> = new Set(japaneseForms)
const longestJapanese = Math.max(...japaneseForms.map((word) => word.length))

/** Cuts runs of Japanese into known forms; what is between them is left out. */
export const separated = (words: readonly string[]): string[] =>
  words.flatMap((word) => (/[\u3040-\u30ff\u4e00-\u9fff]/.test(word) ? cutJapanese(word) : [word]))

const cutJapanese = (run: string): string[] => {
  const found: string[] = []
  for (let at = 0; at < run.length;) {
    let length = Math.min(longestJapanese, run.length - at)
    while (length > 0 && !japanese.has(run.slice(at, at + length))) length -= 1
    if (length > 0) found.push(run.slice(at, at + length))
    at += Math.max(length, 1)
  }
  return found
}
