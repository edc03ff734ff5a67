/** Is what is named in a clause so, or not so, or no more, or to come, or somebody else's, or only asked? By cues around it. */
import type { Told } from './told'

export interface Clause {
  /** Folded. */
  readonly text: string
  readonly asked: boolean
}

const sentences = /[^.!?;…\n]+(?:[.!?;…\n]+|$)/gu
/** A dot inside a domain or a number ends nothing. */
const innerDot = /(?<=[a-z0-9])\.(?=[a-z0-9])/g
const hiddenDot = '\u2024'
const subject = String.raw`(?:we|i|it|they|he|she|you|our|my|the|that|this|there|on|nous|je|j'|il|elle|ils|elles|c'|notre|nos|mon|ma|mes|le|la|les|l')`
const breaks = new RegExp(
  String.raw`,|\s[-–—]\s|\b(?:but|mais|however|whereas|although|though|because|since|car|sauf que|parce que|alors que|par contre)\b|\b(?:and|et|so|donc|then|puis)\s+(?=${subject}(?:\b|$))`,
  'u',
)

const asksFirst =
  /^(?:(?:and|et|so|ok|okay|yes|oui|no|non|sure|well|bon|alors|but|mais|d'accord|hm+)[ ,]+)*(?:(?:are|is|am|does|did|has|can|could|should|would)\s|(?:do|have|will|were|was|aren't|isn't|don't|doesn't|haven't|must|shall)\s+(?:we|i|it|you|they|he|she|this|that|there|my|our|the|azure|microsoft|a|an)\b|any of|wdym\b|ki\b|pk\b|what|which|who|whose|where|when|why|how|wat|est-ce|es ce|c'est quoi|qu'|que\b(?! )|quel|quelle|quels|quelles|qui|ou est|comment|pourquoi|combien|quoi|faut-il|faut il|dois-je|peut-on|puis-je|peux-tu|sommes-nous|avons-nous|suis-je|ai-je|a-t-on)/
