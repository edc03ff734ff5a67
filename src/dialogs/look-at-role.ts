/** Which role does the person who asks hold, for the card of a run? */
import type { RoleLook } from '../replies/role'
import type { Run } from '../runs/run'
import type { Turn } from '../turn/turn'
import { findCaller } from './caller'

export interface Looked {
  readonly turn: Turn
  readonly look: RoleLook
}

/** `fresh`: not what was read a moment ago. */
export const lookAtRole = async (turn: Turn, run: Run, { fresh }: { readonly fresh: boolean }): Promise<Looked> => {
  const { directory } = turn.services
  const { turn: after, caller } = await findCaller(turn, { verb: 'check-again', topic: run.topic, run: run.id })
  const [verdict, standing] = await Promise.all([directory.checkRole(caller, 'buy-microsoft-365', { fresh }), directory.standing(caller)])
  return { turn: after, look: { ...verdict, standing, signedIn: caller.token !== undefined } }
}
