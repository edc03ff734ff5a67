/**
 * What does a message mean in a situation? The one entrance: another interpreter could stand in its place.
 *
 * A secret ends the reading. Then come the facts of any sentence; the bare answer to the question on screen; the exact words of
 * buttons and lists; and else what was learnt about acts, part by part. Nothing is decided here and nothing is kept.
 */
import type { Act, AnyAct, DestructiveAct } from './act'
import { destructiveActs } from './act'
import type { ActName } from './act-names'
import { loadedActs, readAnswer, readParts, type ReadPart } from './act-reading'
import { findLookUp } from './answers'
import { givenIn, languageIn, pickIn, stepIn, wantsSteps, whenDone } from './arguments'
import { readable, wordsOf } from './clean'
import { findCommand, findPick } from './commands'
import { elided, type Ellipsis } from './ellipsis'
import { factsIn } from './facts'
import { counts, type Told } from './facts/told'
import { bareAnswer } from './gate'
import { understand, type Understanding } from '.'
import { saysOtherWay } from './other-way'
import { isPlain } from './plain'
import { findSecret, type Secret } from './secrets'
import { scenesOf, type Asking, type Scene, type Situation } from './situation'
import { tidied } from './tidy'
import type { Command } from '../verbs/verbs'

export interface Reading {
  /** In the order in which they are dealt with; empty only when the message holds a secret. */
  readonly acts: readonly Act[]
  readonly facts: readonly Told[]
  /** What the question in the message is about, or the message as a whole. */
  readonly understanding: Understanding
  /** What a short question is about when it leaves out what was talked of before. */
  readonly elided?: Ellipsis
  readonly errorCode?: string
  readonly secret?: Secret
  /** Likelihood of the least sure act, 0..1. */
  readonly sure: number
}

const byCommand: Readonly<Record<Command, ActName>> = {
  next: 'go-on',
  done: 'done',
  back: 'back',
  stuck: 'stuck',
  'all-steps': 'more',
  'where-am-i': 'where',
  'my-runs': 'my-guides',
  'forget-me': 'forget-me',
  'plain-text': 'plain-text',
  cards: 'cards',
  why: 'why',
  share: 'share',
  'sign-in': 'sign-in',
  'not-now': 'refuse',
  skip: 'skip',
  more: 'more',
  undo: 'undo',
  preflight: 'ask',
}

/** What a command's words may mean more exactly. */
const closer: Readonly<Partial<Record<Command, readonly ActName[]>>> = {
  next: ['skip', 'resume', 'agree'],
  done: ['worked'],
  'where-am-i': ['left', 'resume'],
  'not-now': ['later', 'refuse'],
  stuck: ['tried'],
}

const leastCloser = 0.5

const commandPart = (text: string, parts: () => readonly ReadPart[]): ReadPart | undefined => {
  const command = findCommand(text)
  if (!command) return undefined
  const [first] = closer[command] ? parts() : []
  const act = first && first.sure >= leastCloser && closer[command]?.includes(first.act) ? first.act : byCommand[command]
  return { act, sure: 1, text }
}

const isDestructive = (act: ActName): act is DestructiveAct => destructiveActs.some((each) => each === act)

/** Out of what? Beside something else that is told it may be a tenant. */
const outOfSomething = /\b(?:get (?:me )?out|leave it|(?:la|le) quitter|sortir|sors)\b(?!.*\bguide\b)/iu

/** A destructive act stands only when it is sure and plainly said. */
const destructive = ({ act, sure, text }: ReadPart & { readonly act: DestructiveAct }, isAlone: boolean): Act =>
  sure >= loadedActs().model.thresholds.destructive && isPlain(act, text) && (isAlone || !outOfSomething.test(text))
    ? { act, sure, text }
    : { act: 'maybe', of: act, sure, text }

const withPick = (said: { text: string; sure: number }): Act => {
  const which = pickIn(said.text)
  return { act: 'pick', ...said, ...(which !== undefined && { which }) }
}

const withStep = (said: { text: string; sure: number }): Act => {
  const step = stepIn(said.text)
  return { act: 'go-to', ...said, ...(step !== undefined && { step }) }
}

const withLanguage = (said: { text: string; sure: number }): Act => {
  const language = languageIn(said.text)
  return { act: 'language', ...said, ...(language && { language }) }
}

const withTime = (said: { text: string; sure: number }): Act => {
  const when = whenDone(said.text)
  return { act: 'done', ...said, ...(when && { when }) }
}

