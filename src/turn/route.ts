/**
 * What is one message or press about, in a person's own chat? An ordered list of small detectors, the first answer wins: the press,
 * a secret, nothing written, a button's title; then what the words are read as in their situation: an answer, an id, a fact that changes
 * the guide, an act, what a short question leaves out, the name of a topic, a topic.
 */
import { guideOf } from '../guides'
import { contracts } from '../guides/schema'
import { openRun } from '../runs/person'
import { isAtStep, stepToday, type Run } from '../runs/run'
import { isAnswer, isControl, isScenario, isTopic, type Topic } from '../topics'
import type { Understanding } from '../understanding'
import type { Act } from '../understanding/act'
import { findAnswer, findLookUp } from '../understanding/answers'
import { counts } from '../understanding/facts/told'
import { interpret, type Reading } from '../understanding/interpret'
import { rankAmong, rankIn } from '../understanding/passages'
import { leastAsked, leastBesideTopic, leastDoubtful, leastInDoubt, leastRefused, leastUnsaid } from '../understanding/passage-thresholds'
import { isPlain } from '../understanding/plain'
import { wordsOf } from '../understanding/clean'
import { clausesOf } from '../understanding/clauses'
import type { Asking } from '../understanding/situation'
import { findSecret } from '../understanding/secrets'
import type { ActionData, Inputs, Pick } from '../verbs/action'
import { rowOf, type Verb } from '../verbs/verbs'
import { stopOf } from './stop'
import { readAnswer } from '../understanding/act-reading'
import { isOnward, mainAct, moveBeside, routeOfAct } from './acted'
import { bindFacts } from './facts'
import { findLabel, findTitle } from './said'
import type { Route } from './routes'
import { situationOf } from './situation'
import type { GuideInput, Turn } from './turn'

type Detector = (turn: Turn) => Route | undefined

const nothing: Inputs = {}

/** Of which the step is where they lead to, or an answer; of the others it is where their card stood. */
const namesNoPlace: readonly Verb[] = ['go-to', 'proceed']

const byTopic = (topic: Topic, understanding?: Understanding): Route =>
  isScenario(topic) ? { kind: 'begin', topic, ...(understanding && { understanding }) } : { kind: 'topic', topic, ...(understanding && { understanding }) }

const fromAction = (turn: Turn, action: ActionData | Pick, inputs: Inputs): Route | undefined => {
  const { verb } = action
  if (verb === 'forget-me-yes' && turn.view.asked?.question !== 'forget-me') return { kind: 'verb', verb: 'forget-me' }
  if (verb === 'topic' || (verb === 'sign-in' && action.run === undefined)) return aboutTopic(action)
  if (!rowOf(verb).guide) return { kind: 'verb', verb, lang: action.lang }
  const open = openRun(turn.person)
  const run = action.run === undefined ? open : turn.person.runs.find(({ id }) => id === action.run)
  // A page made for everybody, seen in private: the guide is begun.
  if (action.run === undefined && isScenario(action.topic) && open?.topic !== action.topic) return byTopic(action.topic)
  if (!run) return { kind: 'no-guide' }
  return {
    kind: 'guide',
    run: run.id,
    input: { verb, inputs, step: action.step, rev: 'rev' in action && typeof action.rev === 'number' ? action.rev : undefined },
  }
}

/** Outside a guide a sign-in is a question that needs one. */
const aboutTopic = ({ verb, topic, step }: Pick): Route | undefined => {
  if (!topic) return undefined
  if (isScenario(topic)) return verb === 'topic' ? byTopic(topic) : undefined
  return { kind: 'topic', topic, step, ...(verb === 'sign-in' && { signIn: true }) }
}

const pressed: Detector = (turn) => {
  const { press } = turn.incoming
  return press ? fromAction(turn, press.action, press.inputs) : undefined
}

const secret: Detector = ({ incoming }) => {
  const found = findSecret(incoming.text)
  return found ? { kind: 'secret', secret: found } : undefined
}

/** Only a mention, or nothing: the person wants to know what this is. */
const nothingWritten: Detector = ({ incoming }) => (incoming.text === '' ? byTopic('greeting') : undefined)

/** For what the card in sight would look up; by itself, for one's role. */
const signingIn = (turn: Turn): Route => {
  const run = openRun(turn.person)
  const offered = chosen(
    turn,
    turn.view.buttons.find((each) => each.verb === 'sign-in'),
  )
  if (offered) return offered
  return run && asksForId(run) ? guideRoute(run, 'sign-in') : { kind: 'begin', topic: 'check-role', signIn: true }
}

