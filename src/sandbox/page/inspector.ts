/** The right side, for the curious: every request and answer between Teams, the bot and Microsoft's cloud. */
import type { Wire } from '../protocol'
import { button, el, icon } from './dom'
import type { View } from './view'
import type { Words } from './words'

const kept = 200

export interface Inspector {
  readonly show: (view: View, words: Words) => void
  readonly add: (wire: Wire) => void
}

const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

const classOf = (text: string | undefined, colon: string | undefined): string =>
  text === undefined ? 'json-value' : colon === undefined ? 'json-text' : 'json-key'

const colored = (json: string): HTMLElement => {
  const code = el('code')
  let end = 0
  for (const match of json.matchAll(tokens)) {
    const [whole, text, colon] = match
    code.append(json.slice(end, match.index), el('span', { class: classOf(text, colon) }, text ?? whole), colon ?? '')
    end = match.index + whole.length
  }
  code.append(json.slice(end))
  return code
}

const bodyOf = (label: string, body: unknown, words: Words): HTMLElement => {
  const content =
    body === undefined
      ? el('p', { class: 'no-body' }, words.noBody)
      : el('pre', { tabindex: '0', 'aria-label': label }, colored(JSON.stringify(body, undefined, 2)))
  return el('div', {}, el('h3', {}, label), content)
}

const readable = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const entryOf = (wire: Wire, words: Words, lang: string): HTMLElement => {
  const [from, to] = words.wires[wire.to]
  const failed = wire.status === 0 || wire.status >= 400
  const time = new Date(wire.at).toLocaleTimeString(lang, { hour12: false })
  const summary = el(
    'summary',
    {},
    el('span', { class: 'route' }, from, icon('to'), to),
    el('span', { class: 'when' }, `${time} · ${Math.round(wire.ms)} ms`),
    el('span', { class: failed ? 'status failed' : 'status' }, String(wire.status)),
    el('span', { class: 'path' }, `${wire.method} ${readable(wire.path)}`),
  )
  const details = el('details', { 'data-testid': 'wire', 'data-to': wire.to }, summary)
  const fillOnce = (): void => details.append(bodyOf(words.request, wire.request, words), bodyOf(words.response, wire.response, words))
  details.addEventListener('toggle', fillOnce, { once: true })
  return details
}

/** Keeps the latest exchanges whether or not it is shown. */
export const createInspector = (aside: HTMLElement, onClose: () => void): Inspector => {
  const wires: Wire[] = []
  const list = el('div', { class: 'wires' })
  let current: { readonly view: View; readonly words: Words } | undefined

  const fill = (): void => {
    if (!current) return
    const { view, words } = current
    const entries = wires.map((wire) => entryOf(wire, words, view.lang)).reverse()
    list.replaceChildren(...(entries.length > 0 ? entries : [el('p', { class: 'no-body' }, words.inspectorEmpty)]))
  }
  const clear = (): void => {
    wires.length = 0
    fill()
  }
  return {
    show: (view, words) => {
      current = { view, words }
      aside.hidden = !view.inspector
      if (aside.hidden) return
      aside.setAttribute('aria-label', words.inspector)
      const close = button({ class: 'plain-icon', 'aria-label': words.close, title: words.close }, onClose, icon('close'))
      const head = el('header', {}, el('h2', {}, words.inspector), button({ class: 'link' }, clear, words.clear), close)
      aside.replaceChildren(head, el('p', { class: 'about' }, words.inspectorAbout), list)
      fill()
    },
    add: (wire) => {
      wires.push(wire)
      if (wires.length > kept) wires.shift()
      if (!current || aside.hidden) return
      list.querySelector('.no-body:only-child')?.remove()
      list.prepend(entryOf(wire, current.words, current.view.lang))
    },
  }
}
