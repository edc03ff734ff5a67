/** "… is typing" when an answer takes longer than people wait without a sign, e.g. while a role is looked up. */
import type { TurnContext } from 'botbuilder'

const patienceMs = 1_000

/** Runs the work; the sign is sent at most once, never after the answer, and a failing sign is no failure of the turn. */
export const withTyping = async (context: TurnContext, work: () => Promise<void>): Promise<void> => {
  if (context.activity.type !== 'message') return work()
  let sign: Promise<unknown> = Promise.resolve()
  const timer = setTimeout(() => {
    sign = context.sendActivity({ type: 'typing' }).catch(() => undefined)
  }, patienceMs)
  try {
    await work()
  } finally {
    clearTimeout(timer)
    await sign
  }
}
