/** What kind of organization is it, and how many are they? */
import type { FactName, FactValue } from './known'
import type { FactRule } from './told'

const ours = String.raw`(?:we'?re|we are|i'?m|i am|i run|i work (?:for|at|in)|here at|our|my|us at|it's an?|c'est une?|on est|nous sommes|je (?:suis|bosse|travaille|gere|tiens)|notre|mon|ma|dans|pour)\b(?: (?!contrat|accord|entente|sous)\w+){0,3}? ?`

export const organizationRules: readonly FactRule[] = [
  {
    fact: 'organization',
    value: 'school',
    says: new RegExp(
      String.raw`\b${ours}(?:school|college|university|academy|kindergarten|ecole|lycee|college|universite|cegep|fac|academie|centre de services scolaire)\b(?! (?:account|login|e-?mail|credit))`,
    ),
  },
  {
    fact: 'organization',
    value: 'nonprofit',
    says: new RegExp(
      String.raw`\b${ours}(?:non-?profit|charity|ngo|parish|church|association|assoc|asso|obnl|osbl|ong|paroisse|fondation|foundation|charitable)\b`,
    ),
  },
  { fact: 'organization', value: 'startup', says: new RegExp(String.raw`\b${ours}(?:start-?up|jeune pousse)\b`) },
  {
    fact: 'organization',
    value: 'home',
    says: new RegExp(
      String.raw`\b(?:it's only for me at home|for my family|at home for myself|a titre prive|pour ma famille|usage familial|a la maison pour moi)\b`,
    ),
  },
  {
    fact: 'organization',
    value: 'business',
    says: new RegExp(
      String.raw`\b${ours}(?:company|business|firm|bakery|shops?|law office|practice|agency|restaurant|entreprise|societe|boite|pme|tpe|boulangerie|cabinet|agence|magasins?|commerce)\b(?! (?:account|card|login|e-?mail|premium|standard|basic))`,
    ),
  },
]

const people = String.raw`(?:people|persons?|users?|employees?|staff|seats?|mailbox(?:es)?|licen[cs]es?|of us|colleagues?|workers?|accounts|heads|members|teachers|students|pupils|personnes?|gens|utilisateurs?|users|employes?|salaries?|postes|boites?(?: mail)?|collaborateurs?|comptes|agents|membres|eleves|profs|enseignants|adresses? mail)`
const counted = new RegExp(
  String.raw`\b(\d{1,3}(?:[ ,.]\d{3})|\d{1,3}k|\d{1,6}|two|three|four|five|six|seven|eight|nine|ten|a dozen|deux|trois|quatre|cinq|sept|huit|neuf|dix|une dizaine(?: de| d')?|une douzaine(?: de| d')?|une vingtaine(?: de| d')?|une trentaine(?: de| d')?|une quarantaine(?: de| d')?|une cinquantaine(?: de| d')?|une centaine(?: de| d')?)(?: \w+)? ?${people}\b|\b(?:on est|nous sommes|we are|we're)(?: (?:about|around|only|just|environ|a peu pres|que|seulement|a))? (\d{1,6}|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit|neuf|dix)\b(?! (?:tenants|directories|annuaires|steps|etapes|subscriptions|abonnements))`,
)
const alone =
  /\b(?:just me|only me|i'm alone|i am alone|on my own here|one-person|sole trader|self-employed|je suis (?:tout )?seule?|que moi|juste moi|auto-?entrepreneur|independante?)\b/
const words: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  'a dozen': 12,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  sept: 7,
  huit: 8,
  neuf: 9,
  dix: 10,
}
const tens: readonly (readonly [string, number])[] = [
  ['dizaine', 10],
  ['douzaine', 12],
  ['vingtaine', 20],
  ['trentaine', 30],
  ['quarantaine', 40],
  ['cinquantaine', 50],
  ['centaine', 100],
]

const numberOf = (said: string): number => {
  const digits = said.replaceAll(/[ ,.]/g, '').replace(/k$/, '000')
  if (/^\d+$/.test(digits)) return Number(digits)
  return words[said] ?? tens.find(([word]) => said.includes(word))?.[1] ?? 0
}

const sizeFor = (count: number): FactValue<'size'> | undefined => {
  if (count < 1) return undefined
  if (count === 1) return '1'
  if (count < 10) return '2-9'
  if (count < 50) return '10-49'
  return count < 300 ? '50-299' : '300+'
}

export interface Found {
  readonly fact: FactName
  readonly value: FactValue
  readonly from: number
  readonly to: number
}

/** How many are said to be there, as a class of sizes. */
export const sizeIn = (text: string): Found | undefined => {
  const single = alone.exec(text)
  if (single) return { fact: 'size', value: '1', from: single.index, to: single.index + single[0].length }
  const found = counted.exec(text)
  const value = found && sizeFor(numberOf(found[1] ?? found[2] ?? ''))
  return found && value ? { fact: 'size', value, from: found.index, to: found.index + found[0].length } : undefined
}