const chosen = (turn: Turn, pick: Pick | undefined): Route | undefined => {
  if (!pick) return undefined
  return fromAction(turn, pick, pick.verb === 'proceed' ? answered(pick.step) : nothing)
}

/** Which answer a number on the card before the steps picks. */
const answered = (value: string | undefined): Inputs => {
  if (value === 'yes' || value === 'no') return { account: value }
  const contract = contracts.find((name) => name === value)
  return contract ? { contract } : nothing
}

const written: Detector = (turn) => chosen(turn, findTitle(turn.view, turn.incoming.text))

/** What "yes" and "no" mean where a card asks whether to keep a language. */
const confirmed = ({ view, person, incoming }: Turn, { acts }: Reading): Route | undefined => {
  const [only] = acts
  if (view.asked?.question !== 'keep-language' || acts.length !== 1 || !only) return undefined
  const yes = only.act === 'agree' || (only.act === 'answer' && only.value === 'yes')
  const no = only.act === 'refuse' || (only.act === 'answer' && only.value === 'no')
  if (yes) return { kind: 'verb', verb: 'keep-language', lang: view.asked.lang }
  return no ? { kind: 'verb', verb: 'speak', lang: person.language ?? incoming.clientLanguage } : undefined
}

/** An id or a domain, wherever it stands in a sentence. */
const handedOver = ({ person, incoming }: Turn): Route | undefined => {
  const run = openRun(person)
  const asking = run && asksForId(run) ? run : undefined
  const lookUp = findLookUp(incoming.text)
  if (lookUp) return asking ? guideRoute(asking, 'look-up', lookUp) : { kind: 'begin', topic: 'verify-setup', input: { verb: 'look-up', inputs: lookUp } }
  const domain = asking && findAnswer(incoming.text)?.domain
  return asking && domain !== undefined ? guideRoute(asking, 'look-up', { domain }) : undefined
}

/** Whose card has the fields for an id and a domain. */
const asksForId = ({ topic, stage, readOnly }: Run): boolean => topic === 'verify-setup' || (stage === 'end' && !readOnly)

const guideRoute = ({ id }: Run, verb: Verb, inputs: Inputs = nothing): Route => ({ kind: 'guide', run: id, input: { verb, inputs } })

const labelled: Detector = ({ incoming }) => {
  const topic = findLabel(incoming.text)
  return topic && byTopic(topic)
}

/** Leaving and starting over are done when they are plainly said; the topic alone only offers them. */
const controlled = (turn: Turn, topic: 'cancel' | 'restart', { acts }: Reading, understanding: Understanding): Route => {
  const run = openRun(turn.person)
  if (!run) return byTopic(topic, understanding)
  const text = acts.map((each) => each.text).join(' ')
  return isPlain(topic === 'cancel' ? 'leave' : 'restart', text || turn.incoming.text) ? guideRoute(run, topic) : { kind: 'line', line: 'maybe-leave' }
}

/** Who tells of their contract and wants something goes the way there: the contract says itself what stands in it. */
const roadTold = ({ facts, understanding: { road } }: Reading): Topic | undefined => {
  const isLookUp = road === 'check-role' || road === 'verify-setup'
  const tellsContract = facts.some((each) => counts(each) && each.fact === 'contract' && !each.negated)
  return road && (isLookUp || tellsContract) ? road : undefined
}

/** A product alone says nothing. */
const fewestWords = 3

/** Which of the two there is may have been told. */
const directionKnown = ({ person, incoming }: Turn, { understanding }: Reading): Topic | undefined => {
  if (understanding.ask !== 'which' || wordsOf(incoming.text).length < fewestWords) return undefined
  const has = (fact: 'has-m365' | 'has-azure') => ['yes', 'trial'].includes(person.known.facts?.[fact]?.value ?? '')
  if (has('has-m365') && has('has-azure')) return 'link-existing'
  if (has('has-m365')) return 'azure-for-m365'
  return has('has-azure') ? 'm365-for-azure' : undefined
}

const understood = (turn: Turn, reading: Reading): Route => {
  const { understanding } = reading
  const { topic, decision } = understanding
  const road = roadTold(reading) ?? directionKnown(turn, reading)
  if (road) return byTopic(road, understanding)
  if (decision === 'ask') return { kind: 'ask', understanding }
  if (decision === 'reject' || topic === 'none') return { kind: 'reject', understanding }
  return topic === 'cancel' || topic === 'restart' ? controlled(turn, topic, reading, understanding) : byTopic(topic, understanding)
}

