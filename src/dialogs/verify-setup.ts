/** "Is it one tenant now?": the three findings first, with what the person gives to look up; the comparison by hand behind them. */
import { words, type Phrase } from '../guides/words'
import { askProofReply, keptProofReply, proofReply } from '../replies/proof'
import type { Run } from '../runs/run'
import { answerWith, withOpenRun, type Answered, type Turn } from '../turn/turn'
import type { Inputs } from '../verbs/action'
import { couldSignIn, givenIn, prove } from './prove'
import type { ScenarioRules } from './scenario'

const look = async (turn: Turn, run: Run, inputs: Inputs, fresh: boolean): Promise<Answered> => {
  const given = givenIn(inputs)
  const { turn: after, proof, problem, run: proved } = await prove(turn, run, given, { fresh })
  return problem ? refuse(after, run, problem) : answerWith(after, proofReply(proved, proof, given, turn.incoming.timeZone))
}

/** Bad input changes nothing: the run stays what it was. */
const refuse = (turn: Turn, run: Run, why: Phrase): Answered => answerWith(withOpenRun(turn, run), askProofReply(run, words(run.language).t(why)))

const answer: ScenarioRules['answer'] = async (turn, run, { verb, inputs }) => {
  if (verb === 'check-again') return look(turn, run, inputs, true)
  if (verb !== 'look-up') return { turn, event: { kind: 'proceed' } }
  const { subscription, domain } = givenIn(inputs)
  return subscription || domain ? look(turn, run, inputs, false) : refuse(turn, run, 'proof.nothing')
}

/** What was found is not looked up again, with less to go by, because the person came back to it. */
const open: ScenarioRules['open'] = async (turn, run, { begins }) =>
  !begins && run.proof
    ? answerWith(turn, keptProofReply(run, run.proof, { signIn: await couldSignIn(turn, run), timeZone: turn.incoming.timeZone }))
    : look(turn, run, {}, false)

export const verifySetup: ScenarioRules = { topic: 'verify-setup', open, answer }
