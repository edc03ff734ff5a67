/** What is known before something is moved or bought? By asking, and from the start of a set-up, which then opens at what is missing. */
import type { Preflight } from '../directory'
import { withWayBack } from '../replies/answer'
import { concludeFor, looksFirstFor, needOfSetUp, openingHint, preflightReply, stepToOpen, type LooksFirst } from '../replies/preflight'
import type { Run } from '../runs/run'
import { answerWith, openRunOf, type Answered, type Turn } from '../turn/turn'
import type { Inputs } from '../verbs/action'
import { findCaller } from './caller'
import { backToGuide, isUnderWay } from './controls'
import { givenIn } from './prove'
import type { Opening } from './scenario'

interface Asked {
  readonly topic: LooksFirst
  readonly inputs: Inputs
  readonly fresh: boolean
}

const look = async (turn: Turn, { topic, inputs, fresh }: Asked): Promise<{ readonly turn: Turn; readonly found: Preflight }> => {
  const { turn: after, caller } = await findCaller(turn, { verb: 'preflight', topic })
  const question = { subscriptionId: givenIn(inputs).subscription, need: needOfSetUp[topic] }
  return { turn: after, found: await turn.services.directory.preflight(caller, question, { fresh }) }
}

/** Asked by words or by a button: for the open set-up, else for a move. */
export const lookFirst = async (turn: Turn, topic: string | undefined, inputs: Inputs): Promise<Answered> => {
  const open = openRunOf(turn)
  const about = looksFirstFor(topic) ?? looksFirstFor(open?.topic) ?? 'link-existing'
  const { turn: after, found } = await look(turn, { topic: about, inputs, fresh: true })
  const run = open?.topic === about ? open : undefined
  const { subscription } = givenIn(inputs)
  const reply = preflightReply({ topic: about, language: run?.language ?? turn.language, found, subscription, run })
  // Where nothing is open that it could be for, there is no way back either.
  return run ? answerWith(after, isUnderWay(run) ? withWayBack(reply, run) : reply) : backToGuide(answerWith(after, reply))
}

/** Who signed in is looked up with it; the app by itself sees enough for a purchase only. Nobody is asked to sign in for this. */
const canLook = async ({ services }: Turn, topic: LooksFirst): Promise<boolean> => {
  const { token, without } = await services.caller()
  return token !== undefined || (without === undefined && topic === 'm365-for-azure')
}

/** The steps begin with what was found, at the one that is missing; a purchase that would not help is stopped before it. */
export const openedWithFindings = async (opening: Opening, run: Run): Promise<Opening> => {
  const topic = looksFirstFor(run.topic)
  if ('reply' in opening || opening.event.kind !== 'proceed' || topic === undefined || !(await canLook(opening.turn, topic))) return opening
  const { turn, found } = await look(opening.turn, { topic, inputs: {}, fresh: false })
  if (concludeFor(topic, found) === 'apart') return answerWith(turn, preflightReply({ topic, language: run.language, found, run: undefined }))
  const step = stepToOpen(topic, found)
  const hint = openingHint(topic, found, run.language)
  const hints = [opening.hint, hint].flatMap((each) => each ?? [])
  return { turn, event: step === undefined ? opening.event : { kind: 'go-to', step }, ...(hints.length > 0 && { hint: hints }) }
}
