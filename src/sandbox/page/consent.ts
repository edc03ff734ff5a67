/** The window Microsoft opens in front of Teams: who wants what as whom, and yes or no. */
import type { Person, Scene } from '../protocol'
import { button, el } from './dom'
import { avatar, nameOf } from './people'
import type { Words } from './words'

export interface ConsentSettings {
  readonly scene: Scene
  readonly words: Words
  readonly person: Person
  /** Id of the message with the sign-in card. */
  readonly message: string
  /** Whether the window came by itself, after the silent try, or by the card's button. */
  readonly opened: 'byItself' | 'byButton'
}

/** `settled`: the person signed in elsewhere meanwhile, so there is nothing to answer. */
export type ConsentAnswer = 'accept' | 'decline' | 'settled'

const answers: readonly ConsentAnswer[] = ['accept', 'settled']

const isOpen = (): boolean => document.querySelector('dialog.consent') !== null

const accountOf = ({ scene, words, person }: ConsentSettings): HTMLElement => {
  const name = el('b', {}, nameOf(scene, person.key, words))
  return el('p', { class: 'account' }, avatar(scene, person.key), el('span', {}, name, el('span', {}, person.account)))
}

const appOf = ({ scene, words, opened }: ConsentSettings): HTMLElement => {
  const { title, publisher } = words.consent
  return el(
    'div',
    { class: 'app' },
    el('img', { src: 'mark.svg', alt: '', width: '40', height: '40' }),
    el('div', {}, el('h2', { id: 'consent-title' }, title[opened](scene.organization)), el('p', {}, publisher(scene.bot.name, scene.organization))),
  )
}

const wishOf = ({ scene, words, person }: ConsentSettings): HTMLElement => {
  const { wish, limits } = words.consent
  return el(
    'div',
    { class: 'wish', id: 'consent-wish' },
    el('p', {}, el('b', {}, wish(scene.bot.name, nameOf(scene, person.key, words), scene.organization))),
    el('ul', {}, ...limits.map((line) => el('li', {}, line))),
  )
}

const createDialog = (settings: ConsentSettings): HTMLDialogElement => {
  const { words, message } = settings
  const attributes = { class: 'consent', tabindex: '-1', 'aria-labelledby': 'consent-title', 'aria-describedby': 'consent-wish' }
  const dialog = el('dialog', { ...attributes, 'data-message': message, 'data-testid': 'consent' })
  const close = (answer: ConsentAnswer) => (): void => dialog.close(answer)
  const decline = button({ class: 'command' }, close('decline'), words.consent.decline)
  const accept = button({ class: 'command primary' }, close('accept'), words.consent.accept)
  dialog.append(accountOf(settings), appOf(settings), wishOf(settings), el('div', { class: 'commands' }, decline, accept))
  return dialog
}

/** Asks the person; closing the window in whatever way is a no. Undefined while another such window is open. */
export const askConsent = (settings: ConsentSettings): Promise<ConsentAnswer> | undefined => {
  if (isOpen()) return undefined
  const dialog = createDialog(settings)
  document.body.append(dialog)
  dialog.showModal()
  // The focus goes to the window and not to a button: somebody may be typing just now, and Enter must not be an answer.
  dialog.focus()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(answers.find((answer) => answer === dialog.returnValue) ?? 'decline')
    })
  })
}

/** Takes the window about a message away. */
export const settleConsent = (message: string): void =>
  document.querySelector<HTMLDialogElement>(`dialog.consent[data-message="${CSS.escape(message)}"]`)?.close('settled' satisfies ConsentAnswer)
