/**
 * One message or press → what the turn does. An ordered list of small detectors, the first answer wins: the press, a secret,
 * nothing written, a button's title, a command's exact words, a pick from the last list, an answer to what was just asked, then
 * understanding.
 */
import { guideVerbs, type ActionData, type Inputs, type Verb } from './cards/action'
import { chatOf, openRun, type Pick } from './runs/person'
import type { Run } from './runs/run'
import { contracts } from './guides/schema'
import type { Scenario, Topic } from './topics'
import { isScenario } from './topics'
import { isShared, type Turn } from './turn'
import { findAnswer, findLookUp } from './understanding/answers'
import { wordsOf } from './understanding/clean'
import { findCommand, findPick, type Command } from './understanding/commands'
import { findSecret } from './understanding/secrets'
import { understand, type Understanding } from './understanding'

/** Something for the run of a scenario. */
export interface GuideInput {
  readonly verb: Verb
  readonly inputs: Inputs
  readonly step?: string | undefined
  /** State the button was made for; absent for typed words, which always mean the present one. */
  readonly rev?: number | undefined
}

export type Route =
  | { readonly kind: 'begin'; readonly topic: Scenario; readonly input?: GuideInput; readonly understanding?: Understanding; readonly signIn?: true }
  | { readonly kind: 'guide'; readonly run: string; readonly input: GuideInput }
  | { readonly kind: 'topic'; readonly topic: Exclude<Topic, Scenario>; readonly understanding?: Understanding; readonly signIn?: true; readonly step?: string | undefined }
  | { readonly kind: 'verb'; readonly verb: Verb | 'share' | 'cards' }
  | { readonly kind: 'secret'; readonly secret: 'password' | 'card' | 'code' }
  | { readonly kind: 'ask'; readonly understanding: Understanding }
  | { readonly kind: 'reject'; readonly understanding: Understanding }
  | { readonly kind: 'no-guide' }
  | { readonly kind: 'not-yours' }

type Detector = (turn: Turn) => Route | undefined

const nothing: Inputs = {}

const byTopic = (topic: Topic, understanding?: Understanding): Route =>
  isScenario(topic)
    ? { kind: 'begin', topic, ...(understanding && { understanding }) }
    : { kind: 'topic', topic, ...(understanding && { understanding }) }

const isGuideVerb = (verb: Verb): boolean => guideVerbs.some((each) => each === verb)

const openRunOf = ({ person, incoming }: Turn) => openRun(person, incoming.chat)

const fromAction = (turn: Turn, action: ActionData | Pick, inputs: Inputs): Route | undefined => {
  const { verb } = action
  if (verb === 'forget-me-yes' && !wasAskedToForget(turn)) return { kind: 'not-yours' }
  if (verb === 'topic' || (verb === 'sign-in' && action.run === undefined)) return aboutTopic(action)
  if (!isGuideVerb(verb)) return { kind: 'verb', verb }
  const run = action.run === undefined ? openRunOf(turn) : turn.person.runs.find(({ id }) => id === action.run)
  if (!run) return action.run === undefined ? { kind: 'no-guide' } : { kind: 'not-yours' }
  return { kind: 'guide', run: run.id, input: { verb, inputs, step: action.step, rev: 'rev' in action ? action.rev : undefined } }
}

/** Outside a guide a sign-in is a question that needs one. */
const aboutTopic = ({ verb, topic, step }: Pick): Route | undefined => {
  if (!topic) return undefined
  if (isScenario(topic)) return verb === 'topic' ? byTopic(topic) : undefined
  return { kind: 'topic', topic, step, ...(verb === 'sign-in' && { signIn: true }) }
}

const chatOfTurn = ({ person, incoming, services }: Turn) => chatOf(person, incoming.chat, services.now())

/** Only who was asked may confirm; a colleague's press on that card means nothing. */
const wasAskedToForget = (turn: Turn): boolean => chatOfTurn(turn).buttons.some(({ verb }) => verb === 'forget-me-yes')

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

const commandVerbs = {
  next: 'done',
  done: 'done',
  back: 'back',
  stuck: 'stuck',
  'all-steps': 'all-steps',
  'where-am-i': 'resume',
  'my-runs': 'my-runs',
  'forget-me': 'forget-me',
  'plain-text': 'plain-text',
  cards: 'cards',
  why: 'why',
  share: 'share',
  'sign-in': 'sign-in',
} as const satisfies Record<Exclude<Command, 'not-now'>, Verb | 'share' | 'cards'>

const command: Detector = (turn) => {
  const found = findCommand(turn.incoming.text)
  // "Not now" may answer a question; what is left of it comes after those.
  if (!found || found === 'not-now') return undefined
  const verb = commandVerbs[found]
  if (verb === 'sign-in') return signingIn(turn)
  if (verb === 'share' || verb === 'cards' || !isGuideVerb(verb)) return { kind: 'verb', verb }
  const run = openRunOf(turn)
  if (!run) return { kind: 'no-guide' }
  return { kind: 'guide', run: run.id, input: { verb: verb === 'back' && isAside(turn) ? 'resume' : verb, inputs: nothing } }
}

