/** A secret pasted into the chat: a password, a payment card number or a sign-in code. */
import type { Heard } from '../guides/texts'
import { isErrorNumber } from './error-codes'
import { anyOf } from './heard'

export type Secret = 'password' | 'card' | 'code'

/** Secrets are looked for up to here. Spaces are made single first, which keeps every pattern below linear. */
const longestText = 20_000

const any = (choose: (said: Heard['secrets']) => readonly string[]) =>
  anyOf(
    ({ secrets }) => choose(secrets),
    (pattern) => pattern.replaceAll("'", "['’]"),
  )

const passwordWords = String.raw`(?<![\p{L}\p{N}])${any(({ password }) => password)}`
const between = String.raw`(?:\s+\p{L}{1,12}){0,3}?`
const is = any((said) => said.is)
const says = String.raw`(?:\s*[:=]\s*|\s+${is}\s*:?\s+|\s*->\s*)`
const told = new RegExp(`${passwordWords}${between}${says}["'“«‘(]?\\s?(\\S{4,64})`, 'giu')
const bare = new RegExp(`${passwordWords}\\s+["'“«]?(\\S{6,64})`, 'giu')

const trimmed = (value: string): string => value.replaceAll(/[.,;!?)"'”»’]+$/g, '') || value
const isAddress = (value: string): boolean => /^https?:|^www\.|^\S+@\S+\.[a-z]{2,}$/i.test(value)
const hasDigit = (value: string): boolean => /\d/.test(value)
const hasSign = (value: string): boolean => /[!@#$%^&*?+=_~£€§]/.test(value.slice(0, -1))
const hasLetter = (value: string): boolean => /\p{L}/u.test(value)
const isUnusual = (value: string): boolean => hasDigit(value) || hasSign(value) || /\p{Ll}\p{Lu}/u.test(value)
/** Names and lengths, which are no secret though they hold digits. */
const product = new RegExp(String.raw`^(?:microsoft|office|windows|o|m|ms)-?\d+$|^aadsts|^[ef]\d$|^\d+[- ]?${any(({ units }) => units)}$`, 'i')
const isProduct = (value: string): boolean => product.test(value)

const isPassword = (value: string): boolean => value.length >= 4 && isUnusual(value) && !isAddress(value) && !isProduct(value) && !/^\d{1,4}$/.test(value)

const findPassword = (text: string): boolean =>
  matchesOf(told, text).some((value) => isPassword(trimmed(value))) ||
  matchesOf(bare, text).some((value) => isPassword(value) && hasDigit(value) && hasLetter(value) && /[!@#$%^&*?+=_~£€§]/.test(value))

const matchesOf = (pattern: RegExp, text: string): string[] => Array.from(text.matchAll(pattern), (match) => match[1] ?? '')

const cardRun = /(?<![\p{L}\p{N}+-])[2-6]\d{3}(?:[ -]?\d){9,15}(?!\d|[ -]\d|-?\p{L})/gu

/** The check digit every payment card carries. */
const passesLuhn = (digits: string): boolean => {
  const sum = digits
    .split('')
    .reverse()
    .reduce((total, digit, at) => {
      const value = at % 2 === 0 ? Number(digit) : Number(digit) * 2
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return sum % 10 === 0
}

const saysCard = new RegExp(String.raw`\b${any(({ card }) => card)}\b`, 'i')

const isCard = (run: string, text: string): boolean => {
  const digits = run.replaceAll(/\D/g, '')
  if (!passesLuhn(digits) || /^(\d)\1+$/.test(digits)) return false
  // Support request numbers have 16 digits that begin with the year, like a card of the 2 series.
  return !digits.startsWith('2') || saysCard.test(text)
}

const findCard = (text: string): boolean => Array.from(text.matchAll(cardRun), ([run]) => run).some((run) => isCard(run, text))

const notSignIn = String.raw`(?<!${any(({ beforeOtherCode }) => beforeOtherCode)}\s)`
const codeWords = String.raw`${notSignIn}(?<![\p{L}\p{N}])${any(({ code }) => code)}(?!\s+${any(({ afterOtherCode }) => afterOtherCode)}(?!\p{L}))`
const codeTold = new RegExp(
  `${codeWords}${between}(?:\\s*[:=]\\s*|\\s+${is}\\s*:?\\s+|\\s+)["'“«]?(?:G-)?(\\d{3}[ -]?\\d{3,5})(?![\\p{L}\\p{N}-]|[.,]\\d)`,
  'giu',
)

/** Six digits and nothing else are what a phone shows when somebody signs in. */
const bareCode = /^\s*(?:\d{6}|\d{3}[ -]\d{3})\s*$/

const findCode = (text: string): boolean =>
  bareCode.test(text) ||
  matchesOf(codeTold, text)
    .map((value) => value.replaceAll(/\D/g, ''))
    .some((digits) => !isErrorNumber(digits))

/** What secret the text holds, if any. Talking about passwords, cards or codes is none; ids, dates and phone numbers are none. */
export const findSecret = (text: string): Secret | undefined => {
  const read = text.slice(0, longestText).replaceAll(/\s+/g, ' ')
  if (findCard(read)) return 'card'
  if (findPassword(read)) return 'password'
  return findCode(read) ? 'code' : undefined
}
