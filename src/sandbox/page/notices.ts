/** Short lines that come and go: toasts for the eye, announcements for the ear. */
import { button, el, icon } from './dom'

const readingSeconds = 8

/** Shows a line for a while; it waits while the pointer or the focus is on it. */
export const toast = (corner: HTMLElement, text: string, close: string): void => {
  const remove = (): void => element.remove()
  const element = el(
    'div',
    { class: 'toast', 'data-testid': 'notice' },
    el('span', {}, text),
    button({ class: 'plain-icon', 'aria-label': close, title: close }, remove, icon('close')),
  )
  const leave = (): void => {
    if (element.matches(':hover, :focus-within')) setTimeout(leave, 1000)
    else remove()
  }
  corner.append(element)
  setTimeout(leave, readingSeconds * 1000)
}

/** Has a screen reader say `text` when it is free. */
export const announce = (region: HTMLElement, text: string): void => {
  region.textContent = text
}
