/** "What is my role?": the live look-up first, for the guide that is open beside it; the way to look by hand behind it. */
import { roleReply } from '../replies/role'
import type { Run } from '../runs/run'
import { answerWith, type Turn } from '../turn/turn'
import { lookAtRole } from './look-at-role'
import { purposeOf } from './purpose'
import type { Opening, ScenarioRules } from './scenario'

const look = async (turn: Turn, run: Run, { fresh, beside }: { readonly fresh: boolean; readonly beside: Run | undefined }): Promise<Opening> => {
  const purpose = purposeOf(beside, run.language)
  const found = await lookAtRole(turn, run, { fresh, ...(purpose && { need: purpose.need }) })
  return answerWith(found.turn, roleReply(run, found.look, purpose?.role))
}

export const checkRole: ScenarioRules = {
  topic: 'check-role',
  open: (turn, run, { beside }) => look(turn, run, { fresh: false, beside }),
  answer: async (turn, run, { verb, beside }) => (verb === 'check-again' ? look(turn, run, { fresh: true, beside }) : { turn, event: { kind: 'proceed' } }),
}
