/** "Who is an admin here?": in private, colleagues who hold the role and a message ready to send; elsewhere, where to look by hand. */
import type { Reply } from '../cards/reply'
import type { Need } from '../directory'
import { guideOf } from '../guides'
import { stepNeeds } from '../guides/schema'
import { answerReply } from '../replies/answer'
import { helpersReply, type StepForHelp } from '../replies/helpers'
import { openRun } from '../runs/person'
import { positionOf } from '../runs/run'
import { isShared, type Turn } from '../turn'
import { callerOf } from './caller'

const aboutLicences = /\blicen[cs]/i

/** The step of the open guide that takes a role: the present one, else the next that does; in a guide that takes none, the present one. */
const stepFor = (turn: Turn): StepForHelp | undefined => {
  const run = openRun(turn.person, turn.incoming.chat)
  if (!run || run.stage === 'end') return undefined
  const guide = guideOf(run.topic, run.language)
  const here = run.stage === 'steps' ? positionOf(run, guide).index : 0
  const index = guide.steps.findIndex(({ need }, at) => at >= here && need !== undefined)
  if (index >= 0) return { topic: run.topic, index, need: guide.steps[index]?.need }
  const takesNone = guide.before !== undefined && guide.steps.every(({ need }) => need === undefined)
  return takesNone && run.stage === 'steps' ? { topic: run.topic, index: here, need: undefined } : undefined
}

/** What was asked for before the person signed in, or is asked for now. */
const needOf = ({ incoming }: Turn, step: StepForHelp | undefined): Need => {
  const waited = stepNeeds.find((need) => need === incoming.press?.action.step)
  if (waited) return waited
  return aboutLicences.test(incoming.text) ? 'assign-licences' : (step?.need ?? 'buy-microsoft-365')
}

export const findAdmin = async (turn: Turn): Promise<Reply> => {
  const { language, services } = turn
  const { publicUrl, directory } = services
  if (isShared(turn)) return answerReply({ topic: 'find-admin', language, publicUrl })
  const found = stepFor(turn)
  const need = needOf(turn, found)
  const step = need === (found?.need ?? 'buy-microsoft-365') ? found : undefined
  const caller = await callerOf(turn, { verb: 'topic', topic: 'find-admin', step: need })
  return helpersReply({ language, publicUrl, need, found: await directory.findHelpers(caller, need), step })
}
