/** Which role does the person who asks hold, for the card of a run? */
import type { Need } from '../directory'
import type { RoleLook } from '../replies/role'
import type { Run } from '../runs/run'
import type { Turn } from '../turn/turn'
import { findCaller } from './caller'

export interface Looked {
  readonly turn: Turn
  readonly look: RoleLook
}

interface Looking {
  /** Not what was read a moment ago. */
  readonly fresh: boolean
  readonly need?: Need
}

export const lookAtRole = async (turn: Turn, run: Run, { fresh, need = 'buy-microsoft-365' }: Looking): Promise<Looked> => {
  const { directory } = turn.services
  const { turn: after, caller } = await findCaller(turn, { verb: 'check-again', topic: run.topic, run: run.id })
  const [verdict, standing] = await Promise.all([directory.checkRole(caller, need, { fresh }), directory.standing(caller)])
  return { turn: after, look: { ...verdict, standing, need, signedIn: caller.token !== undefined } }
}
