/** What do the thumbs under an answer come to? A form of ours, and one more of a kind: of the answer's topic, step and passage, not of who gave it. */
import type { Activity } from 'botbuilder'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { feedbackForm } from '../cards/feedback-form'
import { words } from '../guides/words'
import { longestComment } from '../insight/counts'
import { reasonsDown, reasonsUp, type Reason } from '../insight/noted'
import type { Answered } from '../runs/answered'
import { within } from '../deadline'
import type { Language } from '../topics'
import type { Place } from '../place'
import type { TurnAnswer } from './activity'
import { ok, type Around, type BotParts } from './parts'

/** A thumb, or the form that was filled in behind it. */
export interface Thumb {
  readonly direction: 'up' | 'down'
  /** Undefined: the form is asked for. */
  readonly given?: { readonly reasons: readonly Reason[]; readonly comment: string | undefined }
}

export interface FeedbackArrival {
  readonly kind: 'feedback'
  readonly sender: { readonly key: string; readonly tenantId: string | undefined }
  readonly place: Place
  readonly chat: string
  /** Key of the activity. */
  readonly activity: string
  readonly clientLanguage: Language | undefined
  /** Id of the message it stands under. */
  readonly message: string | undefined
  /** Undefined: it cannot be read. */
  readonly thumb: Thumb | undefined
}

const askName = 'message/fetchTask'
const giveName = 'message/submitAction'
export const feedbackNames: readonly string[] = [askName, giveName]

const reaction = z.enum(['like', 'dislike'])
const valueSchema = z.object({ actionName: z.literal('feedback'), actionValue: z.object({ reaction, feedback: z.unknown().optional() }) })
/** Some clients wrap what they ask with. */
const wrapped = z.object({ data: valueSchema }).transform(({ data }) => data)
const inputs = z.object({ reasons: z.string().catch(''), feedbackText: z.string().catch('') })

const parsed = (feedback: unknown): z.infer<typeof inputs> => {
  if (typeof feedback !== 'string') return inputs.catch({ reasons: '', feedbackText: '' }).parse(feedback)
  try {
    return inputs.parse(JSON.parse(feedback))
  } catch {
    return { reasons: '', feedbackText: feedback }
  }
}

const reasonsOf = ({ direction }: Pick<Thumb, 'direction'>): readonly Reason[] => (direction === 'up' ? reasonsUp : reasonsDown)

/** Undefined when it is none of these, or cannot be read. */
export const thumbOf = ({ name, value }: Pick<Activity, 'name' | 'value'>): Thumb | undefined => {
  const read = valueSchema.or(wrapped).safeParse(value).data
  if (!read) return undefined
  const { reaction: pressed, feedback } = read.actionValue
  const direction = pressed === 'like' ? 'up' : 'down'
  if (name !== giveName) return { direction }
  const { reasons, feedbackText } = parsed(feedback)
  const ticked = reasons.split(',')
  const comment = feedbackText.trim().slice(0, longestComment) || undefined
  return { direction, given: { reasons: reasonsOf({ direction }).filter((reason) => ticked.includes(reason)), comment } }
}

/** What is remembered of the answer, and the language it was given in. */
const answerOf = async ({ people, threads }: BotParts, { place, sender, chat, message }: FeedbackArrival, { deadline }: Around) => {
  const find = (answered: readonly Answered[] | undefined) => answered?.find((each) => each.message === message)
  if (place === 'personal') {
    const { person, views } = (await within(deadline, people.load(sender.key))).record
    const found = find(views[chat]?.answered)
    return { found, language: found?.lang ?? person.language }
  }
  const { thread } = (await within(deadline, threads.load(chat))).record
  const found = find(thread.answered)
  return { found, language: found?.lang ?? thread.language }
}

const formAnswer = (language: Language, { direction }: Thumb, keepsText: boolean): TurnAnswer => {
  const { t } = words(language)
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: feedbackForm(language, direction, reasonsOf({ direction }), keepsText) }
  return { status: 200, body: { task: { type: 'continue', value: { title: t('feedback.title'), height: 'medium', width: 'medium', card } } } }
}

/** Enough for whatever Teams may deliver once more. */
const mostCounted = 500

export type Feedback = (arrival: FeedbackArrival, around: Around) => Promise<void>

/** A thumb under a message of which nothing is remembered is counted as one of nothing in particular. */
export const createFeedback = (parts: BotParts): Feedback => {
  const counted = new LRUCache<string, true>({ max: mostCounted })
  return async (arrival, around) => {
    const { thumb, clientLanguage, activity } = arrival
    around.watch.became(thumb ? 'answered' : 'refused')
    if (!thumb) return around.respond({ status: 400 })
    const { found, language } = await answerOf(parts, arrival, around)
    if (!thumb.given) return around.respond(formAnswer(language ?? clientLanguage ?? 'en', thumb, parts.keepsFeedbackText))
    const { reasons, comment } = thumb.given
    if (!counted.has(activity)) parts.counts.note({ kind: thumb.direction, about: found?.about, reasons, comment })
    counted.set(activity, true)
    around.respond(ok)
  }
}
