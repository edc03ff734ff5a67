/** What is in the words of an act besides the act: a number, a step, a language, an id, a time. */
import type { Language } from '../topics'
import { findLookUp } from './answers'
import { fold, readable, wordsOf } from './clean'
import { findPick } from './commands'
import { wantedLanguage } from './wanted-language'

const numbers: Readonly<Record<string, number>> = {
  one: 1,
  first: 1,
  '1st': 1,
  two: 2,
  second: 2,
  '2nd': 2,
  three: 3,
  third: 3,
  '3rd': 3,
  four: 4,
  fourth: 4,
  '4th': 4,
  five: 5,
  fifth: 5,
  '5th': 5,
  six: 6,
  sixth: 6,
  '6th': 6,
  seven: 7,
  seventh: 7,
  eight: 8,
  eighth: 8,
  nine: 9,
  ninth: 9,
  ten: 10,
  tenth: 10,
  premier: 1,
  premiere: 1,
  '1er': 1,
  '1re': 1,
  '1ere': 1,
  deux: 2,
  deuxieme: 2,
  seconde: 2,
  '2e': 2,
  '2eme': 2,
  trois: 3,
  troisieme: 3,
  '3e': 3,
  '3eme': 3,
  quatre: 4,
  quatrieme: 4,
  '4e': 4,
  '4eme': 4,
  cinq: 5,
  cinquieme: 5,
  '5e': 5,
  '5eme': 5,
  sixieme: 6,
  '6e': 6,
  '6eme': 6,
  sept: 7,
  septieme: 7,
  '7e': 7,
  '7eme': 7,
  huit: 8,
  huitieme: 8,
  '8e': 8,
  neuf: 9,
  neuvieme: 9,
  dix: 10,
  dixieme: 10,
}
const largest = 30

const valueOf = (word: string): number | undefined => {
  const value = /^\d{1,2}$/.test(word) ? Number(word) : numbers[word]
  return value !== undefined && value >= 1 && value <= largest ? value : undefined
}

/** "One" mostly stands for a thing: it is a number only where no other is. */
const weak = new Set(['one', 'un', 'une', 'second'])

const numbersIn = (text: string): readonly number[] => {
  const found = wordsOf(text).flatMap((word) => {
    const value = valueOf(word)
    return value === undefined ? [] : [{ word, value }]
  })
  const strong = found.filter(({ word }) => !weak.has(word))
  return (strong.length > 0 ? strong : found.filter(({ word }) => word === 'second')).map(({ value }) => value)
}

const lastOne = /\b(?:last|lowest|bottom|lower|final|end one|dernier|derniere|du bas|tout en bas|la fin)\b/
const otherOne = /\b(?:other|the other|l'autre|autre)\b/
const firstOne = /\b(?:top one|the top|upper|celui du haut|celle du haut|du haut)\b/

/** Which entry of a list is meant; `undefined` when it is not said. */
export const pickIn = (raw: string): number | 'last' | 'other' | undefined => {
  const exact = findPick(raw)
  if (exact !== undefined) return exact
  const text = fold(readable(raw))
  if (lastOne.test(text)) return 'last'
  if (otherOne.test(text)) return 'other'
  return numbersIn(text)[0] ?? (firstOne.test(text) || /\bnumber one\b|\bnumero un\b|\ble un\b|\bla une\b/.test(text) ? 1 : undefined)
}

const firstStep = /\b(?:first step|very first|beginning|start|premiere etape|au debut)\b/
const lastStep = /\b(?:last step|final step|very end|derniere etape|a la fin)\b/

/** Which step is meant. */
export const stepIn = (raw: string): number | 'first' | 'last' | undefined => {
  const text = fold(readable(raw))
  const named = /\b(?:step|etape|stage|part|number|numero|n°|no)\s*(?:n°|no\.?|number|numero)?\s*(\w+)/.exec(text)?.[1]
  const value = named === undefined ? undefined : valueOf(named)
  if (value !== undefined) return value
  const to = /\b(?:to|at|a|en|vers|sur|la|le) (?:la |le |number |numero |n° ?)?(\w+)[.! ]*$/.exec(text)?.[1]
  const target = to === undefined ? undefined : valueOf(to)
  const number = target ?? numbersIn(text)[0]
  if (number !== undefined) return number
  if (lastStep.test(text)) return 'last'
  if (firstStep.test(text)) return 'first'
  return /\b(?:step|etape) (?:one|un|une)\b/.test(text) ? 1 : undefined
}

/** A language that is named, or "in English" said in French. */
export const languageIn = (raw: string): Language | undefined => wantedLanguage(raw)

const guid = /(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/i
const domain = /(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?![\w@/-]|\.\w)/
const notTheirs = /(?:^|\.)(?:microsoft|azure|office|office365|microsoft365|microsoftonline|windows|live|outlook|hotmail|gmail|godaddy)\.(?:com|net|fr)$/

/** What is handed over to be looked up. */
export const givenIn = (raw: string): { readonly subscription?: string; readonly domain?: string } => {
  const found = findLookUp(raw)
  const subscription = found?.subscription ?? guid.exec(raw)?.[0].toLowerCase()
  const name = found?.domain ?? domain.exec(fold(readable(raw)))?.[0]
  return { ...(subscription && { subscription }), ...(name && !notTheirs.test(name) && { domain: name }) }
}

const earlier =
  /\b(?:already|before|yesterday|last (?:week|month|year|time)|earlier|ages ago|hours ago|long ago|was (?:already )?(?:done|there|on|set)|deja|hier|la semaine derniere|le mois dernier|auparavant|avant|depuis longtemps|tout a l'heure|l'an dernier|l'annee derniere)\b/
const also = /\b(?:that (?:one )?too|this one too|also|as well|likewise|aussi|egalement|celle-la aussi|pareil)\b/
/** The whole guide, and not only all that a step asks for. */
const all =
  /\b(?:(?:all|both|every one) of (?:it|them|these|those)(?: steps)? (?:already|before|long ago)|all (?:the )?(?:steps|of the steps)|every step|(?:all|everything) (?:was |is |has been )?(?:already )?(?:done|finished) (?:already|before|long ago)|already did (?:all|everything)|(?:toutes|ttes) les etapes|(?:j'ai|on a) deja tout (?:fait|fini)|tout (?:est|etait) deja (?:fait|fini))\b/

export const whenDone = (raw: string): 'earlier' | 'also' | 'all' | undefined => {
  const text = fold(readable(raw))
  if (all.test(text)) return 'all'
  if (also.test(text)) return 'also'
  return earlier.test(text) ? 'earlier' : undefined
}

export const wantsSteps = (raw: string): boolean =>
  /\b(?:steps|etapes|whole guide|entire guide|full guide|guide (?:complet|entier)|tout le guide|overview|vue d'ensemble)\b/.test(fold(readable(raw)))
