/** "Is it one tenant now?": the three findings first, with what the person gives to look up; the comparison by hand behind them. */
import type { Inputs } from '../cards/action'
import { words, type Phrase } from '../guides/words'
import { askProofReply, proofReply, sharedProofReply } from '../replies/proof'
import type { GuideInput } from '../route'
import type { Run } from '../runs/run'
import { isShared, type Turn } from '../turn'
import { keep, prove, type Opening, type ScenarioRules } from './scenario'

const look = async (turn: Turn, run: Run, { subscription, domain }: Inputs = {}): Promise<Opening> => {
  if (isShared(turn)) return { reply: sharedProofReply(run, turn.services.privateChatUrl) }
  const { proof, run: after } = await prove(turn, run, { subscriptionId: subscription, domain })
  const { azure, domain: named } = proof
  if (azure.answer === 'unknown' && azure.reason === 'invalid-input') return refused(turn, run, 'proof.invalidSubscription')
  return named?.kind === 'invalid' ? refused(turn, run, 'proof.invalidDomain') : { reply: proofReply(after, proof) }
}

/** Bad input changes nothing: the run is put back to what it was. */
const refused = (turn: Turn, run: Run, why: Phrase): Opening => {
  keep(turn, run)
  return { reply: askProofReply(run, words(run.language).t(why)) }
}

const answer = async (turn: Turn, run: Run, { verb, inputs }: GuideInput): Promise<Opening> => {
  if (verb === 'check-again') return look(turn, run)
  if (verb !== 'look-up') return { event: { kind: 'proceed' } }
  const given = (value: string | undefined) => value?.trim() || undefined
  const [subscription, domain] = [given(inputs.subscription), given(inputs.domain)]
  if (!subscription && !domain && !isShared(turn)) return refused(turn, run, 'proof.nothing')
  return look(turn, run, { subscription, domain })
}

export const verifySetup: ScenarioRules = { topic: 'verify-setup', open: (turn, run) => look(turn, run), answer }
