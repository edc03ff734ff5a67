/** Every topic id. The same word names the guide or answer file, the dialog, the phrasings and the tests. */
export const scenarios = ['azure-for-m365', 'm365-for-azure', 'link-existing', 'check-role', 'verify-setup'] as const

export const answers = [
  'tenant-basics',
  'subscription-ownership',
  'required-role',
  'find-admin',
  'enterprise-agreement',
  'support',
  'billing-and-trial',
  'which-account',
  'change-directory-impact',
  'multiple-tenants',
  'renamed-products',
  'personal-owner',
  'tenant-policy',
  'no-subscription-visible',
  'owner-left',
  'save-and-rebuild',
  'domain-in-use',
  'special-programs',
  'old-tenant',
] as const

export const controls = ['greeting', 'help', 'cancel', 'restart', 'thanks', 'language', 'sign-out', 'feedback', 'privacy'] as const

export const topics = [...scenarios, ...answers, ...controls] as const

/**
 * What topics were called in earlier releases, and what they are called now: runs and cards of then still say so. Of a guide that
 * is gone for good, an answer may take the presses; its runs are set aside.
 */
export const formerTopics: Readonly<Record<string, Topic>> = {}

export type Scenario = (typeof scenarios)[number]
export type AnswerTopic = (typeof answers)[number]
export type Control = (typeof controls)[number]
/** A topic a message can be about. */
export type Topic = (typeof topics)[number]

export const languages = ['en', 'fr'] as const
export type Language = (typeof languages)[number]

/** The same made for each. */
export const byLanguage = <T>(make: (language: Language) => T): Readonly<Record<Language, T>> =>
  Object.fromEntries(languages.map((language) => [language, make(language)])) as Record<Language, T>

const isIn =
  <T extends string>(list: readonly T[]) =>
  (word: unknown): word is T =>
    (list as readonly unknown[]).includes(word)

export const isScenario = isIn(scenarios)
export const isAnswer = isIn(answers)
export const isControl = isIn(controls)
export const isTopic = isIn(topics)
export const isLanguage = isIn(languages)
