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
  secretReply,
  shareReply,
  thanksReply,
} from '../replies/talk'
import {
  forOne,
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
import type { OpenPrivate } from '../turn/outcome'
import { askBack, refuse } from './follow'
import { leaveForPrivate, type Leaving } from './thread-private'

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
  /** Something is begun in the private chat; `offered` is said where that may not be done once more. */
  readonly opens?: OpenPrivate
  readonly offered?: Reply
  /** For nobody else to see; `instead` is said for everybody where that is not possible. */
  readonly only?: { readonly instead: Reply }
}

type To<K extends ThreadRoute['kind']> = Extract<ThreadRoute, { kind: K }>

/** The page that everybody sees; what is for each to look up by themselves is none. */
const pageIn = ({ page }: Thread): SharedPage | undefined => (page && !isPrivateTopic(page.topic) ? page : undefined)

const viewOf = ({ services, language }: ThreadTurn, page: SharedPage, displaced = false): PageView => ({
  page,
  language,
  displaced,
  publicUrl: services.publicUrl,
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
  const page = turn.incoming.alone ? undefined : pageIn(thread)
  const complete = page ? withWayBackToPage(reply, { ...viewOf(turn, page), language: thread.language ?? language }) : reply
  return { thread, reply: complete, again: { ...again, lang: language } }
}

const inPrivate = (turn: ThreadTurn, leaving: Leaving): ThreadAnswer => leaveForPrivate(turn, pageIn(turn.thread), leaving)

const topicInPrivate = (turn: ThreadTurn, topic: Topic, step?: string): ThreadAnswer =>
  inPrivate(turn, { pick: { verb: 'in-private', topic, ...(step !== undefined && { step }) }, opening: labelOf(topic, turn.language) })

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
  if (isPrivateTopic(meant.topic)) return topicInPrivate(turn, meant.topic)
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
  privacy: ({ language }) => sharedPrivacyReply(language),
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
    buttons: topic === 'find-admin' ? [namesInPrivate(language)] : [],
  })

/** A language that is named is spoken at once. Never opened with what somebody wrote, which may hold anything. */
const controlInPrivate = (turn: ThreadTurn, topic: Topic): ThreadAnswer => {
  const wanted = topic === 'language' ? wantedLanguage(turn.incoming.text) : undefined
  return wanted ? inPrivate(turn, { pick: { verb: 'speak', lang: wanted }, opening: words(wanted).t('buttons.speak') }) : topicInPrivate(turn, topic)
}

const aboutTopic = (turn: ThreadTurn, { topic, understanding }: To<'topic'>): ThreadAnswer => {
  const again: Pick = { verb: 'topic', topic }
  if (isScenario(topic) && !isPrivateTopic(topic)) return openGuide(turn, topic)
  if (isAnswer(topic)) return say(turn, answerFor(turn, topic, understanding), again)
  const control = isScenario(topic) ? 'private' : controls[topic]
  return control === 'private' ? controlInPrivate(turn, topic) : say(turn, control(turn), again)
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

/** Words are for there only where they hold what is looked up: a "yes, …" that is written here answers nothing that is asked there. */
const followPrivate = (turn: ThreadTurn, { verb, about, step, lang, says }: To<'private'>): ThreadAnswer => {
  const { language, incoming } = turn
  const namesLanguage = verb === 'speak' || verb === 'keep-language'
  const pick: Pick = { verb, ...(about && { topic: about }), ...(step !== undefined && { step }), ...(lang && namesLanguage && { lang }) }
  const topic = about ?? (verb === 'in-private' ? pageIn(turn.thread)?.topic : undefined)
  const written = verb === 'in-private' ? undefined : incoming.text || undefined
  return inPrivate(turn, { pick, opening: topic ? labelOf(topic, language) : written, ...(says && { text: incoming.text }) })
}

/** Shown to whoever asked alone; the others are told, at most, where it is answered. */
const toAsker = ({ language, services }: ThreadTurn, answer: ThreadAnswer): ThreadAnswer => ({
  ...answer,
  only: { instead: privateReply(language, services.privateChatUrl(), 'offered') },
})

const warnOfSecret = (turn: ThreadTurn, { secret }: To<'secret'>): ThreadAnswer => {
  const answer = toAsker(turn, say(turn, secretReply(turn.language, secret), { verb: 'topic', topic: 'privacy' }))
  return { ...answer, thread: turn.thread, reply: forOne(answer.reply) }
}

/** What one colleague alone asks changes nothing that the others see: a guide is gone through in their private chat. */
const answerAlone = (turn: ThreadTurn, route: ThreadRoute): ThreadAnswer => {
  const { thread } = turn
  const page = route.kind === 'page' ? pageOf(turn, route.of) : undefined
  const answered = () => {
    if (page) return topicInPrivate(turn, page.topic, page.step)
    return route.kind === 'topic' && isScenario(route.topic) ? topicInPrivate(turn, route.topic) : follow(turn, route)
  }
  return { ...toAsker(turn, answered()), thread }
}

const cannotOpen = (turn: ThreadTurn, attached: Attached): ThreadAnswer => {
  if (pageIn(turn.thread)?.at !== 'steps') return say(turn, attachedReply(turn.language, attached), { verb: 'topic', topic: 'help' })
  const answer = turnPage(turn, { kind: 'page', verb: 'stuck' })
  return { ...answer, reply: withUnopenedFirst(answer.reply, attached) }
}

const follow = (turn: ThreadTurn, route: ThreadRoute): ThreadAnswer => {
  const { language, thread } = turn
  switch (route.kind) {
    case 'page':
      return turnPage(turn, route)
    case 'topic':
      return aboutTopic(turn, route)
    case 'verb':
      return { thread, reply: shareReply(language, pageIn(thread)?.topic), again: { verb: route.verb, lang: language } }
    case 'private':
      return followPrivate(turn, route)
    case 'secret':
      return warnOfSecret(turn, route)
    case 'ask':
      return say(turn, askBack(language, route.understanding), { verb: 'topic', topic: 'help' })
    case 'attached':
      return cannotOpen(turn, route.attached)
    case 'reject':
      return say(turn, refuse(language, route), { verb: 'topic', topic: 'help' })
  }
}

/** Words that turn the page leave it in the language it is shown in, whoever writes them; a card is in its own. */
const languageFor = ({ thread, incoming, language }: ThreadTurn, { kind }: ThreadRoute): Language =>
  (kind === 'page' || kind === 'attached') && !incoming.press && pageIn(thread) ? (thread.language ?? language) : language

export const answerInThread = (turn: ThreadTurn, route: ThreadRoute): ThreadAnswer => {
  const spoken = { ...turn, language: languageFor(turn, route) }
  const answer = turn.incoming.alone ? answerAlone(spoken, route) : follow(spoken, route)
  const whole = 'understanding' in route && route.understanding ? withUnderstood(answer, turn, route.understanding) : answer
  return turn.incoming.alone && !whole.opens ? { ...whole, reply: forOne(whole.reply) } : whole
}

export const welcomeThread = ({ thread, incoming, language }: ThreadTurn): ThreadAnswer => ({
  thread: { ...thread, welcomed: true },
  reply: groupWelcomeReply(language, incoming.place),
  again: { verb: 'topic', topic: 'greeting', lang: language },
})
