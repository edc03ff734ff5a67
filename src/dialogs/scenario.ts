/** What every scenario's dialog does: begin a run, move it by its reducer, show its present card. A file per scenario adds the rest. */
import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import type { Block, Reply } from '../cards/reply'
import type { Inputs } from '../cards/action'
import type { Proof } from '../directory'
import { guideOf } from '../guides'
import { words } from '../guides/words'
import { withWayBack } from '../replies/answer'
import { allStepsReply, endReply, stepReply, stuckReply, type GuideView } from '../replies/guide'
import { asksForSignIn, roleReply } from '../replies/role'
import { leftReply } from '../replies/talk'
import type { GuideInput } from '../route'
import { openRun, withChat, withRun } from '../runs/person'
import { provedAfter, type Given } from '../runs/proved'
import { beginRun, reduceRun, roleNeedOf, type Run, type RunEvent } from '../runs/run'
import type { Scenario } from '../topics'
import { isShared, type Turn } from '../turn'
import { callerOf } from './caller'
import { lookAtRole } from './look-at-role'
import { turnOf } from './turn-state'

/** What differs between scenarios: the card before the steps, and what pressing or answering on it does. */
export interface ScenarioRules {
  readonly topic: Scenario
  /** The card shown first, and again on "Back" from the first step. */
  readonly open: (turn: Turn, run: Run, how: { readonly begins: boolean }) => Promise<Opening>
  /** Answers given on that card. */
  readonly answer: (turn: Turn, run: Run, input: GuideInput) => Promise<Opening>
}

/** Either stays on this card, or goes on with an event of the run; what the person told may be remembered. */
export type Opening = { readonly reply: Reply } | { readonly event: RunEvent; readonly hint?: Block }

export const viewOf = (turn: Turn, run: Run): GuideView => ({
  run,
  guide: guideOf(run.topic, run.language),
  publicUrl: turn.services.publicUrl,
})

/** Keeps the run, and makes it the open one of this chat. */
export const keep = (turn: Turn, run: Run): void => {
  turn.person = withChat(withRun(turn.person, run), turn.incoming.chat, { run: run.id }, turn.services.now())
}

export const apply = (turn: Turn, run: Run, event: RunEvent): Run => {
  const next = reduceRun(run, event, guideOf(run.topic, run.language), turn.services.now())
  keep(turn, next)
  return next
}

/** A run of its beginning. One that was not gone into is begun again: looking something up every day must not push out guides under way. */
const begun = (turn: Turn, scenario: Scenario): Run => {
  const { services, incoming, language, person } = turn
  const guide = guideOf(scenario, language)
  const now = services.now()
  const idle = person.runs.find(({ topic, chat, stage }) => topic === scenario && chat === incoming.chat && (stage === 'before' || stage === 'stopped'))
  if (!idle) return beginRun(guide, { id: services.newId(), chat: incoming.chat, language, now })
  turn.person = { ...person, runs: person.runs.filter(({ id }) => id !== idle.id) }
  return reduceRun({ ...idle, language }, { kind: 'restart' }, guide, now)
}

export class ScenarioDialog extends Dialog {
  constructor(private readonly rules: ScenarioRules) {
    super(rules.topic)
  }