/** Supposed, or not known. */
const supposed =
  /\b(?:if|whether|suppose|supposing|imagine|in case|unless|no idea (?:what|who|which|how|if|whether)|(?:don't|dont|do not) (?:know|understand) (?:what|if|whether|who|which|how)|not sure (?:if|whether|what|i understand)|what (?:is|does|a|an|the)|means?|aucune idee de ce|(?:sais|sait|savons) (?:pas|plus) (?:si|ce|quoi|qui|quel)|c'est quoi|veut dire|au cas ou|supposons|admettons)\b|^(?:si|s'il)\b|\bsi (?:on|nous|je|j'|c'|il|elle|mon|ma|notre)/
/** Questions by a word at any place: French asks without turning the sentence round. */
const asksAnywhere =
  /\b(?:ou pas|ou non|or not|or nah|quoi|koi|lequel|laquelle|lesquels|which (?:one|of)|pk|pourquoi|wdym|what do you mean|c'est-a-dire|counts? as|compte comme|alors qui|alors ki|verify|verif\w*|control\w*|confirm\w*|make sure|(?:dis|dites)[- ]moi|tell me|check (?:that|whether|if))\b/
const tag = /^\s*(?:right|correct|no|yes|true|ok|isn't it|aren't we|n'est-ce pas|c'est ca|hein|non|pas vrai)\s*$/

/** "No, we have both": the word before it answers something, and denies nothing in it. */
const discourse =
  /^\s*(?:(?:no|non|nope|nan|yes|yep|oui|ouais|ok|okay|well|sure|wait|attends|attendez|hm+|euh|sorry|actually|en fait|bon)\b[ ,:]*)+(?=(?:we|i|im|it|its|they|he|she|you|our|my|that|there|on|nous|je|j'|il|elle|ils|c'|cest|c|notre|mon|ma|en|the|le|la|les|l')(?:\b|'))/

/** "Were on EA", typed without its apostrophe. */
const contracted = /^((?:ok|okay|so|and|but|btw|yeah|yes|no|oh)? ?)were(?= )/

export const clausesForFacts = (folded: string): readonly Clause[] =>
  (folded.replaceAll(innerDot, hiddenDot).match(sentences) ?? []).flatMap((sentence) => {
    const isQuestion = /\?/.test(sentence)
    const parts = sentence
      .replaceAll(hiddenDot, '.')
      .split(breaks)
      .filter((part) => part.trim() !== '')
    const hasTag = parts.length > 1 && tag.test((parts.at(-1) ?? '').replaceAll(/[?!.]+\s*$/g, ''))
    return parts.map((part, at): Clause => {
      const text = part.trim().replace(discourse, '').replace(contracted, "$1we're")
      const isLast = at === parts.length - 1
      return {
        text,
        asked: asksFirst.test(text) || supposed.test(text) || asksAnywhere.test(text) || (isQuestion && (isLast || (hasTag && at === parts.length - 2))),
      }
    })
  })

const noWord = String.raw`(?:no|not|never|without|neither|nor|cannot|nobody|none|[a-z]+n't|dont|doesnt|isnt|arent|wasnt|havent|didnt|hasnt|ne|pas|jamais|sans|aucune?|ni)`
const negation = new RegExp(
  String.raw`(?:\b${noWord}\b|\bn'|(?<!\b(?:en|de|au|le|la|un) )\bplus (?=(?:de|d'|du|un|une|chez|avec|sous|sur|par|en|le|la|les|l'|admin|prop|client|rien|aucun)))`,
  'g',
)
const falseNegation =
  /\b(?:not only|not just|no doubt|no problem|no worries|why not|not sure|not certain|pas seulement|pas que|sans doute|pas de (?:souci|probleme)|not (?:to|for) mention|nothing but|none other|si je ne me trompe|not without|pas sur|pas sure|pas certain)\b/g
const onlyThat = /(?:\bne\b|\bn')(?:(?!\b(?:pas|plus|jamais)\b).)*\b(?:que|qu')\s?[^?]*$/
const notAnyMore =
  /\b(?:any ?more|anymore|no longer|ended|has ended|expired|ran out|is over|was cancell?ed|termine|est fini|expire|resilie|on (?:ne )?l'a (?:pas|plus)|on (?:n'en )?a (?:pas|plus)\b)/
const farthest = 7

/** "Not EA, it's a partner" with the comma left out: what is denied ends where "it's" begins, unless it is denied in thought. */
const turn = /^(?!.*\b(?:think|believe|pense|crois|sure|certain|sur)\b).*\b(?=(?:c'est|cest|it's)\b)/
const afterTurn = (before: string): string => before.replace(turn, '')

const isNegated = (before: string, after: string): boolean => {
  if (notAnyMore.test(after)) return true
  if (onlyThat.test(before)) return false
  const cleaned = afterTurn(before).replaceAll(falseNegation, ' ')
  const last = [...cleaned.matchAll(negation)].at(-1)
  if (!last) return /\bno longer\b/.test(before)
  return cleaned.slice(last.index).trim().split(/\s+/).length <= farthest
}

const longPast =
  /\b(?:used to|previous(?:ly)?|former(?:ly)?|years ago|back then|in the past|until|till|formerly|autrefois|a l'epoque|jusqu'|dans le temps|precedemment|avant (?:on|nous|c'|j'|je)|before (?:we|i|that)|(?:mon|notre|ma|l') ?(?:ancien|ancienne|ex)|my old|our old)\b/
/** What they said or pressed before, and now take back. */
const saidBefore =
  /\b(?:i (?:said|pressed|chose|clicked|wrote|typed|told you|picked|put)|earlier i|by (?:accident|mistake)|par erreur|j'ai (?:dit|touche|clique|tape|mis|choisi|coche|appuye)|j'avais (?:dit|mis)|je (?:vous |t'|te )?ai dit|pris pour|confondu)\b/
const justPast = /\b(?:was|were|had|wasn't|weren't|etait|etions|etais|avait|avions|avais)\b/
const planned =
  /\b(?:will|'ll|going to|gonna|plan|plans|planning|soon|want|wants|wanted|would like|'d like|need|needs|wish|hope|intend|next (?:week|month|year)|tomorrow|about to|thinking of|considering|demain|bientot|(?:vais|vas|va|allons|allez|vont) (?:avoir|etre|passer|prendre|acheter|me|nous|nommer|lui|le|la|mettre|creer|ouvrir|demander)|voudrai\w*|voulons|veux|veut|aimerai\w*|besoin|faut|compte (?:prendre|passer)|envisage\w*|prevoit|sera|serai|aurai|aura|aurons|la semaine prochaine|le mois prochain|l'an prochain)\b/
const others =
  /\b(?:(?:their|leurs?) (?:csp|partner|reseller|ea|contract|revendeur|partenaire|contrat)|(?:my|our|a|the|his|her) (?:previous|former|old|last|ex-?) ?(?:employer|company|job|firm|boss|school|workplace)|(?:another|other) (?:company|firm|customer|client|school)|a (?:friend|customer|client|mate|neighbou?r|competitor)|(?:my|our) (?:friend|neighbou?r|competitor|brother-in-law|mate)s?\b|(?:mon|ma|notre|l') ?(?:ancien|ancienne|ex|precedent|precedente)-? ?(?:employeur|boite|entreprise|societe|boulot|patron|ecole|travail|job|poste)|(?:une?|mon|ma|mes|nos) (?:amie?|copain|copine|voisine?|concurrent|pote|beau-frere)s?\b|\b(?:une?|d'autres|des) client(?:e?s?)\b|(?:une?|l') ?autre (?:boite|entreprise|societe|client|ecole))/
const hedges =
  /\b(?:i think|i guess|i believe|i suppose|maybe|perhaps|probably|possibly|might|not (?:100 ?%|totally|completely|quite|so)? ?(?:sure|certain)|seems?|as far as i know|afaik|i reckon|if i(?:'m| am) not (?:wrong|mistaken)|je crois|je pense|j'imagine|peut-etre|peut etre|sans doute|probablement|il me semble|me semble|sauf erreur|a priori|pas (?:tres |trop |totalement )?(?:sur|sure|certain|certaine)|je suppose|on dirait)\b/
const reports =
  /\b(?:(?:she|he|they|boss|accountant|accounting|nephew|colleague|it|finance|somebody|someone) (?:says?|said|thinks?|told|talks? (?:of|about)|reckons|claims)|told me|according to|apparently|i heard|i'm told|d'apres|selon|(?:il|elle|on|ils|compta|patron|patronne|collegue|neveu|chef|comptable) (?:dit|disent|m'a dit|m'ont dit|pense|parle d|me dit)|parait|apparemment|il parait)\b/

const firstPerson =
  /\b(?:i|i'm|im|i'll|ive|my|mine|we|our|us|me|je|j'\w*|jme|jsuis|chui|mon|ma|mes|moi|nous|notre|nos|on|with|avec|signed|logged|connecte\w*|opened|azure|sub|abonnement)\b/
const fewWords = 5
const isTheirOwn = (text: string): boolean => firstPerson.test(text) || text.split(' ').length <= fewWords

const speaker = /\b(?:i|i'm|im|i've|my|mine|we|we're|we've|our|ours|us|me|je|j'\w*|jme|jsuis|jai|chui|chuis|mon|ma|mes|moi|nous|notre|nos|on|chez nous)\b/

/** Says something of the speaker, and not of the world. */
export const isPersonal = (text: string): boolean => speaker.test(text)

export interface Scope {
  readonly mine?: boolean | undefined
  readonly steady?: boolean | undefined
  readonly ofOthers?: boolean | undefined
  readonly ownNegation?: boolean | undefined
}

type Marks = Pick<Told, 'negated' | 'time' | 'whose' | 'how'>

const timeOf = (before: string, whole: string, negated: boolean, steady: boolean): Told['time'] => {
  if (planned.test(before) && !/\b(?:already|deja|now|maintenant)\b/.test(before)) return 'planned'
  if (steady) return saidBefore.test(before) ? 'past' : 'now'
  if ((longPast.test(whole) && !negated) || saidBefore.test(before)) return 'past'
  return justPast.test(before) && !negated ? 'past' : 'now'
}

/** How the words from `from` to `to` of a clause are meant. */
export const marksOf = (
  { text, asked }: Clause,
  from: number,
  to: number,
  { steady = false, ofOthers = false, ownNegation = false, mine = false }: Scope,
): Marks => {
  const [before, after] = [text.slice(0, from), text.slice(to)]
  const negated = !ownNegation && isNegated(before, after)
  return {
    negated,
    time: ownNegation ? 'now' : timeOf(before, text, negated, steady),
    whose: (!ofOthers && others.test(text)) || (mine && !isTheirOwn(text)) ? 'other' : 'us',
    how: asked ? 'asked' : hedges.test(text) ? 'hedged' : reports.test(text) ? 'reported' : 'plain',
  }
}
