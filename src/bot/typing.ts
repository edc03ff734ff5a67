/** When does "… is typing" appear? When an answer takes longer than people wait without a sign, e.g. while a role is looked up. */
import type { TurnContext } from 'botbuilder'

const patienceMs = 1_000

/** The work's outcome. The sign is sent at most once, never after the answer, and one that fails, or hangs, is no failure of the turn. */
export const withTyping = async <T>(context: TurnContext, work: Promise<T>): Promise<T> => {
  if (context.activity.type !== 'message') return work
  let sign: Promise<unknown> = Promise.resolve()
  const timer = setTimeout(() => {
    sign = context.sendActivity({ type: 'typing' }).catch(() => undefined)
  }, patienceMs)
  try {
    return await work
  } finally {
    clearTimeout(timer)
    await Promise.race([sign, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())])
  }
}
