/** The middle of the page: one chat, its messages, and the box to write in. */
import type { Chat, ChatMessage, Scene } from '../protocol'
import { isObject } from './card-pictures'
import type { CardPress } from './cards'
import { button, el, icon } from './dom'
import { replaceKeepingFocus } from './focus'
import { messageElement } from './message'
import { avatar, botAvatar, chatAvatar, nameOf, titleOf } from './people'
import { createScrolling, type Scrolling } from './scrolling'
import { listFor, repliesOf } from './threads'
import { showTyping, stopTyping } from './typing'
import type { View } from './view'
import type { Words } from './words'
import { addApp, chatBox, triesOf } from './writing'

export interface Saying {
  readonly text: string
  readonly mention: boolean
  readonly alone?: boolean
  readonly thread?: string
}

export interface ChatSettings {
  readonly scene: Scene
  readonly view: View
  readonly words: Words
  readonly chat: Chat
  readonly messages: readonly ChatMessage[]
  /** Unsent text by person and place; kept by the page so that switching loses nothing. */
  readonly drafts: Map<string, string>
  readonly say: (saying: Saying) => void
  readonly press: (message: ChatMessage, press: CardPress) => Promise<void>
  /** The button of a sign-in card. */
  readonly signIn: (message: ChatMessage) => Promise<void>
  readonly openLink: (url: string) => void
  /** Opens the app's search, for the chat or a thread of it. */
  readonly search: (thread: string | undefined) => void
  readonly askAbout: (message: ChatMessage) => void
  /** The app is not in the person's Teams; `add` puts it there. */
  readonly isAbsent: boolean
  readonly add: () => void
}

export interface Conversation {
  /** Shows a message for the first time or anew. `mine`: it is the person's own or an answer to them, so go there. */
  readonly put: (message: ChatMessage, mine: boolean) => void
  readonly drop: (id: string) => void
  /** Does something about a message that the person has to wait for; nothing while something else is done about it. */
  readonly whileBusy: (id: string, work: () => Promise<void>) => Promise<void>
  readonly typing: (thread: string | undefined) => void
  /** Says that something went wrong, with a way to try again. */
  readonly alert: (text: string, retry: () => void) => void
  readonly calm: () => void
  readonly focusBox: () => void
}

const breathMinutes = 5

/** `msteams: { feedback: { hide: true } }` in the data of a button. */
const hidesSent = ({ action: { data } }: CardPress): boolean => {
  const extra = isObject(data) ? data['msteams'] : undefined
  const feedback = isObject(extra) ? extra['feedback'] : undefined
  return isObject(feedback) && feedback['hide'] === true
}