  override async beginDialog(dc: DialogContext, options?: { input?: GuideInput }): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context)
    const run = begun(turn, this.rules.topic)
    keep(turn, run)
    const input = options?.input
    turn.reply = await this.settled(turn, run, input ? this.rules.answer(turn, run, input) : this.rules.open(turn, run, { begins: true }))
    return Dialog.EndOfTurn
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context)
    const run = openRun(turn.person, turn.incoming.chat)
    const input = turn.input
    if (!run || !input) return dc.endDialog()
    if (input.verb === 'cancel') {
      turn.person = withChat(turn.person, turn.incoming.chat, { run: undefined }, turn.services.now())
      turn.reply = leftReply(run)
      return dc.endDialog()
    }
    turn.reply = await this.reactTo(turn, run, input)
    return Dialog.EndOfTurn
  }

  private async reactTo(turn: Turn, run: Run, input: GuideInput): Promise<Reply> {
    const isOld = input.rev !== undefined && input.rev !== run.rev
    if (isOld && changesRun(input)) return this.present(turn, run, { kind: 'small', text: words(run.language).t('guide.old') })
    switch (input.verb) {
      case 'stuck':
        return run.stage === 'steps' ? stuckReply(viewOf(turn, run)) : this.present(turn, run)
      case 'all-steps':
        return allStepsReply(viewOf(turn, run))
      case 'done':
        return run.stage === 'steps' ? this.present(turn, apply(turn, run, { kind: 'done' })) : this.answered(turn, run, input)
      case 'back':
        if (run.stage === 'stopped') forgetContract(turn)
        return this.present(turn, apply(turn, run, { kind: 'back' }))
      case 'go-to':
        return this.present(turn, apply(turn, run, { kind: 'go-to', step: input.step ?? run.step }))
      case 'restart': {
        const again = apply(turn, run, { kind: 'restart' })
        return this.settled(turn, again, this.rules.open(turn, again, { begins: true }))
      }
      case 'read-along':
        return this.present(turn, apply(turn, run, { kind: 'read-along' }))
      case 'helped':
      case 'not-helped':
        return this.rated(turn, run, input.verb === 'helped')
      case 'sign-in':
      case 'check-again':
        return run.stage === 'end' ? this.proved(turn, run, input.inputs) : this.checkedAgain(turn, run, { ...input, verb: 'check-again' })
      case 'look-up':
        return this.lookedUp(turn, run, input)
      case 'proceed':
        return this.answered(turn, run, input)
      default:
        return this.present(turn, run)
    }
  }

  private rated(turn: Turn, run: Run, yes: boolean): Reply {
    const rated = apply(turn, run, { kind: 'helped', yes })
    return endReply(viewOf(turn, rated), { hint: words(run.language).t(yes ? 'guide.helpedThanks' : 'guide.notHelpedThanks') })
  }

  private async answered(turn: Turn, run: Run, input: GuideInput): Promise<Reply> {
    if (run.stage === 'steps' || run.stage === 'end') return this.present(turn, run)
    return this.settled(turn, run, this.rules.answer(turn, run, input))
  }

  /** Who went on and then signed in, or asks once more, still wants to know; the way back to the step is on the answer. */
  private async checkedAgain(turn: Turn, run: Run, input: GuideInput): Promise<Reply> {
    const guide = guideOf(run.topic, run.language)
    if (run.stage !== 'steps' || !guide.before) return besideStep(await this.settled(turn, run, this.rules.answer(turn, run, input)), run)
    if (roleNeedOf(guide) !== 'buy-microsoft-365') return this.present(turn, run)
    const aside = begun(turn, 'check-role')
    turn.person = withRun(turn.person, aside)
    return withWayBack(roleReply(aside, await lookAtRole(turn, aside, { fresh: true }), turn.services.privateChatUrl), run)
  }

  /** Only the end of a guide, and the guide that is about it, look up ids: a button from such an end moves nothing. */
  private async lookedUp(turn: Turn, run: Run, input: GuideInput): Promise<Reply> {
    if (run.stage === 'end') {
      const { subscription, domain } = givenIn(input.inputs)
      if (subscription || domain || isShared(turn) || !run.proof) return this.proved(turn, run, input.inputs)
      return endReply(viewOf(turn, run), { problem: words(run.language).t('proof.nothing'), signIn: await couldSignIn(turn, run) })
    }
    if (guideOf(run.topic, run.language).before) return this.present(turn, run, { kind: 'small', text: words(run.language).t('guide.old') })
    return besideStep(await this.settled(turn, run, this.rules.answer(turn, run, input)), run)
  }

  /** The card that fits where the run is now. */
  private async present(turn: Turn, run: Run, hint?: Block): Promise<Reply> {
    if (run.stage === 'steps') return stepReply(viewOf(turn, run), hint)
    if (run.stage === 'end') return run.proof ? endReply(viewOf(turn, run), { signIn: await couldSignIn(turn, run) }) : this.proved(turn, run)
    return this.settled(turn, run, this.rules.open(turn, run, { begins: false }))
  }

  /** The end of a guide says whether it is one tenant now; tenants are personal, and who read along changed nothing. */
  private async proved(turn: Turn, run: Run, inputs: Inputs = {}): Promise<Reply> {
    if (isShared(turn) || run.readOnly) return endReply(viewOf(turn, run))
    const given = givenIn(inputs)
    const { proof, problem, run: after } = await prove(turn, run, given)
    if (problem && run.proof) return endReply(viewOf(turn, run), { given, problem: words(run.language).t(problem) })
    return endReply(viewOf(turn, after), { proof, given })
  }

  private async settled(turn: Turn, run: Run, opening: Promise<Opening>): Promise<Reply> {
    const outcome = await opening
    if ('reply' in outcome) return outcome.reply
    const next = apply(turn, run, outcome.event)
    return next.stage === 'steps' ? stepReply(viewOf(turn, next), outcome.hint) : this.present(turn, next)
  }
}

/** An answer while the person is at a step leads back to it. */
const besideStep = (reply: Reply, run: Run): Reply => (run.stage === 'steps' ? withWayBack(reply, run) : reply)

/** Whether signing in could turn something the run does not know into a finding. */
export const couldSignIn = async (turn: Turn, { proof }: Run): Promise<boolean> => {
  if (!turn.signIn || isShared(turn) || !proof || ![proof.tenant, proof.microsoft365, proof.azure].includes('unknown')) return false
  const { without } = await turn.signIn.caller()
  return without !== undefined && asksForSignIn(without)
}

/** What was filled in to be looked up. */
export const givenIn = ({ subscription, domain }: Inputs): Given => ({ subscription: subscription?.trim() || undefined, domain: domain?.trim() || undefined })

interface Proving {
  readonly proof: Proof
  /** What was given is no id or no domain; then the run is as it was. */
  readonly problem?: 'proof.invalidSubscription' | 'proof.invalidDomain' | undefined
  readonly run: Run
}

/** The three findings for who is asking; the run keeps what they came to. */
export const prove = async (turn: Turn, run: Run, given: Given = {}): Promise<Proving> => {
  const { subscription, domain } = given
  const caller = await callerOf(turn, { verb: 'check-again', topic: run.topic, run: run.id })
  const proof = await turn.services.directory.prove(caller, { subscriptionId: subscription, domain }, { fresh: turn.input?.verb === 'check-again' })
  const problem = problemIn(proof)
  return problem ? { proof, problem, run } : { proof, run: apply(turn, run, { kind: 'proved', proof: provedAfter(run.proof, proof, given, turn.incoming.signedIn === true) }) }
}

const problemIn = ({ azure, domain }: Proof): Proving['problem'] => {
  if (azure.answer === 'unknown' && azure.reason === 'invalid-input') return 'proof.invalidSubscription'
  return domain?.kind === 'invalid' ? 'proof.invalidDomain' : undefined
}

/** Going back from "your contract decides" means that the answer was not the right one. */
const forgetContract = (turn: Turn): void => {
  const { contract: _, ...known } = turn.person.known
  turn.person = { ...turn.person, known }
}

/** Showing or looking up something is harmless from an old button; moving on is not. */
const changesRun = ({ verb }: GuideInput) => !['stuck', 'all-steps', 'resume', 'check-again', 'look-up', 'sign-in'].includes(verb)
