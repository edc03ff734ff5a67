/** "What is my role?": the live look-up first, the way to look by hand behind it. */
import { roleReply } from '../replies/role'
import type { Run } from '../runs/run'
import { answerWith, type Turn } from '../turn/turn'
import { lookAtRole } from './look-at-role'
import type { Opening, ScenarioRules } from './scenario'

const look = async (turn: Turn, run: Run, fresh: boolean): Promise<Opening> => {
  const found = await lookAtRole(turn, run, { fresh })
  return answerWith(found.turn, roleReply(run, found.look))
}

export const checkRole: ScenarioRules = {
  topic: 'check-role',
  open: (turn, run) => look(turn, run, false),
  answer: async (turn, run, { verb }) => (verb === 'check-again' ? look(turn, run, true) : { turn, event: { kind: 'proceed' } }),
}
