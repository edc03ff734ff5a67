/** The one place where a reply becomes activities: a new message, an updated card, or the answer to a press. */
import { CardFactory, InputHints, type Activity, type TurnContext } from 'botbuilder'
import { render } from '../cards/render'
import type { Reply } from '../cards/reply'
import { words } from '../guides/words'

const asActivity = (reply: Reply, plain: boolean): Partial<Activity> => {
  const common = { type: 'message', summary: reply.summary, locale: reply.page.language, inputHint: InputHints.AcceptingInput }
  return plain
    ? { ...common, text: reply.text, textFormat: 'markdown' }
    : { ...common, attachments: [CardFactory.adaptiveCard(render(reply))] }
}

export interface SendOptions {
  /** The person asked for text without cards. */
  readonly plain: boolean
  /** Others see the message too. */
  readonly shared: boolean
  /** The pressed card belongs to a guide and moves; other cards stay for those who read along. */
  readonly movesCard: boolean
}

/** A card of its own, for whoever wrote. */
export const asAnswer: SendOptions = { plain: false, shared: false, movesCard: true }

export const send = async (context: TurnContext, reply: Reply, options: SendOptions): Promise<void> => {
  if (context.activity.type === 'invoke') return answerPress(context, reply, options)
  const pressed = context.activity.value !== undefined && context.activity.replyToId !== undefined
  const inPlace = pressed && !options.plain && !leavesCard(reply, options)
  if (inPlace && (await update(context, reply))) return
  await context.sendActivity(asActivity(reply, options.plain))
}

const leavesCard = ({ notice }: Reply, { shared, movesCard }: SendOptions) => notice !== undefined || (shared && !movesCard)

/** A press is answered inside its invoke; what others see as well is changed for them too. */
const answerPress = async (context: TurnContext, reply: Reply, options: SendOptions): Promise<void> => {
  const { language } = reply.page
  if (reply.notice !== undefined) return answerInvoke(context, 200, noticeType, reply.notice)
  if (leavesCard(reply, options)) {
    await context.sendActivity(asActivity(reply, options.plain))
    return answerInvoke(context, 200, noticeType, words(language).t('talk.below'))
  }
  await answerInvoke(context, 200, 'application/vnd.microsoft.card.adaptive', render(reply))
  if (options.shared) await update(context, reply)
}

const noticeType = 'application/vnd.microsoft.activity.message'

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
