/** What does a fact that somebody tells come to: does it answer the guide's question, stand in its way, or say where to go? */
import { contracts } from '../guides/schema'
import { openRun } from '../runs/person'
import type { Topic } from '../topics'
import type { Act } from '../understanding/act'
import { readAnswer } from '../understanding/act-reading'
import { wordsOf } from '../understanding/clean'
import { clausesOf } from '../understanding/clauses'
import { counts, type Told } from '../understanding/facts/told'
import type { Reading } from '../understanding/interpret'
import { isOnward } from './acted'
import { guideRoute, noInputs, type Route } from './routes'
import { isHeldUp } from './stop'
import type { Turn } from './turn'

/** Who tells of their contract and wants something goes the way there: the contract says itself what stands in it. */
export const roadTold = ({ facts, understanding: { road, topic } }: Reading): Topic | undefined => {
  // Whoever has the subscription in another tenant has both.
  const isApart = facts.some((each) => counts(each) && each.fact === 'subscription-tenant' && each.value === 'other' && !each.negated)
  if (isApart && (topic === 'azure-for-m365' || topic === 'm365-for-azure')) return 'link-existing'
  const isLookUp = road === 'check-role' || road === 'verify-setup'
  const tellsContract = facts.some((each) => counts(each) && each.fact === 'contract' && !each.negated)
  return road && (isLookUp || tellsContract) ? road : undefined
}

/** A product alone says nothing. */
export const fewestWords = 3

/** Which of the two there is may have been told. */
export const directionKnown = ({ person, incoming }: Turn, { understanding }: Reading): Topic | undefined => {
  if (understanding.ask !== 'which' || wordsOf(incoming.text).length < fewestWords) return undefined
  const has = (fact: 'has-m365' | 'has-azure') => ['yes', 'trial'].includes(person.known.facts?.[fact]?.value ?? '')
  if (has('has-m365') && has('has-azure')) return 'link-existing'
  if (has('has-m365')) return 'azure-for-m365'
  return has('has-azure') ? 'm365-for-azure' : undefined
}

/** What was told, where it answers what the guide would ask, or stands in its way. */
export const routeOfFacts = (turn: Turn, { facts, acts }: Reading): Route | undefined => {
  const run = openRun(turn.person)
  const count = facts.filter(counts)
  if (!run || count.length === 0 || acts.some(({ act }) => act === 'ask' || isOnward(act))) return undefined
  const has = (fact: string, value?: string) => count.some((each) => each.fact === fact && !each.negated && (value === undefined || each.value === value))
  const isPersonal = has('account', 'personal') || has('owner', 'personal-account')
  // For a move it answers what is asked.
  const answers = run.stage === 'before' && (has('account', 'work') || (run.topic === 'link-existing' && (isPersonal || has('owner', 'me'))))
  if (isPersonal && !answers) return { kind: 'topic', topic: run.topic === 'azure-for-m365' && run.stage === 'before' ? 'which-account' : 'personal-owner' }
  if (!answers && !count.some(({ fact }) => fact === 'contract')) return undefined
  if (run.stage !== 'before' && run.stage !== 'stopped') return guideRoute(run, 'resume')
  return { kind: 'guide', run: run.id, input: { verb: 'proceed', inputs: noInputs, isTold: true } }
}

const leastContract = 0.6
/** Among other things that are said, it must be surer; while it is asked, it may be less so. */
const leastContractBeside = 0.7
const leastContractAsked = 0.55

type Facts = Reading['facts']

const contractFact = (text: string, least: number): Facts => {
  const { value, sure } = readAnswer(text, 'contract')
  const contract = contracts.find((each) => each === value)
  return contract && sure >= least ? [{ fact: 'contract', value: contract, negated: false, time: 'now', whose: 'us', how: 'plain' }] : []
}

/** "That was our old company": it is not theirs, or not now. */
const isElsewhere = ({ time, whose }: Told): boolean => time === 'past' || whose === 'other'

/** While the contract stands in the way, a correction in other words says which it is, or that it is none of theirs. */
const correctedContract = ({ incoming, person }: Turn, { facts }: Reading): Facts => {
  const { contract } = person.known
  if (contract && facts.some(isElsewhere) && !facts.some(counts))
    return [{ fact: 'contract', value: contract, negated: true, time: 'now', whose: 'us', how: 'plain' }]
  const others = facts.filter((each) => each.fact !== 'contract' || each.negated || each.value !== contract)
  if (others.some((each) => counts(each) && (each.fact !== 'contract' || !each.negated))) return others
  return facts.some((each) => each.fact === 'contract') ? facts : [...facts, ...contractFact(incoming.text, leastContract)]
}

/** How one buys is told in more words than are on a list: "the boss's Visa pays for it". */
const contractInPassing = ({ incoming, view }: Turn, { facts }: Reading): Facts => {
  const parts = clausesOf(incoming.text).filter((clause) => !clause.includes('?'))
  const least = view.asked?.question === 'contract' ? leastContractAsked : leastContractBeside
  const [found] = parts.flatMap((clause) => contractFact(clause, least)).filter(({ value }) => value !== 'unknown')
  return found ? [...facts, found] : facts
}

const corrects: readonly Act['act'][] = ['correct', 'tell', 'undo']

export const withContractSaid = (turn: Turn, reading: Reading): Reading => {
  const run = openRun(turn.person)
  if (isHeldUp(turn, run)) return reading.acts.some(({ act }) => corrects.includes(act)) ? { ...reading, facts: correctedContract(turn, reading) } : reading
  const isOpen = (turn.person.known.contract === undefined || run?.stage === 'before') && !reading.facts.some(({ fact }) => fact === 'contract')
  return isOpen && reading.secret === undefined && !reading.acts.some(({ act }) => act === 'answer')
    ? { ...reading, facts: contractInPassing(turn, reading) }
    : reading
}