/** Looked for in a part only when the message has any, as most have none. */
type FactsOf = (text: string) => readonly Told[]

const isTold = (facts: readonly Told[]): boolean => facts.some(counts)
const isSupposed = (facts: readonly Told[]): boolean => facts.length > 0 && facts.every(({ how }) => how === 'asked')

const actFor = (part: ReadPart, factsOf: FactsOf, isAlone: boolean): Act => {
  const { act, sure, text } = part
  const said = { text, sure }
  if (isDestructive(act)) return destructive({ act, ...said }, isAlone)
  switch (act) {
    case 'pick':
      return withPick(said)
    case 'go-to':
      return withStep(said)
    case 'language':
      return withLanguage(said)
    case 'done':
      return withTime(said)
    case 'give':
      return { act, ...said, ...givenIn(text) }
    case 'more':
      return { act, ...said, ...(wantsSteps(text) && { of: 'steps' as const }) }
    case 'answer':
    case 'tell':
      // An answer that comes here is no bare one: what it tells counts as a fact, and what is only supposed is a question.
      return { act: isSupposed(factsOf(text)) ? 'ask' : 'tell', ...said }
    case 'ask':
    case 'none':
      return { act: !text.includes('?') && isTold(factsOf(text)) && isTold(factsIn(text, true)) ? 'tell' : act, ...said }
    default:
      return { act, ...said }
  }
}

/** While a question is on screen, a "yes" or half an answer beside something else answers nothing. */
const besideTheGate = (parts: readonly ReadPart[], { asked }: Situation, factsOf: FactsOf): readonly ReadPart[] => {
  if (!asked || parts.length < 2) return parts
  const others = parts.filter(({ act, text }) => act !== 'agree' && act !== 'refuse' && (act !== 'answer' || isTold(factsOf(text))))
  return others.length > 0 ? others : parts
}

/** The scene in which a question is answered in a whole sentence; the others take a bare answer only. */
const sceneOf: Readonly<Partial<Record<Asking, readonly Scene[]>>> = {
  before: ['contract', 'account'],
  contract: ['contract'],
  account: ['account'],
  which: ['which'],
  ids: ['end'],
}

const questionOf = { contract: 'contract', account: 'account', which: 'which', end: 'helped' } as const
type AnswerScene = keyof typeof questionOf
const isAnswerScene = (scene: Scene): scene is AnswerScene => scene in questionOf

/** Below it what is said may be something else; a yes that opens the steps needs more. */
const leastAnswer = 0.5
const leastYes = 0.6
/** As a whole it is so surely an answer that its parts do not matter. */
const leastWhole = 0.8

/** What may stand beside an answer: nothing that is to be dealt with. */
const besideAnswer: readonly ActName[] = ['answer', 'tell', 'agree', 'refuse', 'acknowledge', 'thanks', 'greet', 'correct', 'done', 'none']

/** What is told beside an answer, and may change the way: it is dealt with first. */
const mayChange: readonly Told['fact'][] = ['contract', 'role', 'has-m365', 'has-azure', 'owner']
const isMore = ({ fact, how, value }: Told): boolean => how !== 'asked' && (mayChange.includes(fact) || (fact === 'account' && value === 'personal'))

/** "The boss bought it on the site, years ago" answers what is asked, when nothing else is asked or wanted. */
const saidAnswer = (text: string, { asked }: Situation, parts: readonly ReadPart[], facts: readonly Told[]): Act | undefined => {
  const scenes = (asked && sceneOf[asked]) ?? []
  // What is told counts as told: it binds, and the question stays as far as it is not answered by it.
  if (scenes.length === 0 || text.includes('?') || facts.some(isMore)) return undefined
  const isBeside = parts.every(({ act }) => besideAnswer.includes(act))
  const [found] = scenes.map((scene) => ({ scene, ...readAnswer(text, scene) })).toSorted((a, b) => b.sure - a.sure)
  if (!found || !isAnswerScene(found.scene) || found.sure < (isBeside ? (found.value === 'yes' ? leastYes : leastAnswer) : leastWhole)) return undefined
  if (found.value === 'yes' && hasReserve(text)) return undefined
  const value = found.scene === 'account' && found.value === 'unknown' ? 'no' : found.value
  return { act: 'answer', question: questionOf[found.scene], value, text, sure: found.sure } as Act
}

