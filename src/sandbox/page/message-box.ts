/** The app in the message box: a window to search in and pick from, and one with what it says about a message. */
import type { ChatMessage } from '../protocol'
import { askAbout, insertCard, searchApp } from './api'
import { cardElement, type CardPress } from './cards'
import { button, el, icon } from './dom'
import { gistOf } from './message'
import type { Page } from './page'
import { localeOf } from './view'
import { wordsIn, type Words } from './words'

type OpenLink = (url: string) => void

const whereIn = ({ view }: Page, thread?: string) => ({ person: view.person, chat: view.chat, locale: localeOf(view.lang), ...(thread && { thread }) })

/** A window that is gone once it is closed, in whatever way. */
const openWindow = (title: string, words: Words, testId: string, ...children: readonly HTMLElement[]): HTMLDialogElement => {
  const close = button({ class: 'plain-icon', 'aria-label': words.close, title: words.close }, () => dialog.close(), icon('close'))
  const dialog = el(
    'dialog',
    { class: 'consent app-window', 'aria-label': title, 'data-testid': testId },
    el('header', {}, el('h2', {}, title), close),
    ...children,
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/** Whether something is found shows in a line; picking posts it as the person's own message. */
export const openSearch = (page: Page, thread: string | undefined): void => {
  const words = wordsIn(page.view.lang)
  const { name } = page.scene.bot
  const box = el('input', { type: 'search', 'aria-label': words.searchIn(name), placeholder: words.searchIn(name), 'data-testid': 'search' })
  const list = el('ul', { class: 'found' })
  const line = el('p', { class: 'hint', role: 'status' })
  const dialog = openWindow(name, words, 'search-window', box, line, list)
  const pick = async (value: unknown): Promise<void> => {
    dialog.close()
    await insertCard({ ...whereIn(page, thread), from: 'search', value })
  }
  const search = async (): Promise<void> => {
    const text = box.value.trim()
    const { found, notice } = await searchApp({ ...whereIn(page), text })
    if (box.value.trim() !== text) return
    line.textContent = notice ?? ''
    const entries = found.map(({ title, text: about, value }) =>
      el(
        'li',
        {},
        button({ class: 'find', 'data-testid': 'found' }, () => void pick(value), el('b', {}, title), el('span', {}, about)),
      ),
    )
    list.replaceChildren(...entries)
  }
  box.addEventListener('input', () => void search())
  box.focus()
  void search()
}

/** What the app says about a message, to the person alone; its own button posts it. */
export const openAnswer = async (page: Page, message: ChatMessage, openLink: OpenLink): Promise<void> => {
  const words = wordsIn(page.view.lang)
  const { title, card } = await askAbout({ ...whereIn(page), message: message.id })
  if (card === undefined) return
  const onPress = ({ action }: CardPress): void => {
    dialog.close()
    void insertCard({ ...whereIn(page, message.thread), from: 'dialog', value: action.data })
  }
  const shown = cardElement(card, {
    words,
    publicUrl: page.scene.publicUrl,
    key: `answer-${message.id}`,
    label: gistOf(message, words),
    onPress,
    onLink: openLink,
  })
  const dialog = openWindow(title ?? page.scene.bot.name, words, 'answer-window', shown)
}
