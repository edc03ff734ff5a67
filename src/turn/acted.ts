/** What does an act, understood in its situation, come to: which verb, which topic, which line? One row an act. */
import { guideOf } from '../guides'
import { openRun } from '../runs/person'
import { isAtStep, type Run } from '../runs/run'
import type { Scenario, Topic } from '../topics'
import type { Act } from '../understanding/act'
import { wordsOf } from '../understanding/clean'
import { saysOtherWay } from '../understanding/other-way'
import type { Reading } from '../understanding/interpret'
import type { Inputs, Pick } from '../verbs/action'
import type { Verb } from '../verbs/verbs'
import { byTopic, noInputs, type Line, type Route } from './routes'
import { leastStep } from '../understanding/passage-thresholds'
import { nearTo } from '../understanding/passages'
import { findVerb } from './said'
import { isToProceed, stopOf } from './stop'
import type { Turn } from './turn'

const inGuide = (run: Run | undefined, verb: Verb, inputs: Inputs = noInputs, step?: string): Route =>
  run ? { kind: 'guide', run: run.id, input: { verb, inputs, step } } : { kind: 'no-guide' }

const line = (name: Line): Route => ({ kind: 'line', line: name })

/** The guide that was left last and has not come to its end. */
const lastLeft = ({ person }: Turn): Run | undefined =>
  person.runs
    .filter(({ stage, topic, language }) => stage !== 'end' && guideOf(topic, language).before !== undefined)
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))[0]

const byHad = { m365: 'azure-for-m365', azure: 'm365-for-azure', both: 'link-existing' } as const satisfies Record<string, Scenario>

/** The bare answer to the question on screen. */
const routeOfAnswer = (run: Run | undefined, act: Extract<Act, { act: 'answer' }>): Route | undefined => {
  switch (act.question) {
    case 'contract':
      return inGuide(run, 'proceed', { contract: act.value })
    case 'account':
      return inGuide(run, 'proceed', { account: act.value })
    case 'stays':
    case 'together':
      return inGuide(run, 'proceed', { [act.question]: act.value })
    case 'which':
      return act.value === 'unknown' ? byTopic('tenant-basics') : { kind: 'begin', topic: byHad[act.value] }
    case 'helped':
      return inGuide(run, act.value === 'yes' ? 'helped' : 'not-helped')
    case 'forget-me':
      return { kind: 'verb', verb: act.value === 'yes' ? 'forget-me-yes' : 'keep-me' }
    case 'keep-language':
      return undefined
  }
}

/** Which entry of the last list; without one, numbers mean nothing. */
const listed = ({ view }: Turn, which: number | 'last' | 'other' | undefined): Pick | undefined => {
  if (which === 'last') return view.list.at(-1)
  return which === undefined || which === 'other' ? undefined : view.list[which - 1]
}

const stepOf = (run: Run, step: number | 'first' | 'last' | undefined): string | undefined => {
  const { steps } = guideOf(run.topic, run.language)
  return (step === 'last' ? steps.at(-1) : steps[step === 'first' ? 0 : (step ?? 0) - 1])?.id
}

/** The step that is named by what it is about. */
const stepNamed = (run: Run, text: string): string | undefined => {
  const [found] = nearTo(text)
    .in({ of: run.topic })
    .filter(({ id }) => id.includes('/steps/'))
  return found && found.sure >= leastStep ? found.id.split('/')[2] : undefined
}

const goTo = (run: Run | undefined, { step, text }: Extract<Act, { act: 'go-to' }>): Route => {
  const id = run && (step === undefined ? stepNamed(run, text) : stepOf(run, step))
  return id === undefined ? inGuide(run, 'all-steps') : inGuide(run, 'go-to', noInputs, id)
}

/** "No, the other way round." */
const turnedRound: Partial<Record<Topic, Scenario>> = { 'azure-for-m365': 'm365-for-azure', 'm365-for-azure': 'azure-for-m365' }

const corrected = ({ view }: Turn, { text }: Act, run: Run | undefined): Route | undefined => {
  const [other] = [view.topic, run?.topic].flatMap((topic) => (topic && turnedRound[topic]) ?? [])
  return other && saysOtherWay(text) ? { kind: 'begin', topic: other } : undefined
}

/** A word or two that mean nothing else are plain enough; longer ones are only offered. */
const perhaps = (run: Run | undefined, { of, text }: Extract<Act, { act: 'maybe' }>): Route | undefined => {
  if (of === 'forget-me') return line('maybe-forget')
  if (!run) return undefined
  if (of === 'restart' && (run.stage === 'before' || run.stage === 'stopped')) return inGuide(run, 'resume')
  return wordsOf(text).length <= 2 ? inGuide(run, of === 'leave' ? 'cancel' : 'restart') : line('maybe-leave')
}

/** Whether the words describe something that stands on the present card: then its causes are looked through. */
const stuckAt = (run: Run | undefined, { text, act }: Act): Route | undefined => {
  // "I'm stuck" describes nothing.
  const isBare = findVerb(text) === 'stuck'
  if (!run || !isAtStep(run, guideOf(run.topic, run.language))) return isBare && !run ? { kind: 'no-guide' } : undefined
  return { kind: 'guide', run: run.id, input: { verb: act === 'tried' ? 'tried' : 'stuck', inputs: noInputs, ...(!isBare && { symptom: text }) } }
}

