/** "Who is an admin here?": in private, colleagues who hold the role and a message ready to send; elsewhere, where to look by hand. */
import type { Reply } from '../cards/reply'
import type { Need } from '../directory'
import { guideOf } from '../guides'
import { answerReply } from '../replies/answer'
import { helpersReply, type StepForHelp } from '../replies/helpers'
import { openRun } from '../runs/person'
import { positionOf } from '../runs/run'
import { isShared, type Turn } from '../turn'
import { callerOf } from './caller'

const aboutLicences = /\blicen[cs]/i

/** The step of the open guide that takes the role: the present one, else the next that does. */
const stepFor = (turn: Turn): (StepForHelp & { readonly need: Need }) | undefined => {
  const run = openRun(turn.person, turn.incoming.chat)
  if (!run || run.stage === 'end') return undefined
  const guide = guideOf(run.topic, run.language)
  const here = run.stage === 'steps' ? positionOf(run, guide).index : 0
  const index = guide.steps.findIndex(({ need }, at) => at >= here && need !== undefined)
  const need = guide.steps[index]?.need
  return need && { topic: run.topic, index, need }
}

export const findAdmin = async (turn: Turn): Promise<Reply> => {
  const { language, services, incoming } = turn
  const { publicUrl, directory } = services
  if (isShared(turn)) return answerReply({ topic: 'find-admin', language, publicUrl })
  const step = stepFor(turn)
  const need = aboutLicences.test(incoming.text) ? 'assign-licences' : (step?.need ?? 'buy-microsoft-365')
  const caller = await callerOf(turn, { verb: 'topic', topic: 'find-admin' })
  const found = await directory.findHelpers(caller, need)
  return helpersReply({ language, publicUrl, need, found, step: step?.need === need ? step : undefined })
}
