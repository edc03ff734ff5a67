/** How is a turn performed where others read along? No person's record is read; whoever presses has the answer, the others an update of the card. */
import { endingBefore, within } from '../deadline'
import type { Reply } from '../cards/reply'
import type { ThreadRecord } from '../runs/record'
import type { Loaded } from '../runs/records'
import { takeThreadTurn } from '../take-turn'
import type { SharedIncoming } from '../turn/incoming'
import type { ThreadOutcome } from '../turn/outcome'
import { asPressAnswer } from './activity'
import { replaceCard } from './deliver'
import { afterShowingToAll, afterThreadTurn, deliveryOf } from './keep'
import { answersPress, isInvoke, ok, reserve, servicesFor, submittedCard, timeFor, type Around, type BotParts } from './parts'
import { inLanguage, keeping, redoing } from './redoing'
import { becameOf, note, show, standing } from './show'

interface Kept {
  readonly outcome: ThreadOutcome
  readonly loaded: Loaded<ThreadRecord>
}

/** @throws whatever went wrong before anything was kept. */
export const performThreadTurn = async (parts: BotParts, incoming: SharedIncoming, around: Around): Promise<void> => {
  const kept = await redoing(() => takeAndKeep(parts, incoming, around))
  await standing(() => present(parts, incoming, around, kept), around, parts)
}

const takeAndKeep = async (parts: BotParts, incoming: SharedIncoming, around: Around): Promise<Kept> => {
  const { threads, services } = parts
  const how = { isInvoke: isInvoke(around), now: services.now() }
  const { watch } = around
  const loaded = await watch.during('read', () => within(endingBefore(around.deadline, reserve.afterDeciding), threads.load(incoming.chat)))
  return inLanguage(loaded.record.thread.language, async () => {
    const outcome = await watch.during('decide', async () =>
      takeThreadTurn(loaded.record.thread, incoming, deliveryOf(loaded.record, incoming, how), servicesFor(parts, around)),
    )
    watch.isAbout(outcome.about)
    const after = afterThreadTurn(loaded.record, incoming, outcome, how)
    const time = timeFor(around, reserve.afterKeeping)
    return { outcome, loaded: await watch.during('write', () => keeping(within(time, threads.keep(incoming.chat, loaded, after)))) }
  })
}

const present = async (parts: BotParts, incoming: SharedIncoming, around: Around, { outcome, loaded }: Kept): Promise<void> => {
  const { reply } = outcome
  if (!reply) return around.respond(ok)
  const onCard = answersPress(around)
  if (onCard) around.respond(asPressAnswer(reply))
  const shown = onCard
    ? { id: around.context.activity.replyToId }
    : await show(reply, around, { plain: false, replaces: reply.notice === undefined ? submittedCard(around) : undefined }, parts)
  around.watch.became(becameOf(outcome, shown))
  around.respond(ok)
  await note(parts.threads, incoming.chat, loaded, (record) => afterShowingToAll(record, incoming, { shown, asked: false }), around, parts)
  if (onCard && !outcome.isRepeated) await showToOthers(reply, around, parts)
}

/** Whoever pressed has the card already; the others can do without, until the next press. */
const showToOthers = async (reply: Reply, around: Around, { log }: BotParts): Promise<void> => {
  const { replyToId } = around.context.activity
  if (reply.notice !== undefined || !replyToId) return
  const updated = await replaceCard(around.context, reply, replyToId, { deadline: endingBefore(around.deadline, reserve.afterShowing) })
  if (!updated)
    log.warn(
      { cause: 'Teams did not take the update of a card', fix: 'None: who pressed has the answer; the others see it with the next press.' },
      'a card was not updated for the others',
    )
}
