/** What does the bot work with, and what surrounds one turn of it? */
import type { TurnContext } from 'botbuilder'
import type { Logger } from 'pino'
import { endingBefore, TimeUpError, type Deadline } from '../deadline'
import type { Directory } from '../directory'
import type { Counts } from '../insight/counts'
import type { PersonRecord, ThreadRecord } from '../runs/record'
import type { Records } from '../runs/records'
import type { TurnWatch } from '../telemetry/watch'
import type { Services } from '../turn/services'
import type { TurnAnswer } from './activity'
import type { SignIns } from './sign-in'

export interface BotParts {
  readonly services: Omit<Services, 'privateChatUrl'>
  readonly directory: Directory
  /** For the activity's cloud, with a text for the compose box. */
  readonly privateChatUrl: (serviceUrl: string, text?: string) => string
  readonly people: Records<PersonRecord>
  readonly threads: Records<ThreadRecord>
  /** Undefined: nobody signs in. */
  readonly signIns: SignIns | undefined
  readonly allowedTenants: readonly string[]
  /** Thumbs and questions that were not understood. */
  readonly counts: Counts
  /** What people write beside a thumb is kept. */
  readonly keepsFeedbackText: boolean
  readonly log: Logger
}

/** What surrounds one turn. */
export interface Around {
  readonly context: TurnContext
  readonly deadline: Deadline
  /** Gives the HTTP answer, once; what is done afterwards holds nobody up. */
  readonly respond: (answer: TurnAnswer) => void
  readonly watch: TurnWatch
}

export const ok: TurnAnswer = { status: 200 }

export const isInvoke = ({ context }: Pick<Around, 'context'>): boolean => context.activity.type === 'invoke'

/** The answer to a press of Action.Execute is a card in its HTTP answer; the other invokes have none. */
export const answersPress = ({ context }: Pick<Around, 'context'>): boolean => isInvoke({ context }) && context.activity.name === 'adaptiveCard/action'

/** The card that was pressed by the Submit fallback, which older clients press. */
export const submittedCard = ({ context: { activity } }: Pick<Around, 'context'>): string | undefined =>
  activity.type === 'message' && activity.value !== undefined ? activity.replyToId : undefined

export const servicesFor = ({ services, privateChatUrl }: BotParts, { context }: Around): Services => ({
  ...services,
  privateChatUrl: (text) => privateChatUrl(context.activity.serviceUrl, text),
})

/** All that a turn does, from its first look at the store to the last attempt to send. Teams gives up after some 15 s. */
export const turnMs = 9_000

/** What of a turn's time is left for what comes afterwards, in milliseconds. */
export const reserve = {
  /** When somebody's private chat has to be open: for the turn that is taken there. */
  afterOpening: 3_500,
  /** When the turn there has to be over: for the line about it where it was asked for. */
  afterPrivateTurn: 1_400,
  /** When it has to be known whether one person alone could be shown something: for a line for everybody. */
  afterTargeted: 1_000,
  /** When it has to be decided: for keeping and showing. */
  afterDeciding: 2_000,
  /** When it has to be kept: for showing it, or for saying that it could not be kept. */
  afterKeeping: 1_000,
  /** When it has to be shown: for noting what became of it. */
  afterShowing: 400,
} as const

/** Time that is left before the reserve. @throws TimeUpError when there is none: nothing may be begun then that cannot be taken back. */
export const timeFor = ({ deadline }: Around, reserveMs: number): Deadline => {
  if (deadline.remainingMs() <= reserveMs) throw new TimeUpError()
  return endingBefore(deadline, reserveMs)
}
