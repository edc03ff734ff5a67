/** The turn travels with botbuilder's context, and the dialog stack is made anew from the run: nothing of it is stored. */
import type { TurnContext } from 'botbuilder'
import type { DialogState } from 'botbuilder-dialogs'
import { openRun } from '../runs/person'
import type { Turn } from '../turn'

const key = Symbol('OneTenant turn')

export const attachTurn = (context: TurnContext, turn: Turn): void => void context.turnState.set(key, turn)

export const turnOf = (context: TurnContext): Turn => context.turnState.get<Turn>(key)

export const rootId = 'root'

/** Root, and on it the dialog of the open run's scenario, as if they had been kept since the last turn. */
export const stackOf = ({ person, incoming }: Turn): DialogState => {
  const run = openRun(person, incoming.chat)
  if (!run) return { dialogStack: [] }
  const inner: DialogState = { dialogStack: [{ id: run.topic, state: {} }] }
  return { dialogStack: [{ id: rootId, state: { dialogs: inner } }] }
}
