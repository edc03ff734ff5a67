/** The dots while the bot writes. They end with its next message, or after a while when none comes. */
import { el } from './dom'
import { botAvatar } from './people'

const patienceSeconds = 10

const dotsOf = (thread: string): string => `[data-typing="${CSS.escape(thread)}"]`

/** Shows the dots at the end of `list`, once; `thread` is empty outside channels. */
export const showTyping = (list: HTMLElement, text: string, thread = ''): void => {
  list.querySelector(dotsOf(thread))?.remove()
  const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'))
  const row = { class: 'typing', 'data-typing': thread, 'data-testid': 'typing' }
  const element = el('div', row, botAvatar(), dots, el('span', { class: 'unseen' }, text))
  list.append(element)
  setTimeout(() => element.remove(), patienceSeconds * 1000)
}

export const stopTyping = (log: HTMLElement, thread = ''): void => {
  for (const element of log.querySelectorAll(`${dotsOf(thread)}, ${dotsOf('')}`)) element.remove()
}
