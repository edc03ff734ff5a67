/** One turn: recognise, interrupt, continue or begin. Every branch ends with one reply on the turn. */
import { ComponentDialog, Dialog, DialogContext, DialogSet, type DialogTurnResult } from 'botbuilder-dialogs'
import type { TurnContext } from 'botbuilder'
import type { Reply } from '../cards/reply'
import { answerReply, withWayBack } from '../replies/answer'
import { withForeignNote, withLanguageQuestion, withSecondQuestion } from '../replies/extras'
import {
  betweenReply,
  type Explanation,
  errorCodeBlock,
  feedbackReply,
  forgetReply,
  forgottenReply,
  helloReply,
  helpReply,
  keptReply,
  languageChoiceReply,
  languageReply,
  myRunsReply,
  noGuideReply,
  notYoursReply,
  notUnderstoodReply,
  plainReply,
  privacyReply,
  secretReply,
  shareReply,
  signOutReply,
  thanksReply,
  whichReply,
  whyReply,
} from '../replies/talk'
import { routeOf, type Route } from '../route'
import { chatOf, newPerson, openRun, withChat, withRun, type Chat } from '../runs/person'
import { reduceRun, type Run } from '../runs/run'
import { guideOf } from '../guides'
import { isAnswer, isControl, type Control, type Language, type Scenario, type Topic } from '../topics'
import { isShared, type Turn } from '../turn'
import type { Understanding } from '../understanding'
import { wantedLanguage } from '../understanding/wanted-language'
import { phrasingById, phrasingId } from '../understanding/why'
import { azureForM365 } from './azure-for-m365'
import { checkRole } from './check-role'
import { findAdmin } from './find-admin'
import { linkExisting } from './link-existing'
import { m365ForAzure } from './m365-for-azure'
import { ScenarioDialog, type ScenarioRules } from './scenario'
import { attachTurn, rootId, stackOf, turnOf } from './turn-state'
import { verifySetup } from './verify-setup'

const rules = {
  'azure-for-m365': azureForM365,
  'm365-for-azure': m365ForAzure,
  'link-existing': linkExisting,
  'check-role': checkRole,
  'verify-setup': verifySetup,
} satisfies Record<Scenario, ScenarioRules>

class RootDialog extends ComponentDialog {
  constructor() {
    super(rootId)
    for (const scenario of Object.values(rules)) this.addDialog(new ScenarioDialog(scenario))
  }

  override onBeginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return this.take(dc, turnOf(dc.context))
  }

  override onContinueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return this.take(dc, turnOf(dc.context))
  }

  private async take(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const route = routeOf(turn)
    turn.wantsToSignIn = (route.kind === 'guide' && route.input.verb === 'sign-in') || ('signIn' in route && route.signIn === true)
    remember(turn, route)
    const result = await this.follow(dc, turn, route)
    const understanding = 'understanding' in route ? route.understanding : undefined
    if (understanding?.second && turn.reply) turn.reply = withSecondQuestion(turn.reply, understanding.second)
    if (understanding && turn.written === 'other' && turn.reply) turn.reply = withForeignNote(turn.reply)
    return result
  }

  private async follow(dc: DialogContext, turn: Turn, route: Route): Promise<DialogTurnResult> {
    const open = openRun(turn.person, turn.incoming.chat)
    if (route.kind === 'begin') {
      if (open && isSame(open, route.topic)) return this.goOn(dc, turn, askedAgain(open))
      await dc.cancelAllDialogs()
      const begun = await dc.beginDialog(route.topic, { input: route.input })
      return aside(turn, open, begun)
    }
    if (route.kind === 'guide') return ledBack(turn, aside(turn, open, await this.goOn(dc, turn, route)))
    const wanted = languageIn(turn, route)
    const run = wanted && switchLanguage(turn, wanted)
    if (run) return this.goOn(dc, turn, resume(run))
    turn.reply = wanted ? languageReply(wanted) : await said(turn, route)
    return Dialog.EndOfTurn
  }

  /** The run may be another than the open one: pressing a button of an older guide takes it up again. */
  private async goOn(dc: DialogContext, turn: Turn, { run, input }: GuideRoute): Promise<DialogTurnResult> {
    const { person, incoming, services } = turn
    turn.input = input
    if (person.chats[incoming.chat]?.run !== run) {
      turn.person = withChat(person, incoming.chat, { run }, services.now())
      await dc.cancelAllDialogs()
    }
    const topic = person.runs.find(({ id }) => id === run)?.topic
    if (!dc.activeDialog && topic) dc.stack.push({ id: topic, state: {} })
    return dc.continueDialog()
  }
}

type GuideRoute = Extract<Route, { kind: 'guide' }>

