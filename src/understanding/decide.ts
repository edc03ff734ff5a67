/** From likelihoods to a decision: answer, ask one short question, or say that this is not ours. */
import { isScenario, type Topic } from '../topics'
import type { Reading } from './features'
import type { Thresholds } from './model'
import type { Ranked } from './router'
import type { Concept } from './synonyms'

export interface Candidate {
  readonly topic: Topic
  /** Likelihood, 0..1. */
  readonly score: number
}

export interface Decision {
  readonly topic: Topic | 'none'
  readonly confidence: number
  readonly decision: 'answer' | 'ask' | 'reject'
  /** What the words are about apart from a contract that they name. */
  readonly road?: Topic
  /** In-scope topics, best first. */
  readonly candidates: readonly Candidate[]
  readonly ask?: 'which' | 'between'
}

const offered = 5

/** The three that differ only in what the person has already. */
const directions: readonly Topic[] = ['azure-for-m365', 'm365-for-azure', 'link-existing']
const isDirection = (topic: Topic | undefined): boolean => topic !== undefined && directions.includes(topic)

const isTopicCandidate = (each: Ranked): each is Candidate => each.topic !== 'none'

export const candidatesIn = (ranking: readonly Ranked[]): Candidate[] => ranking.filter(isTopicCandidate)

const mentions = ({ signs }: Reading, ...wanted: readonly Concept[]): boolean => wanted.some((each) => signs.includes(each))

/** Both products and the wish for the same users, but no word for what is there and what is to come. */
const saysNoDirection = (reading: Reading): boolean =>
  mentions(reading, 'm365') &&
  mentions(reading, 'azure', 'entra') &&
  !mentions(
    reading,
    'have',
    'lack',
    'need',
    'get',
    'signup',
    'want',
    'move',
    'merge',
    'with',
    'to',
    'from',
    'for',
    'under',
    'new',
    'both',
    'several',
    'after',
    'my',
    'trial',
  )

const products: readonly Concept[] = ['m365', 'azure', 'entra']

/** "azure" alone, or "office azure": a product is named and nothing is asked. */
const onlyNamesProducts = ({ signs, words }: Reading): boolean =>
  words.length <= 3 && signs.length > 0 && signs.every((sign) => products.some((product) => product === sign))

const contract: Topic = 'enterprise-agreement'

const deniesContract = ({ signs }: Reading): boolean =>
  signs.some((sign, at) => (sign === 'ea' || sign === 'csp') && ['no', 'lack'].includes(signs[at - 1] ?? ''))

/** A customer agreement covers many sign-ups on the web: together with a scenario it is only a note. */
const onlyCustomerAgreement = (reading: Reading): boolean => mentions(reading, 'mca') && !mentions(reading, 'ea', 'csp')

const asksForScenario = (reading: Reading): boolean => mentions(reading, 'm365', 'azure') && mentions(reading, 'get', 'signup', 'link', 'move', 'want', 'need')

/** Puts one candidate in the place and likelihood of the first, and the first in its place. */
const led = (topic: Topic, candidates: readonly Candidate[]): readonly Candidate[] => {
  const [first] = candidates
  const chosen = candidates.find((each) => each.topic === topic)
  if (!first || !chosen) return candidates
  return candidates
    .map((each) => (each === first ? { topic, score: first.score } : each === chosen ? { topic: first.topic, score: chosen.score } : each))
    .toSorted((a, b) => b.score - a.score)
}

/** Who buys through an agreement or a partner is on another road, whatever else the message asks for; who says they do not, is not. */
const withContract = (reading: Reading, candidates: readonly Candidate[]): readonly Candidate[] => {
  const [first] = candidates
  const isAside = deniesContract(reading) || onlyCustomerAgreement(reading)
  if (first && isScenario(first.topic) && mentions(reading, 'ea', 'csp') && !isAside) return led(contract, candidates)
  if (first?.topic !== contract || !isAside || !asksForScenario(reading)) return candidates
  const scenario = candidates.find(({ topic }) => isScenario(topic))
  return scenario ? led(scenario.topic, candidates) : candidates
}

export const decide = (reading: Reading, ranking: readonly Ranked[], { none, sure, lead }: Thresholds): Decision => {
  const found = candidatesIn(ranking)
  const candidates = withContract(reading, found).slice(0, offered)
  const [first, second] = candidates
  const [own] = found
  const road = own && own.topic !== first?.topic && first?.topic === contract ? { road: own.topic } : {}
  const noneScore = ranking.find(({ topic }) => topic === 'none')?.score ?? 0
  const refused: Decision = { topic: 'none', confidence: noneScore, decision: 'reject', candidates }
  if (!first || noneScore >= none) return refused
  const best = { topic: first.topic, confidence: first.score, candidates, ...road }
  if ((isDirection(first.topic) && saysNoDirection(reading)) || onlyNamesProducts(reading)) return { ...best, decision: 'ask', ask: 'which' }
  if (first.score >= sure && first.score - (second?.score ?? 0) >= lead) return { ...best, decision: 'answer' }
  return { ...best, decision: 'ask', ask: isDirection(first.topic) && isDirection(second?.topic) ? 'which' : 'between' }
}
