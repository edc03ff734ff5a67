/** What is done about what has arrived? A turn in a person's own chat or in a shared place, for people of the tenants that are allowed. */
import { within } from '../deadline'
import { otherTenantReply } from '../replies/talk'
import { languageOfAnswer } from '../turn/language'
import { asPressAnswer } from './activity'
import { createFeedback } from './feedback'
import type { Arrival, Sender } from './incoming'
import { afterRemoval, isWorthKeeping } from './keep'
import { answersPress, ok, type Around, type BotParts } from './parts'
import { performPrivateTurn } from './private-turn'
import { redoing } from './redoing'
import { show } from './show'
import { performThreadTurn } from './thread-turn'

/** @throws whatever went wrong before anything was kept; the caller apologises. */
export type Bot = (arrival: Arrival, around: Around) => Promise<void>

export const createBot = (parts: BotParts): Bot => {
  const hearFeedback = createFeedback(parts)
  return async (arrival, around) => {
    if (arrival.kind === 'removed') return remove(parts, arrival, around)
    if (!isAllowed(parts, arrival.sender)) return refuse(parts, arrival, around)
    switch (arrival.kind) {
      case 'personal':
        return performPrivateTurn(parts, { ...arrival, around })
      case 'shared':
        return performThreadTurn(parts, arrival.incoming, around)
      case 'feedback':
        return hearFeedback(arrival, around)
      case 'sign-in':
        return arrival.place === 'personal' && parts.signIns
          ? performPrivateTurn(parts, { ...arrival, around })
          : around.respond({ status: parts.signIns ? 403 : 200 })
    }
  }
}

const isAllowed = ({ allowedTenants }: BotParts, { tenantId }: Pick<Sender, 'tenantId'>): boolean => tenantId !== undefined && allowedTenants.includes(tenantId)

/** Who takes the app away ends what is under way there. What they told and did stays until they say "forget me", or nobody touches it for long. */
const remove = async (
  { signIns, people, threads }: BotParts,
  { place, sender, chat }: Extract<Arrival, { kind: 'removed' }>,
  around: Around,
): Promise<void> => {
  if (place === 'personal') {
    await signIns?.(around.context, sender, around.deadline).signOut()
    await redoing(async () => {
      const loaded = await within(around.deadline, people.load(sender.key))
      const after = afterRemoval(loaded.record)
      await within(around.deadline, isWorthKeeping(after) ? people.keep(sender.key, loaded, after).then(() => undefined) : people.forget(sender.key))
    })
  } else await within(around.deadline, threads.forget(chat))
  around.respond(ok)
}

const refuse = async (parts: BotParts, arrival: Exclude<Arrival, { kind: 'removed' }>, around: Around): Promise<void> => {
  parts.log.warn(
    { setting: 'ALLOWED_TENANTS', fix: 'Add the tenant id if its people may use this bot.' },
    'refused a message from a tenant that is not allowed',
  )
  if (arrival.kind === 'feedback') return around.respond({ status: 403 })
  if (arrival.incoming.kind === 'installed') return around.respond(ok)
  if (arrival.kind === 'sign-in') return around.respond({ status: 403 })
  const reply = otherTenantReply(languageOfAnswer(arrival.incoming, undefined))
  if (answersPress(around)) return around.respond(asPressAnswer(reply))
  await show(reply, around, { plain: false, otherwise: 'a refusal could not be told' }, parts)
  around.respond(ok)
}