/** For what the card in sight would look up; by itself, for one's role. */
const signingIn = (turn: Turn): Route => {
  const run = openRunOf(turn)
  const offered = chosen(turn, chatOfTurn(turn).buttons.find((each) => each.verb === 'sign-in'))
  if (offered) return offered
  return run && asksForId(turn, run) ? guideRoute(run, 'sign-in') : { kind: 'begin', topic: 'check-role', signIn: true }
}

/** On a card that leads back to the guide, "back" means there, not the step before. */
const isAside = (turn: Turn): boolean => chatOfTurn(turn).buttons.some(({ verb }) => verb === 'resume')

const picked: Detector = (turn) => {
  const number = findPick(turn.incoming.text)
  if (number === undefined) return undefined
  return chosen(turn, chatOfTurn(turn).picks[number - 1])
}

const chosen = (turn: Turn, pick: Pick | undefined): Route | undefined => {
  if (!pick) return undefined
  const contract = contracts.find((name) => name === pick.step)
  return fromAction(turn, pick, pick.verb === 'proceed' && contract ? { contract } : nothing)
}

/** The title of a button, written: the only way where there are no cards. */
const written: Detector = (turn) => {
  const folded = fold(turn.incoming.text)
  const { picks, buttons } = chatOfTurn(turn)
  return chosen(turn, [...picks, ...buttons].find(({ title }) => title !== undefined && fold(title) === folded))
}

const fold = (text: string) => wordsOf(text.slice(0, longestTitle)).join(' ')
const longestTitle = 120

/** What "yes" and "no" mean under a card that asks one question. */
const questions = [
  { asked: 'forget-me-yes', yes: 'forget-me-yes', no: 'keep-me' },
  { asked: 'keep-fr', yes: 'keep-fr', no: 'speak-en' },
  { asked: 'keep-en', yes: 'keep-en', no: 'speak-fr' },
] as const satisfies readonly Record<'asked' | 'yes' | 'no', Verb>[]

/** Of a card that asks such a question. */
export const confirmedVerbs: readonly Verb[] = questions.map(({ asked }) => asked)

const confirmed: Detector = (turn) => {
  const { buttons } = chatOfTurn(turn)
  const question = questions.find(({ asked }) => buttons.some(({ verb }) => verb === asked))
  const { account } = (question && findAnswer(turn.incoming.text)) ?? {}
  return question && account ? { kind: 'verb', verb: question[account] } : undefined
}

/** Words that answer the card on screen: a contract or a yes before the steps, an id or a domain for the proof. */
const answered: Detector = (turn) => {
  const run = openRunOf(turn)
  const asking = run && asksForId(turn, run) ? run : undefined
  const lookUp = findLookUp(turn.incoming.text)
  if (lookUp) return asking ? lookUpIn(asking, lookUp) : { kind: 'begin', topic: 'verify-setup', input: { verb: 'look-up', inputs: lookUp } }
  const inputs = findAnswer(turn.incoming.text)
  if (!run || !inputs) return undefined
  if (asking) return inputs.domain === undefined ? undefined : lookUpIn(asking, inputs)
  return run.stage === 'before' && (inputs.contract || inputs.account) ? { kind: 'guide', run: run.id, input: { verb: 'proceed', inputs } } : undefined
}

/** Whose card has the fields for an id and a domain. */
const asksForId = (turn: Turn, { topic, stage, readOnly }: Run): boolean =>
  topic === 'verify-setup' || (stage === 'end' && !readOnly && !isShared(turn))

const guideRoute = ({ id }: Run, verb: Verb, inputs: Inputs = nothing): Route => ({ kind: 'guide', run: id, input: { verb, inputs } })

const lookUpIn = (run: Run, inputs: Inputs): Route => guideRoute(run, 'look-up', inputs)

/** Nothing was waiting for a "not now" but the guide, which keeps its place. */
const later: Detector = (turn) => {
  const run = openRunOf(turn)
  if (findCommand(turn.incoming.text) !== 'not-now') return undefined
  return run ? guideRoute(run, 'resume') : { kind: 'no-guide' }
}

const understood: Detector = (turn) => {
  const understanding = understand(turn.incoming.text)
  const { topic, decision } = understanding
  if (decision === 'ask') return { kind: 'ask', understanding }
  if (decision === 'reject' || topic === 'none') return { kind: 'reject', understanding }
  if (topic !== 'cancel' && topic !== 'restart') return byTopic(topic, understanding)
  const run = openRunOf(turn)
  return run ? { kind: 'guide', run: run.id, input: { verb: topic, inputs: nothing } } : byTopic(topic, understanding)
}

const detectors: readonly Detector[] = [pressed, secret, nothingWritten, written, command, picked, confirmed, answered, later, understood]

export const routeOf = (turn: Turn): Route => {
  for (const detect of detectors) {
    const route = detect(turn)
    if (route) return route
  }
  return { kind: 'no-guide' }
}
