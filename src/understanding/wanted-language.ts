/** Which language a "please speak …" asks for; `undefined` when it names neither or both. */
import type { Language } from '../topics'

const named = {
  en: /\b(english|anglais|inglese|englisch)\b/i,
  fr: /\b(french|fran[cç]ais(?:e)?|franz[oö]sisch)\b/i,
} as const satisfies Record<Language, RegExp>

export const wantedLanguage = (text: string): Language | undefined => {
  const [en, fr] = [named.en.test(text), named.fr.test(text)]
  if (en === fr) return undefined
  return en ? 'en' : 'fr'
}
