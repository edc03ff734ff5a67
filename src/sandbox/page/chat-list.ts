/** The left side: the chats of the person, which one is open and where something new waits. */
import type { ChatMessage, Scene } from '../protocol'
import { button, el } from './dom'
import { gistOf } from './message'
import { chatAvatar, titleOf } from './people'
import { chatsOf, type View } from './view'
import type { Words } from './words'

export interface ChatListSettings {
  readonly scene: Scene
  readonly view: View
  readonly words: Words
  readonly unread: ReadonlySet<string>
  readonly lastOf: (chat: string) => ChatMessage | undefined
  readonly onOpen: (chat: string) => void
}

/** Draws the list into `nav`. Each entry has `data-chat`. */
export const showChatList = (nav: HTMLElement, settings: ChatListSettings): void => {
  const { scene, view, words, unread, lastOf, onOpen } = settings
  const entries = chatsOf(scene, view.person).map((chat) => {
    const last = lastOf(chat.key)
    const isNew = unread.has(chat.key)
    const current = chat.key === view.chat
    const line = last ? gistOf(last, words) : words.places[chat.place]
    return el(
      'li',
      {},
      button(
        { class: 'chat', 'aria-current': current && 'page', 'data-chat': chat.key, 'data-testid': 'chat' },
        () => onOpen(chat.key),
        chatAvatar(chat),
        el('span', { class: 'chat-text' }, el('b', {}, titleOf(scene, chat)), el('span', { class: 'chat-line' }, line)),
        isNew ? el('span', { class: 'dot' }, el('span', { class: 'unseen' }, words.unread)) : undefined,
      ),
    )
  })
  nav.setAttribute('aria-label', words.chats)
  nav.replaceChildren(el('h2', {}, words.chats), el('ul', {}, ...entries))
}
