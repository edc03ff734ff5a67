/** What is done about what has arrived? A turn in a person's own chat or in a shared place, for people of the tenants that are allowed. */
import { within } from '../deadline'
import { otherTenantReply } from '../replies/talk'
import { languageOfAnswer } from '../turn/language'
import { asPressAnswer } from './activity'
import type { Arrival, Sender } from './incoming'
import { answersPress, ok, type Around, type BotParts } from './parts'
import { performPrivateTurn } from './private-turn'
import { show } from './show'
import { performThreadTurn } from './thread-turn'

/** @throws whatever went wrong before anything was kept; the caller apologises. */
export type Bot = (arrival: Arrival, around: Around) => Promise<void>

export const createBot =
  (parts: BotParts): Bot =>
  async (arrival, around) => {
    if (arrival.kind === 'removed') return forget(parts, arrival, around)
    if (!isAllowed(parts, arrival.sender)) return refuse(parts, arrival, around)
    switch (arrival.kind) {
      case 'personal':
        return performPrivateTurn(parts, { ...arrival, around })
      case 'shared':
        return performThreadTurn(parts, arrival.incoming, around)
      case 'sign-in':
        return arrival.place === 'personal' && parts.signIns
          ? performPrivateTurn(parts, { ...arrival, around })
          : around.respond({ status: parts.signIns ? 403 : 200 })
    }
  }

const isAllowed = ({ allowedTenants }: BotParts, { tenantId }: Sender): boolean => tenantId !== undefined && allowedTenants.includes(tenantId)

const forget = async (
  { signIns, people, threads }: BotParts,
  { place, sender, chat }: Extract<Arrival, { kind: 'removed' }>,
  around: Around,
): Promise<void> => {
  if (place === 'personal') {
    await signIns?.(around.context, sender, around.deadline).signOut()
    await within(around.deadline, people.forget(sender.key))
  } else await within(around.deadline, threads.forget(chat))
  around.watch.became('forgotten')
  around.respond(ok)
}

const refuse = async (parts: BotParts, arrival: Extract<Arrival, { incoming: object }>, around: Around): Promise<void> => {
  parts.log.warn(
    { setting: 'ALLOWED_TENANTS', fix: 'Add the tenant id if its people may use this bot.' },
    'refused a message from a tenant that is not allowed',
  )
  around.watch.became('refused')
  if (arrival.incoming.kind === 'installed') return around.respond(ok)
  if (arrival.kind === 'sign-in') return around.respond({ status: 403 })
  const reply = otherTenantReply(languageOfAnswer(arrival.incoming, undefined))
  if (answersPress(around)) return around.respond(asPressAnswer(reply))
  await show(reply, around, { plain: false, otherwise: 'a refusal could not be told' }, parts)
  around.respond(ok)
}
