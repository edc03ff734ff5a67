/**
 * Sign-in errors (AADSTS and a number, or Microsoft's text without one) in a message, and what they usually mean here. Neither numbers
 * nor texts are ever certain.
 */
import table from '../guides/sign-in-errors.json'
import { texts, type Texts } from '../guides/texts'
import type { Language } from '../topics'
import { wordsOf } from './clean'

type Family = keyof Texts['errorCodes']['families']

const families = Object.entries(table.families satisfies Record<Family, readonly string[]>) as [Family, readonly string[]][]
const familyOf: ReadonlyMap<string, Family> = new Map(
  families.flatMap(([family, numbers]) => numbers.map((number): [string, Family] => [`AADSTS${number}`, family])),
)

/** Spaces at both ends, so that only whole words are found; case, accents and punctuation make no difference. */
const key = (text: string) => ` ${wordsOf(text).join(' ')} `
const messages = (Object.entries(table.texts) as [Family, readonly string[]][]).flatMap(([family, said]) => said.map((text) => ({ family, words: key(text) })))

/** True for the number of a sign-in error that is listed here, e.g. `500121`. */
export const isErrorNumber = (digits: string): boolean => familyOf.has(`AADSTS${digits}`)

/** The first sign-in error in the text: its code in capitals, e.g. `AADSTS50020`, else the family of Microsoft's text. */
export const findErrorCode = (text: string): string | undefined => {
  const digits = /aadsts\s?:?\s?(\d{4,7})/i.exec(text)?.[1]
  if (digits) return `AADSTS${digits}`
  const said = key(text)
  return messages.find(({ words }) => said.includes(words))?.family
}

/** True where the person gave a number, and not only the text. */
export const isNumbered = (code: string): boolean => code.startsWith('AADSTS')

/** What Microsoft's code or text usually means for this task and what helps, or that it is not listed here; and where Microsoft explains it. */
export const errorMeaning = (code: string, language: Language): string => {
  const said = texts[language].errorCodes
  const digits = code.replace(/\D/g, '')
  const family = isNumbered(code) ? familyOf.get(code) : families.find(([name]) => name === code)?.[0]
  const own: Readonly<Record<string, string>> = said.codes
  const { meaning, cure } = family ? said.families[family] : { meaning: '', cure: '' }
  const usual = (isNumbered(code) ? said.code : said.text).replace('{{meaning}}', own[digits] ?? meaning).replace('{{cure}}', cure)
  return [family ? usual : said.unlisted, ...(isNumbered(code) ? [said['look-up']] : [])].join(' ').replace('{{code}}', code).replace('{{digits}}', digits)
}