/** A yes with a "but" is no yes. */
const hasReserve = (text: string): boolean => /\b(?:but|mais|except|sauf|unless|si|if)\b/iu.test(text)

/** "No, wait, it is the other way round": what is longer says more. */
const longestTurn = 9

const exact = (text: string, situation: Situation): readonly Act[] | undefined => {
  const answer = bareAnswer(text, situation.asked)
  if (answer) return [{ act: 'answer', ...answer, text, sure: 1 } as Act]
  if (saysOtherWay(text) && !text.includes('?') && wordsOf(text).length <= longestTurn) return [{ act: 'correct', text, sure: 1 }]
  const number = findPick(text)
  if (number !== undefined && number <= situation.listed) return [{ act: 'pick', which: number, text, sure: 1 }]
  const given = findLookUp(text)
  if (given && wordsOf(text).length <= 8) return [{ act: 'give', text, sure: 1, ...givenIn(text) }]
  return undefined
}

/** "Forget it, I'll try tonight", "no, forget that, it is the site": what is put off or corrected is not left. */
const withoutLeaving = (acts: readonly Act[], facts: readonly Told[]): readonly Act[] => {
  const others = acts.filter(({ act }) => act !== 'leave')
  const isOtherwise = isTold(facts) || acts.some(({ act }) => act === 'later' || act === 'correct')
  return isOtherwise && others.length > 0 ? others : acts
}

const actsIn = (text: string, situation: Situation, facts: readonly Told[]): readonly Act[] => {
  const factsOf: FactsOf = (part) => (facts.length === 0 ? [] : part === text ? facts : factsIn(part))
  const known = exact(text, situation)
  if (known) return known
  const parts = () => readParts(text, scenesOf(situation))
  const command = commandPart(text, parts)
  if (command) return [actFor(command, factsOf, true)]
  const answer = situation.asked && saidAnswer(text, situation, parts(), facts)
  if (answer) return [answer]
  const acts = besideTheGate(parts(), situation, factsOf).map((part) => actFor(part, factsOf, part.text === text))
  return tidied(acts.length > 0 ? withoutLeaving(acts, facts) : [{ act: 'none', text, sure: 0 }])
}

/** A fact that is in the message is told, whether or not the acts say so. */
const withTold = (acts: readonly Act[], facts: readonly Told[]): readonly Act[] =>
  facts.some(counts) && !acts.some(({ act }) => act === 'tell' || act === 'correct' || act === 'answer')
    ? tidied([...acts, { act: 'tell', text: '', sure: 1 }])
    : acts

/** Acts in whose words people speak of their case. */
const telling: readonly AnyAct[] = ['tell', 'correct', 'answer', 'stuck', 'tried', 'delegate', 'begin', 'give', 'refuse', 'complain']

/** A code belongs to the question, wherever it stands. */
const namesCode = /\baadsts\s?\d/iu

const isAsk = ({ act }: Act): boolean => act === 'ask'

/** An answer says itself what is told of the contract; what else a sentence tells is kept. */
const besides = (acts: readonly Act[], facts: readonly Told[]): readonly Told[] => {
  const answer = acts.find((each) => each.act === 'answer')
  if (!answer) return facts
  return answer.sure === 1 ? [] : facts.filter(({ fact }) => fact !== 'contract')
}

export const interpret = (raw: string, situation: Situation): Reading => {
  const secret = findSecret(raw)
  const text = readable(raw)
  if (secret) return { acts: [], facts: [], understanding: understand(''), secret, sure: 1 }
  const found = factsIn(text)
  const read = actsIn(text, situation, found)
  const facts = found.length > 0 && !read.some(({ act }) => telling.includes(act)) ? factsIn(text, true) : found
  const acts = withTold(read, facts)
  const asks = acts.filter(isAsk)
  const [only] = asks
  // What is told says what a question is about.
  const standsAlone =
    only !== undefined && asks.length === 1 && acts.length > 1 && !namesCode.test(text) && !acts.some(({ act }) => act === 'tell' || act === 'correct')
  const understanding = understand(standsAlone ? only.text : text)
  const filled = elided(only?.text ?? text, situation)
  return {
    acts,
    facts: besides(acts, facts),
    understanding,
    ...(filled && { elided: filled }),
    ...(understanding.errorCode && { errorCode: understanding.errorCode }),
    sure: Math.min(1, ...acts.map(({ sure }) => sure)),
  }
}
