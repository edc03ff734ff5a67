/** Which texts of a language does the code itself read? One row a language; guides, answers and pictures are read by `read.ts`. */
import type { Language } from '../topics'
import enCommands from './en/commands.json'
import enErrorCodes from './en/error-codes.json'
import enHeard from './en/heard.json'
import enProducts from './en/products.json'
import enUi from './en/ui.json'
import frCommands from './fr/commands.json'
import frErrorCodes from './fr/error-codes.json'
import frHeard from './fr/heard.json'
import frProducts from './fr/products.json'
import frUi from './fr/ui.json'

/** The same sentences as in English, in whatever words. */
type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }

/** What people type in place of pressing. */
interface Commands {
  readonly phrases: Readonly<Record<keyof typeof enCommands.phrases, readonly string[]>>
  /** May stand around a command. */
  readonly polite: readonly string[]
  /** "the second one", "option 2". */
  readonly picks: {
    /** Make a number a pick that would be one of the fillers otherwise. */
    readonly nouns: readonly string[]
    readonly fillers: readonly string[]
    readonly words: Readonly<Record<string, number>>
  }
}

/** "we have" + "an" + "Enterprise Agreement": the first two may be left out. */
interface Contract {
  readonly before: readonly string[]
  readonly article: readonly string[]
  readonly name: readonly string[]
}

/** Words that say what a message holds. Case never matters. */
export interface Heard {
  /** A message that begins so answers yes, or no. */
  readonly yes: readonly string[]
  readonly no: readonly string[]
  /** Where others read along: somebody wants to go through it alone with the bot. */
  readonly inPrivate: readonly string[]
  /** About an answer: it was no good. */
  readonly wrong: readonly string[]
  readonly contracts: Readonly<Record<'ea' | 'csp' | 'web', Contract>> & { readonly unknown: readonly string[] }
  /** Around an id or a domain. */
  readonly ids: {
    /** "the subscription is …" */
    readonly is: readonly string[]
    readonly subscription: readonly string[]
    readonly subscriptions: readonly string[]
    readonly tenant: readonly string[]
    /** Besides tenants, what has ids that are no subscription's. */
    readonly other: readonly string[]
    /** What somebody wants done, not looked up. */
    readonly wish: readonly string[]
    readonly domain: readonly string[]
    /** Around a domain: a question about something else. */
    readonly domainWish: readonly string[]
    /** All that may stand around an id of which nobody says the kind. */
    readonly around: readonly string[]
  }
  readonly questions: {
    /** What a question begins with; the beginning of a word will do. */
    readonly start: readonly string[]
    /** The same after "and". */
    readonly afterAnd: readonly string[]
    readonly and: readonly string[]
    /** Other words for "and" between two questions. */
    readonly also: readonly string[]
    /** May follow it: "and then". */
    readonly then: readonly string[]
  }
  readonly secrets: {
    /** Longer ones first. */
    readonly password: readonly string[]
    /** "my password is …" */
    readonly is: readonly string[]
    /** "the password is 8 characters long" tells none. */
    readonly units: readonly string[]
    /** Payment cards. */
    readonly card: readonly string[]
    readonly code: readonly string[]
    /** "error code", "code postal": no sign-in code. */
    readonly beforeOtherCode: readonly string[]
    readonly afterOtherCode: readonly string[]
  }
}

export interface Texts {
  readonly ui: Shape<typeof enUi>
  readonly commands: Commands
  readonly errorCodes: Shape<typeof enErrorCodes>
  readonly products: Shape<typeof enProducts>
  readonly heard: Heard
}

export const texts: Readonly<Record<Language, Texts>> = {
  en: { ui: enUi, commands: enCommands, errorCodes: enErrorCodes, products: enProducts, heard: enHeard },
  fr: { ui: frUi, commands: frCommands, errorCodes: frErrorCodes, products: frProducts, heard: frHeard },
}
