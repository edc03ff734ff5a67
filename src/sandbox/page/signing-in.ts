/** Signing in, as a person's Teams does it: silently when a card arrives, else by asking; at any time by the card's button. */
import type { ChatMessage, Exchange, SignInRequest } from '../protocol'
import { consent, declineSignIn, exchangeToken, signIn } from './api'
import { askConsent, type ConsentAnswer, type ConsentSettings } from './consent'
import { attempt } from './exchanges'
import { type Page, wordsOf } from './page'
import { localeOf } from './view'

const consentMissing = 412

const spotOf = ({ view }: Page, { chat }: ChatMessage): SignInRequest => ({ person: view.person, chat, locale: localeOf(view.lang) })

const isInFront = ({ view }: Page, { person, chat }: SignInRequest): boolean => view.person === person && view.chat === chat

const ask = async (page: Page, message: ChatMessage, opened: ConsentSettings['opened']): Promise<ConsentAnswer | undefined> => {
  const { scene, view } = page
  const person = scene.people.find(({ key }) => key === view.person)
  return person && askConsent({ scene, words: wordsOf(page), person, message: message.id, opened })
}

type Answer = (spot: SignInRequest) => Promise<Exchange>

/** Opens the window and tells the bot how it ended. */
const askAndSend = async (page: Page, message: ChatMessage, opened: ConsentSettings['opened'], accept: Answer): Promise<void> => {
  const spot = spotOf(page, message)
  const answer = await ask(page, message, opened)
  if (answer === 'accept') await attempt(page, () => accept(spot))
  if (answer === 'decline') await attempt(page, () => declineSignIn(spot))
}

const isDone = ({ log }: Page, { id }: ChatMessage): boolean => log.find(id)?.signIn?.done ?? log.find(id)?.signIn === undefined

/** A sign-in card has just arrived: offers the token without a word, and asks only when the bot cannot use it yet. */
export const signInSilently = async (page: Page, message: ChatMessage): Promise<void> => {
  const spot = spotOf(page, message)
  const retry = (): Promise<void> => signInSilently(page, message)
  const status = await attempt(page, () => exchangeToken(spot), { retry, expected: consentMissing })
  if (status !== consentMissing || isDone(page, message) || !isInFront(page, spot)) return
  await askAndSend(page, message, 'byItself', consent)
}

export const signInByButton = (page: Page, message: ChatMessage): Promise<void> => askAndSend(page, message, 'byButton', signIn)
