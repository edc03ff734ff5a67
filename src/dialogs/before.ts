/** The card before the steps of the three set-up scenarios: contract, account and, where one is needed, the role. */
import type { Reply } from '../cards/reply'
import { words } from '../guides/words'
import type { Contract } from '../guides/schema'
import { answerReply, withWayBack } from '../replies/answer'
import { beforeReply, box, stoppedReply } from '../replies/guide'
import type { RoleLook } from '../replies/role'
import type { GuideInput } from '../route'
import { asksForSignIn } from '../replies/role'
import { roleNeedOf, type Known, type Run } from '../runs/run'
import type { Scenario } from '../topics'
import type { Turn } from '../turn'
import { lookAtRole } from './look-at-role'
import { apply, viewOf, type Opening, type ScenarioRules } from './scenario'

const neededRole = async (turn: Turn, run: Run, fresh = false): Promise<RoleLook | undefined> =>
  roleNeedOf(viewOf(turn, run).guide) === 'buy-microsoft-365' ? lookAtRole(turn, run, { fresh }) : undefined

const isKnown = (known: Known, run: Run) => known.contract !== undefined && known.account.includes(run.topic)

const ask = (turn: Turn, run: Run, role: RoleLook | undefined, hint?: string): Reply =>
  beforeReply({ ...viewOf(turn, run), known: turn.person.known, role, ...(hint !== undefined && { hint }) })

const ruleOf = (turn: Turn, run: Run, contract: Contract) => viewOf(turn, run).guide.before?.contracts[contract]

/** Goes on, or says what stands in the way. */
const decide = (turn: Turn, run: Run, role: RoleLook | undefined): Opening => {
  const rule = ruleOf(turn, run, turn.person.known.contract ?? 'unknown')
  if (rule?.effect === 'stop') {
    const stopped = apply(turn, run, { kind: 'stop' })
    return { reply: stoppedReply(viewOf(turn, stopped), { kind: 'contract', text: rule.text ?? '' }) }
  }
  if (role?.kind === 'cannot' || role?.kind === 'can-after-activating') {
    const stopped = apply(turn, run, { kind: 'stop' })
    return { reply: stoppedReply(viewOf(turn, stopped), { kind: 'role', look: role }) }
  }
  const { t } = words(run.language)
  const hint = rule?.effect === 'note' && rule.text ? box('emphasis', t('contract.noteTitle'), rule.text) : undefined
  return { event: { kind: 'proceed' }, ...(hint && { hint }) }
}

const open = async (turn: Turn, run: Run, { begins }: { readonly begins: boolean }): Promise<Opening> => {
  const role = await neededRole(turn, run)
  // Who has yet to sign in is not sent ahead without a verdict.
  const isOpen = role?.kind === 'unknown' && asksForSignIn(role.reason)
  if (begins && !isOpen && isKnown(turn.person.known, run)) return decide(turn, run, role)
  return { reply: run.stage === 'stopped' ? stoppedCard(turn, run, role) : ask(turn, run, role) }
}

/** A stopped run shows why; when that no longer holds, it asks again. */
const stoppedCard = (turn: Turn, run: Run, role: RoleLook | undefined): Reply => {
  const outcome = decide(turn, run, role)
  return 'reply' in outcome ? outcome.reply : ask(turn, run, role)
}

/** A stop that still stands is said again; any other outcome is shown before the person goes on. */
const isRefusedAgain = ({ stage }: Run, role: RoleLook | undefined): boolean =>
  stage === 'stopped' && (role?.kind === 'cannot' || role?.kind === 'can-after-activating')

const answer = async (turn: Turn, run: Run, { verb, inputs }: GuideInput): Promise<Opening> => {
  const { t } = words(run.language)
  const role = await neededRole(turn, run, verb === 'check-again')
  const { known } = turn.person
  const contract = inputs.contract ?? known.contract
  const account = inputs.account === 'yes' && !known.account.includes(run.topic) ? [...known.account, run.topic] : known.account
  turn.person = { ...turn.person, known: { ...(contract && { contract }), account } }
  if (verb === 'check-again' && !isRefusedAgain(run, role)) return { reply: ask(turn, apply(turn, run, { kind: 'back' }), role) }
  if (inputs.account === 'no') return { reply: accountReply(turn, run) }
  if (contract !== undefined && ruleOf(turn, run, contract)?.effect === 'stop') return decide(turn, run, role)
  if (!isKnown(turn.person.known, run)) return { reply: ask(turn, run, role, t('guide.answerFirst')) }
  return decide(turn, run, role)
}

/** Not sure about the account: what to use and why, with the way back to the question. */
const accountReply = (turn: Turn, run: Run): Reply =>
  withWayBack(answerReply({ topic: 'which-account', language: run.language, publicUrl: turn.services.publicUrl }), run)

export const setUpScenario = (topic: Scenario): ScenarioRules => ({ topic, open, answer })
