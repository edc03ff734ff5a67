/** The role of the person who asks, for the card of a run; only where nobody reads along. */
import type { RoleLook } from '../replies/role'
import type { Run } from '../runs/run'
import { isShared, type Turn } from '../turn'
import { callerOf } from './caller'

/** `fresh`: not what was read a moment ago. */
export const lookAtRole = async (turn: Turn, run: Run, { fresh }: { readonly fresh: boolean }): Promise<RoleLook> => {
  if (isShared(turn)) return { kind: 'shared' }
  const { directory } = turn.services
  const caller = await callerOf(turn, { verb: 'check-again', topic: run.topic, run: run.id })
  const [verdict, standing] = await Promise.all([directory.checkRole(caller, 'buy-microsoft-365', { fresh }), directory.standing(caller)])
  return { ...verdict, standing, signedIn: caller.token !== undefined }
}
