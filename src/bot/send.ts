/** The one place where a reply becomes activities: a new message, an updated card, or the answer to a press. */
import { CardFactory, InputHints, type Activity, type TurnContext } from 'botbuilder'
import { render } from '../cards/render'
import type { Reply } from '../cards/reply'

const asActivity = (reply: Reply, plain: boolean): Partial<Activity> => {
  const common = { type: 'message', summary: reply.summary, locale: reply.page.language, inputHint: InputHints.AcceptingInput }
  return plain
    ? { ...common, text: reply.text, textFormat: 'markdown' }
    : { ...common, attachments: [CardFactory.adaptiveCard(render(reply))] }
}

export interface SendOptions {
  /** The person asked for text without cards. */
  readonly plain: boolean
  /** Others see the message too, so a card that moved must move for them. */
  readonly shared: boolean
}

export const send = async (context: TurnContext, reply: Reply, { plain, shared }: SendOptions): Promise<void> => {
  const { activity } = context
  if (activity.type === 'invoke') {
    await answerInvoke(context, 200, 'application/vnd.microsoft.card.adaptive', render(reply))
    if (shared) await update(context, reply)
    return
  }
  const pressed = activity.value !== undefined && activity.replyToId !== undefined
  if (pressed && !plain && (await update(context, reply))) return
  await context.sendActivity(asActivity(reply, plain))
}

/** False when the card is gone: then a new message has to carry the reply. */
const update = async (context: TurnContext, reply: Reply): Promise<boolean> => {
  const id = context.activity.replyToId
  if (!id) return false
  try {
    await context.updateActivity({ ...asActivity(reply, false), id, conversation: context.activity.conversation })
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw error
  }
}

const isGone = (error: unknown) =>
  typeof error === 'object' && error !== null && 'statusCode' in error && (error.statusCode === 404 || error.statusCode === 403)

/** Teams must always get an answer to an invoke; without one it shows a failure of its own. */
export const answerInvoke = async (context: TurnContext, status: number, type?: string, value?: unknown): Promise<void> => {
  const body = type === undefined ? undefined : { statusCode: status, type, value }
  await context.sendActivity({ type: 'invokeResponse', value: { status, ...(body && { body }) } })
}
