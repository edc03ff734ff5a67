/** How is it made sure that the person gets an answer that was kept? It is shown, what became of it is noted, and nothing that fails here undoes the turn. */
import type { Reply } from '../cards/reply'
import { createDeadline, endingBefore, within } from '../deadline'
import { whoOf } from '../log'
import type { Loaded, Records } from '../runs/records'
import { ConflictError } from '../runs/store'
import type { TurnOutcome } from '../telemetry/watch'
import type { Form } from './activity'
import { arrivalOf } from './incoming'
import { deliver, NotShownError } from './deliver'
import { SignInError } from './own-sign-in'
import { isInvoke, reserve, type Around, type BotParts } from './parts'

export interface ShowOptions extends Form {
  readonly replaces?: string | undefined
  /** For nobody but whoever asked. */
  readonly only?: boolean
  /** It is replaced by text too. */
  readonly mends?: boolean | undefined
  /** The log line when it could not be shown. */
  readonly otherwise?: string
}

const owed = 'an answer could not be shown; it is owed'

/** A turn that was kept stands, whatever happens while it is shown: nobody is told that it was not carried out. */
export const standing = async <T>(work: () => Promise<T>, around: Around, { log }: BotParts): Promise<T | undefined> => {
  try {
    return await work()
  } catch (error) {
    log.error({ error, fix: 'Report it: this is a fault of the bot. What is owed is shown with the person’s next word.' }, owed)
    around.watch.became('owed')
    around.respond({ status: isInvoke(around) ? 500 : 200 })
    return undefined
  }
}

export interface Attempt {
  /** Undefined when it could not be shown. */
  readonly shown: { readonly id: string | undefined } | undefined
  /** What Teams answered then, if it did. */
  readonly status?: number | undefined
}

/** As a message. */
export const show = async (reply: Reply, around: Around, options: ShowOptions, parts: Pick<BotParts, 'log'>): Promise<Attempt['shown']> =>
  (await tryToShow(reply, around, options, parts)).shown

/** For whoever wrote or pressed alone; where that cannot be done, everybody is shown what is said in its place. */
export const showOnly = async (
  { reply, instead }: { readonly reply: Reply; readonly instead: Reply },
  around: Around,
  options: ShowOptions,
  parts: BotParts,
): Promise<Attempt['shown']> => {
  const soon = { ...around, deadline: endingBefore(around.deadline, reserve.afterTargeted) }
  const otherwise = 'a message for one person alone could not be shown; everybody is shown a line in its place'
  return (await show(reply, soon, { ...options, replaces: undefined, only: true, otherwise }, parts)) ?? show(instead, around, options, parts)
}

/** The same as `show`, with what stood in the way. */
export const tryToShow = async (
  reply: Reply,
  { context, deadline, respond, watch }: Around,
  { otherwise = owed, ...options }: ShowOptions,
  { log }: Pick<BotParts, 'log'>,
): Promise<Attempt> => {
  try {
    const { id, refused } = await watch.during('show', () => deliver(context, reply, { ...options, deadline: endingBefore(deadline, reserve.afterShowing) }))
    if (refused !== undefined)
      log.warn(
        { statusCode: refused, fix: 'None if rare: the words were sent in its place. If Teams refuses this card always, report it.' },
        'a card was refused by Teams',
      )
    return { shown: { id } }
  } catch (error) {
    if (!(error instanceof NotShownError)) throw error
    const key = arrivalOf(context.activity)?.sender.key
    log.error({ error: error.cause, statusCode: error.statusCode, ...(key !== undefined && { who: whoOf(key) }), ...aboutFailure(error) }, otherwise)
    // Nobody can be written to, so the Bot Service is told; it may deliver again, and shows its errors to the operator.
    if (error.cause instanceof SignInError) respond({ status: 503 })
    return { shown: undefined, status: error.statusCode }
  }
}

/** What a turn came to that was kept. */
export const becameOf = ({ isRepeated }: { readonly isRepeated?: true }, shown: object | undefined): TurnOutcome => {
  if (!shown) return 'owed'
  return isRepeated ? 'repeated' : 'answered'
}

interface About {
  readonly cause: string
  readonly setting?: string
  readonly fix: string
}

const stands = 'What is owed is shown with the person’s next word.'
const left: About = { cause: 'the bot was removed or blocked in this chat', fix: `None. ${stands}` }
const unfit: About = { cause: 'Teams takes neither the card nor its words', fix: `Report it: this is a fault of the bot. ${stands}` }

/** What it means that Teams refused, and what to do about it. */
const byStatus: Readonly<Record<number, About>> = {
  400: unfit,
  401: {
    cause: 'Teams does not take the bot’s token',
    setting: 'MicrosoftAppId',
    fix: `Check MicrosoftAppId, its credential and MicrosoftAppType, and that the Azure Bot has the Teams channel. ${stands}`,
  },
  403: left,
  404: left,
  412: { cause: 'several things were written to this chat at once', fix: `None if rare. ${stands}` },
  413: unfit,
  429: { cause: 'Teams takes no more from this bot at the moment', fix: `None if rare; otherwise spread what is sent to many people at once. ${stands}` },
}
const passing: About = { cause: 'Teams failed, or did not answer in time', fix: `None if rare; otherwise check the way to the connector of Teams. ${stands}` }

const aboutFailure = ({ cause, statusCode }: NotShownError): About => {
  if (!(cause instanceof SignInError)) return byStatus[statusCode ?? 0] ?? passing
  const { code, setting, fix } = cause
  return { cause: `the bot could not sign in (${code})`, setting, fix }
}

/** A note is made anew when somebody else wrote in between, and is not waited for long: the next word is. */
const mostNotes = 5
const noteMs = 1_000

/** Only says of a kept turn what became of it; should it get lost, an answer is shown once more. Never throws. */
export const note = async <R>(
  records: Records<R>,
  key: string,
  loaded: Loaded<R>,
  change: (record: R) => R,
  { deadline, watch }: Around,
  { log }: BotParts,
): Promise<void> => {
  let present = loaded
  const time = createDeadline(Math.min(noteMs, deadline.remainingMs()))
  try {
    for (let attempt = 1; ; attempt += 1) {
      const after = change(present.record)
      if (after === present.record) return
      try {
        await watch.during('write', () => within(time, records.keep(key, present, after)))
        return
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt >= mostNotes) throw error
        present = await within(time, records.load(key))
      }
    }
  } catch (error) {
    log.warn(
      { error, who: whoOf(key), setting: 'STATE_STORE', fix: 'None if rare: an answer is shown once more. Otherwise check that the store can be written.' },
      'it could not be noted whether an answer was shown',
    )
  }
}
