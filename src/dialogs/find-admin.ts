/** "Who is an admin here?": colleagues who can help with the open guide and its step, and a message ready to send. */
import { needs, type Need } from '../directory'
import { helpersReply } from '../replies/helpers'
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

/** `waited`: the need that was asked about before signing in. */
export const findAdmin = async (turn: Turn, waited?: string): Promise<Answered> => {
  const { language, services } = turn
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
