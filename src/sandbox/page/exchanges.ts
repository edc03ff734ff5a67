/** Talking to the sandbox for the person: saying, pressing, opening, catching up, and what to do when nobody answers. */
import type { ChatMessage, Exchange } from '../protocol'
import { getScene, openChat, press, say } from './api'
import type { CardPress } from './cards'
import type { Saying } from './conversation'
import { byId } from './dom'
import { toast } from './notices'
import { type Page, receive, wordsOf } from './page'
import { localeOf, teamsThemeOf } from './view'

const whoAndWhere = ({ view }: Page) => ({ person: view.person, chat: view.chat, locale: localeOf(view.lang) })

export const sandboxAway = (page: Page, retry: () => Promise<void>): void => page.conversation?.alert(wordsOf(page).sandboxAway, () => void retry())

/** The bot could not use the token or the code. */
const notSignedIn = 412

const botTrouble = (page: Page, status: number): string => {
  const words = wordsOf(page)
  const { name } = page.scene.bot
  if (status === notSignedIn) return words.signInFailed
  return status === 0 ? words.botAway(name) : words.botFailed(name, status)
}

interface Attempt {
  /** What “try again” does; default: the same. */
  readonly retry?: () => Promise<void>
  /** An HTTP status that is no trouble here. */
  readonly expected?: number
}

const settle = (page: Page, { status, notice, messages }: Exchange, { retry, expected }: Required<Attempt>): void => {
  // What is known already came by the event stream, perhaps in a newer version.
  for (const message of messages) if (!page.log.has(message.id)) receive(page, message)
  if (notice) toast(byId('toasts'), notice, wordsOf(page).close)
  if (status !== expected && (status === 0 || status >= 400)) page.conversation?.alert(botTrouble(page, status), () => void retry())
}

const exchange = async (page: Page, send: () => Promise<Exchange>): Promise<void> => {
  await attempt(page, send)
}

/** Sends something and takes in what comes back: the HTTP status of the bot's answer, undefined when the sandbox gave none. */
export const attempt = async (page: Page, send: () => Promise<Exchange>, options: Attempt = {}): Promise<number | undefined> => {
  const { retry = () => exchange(page, send), expected = 200 } = options
  page.conversation?.calm()
  page.waiting += 1
  try {
    const done = await send()
    settle(page, done, { retry, expected })
    return done.status
  } catch {
    sandboxAway(page, retry)
    return undefined
  } finally {
    page.waiting -= 1
  }
}

export const speak = (page: Page, saying: Saying): Promise<void> => {
  const request = { ...whoAndWhere(page), ...saying, theme: teamsThemeOf(page.view.theme) }
  return exchange(page, () => say(request))
}

export const pressButton = (page: Page, message: ChatMessage, { action, inputs }: CardPress): Promise<void> => {
  const request = { ...whoAndWhere(page), message: message.id, action, inputs }
  return exchange(page, () => press(request))
}

/** Tells the sandbox which chat is in front; the first time, the bot greets there. */
export const openInFront = async (page: Page): Promise<void> => {
  try {
    await openChat(whoAndWhere(page))
  } catch {
    sandboxAway(page, () => openInFront(page))
  }
}

/** Takes in what happened while the event stream was down. */
export const catchUp = async (page: Page): Promise<void> => {
  const before = page.log.all()
  try {
    const { messages } = await getScene()
    const there = new Set(messages.map(({ id }) => id))
    // A sandbox that was started anew knows nothing of the old messages.
    if (before.some(({ id }) => !there.has(id))) return location.reload()
    for (const message of messages) receive(page, message)
    page.conversation?.calm()
    await openInFront(page)
  } catch {
    sandboxAway(page, () => catchUp(page))
  }
}

export const lostTouch = (page: Page): void => sandboxAway(page, () => catchUp(page))
