/** What is found for words in the search of the message box, or for somebody's message? Nothing is known of anybody, and nothing is kept. */
import type { Reply } from '../cards/reply'
import { anywhereReply, isShareable, nothingFoundReply, type AnywhereView, type ShareableTopic } from '../replies/anywhere'
import type { Language, Topic } from '../topics'
import { languageOfAnswer } from '../turn/language'
import type { Services } from '../turn/services'
import { understand } from '../understanding'
import { findSecret } from '../understanding/secrets'
import { findLabel } from '../turn/said'

/** What a card in any chat is about. */
export interface Shareable {
  readonly topic: ShareableTopic
  readonly lang: Language
  readonly errorCode?: string
}

/** Shown before anything is written. */
const usual: readonly ShareableTopic[] = ['azure-for-m365', 'm365-for-azure', 'link-existing', 'required-role', 'tenant-basics', 'change-directory-impact']
const mostFound = 5
/** Less likely ones are no answer to what was searched for. */
const leastLikely = 0.08

/** What is looked up for one person has an answer for everybody beside it. */
const forAll: Partial<Record<Topic, ShareableTopic>> = { 'check-role': 'required-role', 'verify-setup': 'tenant-basics' }

const shareable = (topic: Topic | 'none'): readonly ShareableTopic[] => {
  const other = topic === 'none' ? undefined : forAll[topic]
  if (other) return [other]
  return isShareable(topic) ? [topic] : []
}

const languageFor = (text: string, clientLanguage: Language | undefined): Language => languageOfAnswer({ text, press: undefined, clientLanguage }, undefined)

/** The likeliest first; nothing for what is a secret, or about something else. */
export const search = (text: string, clientLanguage: Language | undefined): readonly Shareable[] => {
  const lang = languageFor(text, clientLanguage)
  if (text === '') return usual.map((topic) => ({ topic, lang }))
  if (findSecret(text)) return []
  const { topic, decision, candidates, errorCode } = understand(text)
  const named = findLabel(text)
  const near = candidates.filter(({ score }) => score >= leastLikely).map((each) => each.topic)
  const found = [...(named ? [named] : []), ...(decision === 'reject' ? [] : [topic]), ...near].flatMap(shareable)
  return [...new Set(found)].slice(0, mostFound).map((each) => ({ topic: each, lang, ...(errorCode !== undefined && each === 'support' && { errorCode }) }))
}

/** What somebody's message is about, if it is anything for this bot. */
export const about = (text: string, clientLanguage: Language | undefined): Shareable | undefined => {
  const { topic, decision, errorCode } = understand(text)
  const [found] = decision === 'reject' ? [] : shareable(topic)
  return found && { topic: found, lang: languageFor(text, clientLanguage), ...(errorCode !== undefined && { errorCode }) }
}

const viewOf = (language: Language, { publicUrl, privateChatUrl }: Services): AnywhereView => ({ language, publicUrl, privateChatUrl })

export const cardOf = ({ topic, lang, errorCode }: Shareable, services: Services): Reply => anywhereReply(viewOf(lang, services), topic, errorCode)

export const nothingFound = (clientLanguage: Language | undefined, services: Services): Reply => nothingFoundReply(viewOf(clientLanguage ?? 'en', services))
