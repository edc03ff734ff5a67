/** How does their organization buy from Microsoft? */
import type { FactRule } from './told'

const bought = String.raw`(?:buy|buys|bought|pay|pays|paid|paying|purchased?|order(?:ed)?|subscribe[ds]?|signed up|get|got|licen[cs]es?|bill(?:ed)?|ach[eo]t\w*|achete\w*|paye\w*|paie\w*|regle\w*|command\w*|pren(?:d|ons)|pris|abonne\w*|factur\w*|souscri\w*|preleve\w*)`
const site = String.raw`(?:web ?site|the web|the site|online|microsoft'?s? (?:own )?(?:web)?site|by card|credit card|(?:company|business|own|prepaid) card|pay[ -]as[ -]you[ -]go|payg|direct(?:ly)?(?: (?:from|with|to|by|at) microsoft)?|le site|site web|site internet|en ligne|en direct|par carte|carte (?:bancaire|bleue|de credit|prepayee|de la (?:boite|societe))|cb|directement|paiement a l'utilisation|a l'usage)`

export const contractRules: readonly FactRule[] = [
  {
    fact: 'contract',
    value: 'ea',
    says: /\b(?:e\.a\.|ea|enterprise agreement|enterprise contract|enterprise customers?|enterprise licen[cs]e agreement|enterprise enrol?lment|enteprise agreement|entreprise agreement|(?:contrat|accord|entente)s?(?: de type| d'?)? ?(?:entreprise|enterprise)|accord[- ]cadre|mpsa|three-year (?:deal|agreement) with microsoft)\b/,
  },
  {
    fact: 'contract',
    value: 'csp',
    says: /^(?!.*\b(?:office|365|e?mails?)\b.*\bazure\b.{0,30}\b(?:separate(?:ly)?|direct(?:ly)?|ourselves|separement|a part)\b)(?!.*\b(?:domaine?s?|dns|website hosting)\b.*\bgodaddy|.*\bgodaddy\b.*\bdomaine?s?\b).*?\b(?:csp|(?:cloud solution )?resellers?|revendeuse?s?|revendeurs?|distributor|distributeur|grossiste|(?<!(?:business|life|uk|my) )partners?|partenaires?|godaddy|softcat|crayon|softwareone|bechtle|(?:through|thru|via|from|by) (?:our|an?|the|my) (?:it (?:company|provider|firm|people|guy|supplier)|msp|supplier|distributor|vendor)|(?:par|via|chez) (?:notre|un|une|le|la|l'|mon) ?(?:prestataire|integrateur|infogerant|ssii|esn|fournisseur|societe informatique|distributeur|informaticien))\b/,
  },
  { fact: 'contract', value: 'mca', says: /\b(?:mca|microsoft customer agreement|customer agreement|contrat client(?: microsoft)?)\b/ },
  {
    fact: 'contract',
    value: 'web',
    says: new RegExp(
      String.raw`\b${bought}\b.{0,40}\b${site}\b|\b${site}\b.{0,25}\b${bought}\b|\b(?:straight|direct(?:ly)?) (?:from|with|to|by|at|through) (?:microsoft|ms)\b|\b(?:direct|web) (?:contract|customer|purchase|billing)|(?:contract|billing|agreement) (?:is )?direct(?:ly)?|\b(?:pay|pays|paid|paying|bought?|buy) (?:microsoft|ms) (?:direct(?:ly)?|ourselves|itself|every month|monthly)|\b(?:contrat|achat|facturation|abonnement) (?:en )?direct(?:e|ement)?\b|\b(?:en )?direct(?:ement)? (?:avec|chez|par|aupres de) (?:microsoft|ms)\b|\b(?:we're|we are|it's|on est|c'est) (?:plain |on the |just |the )?(?:web|website|payg|pay[ -]as[ -]you[ -]go|le site|en ligne)\b`,
    ),
  },
]