/** What was told, where it answers what the guide would ask, or stands in its way. */
const told = (turn: Turn, { facts, acts }: Reading): Route | undefined => {
  const run = openRun(turn.person)
  const count = facts.filter(counts)
  if (!run || count.length === 0 || acts.some(({ act }) => act === 'ask' || isOnward(act))) return undefined
  const has = (fact: string, value?: string) => count.some((each) => each.fact === fact && !each.negated && (value === undefined || each.value === value))
  const isPersonal = has('account', 'personal') || has('owner', 'personal-account')
  // For a move it answers what is asked.
  const answers = run.stage === 'before' && (has('account', 'work') || (run.topic === 'link-existing' && (isPersonal || has('owner', 'me'))))
  if (isPersonal && !answers) return { kind: 'topic', topic: run.topic === 'azure-for-m365' && run.stage === 'before' ? 'which-account' : 'personal-owner' }
  if (!answers && !count.some(({ fact }) => fact === 'contract')) return undefined
  return run.stage === 'before' || run.stage === 'stopped' ? guideRoute(run, 'proceed') : guideRoute(run, 'resume')
}

const detectors: readonly Detector[] = [pressed, secret, nothingWritten, written]

/** What needs no reading: a press, a title, a secret. */
const plainly = (turn: Turn): Route | undefined => {
  for (const detect of detectors) {
    const route = detect(turn)
    if (route) return route
  }
  return undefined
}

/** Neither a word nor a picture. */
const saysNothing = (text: string): boolean => !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)

/** "We have Microsoft 365 and want Azure" answers which of the two there is, and more. */
const directionIn = ({ understanding }: Reading): Route | undefined =>
  understanding.decision === 'answer' && isScenario(understanding.topic) ? byTopic(understanding.topic, understanding) : undefined

/** Under an agreement or with a partner it is not a directory role that decides whom to ask. */
const helperFor = ({ person }: Turn, route: Route): Route => {
  const { contract } = person.known
  const isBound = contract === 'ea' || contract === 'csp'
  return isBound && route.kind === 'topic' && route.topic === 'find-admin' ? { kind: 'topic', topic: 'enterprise-agreement' } : route
}

/** A topic of the subject, and no doubt about it. */
const asksForTopic = ({ decision, topic }: Understanding): boolean => decision === 'answer' && isTopic(topic) && !isControl(topic)

const hardlyDone = 0.7

/** What sounds like done is none, when it is more like a cause of the step than like what one should see. */
const stuckInstead = ({ person, incoming }: Turn, main: Act | undefined): Route | undefined => {
  const run = openRun(person)
  if (!run || !isAtStep(run) || main?.act !== 'done' || main.sure === 1) return undefined
  const [found] = rankIn(incoming.text, { step: run.step, of: run.topic })
  const least = main.sure < hardlyDone ? leastUnsaid : leastBesideTopic
  const isCause = found !== undefined && found.id.includes('/stuck/') && found.sure >= least
  return isCause ? { kind: 'guide', run: run.id, input: { verb: 'stuck', inputs: nothing, symptom: incoming.text } } : undefined
}

/** What is described may stand among the causes of the open step, though nobody says that they are stuck. */
const symptomAt = ({ person, incoming }: Turn, main: Act | undefined, { understanding }: Reading): Route | undefined => {
  const run = openRun(person)
  if (!run || !isAtStep(run) || wordsOf(incoming.text).length < fewestWords || (main && !['ask', 'none', 'tell', 'complain'].includes(main.act)))
    return undefined
  const [found] = rankIn(incoming.text, { causesAt: run.step, of: run.topic })
  const isDoubtful = understanding.decision === 'ask' && main?.act !== 'ask'
  const isAsked = asksForTopic(understanding)
  const isSaid = main?.act !== 'ask' && !isScenario(understanding.topic)
  const least = isAsked ? (isSaid ? leastInDoubt : leastBesideTopic) : isDoubtful ? leastDoubtful : leastUnsaid
  return found && found.sure >= least ? { kind: 'guide', run: run.id, input: { verb: 'stuck', inputs: nothing, symptom: incoming.text } } : undefined
}

/** A question at a step that the step itself answers. */
const askedAt = ({ person, incoming }: Turn, main: Act | undefined, { understanding }: Reading): Route | undefined => {
  const run = openRun(person)
  const isPlainTopic = asksForTopic(understanding)
  if (run?.stage !== 'steps' || main?.act !== 'ask' || (isPlainTopic && isScenario(understanding.topic))) return undefined
  const [found] = rankIn(incoming.text, { step: run.step, of: run.topic })
  return found && found.sure >= (isPlainTopic ? leastBesideTopic : leastAsked) ? { kind: 'passage', id: found.id } : undefined
}

