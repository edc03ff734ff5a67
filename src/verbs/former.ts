/** What were verbs and topics called on cards and in records of earlier releases? Such a card may be pressed years later. */
import { z } from 'zod'
import { formerTopics, scenarios, topics, type Language } from '../topics'
import type { Verb } from './verbs'

const formerVerbs: Readonly<Record<string, { readonly verb: Verb; readonly lang: Language }>> = {
  'speak-en': { verb: 'speak', lang: 'en' },
  'speak-fr': { verb: 'speak', lang: 'fr' },
  'keep-en': { verb: 'keep-language', lang: 'en' },
  'keep-fr': { verb: 'keep-language', lang: 'fr' },
}

/** Data with the verb of today. */
export const renamed = (data: unknown): unknown => {
  if (typeof data !== 'object' || data === null || !('verb' in data) || typeof data.verb !== 'string') return data
  return Object.hasOwn(formerVerbs, data.verb) ? { ...data, ...formerVerbs[data.verb] } : data
}

const topicToday = (topic: unknown): unknown => (typeof topic === 'string' && Object.hasOwn(formerTopics, topic) ? formerTopics[topic] : topic)

/** Ids as they are or were, read as they are. */
export const topicSchema = z.preprocess(topicToday, z.enum(topics))
export const scenarioSchema = z.preprocess(topicToday, z.enum(scenarios))
