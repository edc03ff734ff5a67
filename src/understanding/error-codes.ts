/** Sign-in error codes (AADSTS…) in a message, and what their family usually means here. The numbers are never certain. */
import { texts, type Texts } from '../guides/texts'
import type { Language } from '../topics'

type Family = Exclude<keyof Texts['errorCodes'], 'unlisted' | 'look-up'>

const families: Readonly<Record<Family, readonly string[]>> = {
  'not-in-tenant': ['16000', '16003', '50014', '50020', '90072'],
  'account-kind': ['500207', '500208'],
  session: ['16001', '160021', '50058'],
  'unknown-user': ['50034', '51004'],
  'company-rule': ['500212', '500213', '500021', '500022', '50002', '50177', '50178', '530034', '53011', '90084', '90099'],
  'second-factor': ['50072', '50074', '50076', '50078', '50079', '53004', '53010'],
  policy: ['53000', '53001', '53002', '53003', '50131', '530032', '530035'],
  'extra-step': ['50158'],
  'not-assigned': ['50105'],
  consent: ['65001', '65004', '90094', '90095'],
  application: ['700016', '500011', '500014', '650052', '650059', '50194'],
  'unknown-tenant': ['90002', '50128', '50059', '90019'],
  'domain-name': ['50029'],
  'sign-in-details': ['50126', '50053', '50055', '50057'],
  'old-session': ['70008', '700082', '70043', '50173'],
  'tenant-inactive': ['5000225'],
  'tenant-blocked': ['5000224'],
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

/** What the code's family usually means for this task, or that it is not listed here; and where Microsoft explains it. */
export const errorMeaning = (code: string, language: Language): string => {
  const said = texts[language].errorCodes
  return [said[familyOf.get(code) ?? 'unlisted'], said['look-up']].join(' ').replace('{{code}}', code).replace('{{digits}}', code.replace(/\D/g, ''))
}
