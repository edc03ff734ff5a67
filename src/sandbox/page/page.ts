/** The page as a whole: what it knows, what it shows, and how it gets from one view to another. */
import { isSeenBy, type ChatMessage, type Scene } from '../protocol'
import type { Faults } from '../faults'
import { prepareCards } from './cards'
import { showChatList } from './chat-list'
import { type ChatLog, createChatLog } from './chat-log'
import { type Cloud, prepareCloudPanel, showCloud, usualCloud } from './cloud'
import { settleConsent } from './consent'
import { type ChatSettings, type Conversation, showConversation } from './conversation'
import { byId } from './dom'
import { createInspector, type Inspector } from './inspector'
import { gistOf } from './message'
import { openAnswer, openSearch } from './message-box'
import { announce } from './notices'
import { nameOf } from './people'
import { showSwitches } from './switches'
import { chatOf, personalChat, queryOf, type View } from './view'
import { wordsIn, type Words } from './words'

export interface Page {
  readonly scene: Scene
  readonly log: ChatLog
  readonly unread: Set<string>
  readonly drafts: Map<string, string>
  readonly inspector: Inspector
  readonly acts: Acts
  view: View
  cloud: Cloud
  /** Undefined until the first chat is drawn. */
  conversation: Conversation | undefined
  /** Requests under way: what arrives meanwhile answers the person. */
  waiting: number
}

/** What happens outside the page when the person does something. */
export interface Acts extends Pick<ChatSettings, 'say' | 'press' | 'signIn'> {
  /** A sign-in card came into the person's own chat just now. */
  readonly askedToSignIn: (message: ChatMessage) => Promise<void>
  readonly lookAtCloud: () => void
  readonly changeCloud: (change: Partial<Faults>) => void
  readonly forgetConsent: (person: string) => void
  readonly addApp: (person: string) => void
  /** Another person or another chat is in front. */
  readonly moved: () => void
}

export const wordsOf = (page: Page): Words => wordsIn(page.view.lang)

/** What is for somebody else alone is not in the person's Teams. */
const seenIn = ({ log, view }: Page, chat: string): readonly ChatMessage[] => log.of(chat).filter((message) => isSeenBy(message, view.person))

const showChats = (page: Page): void =>
  showChatList(byId('chats'), {
    ...page,
    words: wordsOf(page),
    lastOf: (chat) => seenIn(page, chat).at(-1),
    onOpen: (chat) => change(page, { chat }),
  })

/** Shows how the cloud behaves, as far as the page knows. */
export const showCloudOf = (page: Page): void => {
  const { acts, view } = page
  const strip = byId('strip')
  const wasInStrip = strip.contains(document.activeElement)
  const onForget = (): void => acts.forgetConsent(view.person)
  showCloud(byId('cloud'), strip, { ...page, words: wordsOf(page), onChange: acts.changeCloud, onForget })
  if (wasInStrip) page.conversation?.focusBox()
}

const showSurroundings = (page: Page): void => {
  const { scene, view, inspector } = page
  const words = wordsOf(page)
  document.documentElement.lang = view.lang
  Object.assign(document.documentElement.dataset, { theme: view.theme, width: view.width })
  document.title = `${scene.bot.name} · ${words.title(scene.organization)}`
  byId('skip').textContent = words.skip
  showSwitches(byId('bar'), { scene, view, words, onChange: (part) => change(page, part) })
  showCloudOf(page)
  inspector.show(view, words)
  showChats(page)
}

// In Teams such a link opens the chat with the bot.
const isChatLink = (url: string): boolean => url.startsWith('https://teams.microsoft.com/l/chat/')

const openLink = (page: Page, url: string): void => {
  if (isChatLink(url)) change(page, { chat: personalChat(page.view.person) })
  else window.open(url, '_blank', 'noopener,noreferrer')
}

