/** One turn: recognise, interrupt, continue or begin. Every branch ends with one reply on the turn. */
import { ComponentDialog, Dialog, DialogContext, DialogSet, type DialogTurnResult } from 'botbuilder-dialogs'
import type { TurnContext } from 'botbuilder'
import type { Reply } from '../cards/reply'
import { answerReply, withWayBack } from '../replies/answer'
import { withForeignNote, withLanguageQuestion, withSecondQuestion } from '../replies/extras'
import {
  betweenReply,
  errorCodeBlock,
  feedbackReply,
  forgetReply,
  forgottenReply,
  helloReply,
  helpReply,
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
import { chatOf, newPerson, openRun, withChat, withRun } from '../runs/person'
import { reduceRun, type Run } from '../runs/run'
import { guideOf } from '../guides'
import { isAnswer, type Control, type Language, type Scenario, type Topic } from '../topics'
import { isShared, type Turn } from '../turn'
import type { Understanding } from '../understanding'
import { wantedLanguage } from '../understanding/wanted-language'
import { azureForM365 } from './azure-for-m365'
import { checkRole } from './check-role'
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
    remember(turn, route)
    const result = await this.follow(dc, turn, route)
    const understanding = 'understanding' in route ? route.understanding : undefined
    if (understanding?.second && turn.reply) turn.reply = withSecondQuestion(turn.reply, understanding.second)
    if (understanding && turn.written === 'other' && turn.reply) turn.reply = withForeignNote(turn.reply)
    return result
  }

  private async follow(dc: DialogContext, turn: Turn, route: Route): Promise<DialogTurnResult> {
    if (route.kind === 'begin') {
      await dc.cancelAllDialogs()
      return dc.beginDialog(route.topic, { input: route.input })
    }
    if (route.kind === 'guide') return this.goOn(dc, turn, route)
    const wanted = languageIn(turn, route)
    const run = wanted && switchLanguage(turn, wanted)
    if (run) return this.goOn(dc, turn, { kind: 'guide', run: run.id, input: { verb: 'resume', inputs: {} } })
    turn.reply = wanted ? languageReply(wanted) : said(turn, route)
    return Dialog.EndOfTurn
  }

  /** The run may be another than the open one: pressing a button of an older guide takes it up again. */
  private async goOn(dc: DialogContext, turn: Turn, { run, input }: Extract<Route, { kind: 'guide' }>): Promise<DialogTurnResult> {
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
    { why: { topic, confidence, phrasing: why.phrasing, ...(why.runnerUp && { runnerUp: why.runnerUp }) } },
    turn.services.now(),
  )
}

const candidatesOf = ({ candidates }: Understanding): readonly Topic[] =>
  candidates.flatMap(({ topic }) => (topic === 'none' ? [] : [topic]))

/** Routes that are no scenario's: one reply, and in the middle of a guide the way back to the step. */
const said = (turn: Turn, route: Exclude<Route, { kind: 'begin' | 'guide' }>): Reply => {
  const { language } = turn
  switch (route.kind) {
    case 'secret':
      return backToGuide(turn, secretReply(language, route.secret))
    case 'topic':
      return aboutTopic(turn, route.topic, route.understanding)
    case 'ask':
      return route.understanding.ask === 'which' ? whichReply(language) : betweenReply(language, candidatesOf(route.understanding))
    case 'reject':
      return backToGuide(turn, notUnderstoodReply(language, candidatesOf(route.understanding)))
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
  stage === 'steps' || (stage === 'before' && guideOf(topic, language).before !== undefined)

const aboutTopic = (turn: Turn, topic: Exclude<Topic, Scenario>, understanding: Understanding | undefined): Reply => {
  const { language, services } = turn
  if (!isAnswer(topic)) return backToGuide(turn, controls[topic](turn))
  const code = understanding?.errorCode
  const first = code ? errorCodeBlock(code, language) : []
  return backToGuide(turn, answerReply({ topic, language, publicUrl: services.publicUrl, first }))
}

const other = (language: Language): Language => (language === 'en' ? 'fr' : 'en')

const controls = {
  greeting: ({ language }) => helloReply(language),
  help: ({ language }) => helpReply(language),
  thanks: ({ language }) => thanksReply(language),
  'sign-out': ({ language }) => signOutReply(language),
  feedback: ({ language }) => feedbackReply(language),
  privacy: ({ language }) => privacyReply(language),
  language: ({ language }) => languageReply(language),
  cancel: ({ language }) => noGuideReply(language, 'talk.cancelNone'),
  restart: ({ language }) => noGuideReply(language),
} satisfies Record<Control, (turn: Turn) => Reply>

const languageIn = (turn: Turn, route: Route): Language | undefined => {
  if (route.kind === 'topic' && route.topic === 'language') return wantedLanguage(turn.incoming.text) ?? other(turn.language)
  if (route.kind !== 'verb') return undefined
  return route.verb === 'speak-en' ? 'en' : route.verb === 'speak-fr' ? 'fr' : undefined
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

const byVerb = (turn: Turn, verb: Extract<Route, { kind: 'verb' }>['verb']): Reply => {
  const { language, person, incoming, services } = turn
  switch (verb) {
    case 'my-runs':
      return myRunsReply(language, isShared(turn) ? person.runs.filter(({ chat }) => chat === incoming.chat) : person.runs)
    case 'why':
      return whyReply(language, chatOf(person, incoming.chat, services.now()).why)
    case 'share':
      return shareReply(language, openRun(person, incoming.chat))
    case 'forget-me':
      return forgetReply(language)
    case 'forget-me-yes':
      turn.person = newPerson()
      return forgottenReply(language)
    case 'plain-text':
    case 'cards':
      turn.person = { ...person, plainText: verb === 'plain-text' }
      return backToGuide(turn, plainReply(language, verb === 'plain-text'))
    default:
      return noGuideReply(language)
  }
}
