/** "What is my role?": the live look-up first, the way to look by hand behind it. */
import { roleReply } from '../replies/role'
import type { GuideInput } from '../route'
import type { Run } from '../runs/run'
import type { Turn } from '../turn'
import { lookAtRole } from './look-at-role'
import type { Opening, ScenarioRules } from './scenario'

const look = async (turn: Turn, run: Run, fresh: boolean): Promise<Opening> => ({
  reply: roleReply(run, await lookAtRole(turn, run, { fresh }), turn.services.privateChatUrl),
})

const answer = async (turn: Turn, run: Run, { verb }: GuideInput): Promise<Opening> =>
  verb === 'check-again' ? look(turn, run, true) : { event: { kind: 'proceed' } }

export const checkRole: ScenarioRules = { topic: 'check-role', open: (turn, run) => look(turn, run, false), answer }
