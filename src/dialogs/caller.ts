/** Who the directory is asked for: the person as they signed in, or the app where nobody signs in. */
import type { ActionData } from '../cards/action'
import type { Caller } from '../directory'
import { isCuredBySignIn } from '../replies/role'
import { chatOf, isWaitedFor } from '../runs/person'
import type { Turn } from '../turn'

/** Only where nobody reads along. `waiting`: what goes on once the person has signed in, should they have to. */
export const callerOf = async (turn: Turn, waiting: Omit<ActionData, 'lang'>): Promise<Caller> => {
  const { tenantId, objectId } = turn.incoming
  if (!turn.signIn) return { tenantId, objectId }
  const found = await turn.signIn.caller()
  const caller = turn.wantsToSignIn && found.token && (await isUseless(turn, found)) ? await withoutToken(turn, found) : found
  if (caller.without !== 'sign-in-first') return caller
  turn.toSignIn = toSignIn(turn, { ...waiting, lang: turn.language })
  return turn.toSignIn ? caller : { ...caller, without: 'sign-in-declined' }
}

/** A button to sign in stays on older cards: who signed in since keeps their token, unless another one is what helps. */
const isUseless = async ({ services }: Turn, caller: Caller): Promise<boolean> => {
  const verdict = await services.directory.checkRole(caller, 'buy-microsoft-365', { fresh: true })
  return verdict.kind === 'unknown' && isCuredBySignIn(verdict.reason)
}

const withoutToken = async ({ signIn }: Turn, { tenantId, objectId }: Caller): Promise<Caller> => {
  const gone = await signIn?.signOut()
  return { tenantId, objectId, without: gone ? 'sign-in-first' : 'sign-in-unavailable' }
}

/** Asked for once: not while a sign-in is waited for, and after a “no” only when the person wants it. */
const toSignIn = (turn: Turn, waiting: ActionData): Turn['toSignIn'] => {
  const now = turn.services.now()
  const { signIn } = chatOf(turn.person, turn.incoming.chat, now)
  if (turn.wantsToSignIn || !signIn) return { waiting, ask: true }
  return signIn.over ? undefined : { waiting, ask: !isWaitedFor(signIn, now) }
}
