/** What is left out of a short question is taken from what was talked about last: "and for Azure?", "how do I get it?", "what do I tell her?". */
import type { Topic } from '../topics'
import { fold, readable, wordsOf } from './clean'
import type { Situation } from './situation'

/** What a fragment asks of the thing before it. */
export const aspects = ['azure', 'm365', 'who', 'how', 'message', 'active', 'cost', 'long', 'breaks', 'undo', 'next', 'where', 'mean'] as const
export type Aspect = (typeof aspects)[number]

export interface Ellipsis {
  readonly topic: Topic
  readonly aspect: Aspect
  /** The product that replaces the one before. */
  readonly product?: 'azure' | 'm365'
}

const lead = String.raw`^(?:(?:ok|okay|so|and|but|right|fine|well|thanks|hm+|et|mais|bon|alors|ok,|donc|d'accord|du coup|merci|and so)[ ,]+)*`
const end = String.raw`[ ?!.]*$`
const whole = (pattern: string) => new RegExp(`${lead}(?:${pattern})${end}`)
const azure = String.raw`(?:the )?(?:azure|a subscription|l'abonnement|un abonnement)(?: (?:part|side|one|then|alors|part de))?`
const office = String.raw`(?:the )?(?:microsoft ?365|office(?: ?365)?|m365|o365|365|the mails?|les mails)(?: (?:part|side|one|then|alors))?`
const about = String.raw`(?:(?:what|how) about|for|with|on|in|same for|and for|pour|avec|cote|quid de|quid pour|qu'en est-il de|pareil pour|dans)`
const them = String.raw`(?:her|him|them|it|(?:the|my|our) (?:admin|administrator|boss|partner|colleague|it (?:guy|people|team))|they)`

