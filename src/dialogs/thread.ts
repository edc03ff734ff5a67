/** What is answered where others read along? Anyone turns the pages of the one guide there; of a person nothing is known, by type. */
import type { Attached } from '../attached'
import type { Reply } from '../cards/reply'
import { guideOf, labelOf } from '../guides'
import { words } from '../guides/words'
import { answerReply } from '../replies/answer'
import { withForeignNote, withSecondQuestion, withUnopenedFirst } from '../replies/extras'
import {
  attachedReply,
  errorCodeBlock,
  feedbackReply,
  groupWelcomeReply,
  helloReply,
  helpReply,
  noGuideReply,
  notUnderstoodReply,
  secretReply,
  shareReply,
  thanksReply,
} from '../replies/talk'
import {
  isPrivateTopic,
  namesInPrivate,
  pageReply,
  privateReply,
  sharedPrivacyReply,
  sharedStepsReply,
  sharedStuckReply,
  threadLeftReply,
  withWayBackToPage,
  type PageView,
} from '../replies/thread'
import { firstPage, pageAt, positionOfPage, type SharedPage, type Thread } from '../runs/thread'
import { isAnswer, isScenario, type AnswerTopic, type Control, type Language, type Topic } from '../topics'
import type { SharedIncoming } from '../turn/incoming'
import { languageWritten } from '../turn/language'
import type { Services } from '../turn/services'
import type { ThreadRoute } from '../turn/thread-route'
import type { Understanding } from '../understanding'
import { wantedLanguage } from '../understanding/wanted-language'
import type { Pick } from '../verbs/action'
import type { Verb } from '../verbs/verbs'
import { askBack, questionsNear } from './follow'

export interface ThreadTurn {
  readonly thread: Thread
  readonly incoming: SharedIncoming
  readonly services: Services
  /** Of this answer. */
  readonly language: Language
}

export interface ThreadAnswer {
  readonly thread: Thread
  readonly reply: Reply
  /** What shows it again, should it get lost. */
  readonly again: Pick
}

type To<K extends ThreadRoute['kind']> = Extract<ThreadRoute, { kind: K }>

/** The page that everybody sees; what is for each to look up by themselves is none. */
const pageIn = ({ page }: Thread): SharedPage | undefined => (page && !isPrivateTopic(page.topic) ? page : undefined)

const viewOf = ({ services, language }: ThreadTurn, page: SharedPage, displaced = false): PageView => ({
  page,
  language,
  displaced,
  publicUrl: services.publicUrl,
  privateChatUrl: services.privateChatUrl,
})

const withPage = ({ thread, language }: ThreadTurn, page: SharedPage, reply: Reply, verb: Verb = 'resume'): ThreadAnswer => ({
  thread: { ...thread, page, language },
  reply,
  again: { verb, topic: page.topic, step: page.step, lang: language },
})

const show = (turn: ThreadTurn, page: SharedPage, displaced?: boolean): ThreadAnswer => withPage(turn, page, pageReply(viewOf(turn, page, displaced)))

/** In the middle of a guide every other answer ends with the way back to it, in the language it is shown in. */
const say = (turn: ThreadTurn, reply: Reply, again: Pick): ThreadAnswer => {
  const { thread, language } = turn
  const page = pageIn(thread)
  const complete = page ? withWayBackToPage(reply, { ...viewOf(turn, page), language: thread.language ?? language }) : reply
  return { thread, reply: complete, again: { ...again, lang: language } }
}

/** The card on which something can be chosen stays the last one. */
const inPrivate = ({ thread, services, language }: ThreadTurn, text: string | undefined, again: Pick): ThreadAnswer => ({
  thread,
  reply: privateReply(language, services.privateChatUrl(text)),
  again: { ...again, lang: language },
})

/** Which page is meant: that of the card that was pressed, else the one shown last. */
const pageOf = ({ thread }: ThreadTurn, of: Pick | undefined): SharedPage | undefined => {
  const page = pageIn(thread)
  if (!of || !isScenario(of.topic)) return page
  if (of.step !== undefined) return { topic: of.topic, at: 'steps', step: of.step }
  return page?.topic === of.topic ? page : firstPage(of.topic)
}

const noGuide = ({ thread, language }: ThreadTurn, verb: Verb): ThreadAnswer => ({
  thread: { ...thread, page: undefined },
  reply: noGuideReply(language, verb === 'cancel' ? 'talk.cancelNone' : 'guide.noneText'),
  again: { verb: 'topic', topic: 'help', lang: language },
})

/** Closes this guide; another one that is shown meanwhile stays. */
const leave = (turn: ThreadTurn, page: SharedPage): ThreadAnswer => {
  const { thread, language } = turn
  const left = thread.page?.topic === page.topic ? { ...thread, page: undefined } : thread
  return { thread: left, reply: threadLeftReply(viewOf(turn, page)), again: { verb: 'topic', topic: 'help', lang: language } }
}

/** How many pages further a verb leads; the others stay on theirs. */
const further: Partial<Record<Verb, number>> = { done: 1, skip: 1, back: -1 }

const turnPage = (turn: ThreadTurn, { verb, of }: To<'page'>): ThreadAnswer => {
  const meant = pageOf(turn, of)
  if (!meant) return noGuide(turn, verb)
  if (isPrivateTopic(meant.topic)) return inPrivate(turn, labelOf(meant.topic, turn.language), { verb: 'topic', topic: meant.topic })
  const guide = guideOf(meant.topic, turn.language)
  const { index, displaced } = positionOfPage(meant, guide)
  const page = pageAt(guide, index)
  switch (verb) {
    case 'cancel':
      return leave(turn, page)
    case 'restart':
      return show(turn, firstPage(page.topic))
    case 'proceed':
    case 'read-along':
      return show(turn, pageAt(guide, 0))
    case 'helped':
    case 'not-helped':
      return show(turn, pageAt(guide, guide.steps.length))
    case 'all-steps':
      return withPage(turn, page, sharedStepsReply(viewOf(turn, page)), verb)
    case 'stuck':
    case 'tried':
      return page.at === 'steps' && !displaced ? withPage(turn, page, sharedStuckReply(viewOf(turn, page)), verb) : show(turn, page, displaced)
    default:
      // What a step led to that is gone, nobody knows: the nearest one is shown first, and says so.
      return displaced ? show(turn, page, displaced) : show(turn, pageAt(guide, index + (further[verb] ?? 0)))
  }
}

