/** Channels: posts with their replies. */
import type { ChatMessage } from '../protocol'
import type { ChatSettings } from './conversation'
import { el } from './dom'
import { nameOf } from './people'
import { replyFoot } from './writing'

/** The list of messages of a thread, if it is shown. */
export const repliesOf = (log: HTMLElement, thread: string): HTMLElement | undefined =>
  log.querySelector<HTMLElement>(`[data-thread="${CSS.escape(thread)}"] .replies`) ?? undefined

const newThread = (log: HTMLElement, message: ChatMessage, thread: string, settings: ChatSettings): HTMLElement => {
  const { scene, words } = settings
  const replies = el('div', { class: 'replies' })
  const label = words.thread(nameOf(scene, message.from, words))
  const attributes = { class: 'thread', 'data-thread': thread, 'data-testid': 'thread', 'aria-label': label }
  log.append(el('section', attributes, replies, replyFoot(settings, thread)))
  return replies
}

/** The list that `message` belongs into; a post makes a new one. */
export const listFor = (log: HTMLElement, message: ChatMessage, settings: ChatSettings): HTMLElement => {
  if (settings.chat.place !== 'channel') return log
  const thread = message.thread ?? message.id
  return repliesOf(log, thread) ?? newThread(log, message, thread, settings)
}
