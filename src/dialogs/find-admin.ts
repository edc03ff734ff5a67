/** "Who is an admin here?": colleagues who hold the role and a message ready to send. */
import type { Need } from '../directory'
import { guideOf } from '../guides'
import { stepNeeds } from '../guides/schema'
import { helpersReply, type StepForHelp } from '../replies/helpers'
import { peopleReply } from '../replies/people'
import { positionOf } from '../runs/run'
import { answerWith, openRunOf, type Answered, type Turn } from '../turn/turn'
import { findCaller } from './caller'

const aboutLicences = /\blicen[cs]/i

/** The step of the open guide that takes a role: the present one, else the next that does; in a guide that takes none, the present one. */
const stepFor = (turn: Turn): StepForHelp | undefined => {
  const run = openRunOf(turn)
  if (!run) return undefined
  const guide = guideOf(run.topic, run.language)
  const here = { before: 0, stopped: 0, steps: positionOf(run, guide).index, end: guide.steps.length - 1 }[run.stage]
  const index = guide.steps.findIndex(({ need }, at) => at >= here && need !== undefined)
  if (index >= 0 && run.stage !== 'end') return { topic: run.topic, index, need: guide.steps[index]?.need }
  const takesNone = guide.before !== undefined && guide.steps.every(({ need }) => need === undefined)
  return takesNone ? { topic: run.topic, index: here, need: undefined } : undefined
}

/** What was asked for before the person signed in, or is asked for now. */
const needOf = ({ incoming }: Turn, waited: string | undefined, step: StepForHelp | undefined): Need => {
  const asked = stepNeeds.find((need) => need === waited)
  if (asked) return asked
  return aboutLicences.test(incoming.text) ? 'assign-licences' : (step?.need ?? 'buy-microsoft-365')
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
  const found = stepFor(turn)
  const need = needOf(turn, waited, found)
  const step = need === (found?.need ?? 'buy-microsoft-365') ? found : undefined
  const { turn: after, caller } = await findCaller(turn, { verb: 'topic', topic: 'find-admin', step: need })
  return answerWith(after, helpersReply({ language, publicUrl: services.publicUrl, need, found: await services.directory.findHelpers(caller, need), step }))
}
