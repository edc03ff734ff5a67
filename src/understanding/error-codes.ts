/** Sign-in error codes (AADSTS…) in a message, and what their family usually means here. The numbers are never certain. */
import english from '../guides/en/error-codes.json'
import french from '../guides/fr/error-codes.json'
import type { Language } from '../topics'

type Family = keyof typeof english

const meanings: Readonly<Record<Language, Readonly<Record<Family, string>>>> = { en: english, fr: french }

const families: Readonly<Record<Family, readonly string[]>> = {
  'other-directory': ['50020', '90072', '50178'],
  'unknown-user': ['50034', '51004'],
  'unknown-tenant': ['90002', '50128', '50059'],
  'personal-account': ['500200', '500202', '50029'],
  'several-accounts': ['16000', '16001', '16003', '50058', '165100'],
  'sign-in-details': ['50126', '50053', '50055', '50056', '50057'],
  'second-factor': ['50074', '50076', '50079', '500121', '50072'],
  policy: ['53000', '53001', '53003', '50105', '53004', '530003'],
  consent: ['65001', '65004', '90094', '90008', '650056'],
  application: ['700016', '70001', '650052', '500011'],
}

const familyOf: ReadonlyMap<string, Family> = new Map(
  (Object.entries(families) as [Family, readonly string[]][]).flatMap(([family, numbers]) =>
    numbers.map((number): [string, Family] => [`AADSTS${number}`, family]),
  ),
)

/** True for the number of a sign-in error that is listed here, e.g. `500121`. */
export const isErrorNumber = (digits: string): boolean => familyOf.has(`AADSTS${digits}`)

/** The first sign-in error code in the text, in capitals, e.g. `AADSTS50020`. */
export const findErrorCode = (text: string): string | undefined => {
  const digits = /aadsts\s?:?\s?(\d{4,7})/i.exec(text)?.[1]
  return digits && `AADSTS${digits}`
}

/** What the code's family usually means for this task, when known. */
export const errorMeaning = (code: string, language: Language): string | undefined => {
  const family = familyOf.get(code)
  return family && meanings[language][family]
}