const resume = ({ id }: Run): GuideRoute => ({ kind: 'guide', run: id, input: { verb: 'resume', inputs: {} } })

/** A guide is shown where it is; what begins with a look-up is looked up again. */
const askedAgain = (run: Run): GuideRoute =>
  guideOf(run.topic, run.language).before ? resume(run) : { kind: 'guide', run: run.id, input: { verb: 'check-again', inputs: {} } }

/** Asking again for the guide one is in must not throw the progress away. */
const isSame = ({ topic, stage }: Run, wanted: Scenario): boolean => topic === wanted && stage === 'steps'

/** In the middle of a set-up, looking up a role or a tenant is a question like any other: it leads back to the step. */
const aside = (turn: Turn, open: Run | undefined, result: DialogTurnResult): DialogTurnResult => {
  const { person, incoming, services } = turn
  const now = openRun(person, incoming.chat)
  if (!open || !now || open.id === now.id || !isUnderWay(open) || isUnderWay(now) || !turn.reply) return result
  if (now.stage !== 'before') return result
  turn.person = withChat(person, incoming.chat, { run: open.id }, services.now())
  turn.reply = withWayBack(turn.reply, open)
  return result
}

/** The end of looking something up by hand, for the sake of another guide, leads back to that one. */
const ledBack = (turn: Turn, result: DialogTurnResult): DialogTurnResult => {
  const { person, incoming, reply } = turn
  const now = openRun(person, incoming.chat)
  if (!now || !reply || now.stage !== 'end' || guideOf(now.topic, now.language).before) return result
  const [other] = person.runs
    .filter((run) => run.chat === incoming.chat && run.stage === 'steps' && guideOf(run.topic, run.language).before)
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  turn.reply = other ? withWayBack(reply, other) : reply
  return result
}

const dialogs = new DialogSet()
dialogs.add(new RootDialog())

/** Runs the dialogs for one turn; afterwards `turn.reply` and `turn.person` hold what to send and to keep. */
export const runDialogs = async (context: TurnContext, turn: Turn): Promise<void> => {
  attachTurn(context, turn)
  const dc = new DialogContext(dialogs, context, stackOf(turn))
  if (dc.activeDialog) await dc.continueDialog()
  else await dc.beginDialog(rootId)
  turn.reply &&= aboutLanguage(turn, turn.reply)
}

/** Someone who writes another language than their Teams is answered in it, and asked once whether to stay. */
const aboutLanguage = (turn: Turn, reply: Reply): Reply => {
  const { written, person, incoming } = turn
  const usual = person.language ?? incoming.clientLanguage
  if (!written || written === 'other' || !usual || written === usual || person.askedLanguage || reply.page.language !== written) return reply
  turn.person = { ...person, askedLanguage: true }
  return withLanguageQuestion(reply)
}

const remember = (turn: Turn, route: Route): void => {
  const understanding = 'understanding' in route ? route.understanding : undefined
  if (!understanding) return
  const { topic, confidence, why } = understanding
  turn.person = withChat(
    turn.person,
    turn.incoming.chat,
    { why: { topic, confidence, phrasing: phrasingId(why.phrasing), ...(why.runnerUp && !isControl(why.runnerUp) && { runnerUp: why.runnerUp }) } },
    turn.services.now(),
  )
}

const explanationOf = ({ why }: Chat): Explanation | undefined => {
  const phrasing = why && phrasingById(why.phrasing)
  return phrasing ? { ...why, phrasing } : undefined
}

const askBack = (language: Language, understanding: Understanding): Reply =>
  understanding.ask === 'which' ? whichReply(language) : betweenReply(language, candidatesOf(understanding))

const candidatesOf = ({ candidates }: Understanding): readonly Topic[] =>
  candidates.flatMap(({ topic }) => (topic === 'none' ? [] : [topic]))

/** Offered when nothing was understood: questions people have, never "Hello". */
const questionsNear = (understanding: Understanding): readonly Topic[] => {
  const near = candidatesOf(understanding).filter((topic) => !isControl(topic) && topic !== 'support')
  return [...new Set([...near, ...usual])].slice(0, 3)
}
const usual: readonly Topic[] = ['azure-for-m365', 'm365-for-azure', 'check-role']

/** Routes that are no scenario's: one reply, and in the middle of a guide the way back to the step. */
const said = async (turn: Turn, route: Exclude<Route, { kind: 'begin' | 'guide' }>): Promise<Reply> => {
  const { language } = turn
  switch (route.kind) {
    case 'secret':
      return backToGuide(turn, secretReply(language, route.secret))
    case 'topic':
      return aboutTopic(turn, route)
    case 'ask':
      return backToGuide(turn, askBack(language, route.understanding))
    case 'reject':
      return backToGuide(turn, notUnderstoodReply(language, questionsNear(route.understanding)))
    case 'no-guide':
      return noGuideReply(language)
    case 'not-yours':
      return isShared(turn) ? notYoursReply(language) : noGuideReply(language)
    case 'verb':
      return byVerb(turn, route.verb)
  }
}

