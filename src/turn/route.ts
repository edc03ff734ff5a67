/**
 * What is one message or press about, in a person's own chat? An ordered list of small detectors, the first answer wins: the press,
 * a secret, nothing written, a button's title; then what the words are read as in their situation: an answer, an id, a fact that changes
 * the guide, an act, what a short question leaves out, the name of a topic, a topic.
 */
import { guideOf } from '../guides'
import { contracts } from '../guides/schema'
import { openRun } from '../runs/person'
import { stepToday, type Run } from '../runs/run'
import { isAnswer, isLanguage, isScenario, type Topic } from '../topics'
import type { Understanding } from '../understanding'
import type { Act } from '../understanding/act'
import { findAnswer, findLookUp } from '../understanding/answers'
import { wordsOf } from '../understanding/clean'
import { findCommand } from '../understanding/commands'
import { counts } from '../understanding/facts/told'
import { interpret, type Reading } from '../understanding/interpret'
import { namesSomething } from '../understanding/language'
import { nearTo } from '../understanding/passages'
import { isPlain } from '../understanding/plain'
import { findSecret } from '../understanding/secrets'
import type { Asking } from '../understanding/situation'
import type { ActionData, Inputs, Pick } from '../verbs/action'
import { rowOf, type Verb } from '../verbs/verbs'
import { mainAct, moveBeside, routeOfAct } from './acted'
import { bindFacts } from './facts'
import { asksForTopic, causeAsked, askedAt, foundAnywhere, stuckInstead, symptomAt, withPoint, type Read } from './near'
import { byTopic, guideRoute, noInputs, type Route } from './routes'
import { findLabel, findTitle } from './said'
import { situationOf } from './situation'
import { isHeldUp, isToProceed } from './stop'
import { directionKnown, roadTold, routeOfFacts, withContractSaid } from './told'
import type { GuideInput, Turn } from './turn'

type Detector = (turn: Turn) => Route | undefined

/** Of which the step is where they lead to, or an answer; of the others it is where their card stood. */
const namesNoPlace: readonly Verb[] = ['go-to', 'proceed']

