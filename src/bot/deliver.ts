/** How does an answer get to the person? As a new message or in place of a card, in the form that fits, and what if it cannot? */
import type { TurnContext } from 'botbuilder'
import { within, type Deadline } from '../deadline'
import type { Reply } from '../cards/reply'
import { asActivity, asShort } from './activity'

/** Nothing more can be done about it in this turn. */
export class NotShownError extends Error {
  constructor(
    /** What Teams answered, when it did. */
    readonly statusCode: number | undefined,
    options: ErrorOptions,
  ) {
    super('The answer could not be shown.', options)
    this.name = 'NotShownError'
  }
}

const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined

const tooBig = 413

export interface DeliveryOptions {
  /** The person asked for text without cards. */
  readonly plain: boolean
  /** The message whose place the answer takes; when that fails, a new one carries it. */
  readonly replaces?: string | undefined
  readonly deadline: Deadline
}

/** Answers the id of the message that now shows the reply, when Teams tells it. @throws NotShownError */
export const deliver = async (context: TurnContext, reply: Reply, options: DeliveryOptions): Promise<string | undefined> => {
  const { plain, replaces } = options
  if (replaces !== undefined && !plain && (await replaceCard(context, reply, replaces, options))) return replaces
  return sendNew(context, reply, options)
}

const sendNew = async (context: TurnContext, reply: Reply, { plain, deadline }: DeliveryOptions): Promise<string | undefined> => {
  try {
    return (await within(deadline, context.sendActivity(asActivity(reply, plain))))?.id
  } catch (error) {
    if (statusOf(error) !== tooBig) throw new NotShownError(statusOf(error), { cause: error })
  }
  try {
    return (await within(deadline, context.sendActivity(asShort(reply))))?.id
  } catch (error) {
    throw new NotShownError(statusOf(error), { cause: error })
  }
}

/** Leaves time for a message in its place. */
const updateMs = 4_000

/** False when the card could not be changed, for whatever reason. */
export const replaceCard = async (context: TurnContext, reply: Reply, id: string, { deadline }: Pick<DeliveryOptions, 'deadline'>): Promise<boolean> => {
  const timer = AbortSignal.timeout(updateMs)
  try {
    const update = context.updateActivity({ ...asActivity(reply, false), id, conversation: context.activity.conversation })
    await within({ signal: AbortSignal.any([timer, deadline.signal]), remainingMs: deadline.remainingMs }, update)
    return true
  } catch {
    return false
  }
}
