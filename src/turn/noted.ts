/** What is counted about a turn: an answer that was called wrong, a question that was not understood? */
import type { Noted } from '../insight/noted'
import type { About, Answered } from '../runs/answered'
import type { Understanding } from '../understanding'
import { anyOf } from '../understanding/heard'
import { nearTo, topicOfPassage } from '../understanding/passages'
import type { PersonalIncoming, SharedIncoming } from './incoming'
import type { Route } from './routes'
import type { ThreadRoute } from './thread-route'
import type { Turn } from './turn'

const folded = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()

/** Feedback may be praise too. */
const findsFault = new RegExp(String.raw`(?<![\p{L}\p{N}])${anyOf(({ wrong }) => wrong, folded)}(?![\p{L}\p{N}])`, 'u')

const lastAbout = (answered: readonly Answered[] | undefined): Partial<About> | undefined => answered?.find(({ about }) => about)?.about

/** What a question that was not understood is nearest to; its words are gone with the turn. */
const unsureOf = (text: string, { confidence, candidates }: Understanding): Noted => {
  const [found] = nearTo(text).among()
  const [likely] = candidates.flatMap(({ topic }) => (topic === 'none' ? [] : [topic]))
  const topic = found ? topicOfPassage(found.id) : likely
  return { kind: 'not-sure', about: { ...(topic && { topic }), ...(found && { passage: found.id }) }, confidence: found?.sure ?? confidence }
}

export const notedOf = (route: Route, { incoming, view }: Pick<Turn, 'incoming' | 'view'>): Noted | undefined => {
  if (incoming.kind !== 'message') return undefined
  const complains = (route.kind === 'line' && route.line === 'complain') || (route.kind === 'topic' && route.topic === 'feedback' && saysWrong(incoming))
  if (complains) return { kind: 'said-wrong', about: lastAbout(view.answered) }
  return route.kind === 'reject' ? unsureOf(incoming.text, route.understanding) : undefined
}

const saysWrong = ({ text }: PersonalIncoming | SharedIncoming): boolean => findsFault.test(folded(text))

interface InThread {
  readonly incoming: SharedIncoming
  readonly thread: { readonly answered?: readonly Answered[] | undefined }
}

export const notedOfThread = (route: ThreadRoute, { incoming, thread }: InThread): Noted | undefined => {
  if (incoming.kind !== 'message') return undefined
  if (route.kind === 'topic' && route.topic === 'feedback' && saysWrong(incoming)) return { kind: 'said-wrong', about: lastAbout(thread.answered) }
  return route.kind === 'reject' ? unsureOf(incoming.text, route.understanding) : undefined
}