const doneIn = (turn: Turn, run: Run, when: Extract<Act, { act: 'done' }>['when']): Route | undefined => {
  if (run.stage === 'steps') return inGuide(run, when === 'all' ? 'all-steps' : 'done')
  if (isAtStep(run, guideOf(run.topic, run.language))) return inGuide(run, 'proceed')
  if (run.stage === 'end' || when !== undefined) return undefined
  return inGuide(run, run.stage === 'before' ? 'proceed' : stopOf(turn, run) === undefined ? 'check-again' : 'resume')
}

/** `undefined`: the act is about the subject, and what the question is about decides. `tells`: the message holds facts as well. */
export const routeOfAct = (turn: Turn, act: Act, choose: (pick: Pick) => Route | undefined, tells: boolean): Route | undefined => {
  const run = openRun(turn.person)
  switch (act.act) {
    case 'answer':
      return routeOfAnswer(run, act)
    case 'pick': {
      const pick = listed(turn, act.which)
      return pick && choose(pick)
    }
    case 'go-on':
      return inGuide(run, run?.stage === 'steps' ? 'done' : run && isToProceed(turn, run) ? 'proceed' : 'resume')
    case 'done':
      return run && doneIn(turn, run, act.when)
    case 'skip':
      return inGuide(run, 'skip')
    case 'back':
      return inGuide(run, turn.view.aside ? 'resume' : 'back')
    case 'go-to':
      // Not past what is still to be answered, or stands in the way.
      return run && (run.stage === 'before' || run.stage === 'stopped') ? inGuide(run, 'resume') : goTo(run, act)
    case 'repeat':
      return run && !turn.view.aside ? inGuide(run, 'resume') : turn.view.last ? choose(turn.view.last) : undefined
    case 'more':
      if (act.of === 'steps') return inGuide(run, 'all-steps')
      return run && turn.view.shown === 'stuck' ? inGuide(run, 'tried') : { kind: 'verb', verb: 'more' }
    case 'where':
      if (run?.stage === 'before' && turn.view.shown === 'before') return line('not-begun')
      return run ? inGuide(run, 'resume') : { kind: 'no-guide' }
    case 'resume':
      return inGuide(run ?? lastLeft(turn), 'resume')
    case 'stuck':
    case 'tried':
      return stuckAt(run, act)
    case 'leave':
      return run && inGuide(run, 'cancel')
    case 'restart':
      return run && inGuide(run, 'restart')
    case 'check-role':
      return { kind: 'begin', topic: 'check-role' }
    case 'check-setup':
      return { kind: 'begin', topic: 'verify-setup' }
    case 'correct':
      return corrected(turn, act, run) ?? (tells ? undefined : turn.view.undo && { kind: 'verb', verb: 'undo' })
    case 'agree':
      return turn.view.shown === 'left' ? inGuide(lastLeft(turn), 'resume') : line('acknowledge')
    case 'maybe':
      return perhaps(run, act)
    default:
      return routeByName(act)
  }
}

/** Acts that mean the same everywhere. */
const byName: Partial<Record<Act['act'], Route>> = {
  left: line('left'),
  worked: line('worked'),
  later: line('later'),
  remind: line('remind'),
  undo: { kind: 'verb', verb: 'undo' },
  'do-it': line('do-it'),
  delegate: { kind: 'topic', topic: 'find-admin' },
  human: { kind: 'topic', topic: 'support' },
  complain: line('complain'),
  'who-are-you': line('who-are-you'),
  thanks: { kind: 'topic', topic: 'thanks' },
  bye: line('bye'),
  greet: { kind: 'topic', topic: 'greeting' },
  acknowledge: line('acknowledge'),
  refuse: line('acknowledge'),
  language: { kind: 'topic', topic: 'language' },
  'sign-out': { kind: 'topic', topic: 'sign-out' },
  'forget-me': { kind: 'verb', verb: 'forget-me' },
  'my-guides': { kind: 'verb', verb: 'my-runs' },
  share: { kind: 'verb', verb: 'share' },
  'plain-text': { kind: 'verb', verb: 'plain-text' },
  cards: { kind: 'verb', verb: 'cards' },
  why: { kind: 'verb', verb: 'why' },
  help: { kind: 'topic', topic: 'help' },
}

const routeByName = ({ act }: Act): Route | undefined => byName[act]

/** Said in passing, beside something that is to be dealt with. */
const inPassing: readonly Act['act'][] = ['tell', 'thanks', 'greet', 'acknowledge', 'bye', 'agree', 'none']

/** What worked says no more when a move is made beside it. */
const beforeMove: readonly Act['act'][] = ['worked', 'tried', 'correct', 'undo', 'why', 'none', 'complain', 'tell']
const onward: readonly Act['act'][] = ['go-on', 'done', 'skip']
export const isOnward = (act: Act['act']): boolean => onward.includes(act)

/** The one that is answered: what is said in passing stands back behind it. */
export const mainAct = ({ acts }: Reading): Act | undefined => {
  const move = acts.find(({ act }) => isOnward(act))
  const main = acts.find(({ act }) => !inPassing.includes(act)) ?? acts.find(({ act }) => act !== 'tell') ?? acts[0]
  // "I'll ask him tomorrow. Next."
  const goesOnLater = main?.act === 'later' && move?.act === 'go-on'
  return move && main && (beforeMove.includes(main.act) || goesOnLater) ? move : main
}

/** A step that is done, and a question beside it: the step first, then the answer. */
export const moveBeside = ({ acts }: Reading): Act | undefined =>
  acts.some(({ act }) => act === 'ask') ? acts.find(({ act }) => act === 'done' || act === 'skip') : undefined
