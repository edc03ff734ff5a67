/** What is one message or press about, where others read along? As in a private chat, but nothing waits for anybody's answer there. */
import type { Thread } from '../runs/thread'
import type { Topic } from '../topics'
import { understand, type Understanding } from '../understanding'
import { findLookUp } from '../understanding/answers'
import { findSecret } from '../understanding/secrets'
import type { ActionData, Pick } from '../verbs/action'
import { rowOf, type Verb } from '../verbs/verbs'
import type { SharedIncoming } from './incoming'
import { findListed, findTitle, findVerb } from './said'

export type ThreadRoute =
  /** Turns a page; `of`: the guide and step of the card that was pressed, in place of those shown last. */
  | { readonly kind: 'page'; readonly verb: Verb; readonly of?: Pick }
  | { readonly kind: 'topic'; readonly topic: Topic; readonly understanding?: Understanding }
  | { readonly kind: 'verb'; readonly verb: Verb }
  | { readonly kind: 'private' }
  | { readonly kind: 'secret'; readonly secret: 'password' | 'card' | 'code' }
  | { readonly kind: 'ask' | 'reject'; readonly understanding: Understanding }

const ofVerb = (verb: Verb, of?: ActionData | Pick): ThreadRoute | undefined => {
  if (verb === 'topic') return of?.topic ? { kind: 'topic', topic: of.topic } : undefined
  switch (rowOf(verb).inThread) {
    case 'page':
      return { kind: 'page', verb, ...(of && { of: { verb, topic: of.topic, step: of.step } }) }
    case 'everybody':
      return { kind: 'verb', verb }
    case 'private':
      return { kind: 'private' }
  }
}

const ofWords = (thread: Thread, text: string): ThreadRoute | undefined => {
  const secret = findSecret(text)
  if (secret) return { kind: 'secret', secret }
  if (text === '') return { kind: 'topic', topic: 'greeting' }
  const title = findTitle(thread, text)
  if (title) return ofVerb(title.verb, title)
  const typed = findVerb(text)
  if (typed) return ofVerb(typed)
  const listed = findListed(thread, text)
  if (listed) return ofVerb(listed.verb, listed)
  return findLookUp(text) ? { kind: 'private' } : undefined
}

const ofUnderstanding = (understanding: Understanding): ThreadRoute => {
  const { topic, decision } = understanding
  if (decision === 'ask') return { kind: 'ask', understanding }
  if (decision === 'reject' || topic === 'none') return { kind: 'reject', understanding }
  return topic === 'cancel' || topic === 'restart' ? { kind: 'page', verb: topic } : { kind: 'topic', topic, understanding }
}

export const threadRouteOf = (thread: Thread, { press, text }: SharedIncoming): ThreadRoute =>
  (press ? ofVerb(press.action.verb, press.action) : ofWords(thread, text)) ?? ofUnderstanding(understand(text))