const patterns: readonly (readonly [Aspect, RegExp])[] = [
  ['azure', whole(String.raw`(?:(?:the )?same )?${about} ${azure}(?: too| then| aussi| as well)?|(?:and|et) ${azure}|${azure}`)],
  ['m365', whole(String.raw`(?:(?:the )?same )?${about} ${office}(?: too| then| aussi| as well)?|(?:and|et) ${office}|${office}`)],
  [
    'message',
    whole(
      String.raw`(?:what|how) (?:do|should|shall|can|must|would|could) (?:i|we) (?:tell|write|say|ask|send|word|put)(?: it)?(?: to)?(?: ${them})?(?: for)?(?: exactly)?|what (?:do i|to) (?:tell|say|write|ask)(?: to)? ${them}|(?:qu'est-ce que )?je (?:lui|leur) (?:dis|ecris|demande|envoie|raconte)(?: quoi)?|(?:que|quoi) (?:lui|leur) (?:dire|ecrire|demander)|(?:je|on) (?:dis|ecris|demande) quoi(?: a \w+)?|qu'est[- ]ce que (?:je|on) (?:lui |leur )?(?:dis|dit|ecris|demande|raconte)(?: (?:a|au) (?:mon |ma |notre |l')?\w+)?|(?:que|quoi) (?:dire|ecrire|demander) (?:a|au) (?:mon |ma |notre |l')?\w+`,
    ),
  ],
  [
    'who',
    whole(
      String.raw`who(?: (?:do|should|shall|can|must|would|could) (?:i|we) (?:ask|talk to|write to|contact|go to|call|see))?(?: (?:then|now|for that|about it))?|who (?:can|could|may|does|gives?) (?:it|that|do (?:it|that|this)|me (?:it|that)|it to me|give (?:it|me that|me it)(?: to me)?)|who (?:can|could|would|will|may|do i ask to) (?:\w+ ){1,2}(?:it|that|this|me)|who has it|whom|(?:a |c'est )?qui(?: (?:ca|alors|donc|peut(?: le faire| me le donner| faire ca)?|l'a|donne ca|fait ca))?|a qui (?:je demande|demander|m'adresser|je m'adresse|dois-je demander)|je demande a qui|qui (?:peut|pourrait|sait|doit) (?:me )?(?:le |la |les |faire |l')?\w*(?: (?:ca|cela|le|la))?`,
    ),
  ],
  [
    'how',
    whole(
      String.raw`how|how (?:do|can|could|should|would) (?:i|we) (?:get|have|obtain|do|ask for|request|find|know|see|check|become|apply for)(?: it| that| this| one| them| such a one)?(?: then)?|how so|how does that work|comment(?: ca| on fait| faire| je fais| je l'obtiens| l'obtenir| je l'ai| l'avoir| ca marche| on l'obtient| je fais pour l'avoir)?|(?:je|on) (?:fais|fait) comment|et comment(?: ca)?`,
    ),
  ],
  [
    'active',
    whole(
      String.raw`(?:is|are) (?:it|that|this|they) (?:active|on|live|there|enabled|working|in effect|valid|done|ok|good|set|ready)(?: now| already| yet| by now)?|(?:is it|did it) (?:work|go through|take)(?: now)?|does it (?:work|count)(?: now| already| yet)?|(?:c'est|il est|elle est|ca y est)(?: bien)? (?:actif|active|bon|ok|en place|fait|pris en compte|valide|activee?)(?: maintenant| deja| la)?|ca (?:marche|fonctionne|compte)(?: maintenant| deja)?|est-ce (?:actif|bon|fait|que c'est (?:actif|bon|fait|en place))`,
    ),
  ],
  [
    'cost',
    whole(
      String.raw`(?:and )?(?:what|how much) (?:does|will|would) (?:it|that|this) cost|how much(?: is (?:it|that))?|is (?:it|that|this) free|does (?:it|that) cost(?: anything| extra| more)?|what's the price|(?:ca|cela|c'est) (?:coute )?combien|combien(?: ca coute)?|c'est (?:gratuit|payant)|ca coute(?: quelque chose| combien| plus)?`,
    ),
  ],
  [
    'long',
    whole(
      String.raw`how long(?: (?:does|will) (?:it|that|this) take)?|(?:ca|cela) (?:prend|dure|met) (?:combien de temps|longtemps)|combien de temps(?: ca prend)?|when(?: will it be (?:done|active))?`,
    ),
  ],
  [
    'breaks',
    whole(
      String.raw`what (?:breaks|stops(?: working)?|is lost|do (?:i|we) lose|happens (?:then|to (?:it|them|that)))|does (?:it|that|anything) break(?: anything)?|is (?:it|that) (?:risky|dangerous|safe)|(?:ca|cela) (?:casse|coupe|risque) (?:quoi|quelque chose)|(?:on|je) perds? quoi|c'est risque|il se passe quoi`,
    ),
  ],
  [
    'undo',
    whole(
      String.raw`can (?:i|we|it|that) (?:undo|be undone|go back|reverse|revert|be reversed)(?: (?:it|that|later|afterwards|after))*|(?:on|je) peu[tx] (?:annuler|revenir en arriere|defaire)(?: apres| ensuite| ca)*|c'est reversible|is (?:it|that) reversible`,
    ),
  ],
  [
    'next',
    whole(
      String.raw`(?:and )?what (?:do|should|shall|can) (?:i|we) do (?:with (?:that|it|this)|about (?:that|it)|now|then|next)|what (?:now|then|next)|(?:je|on) (?:fais|fait) quoi (?:avec ca|de ca|maintenant|alors|du coup|la)|(?:j'en|on en) (?:fais|fait) quoi|(?:bon|et),? (?:et )?sinon|quoi (?:faire|maintenant)|so what`,
    ),
  ],
  [
    'mean',
    whole(
      String.raw`what does (?:it|that|this|all that) mean(?: for (?:me|us)| exactly| then| now)*|what do you mean(?: by (?:that|this|it))?|meaning|(?:ca|cela) (?:veut dire|signifie) quoi(?: pour (?:moi|nous))?|qu'est[- ]ce que (?:ca|cela) (?:veut dire|signifie)(?: pour (?:moi|nous))?|c'est[- ]a[- ]dire`,
    ),
  ],
  [
    'where',
    whole(String.raw`where(?: (?:is (?:it|that)|do (?:i|we) (?:find|see) (?:it|that)))?|c'est ou|(?:je|on) (?:trouve|voit|vois) (?:ca|le|la) ou|ou ca`),
  ],
]

