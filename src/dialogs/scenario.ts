/** What does every scenario do with a press or words about its run? A file per scenario says what differs: its first card and the answers to it. */
import type { Block, Reply } from '../cards/reply'
import { guideOf } from '../guides'
import { words } from '../guides/words'
import { withWayBack } from '../replies/answer'
import { allStepsReply, endReply, stepReply, stoppedReply } from '../replies/guide'
import { roleReply } from '../replies/role'
import { leftReply } from '../replies/talk'
import { withRun } from '../runs/person'
import { isAtStep, roleNeedOf, type Run, type RunEvent } from '../runs/run'
import type { Scenario } from '../topics'
import { isOutdated } from '../turn/route'
import { answerWith, openRunOf, withOpenRun, withPerson, type Answered, type GuideInput, type Turn } from '../turn/turn'
import type { Inputs } from '../verbs/action'
import type { Verb } from '../verbs/verbs'
import { helpAtStep } from './stuck'
import { sayLine } from './lines'
import { lookAtRole } from './look-at-role'
import { couldSignIn, givenIn, prove } from './prove'
import { purposeOf } from './purpose'
import { applyEvent, startRun, viewOf } from './run'
import { stopOf } from '../turn/stop'

/** What differs between scenarios: the card before the steps, and what pressing or answering on it does. */
export interface ScenarioRules {
  readonly topic: Scenario
  /** The card shown first, and again on "Back" from the first step. */
  readonly open: (turn: Turn, run: Run, how: { readonly begins: boolean; readonly beside?: Run | undefined }) => Promise<Opening>
  /** Answers given on that card. */
  readonly answer: (turn: Turn, run: Run, input: GuideInput) => Promise<Opening>
}

/** Either stays on this card, or goes on with an event of the run. */
export type Opening = Answered | { readonly turn: Turn; readonly event: RunEvent; readonly hint?: readonly Block[] }

/** `at`: the step that its steps begin with, in place of the first. */
export const beginScenario = async (rules: ScenarioRules, turn: Turn, input?: GuideInput, at?: string): Promise<Answered> => {
  const { turn: begun, run: first } = startRun(turn, rules.topic)
  const run: Run = at === undefined ? first : { ...first, startAt: at }
  const opened = withOpenRun(begun, run)
  const beside = openRunOf(turn)
  return settle(rules, run, await (input ? rules.answer(opened, run, { ...input, beside }) : rules.open(opened, run, { begins: true, beside })))
}

/** The card that fits where the run is now. */
const present = async (rules: ScenarioRules, turn: Turn, run: Run, hint: readonly Block[] = []): Promise<Answered> => {
  if (run.stage === 'steps') return answerWith(turn, showStep(turn, run, hint))
  if (run.stage !== 'end') return settle(rules, run, await rules.open(turn, run, { begins: false }))
  return run.proof ? answerWith(turn, endReply(viewOf(turn, run), { signIn: await couldSignIn(turn, run) })) : proveAtEnd(turn, run, {})
}

const settle = async (rules: ScenarioRules, run: Run, opening: Opening): Promise<Answered> => {
  if ('reply' in opening) return opening
  const { turn, run: next } = applyEvent(opening.turn, run, opening.event)
  return next.stage === 'steps' ? answerWith(turn, showStep(turn, next, opening.hint)) : present(rules, turn, next)
}

/** The step, unless something the person told stands in the way. */
const showStep = (turn: Turn, run: Run, hint: readonly Block[] = []): Reply => {
  const stop = stopOf(turn, run)
  return stop === undefined ? stepReply(viewOf(turn, run), hint) : stoppedReply(viewOf(turn, run), { kind: 'contract', text: stop })
}

/** What a stop does not keep from: leaving it, reading along, and taking back what was told. */
const passesStop: readonly Verb[] = ['cancel', 'restart', 'read-along', 'back', 'all-steps', 'look-up', 'check-again', 'sign-in']

const isStopped = (turn: Turn, run: Run, verb: Verb): boolean => run.stage === 'steps' && !passesStop.includes(verb) && stopOf(turn, run) !== undefined

const oldCard = ({ language }: Run): readonly Block[] => [{ kind: 'small', text: words(language).t('guide.old') }]

/** The run goes on with what was pressed or said; it is the open one from now on. */
export const continueScenario = async (rules: ScenarioRules, turn: Turn, run: Run, input: GuideInput): Promise<Answered> => {
  if (input.verb === 'cancel') return answerWith(withPerson(turn, { open: undefined }), leftReply(run))
  const here = turn.person.open === run.id ? turn : withPerson(turn, { open: run.id })
  if (isOutdated(run, input)) return present(rules, here, run, oldCard(run))
  const beside = openRunOf(turn)?.id === run.id ? undefined : openRunOf(turn)
  return isStopped(here, run, input.verb) ? answerWith(here, showStep(here, run)) : react(rules, here, run, { ...input, beside })
}

const moveTo = (rules: ScenarioRules, turn: Turn, run: Run, event: RunEvent): Promise<Answered> => {
  const moved = applyEvent(turn, run, event)
  return present(rules, moved.turn, moved.run)
}

