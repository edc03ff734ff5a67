/** Which command are these exact words? Mostly what the buttons say. */
import { texts } from '../guides/texts'
import { languages, type Language } from '../topics'
import { commands, type Command } from '../verbs/verbs'
import { readable, wordsOf } from './clean'

const tables = languages.map((language) => texts[language].commands)
/** Longer than any command; keeps a pasted page from being compared at all. */
const longestMessage = 80

const key = (text: string): string => wordsOf(text).join(' ')

const phrases: ReadonlyMap<string, Command> = new Map(
  tables.flatMap((table) => commands.flatMap((command) => table.phrases[command].map((phrase): [string, Command] => [key(phrase), command]))),
)
const phrasesByLanguage: ReadonlyMap<Language, ReadonlySet<string>> = new Map(
  languages.map((language) => [language, new Set(commands.flatMap((command) => texts[language].commands.phrases[command].map(key)))]),
)
const polite: readonly string[] = tables.flatMap((table) => table.polite.map(key)).sort((a, b) => b.length - a.length)

/** Drops one "please", "ok", "merci" … from an end, or nothing. */
const lessPolite = (text: string): string => {
  const word = polite.find((each) => text.startsWith(`${each} `) || text.endsWith(` ${each}`))
  if (!word) return text
  return text.startsWith(`${word} `) ? text.slice(word.length + 1) : text.slice(0, -word.length - 1)
}

const isShort = (text: string): boolean => text.length <= longestMessage * 2

/** What is found for the words, or for what is left of them without manners. */
const findPhrase = <T>(text: string, find: (phrase: string) => T | undefined): T | undefined => {
  if (!isShort(text)) return undefined
  let phrase = key(readable(text))
  for (let before = ''; before !== phrase;) {
    const found = find(phrase)
    if (found !== undefined) return found
    before = phrase
    phrase = lessPolite(phrase)
  }
  return undefined
}

/** The command these words are, in whatever language; case, accents and punctuation do not matter. */
export const findCommand = (text: string): Command | undefined => findPhrase(text, (phrase) => phrases.get(phrase))

const aside: ReadonlySet<string> = new Set(languages.flatMap((language) => texts[language].heard.inPrivate.map(key)))

/** "Walk me through it", written where others read along. */
export const asksForPrivate = (text: string): boolean => findPhrase(text, (phrase) => aside.has(phrase) || undefined) === true

/** Words of one language's table only say which language they are; `undefined` when several know them. */
export const languageOfCommand = (text: string): Language | undefined => {
  if (!isShort(text)) return undefined
  const phrase = key(readable(text))
  const knowing = languages.filter((language) => phrasesByLanguage.get(language)?.has(phrase))
  return knowing.length === 1 ? knowing[0] : undefined
}

const nouns: ReadonlySet<string> = new Set(tables.flatMap((table) => table.picks.nouns.map(key)))
const fillers: ReadonlySet<string> = new Set(tables.flatMap((table) => table.picks.fillers.map(key)))
const numbers: ReadonlyMap<string, number> = new Map(
  tables.flatMap((table) => Object.entries(table.picks.words).map(([word, value]): [string, number] => [key(word), value])),
)
const largestPick = 30

const numberOf = (word: string | undefined): number | undefined => {
  if (word === undefined) return undefined
  const value = /^\d{1,2}$/.test(word) ? Number(word) : numbers.get(word)
  return value !== undefined && value >= 1 && value <= largestPick ? value : undefined
}

/** Which entry of the last list is meant ("2", "the second one", « la première »), counted from 1. */
export const findPick = (text: string): number | undefined => {
  if (!isShort(text)) return undefined
  const words = wordsOf(readable(text))
  const told = words.filter((word) => !fillers.has(word))
  if (told.length === 0) return words.length === 1 || words.some((word) => nouns.has(word)) ? numberOf(words.at(-1)) : undefined
  return told.length === 1 ? numberOf(told[0]) : undefined
}
