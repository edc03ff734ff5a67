/** The one place where a reply becomes activities: a new message, an updated card, or the answer to a press. */
import { CardFactory, InputHints, type Activity, type TurnContext } from 'botbuilder'
import { render } from '../cards/render'
import type { Reply } from '../cards/reply'
import { words } from '../guides/words'

export const asActivity = (reply: Reply, plain: boolean): Partial<Activity> => {
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
  /** The message that the reply replaces; when it is gone, or unknown, a new one carries it. */
  readonly replaces?: string | undefined
}

/** A card of its own, for whoever wrote. */
export const asAnswer: SendOptions = { plain: false, shared: false, movesCard: true }

/** Answers the id of the message that now shows the reply, when it is known. */
export const send = async (context: TurnContext, reply: Reply, options: SendOptions): Promise<string | undefined> => {
  if (isPress(context)) return answerPress(context, reply, options)
  const id = options.replaces ?? pressedCard(context)
  if (id !== undefined && !options.plain && !leavesCard(reply, options) && (await update(context, reply, id))) return id
  return sendNew(context, reply, options)
}

const isPress = ({ activity: { type, name } }: TurnContext) => type === 'invoke' && name === 'adaptiveCard/action'

/** By the Submit fallback, which older clients press. */
const pressedCard = ({ activity: { type, value, replyToId } }: TurnContext) => (type === 'message' && value !== undefined ? replyToId : undefined)

const sendNew = async (context: TurnContext, reply: Reply, { plain }: SendOptions) => (await context.sendActivity(asActivity(reply, plain)))?.id

const leavesCard = ({ notice }: Reply, { shared, movesCard }: SendOptions) => notice !== undefined || (shared && !movesCard)

/** A press is answered inside its invoke; what others see as well is changed for them too. */
const answerPress = async (context: TurnContext, reply: Reply, options: SendOptions): Promise<string | undefined> => {
  const { language } = reply.page
  if (reply.notice !== undefined) {
    await answerInvoke(context, 200, noticeType, reply.notice)
    return undefined
  }
  if (leavesCard(reply, options)) {
    const id = await sendNew(context, reply, options)
    await answerInvoke(context, 200, noticeType, words(language).t('talk.below'))
    return id
  }
  await answerInvoke(context, 200, 'application/vnd.microsoft.card.adaptive', render(reply))
  const { replyToId } = context.activity
  if (options.shared && replyToId) await update(context, reply, replyToId)
  return replyToId
}

const noticeType = 'application/vnd.microsoft.activity.message'

/** False when the card is gone: then a new message has to carry the reply. */
const update = async (context: TurnContext, reply: Reply, id: string): Promise<boolean> => {
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

/** The answer to what Teams handed over of a sign-in has a body of its own kind. */
export const answerSignIn = async (context: TurnContext, { status, body }: { status: number; body?: unknown }): Promise<void> => {
  await context.sendActivity({ type: 'invokeResponse', value: { status, ...(body !== undefined && { body }) } })
}

/** Teams must always get an answer to an invoke; without one it shows a failure of its own. */
export const answerInvoke = async (context: TurnContext, status: number, type?: string, value?: unknown): Promise<void> => {
  const body = type === undefined ? undefined : { statusCode: status, type, value }
  await context.sendActivity({ type: 'invokeResponse', value: { status, ...(body && { body }) } })
}