const leastContract = 0.6
/** Among other things that are said, it must be surer. */
const leastContractBeside = 0.7

type Facts = Reading['facts']

const contractFact = (text: string, least: number): Facts => {
  const { value, sure } = readAnswer(text, 'contract')
  const contract = contracts.find((each) => each === value)
  return contract && sure >= least ? [{ fact: 'contract', value: contract, negated: false, time: 'now', whose: 'us', how: 'plain' }] : []
}

/** While the contract stands in the way, a correction in other words says which it is. */
const correctedContract = ({ incoming, person }: Turn, { facts }: Reading): Facts => {
  const others = facts.filter((each) => each.fact !== 'contract' || each.negated || each.value !== person.known.contract)
  if (others.some((each) => counts(each) && (each.fact !== 'contract' || !each.negated))) return others
  return facts.some((each) => each.fact === 'contract') ? facts : [...facts, ...contractFact(incoming.text, leastContract)]
}

/** How one buys is told in more words than are on a list: "the boss's Visa pays for it". */
const contractInPassing = ({ incoming }: Turn, { facts }: Reading): Facts => {
  const parts = clausesOf(incoming.text).filter((clause) => !clause.includes('?'))
  const [found] = parts.flatMap((clause) => contractFact(clause, leastContractBeside)).filter(({ value }) => value !== 'unknown')
  return found ? [...facts, found] : facts
}

const corrects: readonly Act['act'][] = ['correct', 'tell', 'undo']

const withContractSaid = (turn: Turn, reading: Reading): Reading => {
  const run = openRun(turn.person)
  if (run !== undefined && (run.stage === 'stopped' || stopOf(turn, run) !== undefined))
    return reading.acts.some(({ act }) => corrects.includes(act)) ? { ...reading, facts: correctedContract(turn, reading) } : reading
  const isOpen = (turn.person.known.contract === undefined || run?.stage === 'before') && !reading.facts.some(({ fact }) => fact === 'contract')
  return isOpen && reading.secret === undefined && !reading.acts.some(({ act }) => act === 'answer')
    ? { ...reading, facts: contractInPassing(turn, reading) }
    : reading
}

/** "Thank you. What I am after: …": thanks and hellos are not all of a longer message about the subject. */
const inManners: readonly Act['act'][] = ['thanks', 'greet', 'acknowledge', 'bye', 'agree']
const mostManners = 8

const isSure = ({ understanding }: Reading, topic: Topic): boolean => understanding.decision === 'answer' && understanding.topic === topic

const surely = 0.6
/** Words that mean nothing are no "all right". */
const hardly = 0.6
const guessed = 0.25

/** What the message is about says more than the act that it looks like. */
const isMoreThan = ({ act, sure }: Act, { incoming }: Turn, reading: Reading): boolean => {
  const { understanding } = reading
  if (understanding.decision === 'reject' && sure < (act === 'acknowledge' ? hardly : guessed)) return true
  if (inManners.includes(act)) return isSure(reading, 'privacy') || (asksForTopic(understanding) && wordsOf(incoming.text).length > mostManners)
  return act === 'check-role' && asksForTopic(understanding) && understanding.topic !== 'check-role' && understanding.confidence >= surely
}

/** What a doubtful question is most likely about, while this is asked. */
const priors: Readonly<Partial<Record<Asking, Topic>>> = { contract: 'enterprise-agreement', account: 'which-account' }

/** In a guide an answer too many costs little: the place is kept. */
const likely = 0.45
const likelyLead = 0.25

const namesContract = /\b(?:contra[ct]\w*|agreements?|accords?|ententes?|ea|mca|csp|resellers?|revendeurs?|partner|partenaire)\b/iu

/** Of what is in doubt, the topic that the question on screen, or what stands in the way, is about. */
const byPrior = (turn: Turn, { understanding }: Reading): Route | undefined => {
  const { view, incoming } = turn
  const run = openRun(turn.person)
  const isStopped = run !== undefined && (run.stage === 'stopped' || stopOf(turn, run) !== undefined)
  const prior = isStopped ? 'enterprise-agreement' : view.asked && priors[view.asked.question]
  if (understanding.decision !== 'ask' && prior === undefined) return undefined
  if (understanding.decision === 'answer' || understanding.ask === 'which') return undefined
  const [first, second] = understanding.candidates
  const isLikely = understanding.decision === 'ask' && first && first.score >= likely && first.score - (second?.score ?? 0) >= likelyLead
  if (run && isLikely && isAnswer(first.topic)) return byTopic(first.topic, understanding)
  if (prior === undefined) return undefined
  const isNear = understanding.candidates.slice(0, 3).some(({ topic }) => topic === prior)
  return isNear || (prior === 'enterprise-agreement' && namesContract.test(incoming.text)) ? byTopic(prior, understanding) : undefined
}

