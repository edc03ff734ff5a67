/** What is one message or press about, where others read along? As in a private chat, but nothing waits for anybody's answer there. */
import type { Attached } from '../attached'
import type { Thread } from '../runs/thread'
import { isLanguage, type Language, type Topic } from '../topics'
import { understand, type Understanding } from '../understanding'
import { findLookUp } from '../understanding/answers'
import { asksForPrivate } from '../understanding/commands'
import { findSecret } from '../understanding/secrets'
import type { ActionData, Pick } from '../verbs/action'
import { rowOf, type Verb } from '../verbs/verbs'
import type { SharedIncoming } from './incoming'
import { findLabel, findListed, findTitle, findVerb } from './said'

export type ThreadRoute =
  /** Turns a page; `of`: the guide and step of the card that was pressed, in place of those shown last. */
  | { readonly kind: 'page'; readonly verb: Verb; readonly of?: Pick }
  | { readonly kind: 'topic'; readonly topic: Topic; readonly understanding?: Understanding }
  | { readonly kind: 'verb'; readonly verb: Verb }
  /** `about`: what the private chat is opened with; absent: with what was written. `step`: of the card that was pressed. `says`: the words themselves are for there. */
  | { readonly kind: 'private'; readonly verb: Verb; readonly about?: Topic; readonly step?: string; readonly lang?: Language; readonly says?: true }
  | { readonly kind: 'secret'; readonly secret: 'password' | 'card' | 'code' }
  | { readonly kind: 'ask'; readonly understanding: Understanding }
  | { readonly kind: 'reject'; readonly understanding: Understanding; readonly isOutside: boolean }
  /** Something to open, and no words. */
  | { readonly kind: 'attached'; readonly attached: Attached }

const ofVerb = (verb: Verb, of?: ActionData | Pick): ThreadRoute | undefined => {
  if (verb === 'topic') return of?.topic ? { kind: 'topic', topic: of.topic } : undefined
  switch (rowOf(verb).inThread) {
    case 'page':
      return { kind: 'page', verb, ...(of && { of: { verb, topic: of.topic, step: of.step } }) }
    case 'everybody':
      return { kind: 'verb', verb }
    case 'private':
      return {
        kind: 'private',
        verb,
        ...(of?.topic && { about: of.topic }),
        ...(of?.step !== undefined && { step: of.step }),
        ...(of?.lang && { lang: of.lang }),
      }
  }
}

/** Beside the page "back" leads to it, not to the page before. */
const ofCommand = (verb: Verb, { aside }: Thread): ThreadRoute | undefined => ofVerb(verb === 'back' && aside ? 'resume' : verb)

const ofWords = (thread: Thread, text: string): ThreadRoute | undefined => {
  const secret = findSecret(text)
  if (secret) return { kind: 'secret', secret }
  if (text === '') return { kind: 'topic', topic: 'greeting' }
  const title = findTitle(thread, text)
  if (title) return ofVerb(title.verb, title)
  if (asksForPrivate(text)) return { kind: 'private', verb: 'in-private' }
  const typed = findVerb(text)
  if (typed) return ofCommand(typed, thread)
  const listed = findListed(thread, text)
  if (listed) return ofVerb(listed.verb, listed)
  // An id is not said again, not even in a link.
  if (findLookUp(text)) return { kind: 'private', verb: 'look-up', about: 'verify-setup', says: true }
  const topic = findLabel(text)
  return topic && { kind: 'topic', topic }
}

const ofUnderstanding = (understanding: Understanding): ThreadRoute => {
  const { topic, decision } = understanding
  if (decision === 'ask') return { kind: 'ask', understanding }
  if (decision === 'reject' || topic === 'none') return { kind: 'reject', understanding, isOutside: isLanguage(understanding.language) }
  return topic === 'cancel' || topic === 'restart' ? { kind: 'page', verb: topic } : { kind: 'topic', topic, understanding }
}

export const threadRouteOf = (thread: Thread, { press, text, attached }: SharedIncoming): ThreadRoute => {
  if (!press && text === '' && attached) return { kind: 'attached', attached }
  return (press ? ofVerb(press.action.verb, press.action) : ofWords(thread, text)) ?? ofUnderstanding(understand(text))
}
