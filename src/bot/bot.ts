/** What is done about what has arrived? A turn in a person's own chat or in a shared place, for people of the tenants that are allowed. */
import { within } from '../deadline'
import { otherTenantReply } from '../replies/talk'
import { languageOfAnswer } from '../turn/language'
import { asPressAnswer } from './activity'
import { answerExtension, refuseExtension } from './extension'
import { createFeedback } from './feedback'
import type { Arrival, Sender } from './incoming'
import { afterRemoval, isWorthKeeping } from './keep'
import { answersPress, ok, servicesFor, type Around, type BotParts } from './parts'
import { performPrivateTurn } from './private-turn'
import { redoing } from './redoing'
import { show, showOnly } from './show'
import { performThreadTurn } from './thread-turn'

/** @throws whatever went wrong before anything was kept; the caller apologises. */
export type Bot = (arrival: Arrival, around: Around) => Promise<void>

export const createBot = (parts: BotParts): Bot => {
  const hearFeedback = createFeedback(parts)
  return async (arrival, around) => {
    if (arrival.kind === 'removed') return remove(parts, arrival, around)
    if (!isAllowed(parts, arrival.sender)) return refuse(parts, arrival, around)
    if (arrival.kind === 'extension') return answerBox(parts, arrival, around)
    switch (arrival.kind) {
      case 'personal':
        await performPrivateTurn(parts, { ...arrival, around })
        return undefined
      case 'shared':
        return performThreadTurn(parts, { ...arrival, around })
      case 'feedback':
        return hearFeedback(arrival, around)
      case 'sign-in':
        if (arrival.place !== 'personal' || !parts.signIns) return around.respond({ status: parts.signIns ? 403 : 200 })
        await performPrivateTurn(parts, { ...arrival, around })
        return undefined
    }
  }
}

/** Nothing is kept, and its answer is the HTTP answer. */
const answerBox = (parts: BotParts, { request, clientLanguage }: Extract<Arrival, { kind: 'extension' }>, around: Around): void => {
  around.watch.isAbout({ act: request.kind })
  around.watch.became(request.kind === 'malformed' ? 'refused' : 'answered')
  around.respond(answerExtension(request, clientLanguage, servicesFor(parts, around)))
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
      const isKept = isWorthKeeping(after)
      await within(around.deadline, isKept ? people.keep(sender.key, loaded, after).then(() => undefined) : people.forget(sender.key))
      around.watch.became(isKept ? 'silent' : 'forgotten')
    }, around.deadline)
  } else {
    await within(around.deadline, threads.forget(chat))
    around.watch.became('forgotten')
  }
  around.respond(ok)
}

const refuse = async (parts: BotParts, arrival: Exclude<Arrival, { kind: 'removed' }>, around: Around): Promise<void> => {
  parts.log.warn(
    { setting: 'ALLOWED_TENANTS', fix: 'Add the tenant id if its people may use this bot.' },
    'refused a message from a tenant that is not allowed',
  )
  around.watch.became('refused')
  if (arrival.kind === 'extension') {
    const { text } = otherTenantReply(arrival.clientLanguage ?? 'en')
    return around.respond(refuseExtension(arrival.request, text))
  }
  if (arrival.kind === 'feedback') return around.respond({ status: 403 })
  if (arrival.incoming.kind === 'installed') return around.respond(ok)
  if (arrival.kind === 'sign-in') return around.respond({ status: 403 })
  const reply = otherTenantReply(languageOfAnswer(arrival.incoming, undefined))
  if (answersPress(around)) return around.respond(asPressAnswer(reply))
  const options = { plain: false, otherwise: 'a refusal could not be told' }
  await (arrival.kind === 'shared' ? showOnly({ reply, instead: reply }, around, options, parts) : show(reply, around, options, parts))
  around.respond(ok)
}