/** Where the words of the message say more than the act that they look like. */
const besideActs = (turn: Turn, main: Act, reading: Reading): Route | undefined => {
  if (main.act === 'sign-in') return signingIn(turn)
  if (isMoreThan(main, turn, reading)) return understood(turn, reading)
  if (main.act !== 'complain') return undefined
  if (turn.view.topic === 'find-admin') return { kind: 'topic', topic: 'support' }
  return openRun(turn.person) === undefined && isSure(reading, 'feedback') ? byTopic('feedback') : undefined
}

/** The best of another topic must be this much less alike. */
const ahead = 1.2

/** Where no topic is likely, the smallest thing that is very much like it. */
const foundAnywhere = ({ incoming }: Turn, { understanding }: Reading): Route | undefined => {
  if (understanding.decision === 'answer' || understanding.ask === 'which' || wordsOf(incoming.text).length < fewestWords) return undefined
  const [found, ...others] = rankAmong(incoming.text)
  const topic = found?.id.split('/')[0] ?? ''
  const other = others.find(({ id }) => !id.startsWith(`${topic}/`))
  if (!found || found.sure < (other?.sure ?? 0) * ahead) return undefined
  const isNear = understanding.decision === 'ask' && understanding.candidates.slice(0, 3).some((each) => each.topic === topic)
  if (found.sure < (isNear ? leastInDoubt : leastRefused)) return undefined
  return isTopic(topic) && isAnswer(topic) ? byTopic(topic, understanding) : { kind: 'passage', id: found.id }
}

/** What is left out of a short question; a product alone may mean anything. */
const filledIn = (turn: Turn, { elided }: Reading): Route | undefined => {
  const run = openRun(turn.person)
  if (!elided) return undefined
  if (run && elided.aspect === 'next' && turn.view.shown === 'stuck') return guideRoute(run, 'tried')
  return wordsOf(turn.incoming.text).length > 1 ? helperFor(turn, byTopic(elided.topic)) : undefined
}

const asRead = (turn: Turn, reading: Reading): Route => {
  const main = saysNothing(turn.incoming.text) ? undefined : mainAct(reading)
  const choose = (pick: Pick) => chosen(turn, pick)
  if (main?.act === 'answer' && main.question === 'which') return directionIn(reading) ?? routeOfAct(turn, main, choose, false) ?? understood(turn, reading)
  // A code says more than the words around it.
  if (reading.errorCode) return understood(turn, reading)
  const beside = main && besideActs(turn, main, reading)
  if (beside) return beside
  const tells = reading.facts.some(counts)
  const ofAct =
    stuckInstead(turn, main) ?? confirmed(turn, reading) ?? handedOver(turn) ?? told(turn, reading) ?? (main && routeOfAct(turn, main, choose, tells))
  if (ofAct) return helperFor(turn, ofAct)
  const near = askedAt(turn, main, reading) ?? symptomAt(turn, main, reading) ?? filledIn(turn, reading) ?? labelled(turn) ?? byPrior(turn, reading)
  if (near) return near
  const found = foundAnywhere(turn, reading)
  if (found) return found
  const { decision, road } = reading.understanding
  if (main?.act === 'tell' && tells && decision === 'ask' && !road) return { kind: 'line', line: 'noted' }
  return helperFor(turn, understood(turn, reading))
}

export interface Routed {
  readonly route: Route
  /** What is done before it: a step that is finished in the same breath as something is asked. */
  readonly first?: Route
  /** Absent for what was pressed. */
  readonly reading?: Reading
}

export const routeOf = (turn: Turn): Routed => {
  const route = plainly(turn)
  if (route) return { route }
  const reading = withContractSaid(turn, interpret(turn.incoming.text, situationOf(turn)))
  const move = openRun(turn.person)?.stage === 'steps' ? moveBeside(reading) : undefined
  const first = move && routeOfAct(turn, move, () => undefined, false)
  return { route: asRead(bindFacts(turn, reading.facts), reading), reading, ...(first && { first }) }
}

/** Verbs at a place in the guide that has gone by: their cards show the present one in place of doing it. */
export const isOutdated = (run: Run, { verb, rev, step }: GuideInput): boolean => {
  if (!rowOf(verb).moves) return false
  if (rev !== undefined && rev !== run.rev) return true
  return step !== undefined && !namesNoPlace.includes(verb) && stepToday(guideOf(run.topic, run.language), step) !== run.step
}
