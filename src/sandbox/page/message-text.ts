/** The text of a message as elements, by its format. Nothing of it is ever run or loaded. */
import type { ChatMessage } from '../protocol'
import { el } from './dom'
import { messageHtml } from './markdown'

const mention = (name: string): HTMLElement => el('span', { class: 'mention' }, name)

const plain = (text: string, bot: string): HTMLElement => {
  const pieces = text.split(`@${bot}`)
  const marked = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [mention(`@${bot}`), piece]))
  return el('div', { class: 'plain-text' }, ...marked)
}

const markdown = (text: string): HTMLElement => {
  const element = el('div')
  element.innerHTML = messageHtml(text)
  return element
}

const allowed = ['b', 'strong', 'i', 'em', 'u', 's', 'br', 'p', 'ul', 'ol', 'li', 'pre', 'code', 'blockquote'] as const

const safeCopy = (node: Node): Node | undefined => {
  if (node instanceof Text) return document.createTextNode(node.data)
  if (!(node instanceof Element)) return undefined
  const children = [...node.childNodes].map(safeCopy)
  const name = node.localName
  if (name === 'at') return mention(node.textContent ?? '')
  return el(allowed.find((tag) => tag === name) ?? 'span', {}, ...children)
}

// A parsed document is inert: no script runs, nothing loads; only a copy of known elements comes over.
const xml = (text: string): HTMLElement => el('div', {}, ...[...new DOMParser().parseFromString(text, 'text/html').body.childNodes].map(safeCopy))

export const textElement = ({ text = '', textFormat = 'plain' }: ChatMessage, bot: string): HTMLElement => ({ plain, markdown, xml })[textFormat](text, bot)