type Row = Readonly<Partial<Record<Aspect, Topic>>>

/** Who asks about a role and then "how do I get it?" wants to know who gives it. */
const rows: Readonly<Partial<Record<Topic, Row>>> = {
  'required-role': {
    azure: 'required-role',
    m365: 'required-role',
    who: 'find-admin',
    how: 'find-admin',
    message: 'find-admin',
    active: 'check-role',
    next: 'find-admin',
    where: 'find-admin',
  },
  'check-role': {
    azure: 'required-role',
    m365: 'required-role',
    who: 'find-admin',
    how: 'find-admin',
    message: 'find-admin',
    active: 'check-role',
    next: 'find-admin',
  },
  'find-admin': {
    azure: 'find-admin',
    m365: 'find-admin',
    who: 'find-admin',
    how: 'find-admin',
    message: 'find-admin',
    active: 'check-role',
    next: 'find-admin',
  },
  'azure-for-m365': {
    m365: 'm365-for-azure',
    azure: 'azure-for-m365',
    how: 'azure-for-m365',
    active: 'verify-setup',
    next: 'azure-for-m365',
    long: 'azure-for-m365',
  },
  'm365-for-azure': {
    azure: 'azure-for-m365',
    m365: 'm365-for-azure',
    how: 'm365-for-azure',
    active: 'verify-setup',
    next: 'm365-for-azure',
    long: 'm365-for-azure',
  },
  'link-existing': { how: 'link-existing', active: 'verify-setup', long: 'link-existing', next: 'link-existing', who: 'required-role' },
  'verify-setup': { active: 'verify-setup', how: 'verify-setup', next: 'verify-setup' },
  'enterprise-agreement': {
    message: 'enterprise-agreement',
    who: 'enterprise-agreement',
    how: 'enterprise-agreement',
    next: 'enterprise-agreement',
    azure: 'enterprise-agreement',
    m365: 'enterprise-agreement',
  },
  'tenant-basics': { how: 'multiple-tenants', who: 'find-admin' },
  'subscription-ownership': { how: 'subscription-ownership', who: 'subscription-ownership', azure: 'subscription-ownership', m365: 'subscription-ownership' },
  'billing-and-trial': {
    azure: 'billing-and-trial',
    m365: 'billing-and-trial',
    long: 'billing-and-trial',
    undo: 'billing-and-trial',
    how: 'billing-and-trial',
  },
  'which-account': { azure: 'which-account', m365: 'which-account' },
  'change-directory-impact': { how: 'link-existing', long: 'link-existing' },
  support: { how: 'support', who: 'support', long: 'support' },
}

/** What an aspect is about, whatever was talked of. */
const anywhere: Row = {
  cost: 'billing-and-trial',
  breaks: 'change-directory-impact',
  undo: 'change-directory-impact',
  who: 'find-admin',
  message: 'find-admin',
}

const longest = 11

/** What a short question means after what was said, or `undefined` when nothing is left out of it or nothing fills it. */
export const elided = (raw: string, { lastTopic, guide, shown }: Situation): Ellipsis | undefined => {
  const text = fold(readable(raw)).trim()
  if (wordsOf(text).length > longest) return undefined
  const before = lastTopic ?? (shown === 'verdict' ? 'check-role' : shown === 'stopped' ? 'find-admin' : guide)
  if (!before) return undefined
  const aspect = patterns.find(([, pattern]) => pattern.test(text))?.[0]
  if (!aspect) return undefined
  const topic = aspect === 'mean' ? before : (rows[before]?.[aspect] ?? anywhere[aspect])
  if (!topic) return undefined
  return { topic, aspect, ...((aspect === 'azure' || aspect === 'm365') && { product: aspect }) }
}
