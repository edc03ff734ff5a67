/** What tells one language from another besides its texts? A row each; the compiler and `npm run check` name what else one needs. */
import { isLanguage, type Language } from './topics'

interface LanguageRow {
  /** As its speakers call it. */
  readonly name: string
  /** Whose dates and times it writes: 25 November 2026, 25 novembre 2026. */
  readonly dates: string
  /** What Teams says its people use. */
  readonly teams: string
  /** Between a heading and its text; French puts a no-break space before it. */
  readonly colon: string
  /** What others call it too: in a message that asks for it, and in a sentence that names the languages. */
  readonly called: RegExp
  /** Words about offers and prices, which the app stores allow on no phone. */
  readonly offers: RegExp
  /** The only script in which languages are told apart; in another every message is somebody else's (`understanding/language.ts`). */
  readonly script: 'Latin'
}

export const languageRows: Readonly<Record<Language, LanguageRow>> = {
  en: {
    name: 'English',
    dates: 'en-GB',
    teams: 'en-US',
    colon: ':',
    called: /\b(english|anglais|inglese|englisch)\b/i,
    offers: /\b(free|no-cost|trials?|usd|eur|prices?|pricing|discounts?|pay-as-you-go|credits?)\b/i,
    script: 'Latin',
  },
  fr: {
    name: 'Français',
    dates: 'fr-FR',
    teams: 'fr-FR',
    colon: '\u00A0:',
    called: /\b(french|fran[cç]ais(?:e)?|franz[oö]sisch)\b/i,
    offers: /\b(gratuite?s?|gratuitement|sans frais|essais?|usd|eur|prix|tarifs?|remises?|crédits?|paiement à l.utilisation)\b/i,
    script: 'Latin',
  },
}

/** The one of ours that a tag such as `fr-CA` stands for. */
export const languageOfTag = (tag: string | null | undefined): Language | undefined => {
  const language = tag?.trim().toLowerCase().split(/[-_]/)[0]
  return isLanguage(language) ? language : undefined
}
