/** Words that answer the card on screen without pressing anything: how the company buys, yes or no, an id, a domain. */
import type { Inputs } from '../cards/action'

const guids = /(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/gi
const domains = /(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?![\w@/-]|\.\w)/g
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
/** Ids of something else, and wishes that go beyond looking. */
const otherId = /\b(tenant|directory|client|object|app|application|correlation|trace|request|session|user) ?-?id\b|\bid(entifiant)? (du |de |de la |de l'|d'|of )?(the |our )?(tenant|locataire|annuaire|directory|client|objet|application|correlation|trace|requete|session|utilisateur)|\b(tenant|locataire|directory|annuaire)( (is|est))?\W*#|aadsts|\b(error|erreur)\b/
const wish = /\b(mov(e|ing)|transfer|link|chang|migrat|merg|connect|deplac|transf[eé]r|relier|lier|fusionn|delet|cancel|supprim|annul)/
const aboutSubscription = /\b(subscriptions?|sub|abonnements?)\b/
const aboutDomain = /\bdomaine?s?\b/
const fewWords = 5

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
const one = (found: RegExpMatchArray | null) => (found?.length === 1 ? found[0] : undefined)

const mayLookUp = (words: string) => !otherId.test(words) && !wish.test(words)

const isShort = (words: string) => (words.match(/[\p{L}\p{N}]+/gu) ?? []).length <= fewWords

/** A subscription id, or a domain called so, that somebody wants looked up, whatever is on screen: by itself or in a sentence. */
export const findLookUp = (text: string): Pick<Inputs, 'subscription' | 'domain'> | undefined => {
  if (text.length > 300) return undefined
  const folded = fold(text)
  const around = folded.replaceAll(guids, '#').replaceAll(domains, '#')
  if (!mayLookUp(around)) return undefined
  const [id, name] = [one(folded.match(guids)), one(folded.match(domains))]
  const subscription = id && (aboutSubscription.test(around) || isShort(around)) ? id : undefined
  const called = name && aboutDomain.test(around) ? name : undefined
  return subscription || called ? { subscription, domain: called } : undefined
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
