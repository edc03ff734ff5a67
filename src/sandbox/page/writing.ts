/** What a person can write in a chat: the box at its foot, a reply in a thread, a ready-made start. */
import type { ChatSettings } from './conversation'
import { composer } from './composer'
import { button, el, icon } from './dom'

const boxLabel = ({ scene, words, chat }: ChatSettings): string =>
  ({ personal: words.write(scene.bot.name), groupChat: words.writeGroup, channel: words.writePost })[chat.place]

const draftIn = ({ drafts, view }: ChatSettings, place: string) => ({
  draft: drafts.get(`${view.person} ${place}`) ?? '',
  onDraft: (text: string) => void drafts.set(`${view.person} ${place}`, text),
})

/** The box at the foot of the chat. */
export const chatBox = (settings: ChatSettings): HTMLElement =>
  composer({
    words: settings.words,
    bot: settings.scene.bot.name,
    label: boxLabel(settings),
    mentions: settings.chat.place !== 'personal',
    id: 'write',
    ...draftIn(settings, settings.chat.key),
    onSend: (text, mention, alone) => settings.say({ text, mention, alone }),
    onSearch: () => settings.search(undefined),
  })

const replyBox = (settings: ChatSettings, thread: string): HTMLElement =>
  composer({
    words: settings.words,
    bot: settings.scene.bot.name,
    label: settings.words.writeReply,
    mentions: true,
    ...draftIn(settings, thread),
    onSend: (text, mention, alone) => settings.say({ text, mention, alone, thread }),
    onSearch: () => settings.search(thread),
  })

/** In place of the box: the bot can be written to once it is added. */
export const addApp = ({ scene, words, add }: ChatSettings): HTMLElement =>
  el(
    'div',
    { class: 'add-app', 'data-testid': 'add-app' },
    el('p', {}, words.absent(scene.bot.name)),
    button({ class: 'command primary' }, add, words.add(scene.bot.name)),
  )

/** A button at the foot of a thread that turns into a box. */
export const replyFoot = (settings: ChatSettings, thread: string): HTMLElement => {
  const open = (): void => {
    const box = replyBox(settings, thread)
    foot.replaceChildren(box)
    box.querySelector('textarea')?.focus()
  }
  const opener = button({ class: 'link', 'data-testid': 'reply' }, open, icon('reply'), settings.words.reply)
  const foot = el('div', { class: 'thread-foot' }, opener)
  return foot
}

/** Ready-made starts, until the person has written something in this chat. */
export const triesOf = ({ scene, view, words, messages, say }: ChatSettings): HTMLElement | undefined => {
  if (messages.some((message) => message.from === view.person)) return undefined
  const chips = scene.tries[view.lang].map((text) => button({ class: 'chip', 'data-testid': 'try' }, () => say({ text, mention: true }), text))
  const lead = el('span', { 'aria-hidden': 'true' }, words.tries)
  return el('div', { class: 'tries', role: 'group', 'aria-label': words.tries }, lead, ...chips)
}
