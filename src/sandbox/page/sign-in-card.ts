/** A card that asks the person to sign in, as Teams draws it: what the bot says and one button. */
import type { SignInCard } from '../protocol'
import { button, el, icon } from './dom'
import type { Words } from './words'

export interface SignInCardSettings {
  readonly words: Words
  readonly bot: string
  readonly onSignIn: () => void
}

/** What the card says above its button. */
export const signInText = ({ text }: SignInCard, words: Words, bot: string): string => text ?? words.asksSignIn(bot)

const buttonOf = ({ title, done }: SignInCard, { words, onSignIn }: SignInCardSettings): HTMLButtonElement =>
  done
    ? el('button', { type: 'button', class: 'command', disabled: true }, icon('check'), words.signedIn)
    : button({ class: 'command primary' }, onSignIn, title ?? words.signIn)

export const signInElement = (card: SignInCard, settings: SignInCardSettings): HTMLElement => {
  const text = signInText(card, settings.words, settings.bot)
  const attributes = { class: 'card sign-in', role: 'group', 'aria-label': text, 'data-testid': 'sign-in' }
  return el('div', attributes, el('p', { tabindex: '-1' }, text), buttonOf(card, settings))
}
