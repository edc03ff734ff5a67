/** What is answered to a route: a guide is begun or goes on, a question is answered, or the bot speaks about itself? */
import type { Attached } from '../attached'
import type { Reply } from '../cards/reply'
import { guideOf } from '../guides'
import { answerReply, withWayBack } from '../replies/answer'
import { withUnopenedFirst } from '../replies/extras'
import { passageReply } from '../replies/guide'
import {
  attachedReply,
  betweenReply,
  errorCodeBlock,
  lineReply,
  noGuideReply,
  notUnderstoodReply,
  outsideReply,
  secretReply,
  whichReply,
} from '../replies/talk'
import { openRun } from '../runs/person'
import { openQuestion, type Run } from '../runs/run'
import { isAnswer, isControl, isScenario, type Language, type Scenario, type Topic } from '../topics'
import type { Route } from '../turn/routes'
import { answerWith, openRunOf, withPerson, withView, type Answered, type GuideInput, type Turn } from '../turn/turn'
import type { Understanding } from '../understanding'
import { passageOf } from '../understanding/passages'
import { wantedLanguage } from '../understanding/wanted-language'
import { azureForM365 } from './azure-for-m365'
import { checkRole } from './check-role'
import { backToGuide, controls, followVerb, isUnderWay, speak, switchLanguage } from './controls'
import { findAdmin } from './find-admin'
import { sayLine } from './lines'
import { linkExisting } from './link-existing'
import { lookFirst } from './look-first'
import { m365ForAzure } from './m365-for-azure'
import { beginScenario, continueScenario, type ScenarioRules } from './scenario'
import { verifySetup } from './verify-setup'

const rules = {
  'azure-for-m365': azureForM365,
  'm365-for-azure': m365ForAzure,
  'link-existing': linkExisting,
  'check-role': checkRole,
  'verify-setup': verifySetup,
} satisfies Record<Scenario, ScenarioRules>

export const followRoute = async (turn: Turn, route: Route): Promise<Answered> => {
  switch (route.kind) {
    case 'begin':
      return begin(turn, route)
    case 'guide':
      return withLedBack(withAside(turn, await goOn(turn, route.run, route.input)))
    case 'secret':
      return backToGuide(answerWith(turn, secretReply(turn.language, route.secret)))
    case 'ask':
      return backToGuide(answerWith(turn, askBack(turn.language, route.understanding)))
    case 'reject':
      return backToGuide(answerWith(turn, refuse(turn.language, route)))
    case 'no-guide':
      return answerWith(turn, noGuideReply(turn.language))
    case 'topic':
      return aboutTopic(turn, route)
    case 'passage':
      return aboutPassage(turn, route.id)
    case 'line':
      return sayLine(turn, route.line)
    case 'attached':
      return cannotOpen(turn, route.attached)
    case 'verb':
      if (route.verb === 'preflight') return lookFirst(turn, route.topic, route.inputs ?? {})
      return route.verb === 'speak' || route.verb === 'keep-language' ? speakAs(turn, route.lang ?? turn.language) : followVerb(turn, route.verb)
  }
}

type To<K extends Route['kind']> = Extract<Route, { kind: K }>

const begin = async (turn: Turn, { topic, input, at }: To<'begin'>): Promise<Answered> => {
  const open = openRunOf(turn)
  if (open && isSame(open, topic)) return goOn(turn, open.id, askedAgain(open))
  if (open && isOnScreen(turn, open, topic)) return backToGuide(answerWith(turn, lineReply(turn.language, 'guide.answerFirst')))
  return withAside(turn, await beginScenario(rules[topic], turn, input, at))
}

/** The run may be another than the open one: pressing a button of an older guide takes it up again. */
const goOn = (turn: Turn, id: string, input: GuideInput): Promise<Answered> => {
  const run = turn.person.runs.find((each) => each.id === id)
  return run ? continueScenario(rules[run.topic], turn, run, input) : Promise.resolve(answerWith(turn, noGuideReply(turn.language)))
}

const resuming: GuideInput = { verb: 'resume', inputs: {} }

/** At a step it is mostly what went wrong there, so that its causes are shown with it. */
const cannotOpen = async (turn: Turn, attached: Attached): Promise<Answered> => {
  const run = openRunOf(turn)
  if (run?.stage !== 'steps') return backToGuide(answerWith(turn, attachedReply(turn.language, attached)))
  const { turn: after, reply } = await goOn(turn, run.id, { verb: 'stuck', inputs: {} })
  return answerWith(after, withUnopenedFirst(reply, attached))
}

