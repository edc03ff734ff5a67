/** How does an answer begin in the private chat that was asked for where others read along? With where that was, and the way to what is shown there. */
import type { Button } from '../cards/reply'
import { guideOf } from '../guides'
import { press } from '../replies/buttons'
import { withFirst } from '../replies/extras'
import { fromThreadText } from '../replies/thread'
import { openRun } from '../runs/person'
import { positionOfPage } from '../runs/thread'
import type { FromThread } from '../turn/incoming'
import { answerWith, type Answered } from '../turn/turn'

/** To the step that is shown there: in one's own run of that guide when it is elsewhere, else by going through it oneself. */
const toWhatIsShown = ({ turn, reply }: Answered, { page }: FromThread): Button | undefined => {
  const { language } = reply.page
  if (!page || page.step === undefined) return undefined
  const run = openRun(turn.person)
  if (run?.topic !== page.topic) return press(language, 'buttons.inPrivate', 'in-private', { topic: page.topic, step: page.step })
  const { index } = positionOfPage(page, guideOf(page.topic, run.language))
  return run.stage === 'steps' && run.step !== page.step ? press(language, 'buttons.toStep', 'go-to', { run, step: page.step }, { n: index + 1 }) : undefined
}

export const withThread = (answered: Answered, from: FromThread): Answered => {
  const { turn, reply } = answered
  return answerWith(turn, withFirst(reply, fromThreadText(reply.page.language, from.place, from.page), toWhatIsShown(answered, from)))
}