const showChat = (page: Page): Conversation => {
  const { scene, view, drafts, acts, cloud } = page
  const chat = chatOf(scene, view)
  const settings = { scene, view, words: wordsOf(page), chat, messages: seenIn(page, chat.key), drafts, ...acts }
  return showConversation(byId('pane'), {
    ...settings,
    openLink: (url) => openLink(page, url),
    search: (thread) => openSearch(page, thread),
    askAbout: (message) => void openAnswer(page, message, (url) => openLink(page, url)),
    isAbsent: cloud.faults.absent.includes(view.person),
    add: () => acts.addApp(view.person),
  })
}

/** Draws the chat in front anew. */
export const redrawChat = (page: Page): void => {
  page.conversation = showChat(page)
}

/** Draws the scene for the first time. */
export const createPage = (scene: Scene, view: View, acts: Acts): Page => {
  const log = createChatLog()
  for (const message of scene.messages) log.keep(message)
  prepareCards(wordsIn(view.lang))
  const page: Page = {
    scene,
    log,
    unread: new Set(),
    drafts: new Map(),
    inspector: createInspector(byId('inspector'), () => change(page, { inspector: false })),
    acts,
    view,
    cloud: usualCloud(),
    conversation: undefined,
    waiting: 0,
  }
  showSurroundings(page)
  page.conversation = showChat(page)
  page.conversation.focusBox()
  prepareCloudPanel(byId('cloud'), byId('bar'), acts.lookAtCloud)
  return page
}

/** Shows another view; the address is left as it is. */
export const goTo = (page: Page, next: View): void => {
  const moved = next.chat !== page.view.chat || next.person !== page.view.person
  const redraw = moved || next.lang !== page.view.lang
  page.view = next
  page.unread.delete(next.chat)
  prepareCards(wordsOf(page))
  showSurroundings(page)
  if (redraw) page.conversation = showChat(page)
  if (!moved) return
  byId('toasts').replaceChildren()
  // A question to one person is not for another.
  for (const dialog of document.querySelectorAll('dialog')) dialog.close()
  page.acts.moved()
}

const change = (page: Page, part: Partial<View>): void => {
  const own = part.person ? { chat: personalChat(part.person) } : {}
  const next = { ...page.view, ...part, ...own }
  const address = `?${queryOf(next)}`
  if (part.chat || part.person) history.pushState(null, '', address)
  else history.replaceState(null, '', address)
  goTo(page, next)
}

/** Takes in a message that is new or has changed; one that is known already changes nothing. */
export const receive = (page: Page, message: ChatMessage): void => {
  const news = page.log.keep(message)
  if (news === 'known' || !isSeenBy(message, page.view.person)) return
  if (message.chat === page.view.chat) showNews(page, message, news)
  else if (news === 'new') page.unread.add(message.chat)
  showChats(page)
  noteSignIn(page, message, news)
}

const noteSignIn = (page: Page, message: ChatMessage, news: 'new' | 'changed'): void => {
  const { signIn, id, chat } = message
  // The bot replaces the card by its answer once somebody signed in, perhaps at another of their devices.
  if (signIn?.done || (!signIn && news === 'changed')) settleConsent(id)
  else if (signIn?.exchange && news === 'new' && chat === personalChat(page.view.person)) answerSignIn(page, message)
}

const answerSignIn = (page: Page, message: ChatMessage): void => {
  const answer = (): Promise<void> => page.acts.askedToSignIn(message)
  void (message.chat === page.view.chat ? page.conversation?.whileBusy(message.id, answer) : answer())
}

const showNews = (page: Page, message: ChatMessage, news: 'new' | 'changed'): void => {
  page.conversation?.put(message, page.waiting > 0 || message.from === page.view.person)
  if (message.from !== 'bot' || message.cards.length === 0) return
  const words = wordsOf(page)
  const gist = gistOf(message, words)
  const line = news === 'changed' ? words.changed(gist) : words.received(nameOf(page.scene, 'bot', words), gist)
  announce(byId('announcer'), line)
}

export const forget = (page: Page, chat: string, id: string): void => {
  page.log.drop(id)
  if (chat === page.view.chat) page.conversation?.drop(id)
}