const fromAction = (turn: Turn, action: ActionData | Pick, inputs: Inputs): Route | undefined => {
  const { verb } = action
  if (verb === 'forget-me-yes' && turn.view.asked?.question !== 'forget-me') return { kind: 'verb', verb: 'forget-me' }
  if (verb === 'in-private') return inPrivate(turn, action)
  if (verb === 'topic' || (verb === 'sign-in' && action.run === undefined)) return aboutTopic(action)
  if (verb === 'preflight') return { kind: 'verb', verb, topic: action.topic, inputs, ...(action.step === 'sign-in' && { signIn: true }) }
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

/** Begun from where others read along, or pressed on a card that was handed around. */
const inPrivate = ({ person }: Turn, { topic, step }: Pick): Route => {
  const open = openRun(person)
  if (topic === undefined) return open ? guideRoute(open, 'resume') : byTopic('greeting')
  return isScenario(topic) ? { kind: 'begin', topic, at: step } : { kind: 'topic', topic }
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
const nothingWritten: Detector = ({ incoming: { text, attached } }) => {
  if (text !== '') return undefined
  return attached ? { kind: 'attached', attached } : byTopic('greeting')
}

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
  return fromAction(turn, pick, pick.verb === 'proceed' ? inputsOf(pick.step) : noInputs)
}

/** Which answer a number on the card before the steps picks. */
const inputsOf = (value: string | undefined): Inputs => {
  if (value === 'yes' || value === 'no') return { account: value }
  const [question, said] = value?.split('-') ?? []
  if ((question === 'stays' || question === 'together') && (said === 'yes' || said === 'no')) return { [question]: said }
  const contract = contracts.find((name) => name === value)
  return contract ? { contract } : noInputs
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
const handedOver = ({ person, incoming, view }: Turn): Route | undefined => {
  const run = openRun(person)
  const asking = run && asksForId(run) ? run : undefined
  const lookUp = findLookUp(incoming.text)
  if (lookUp?.subscription && view.last?.verb === 'preflight') return { kind: 'verb', verb: 'preflight', topic: view.last.topic, inputs: lookUp }
  // Before anything is bought, whose tenant it is decides.
  if (lookUp?.subscription && run?.topic === 'm365-for-azure' && run.stage !== 'end')
    return { kind: 'verb', verb: 'preflight', topic: run.topic, inputs: lookUp }
  if (lookUp) return asking ? guideRoute(asking, 'look-up', lookUp) : { kind: 'begin', topic: 'verify-setup', input: { verb: 'look-up', inputs: lookUp } }
  const domain = asking && findAnswer(incoming.text)?.domain
  return asking && domain !== undefined ? guideRoute(asking, 'look-up', { domain }) : undefined
}

/** Whose card has the fields for an id and a domain. */
const asksForId = ({ topic, stage, readOnly }: Run): boolean => topic === 'verify-setup' || (stage === 'end' && !readOnly)

const labelled: Detector = ({ incoming }) => {
  const topic = findLabel(incoming.text)
  return topic && byTopic(topic)
}

/** Leaving and starting over are done when they are plainly said; the topic alone only offers them. */
const controlled = (turn: Turn, topic: 'cancel' | 'restart', { acts }: Reading, understanding: Understanding): Route => {
  const run = openRun(turn.person)
  if (!run) return byTopic(topic, understanding)
  const text = acts.map((each) => each.text).join(' ')
  // Before the first step there is nothing to lose.
  if (topic === 'restart' && (run.stage === 'before' || run.stage === 'stopped')) return guideRoute(run, 'resume')
  return isPlain(topic === 'cancel' ? 'leave' : 'restart', text || turn.incoming.text) ? guideRoute(run, topic) : { kind: 'line', line: 'maybe-leave' }
}

const answering: readonly Act['act'][] = ['tell', 'answer', 'correct', 'agree', 'refuse']

const bearsOnMove: readonly string[] = ['aks', 'key-vault', 'sql', 'managed-identity', 'contract', 'owner']

/** What is told while something is asked was meant to answer it. */
const refused = (turn: Turn, { understanding, acts, facts }: Reading): Route => {
  if (facts.some((each) => counts(each) && bearsOnMove.includes(each.fact))) return { kind: 'line', line: 'noted' }
  const run = openRun(turn.person)
  const isTold = acts.some(({ act }) => answering.includes(act))
  if (run && turn.view.asked && isTold) return { kind: 'line', line: 'unclear' }
  return { kind: 'reject', understanding, isOutside: isLanguage(understanding.language) && !(run && isTold) }
}

const understood = (turn: Turn, reading: Reading): Route => {
  const { understanding } = reading
  const { topic, decision } = understanding
  const road = roadTold(reading) ?? directionKnown(turn, reading)
  if (road) return byTopic(road, understanding)
  const run = openRun(turn.person)
  if (run && decision !== 'answer' && !namesSomething(turn.incoming.text)) return guideRoute(run, isToProceed(turn, run) ? 'proceed' : 'resume')
  if (decision === 'ask') return { kind: 'ask', understanding }
  if (decision === 'reject' || topic === 'none') return refused(turn, reading)
  return topic === 'cancel' || topic === 'restart' ? controlled(turn, topic, reading, understanding) : byTopic(topic, understanding)
}

/** "Can we move it?" */
const lookingFirst: Detector = ({ incoming }) => (findCommand(incoming.text) === 'preflight' ? { kind: 'verb', verb: 'preflight' } : undefined)

const detectors: readonly Detector[] = [pressed, secret, nothingWritten, written, lookingFirst]

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

/** "Thank you. What I am after: …": thanks and hellos are not all of a longer message about the subject. */
const inManners: readonly Act['act'][] = ['thanks', 'greet', 'acknowledge', 'bye', 'agree']
const mostManners = 8

const isSure = ({ understanding }: Reading, topic: Topic): boolean => understanding.decision === 'answer' && understanding.topic === topic

const surely = 0.6
/** Words that mean nothing are no "all right"; a smile alone is. */
const hardly = 0.6
const guessed = 0.25

/** What the message is about says more than the act that it looks like. */
const isMoreThan = ({ act, sure }: Act, { incoming }: Turn, reading: Reading): boolean => {
  const { understanding } = reading
  const isGuess = sure < (act === 'acknowledge' ? hardly : guessed)
  if (understanding.decision === 'reject' && isGuess && wordsOf(incoming.text).length > 0) return true
  if (inManners.includes(act)) return isSure(reading, 'privacy') || (asksForTopic(understanding) && wordsOf(incoming.text).length > mostManners)
  if (act === 'help') return isSure(reading, 'language')
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
  const prior = isHeldUp(turn, run) ? 'enterprise-agreement' : view.asked && priors[view.asked.question]
  if (understanding.decision !== 'ask' && prior === undefined) return undefined
  if (understanding.decision === 'answer' || understanding.ask === 'which') return undefined
  const [first, second] = understanding.candidates
  const isLikely = understanding.decision === 'ask' && first && first.score >= likely && first.score - (second?.score ?? 0) >= likelyLead
  if (run && isLikely && isAnswer(first.topic)) return byTopic(first.topic, understanding)
  if (prior === undefined) return undefined
  const isNear = understanding.candidates.slice(0, 3).some(({ topic }) => topic === prior)
  return (isNear && understanding.decision === 'ask') || (prior === 'enterprise-agreement' && namesContract.test(incoming.text))
    ? byTopic(prior, understanding)
    : undefined
}

/** Where the words of the message say more than the act that they look like. */
const besideActs = (turn: Turn, main: Act, reading: Reading): Route | undefined => {
  if (main.act === 'sign-in') return signingIn(turn)
  if (isMoreThan(main, turn, reading)) return understood(turn, reading)
  if (main.act !== 'complain') return undefined
  if (turn.view.topic === 'find-admin') return { kind: 'topic', topic: 'support' }
  return openRun(turn.person) === undefined && isSure(reading, 'feedback') ? byTopic('feedback') : undefined
}

/** What is left out of a short question; a product alone may mean anything. */
const filledIn = (turn: Turn, { elided }: Reading): Route | undefined => {
  const run = openRun(turn.person)
  if (!elided) return undefined
  if (elided.aspect === 'mean') return { kind: 'verb', verb: 'more' }
  if (run && elided.aspect === 'next' && turn.view.shown === 'stuck') return guideRoute(run, 'tried')
  // What to do where something stands in the way: ask whom it is up to.
  if (isHeldUp(turn, run) && elided.topic === run?.topic) return helperFor(turn, byTopic('find-admin'))
  return wordsOf(turn.incoming.text).length > 1 ? helperFor(turn, byTopic(elided.topic)) : undefined
}

const asRead = (turn: Turn, reading: Read): Route => {
  const main = saysNothing(turn.incoming.text) ? undefined : mainAct(reading)
  return withPoint(byMain(turn, main, reading), main, reading)
}

/** Whoever tells so much tells their case, and asks for nothing of it. */
const fewestFacts = 3
/** ... unless what they tell is a subject with an answer of its own. */
const plainlyAbout = 0.8
const isPlainlyAbout = ({ understanding }: Reading): boolean =>
  understanding.decision === 'answer' && isAnswer(understanding.topic) && understanding.confidence >= plainlyAbout

/** What one has, and where, is the reason for a guide: told with nothing else it says which one is wanted. */
const leadsToGuide: readonly string[] = ['has-azure', 'has-m365', 'tenants', 'subscription-tenant']

const tellsCase = ({ facts }: Reading): boolean => {
  const told = facts.filter(counts)
  return told.length >= fewestFacts && told.some(({ fact }) => !leadsToGuide.includes(fact))
}

const byMain = (turn: Turn, main: Act | undefined, reading: Read): Route => {
  const choose = (pick: Pick) => chosen(turn, pick)
  if (main?.act === 'answer' && main.question === 'which') return directionIn(reading) ?? routeOfAct(turn, main, choose, false) ?? understood(turn, reading)
  // A code says more than the words around it.
  if (reading.errorCode) return understood(turn, reading)
  const beside = main && besideActs(turn, main, reading)
  if (beside) return beside
  const tells = reading.facts.some(counts)
  // Outside a guide there is nothing that a correction could move.
  if (main?.act === 'correct' && tells && openRun(turn.person) === undefined) return { kind: 'line', line: 'noted' }
  const ofAct =
    stuckInstead(turn, main, reading) ??
    confirmed(turn, reading) ??
    handedOver(turn) ??
    routeOfFacts(turn, reading) ??
    (main && routeOfAct(turn, main, choose, tells))
  if (ofAct) return helperFor(turn, ofAct)
  const near = askedAt(turn, main, reading) ?? symptomAt(turn, main, reading) ?? filledIn(turn, reading) ?? labelled(turn) ?? byPrior(turn, reading)
  if (near) return near
  const found = foundAnywhere(turn, reading)
  if (found) return found
  const { decision, road } = reading.understanding
  const tellsMuch = tellsCase(reading) && !isPlainlyAbout(reading)
  if (main?.act === 'tell' && tells && (decision === 'ask' || tellsMuch) && !road) return { kind: 'line', line: 'noted' }
  return causeAsked(turn, main, reading) ?? helperFor(turn, understood(turn, reading))
}

export interface Routed {
  readonly route: Route
  /** What is done before it: a step that is finished in the same breath as something is asked. */
  readonly first?: Route
  /** Absent for what was pressed. */
  readonly reading?: Reading
}

export const routeOf = (turn: Turn): Routed => {
  const plain = plainly(turn)
  if (plain) return { route: plain }
  const reading = withContractSaid(turn, interpret(turn.incoming.text, situationOf(turn)))
  const move = openRun(turn.person)?.stage === 'steps' ? moveBeside(reading) : undefined
  const first = move && routeOfAct(turn, move, () => undefined, false)
  const route = asRead(bindFacts(turn, reading.facts), { ...reading, near: nearTo(turn.incoming.text) })
  return { route, reading, ...(first && { first }) }
}

/** Verbs at a place in the guide that has gone by: their cards show the present one in place of doing it. */
export const isOutdated = (run: Run, { verb, rev, step }: GuideInput): boolean => {
  if (!rowOf(verb).moves) return false
  if (rev !== undefined && rev !== run.rev) return true
  return step !== undefined && !namesNoPlace.includes(verb) && stepToday(guideOf(run.topic, run.language), step) !== run.step
}