const react = async (rules: ScenarioRules, turn: Turn, run: Run, input: GuideInput): Promise<Answered> => {
  switch (input.verb) {
    case 'stuck':
    case 'tried':
      return isAtStep(run, guideOf(run.topic, run.language)) ? helpAtStep(turn, run, input) : present(rules, turn, run)
    case 'worked':
      return sayLine(turn, 'worked')
    case 'all-steps':
      return answerWith(turn, allStepsReply(viewOf(turn, run)))
    case 'done':
      return run.stage === 'steps' ? moveTo(rules, turn, run, { kind: 'done' }) : answerOpening(rules, turn, run, input)
    case 'back':
      if (run.stage === 'steps' && stopOf(turn, run) !== undefined) return present(rules, withoutContract(turn), run)
      return moveTo(rules, run.stage === 'stopped' ? withoutContract(turn) : turn, run, { kind: 'back' })
    case 'skip':
      return run.stage === 'steps' ? moveTo(rules, turn, run, { kind: 'skip' }) : present(rules, turn, run)
    case 'go-to':
      return moveTo(rules, turn, run, { kind: 'go-to', step: input.step ?? run.step })
    case 'restart': {
      const again = applyEvent(turn, run, { kind: 'restart' })
      return settle(rules, again.run, await rules.open(again.turn, again.run, { begins: true }))
    }
    case 'read-along':
      return moveTo(rules, turn, run, { kind: 'read-along' })
    case 'helped':
    case 'not-helped':
      return rate(turn, run, input.verb === 'helped')
    case 'sign-in':
    case 'check-again':
      return run.stage === 'end'
        ? proveAtEnd(turn, run, input.inputs, { fresh: input.verb === 'check-again' })
        : checkAgain(rules, turn, run, { ...input, verb: 'check-again' })
    case 'look-up':
      return lookUp(rules, turn, run, input)
    case 'proceed':
      return answerOpening(rules, turn, run, input)
    default:
      return present(rules, turn, run)
  }
}

const rate = (turn: Turn, run: Run, yes: boolean): Answered => {
  const rated = applyEvent(turn, run, { kind: 'helped', yes })
  const hint = words(run.language).t(yes ? 'guide.helpedThanks' : 'guide.notHelpedThanks')
  return answerWith(rated.turn, endReply(viewOf(turn, rated.run), { hint }))
}

const answerOpening = async (rules: ScenarioRules, turn: Turn, run: Run, input: GuideInput): Promise<Answered> => {
  if (run.stage === 'steps' || run.stage === 'end') return present(rules, turn, run)
  return settle(rules, run, await rules.answer(turn, run, input))
}

/** Who went on and then signed in, or asks once more, still wants to know; the way back to the step is on the answer. */
const checkAgain = async (rules: ScenarioRules, turn: Turn, run: Run, input: GuideInput): Promise<Answered> => {
  const guide = guideOf(run.topic, run.language)
  if (run.stage !== 'steps' || !guide.before) return besideStep(await settle(rules, run, await rules.answer(turn, run, input)), run)
  if (roleNeedOf(guide) !== 'buy-microsoft-365') return present(rules, turn, run)
  const aside = startRun(turn, 'check-role')
  const purpose = purposeOf(run, run.language)
  const begun = withPerson(aside.turn, withRun(aside.turn.person, aside.run))
  const { turn: after, look } = await lookAtRole(begun, aside.run, { fresh: true, ...(purpose && { need: purpose.need }) })
  return answerWith(after, withWayBack(roleReply(aside.run, look, purpose?.role), run))
}

/** Only the end of a guide, and the guide that is about it, look up ids: a button from such an end moves nothing. */
const lookUp = async (rules: ScenarioRules, turn: Turn, run: Run, input: GuideInput): Promise<Answered> => {
  if (run.stage === 'end') {
    const { subscription, domain } = givenIn(input.inputs)
    if (subscription || domain || !run.proof) return proveAtEnd(turn, run, input.inputs)
    return answerWith(turn, endReply(viewOf(turn, run), { problem: words(run.language).t('proof.nothing'), signIn: await couldSignIn(turn, run) }))
  }
  if (guideOf(run.topic, run.language).before) return present(rules, turn, run, oldCard(run))
  return besideStep(await settle(rules, run, await rules.answer(turn, run, input)), run)
}

/** The end of a guide says whether it is one tenant now; who read along changed nothing. */
const proveAtEnd = async (turn: Turn, run: Run, inputs: Inputs, { fresh } = { fresh: false }): Promise<Answered> => {
  if (run.readOnly) return answerWith(turn, endReply(viewOf(turn, run)))
  const given = givenIn(inputs)
  const { turn: after, proof, problem, run: proved } = await prove(turn, run, given, { fresh })
  if (problem && run.proof) return answerWith(after, endReply(viewOf(turn, run), { given, problem: words(run.language).t(problem) }))
  return answerWith(after, endReply(viewOf(turn, proved), { proof, given }))
}

/** An answer while the person is at a step leads back to it. */
const besideStep = ({ turn, reply }: Answered, run: Run): Answered => answerWith(turn, run.stage === 'steps' ? withWayBack(reply, run) : reply)

/** Going back from "your contract decides" means that the answer was not the right one. */
const withoutContract = (turn: Turn): Turn => {
  const { contract: _, ...known } = turn.person.known
  return withPerson(turn, { known })
}
