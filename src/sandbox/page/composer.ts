/** The box a message is written in. */
import { button, el, icon } from './dom'
import type { Words } from './words'

export interface ComposerSettings {
  readonly words: Words
  readonly bot: string
  readonly label: string
  /** Where the bot hears only what mentions it: offer the mention. */
  readonly mentions: boolean
  readonly id?: string
  readonly draft: string
  readonly onDraft: (text: string) => void
  /** `alone`: nobody but the bot sees it. */
  readonly onSend: (text: string, mention: boolean, alone: boolean) => void
  /** Opens the app's search. */
  readonly onSearch: () => void
}

const fitHeight = (box: HTMLTextAreaElement): void => {
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight}px`
}

const createBox = ({ label, draft, id }: ComposerSettings): HTMLTextAreaElement => {
  const box = el('textarea', { rows: '1', 'aria-label': label, placeholder: label, id, 'data-testid': 'write' })
  box.value = draft
  return box
}

const createMention = ({ words, bot }: ComposerSettings, onChange: (on: boolean) => void): HTMLButtonElement => {
  const toggle = (): void => {
    const on = mention.getAttribute('aria-pressed') !== 'true'
    mention.setAttribute('aria-pressed', String(on))
    onChange(on)
  }
  const mention = button({ class: 'mention-toggle', 'aria-pressed': 'true', title: words.mention(bot), 'data-testid': 'mention' }, toggle, `@${bot}`)
  return mention
}

const createSend = ({ send }: Words): HTMLButtonElement =>
  el('button', { class: 'send', type: 'submit', 'aria-label': send, title: send, 'data-testid': 'send' }, icon('send'))

const createApps = ({ words, bot, onSearch }: ComposerSettings): HTMLButtonElement =>
  button({ class: 'send apps', 'aria-label': words.apps(bot), title: words.apps(bot), 'data-testid': 'apps' }, onSearch, icon('apps'))

/** "/OneTenant what is a tenant?", or short "/what is a tenant?". */
const slashed = (text: string, bot: string): string | undefined => {
  if (!text.startsWith('/')) return undefined
  const rest = text.slice(1).trim()
  return rest.toLowerCase().startsWith(`${bot.toLowerCase()} `) ? rest.slice(bot.length + 1).trim() : rest
}

/** A form with text box, mention switch and send button. Enter sends, Shift and Enter makes a new line. */
export const composer = (settings: ComposerSettings): HTMLFormElement => {
  const { words, bot, mentions, onDraft, onSend } = settings
  const box = createBox(settings)
  const hint = el('p', { class: 'hint', 'aria-live': 'polite' }, words.keys)
  const mention = mentions
    ? createMention(settings, (on) => {
        hint.textContent = on ? words.keys : words.unheard(bot)
        hint.classList.toggle('unheard', !on)
        box.focus()
      })
    : undefined
  const form = el('form', {}, el('div', { class: 'box' }, mention, box, createApps(settings), createSend(words)), hint)

  const submit = (): void => {
    const text = box.value.trim()
    if (text === '') return
    box.value = ''
    onDraft('')
    fitHeight(box)
    const said = mentions ? slashed(text, bot) : undefined
    onSend(said ?? text, mention?.getAttribute('aria-pressed') === 'true', said !== undefined)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  box.addEventListener('input', () => {
    onDraft(box.value)
    fitHeight(box)
    if (mention && box.value.startsWith('/')) hint.textContent = words.slash(bot)
  })
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  return form
}
