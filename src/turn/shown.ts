/** Which card did a turn show, and what was it about? What the next message is read with. */
import type { Reply } from '../cards/reply'
import type { About } from '../runs/answered'
import { openRun } from '../runs/person'
import { isControl, type Topic } from '../topics'
import { topicOfPassage } from '../understanding/passages'
import type { CardShown } from '../understanding/situation'
import type { Pick } from '../verbs/action'
import type { Verb } from '../verbs/verbs'
import type { Route } from './routes'
import type { Turn } from './turn'

const byVerb: Partial<Record<Verb, CardShown>> = {
  stuck: 'stuck',
  tried: 'stuck',
  'all-steps': 'list',
  'my-runs': 'list',
  cancel: 'left',
  'forget-me': 'forget',
}

const byStage = { before: 'before', stopped: 'stopped', steps: 'step', end: 'end' } as const satisfies Record<string, CardShown>

/** The card of a guide, where its run stands now; what looks up a role begins with the verdict. */
const ofGuide = ({ person, signIn }: Turn, verb: Verb | undefined): CardShown => {
  const run = openRun(person)
  if (signIn) return 'sign-in'
  if (verb && byVerb[verb]) return byVerb[verb]
  if (!run) return 'talk'
  return run.topic === 'check-role' && run.stage === 'before' ? 'verdict' : byStage[run.stage]
}

export const cardShown = (route: Route, turn: Turn, reply: Reply): CardShown => {
  if (reply.asked?.question === 'forget-me') return 'forget'
  switch (route.kind) {
    case 'begin':
      return reply.aside && route.topic === 'check-role' ? 'verdict' : ofGuide(turn, undefined)
    case 'guide':
      return ofGuide(turn, route.input.verb)
    case 'topic':
      return route.topic === 'greeting' ? 'welcome' : route.topic === 'help' ? 'list' : isControl(route.topic) ? 'talk' : 'answer'
    case 'ask':
      return route.understanding.ask === 'which' ? 'which' : 'talk'
    case 'verb':
      return byVerb[route.verb] ?? 'talk'
    case 'passage':
      return 'answer'
    case 'no-guide':
      return 'which'
    case 'attached':
      return openRun(turn.person)?.stage === 'steps' ? 'stuck' : 'talk'
    case 'secret':
    case 'reject':
    case 'line':
      return 'talk'
  }
}

/** Undefined: the talk stays on what it was about. */
export const topicTalkedOf = (route: Route, { person }: Turn): Topic | undefined => {
  switch (route.kind) {
    case 'begin':
      return route.topic
    case 'guide':
      return openRun(person)?.topic
    case 'passage':
      return topicOfPassage(route.id)
    case 'topic':
      return isControl(route.topic) ? undefined : route.topic
    default:
      return undefined
  }
}

/** What an answer is about, so that it can be found good or bad; talk about the bot itself is not. */
export const aboutOf = (route: Route, { person, view }: Turn): About | undefined => {
  const run = openRun(person)
  const step = run?.stage === 'steps' ? { step: run.step } : {}
  switch (route.kind) {
    case 'begin':
      return { topic: route.topic, ...(run?.topic === route.topic && step) }
    case 'guide':
      return run && { topic: run.topic, ...step, ...(view.shown === 'stuck' && view.passage !== undefined && { passage: view.passage }) }
    case 'passage': {
      const topic = topicOfPassage(route.id)
      return topic && { topic, ...(run?.topic === topic && step), passage: route.id }
    }
    case 'topic':
      return isControl(route.topic) ? undefined : { topic: route.topic, ...(view.passage !== undefined && { passage: view.passage }) }
    default:
      return undefined
  }
}

/** The same where others read along. */
export const aboutOfPage = ({ reply, again }: { readonly reply: Reply; readonly again: Pick }): About | undefined => {
  const { topic, step } = again
  if (reply.notice !== undefined || !topic || isControl(topic)) return undefined
  return { topic, ...(step !== undefined && { step }) }
}
