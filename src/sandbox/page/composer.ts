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
  readonly onSend: (text: string, mention: boolean) => void
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
  const form = el('form', {}, el('div', { class: 'box' }, mention, box, createSend(words)), hint)

  const submit = (): void => {
    const text = box.value.trim()
    if (text === '') return
    box.value = ''
    onDraft('')
    fitHeight(box)
    onSend(text, mention?.getAttribute('aria-pressed') === 'true')
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  box.addEventListener('input', () => {
    onDraft(box.value)
    fitHeight(box)
  })
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  return form
}
