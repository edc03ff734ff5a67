/** Words that answer the card on screen without pressing anything: how the company buys, yes or no, an id, a domain. */
import type { Inputs } from '../cards/action'

const guid = /^\W*([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\W*$/i
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i

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

/** What the words answer, or `undefined` when they answer none of the questions a card asks. */
export const findAnswer = (text: string): Inputs | undefined => {
  if (text.length > 300) return undefined
  const folded = fold(text)
  const answer: Inputs = {
    subscription: guid.exec(text)?.[1],
    domain: domain.test(folded) ? folded : undefined,
    contract: firstOf(contracts, folded),
    account: firstOf(yesNo, folded),
  }
  return Object.values(answer).some((value) => value !== undefined) ? answer : undefined
}
