/** How is a turn performed where others read along? No person's record is read; whoever presses has the answer, the others an update of the card. */
import { endingBefore, within } from '../deadline'
import type { Reply } from '../cards/reply'
import type { ThreadRecord } from '../runs/record'
import type { Loaded } from '../runs/records'
import type { SharedPage } from '../runs/thread'
import { takeThreadTurn } from '../take-turn'
import type { SharedIncoming } from '../turn/incoming'
import type { ThreadOutcome } from '../turn/outcome'
import { asPressAnswer } from './activity'
import { replaceCard } from './deliver'
import { afterShowingToAll, afterThreadTurn, deliveryOf } from './keep'
import { loadSettled } from './load-settled'
import type { Sender } from './incoming'
import { openPrivate } from './open-private'
import { answersPress, isInvoke, ok, reserve, servicesFor, submittedCard, timeFor, type Around, type BotParts } from './parts'
import { inLanguage, keeping, redoing } from './redoing'
import { becameOf, note, show, showOnly, standing } from './show'
import { withTyping } from './typing'

/** One turn in a shared place. Who it is from is for what begins in their private chat, and for nothing else. */
export interface ThreadTurn {
  readonly sender: Sender
  readonly incoming: SharedIncoming
  readonly around: Around
}

interface Kept {
  readonly outcome: ThreadOutcome & { readonly before: SharedPage | undefined }
  readonly loaded: Loaded<ThreadRecord>
}

/** @throws whatever went wrong before anything was kept. */
export const performThreadTurn = async (parts: BotParts, turn: ThreadTurn): Promise<void> => {
  const kept = await redoing(() => takeAndKeep(parts, turn), endingBefore(turn.around.deadline, reserve.afterDeciding))
  await standing(() => present(parts, turn, kept), turn.around, parts)
}

const takeAndKeep = async (parts: BotParts, { incoming, around }: ThreadTurn): Promise<Kept> => {
  const { threads, services } = parts
  const how = { isInvoke: isInvoke(around), now: services.now() }
  const { watch } = around
  const deadline = endingBefore(around.deadline, reserve.afterDeciding)
  const loaded = await watch.during('read', () => loadSettled(threads, incoming.chat, { activity: incoming.activity, now: services.now, deadline }))
  return inLanguage(loaded.record.thread.language, async () => {
    const outcome = await watch.during('decide', async () =>
      takeThreadTurn(loaded.record.thread, incoming, deliveryOf(loaded.record, incoming, how), servicesFor(parts, around)),
    )
    watch.isAbout(outcome.logged)
    const after = afterThreadTurn(loaded.record, incoming, outcome, how)
    const before = loaded.record.thread.page
    const time = timeFor(around, reserve.afterKeeping)
    const kept = await watch.during('write', () => keeping(within(time, threads.keep(incoming.chat, loaded, after))))
    return { outcome: { ...outcome, before }, loaded: kept }
  })
}

/** What there is to say, and whether it is for the asker alone. */
type Saying = Required<Pick<ThreadOutcome, 'reply'>> & Pick<ThreadOutcome, 'only'>

/** Why nothing could be begun in private concerns the asker alone; everybody may read it, as it says nothing of them. */
const perform = async (parts: BotParts, turn: ThreadTurn, { reply, only, effects }: ThreadOutcome): Promise<Saying> => {
  const [opening] = effects
  if (!opening || !reply) return { reply, only }
  const said = await withTyping(turn.around.context, openPrivate(parts, turn, opening, reply))
  return { reply: said, only: said === reply ? only : { instead: only?.instead ?? said } }
}

const showIn = (reply: Reply, { only }: Saying, outcome: ThreadOutcome, around: Around, parts: BotParts) => {
  const options = { plain: false, rated: outcome.about !== undefined, replaces: replacedBy({ ...outcome, reply }, around) }
  return only ? showOnly({ reply, instead: only.instead }, around, options, parts) : show(reply, around, options, parts)
}

const present = async (parts: BotParts, turn: ThreadTurn, { outcome, loaded }: Kept): Promise<void> => {
  const { incoming, around } = turn
  const { about, noted } = outcome
  const saying = await perform(parts, turn, outcome)
  const { reply } = saying
  if (!reply) return around.respond(ok)
  if (noted) parts.counts.note(noted)
  const now = parts.services.now()
  const onCard = answersPress(around)
  if (onCard) around.respond(asPressAnswer(reply))
  const shown = onCard ? { id: around.context.activity.replyToId } : await showIn(reply, saying, outcome, around, parts)
  around.watch.became(becameOf(outcome, shown))
  around.respond(ok)
  await note(parts.threads, incoming.chat, loaded, (record) => afterShowingToAll(record, incoming, outcome, { shown, asked: false, now }), around, parts)
  if (onCard && !saying.only && !outcome.isRepeated) await showToOthers(reply, about !== undefined, around, parts)
}

/** A line for one of many leaves the card as it is. */
const replacedBy = ({ reply, replaces }: ThreadOutcome, around: Around): string | undefined =>
  reply?.notice === undefined ? (replaces ?? submittedCard(around)) : undefined

/** Whoever pressed has the card already; the others can do without, until the next press. */
const showToOthers = async (reply: Reply, rated: boolean, around: Around, { log }: BotParts): Promise<void> => {
  const { replyToId } = around.context.activity
  if (reply.notice !== undefined || !replyToId) return
  const updated = await replaceCard(around.context, reply, replyToId, { plain: false, rated, deadline: endingBefore(around.deadline, reserve.afterShowing) })
  if (!updated)
    log.warn(
      { cause: 'Teams did not take the update of a card', fix: 'None: who pressed has the answer; the others see it with the next press.' },
      'a card was not updated for the others',
    )
}