/** Draws a chat into `pane` and keeps it up to date. */
export const showConversation = (pane: HTMLElement, settings: ChatSettings): Conversation => {
  const { scene, view, words, messages } = settings
  const log = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': words.conversation })
  const scroller = el('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': words.conversation }, log)
  const alerts = el('div', { role: 'alert' })
  const isAway = settings.isAbsent && settings.chat.place === 'personal'
  const foot = el('div', { class: 'foot' }, alerts, ...(isAway ? [addApp(settings)] : [triesOf(settings), chatBox(settings)]))
  pane.replaceChildren(headOf(settings), el('div', { class: 'reading' }, scroller), foot)
  const scrolling = createScrolling(scroller, log)
  const pill = newMessagesPill(words, scrolling, scroller)
  const lastIn = new Map<HTMLElement, ChatMessage>()

  const shown = (id: string) => log.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? undefined
  const focusBox = (): void => foot.querySelector('textarea')?.focus({ preventScroll: true })

  const whileBusy: Conversation['whileBusy'] = async (id, work) => {
    const element = shown(id)
    if (!element || element.getAttribute('aria-busy') === 'true') return
    element.setAttribute('aria-busy', 'true')
    await work().finally(() => shown(id)?.removeAttribute('aria-busy'))
  }

  /** A card that nothing takes the place of says that the press went out, as Teams has it, unless its button asks for silence. */
  const respond = async (message: ChatMessage, press: CardPress): Promise<void> => {
    const before = shown(message.id)
    await whileBusy(message.id, () => settings.press(message, press))
    if (!before?.isConnected || hidesSent(press)) return
    before.querySelector('.sent')?.remove()
    before.querySelector('.card')?.append(el('p', { class: 'sent', role: 'status', 'data-testid': 'sent' }, words.sent))
  }

  const draw = (message: ChatMessage, follows: boolean): HTMLElement =>
    messageElement(message, {
      scene,
      view,
      words,
      follows,
      onPress: (press) => void respond(message, press),
      onSignIn: () => void whileBusy(message.id, () => settings.signIn(message)),
      onLink: (url) => settings.openLink(url),
      onAsk: () => settings.askAbout(message),
      onSuggestion: (text) => settings.say({ text, mention: true, thread: message.thread }),
    })

  const retire = (selector: string, within: HTMLElement): void => {
    for (const old of within.querySelectorAll(selector)) {
      if (old.contains(document.activeElement)) focusBox()
      old.remove()
    }
  }

  const append = (message: ChatMessage): HTMLElement => {
    const list = listFor(log, message, settings)
    const element = draw(message, inOneBreath(lastIn.get(list), message))
    lastIn.set(list, message)
    retire('.empty', log)
    retire('.suggestions', list)
    if (message.from === 'bot') stopTyping(log, message.thread)
    if (message.from === view.person) retire('.tries', foot)
    list.append(element)
    return element
  }

  const replace = (old: HTMLElement, message: ChatMessage): HTMLElement => {
    const element = draw(message, old.classList.contains('follows'))
    replaceKeepingFocus(old, element)
    return element
  }

  if (messages.length === 0) log.append(emptyOf(settings))
  const newest = messages.map(append).at(-1)
  if (newest) scrolling.reveal(newest)

  return {
    put: (message, mine) => {
      const wasNearEnd = scrolling.nearEnd()
      const old = shown(message.id)
      const element = old ? replace(old, message) : append(message)
      element.classList.add('fresh')
      if (mine || (wasNearEnd && !old)) scrolling.reveal(element)
      else if (!old) pill.hidden = false
    },
    drop: (id) => shown(id)?.remove(),
    whileBusy,
    typing: (thread) => {
      const wasNearEnd = scrolling.nearEnd()
      showTyping((thread && repliesOf(log, thread)) || log, words.typing(scene.bot.name), thread)
      if (wasNearEnd) scrolling.toEnd()
    },
    alert: (text, retry) => alerts.replaceChildren(alertLine(text, words, retry)),
    calm: () => alerts.replaceChildren(),
    focusBox,
  }
}

/** A line about something that went wrong, with a button to try again. */
export const alertLine = (text: string, words: Words, retry: () => void): HTMLElement => {
  const again = button({ class: 'link' }, retry, words.retry)
  return el('p', { class: 'alert', 'data-testid': 'alert' }, icon('warn'), el('span', {}, text), again)
}

const inOneBreath = (before: ChatMessage | undefined, after: ChatMessage): boolean =>
  before?.from === after.from && Date.parse(after.at) - Date.parse(before.at) < breathMinutes * 60_000

const membersOf = ({ scene, words, chat }: ChatSettings): HTMLElement | undefined => {
  if (chat.place === 'personal') return undefined
  const names = [...scene.people.map(({ key }) => nameOf(scene, key, words)), scene.bot.name].join(', ')
  const faces = [...scene.people.map(({ key }) => avatar(scene, key)), botAvatar()]
  return el('span', { class: 'members', role: 'img', 'aria-label': names, title: names }, ...faces)
}

const headOf = (settings: ChatSettings): HTMLElement => {
  const { scene, words, chat } = settings
  const title = el('h2', {}, titleOf(scene, chat))
  const about = el('p', {}, words.placeAbout[chat.place](scene.bot.name))
  return el('header', { class: 'chat-head' }, chatAvatar(chat), el('div', {}, title, about), membersOf(settings))
}

const emptyOf = ({ scene, words, chat }: ChatSettings): HTMLElement => {
  const title = el('h3', {}, words.emptyTitle(scene.bot.name))
  return el('div', { class: 'empty' }, botAvatar(), title, el('p', {}, words.emptyText[chat.place]))
}

const newMessagesPill = (words: Words, scrolling: Scrolling, scroller: HTMLElement): HTMLElement => {
  const pill = button({ class: 'pill', hidden: true }, () => scrolling.toEnd(), icon('down'), words.newMessages)
  scroller.addEventListener('scroll', () => {
    if (scrolling.nearEnd()) pill.hidden = true
  })
  scroller.after(pill)
  return pill
}
