/** Who the directory is asked for: the person as they signed in, or the app where nobody signs in. */
import type { ActionData } from '../cards/action'
import type { Caller } from '../directory'
import { chatOf, isWaitedFor } from '../runs/person'
import type { Turn } from '../turn'

/** Only where nobody reads along. `waiting`: what goes on once the person has signed in, should they have to. */
export const callerOf = async (turn: Turn, waiting: Omit<ActionData, 'lang'>): Promise<Caller> => {
  const { tenantId, objectId } = turn.incoming
  if (!turn.signIn) return { tenantId, objectId }
  const found = await turn.signIn.caller()
  if (turn.wantsToSignIn && found.token) await turn.signIn.signOut()
  const caller = turn.wantsToSignIn ? await turn.signIn.caller() : found
  if (caller.without === 'sign-in-first') turn.toSignIn = toSignIn(turn, { ...waiting, lang: turn.language })
  return caller
}

/** Asked for once: not while a sign-in is waited for, and after a “no” only when the person wants it. */
const toSignIn = (turn: Turn, waiting: ActionData): Turn['toSignIn'] => {
  const now = turn.services.now()
  const { signIn } = chatOf(turn.person, turn.incoming.chat, now)
  if (turn.wantsToSignIn || !signIn) return { waiting, ask: true }
  return signIn.over ? undefined : { waiting, ask: !isWaitedFor(signIn, now) }
}
