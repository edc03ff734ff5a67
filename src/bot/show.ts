/** How is it made sure that the person gets an answer that was kept? It is shown, what became of it is noted, and nothing that fails here undoes the turn. */
import type { Reply } from '../cards/reply'
import { createDeadline, endingBefore, within } from '../deadline'
import { whoOf } from '../log'
import type { Loaded, Records } from '../runs/records'
import { ConflictError } from '../runs/store'
import { arrivalOf } from './incoming'
import { deliver, NotShownError } from './deliver'
import type { TurnOutcome } from '../telemetry/watch'
import { isInvoke, reserve, type Around, type BotParts } from './parts'

export interface ShowOptions {
  /** The person asked for text without cards. */
  readonly plain: boolean
  readonly replaces?: string | undefined
  /** The log line when it could not be shown. */
  readonly otherwise?: string
}

const owed = 'an answer could not be shown; it is owed'

/** A turn that was kept stands, whatever happens while it is shown: nobody is told that it was not carried out. */
export const standing = async (work: () => Promise<void>, around: Around, { log }: BotParts): Promise<void> => {
  try {
    await work()
  } catch (error) {
    log.error({ error, fix: 'Report it: this is a fault of the bot. What is owed is shown with the person’s next word.' }, owed)
    around.watch.became('owed')
    around.respond({ status: isInvoke(around) ? 500 : 200 })
  }
}

/** As a message. Undefined when it could not be shown. */
export const show = async (
  reply: Reply,
  { context, deadline, watch }: Around,
  { otherwise = owed, ...options }: ShowOptions,
  { log }: BotParts,
): Promise<{ readonly id: string | undefined } | undefined> => {
  try {
    const { id, refused } = await watch.during('show', () => deliver(context, reply, { ...options, deadline: endingBefore(deadline, reserve.afterShowing) }))
    if (refused !== undefined)
      log.warn(
        { statusCode: refused, fix: 'None if rare: the words were sent in its place. If Teams refuses this card always, report it.' },
        'a card was refused by Teams',
      )
    return { id }
  } catch (error) {
    if (!(error instanceof NotShownError)) throw error
    const key = arrivalOf(context.activity)?.sender.key
    log.error({ error: error.cause, statusCode: error.statusCode, ...(key !== undefined && { who: whoOf(key) }), fix: fixFor(error.statusCode) }, otherwise)
    return undefined
  }
}

/** What a turn came to that was kept. */
export const becameOf = ({ isRepeated }: { readonly isRepeated?: true }, shown: object | undefined): TurnOutcome => {
  if (!shown) return 'owed'
  return isRepeated ? 'repeated' : 'answered'
}

const fixFor = (statusCode: number | undefined): string => {
  switch (statusCode) {
    case 401:
      return 'Check MicrosoftAppId, its credential and MicrosoftAppType.'
    case 403:
    case 404:
      return 'None: the bot was removed or blocked in this chat. What is owed is shown with the person’s next word.'
    default:
      return 'None if rare; otherwise check the way to the connector of Teams. What is owed is shown with the person’s next word.'
  }
}

/** A note is made once more when somebody else wrote in between, and is not waited for long: the next word is. */
const mostNotes = 2
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
