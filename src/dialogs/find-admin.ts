/** "Who is an admin here?": colleagues who can help with the open guide and its step, and a message ready to send. */
import { needs, type Need } from '../directory'
import { helpersReply } from '../replies/helpers'
import { peopleReply } from '../replies/people'
import { answerWith, openRunOf, type Answered, type Turn } from '../turn/turn'
import { findCaller } from './caller'
import { purposeOf, type Purpose } from './purpose'

const aboutLicences = /\blicen[cs]/i

/** What was asked for before the person signed in, or is asked for now. */
const needOf = ({ incoming }: Turn, waited: string | undefined, purpose: Purpose | undefined): Need => {
  const asked = needs.find((need) => need === waited)
  if (asked) return asked
  return aboutLicences.test(incoming.text) ? 'assign-licences' : (purpose?.need ?? 'buy-microsoft-365')
}

/** In the guide of a move it is not one role that counts, unless another one is asked for. */
const isAboutMove = (turn: Turn, waited: string | undefined): boolean =>
  waited === 'move' || (waited === undefined && openRunOf(turn)?.topic === 'link-existing' && !aboutLicences.test(turn.incoming.text))

/** Up to three people, and the other tenant's: looked for together, the Owners once it is known of what. */
const peopleOfMove = async (turn: Turn): Promise<Answered> => {
  const { language, services, person } = turn
  const { directory } = services
  const { turn: after, caller } = await findCaller(turn, { verb: 'topic', topic: 'find-admin', step: 'move' })
  const [admins, [found, owners]] = await Promise.all([
    directory.findHelpers(caller, 'allow-move'),
    directory.preflight(caller, { need: 'allow-move' }).then(async (seen) => {
      const { subscription, tenant } = seen
      const isHere = subscription !== undefined && subscription.tenantId === tenant.evidence?.tenantId
      return [seen, isHere ? await directory.findOwners(caller, subscription.subscriptionId) : undefined] as const
    }),
  ])
  return answerWith(after, peopleReply({ language, contract: person.known.contract, found, owners, admins }))
}

/** `waited`: the need that was asked about before signing in. */
export const findAdmin = async (turn: Turn, waited?: string): Promise<Answered> => {
  const { language, services } = turn
  if (isAboutMove(turn, waited)) return peopleOfMove(turn)
  const run = openRunOf(turn)
  const purpose = run && purposeOf(run, language)
  const need = needOf(turn, waited, purpose)
  // A question about something else than the step is answered by itself.
  const fits = purpose?.need === need
  const step =
    run && purpose && fits && run.stage !== 'end'
      ? { topic: run.topic, index: purpose.index, need: purpose.role.kind === 'none' ? undefined : need }
      : undefined
  const { turn: after, caller } = await findCaller(turn, { verb: 'topic', topic: 'find-admin', step: need })
  const found = await services.directory.findHelpers(caller, need)
  return answerWith(after, helpersReply({ language, publicUrl: services.publicUrl, need, found, step, ...(fits && { purpose: purpose?.role }) }))
}
