/** What is said and asked before the steps of a set-up: contract, account and, where one is needed, the role? */
import type { Block } from '../cards/reply'
import { guideOf } from '../guides'
import { words } from '../guides/words'
import { answerReply, withWayBack } from '../replies/answer'
import { beforeReply, box, stoppedReply } from '../replies/guide'
import { asksForSignIn, type RoleLook } from '../replies/role'
import { lineReply } from '../replies/talk'
import { openQuestion, ownerWay, roleNeedOf, type Known, type Run } from '../runs/run'
import type { Scenario } from '../topics'
import { answerWith, withPerson, type Answered, type GuideInput, type Turn } from '../turn/turn'
import { backToGuide } from './controls'
import { openedWithFindings } from './look-first'
import { lookAtRole } from './look-at-role'
import { applyEvent, viewOf } from './run'
import { contractRule, stopOf } from '../turn/stop'
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

/** What stopped the guide no longer does when its questions are asked. */
const ask = (given: Turn, at: Run, role: RoleLook | undefined, hint?: string): Answered => {
  const { turn, run } = at.stage === 'stopped' ? applyEvent(given, at, { kind: 'back' }) : { turn: given, run: at }
  return answerWith(turn, beforeReply({ ...viewOf(turn, run), known: turn.person.known, role, ...(hint !== undefined && { hint }) }))
}

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
  const chosen = wayChosen(turn, run)
  const hint = chosen ?? (rule?.effect === 'note' && rule.text ? box('emphasis', t('contract.noteTitle'), rule.text) : undefined)
  return { turn, event: { kind: 'proceed' }, ...(hint && { hint: [hint] }) }
}

/** A move may be asked for by any owner; of a personal account it is said which of the ways its steps go. */
const wayChosen = ({ person }: Turn, { topic, language }: Run): Block | undefined => {
  const way = ownerWay(person.known)
  const said = way && guideOf(topic, language).ways?.each[way]
  return said && box('emphasis', said.title, said.text)
}

const open: ScenarioRules['open'] = async (given, run, { begins }) => {
  const { turn, role } = await lookAtNeeded(given, run)
  // Who has yet to sign in is not sent ahead without a verdict.
  const isOpen = role?.kind === 'unknown' && asksForSignIn(role.reason)
  if (begins && !isOpen && (isKnown(turn.person.known, run) || stopOf(turn, run) !== undefined)) return decide(turn, run, role)
  if (begins && wouldUsePersonal(turn.person.known, run)) return withOtherAccount(turn, run)
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
  const isMove = run.topic === 'link-existing'
  const isAnswered = inputs.account === 'yes' || (isMove && inputs.account === 'no')
  const account = isAnswered && !known.account.includes(run.topic) ? [...known.account, run.topic] : known.account
  const owner = isMove && inputs.account ? { personalOwner: inputs.account === 'no' } : {}
  const { stays = known.stays, together = known.together } = inputs
  return withPerson(turn, { known: { ...known, ...(contract && { contract }), account, ...owner, ...(stays && { stays }), ...(together && { together }) } })
}

const answer = async (given: Turn, run: Run, input: GuideInput): Promise<Opening> => {
  const { verb, inputs } = input
  const needed = await lookAtNeeded(given, run, verb === 'check-again')
  const { role } = needed
  const turn = withAnswers(needed.turn, run, input)
  if (verb === 'check-again' && !isRefusedAgain(run, role)) return ask(turn, run, role)
  if (inputs.account === 'no' && run.topic !== 'link-existing') return withOtherAccount(turn, run)
  const { contract } = turn.person.known
  if (contract !== undefined && contractRule(run, contract)?.effect === 'stop') return decide(turn, run, role)
  const question = openQuestion(turn.person.known, run)
  if (!question) return decide(turn, run, role)
  // Who answered one thing is asked the next; who answered nothing is told so.
  return turn.view.asked?.question === question && !input.isTold ? askAgain(turn, run, role, input) : ask(turn, run, role)
}

/** Whoever only goes on is asked in one line; whoever then goes on all the same does not know how they buy. */
const askAgain = async (turn: Turn, run: Run, role: RoleLook | undefined, input: GuideInput): Promise<Opening> => {
  const { asked } = turn.view
  const hint = words(run.language).t('guide.answerFirst')
  if (turn.incoming.press) return ask(turn, run, role, hint)
  if (asked?.again && asked.question === 'contract') return answer(turn, run, { ...input, inputs: { contract: 'unknown' } })
  const { reply } = backToGuide(answerWith(turn, lineReply(run.language, 'guide.answerFirst')))
  return answerWith(turn, { ...reply, ...(reply.asked && { asked: { ...reply.asked, again: true } }) })
}

/** Buying with another account would make another tenant: what to use and why, with the way back to the question. */
const withOtherAccount = (turn: Turn, run: Run): Answered =>
  answerWith(turn, withWayBack(answerReply({ topic: 'which-account', language: run.language, publicUrl: turn.services.publicUrl }), run))

export const setUpScenario = (topic: Scenario): ScenarioRules => ({
  topic,
  open: async (turn, run, how) => openedWithFindings(await open(turn, run, how), run),
  answer: async (turn, run, input) => openedWithFindings(await answer(turn, run, input), run),
})
