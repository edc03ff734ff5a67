/** What is begun in somebody's private chat that they asked for where others read along, and which one line is left there? */
import type { Reply } from '../cards/reply'
import { isPrivateTopic, privateReply, type PrivateLine } from '../replies/thread'
import type { SharedPage, Thread } from '../runs/thread'
import { isScenario, type Topic } from '../topics'
import type { SharedIncoming } from '../turn/incoming'
import { languageWritten } from '../turn/language'
import type { OpenPrivate } from '../turn/outcome'
import type { Services } from '../turn/services'
import type { Language } from '../topics'
import type { ActionData, Pick } from '../verbs/action'
import type { Verb } from '../verbs/verbs'

interface Place {
  readonly thread: Thread
  readonly incoming: SharedIncoming
  readonly services: Services
  readonly language: Language
}

export interface Leaving {
  /** What is asked for; shows the line again, should it get lost. */
  readonly pick: Pick
  /** For the compose box of the private chat, where it cannot be begun from here. */
  readonly opening: string | undefined
  /** Begun with the words themselves, which are neither kept nor said again here. */
  readonly text?: string
}

export interface LeftInPrivate {
  readonly thread: Thread
  readonly reply: Reply
  readonly again: Pick
  readonly opens: OpenPrivate
  /** Said in place of the reply where nothing may be begun: somebody else wrote, or it was begun before. */
  readonly offered: Reply
}

/** What needs a card of the private chat, or takes something back there, is begun by a look at how things stand. */
const begunBy: Partial<Record<Verb, Verb>> = { 'forget-me-yes': 'forget-me', undo: 'resume', 'keep-me': 'resume', 'keep-language': 'speak' }

const lookUps: Partial<Record<Verb, Topic>> = { 'check-again': 'verify-setup', 'look-up': 'verify-setup', 'sign-in': 'check-role' }

const actionOf = ({ verb, topic, step, lang }: Pick, page: SharedPage | undefined, language: Language): ActionData => {
  const base = { lang: lang ?? language }
  const looksUp = lookUps[verb]
  if (looksUp) return { ...base, verb: 'in-private', topic: topic !== undefined && isPrivateTopic(topic) ? topic : looksUp }
  if (topic !== undefined) return { ...base, verb: 'in-private', topic, ...(verb === 'in-private' && step !== undefined && { step }) }
  if (verb === 'in-private' && page) return { ...base, verb, topic: page.topic, ...(page.step !== undefined && { step: page.step }) }
  return { ...base, verb: begunBy[verb] ?? verb }
}

/** That of the card that was pressed, else the one shown last. */
const pageFor = ({ topic, step }: Pick, shown: SharedPage | undefined): SharedPage | undefined =>
  step !== undefined && isScenario(topic) && !isPrivateTopic(topic) ? { topic, at: 'steps', step } : shown

/** The card on which something can be chosen stays the last one. */
export const leaveForPrivate = ({ thread, incoming, services, language }: Place, shown: SharedPage | undefined, leaving: Leaving): LeftInPrivate => {
  const { pick, opening, text = '' } = leaving
  const page = pageFor(pick, shown)
  const line = (how: PrivateLine) => privateReply(language, services.privateChatUrl(how === 'opened' ? undefined : opening), how)
  const written = languageWritten(incoming.text)
  return {
    thread,
    reply: line('opened'),
    again: { ...pick, lang: pick.lang ?? language },
    opens: {
      kind: 'open-private',
      start: {
        place: incoming.place,
        page,
        written: written === 'other' ? undefined : written,
        text,
        press: text === '' ? { action: actionOf(pick, page, language), inputs: {} } : undefined,
      },
      otherwise: { 'not-installed': line('not-installed'), failed: line('failed') },
    },
    offered: line('offered'),
  }
}
