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

/** A doubtful message without any of these is not worth a question back: asking "this or that?" about the weather looks silly. */
const ours = ['m365', 'azure', 'entra', 'tenant', 'tenant-id', 'subscription', 'account', 'user', 'role', 'admin', 'owner', 'portal', 'trial', 'invoice', 'ea', 'csp', 'mca', 'error', 'support', 'rename'] as const satisfies readonly Concept[]

/** Both products and the wish for the same users, but no word for what is there and what is to come. */
const saysNoDirection = (reading: Reading): boolean =>
  mentions(reading, 'm365') &&
  mentions(reading, 'azure', 'entra') &&
  !mentions(reading, 'have', 'lack', 'need', 'get', 'signup', 'want', 'move', 'merge', 'with', 'to', 'from', 'for', 'under', 'new', 'both', 'several', 'after', 'my', 'trial')

/** Who buys through an agreement or a partner is on another road, whatever else the message asks for. */
const withContract = (reading: Reading, candidates: readonly Candidate[]): readonly Candidate[] => {
  const [first] = candidates
  if (!first || !isScenario(first.topic) || !mentions(reading, 'ea', 'csp') || mentions(reading, 'no', 'lack')) return candidates
  return [{ topic: 'enterprise-agreement', score: first.score }, ...candidates.filter(({ topic }) => topic !== 'enterprise-agreement')]
}

export const decide = (reading: Reading, ranking: readonly Ranked[], { none, sure, lead }: Thresholds): Decision => {
  const candidates = withContract(reading, candidatesIn(ranking)).slice(0, offered)
  const [first, second] = candidates
  const noneScore = ranking.find(({ topic }) => topic === 'none')?.score ?? 0
  if (!first || noneScore >= none || noneScore > first.score) return { topic: 'none', confidence: noneScore, decision: 'reject', candidates }
  const best = { topic: first.topic, confidence: first.score, candidates }
  if (isDirection(first.topic) && saysNoDirection(reading)) return { ...best, decision: 'ask', ask: 'which' }
  if (first.score >= sure && first.score - (second?.score ?? 0) >= lead) return { ...best, decision: 'answer' }
  if (!mentions(reading, ...ours)) return { ...best, decision: 'reject' }
  return { ...best, decision: 'ask', ask: isDirection(first.topic) && isDirection(second?.topic) ? 'which' : 'between' }
}
