/** One message: who, when, text, cards and suggested answers. */
import type { ChatMessage, Scene } from '../protocol'
import { isObject } from './card-pictures'
import { type CardPress, cardElement } from './cards'
import { button, el, icon } from './dom'
import { textElement } from './message-text'
import { faceOf, nameOf } from './people'
import { signInElement } from './sign-in-card'
import type { View } from './view'
import type { Words } from './words'

export interface MessageSettings {
  readonly scene: Scene
  readonly view: View
  readonly words: Words
  /** Comes right after one by the same author: no second name and face. */
  readonly follows: boolean
  readonly onPress: (press: CardPress) => void
  readonly onLink: (url: string) => void
  readonly onSignIn: () => void
  /** Asks the app about the message. */
  readonly onAsk: () => void
  readonly onSuggestion: (text: string) => void
}

const hourAndMinute = { hour: 'numeric', minute: '2-digit' } as const

const timeOf = (at: string, lang: string): HTMLElement => {
  const date = new Date(at)
  const short = date.toLocaleTimeString(lang, hourAndMinute)
  return el('time', { datetime: at, title: date.toLocaleString(lang) }, short)
}

/** What the card that is shown calls itself; the summary of the message may be that of a card before it. */
const headingIn = (json: unknown): string | undefined => {
  if (Array.isArray(json)) return json.map(headingIn).find(Boolean)
  if (!isObject(json)) return undefined
  const { style, text, body, items, columns } = json
  if (style === 'heading' && typeof text === 'string') return text
  return headingIn([body, items, columns])
}

const firstText = (json: unknown): string | undefined => {
  if (Array.isArray(json)) return json.map(firstText).find(Boolean)
  if (!isObject(json)) return undefined
  const { type, text, body, items, columns } = json
  if (type === 'TextBlock' && typeof text === 'string') return text
  return firstText([body, items, columns])
}

/** What a message is about in one line: for announcements, card names and the list of chats. */
export const gistOf = (message: ChatMessage, words: Words): string => {
  const line = headingIn(message.cards) || message.summary || message.text || message.signIn?.text || firstText(message.cards) || words.card
  return line
    .replace(/<[^>]*>|\*\*|`/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
}

const askOf = (message: ChatMessage, { scene, words, onAsk }: MessageSettings): HTMLElement | undefined => {
  if (message.from === 'bot' || !message.text) return undefined
  const label = words.askAbout(scene.bot.name)
  return button({ class: 'plain-icon ask', 'aria-label': label, title: label, 'data-testid': 'ask-about' }, onAsk, icon('apps'))
}

const bylineOf = (message: ChatMessage, { scene, view, words }: MessageSettings): HTMLElement => {
  const name = message.from === view.person ? words.you : nameOf(scene, message.from, words)
  const edited = message.edited && message.cards.length === 0 ? el('span', { class: 'edited' }, words.edited) : undefined
  return el('p', { class: 'byline' }, el('b', {}, name), ' ', timeOf(message.at, view.lang), edited)
}

const cardsOf = (message: ChatMessage, { scene, words, onPress, onLink }: MessageSettings): readonly HTMLElement[] => {
  const shared = { words, publicUrl: scene.publicUrl, label: gistOf(message, words), onPress, onLink }
  return message.cards.map((json, index) => cardElement(json, { ...shared, key: `${message.id}-${index}` }))
}

const suggestionsOf = (message: ChatMessage, { onSuggestion }: MessageSettings): HTMLElement | undefined => {
  if (message.suggestions.length === 0 || message.cards.length > 0) return undefined
  // Teams shows three at most, and none beside a card.
  const chips = message.suggestions.slice(0, 3).map(({ title, text }) => button({ class: 'chip' }, () => onSuggestion(text), title))
  return el('div', { class: 'suggestions' }, ...chips)
}

const textOf = (message: ChatMessage, { scene }: MessageSettings): HTMLElement | undefined =>
  message.text ? el('div', { class: 'bubble' }, textElement(message, scene.bot.name)) : undefined

/** The element of a message; `data-id` and `data-from` say which and whose. */
export const messageElement = (message: ChatMessage, settings: MessageSettings): HTMLElement => {
  const { scene, view, words, follows, onSignIn } = settings
  const mine = message.from === view.person
  const side = message.from === 'bot' ? 'from-bot' : mine ? 'from-me' : 'from-other'
  const time = new Date(message.at).toLocaleTimeString(view.lang, hourAndMinute)
  const name = mine ? words.you : nameOf(scene, message.from, words)
  // The whole of a card would be read out at once; main.ts announces its gist instead.
  const cards = el('div', { class: 'cards', 'aria-live': 'off' }, ...cardsOf(message, settings))
  return el(
    'article',
    {
      class: `message ${side}${follows ? ' follows' : ''}`,
      'aria-label': words.said(name, time),
      'data-testid': 'message',
      'data-id': message.id,
      'data-from': message.from,
    },
    faceOf(scene, message.from),
    el(
      'div',
      { class: 'content' },
      bylineOf(message, settings),
      textOf(message, settings),
      message.cards.length > 0 ? cards : undefined,
      message.to === undefined ? undefined : el('p', { class: 'only-you', 'data-testid': 'only-you' }, words.onlyYou),
      askOf(message, settings),
      message.signIn && signInElement(message.signIn, { words, bot: scene.bot.name, onSignIn }),
      suggestionsOf(message, settings),
    ),
  )
}
