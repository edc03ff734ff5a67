/** What is said and asked before the steps of a set-up: contract, account and, where one is needed, the role? */
import { answerOf } from '../guides'
import { words } from '../guides/words'
import { answerReply, withWayBack } from '../replies/answer'
import { beforeReply, box, stoppedReply } from '../replies/guide'
import { asksForSignIn, type RoleLook } from '../replies/role'
import { openQuestion, roleNeedOf, type Known, type Run } from '../runs/run'
import type { Scenario } from '../topics'
import { answerWith, withPerson, type Answered, type GuideInput, type Turn } from '../turn/turn'
import { openedWithFindings } from './look-first'
import { lookAtRole } from './look-at-role'
import { applyEvent, viewOf } from './run'
import { contractRule } from '../turn/stop'
import type { Opening, ScenarioRules } from './scenario'

interface Needed {
  readonly turn: Turn
  /** Undefined: this guide needs no directory role. */
  readonly role: RoleLook | undefined
}

const lookAtNeeded = async (turn: Turn, run: Run, fresh = false): Promise<Needed> => {
  if (roleNeedOf(viewOf(turn, run).guide) !== 'buy-microsoft-365') return { turn, role: undefined }
  const { turn: after, look } = await lookAtRole(turn, run, { fresh })
  return { turn: after, role: look }
}

const isKnown = (known: Known, run: Run): boolean => openQuestion(known, run) === undefined

const ask = (turn: Turn, run: Run, role: RoleLook | undefined, hint?: string): Answered =>
  answerWith(turn, beforeReply({ ...viewOf(turn, run), known: turn.person.known, role, ...(hint !== undefined && { hint }) }))

/** Goes on, or says what stands in the way. */
const decide = (turn: Turn, run: Run, role: RoleLook | undefined): Opening => {
  const rule = contractRule(run, turn.person.known.contract ?? 'unknown')
  if (rule?.effect === 'stop') {
    const stopped = applyEvent(turn, run, { kind: 'stop' })
    return answerWith(stopped.turn, stoppedReply(viewOf(turn, stopped.run), { kind: 'contract', text: rule.text ?? '' }))
  }
  if (role?.kind === 'cannot' || role?.kind === 'can-after-activating') {
    const stopped = applyEvent(turn, run, { kind: 'stop' })
    return answerWith(stopped.turn, stoppedReply(viewOf(turn, stopped.run), { kind: 'role', look: role }))
  }
  const { t } = words(run.language)
  const hint = rule?.effect === 'note' && rule.text ? box('emphasis', t('contract.noteTitle'), rule.text) : undefined
  return { turn, event: { kind: 'proceed' }, ...(hint && { hint: [hint] }) }
}

const open: ScenarioRules['open'] = async (given, run, { begins }) => {
  const { turn, role } = await lookAtNeeded(given, run)
  // Who has yet to sign in is not sent ahead without a verdict.
  const isOpen = role?.kind === 'unknown' && asksForSignIn(role.reason)
  if (begins && !isOpen && isKnown(turn.person.known, run)) return decide(turn, run, role)
  if (begins && wouldUsePersonal(turn.person.known, run)) return withOtherAccount(turn, run, role)
  return run.stage === 'stopped' ? showStopped(turn, run, role) : ask(turn, run, role)
}

/** Told in the same breath: buying with a personal account would make another directory. */
const wouldUsePersonal = (known: Known, run: Run): boolean => openQuestion(known, run) === 'account' && known.facts?.account?.value === 'personal'

/** A stopped run shows why; when that no longer holds, it asks again. */
const showStopped = (turn: Turn, run: Run, role: RoleLook | undefined): Answered => {
  const outcome = decide(turn, run, role)
  return 'reply' in outcome ? outcome : ask(turn, run, role)
}

/** A stop that still stands is said again; any other outcome is shown before the person goes on. */
const isRefusedAgain = ({ stage }: Run, role: RoleLook | undefined): boolean =>
  stage === 'stopped' && (role?.kind === 'cannot' || role?.kind === 'can-after-activating')

const withAnswers = (turn: Turn, run: Run, { inputs }: GuideInput): Turn => {
  const { known } = turn.person
  const contract = inputs.contract ?? known.contract
  const account = inputs.account === 'yes' && !known.account.includes(run.topic) ? [...known.account, run.topic] : known.account
  return withPerson(turn, { known: { ...known, ...(contract && { contract }), account } })
}

const answer = async (given: Turn, run: Run, input: GuideInput): Promise<Opening> => {
  const { verb, inputs } = input
  const needed = await lookAtNeeded(given, run, verb === 'check-again')
  const { role } = needed
  const turn = withAnswers(needed.turn, run, input)
  if (verb === 'check-again' && !isRefusedAgain(run, role)) {
    const back = applyEvent(turn, run, { kind: 'back' })
    return ask(back.turn, back.run, role)
  }
  if (inputs.account === 'no') return withOtherAccount(turn, run, role)
  const { contract } = turn.person.known
  if (contract !== undefined && contractRule(run, contract)?.effect === 'stop') return decide(turn, run, role)
  const question = openQuestion(turn.person.known, run)
  // Who answered one thing is asked the next; who answered nothing is told so.
  if (question) return ask(turn, run, role, turn.view.asked?.question === question ? words(run.language).t('guide.answerFirst') : undefined)
  return decide(turn, run, role)
}

/**
 * Buying with another account would make another tenant: what to use and why, with the way back to the question. A move may be asked for by
 * any owner, which a step sees to.
 */
const withOtherAccount = (turn: Turn, run: Run, role: RoleLook | undefined): Opening => {
  const { language, topic } = run
  const { publicUrl } = turn.services
  if (topic !== 'link-existing') return answerWith(turn, withWayBack(answerReply({ topic: 'which-account', language, publicUrl }), run))
  const outcome = decide(withAnswers(turn, run, { verb: 'proceed', inputs: { account: 'yes' } }), run, role)
  if ('reply' in outcome) return outcome
  return { ...outcome, hint: [box('emphasis', answerOf('personal-owner', language).title, answerOf('personal-owner', language).short)] }
}

export const setUpScenario = (topic: Scenario): ScenarioRules => ({
  topic,
  open: async (turn, run, how) => openedWithFindings(await open(turn, run, how), run),
  answer: async (turn, run, input) => openedWithFindings(await answer(turn, run, input), run),
})
