/** Is a message the bare answer to the question on screen, and nothing else? */
import type { Answer } from './act'
import { fold, readable } from './clean'
import { factsIn } from './facts'
import { counts } from './facts/told'
import type { Asking } from './situation'

const polite =
  /^(?:(?:hi|hello|hey|bonjour|bjr|salut|slt|ok|okay|well|euh|hm+|um+|uh|eh|ben|bah|good (?:morning|afternoon|evening))[ ,.!:]+)+|[ ,]+(?:please|pls|plz|thanks|thank you|thx|ty|cheers|merci(?: bien| beaucoup)?|svp|stp|s'il (?:te|vous) plait)[ .!]*$/g

const bare = (raw: string): string =>
  fold(readable(raw))
    .replaceAll(/[\s"«»“”]+/g, ' ')
    .replaceAll(/[.!,;:]+$/g, '')
    .trim()
    .replaceAll(polite, '')
    .trim()

const yesWord = String.raw`(?:yes|yep|yeah|yup|yea|ya|y|yes+|sure|of course|absolutely|definitely|indeed|correct|right|it is|i will|we will|it will|we do|i do|ok|okay|affirmative|oui|ouais|ouai|ui|wi|bien sur|exact|exactement|tout a fait|absolument|effectivement|d'accord|si|affirmatif|carrement|👍|✅|👌)`
const noWord = String.raw`(?:no|nope|nah|not|n|no+|never|negative|it isn't|it is not|i won't|we don't|i don't|not really|non|nan|pas du tout|pas vraiment|not at all|jamais|absolument pas|negatif|👎|❌)`
const between = String.raw`[ ,.!]*`
const isYes = new RegExp(`^${yesWord}(?:${between}${yesWord}){0,2}$`)
const isNo = new RegExp(`^${noWord}(?:${between}${noWord}){0,2}$`)
const dontKnow =
  /^(?:(?:sorry|honestly|tbh|no|non|well|alors la|la)[ ,]+)*(?:(?:i )?(?:don't|dont|do not|don t|dunno|donno)(?: really| actually)?(?: know)?|dunno|idk|dk|no (?:idea|clue)|not sure|i'?m not sure|unsure|don't know|who knows|haven't (?:a|the) (?:clue|foggiest)|no clue|search me|(?:je |j'|chais |chai )?(?:ne )?(?:sais|sait|c|sai) ?(?:vraiment )?pas(?: du tout| trop| vraiment)?|jsp|chais pas|j'en sais rien|je n'en sais rien|aucune idee|pas (?:sur|sure|certain|certaine)|je l'ignore|j'ignore|mystere|aucune? (?:id|clue)|\?+)(?:[ ,]+(?:tbh|sorry|honestly|desolee?|du tout|franchement|to be honest|at all|yet|moi))*$/

const yesNoOf = (text: string): 'yes' | 'no' | undefined => (isYes.test(text) ? 'yes' : isNo.test(text) ? 'no' : undefined)

const longestAnswer = 7
const wordsIn = (text: string): number => text.split(' ').filter((word) => word !== '').length
/** A second thought, a question, or a wish beside the answer. */
const more =
  /\?|\b(?:but|mais|what|why|how|who|which|when|if|because|need|want|mean|means|wait|tell|say|show|help|since|until|used|c'est quoi|pourquoi|comment|qui|quoi|car|sinon|attends?|veut dire|avant|jusqu')\b|\bmais\b/

const contractBare = [
  [
    'ea',
    /^(?:an? |the |our |we have an? |we're on an? |we're |we are (?:on )?(?:an? )?|on (?:an? |the )?|(?:on |nous )?(?:a|avons|est|sommes)? ?(?:un |sous |en |au )?)?(?:ea|e\.a\.|enterprise agreement|enterprise(?: contract)?|contrat entreprise|accord entreprise|contrat enterprise|entente entreprise|accord-cadre)$/,
  ],
  [
    'csp',
    /^(?:(?:through|thru|via|by|from|with|par|avec|chez) )?(?:an? |our |the |un |une |notre |le |la )?(?:csp|(?:cloud )?partner|reseller|partenaire|revendeur|csp partner|partner csp|partenaire csp|it (?:company|provider|firm)|prestataire)(?: \(?csp\)?)?$/,
  ],
  [
    'web',
    /^(?:(?:on|via|from|off|through|by|with|sur|par|avec|en|direct) )?(?:the |our |a |an |le |la |un |notre |microsoft'?s? )?(?:web|web ?site|online|site|site web|ligne|en ligne|internet|net|mca|microsoft customer agreement|contrat client microsoft|credit card|card|carte(?: bancaire)?|cb|pay as you go|payg|pay-as-you-go|direct|directly|direct(?:ly)? (?:from|with) microsoft|site (?:de |internet )?microsoft|en direct|directement|by card|the website of microsoft)$/,
  ],
] as const

const contractOf = (text: string, raw: string): Answer | undefined => {
  if (dontKnow.test(text)) return { question: 'contract', value: 'unknown' }
  const found = contractBare.find(([, row]) => row.test(text))?.[0]
  if (found) return { question: 'contract', value: found }
  if (more.test(text) || /^(?:yes|no|oui|non|yeah|ok|sure)\b/.test(text) || wordsIn(text) > longestAnswer) return undefined
  const told = factsIn(raw)
  const [one, ...others] = told
  if (!one || others.length > 0 || one.fact !== 'contract' || one.negated || !counts(one) || one.how !== 'plain') return undefined
  if (one.value === 'mca' || one.value === 'web') return { question: 'contract', value: 'web' }
  return one.value === 'ea' || one.value === 'csp' ? { question: 'contract', value: one.value } : undefined
}

const accountOf = (text: string): Answer | undefined => {
  const said = yesNoOf(text)
  if (said) return { question: 'account', value: said }
  if (
    /^(?:(?:yes|yeah|oui)[ ,]+)?(?:(?:with |avec |i'll use |using )?(?:the |my |our |a |an |le |mon |un |celui )?(?:work|school|company|office|business|work or school|professionnel|pro|compte pro|compte professionnel|compte scolaire|de l'ecole|du travail|de la boite|du boulot|microsoft 365)(?: or school)?(?: one| account| login)?)$/.test(
      text,
    )
  )
    return { question: 'account', value: 'yes' }
  return undefined
}

const whichOf = (text: string): Answer | undefined => {
  if (dontKnow.test(text)) return { question: 'which', value: 'unknown' }
  if (more.test(text) || wordsIn(text) > longestAnswer || isYes.test(text) || isNo.test(text)) return undefined
  if (/\b(?:not|no|n't|pas|sans|neither|ni|aucun|aucune|none)\b|n't\b/.test(text)) return undefined
  if (/\b(?:both|les deux|tous les deux)\b/.test(text)) return { question: 'which', value: 'both' }
  const azure = /\b(?:azure|servers?|serveurs?|vms?|virtual machines?|machines virtuelles)\b/.test(text)
  const office = /\b(?:microsoft ?365|office(?: ?365)?|o365|m365|365|e-?mails?|mails?|messagerie|teams|exchange|outlook|courriels?)\b/.test(text)
  if (azure && office) return { question: 'which', value: 'both' }
  if (azure) return { question: 'which', value: 'azure' }
  return office ? { question: 'which', value: 'm365' } : undefined
}

const helpedOf = (text: string): Answer | undefined => {
  const said = yesNoOf(text)
  if (said) return { question: 'helped', value: said }
  if (/^(?:partly|partially|a bit|a little|sort of|kind of|half|en partie|un peu|a moitie|moyen|moyennement|bof|plus ou moins|so so)$/.test(text))
    return { question: 'helped', value: 'partly' }
  if (
    /^(?:(?:yes|yeah|oui|ouais)[ ,]+)?(?:it (?:did|has|helped)(?: help)?(?: a lot)?|very (?:helpful|useful|much)|helped|that helped|ca (?:m')?a (?:bien )?aide|tres utile|beaucoup|utile|helpful|a lot|super)$/.test(
      text,
    )
  )
    return { question: 'helped', value: 'yes' }
  if (
    /^(?:(?:no|non|nope)[ ,]+)?(?:(?:it )?(?:didn't|did not)(?: help)?|not really|not much|pas vraiment|pas trop|ca (?:ne )?m'a pas aide|ca n'a pas aide|useless|inutile)$/.test(
      text,
    )
  )
    return { question: 'helped', value: 'no' }
  return undefined
}

/** An "ok" is too little where what follows cannot be undone. */
const meekYes = /\b(?:ok|okay|right|d'accord|si|y|n|i do|we do)\b|[👍👌✅]/u

const forgetOf = (text: string): Answer | undefined => {
  const said = meekYes.test(text) ? undefined : yesNoOf(text)
  if (said) return { question: 'forget-me', value: said }
  if (
    /^(?:(?:yes|yep|yeah|oui)[ ,]+)(?:really|forget|delete|erase|do it|go ahead|please do|vraiment|efface\w*|oublie\w*|supprime\w*|allez-y|vas-y|fais-le|faites-le|tout|everything|it all|all of it|forget (?:me|everything)|delete (?:it|everything|my data)|efface[zr]? tout|i'm sure|je suis sure?)$/.test(
      text,
    )
  )
    return { question: 'forget-me', value: 'yes' }
  if (
    /^(?:(?:no|non|nope|nah)[ ,]+)?(?:keep (?:it|me|everything|that)|don't|gardez? tout|garde[zr]?(?:[- ]?(?:moi|le|les|ca))?|surtout pas|laissez?|not now|pas maintenant|n'efface[zr]? rien)$/.test(
      text,
    )
  )
    return { question: 'forget-me', value: 'no' }
  return undefined
}

/** The answer that the message is, or `undefined` when it is not one, or when anything else is said. */
export const bareAnswer = (raw: string, asked: Asking | undefined): Answer | undefined => {
  if (!asked || raw.length > 300) return undefined
  const text = bare(raw)
  switch (asked) {
    case 'before':
      return contractOf(text, raw) ?? accountOf(text)
    case 'contract':
      return contractOf(text, raw)
    case 'account':
      return accountOf(text)
    case 'stays':
    case 'together': {
      const value = yesNoOf(text)
      return value && { question: asked, value }
    }
    case 'which':
      return whichOf(text)
    case 'helped':
      return helpedOf(text)
    case 'forget-me':
      return forgetOf(text)
    case 'keep-language': {
      const value = yesNoOf(text)
      return value && { question: 'keep-language', value }
    }
    // At the end of a guide, which also takes an id or a domain.
    case 'ids':
      return helpedOf(text)
  }
}