/** A guide is shown where it is; what begins with a look-up is looked up again. */
const askedAgain = (run: Run): GuideInput => (guideOf(run.topic, run.language).before ? resuming : { verb: 'check-again', inputs: {} })

/** Asking again for the guide one is in must not throw the progress away. */
const isSame = ({ topic, stage }: Run, wanted: Scenario): boolean => topic === wanted && stage === 'steps'

/** The card that asks is there already, and nothing new was told. */
const isOnScreen = ({ view, incoming, person }: Turn, run: Run, wanted: Scenario): boolean =>
  run.topic === wanted &&
  run.stage === 'before' &&
  view.shown === 'before' &&
  incoming.kind === 'message' &&
  view.asked?.question === openQuestion(person.known, run)

/** In the middle of a set-up, looking up a role or a tenant is a question like any other: it leads back to the step. */
const withAside = (before: Turn, { turn, reply }: Answered): Answered => {
  const open = openRunOf(before)
  const now = openRunOf(turn)
  if (!open || !now || open.id === now.id || !isUnderWay(open) || isUnderWay(now) || now.stage !== 'before') return answerWith(turn, reply)
  return answerWith(withPerson(turn, { open: open.id }), withWayBack(reply, open))
}

/** The end of looking something up by hand, for the sake of another guide, leads back to that one. */
const withLedBack = ({ turn, reply }: Answered): Answered => {
  const now = openRun(turn.person)
  if (!now || now.stage !== 'end' || guideOf(now.topic, now.language).before) return answerWith(turn, reply)
  const [other] = turn.person.runs
    .filter((run) => run.stage === 'steps' && guideOf(run.topic, run.language).before)
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  return answerWith(turn, other ? withWayBack(reply, other) : reply)
}

const speakAs = async (turn: Turn, language: Language): Promise<Answered> => {
  const { turn: after, run } = switchLanguage(turn, language)
  return run ? goOn(after, run.id, resuming) : answerWith(after, speak(after))
}

/** Of the open guide, or of another, which is then one press away; what is no more is shown as the guide is. */
const aboutPassage = async (turn: Turn, id: string): Promise<Answered> => {
  const run = openRunOf(turn)
  const passage = passageOf(id, turn.language)
  if (!passage || !isScenario(passage.topic)) return run ? goOn(turn, run.id, resuming) : answerWith(turn, noGuideReply(turn.language))
  return backToGuide(answerWith(withView(turn, { passage: id }), passageReply(passage, passage.topic, turn.language, { isOpen: run?.topic === passage.topic })))
}

const aboutTopic = async (turn: Turn, { topic, understanding, step, point: id }: To<'topic'>): Promise<Answered> => {
  const { language, services, incoming } = turn
  const wanted = topic === 'language' ? wantedLanguage(incoming.text) : undefined
  if (wanted) return speakAs(turn, wanted)
  if (!isAnswer(topic)) return backToGuide(controls[topic](turn))
  if (topic === 'find-admin') return backToGuide(await findAdmin(turn, step))
  const code = understanding?.errorCode
  const first = code ? errorCodeBlock(code, language) : []
  const point = id === undefined ? undefined : passageOf(id, language)
  const told = withView(turn, { passage: point?.id })
  return backToGuide(answerWith(told, answerReply({ topic, language, publicUrl: services.publicUrl, first, ...(point && { point }) })))
}

const manners: readonly Topic[] = ['greeting', 'thanks']

export const askBack = (language: Language, understanding: Understanding): Reply =>
  understanding.ask === 'which'
    ? whichReply(language)
    : betweenReply(
        language,
        candidatesOf(understanding).filter((topic) => !manners.includes(topic)),
      )

export const refuse = (language: Language, { understanding, isOutside }: To<'reject'>): Reply =>
  isOutside ? outsideReply(language) : notUnderstoodReply(language, questionsNear(understanding))

const candidatesOf = ({ candidates }: Understanding): readonly Topic[] => candidates.flatMap(({ topic }) => (topic === 'none' ? [] : [topic]))

const usual: readonly Topic[] = ['azure-for-m365', 'm365-for-azure', 'check-role']

/** Offered when nothing was understood: questions people have, never "Hello". */
const questionsNear = (understanding: Understanding): readonly Topic[] => {
  const near = candidatesOf(understanding).filter((topic) => !isControl(topic) && topic !== 'support')
  return [...new Set([...near, ...usual])].slice(0, 3)
}
