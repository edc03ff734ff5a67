/** Who is the directory asked for: the person as they signed in, or the app where nobody signs in? */
import type { Caller } from '../directory'
import { isCuredBySignIn } from '../replies/role'
import { signInReply } from '../replies/sign-in'
import { planSignIn } from '../turn/sign-in'
import type { Turn } from '../turn/turn'
import type { ActionData } from '../verbs/action'

export interface Asking {
  readonly turn: Turn
  readonly caller: Caller
}

/** `waiting`: what goes on once the person has signed in, should they have to. */
export const findCaller = async (turn: Turn, waiting: Omit<ActionData, 'lang'>): Promise<Asking> => {
  const { caller: ask, now } = turn.services
  const found = await ask()
  const action: ActionData = { ...waiting, lang: turn.language }
  const [after, caller] = turn.wantsToSignIn && found.token && (await isUseless(turn, found)) ? withoutToken(turn, found, action) : [turn, found]
  if (caller.without !== 'sign-in-first') return { turn: after, caller }
  const plan = planSignIn(after.view, action, { wanted: after.wantsToSignIn, now: now() })
  return plan ? { turn: { ...after, signIn: plan }, caller } : { turn: after, caller: { ...caller, without: 'sign-in-declined' } }
}

/** A button to sign in stays on older cards: who signed in since keeps their token, unless another one is what helps. */
const isUseless = async ({ services }: Turn, caller: Caller): Promise<boolean> => {
  const verdict = await services.directory.checkRole(caller, 'buy-microsoft-365', { fresh: true })
  return verdict.kind === 'unknown' && isCuredBySignIn(verdict.reason)
}

const withoutToken = (turn: Turn, { tenantId, objectId }: Caller, waiting: ActionData): [Turn, Caller] => [
  { ...turn, effects: [...turn.effects, { kind: 'sign-out', otherwise: signInReply(turn.language, 'sign-in-unavailable', waiting) }] },
  { tenantId, objectId, without: 'sign-in-first' },
]
