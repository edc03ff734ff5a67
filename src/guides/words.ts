/** The bot's own words around guides and answers (buttons, headings, sentences), by language, with plural rules. */
import i18next, { type i18n } from 'i18next'
import { languageRows } from '../languages'
import { byLanguage, languages, type Language } from '../topics'
import { texts, type Texts } from './texts'

/** Dotted path of every sentence in `ui.json`; a plural is named without its `_one` / `_other`. */
type Path<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${Singular<K>}` : Path<T[K], `${Before}${K}.`>
}[keyof T & string]
type Singular<K extends string> = K extends `${infer Name}_one` | `${infer Name}_many` | `${infer Name}_other` ? Name : K
export type Phrase = Path<Texts['ui']>

export interface Words {
  readonly language: Language
  readonly t: (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string
  /** A date as people write it, e.g. "25 November 2026". `iso` is `YYYY-MM-DD`. */
  readonly date: (iso: string) => string
  /** The same without its day, e.g. "November 2026". */
  readonly month: (iso: string) => string
}

const instance: i18n = i18next.createInstance()
void instance.init({
  lng: 'en',
  supportedLngs: [...languages],
  resources: byLanguage((language) => ({ ui: texts[language].ui })),
  ns: ['ui'],
  defaultNS: 'ui',
  initAsync: false,
  interpolation: { escapeValue: false },
})

const wordsOf = (language: Language): Words => {
  const translate = instance.getFixedT(language, 'ui')
  const dates = new Intl.DateTimeFormat(languageRows[language].dates, { dateStyle: 'long', timeZone: 'UTC' })
  const months = new Intl.DateTimeFormat(languageRows[language].dates, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return {
    language,
    t: (phrase, values) => translate(phrase as never, values as never) as unknown as string,
    date: (iso) => dates.format(new Date(`${iso}T00:00:00Z`)),
    month: (iso) => months.format(new Date(`${iso}T00:00:00Z`)),
  }
}

const all = byLanguage(wordsOf)

export const words = (language: Language): Words => all[language]
