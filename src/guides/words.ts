/** The bot's own words around guides and answers (buttons, headings, sentences), by language, with plural rules. */
import i18next, { type i18n } from 'i18next'
import { languages, type Language } from '../topics'
import english from './en/ui.json'
import french from './fr/ui.json'

/** Dotted path of every sentence in `ui.json`; a plural is named without its `_one` / `_other`. */
type Path<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${Singular<K>}` : Path<T[K], `${Before}${K}.`>
}[keyof T & string]
type Singular<K extends string> = K extends `${infer Name}_one` | `${infer Name}_many` | `${infer Name}_other` ? Name : K
export type Phrase = Path<typeof english>

export interface Words {
  readonly language: Language
  readonly t: (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string
  /** A date as people write it, e.g. "25 November 2026". `iso` is `YYYY-MM-DD`. */
  readonly date: (iso: string) => string
}

/** French sentences have the same shape as the English ones; a missing one does not compile. */
const resources = { en: { ui: english }, fr: { ui: french satisfies Shape<typeof english> } }
type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }

const instance: i18n = i18next.createInstance()
void instance.init({
  lng: 'en',
  supportedLngs: [...languages],
  resources,
  ns: ['ui'],
  defaultNS: 'ui',
  initAsync: false,
  interpolation: { escapeValue: false },
})

const wordsOf = (language: Language): Words => {
  const translate = instance.getFixedT(language, 'ui')
  const dates = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', { dateStyle: 'long', timeZone: 'UTC' })
  return {
    language,
    t: (phrase, values) => translate(phrase as never, values as never) as unknown as string,
    date: (iso) => dates.format(new Date(`${iso}T00:00:00Z`)),
  }
}

const all = { en: wordsOf('en'), fr: wordsOf('fr') } satisfies Record<Language, Words>

export const words = (language: Language): Words => all[language]
