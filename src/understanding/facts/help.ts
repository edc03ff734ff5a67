/** Who else could do it, and what did they try already? */
import type { FactRule } from './told'

export const helpRules: readonly FactRule[] = [
  {
    fact: 'helper',
    value: 'none',
    says: /\b(?:(?:no ?body|no one) (?:here |else )?(?:does it\b|knows (?:it\b|computers|about computers)|is (?:an )?admin|is in it\b)|personne (?:ici |chez nous )?(?:ne |n'|s'y |pour )?.{0,15}(?:informatique|informaticien|admin)|no it (?:department|people|staff|team|person|guy|desk)|without an it|there(?:'s| is) (?:nobody|no one) else|(?:pas|aucun|sans|plus) (?:d'|de |de service )?(?:informaticien\w*|service informatique|dsi|service info))\b/,
    ownNegation: true,
  },
  {
    fact: 'helper',
    value: 'away',
    says: /\b(?:(?:admin\w*|colleague|collegue|she|he|elle|il|boss|patronne?|person|personne|informaticien\w*|principal|direct(?:eur|rice))\b.{0,40}\b(?:on (?:holiday|vacation|leave|maternity)|away|off sick|sick|abroad|out of (?:the )?office|en (?:conge|vacances|arret|deplacement)|absente?|malade|a l'etranger))\b/,
    ofOthers: true,
  },
  {
    fact: 'helper',
    value: 'named',
    says: /\b(?!i\b|je\b|we\b|on\b|who\b|qui\b)(?:my |our |the |mon |ma |notre |la |le )?(?:\w+)(?:'s| is| est|, c'est) (?:the |our |a |an |le |la |l'|notre )?(?:only )?(?:global |it |general )?admin(?:istrat\w+)?(?: general\w*| global\w*)?\b/,
    ofOthers: true,
  },
  {
    fact: 'tried',
    value: 'failed',
    says: /\b(?:(?:already )?tried (?:that|it|this|everything|all)|(?:cleared|deleted|emptied) (?:the |my )?(?:cookies|cache)\b.{0,40}(?:same|nothing|no (?:change|luck|difference)|still)|(?:deja|tout) (?:essaye|tente|teste)|vide (?:le )?cache\b.{0,40}(?:pareil|idem|rien|toujours)|rien n'y fait|no luck|no change|ca (?:n'a )?(?:rien )?change (?:rien|pas)|didn't help|did not help|pas (?:servi|aide|mieux))\b/,
    ownNegation: true,
  },
]