/** `private`: only one person can be told. */
const controls: Readonly<Record<Control, 'private' | ((turn: ThreadTurn) => Reply)>> = {
  greeting: ({ language }) => helloReply(language),
  help: ({ language }) => helpReply(language, ['thread.help', 'thread.helpPrivate']),
  thanks: ({ language }) => thanksReply(language),
  feedback: ({ language }) => feedbackReply(language, 'thread.feedback'),
  privacy: ({ language, services }) => sharedPrivacyReply(language, services.privateChatUrl),
  cancel: ({ language }) => noGuideReply(language, 'talk.cancelNone'),
  restart: ({ language }) => noGuideReply(language),
  language: 'private',
  'sign-out': 'private',
}

const answerFor = ({ language, services }: ThreadTurn, topic: AnswerTopic, understanding: Understanding | undefined): Reply =>
  answerReply({
    topic,
    language,
    publicUrl: services.publicUrl,
    first: understanding?.errorCode ? errorCodeBlock(understanding.errorCode, language) : [],
    buttons: topic === 'find-admin' ? [namesInPrivate(language, services.privateChatUrl)] : [],
  })

/** Words that begin the same in the private chat; never what somebody wrote, which may hold anything. */
const openingWords = (topic: Topic, { language, incoming }: ThreadTurn): string => {
  const wanted = topic === 'language' ? wantedLanguage(incoming.text) : undefined
  return wanted ? words(wanted).t('buttons.speak') : labelOf(topic, language)
}

const aboutTopic = (turn: ThreadTurn, { topic, understanding }: To<'topic'>): ThreadAnswer => {
  const again: Pick = { verb: 'topic', topic }
  if (isScenario(topic) && !isPrivateTopic(topic)) return openGuide(turn, topic)
  if (isAnswer(topic)) return say(turn, answerFor(turn, topic, understanding), again)
  const control = isScenario(topic) ? 'private' : controls[topic]
  return control === 'private' ? inPrivate(turn, openingWords(topic, turn), again) : say(turn, control(turn), again)
}

/** A guide that is shown goes on where it is. */
const openGuide = (turn: ThreadTurn, topic: SharedPage['topic']): ThreadAnswer => {
  const { page } = turn.thread
  return page?.topic === topic && page.at === 'steps' ? turnPage(turn, { kind: 'page', verb: 'resume' }) : show(turn, firstPage(topic))
}

const withUnderstood = (answer: ThreadAnswer, { incoming }: ThreadTurn, { second }: Understanding): ThreadAnswer => {
  if (answer.reply.notice !== undefined) return answer
  const whole = second ? withSecondQuestion(answer.reply, second) : answer.reply
  return { ...answer, reply: languageWritten(incoming.text) === 'other' ? withForeignNote(whole) : whole }
}

const cannotOpen = (turn: ThreadTurn, attached: Attached): ThreadAnswer => {
  if (pageIn(turn.thread)?.at !== 'steps') return say(turn, attachedReply(turn.language, attached), { verb: 'topic', topic: 'help' })
  const answer = turnPage(turn, { kind: 'page', verb: 'stuck' })
  return { ...answer, reply: withUnopenedFirst(answer.reply, attached) }
}

const follow = (turn: ThreadTurn, route: ThreadRoute): ThreadAnswer => {
  const { language, thread, incoming } = turn
  switch (route.kind) {
    case 'page':
      return turnPage(turn, route)
    case 'topic':
      return aboutTopic(turn, route)
    case 'verb':
      return { thread, reply: shareReply(language, pageIn(thread)?.topic), again: { verb: route.verb, lang: language } }
    case 'private':
      return inPrivate(turn, route.about ? labelOf(route.about, language) : incoming.text || undefined, { verb: route.verb, topic: route.about })
    case 'secret':
      return say(turn, secretReply(language, route.secret), { verb: 'topic', topic: 'privacy' })
    case 'ask':
      return say(turn, askBack(language, route.understanding), { verb: 'topic', topic: 'help' })
    case 'attached':
      return cannotOpen(turn, route.attached)
    case 'reject':
      return say(turn, notUnderstoodReply(language, questionsNear(route.understanding)), { verb: 'topic', topic: 'help' })
  }
}

/** Words that turn the page leave it in the language it is shown in, whoever writes them; a card is in its own. */
const languageFor = ({ thread, incoming, language }: ThreadTurn, { kind }: ThreadRoute): Language =>
  (kind === 'page' || kind === 'attached') && !incoming.press && pageIn(thread) ? (thread.language ?? language) : language

export const answerInThread = (turn: ThreadTurn, route: ThreadRoute): ThreadAnswer => {
  const answer = follow({ ...turn, language: languageFor(turn, route) }, route)
  return 'understanding' in route && route.understanding ? withUnderstood(answer, turn, route.understanding) : answer
}

export const welcomeThread = ({ thread, incoming, language }: ThreadTurn): ThreadAnswer => ({
  thread: { ...thread, welcomed: true },
  reply: groupWelcomeReply(language, incoming.place),
  again: { verb: 'topic', topic: 'greeting', lang: language },
})
