/** What is answered where others read along? Anyone turns the pages of the one guide there; of a person nothing is known, by type. */
import type { Reply } from '../cards/reply'
import { guideOf } from '../guides'
import type { Guide } from '../guides/schema'
import { answerReply } from '../replies/answer'
import { errorCodeBlock, feedbackReply, groupWelcomeReply, helloReply, helpReply, noGuideReply, notUnderstoodReply, privacyReply, secretReply, shareReply, thanksReply } from '../replies/talk'
import { forEverybody, pageReply, privateReply, privateTopics, sharedStepsReply, sharedStuckReply, threadLeftReply, withWayBackToPage, type PageView } from '../replies/thread'
import { nearestStep } from '../runs/run'
import type { SharedPage, Thread } from '../runs/thread'
import { isAnswer, isScenario, type Control, type Language, type Scenario } from '../topics'
import type { SharedIncoming } from '../turn/incoming'
import type { Services } from '../turn/services'
import type { ThreadRoute } from '../turn/thread-route'
import type { Pick } from '../verbs/action'
import type { Verb } from '../verbs/verbs'
import { askBack, questionsNear } from './follow'

export interface ThreadTurn {
  readonly thread: Thread
  readonly incoming: SharedIncoming
  readonly services: Services
  readonly language: Language
}

export interface ThreadAnswer {
  readonly thread: Thread
  readonly reply: Reply
}

const pageView = ({ services, language }: ThreadTurn, page: SharedPage): PageView => ({ page, language, publicUrl: services.publicUrl, privateChatUrl: services.privateChatUrl })

const withPage = (turn: ThreadTurn, page: SharedPage | undefined, reply: Reply): ThreadAnswer => ({
  thread: { ...turn.thread, page, ...(page && { language: turn.language }) },
  reply,
})

const show = (turn: ThreadTurn, page: SharedPage): ThreadAnswer => withPage(turn, page, pageReply(pageView(turn, page)))

const firstPage = (topic: Scenario): SharedPage => ({ topic, at: 'before' })

/** In the middle of a guide every other answer ends with the way back to it. */
const say = (turn: ThreadTurn, reply: Reply): ThreadAnswer => {
  const { page } = turn.thread
  return { thread: turn.thread, reply: page ? withWayBackToPage(reply, pageView(turn, page)) : reply }
}

const inPrivate = (turn: ThreadTurn, text?: string): ThreadAnswer => ({ thread: turn.thread, reply: privateReply(turn.language, turn.services.privateChatUrl(text)) })

/** Which page is meant: that of the card that was pressed, else the one shown last. */
const pageOf = ({ thread }: ThreadTurn, of: Pick | undefined): SharedPage | undefined => {
  if (!of || !isScenario(of.topic)) return thread.page
  if (of.step !== undefined) return { topic: of.topic, at: 'steps', step: of.step }
  return thread.page?.topic === of.topic ? thread.page : firstPage(of.topic)
}

const at = (guide: Guide, index: number): SharedPage => {
  const step = guide.steps[index]
  if (step) return { topic: guide.topic, at: 'steps', step: step.id }
  return { topic: guide.topic, at: index < 0 ? 'before' : 'end' }
}

const indexOf = (guide: Guide, page: SharedPage): number => {
  if (page.at === 'before') return -1
  if (page.at === 'end') return guide.steps.length
  return guide.steps.findIndex(({ id }) => id === nearestStep(guide, page.step ?? ''))
}

/** How many pages further a verb leads; the others stay on theirs. */
const further: Partial<Record<Verb, number>> = { done: 1, back: -1 }

const turnPage = (turn: ThreadTurn, { verb, of }: Extract<ThreadRoute, { kind: 'page' }>): ThreadAnswer => {
  const page = pageOf(turn, of)
  if (!page || (privateTopics as readonly string[]).includes(page.topic)) return page ? inPrivate(turn) : withPage(turn, undefined, noGuideReply(turn.language))
  const guide = guideOf(page.topic, turn.language)
  switch (verb) {
    case 'stuck':
      return page.at === 'steps' ? withPage(turn, page, sharedStuckReply(pageView(turn, page))) : show(turn, page)
    case 'all-steps':
      return withPage(turn, page, sharedStepsReply(pageView(turn, page)))
    case 'cancel':
      return withPage(turn, undefined, threadLeftReply(page.topic, turn.language))
    case 'restart':
      return show(turn, firstPage(page.topic))
    case 'proceed':
    case 'read-along':
      return show(turn, at(guide, 0))
    default:
      return show(turn, at(guide, indexOf(guide, page) + (further[verb] ?? 0)))
  }
}

const controls: Partial<Record<Control, (language: Language) => Reply>> = { greeting: helloReply, help: helpReply, thanks: thanksReply, feedback: feedbackReply, privacy: privacyReply, cancel: noGuideReply, restart: noGuideReply }

const aboutTopic = (turn: ThreadTurn, { topic, understanding }: Extract<ThreadRoute, { kind: 'topic' }>): ThreadAnswer => {
  const { language, services, incoming } = turn
  if ((privateTopics as readonly string[]).includes(topic)) return inPrivate(turn, incoming.text)
  if (isScenario(topic)) return show(turn, turn.thread.page?.topic === topic && turn.thread.page.at === 'steps' ? turn.thread.page : firstPage(topic))
  if (isAnswer(topic)) {
    const first = understanding?.errorCode ? errorCodeBlock(understanding.errorCode, language) : []
    return say(turn, answerReply({ topic, language, publicUrl: services.publicUrl, first }))
  }
  const control = controls[topic]
  return control ? say(turn, control(language)) : inPrivate(turn, incoming.text)
}

export const answerInThread = (turn: ThreadTurn, route: ThreadRoute): ThreadAnswer => {
  const { language, thread } = turn
  switch (route.kind) {
    case 'page':
      return turnPage(turn, route)
    case 'topic':
      return aboutTopic(turn, route)
    case 'verb':
      return { thread, reply: shareReply(language, thread.page?.topic) }
    case 'private':
      return inPrivate(turn)
    case 'secret':
      return say(turn, secretReply(language, route.secret))
    case 'ask':
      return say(turn, askBack(language, route.understanding))
    case 'reject':
      return say(turn, notUnderstoodReply(language, questionsNear(route.understanding)))
  }
}

export const welcomeThread = ({ thread, incoming, language, services }: ThreadTurn): ThreadAnswer => ({
  thread,
  reply: forEverybody(groupWelcomeReply(language, incoming.place), services.privateChatUrl),
})
