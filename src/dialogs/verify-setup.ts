/** "Is it one tenant now?": the three findings first, with what the person gives to look up; the comparison by hand behind them. */
import type { Inputs } from '../cards/action'
import { words, type Phrase } from '../guides/words'
import { askProofReply, keptProofReply, proofReply, sharedProofReply } from '../replies/proof'
import type { GuideInput } from '../route'
import type { Run } from '../runs/run'
import { isShared, type Turn } from '../turn'
import { couldSignIn, givenIn, keep, prove, type Opening, type ScenarioRules } from './scenario'

const look = async (turn: Turn, run: Run, inputs: Inputs): Promise<Opening> => {
  if (isShared(turn)) return { reply: sharedProofReply(run, turn.services.privateChatUrl) }
  const given = givenIn(inputs)
  const { proof, problem, run: after } = await prove(turn, run, given)
  return problem ? refused(turn, run, problem) : { reply: proofReply(after, proof, given) }
}

/** Bad input changes nothing: the run is put back to what it was. */
const refused = (turn: Turn, run: Run, why: Phrase): Opening => {
  keep(turn, run)
  return { reply: askProofReply(run, words(run.language).t(why)) }
}

const answer = async (turn: Turn, run: Run, { verb, inputs }: GuideInput): Promise<Opening> => {
  if (verb === 'check-again') return look(turn, run, inputs)
  if (verb !== 'look-up') return { event: { kind: 'proceed' } }
  const { subscription, domain } = givenIn(inputs)
  if (!subscription && !domain && !isShared(turn)) return refused(turn, run, 'proof.nothing')
  return look(turn, run, inputs)
}

/** What was found is not looked up again, with less to go by, because the person came back to it. */
const open: ScenarioRules['open'] = async (turn, run, { begins }) =>
  !begins && run.proof && !isShared(turn) ? { reply: keptProofReply(run, run.proof, { signIn: await couldSignIn(turn, run) }) } : look(turn, run, {})

export const verifySetup: ScenarioRules = { topic: 'verify-setup', open, answer }
