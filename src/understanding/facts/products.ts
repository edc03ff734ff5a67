/** Which of the two products are there already, and under which offer? */
import type { FactRule } from './told'

const office = String.raw`(?:microsoft ?365|office ?365|o ?365|m ?365|ms ?365|365|office|exchange|teams|outlook|sharepoint|business (?:basic|standard|premium)|(?:the |our |only )?(?:e-?mails?|mailbox(?:es)?|mail)(?: part| side| one)?|la messagerie|les mails|messagerie)`
const azure = String.raw`(?:azure|an? (?:azure )?subscription|un abonnement azure|(?:some )?(?:vms|virtual machines)|des serveurs azure|machines virtuelles)`
const have = String.raw`(?:we|i|they|our (?:company|school|firm)|everyone|everybody|on|nous|j'|je|tout le monde)\s?(?:n'|(?:already|deja|currently|all|only|just|do|don't|dont|do not|have|haven't|still|ne|y)\s)*(?:'ve|'re|ve|re|have|had|has|got|use|uses|run|pay for|are on|is on|ai|a|avons|as|utilise|utilisons|sommes (?:sur|sous|chez)|est (?:sur|sous|chez)|paye|payons|tourne(?:ns)? sur)(?: (?:got|been|on|using|had|deja|already|only|just|pas|plus|que|qu'|no|not|never|jamais|also|aussi|both|d'|de|du|bien|mis|pris|still|our|the|l'|le|la|un|une|an|a|some|les|with|seulement|juste))*`

const has = (product: string) => new RegExp(String.raw`\b${have}\s?\b${product}\b`)
const both = new RegExp(String.raw`\b${have}\s?(?:both|les deux)\b(?! (?:accounts|logins|comptes|directories|tenants|annuaires))`)

export const productRules: readonly FactRule[] = [
  { fact: 'has-m365', value: 'yes', says: has(office) },
  { fact: 'has-azure', value: 'yes', says: has(azure) },
  { fact: 'has-m365', value: 'yes', says: both },
  { fact: 'has-azure', value: 'yes', says: both },
  // "office and azure", "azure et office": what the same verb holds.
  {
    fact: 'has-azure',
    value: 'yes',
    says: new RegExp(String.raw`\b${have}\s?\b${office}\b (?:and|et|plus|\+|&|as well as|ainsi qu')\s?(?:also |aussi )?(?:an? |un )?${azure}\b`),
  },
  { fact: 'has-m365', value: 'yes', says: new RegExp(String.raw`\b${have}\s?\b${azure}\b (?:and|et|plus|\+|&|as well as)\s?(?:also |aussi )?${office}\b`) },
  {
    fact: 'has-m365',
    value: 'trial',
    says: /\b(?:microsoft ?365|office ?365|m365|o365)\b.{0,15}\b(?:trial|essai)\b|\b(?:trial|essai)\b.{0,15}\b(?:microsoft ?365|office ?365|m365|o365)\b/,
  },
  {
    fact: 'has-m365',
    value: 'home-plan',
    says: /\b(?:(?:microsoft|office) ?365|m365|office) (?:family|personal|home|famille|personnel)\b|\b(?:family|home|famille) (?:plan|subscription|365)\b/,
  },
  { fact: 'has-azure', value: 'trial', says: /\bazure\b.{0,15}\b(?:trial|essai)\b|\b(?:trial|essai)\b.{0,15}\bazure\b/ },
  {
    fact: 'offer',
    value: 'student',
    says: /\b(?:azure for students|student (?:credits?|offer|subscription|account credit)|credits? (?:etudiante?s?)|offre etudiante?|azure etudiants?)\b/,
  },
  { fact: 'offer', value: 'visual-studio', says: /\b(?:visual studio|msdn)\b/ },
  {
    fact: 'offer',
    value: 'sponsored',
    says: /\b(?:sponsor(?:ed|ship)|founders hub|startup credits?|nonprofit grant|azure credits? (?:for nonprofits?)|subvention|credits? (?:startup|associatifs?)|parrainee?)\b/,
  },
  { fact: 'offer', value: 'free', says: /\b(?:free (?:trial|account|credits?)|azure free|essai gratuit|compte gratuit|credits? gratuits?)\b/ },
  { fact: 'offer', value: 'payg', says: /\b(?:pay[ -]as[ -]you[ -]go|payg|paiement a l'utilisation|paiement a l'usage)\b/ },
]
