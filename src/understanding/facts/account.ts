/** With which kind of account do they sign in? */
import type { FactRule } from './told'

export const accountRules: readonly FactRule[] = [
  {
    fact: 'account',
    value: 'personal',
    says: /\b(?:hotmail|g ?mail|outlook\.(?:com|fr)|live\.(?:com|fr|ca)|msn|yahoo|wanadoo|laposte|icloud|orange\.fr|free\.fr|sfr\.fr|videotron|bluewin|personal (?:microsoft )?(?:account|e-?mail|login|address|one)|private (?:microsoft )?(?:account|e-?mail|address)|own (?:private |personal )?(?:e-?mail|address)|(?:compte|adresse|mail|e-mail|courriel|identifiant)s? (?:microsoft )?(?:perso|personnel|personnelle|prive|privee)s?)\b/,
    steady: true,
    mine: true,
  },
  {
    fact: 'account',
    value: 'work',
    says: /\b(?:(?:work|school|company|corporate|business|office|professional|organi[sz]ation(?:al)?|microsoft 365|office 365|m365|o365|shop|student|university)(?: or school)? (?:account|login|e-?mail|address|identity|id)|(?:compte|adresse|mail|e-mail|courriel|identifiant)s? (?:(?:pro|professionnel|professionnelle|scolaire|etudiant)s?|(?:de |du |d')(?:l'|la |le )?(?:entreprise|boite|boulot|travail|ecole|societe|cegep|bureau|universite)))\b|\b(?:log|sign|signing|logged) (?:in|on) (?:with|as|using) (?:my |the |our |an? )?(?:work|school|company|office|business) (?:one|account|login|address)?|\b(?:en|avec (?:mon|le|un)) (?:compte )?pro\b|^(?:(?:yes|yeah|yep|ok|oui|ouais),? )?(?:with )?(?:my|the|mon|le|celui d[ue]) (?:work|company|office|business|school|pro|boulot|travail|bureau)(?: one)?$|\b(?:admin|info|office|contact|accueil|direction|compta|dev|it)@|@[\w-]+\.onmicrosoft\.com/,
    steady: true,
    mine: true,
  },
  {
    fact: 'account',
    value: 'guest',
    says: /\baccount is a guest\b|\b(?:i'?m|i am|am|je suis|chui|chuis|jsuis) (?:only |just |a |an |merely |invited as a |seulement |juste |qu')*(?:guest|invitee?|externe)\b/,
  },
  {
    fact: 'account',
    value: 'several',
    says: /\b(?:two|three|several|multiple|both|2|3|four) (?:different |separate )?(?:accounts|logins|identities|e-?mails|addresses)|\b(?:deux|trois|plusieurs|2|3) (?:comptes|identifiants|connexions|adresses|logins)\b/,
  },
]
