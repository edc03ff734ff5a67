/** Which administrator's role do they hold, lack, wait for, or have no more? */
import type { FactRule } from './told'

const me = String.raw`(?:i'?m|i am|im|i have|i've|i hold|i got|i have got|i've got|i do have|i was made|i was given|i became|been made|je (?:ne )?suis|j'suis|je ne suis|jsuis|chui|chuis|j'ai|je n'ai|je detiens|je possede|on m'a nommee?|nommee?)`
const adverbs = String.raw`(?:\s+(?:a|an|the|now|already|only|just|also|still|both|not|never|no|your|our|their|global reader and|pas|plus|que|qu'|deja|seulement|juste|toujours|bien|maintenant|le|la|les|l'|un|une|role|roles|rights?|droits?|of|de|d'|du|des|any|aucun|jamais|really|actually|vraiment|devenue?))*\s*`
const mine = (role: string) => new RegExp(`\\b${me}${adverbs}(?:${role})`)
const gave = String.raw`(?:given me|gave me|granted me|added me|made me|assigned me|put me (?:in the role|on as)|promoted me|upgraded me|(?:m'a|m'ont|vient de me|viennent de me)(?: \w+)? ?(?:donnee?|nommee?|ajoutee?|attribuee?|mise?|accordee?|promue?|passee?|donner|nommer|ajouter|attribuer|mettre|accorder))`

const given = (role: string) => new RegExp(`\\b${gave}(?: the| as| a| an| le| la| en| de)*(?: role)?(?: of| d')? ?(?:${role})`)

export const roleRules: readonly FactRule[] = [
  {
    fact: 'role',
    value: 'global',
    says: given(String.raw`(?:global(?:e)?(?: |-)?admin\w*|ga\b|admin\w*(?: |-)(?:general|global)\w*)`),
    ofOthers: true,
    steady: true,
  },
  { fact: 'role', value: 'billing', says: given(String.raw`billing\b`), ofOthers: true, steady: true },
  { fact: 'role', value: 'owner', says: given(String.raw`(?:owner|proprietaire)\b`), ofOthers: true, steady: true },
  { fact: 'role', value: 'other', says: mine(String.raw`(?:readers?|contributors?|lecteur|lectrice|collaborat(?:eur|rice)|contributeur)\b`) },
  {
    fact: 'role',
    value: 'global',
    says: mine(String.raw`(?:global(?:e)?(?: |-)?admin\w*|company admin\w*|ga\b|admin\w*(?: |-)(?:general|global)\w*|tenant admin\w*)`),
  },
  {
    fact: 'role',
    value: 'billing',
    says: mine(String.raw`(?:billing(?: |-)?admin\w*|billing (?:account )?(?:owner|contributor|role)|admin\w* (?:de |de la )?factur\w*|la facturation)`),
  },
  { fact: 'role', value: 'owner', says: mine(String.raw`(?:owners?\b(?! of the (?:shop|company|business|bakery|firm))|proprietaires?\b|proprio\b)`) },
  {
    fact: 'role',
    value: 'admin',
    says: mine(
      String.raw`(?:admin\b|admins\b|admin (?:rights?|role|access)|administrator|administrat(?:eur|rice)(?!\w* (?:general|global|de (?:la )?factur))|admin ?istr\w* rights|droits? (?:d')?admin\w*)`,
    ),
  },
  {
    fact: 'role',
    value: 'none',
    says: /\b(?:i (?:have|'ve|hold)|i've|i have got|i've got|we have|we've|my account has) (?:no|none of the|zero) (?:such |admin |special |particular )?(?:roles?|rights?|permissions?)\b|\b(?:i|we) (?:don't|dont|do not) have (?:the |any |enough |that )?(?:admin )?(?:roles?|rights?|permissions?)\b|\bno role\b|\b(?:je|j'|on|nous) ?(?:n'|ne )?(?:ai|a|avons) (?:pas|aucun|pas du tout) (?:le |les |de |d'|ce |assez de )?(?:bons? )?(?:droits?|roles?|permissions?|autorisations?)\b|\baucun (?:role|droit)\b/,
    ownNegation: true,
  },
  {
    fact: 'role-state',
    value: 'held',
    says: new RegExp(`\\b${gave}\\b(?!.{0,12}(?:invoice|facture|mail|number|numero|code|password))`),
    ofOthers: true,
    steady: true,
  },
  {
    fact: 'role-state',
    value: 'held',
    says: /\b(?:i|i've|i have) (?:now )?(?:have|got|hold|received|been (?:given|granted|made|assigned|promoted)) (?:the |that |my |it )?(?:\w+ )?(?:role|rights?|admin\w*|permissions?)(?: now)?\b|\b(?:i|je|j'ai) (?:was|just)? ?(?:become|became|devenue?) (?:\w+ )?(?:admin\w*|owner|proprietaire)|\bj'ai (?:maintenant |enfin |recu |obtenu |desormais )+(?:le |les )?(?:role|droits?)\b/,
    steady: true,
  },
  {
    fact: 'role-state',
    value: 'eligible',
    says: /\b(?:eligible|pim|just[- ]in[- ]time|not activated(?: yet)?|must activate|eligible assignment|a activer|pas (?:encore )?activee?)\b/,
  },
  {
    fact: 'role-state',
    value: 'coming',
    says: /\b(?:(?:will|'ll|going to|is about to|promised to|gonna) (?:\w+ )?(?:give|grant|add|make|assign|put|promote) me|(?:asked|ask) (?:\w+ )?(?:for|to get) (?:the |that )?(?:role|rights?|access)|(?:va|vont|doit|doivent|devrait|devraient) (?:\w+ )?(?:me|m') ?(?:donner|nommer|ajouter|attribuer|mettre|accorder|passer)|j'ai demande (?:le role|les droits|qu'on me))\b/,
    ofOthers: true,
    ownNegation: true,
  },
  {
    fact: 'role-state',
    value: 'lost',
    says: /\b(?:took (?:away )?my (?:\w+ )?(?:rights?|role|access|admin)|(?:my|the) (?:\w+ )?(?:rights?|role|access) (?:was|were|has been|have been|got) (?:taken|removed|revoked)|removed my (?:\w+ )?(?:rights?|role)|lost my (?:\w+ )?(?:rights?|role|access)|no longer (?:have|hold) (?:the |my |any )?(?:\w+ )?(?:rights?|role)|not (?:\w+ )?admin(?:istrator)? any ?more|(?:plus|perdu) (?:le |les |mes |aucun |mon )?(?:droits?|role)s?|(?:m'a|m'ont) (?:retire|enleve|repris|supprime) (?:le |les |mes |mon )?(?:droits?|role|acces)|(?:suis|chui|chuis) plus (?:\w+ )?(?:admin\w*|proprietaire))\b/,
    ofOthers: true,
    ownNegation: true,
  },
  {
    fact: 'role-state',
    value: 'refused',
    says: /\b(?:(?:won't|will not|refused? to|wouldn't|doesn't want to|don't want to) (?:give|grant|make|add|assign) me|refused? me|(?:refuse|refusent|veut pas|veulent pas|a refuse|ont refuse) (?:de )?(?:me |m')(?:donner|nommer|ajouter|attribuer|accorder)?)\b/,
    ofOthers: true,
    ownNegation: true,
  },
]
