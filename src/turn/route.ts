/**
 * What is one message or press about, in a person's own chat? An ordered list of small detectors, the first answer wins: the press,
 * a secret, nothing written, a button's title, a command's exact words, a pick from the last list, an answer to what was just asked,
 * the name of a topic, then understanding.
 */
import { guideOf } from '../guides'
import { contracts } from '../guides/schema'
import { openRun } from '../runs/person'
import { stepToday, type Run } from '../runs/run'
import { isScenario, type Language, type Scenario, type Topic } from '../topics'
import { understand, type Understanding } from '../understanding'
import { findAnswer, findLookUp } from '../understanding/answers'
import { findCommand } from '../understanding/commands'
import { findSecret } from '../understanding/secrets'
import type { ActionData, Inputs, Pick } from '../verbs/action'
import { rowOf, type Verb } from '../verbs/verbs'
import { findLabel, findListed, findTitle, findVerb } from './said'
import type { GuideInput, Turn } from './turn'

export type Route =
  | { readonly kind: 'begin'; readonly topic: Scenario; readonly input?: GuideInput; readonly understanding?: Understanding; readonly signIn?: true }
  | { readonly kind: 'guide'; readonly run: string; readonly input: GuideInput }
  | { readonly kind: 'topic'; readonly topic: Exclude<Topic, Scenario>; readonly understanding?: Understanding; readonly signIn?: true; readonly step?: string | undefined }
  /** `lang`: of `speak` and `keep-language`, the one that is chosen. */
  | { readonly kind: 'verb'; readonly verb: Verb; readonly lang?: Language | undefined }
  | { readonly kind: 'secret'; readonly secret: 'password' | 'card' | 'code' }
  | { readonly kind: 'ask'; readonly understanding: Understanding }
  | { readonly kind: 'reject'; readonly understanding: Understanding }
  | { readonly kind: 'no-guide' }

type Detector = (turn: Turn) => Route | undefined

const nothing: Inputs = {}

const byTopic = (topic: Topic, understanding?: Understanding): Route =>
  isScenario(topic)
    ? { kind: 'begin', topic, ...(understanding && { understanding }) }
    : { kind: 'topic', topic, ...(understanding && { understanding }) }

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
  return { kind: 'guide', run: run.id, input: { verb, inputs, step: action.step, rev: 'rev' in action && typeof action.rev === 'number' ? action.rev : undefined } }
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

const command: Detector = (turn) => {
  const verb = findVerb(turn.incoming.text)
  if (verb === undefined) return undefined
  if (verb === 'sign-in') return signingIn(turn)
  if (!rowOf(verb).guide) return { kind: 'verb', verb }
  const run = openRun(turn.person)
  if (!run) return { kind: 'no-guide' }
  return guideRoute(run, verb === 'back' && turn.view.aside ? 'resume' : verb)
}

/** For what the card in sight would look up; by itself, for one's role. */
const signingIn = (turn: Turn): Route => {
  const run = openRun(turn.person)
  const offered = chosen(turn, turn.view.buttons.find((each) => each.verb === 'sign-in'))
  if (offered) return offered
  return run && asksForId(run) ? guideRoute(run, 'sign-in') : { kind: 'begin', topic: 'check-role', signIn: true }
}

const picked: Detector = (turn) => chosen(turn, findListed(turn.view, turn.incoming.text))

const chosen = (turn: Turn, pick: Pick | undefined): Route | undefined => {
  if (!pick) return undefined
  const contract = contracts.find((name) => name === pick.step)
  return fromAction(turn, pick, pick.verb === 'proceed' && contract ? { contract } : nothing)
}

const written: Detector = (turn) => chosen(turn, findTitle(turn.view, turn.incoming.text))

/** What "yes" and "no" mean under a card that asks one question. */
const confirmed: Detector = ({ view, person, incoming }) => {
  const { account } = findAnswer(incoming.text) ?? {}
  if (!account) return undefined
  switch (view.asked?.question) {
    case 'forget-me':
      return { kind: 'verb', verb: account === 'yes' ? 'forget-me-yes' : 'keep-me' }
    case 'keep-language':
      return account === 'yes'
        ? { kind: 'verb', verb: 'keep-language', lang: view.asked.lang }
        : { kind: 'verb', verb: 'speak', lang: person.language ?? incoming.clientLanguage }
    default:
      return undefined
  }
}

/** Words that answer the card on screen: a contract or a yes before the steps, an id or a domain for the proof. */
const answeredBy: Detector = ({ person, incoming }) => {
  const run = openRun(person)
  const asking = run && asksForId(run) ? run : undefined
  const lookUp = findLookUp(incoming.text)
  if (lookUp) return asking ? guideRoute(asking, 'look-up', lookUp) : { kind: 'begin', topic: 'verify-setup', input: { verb: 'look-up', inputs: lookUp } }
  const inputs = findAnswer(incoming.text)
  if (!run || !inputs) return undefined
  if (asking) return inputs.domain === undefined ? undefined : guideRoute(asking, 'look-up', inputs)
  return run.stage === 'before' && (inputs.contract || inputs.account) ? guideRoute(run, 'proceed', inputs) : undefined
}

/** Whose card has the fields for an id and a domain. */
const asksForId = ({ topic, stage, readOnly }: Run): boolean => topic === 'verify-setup' || (stage === 'end' && !readOnly)

const guideRoute = ({ id }: Run, verb: Verb, inputs: Inputs = nothing): Route => ({ kind: 'guide', run: id, input: { verb, inputs } })

/** Nothing was waiting for a "not now" but the guide, which keeps its place. */
const later: Detector = ({ person, incoming }) => {
  if (findCommand(incoming.text) !== 'not-now') return undefined
  const run = openRun(person)
  return run ? guideRoute(run, 'resume') : { kind: 'no-guide' }
}

const labelled: Detector = ({ incoming }) => {
  const topic = findLabel(incoming.text)
  return topic && byTopic(topic)
}

const understood: Detector = ({ person, incoming }) => {
  const understanding = understand(incoming.text)
  const { topic, decision } = understanding
  if (decision === 'ask') return { kind: 'ask', understanding }
  if (decision === 'reject' || topic === 'none') return { kind: 'reject', understanding }
  if (topic !== 'cancel' && topic !== 'restart') return byTopic(topic, understanding)
  const run = openRun(person)
  return run ? guideRoute(run, topic) : byTopic(topic, understanding)
}

const detectors: readonly Detector[] = [pressed, secret, nothingWritten, written, command, picked, confirmed, answeredBy, later, labelled, understood]

export const routeOf = (turn: Turn): Route => {
  for (const detect of detectors) {
    const route = detect(turn)
    if (route) return route
  }
  return { kind: 'no-guide' }
}

/** Of which the step is where they lead to, or an answer; of the others it is where their card stood. */
const namesNoPlace: readonly Verb[] = ['go-to', 'proceed']

/** Verbs at a place in the guide that has gone by: their cards show the present one in place of doing it. */
export const isOutdated = (run: Run, { verb, rev, step }: GuideInput): boolean => {
  if (!rowOf(verb).moves) return false
  if (rev !== undefined && rev !== run.rev) return true
  return step !== undefined && !namesNoPlace.includes(verb) && stepToday(guideOf(run.topic, run.language), step) !== run.step
}
