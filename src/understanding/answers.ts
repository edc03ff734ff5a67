/** Words that answer the card on screen without pressing anything: how the company buys, yes or no, an id, a domain. */
import type { Inputs } from '../verbs/action'

const guids = /(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/gi
/** Called a subscription's right where it stands, as in a link of the portal too. */
const namedGuid = /\b(?:subscriptions\/|(?:subscription|sub|abonnement)(?: ?-?id)?(?: is| est)?[\s:="'{(]{0,3})([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-])/gi
const domains = /(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?![\w@/-]|\.\w)/g
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
/** Pages, and addresses of anybody's mail: no tenant of a company. */
const notTheirs = /(?:^|\.)(?:microsoft|azure|office|office365|microsoft365|microsoftonline|windows|live|outlook|hotmail|gmail)\.(?:com|net)$/
/** Ids of something else, whatever else is said. */
const otherId = /\b(?:tenant|directory|locataire|annuaire)(?: id)?(?: (?:is|est))?\W*#|\b(?:tenant|client|object|app|application|correlation|trace|request|session|user|group|device|principal) ?-?id\b|aadsts|\b(?:error|erreur|secret)\b/
/** What somebody wants done, not looked up; that it was done is no wish. */
const wish = /\b(?:move|transfer|link|change|migrate|merge|connect|delete|cancel|remove|deplacer|transferer|changer|migrer|fusionner|relier|lier|supprimer|annuler|how|comment)\b/
const aboutSubscription = /\b(?:subscriptions?|sub|abonnements?)\b/
const aboutDomain = /\bdomaine?s?\b/
/** Around a domain: a question about something else. */
const otherWish = /\b(?:add|buy|verify|register|open|pages?|dns|records?|set up|setup|configure|e-?mails?|licen[cs]es?|ajouter|acheter|verifier|enregistrer|ouvrir|configurer|courriels?)\b/
const mostAroundDomain = 9
/** Around an id that nobody says the kind of, nothing else may be said. */
const fillers = new Set(
  `a about again and another azure check correct for good guid hello here heres hi i id in is it its look me mine my now of ok our please pls right same sorry tenant thank thanks that the then this to try up verify what yes you
  aussi bien bon bonjour c ce cela celui ci dans de encore est et id identifiant il l la le les locataire ma meme merci moi mon notre nous ok oui pour regarde salut s si il te plait svp un verifie verifier voici voila vous`.split(/\s+/),
)

const contracts = [
  ['unknown', /^(i don'?t know|i do not know|not sure|no idea|dunno|je ne sais pas|je sais pas|aucune idee|pas sur|pas sure)\b/],
  ['ea', /^(we (have|are on)|we'?re on|on a|nous avons|on a)?\s*(an?|un)?\s*(ea|enterprise agreement|contrat entreprise)$/],
  ['csp', /^(through |via |par |with |avec )?(a |our |un |notre )?(csp|partner|reseller|partenaire|revendeur)( \(?csp\)?)?$/],
  ['web', /^(on |sur )?(the |le |our )?(web|website|online|site|en ligne|mca|microsoft customer agreement|contrat client microsoft|credit card|by card|par carte)$/],
] as const

const yesNo = [
  ['yes', /^(yes|yep|yeah|sure|ok|oui|ouais|d'?accord|bien sur)( .{0,40})?$/],
  ['no', /^(no|nope|non)( .{0,40})?$/],
] as const

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase()
    .replaceAll(/[.!?,;:]+$/g, '')
    .trim()

const firstOf = <T extends string>(rows: readonly (readonly [T, RegExp])[], text: string) => rows.find(([, row]) => row.test(text))?.[0]

/** The only one there is. */
const one = (found: readonly string[]) => (new Set(found).size === 1 ? found[0] : undefined)

const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** The id of a subscription: called so, or sent with nothing else said. */
const subscriptionIn = (text: string, around: string): string | undefined => {
  const named = one([...text.matchAll(namedGuid)].map(([, id = '']) => id))
  if (named) return named
  if (otherId.test(around)) return undefined
  const id = one(text.match(guids) ?? [])
  return aboutSubscription.test(around) || wordsIn(around).every((word) => fillers.has(word)) ? id : undefined
}

const domainIn = (text: string, around: string): string | undefined => {
  if (!aboutDomain.test(around) || otherWish.test(around) || wordsIn(around).length > mostAroundDomain) return undefined
  return one((text.match(domains) ?? []).filter((name) => !notTheirs.test(name)))
}

/** A subscription id, or a domain called so, that somebody wants looked up, whatever is on screen: by itself or in a sentence. */
export const findLookUp = (text: string): Pick<Inputs, 'subscription' | 'domain'> | undefined => {
  if (text.length > 300) return undefined
  const folded = fold(text)
  const around = folded.replaceAll(guids, '#').replaceAll(domains, '#').replaceAll(/[()[\]{}]/g, ' ').replaceAll(/\s+/g, ' ')
  if (wish.test(around)) return undefined
  const [subscription, name] = [subscriptionIn(folded, around), domainIn(folded, around)]
  return subscription || name ? { subscription, domain: name } : undefined
}

/** What the words answer, or `undefined` when they answer none of the questions a card asks. */
export const findAnswer = (text: string): Inputs | undefined => {
  if (text.length > 300) return undefined
  const folded = fold(text)
  const answer: Inputs = {
    domain: domain.test(folded) ? folded : undefined,
    ...findLookUp(text),
    contract: firstOf(contracts, folded),
    account: firstOf(yesNo, folded),
  }
  return Object.values(answer).some((value) => value !== undefined) ? answer : undefined
}