const backToGuide = (turn: Turn, reply: Reply): Reply => {
  const run = openRun(turn.person, turn.incoming.chat)
  return run && isUnderWay(run) ? withWayBack(reply, run) : reply
}

/** Looking up a role or a tenant is done with its first card; a set-up is under way until its end. */
const isUnderWay = ({ stage, topic, language }: Run): boolean =>
  stage === 'steps' || (stage !== 'end' && guideOf(topic, language).before !== undefined)

const aboutTopic = async (turn: Turn, { topic, understanding, step }: Extract<Route, { kind: 'topic' }>): Promise<Reply> => {
  const { language, services } = turn
  if (!isAnswer(topic)) return backToGuide(turn, await controls[topic](turn))
  if (topic === 'find-admin') return backToGuide(turn, await findAdmin(turn, step))
  const code = understanding?.errorCode
  const first = code ? errorCodeBlock(code, language) : []
  return backToGuide(turn, answerReply({ topic, language, publicUrl: services.publicUrl, first }))
}

/** A sign-in that was waited for, or declined, is over with it: the next look-up asks again. */
const signedOut = async (turn: Turn): Promise<Reply> => {
  const { language, services, signIn, person, incoming } = turn
  if (isShared(turn)) return signOutReply(language, 'shared', services.privateChatUrl)
  if (!signIn) return signOutReply(language, 'nobody', services.privateChatUrl)
  turn.person = withChat(person, incoming.chat, { signIn: undefined }, services.now())
  return signOutReply(language, (await signIn.signOut()) ? 'done' : 'failed', services.privateChatUrl)
}

const controls = {
  greeting: ({ language }) => helloReply(language),
  help: ({ language }) => helpReply(language),
  thanks: ({ language }) => thanksReply(language),
  'sign-out': signedOut,
  feedback: ({ language }) => feedbackReply(language),
  privacy: ({ language }) => privacyReply(language),
  language: ({ language }) => languageChoiceReply(language),
  cancel: ({ language }) => noGuideReply(language, 'talk.cancelNone'),
  restart: ({ language }) => noGuideReply(language),
} satisfies Record<Control, (turn: Turn) => Reply | Promise<Reply>>

const languageVerbs: Readonly<Record<string, Language>> = { 'speak-en': 'en', 'keep-en': 'en', 'speak-fr': 'fr', 'keep-fr': 'fr' }

const languageIn = (turn: Turn, route: Route): Language | undefined => {
  if (route.kind === 'topic' && route.topic === 'language') return wantedLanguage(turn.incoming.text)
  if (route.kind !== 'verb') return undefined
  return languageVerbs[route.verb]
}

/** At once and remembered; answers the open run, now in that language, which is then shown again. */
const switchLanguage = (turn: Turn, language: Language): Run | undefined => {
  turn.language = language
  turn.person = { ...turn.person, language, askedLanguage: true }
  const run = openRun(turn.person, turn.incoming.chat)
  if (!run) return undefined
  const switched = reduceRun(run, { kind: 'language', language }, guideOf(run.topic, language), turn.services.now())
  turn.person = withRun(turn.person, switched)
  return switched
}

const byVerb = async (turn: Turn, verb: Extract<Route, { kind: 'verb' }>['verb']): Promise<Reply> => {
  const { language, person, incoming, services } = turn
  switch (verb) {
    case 'my-runs':
      return isShared(turn)
        ? myRunsReply(language, person.runs.filter(({ chat }) => chat === incoming.chat), 'guide.mineElsewhere')
        : myRunsReply(language, person.runs)
    case 'why':
      return whyReply(language, explanationOf(chatOf(person, incoming.chat, services.now())))
    case 'share':
      return shareReply(language, openRun(person, incoming.chat))
    case 'forget-me':
      return forgetReply(language)
    case 'forget-me-yes':
      const tokenIsGone = (await turn.signIn?.signOut()) ?? true
      turn.person = newPerson()
      turn.forgotten = true
      return forgottenReply(language, { tokenIsGone })
    case 'keep-me':
      return backToGuide(turn, keptReply(language))
    case 'plain-text':
    case 'cards':
      turn.person = { ...person, plainText: verb === 'plain-text' }
      return backToGuide(turn, plainReply(language, verb === 'plain-text'))
    default:
      return noGuideReply(language)
  }
}
