/** Enlarging a card's picture, where the card allows it as Teams does (`msteams.allowExpand`). */
import { button, el, icon } from './dom'
import type { Words } from './words'

const showLarge = (image: HTMLImageElement, words: Words): void => {
  const dialog = el('dialog', { class: 'picture', 'aria-label': image.alt })
  const close = button({ class: 'plain-icon', 'aria-label': words.close }, () => dialog.close(), icon('close'))
  dialog.append(close, el('img', { src: image.src, alt: image.alt }))
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

/** Lays a button over the picture in `frame`. */
export const makeEnlargeable = (frame: HTMLElement, words: Words): void => {
  const image = frame.querySelector('img')
  if (!image) return
  frame.classList.add('enlargeable')
  frame.append(button({ 'aria-label': words.enlarge(image.alt) }, () => showLarge(image, words)))
}
