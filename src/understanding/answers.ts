/** Words that answer the card on screen without pressing anything: how the company buys, yes or no, an id, a domain. */
import type { Inputs } from '../verbs/action'
import type { Heard } from '../guides/texts'
import { anyOf, heard } from './heard'

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase()
    .replaceAll(/[.!?,;:]+$/g, '')
    .trim()

/** The same words as they stand in a folded text; an apostrophe is often left out. */
const any = (choose: (said: Heard) => readonly string[]) => anyOf(choose, (pattern) => fold(pattern).replaceAll("'", "'?"))

const guids = /(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/gi
/** Called a subscription's right where it stands, as in a link of the portal too. */
const namedGuid = new RegExp(
  String.raw`\b(?:subscriptions\/|${any(({ ids }) => ids.subscription)}(?: ?-?id)?(?: ${any(({ ids }) => ids.is)})?[\s:="'{(]{0,3})([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-])`,
  'gi',
)
const domains = /(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?![\w@/-]|\.\w)/g
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
/** Pages, and addresses of anybody's mail: no tenant of a company. */
const notTheirs = /(?:^|\.)(?:microsoft|azure|office|office365|microsoft365|microsoftonline|windows|live|outlook|hotmail|gmail)\.(?:com|net)$/
/** Ids of something else, whatever else is said. */
const otherId = new RegExp(
  [
    String.raw`\b${any(({ ids }) => ids.tenant)}(?: id)?(?: ${any(({ ids }) => ids.is)})?\W*#`,
    String.raw`\b(?:tenant|client|object|app|application|correlation|trace|request|session|user|group|device|principal) ?-?id\b`,
    String.raw`aadsts`,
    String.raw`\b${any(({ ids }) => ids.other)}\b`,
  ].join('|'),
)
/** That something was done is no wish. */
const wish = new RegExp(String.raw`\b${any(({ ids }) => ids.wish)}\b`)
const aboutSubscription = new RegExp(String.raw`\b${any(({ ids }) => [...ids.subscription, ...ids.subscriptions])}\b`)
const aboutDomain = new RegExp(String.raw`\b${any(({ ids }) => ids.domain)}\b`)
const otherWish = new RegExp(String.raw`\b${any(({ ids }) => ids.domainWish)}\b`)
const mostAroundDomain = 9
const fillers: ReadonlySet<string> = new Set(heard(({ ids }) => ids.around).map(fold))

const contract = (kind: 'ea' | 'csp' | 'web', after = '') =>
  new RegExp(
    String.raw`^(?:${any(({ contracts }) => contracts[kind].before)}\s+)?(?:${any(({ contracts }) => contracts[kind].article)}\s+)?${any(({ contracts }) => contracts[kind].name)}${after}$`,
  )

const contracts = [
  ['unknown', new RegExp(String.raw`^${any((said) => said.contracts.unknown)}\b`)],
  ['ea', contract('ea')],
  ['csp', contract('csp', String.raw`(?: \(?csp\)?)?`)],
  ['web', contract('web')],
] as const

const yesNo = [
  ['yes', new RegExp(`^${any(({ yes }) => yes)}( .{0,40})?$`)],
  ['no', new RegExp(`^${any(({ no }) => no)}( .{0,40})?$`)],
] as const

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
  const around = folded
    .replaceAll(guids, '#')
    .replaceAll(domains, '#')
    .replaceAll(/[()[\]{}]/g, ' ')
    .replaceAll(/\s+/g, ' ')
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
