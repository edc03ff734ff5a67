/** What helps who is stuck at a step: the cause that fits what they describe, then the next one, then all of them and support? */
import { guideOf } from '../guides'
import { causeReply, stuckReply } from '../replies/guide'
import type { Run } from '../runs/run'
import { answerWith, withView, type Answered, type GuideInput, type Turn } from '../turn/turn'
import { nearTo, passageOf } from '../understanding/passages'
import { leastElsewhere, leastSymptom } from '../understanding/passage-thresholds'
import { viewOf } from './run'

const causesOf = ({ topic, step }: Run): string => `${topic}/steps/${step}/stuck/`

/** Shows one cause, and keeps which are still to be tried, the likest first. */
const showCause = (turn: Turn, run: Run, id: string, left: readonly string[]): Answered => {
  const passage = passageOf(id, run.language)
  if (!passage) return showAll(turn, run)
  const kept = withView(turn, { passage: id, causes: left.filter((each) => each !== id) })
  return answerWith(kept, causeReply(viewOf(turn, run), passage))
}

const showAll = (turn: Turn, run: Run): Answered => answerWith(withView(turn, { passage: undefined, causes: [] }), stuckReply(viewOf(turn, run)))

/** All causes at the step, the likest first. */
const rankedCauses = (run: Run, symptom: string) => nearTo(symptom).in({ causesAt: run.step, of: run.topic })

/** What fits neither here nor loosely may belong to another step of the guide. */
const elsewhere = (run: Run, symptom: string): string | undefined =>
  nearTo(symptom)
    .in({ of: run.topic })
    .find(({ id, sure }) => sure >= leastElsewhere && id.includes('/stuck/'))?.id

const described = (turn: Turn, run: Run, symptom: string): Answered => {
  const ranked = rankedCauses(run, symptom)
  const left = ranked.map(({ id }) => id)
  const [first] = ranked
  if (!first || first.sure < leastSymptom) {
    const other = elsewhere(run, symptom)
    return other === undefined ? showAll(turn, run) : showCause(turn, run, other, left)
  }
  const before = turn.view.causes?.filter((id) => id.startsWith(causesOf(run)))
  const isShown = turn.view.passage === first.id || (turn.view.passage?.startsWith(causesOf(run)) && before !== undefined && !before.includes(first.id))
  return isShown ? nextCause(turn, run, symptom) : showCause(turn, run, first.id, left)
}

/** What was proposed did not help: the next cause, by what is said now or else by what was described; at the end all of them. */
const nextCause = (turn: Turn, run: Run, symptom: string | undefined): Answered => {
  const left = (turn.view.causes ?? []).filter((id) => id.startsWith(causesOf(run)))
  const again = symptom === undefined ? undefined : rankedCauses(run, symptom).find(({ id, sure }) => left.includes(id) && sure >= leastSymptom)
  const next = again?.id ?? left[0]
  return next === undefined ? showAll(turn, run) : showCause(turn, run, next, left)
}

/** At a step; `step` of the input may name one of its causes. */
export const helpAtStep = (turn: Turn, run: Run, { verb, symptom, step }: GuideInput): Answered => {
  const named =
    step === undefined
      ? undefined
      : guideOf(run.topic, run.language)
          .steps.find(({ id }) => id === run.step)
          ?.stuck.find(({ id }) => id === step)
  if (named) return showCause(turn, run, causesOf(run) + named.id, turn.view.causes ?? [])
  const hasBegun = turn.view.passage?.startsWith(causesOf(run)) ?? false
  if (verb === 'tried' && hasBegun) return nextCause(turn, run, symptom)
  if (symptom !== undefined) return described(turn, run, symptom)
  const isSaidAgain = turn.incoming.kind === 'message' && turn.incoming.text !== ''
  return hasBegun && turn.view.shown === 'stuck' && verb === 'stuck' && isSaidAgain ? nextCause(turn, run, undefined) : showAll(turn, run)
}
