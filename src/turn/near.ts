/** Which of the smallest things that can be said is a message about: a cause at the step, what the step says, or anything at all? */
import { guideOf } from '../guides'
import { openRun } from '../runs/person'
import { isAtStep } from '../runs/run'
import { isAnswer, isControl, isScenario, isTopic } from '../topics'
import type { Understanding } from '../understanding'
import type { Act } from '../understanding/act'
import { wordsOf } from '../understanding/clean'
import type { Reading } from '../understanding/interpret'
import { leastAsked, leastBesideTopic, leastDoubtful, leastInDoubt, leastPoint, leastRefused, leastUnsaid } from '../understanding/passage-thresholds'
import { topicOfPassage, type Near } from '../understanding/passages'
import { byTopic, noInputs, type Route } from './routes'
import { fewestWords } from './told'
import type { Turn } from './turn'

/** What was read, with the passages that the message is like: looked for once, and only when asked for. */
export interface Read extends Reading {
  readonly near: Near
}

/** A topic of the subject, and no doubt about it. */
export const asksForTopic = ({ decision, topic }: Understanding): boolean => decision === 'answer' && isTopic(topic) && !isControl(topic)

const hardlyDone = 0.7

/** What sounds like done is none, when it is more like a cause of the step than like what one should see. */
export const stuckInstead = ({ person, incoming }: Turn, main: Act | undefined, { near }: Read): Route | undefined => {
  const run = openRun(person)
  if (!run || !isAtStep(run, guideOf(run.topic, run.language)) || main?.act !== 'done' || main.sure === 1) return undefined
  const [found] = near.in({ step: run.step, of: run.topic })
  const least = main.sure < hardlyDone ? leastUnsaid : leastBesideTopic
  const isCause = found !== undefined && found.id.includes('/stuck/') && found.sure >= least
  return isCause ? { kind: 'guide', run: run.id, input: { verb: 'stuck', inputs: noInputs, symptom: incoming.text } } : undefined
}

/** What is described may stand among the causes of the open step, though nobody says that they are stuck. */
export const symptomAt = ({ person, incoming }: Turn, main: Act | undefined, { understanding, near }: Read): Route | undefined => {
  const run = openRun(person)
  if (
    !run ||
    !isAtStep(run, guideOf(run.topic, run.language)) ||
    wordsOf(incoming.text).length < fewestWords ||
    (main && !['ask', 'none', 'tell', 'complain'].includes(main.act))
  )
    return undefined
  const [found] = near.in({ causesAt: run.step, of: run.topic })
  const isDoubtful = understanding.decision === 'ask' && main?.act !== 'ask'
  const isAsked = asksForTopic(understanding)
  const isSaid = main?.act !== 'ask' && !isScenario(understanding.topic)
  const least = isAsked ? (isSaid ? leastInDoubt : leastBesideTopic) : isDoubtful ? leastDoubtful : leastUnsaid
  return found && found.sure >= least ? { kind: 'guide', run: run.id, input: { verb: 'stuck', inputs: noInputs, symptom: incoming.text } } : undefined
}

/** A question at a step that the step itself answers. */
export const askedAt = ({ person }: Turn, main: Act | undefined, { understanding, near }: Read): Route | undefined => {
  const run = openRun(person)
  const isPlainTopic = asksForTopic(understanding)
  if (run?.stage !== 'steps' || main?.act !== 'ask' || (isPlainTopic && isScenario(understanding.topic))) return undefined
  const [found] = near.in({ step: run.step, of: run.topic })
  return found && found.sure >= (isPlainTopic ? leastBesideTopic : leastAsked) ? { kind: 'passage', id: found.id } : undefined
}

/** The best of another topic must be this much less alike. */
const ahead = 1.2

/** Where no topic is likely, the smallest thing that is very much like it. */
export const foundAnywhere = ({ incoming }: Turn, { understanding, near }: Read): Route | undefined => {
  if (understanding.decision === 'answer' || understanding.ask === 'which' || wordsOf(incoming.text).length < fewestWords) return undefined
  const [found, ...others] = near.among()
  if (!found) return undefined
  const topic = topicOfPassage(found.id)
  const other = others.find(({ id }) => topicOfPassage(id) !== topic)
  if (found.sure < (other?.sure ?? 0) * ahead) return undefined
  const isNear = understanding.decision === 'ask' && understanding.candidates.slice(0, 3).some((each) => each.topic === topic)
  if (found.sure < (isNear ? leastInDoubt : leastRefused)) return undefined
  return topic && isAnswer(topic) ? byTopic(topic, understanding) : { kind: 'passage', id: found.id }
}

/** Neighbouring points are alike: the one that is told first must stand out. */
const clearly = 1.3

/** Nobody is at a step: it must be very much like the cause, and stand out among all that the guide says. */
const leastCauseAlone = 0.3

/** What is asked about a guide that nobody is in may be one cause of it: that one answers, and the guide is a press away. */
export const causeAsked = ({ person }: Turn, main: Act | undefined, { understanding, near }: Read): Route | undefined => {
  const { topic } = understanding
  if (openRun(person) || main?.act !== 'ask' || !asksForTopic(understanding) || !isScenario(topic)) return undefined
  const [found, other] = near.in({ of: topic })
  const stands = found && found.id.includes('/stuck/') && found.sure >= leastCauseAlone && found.sure >= (other?.sure ?? 0) * clearly
  return stands ? { kind: 'passage', id: found.id } : undefined
}

const asking: readonly Act['act'][] = ['ask', 'stuck', 'none']
/** The point of an answer that the question is about is told first. Who only tells asks for none, unless it is very much what is told. */
export const withPoint = (route: Route, main: Act | undefined, { near, errorCode }: Read): Route => {
  const isTold = main?.act === 'tell' || main?.act === 'complain'
  if (route.kind !== 'topic' || !isAnswer(route.topic) || errorCode !== undefined || (main && !isTold && !asking.includes(main.act))) return route
  const [found, other] = near.in({ of: route.topic })
  return found && found.sure >= (isTold ? leastBesideTopic : leastPoint) && found.sure >= (other?.sure ?? 0) * clearly ? { ...route, point: found.id } : route
}
