/** How does an answer get to the person? As a new message or in place of a card, in the form that fits, and what if it cannot? */
import type { Activity, TurnContext } from 'botbuilder'
import { within, type Deadline } from '../deadline'
import type { Reply } from '../cards/reply'
import { asActivity, asShort, type Form } from './activity'
import { asTargeted } from './targeted'

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

/** What Teams answered, when it did. */
export const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined

export interface DeliveryOptions extends Form {
  /** The message whose place the answer takes; when that fails, a new one carries it. */
  readonly replaces?: string | undefined
  /** For nobody but whoever wrote or pressed: others in the chat do not see it. */
  readonly only?: boolean
  /** It is replaced by text too; a card that was pressed is not. */
  readonly mends?: boolean | undefined
  readonly deadline: Deadline
}

export interface Delivered {
  /** Of the message that now shows the reply, when Teams tells it. */
  readonly id: string | undefined
  /** What Teams answered to the card, whose words were sent in its place. */
  readonly refused?: number
}

/** @throws NotShownError */
export const deliver = async (context: TurnContext, reply: Reply, options: DeliveryOptions): Promise<Delivered> => {
  const { plain, replaces, mends } = options
  if (replaces !== undefined && (!plain || mends) && (await replaceCard(context, reply, replaces, options))) return { id: replaces }
  return sendNew(context, reply, options)
}

/** What can be sent in place of a message that Teams does not take as it is: too big, or not a card it understands. */
const otherForm: Readonly<Record<number, (reply: Reply, form: Form) => Partial<Activity>>> = {
  400: (reply, { signIn }) => asActivity(reply, { plain: true, signIn }),
  413: asShort,
}

const sendNew = async (context: TurnContext, reply: Reply, { deadline, only, ...form }: DeliveryOptions): Promise<Delivered> => {
  const send = async (activity: Partial<Activity>) => (await within(deadline, context.sendActivity(only ? asTargeted(activity, context) : activity)))?.id
  try {
    return { id: await send(asActivity(reply, form)) }
  } catch (error) {
    const refused = statusOf(error)
    const other = refused === undefined ? undefined : otherForm[refused]
    if (refused === undefined || !other) throw new NotShownError(refused, { cause: error })
    try {
      return { id: await send(other(reply, form)), refused }
    } catch (again) {
      throw new NotShownError(statusOf(again), { cause: again })
    }
  }
}

/** With all that comes before its one attempt; leaves time for a message in its place. */
const updateMs = 4_000

/** False when the card could not be changed, for whatever reason. */
export const replaceCard = async (
  context: TurnContext,
  reply: Reply,
  id: string,
  { deadline, ...form }: Form & Pick<DeliveryOptions, 'deadline'>,
): Promise<boolean> => {
  const timer = AbortSignal.timeout(updateMs)
  try {
    const update = context.updateActivity({ ...asActivity(reply, form), id, conversation: context.activity.conversation })
    await within({ signal: AbortSignal.any([timer, deadline.signal]), remainingMs: deadline.remainingMs }, update)
    return true
  } catch {
    return false
  }
}
