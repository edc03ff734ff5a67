/** How many directories are there, in which is the subscription, and does a policy let it move? */
import type { FactRule } from './told'

const directory = String.raw`(?:tenants?|director(?:y|ies)|annuaires?|locataires?|repertoires?|entra)`

export const tenantRules: readonly FactRule[] = [
  {
    fact: 'tenants',
    value: 'several',
    says: new RegExp(
      String.raw`\b(?:two|three|four|several|multiple|separate|2|3|4|both|different|various|deux|trois|quatre|plusieurs|different(?:e)?s|tous les deux) (?:different |separate |distinct |azure |other |microsoft )?(?:tenants|directories|annuaires|locataires|repertoires)\b|\b(?:annuaires|locataires|tenants) (?:separes|differents|distincts)\b`,
    ),
  },
  {
    fact: 'tenants',
    value: 'one',
    says: new RegExp(
      String.raw`\b(?:(?:only |just )?one|(?:a )?single|the same|1|un seul|une seule|le meme|qu'un|qu'un seul) (?:and the same |azure |microsoft )?${directory}\b`,
    ),
  },
  { fact: 'subscription-tenant', value: 'default-directory', says: /\b(?:default directory|repertoire par defaut|annuaire par defaut)\b/ },
  {
    fact: 'subscription-tenant',
    value: 'other',
    says: new RegExp(
      String.raw`\b(?:azure|subscriptions?|sub|abonnements?|abo|it|il)\b.{0,40}\b(?:another|a different|the wrong|other|its own|separate|un autre|une autre|l'autre|mauvais|son propre|different) (?:azure )?${directory}\b`,
    ),
  },
  {
    fact: 'subscription-tenant',
    value: 'ours',
    says: new RegExp(
      String.raw`\b(?:azure|subscriptions?|sub|abonnements?|abo)\b.{0,40}\b(?:the same|our(?: own)?|le meme|notre|meme) (?:azure |microsoft 365 |365 )?${directory}\b`,
    ),
  },
  {
    fact: 'policy',
    value: 'blocks',
    says: /\b(?:polic(?:y|ies)|strategies?|regle|reglages?)\b.{0,30}\b(?:forbids?|blocks?|blocked|prevents?|denies|doesn't allow|does not allow|disallows?|stops?|interdit|bloque\w*|empeche\w*|refuse|n'autorise pas|autorise pas|permet pas)\b|\b(?:blocked|forbidden|prevented|bloque\w*|interdit\w*|empeche\w*) (?:by|par|a cause d) ?(?:an? |our |the |une |la |notre )?(?:\w+ )?(?:policy|policies|strategie)\b/,
    ownNegation: true,
  },
  {
    fact: 'policy',
    value: 'allows',
    says: /\b(?:polic(?:y|ies)|strategies?)\b.{0,25}\b(?:(?<!(?:n't|not) )allows?|permits?|lets|is open|was opened|now allows|autorise(?! pas)|permet(?! pas)|est ouverte)\b/,
    ownNegation: true,
  },
]
