/** The head of the page: what this is, and the switches for who, which language, theme, width, inspector. */
import { languageRows } from '../../languages'
import { languages } from '../../topics'
import type { Person, Scene } from '../protocol'
import { button, el, icon } from './dom'
import { redrawKeepingFocus } from './focus'
import { aboutOf, avatar, nameOf } from './people'
import { type View, themes } from './view'
import type { Words } from './words'

export interface SwitchSettings {
  readonly scene: Scene
  readonly view: View
  readonly words: Words
  readonly onChange: (change: Partial<View>) => void
}

const brandOf = ({ scene, words }: SwitchSettings): HTMLElement =>
  el(
    'div',
    { class: 'brand' },
    el('img', { src: 'mark.svg', alt: '', width: '34', height: '34' }),
    el(
      'div',
      {},
      el('h1', {}, words.title(scene.organization)),
      el('p', {}, words.sentence(scene.bot.name), ' ', el('span', { class: 'promise' }, words.promise)),
    ),
  )

const personOption = (person: Person, { scene, view, words }: SwitchSettings): HTMLOptionElement =>
  el('option', { value: person.key, selected: person.key === view.person }, `${nameOf(scene, person.key, words)} · ${aboutOf(person, words)}`)

const personSwitch = (settings: SwitchSettings): HTMLElement => {
  const { scene, view, words, onChange } = settings
  const options = scene.people.map((each) => personOption(each, settings))
  const person = scene.people.find(({ key }) => key === view.person)
  const about = person && aboutOf(person, words)
  const select = el('select', { id: 'person', 'data-testid': 'person', 'aria-label': words.youAre, title: about }, ...options)
  select.addEventListener('change', () => onChange({ person: select.value }))
  if (!person) return select
  const lines = el('span', { class: 'who-text', 'aria-hidden': 'true' }, el('b', {}, nameOf(scene, person.key, words)), el('span', {}, about))
  return el('div', { class: 'who' }, avatar(scene, person.key), lines, icon('down'), select)
}

interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  readonly face: Node | string
}

const choose = <T extends string>(name: string, legend: string, current: T, choices: readonly Choice<T>[], onChoose: (value: T) => void): HTMLElement => {
  const options = choices.map(({ value, label, face }) => {
    const input = el('input', { type: 'radio', name, value, checked: value === current, 'aria-label': label })
    input.addEventListener('change', () => onChoose(value))
    return el('label', { title: label }, input, el('span', {}, face))
  })
  return el('fieldset', { class: 'segments' }, el('legend', { class: 'unseen' }, legend), ...options)
}

const languageSwitch = ({ view, words, onChange }: SwitchSettings): HTMLElement => {
  const choices = languages.map((value) => ({ value, label: languageRows[value].name, face: languageRows[value].name }))
  return choose('lang', words.language, view.lang, choices, (lang) => onChange({ lang }))
}

const faces = { light: 'sun', dark: 'moon', contrast: 'contrast' } as const

const themeSwitch = ({ view, words, onChange }: SwitchSettings): HTMLElement => {
  const choices = themes.map((value) => ({ value, label: words.themes[value], face: icon(faces[value]) }))
  return choose('theme', words.theme, view.theme, choices, (theme) => onChange({ theme }))
}

const toggle = (name: string, picture: string, label: string, on: boolean, flip: () => void): HTMLElement =>
  button(
    { class: `toggle for-${name}`, 'aria-pressed': String(on), 'aria-label': label, title: label, 'data-testid': name },
    flip,
    icon(picture),
    el('span', {}, label),
  )

const phoneSwitch = ({ view, words, onChange }: SwitchSettings): HTMLElement => {
  const isPhone = view.width === 'phone'
  return toggle('phone', 'phone', words.phone, isPhone, () => onChange({ width: isPhone ? 'full' : 'phone' }))
}

const cloudSwitch = ({ words }: SwitchSettings): HTMLElement => {
  const { title } = words.cloud
  const attributes = { class: 'toggle for-cloud', type: 'button', popovertarget: 'cloud', 'aria-label': title, title, 'data-testid': 'cloud' }
  return el('button', attributes, icon('cloud'), el('span', {}, title))
}

const inspectorSwitch = ({ view, words, onChange }: SwitchSettings): HTMLElement =>
  toggle('inspector', 'braces', words.inspector, view.inspector, () => onChange({ inspector: !view.inspector }))

const settingsButton = (bar: HTMLElement, panel: HTMLElement, words: Words): HTMLElement => {
  const open = (on: boolean): void => {
    bar.classList.toggle('open', on)
    opener.setAttribute('aria-expanded', String(on))
  }
  const isOpen = (): boolean => bar.classList.contains('open')
  const opener = button(
    { class: 'toggle opener', 'aria-expanded': String(isOpen()), 'aria-controls': 'switches', 'data-testid': 'settings' },
    () => open(!isOpen()),
    icon('sliders'),
    el('span', { class: 'unseen' }, words.settings),
  )
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen()) return
    open(false)
    opener.focus()
  }
  panel.addEventListener('keydown', escape)
  opener.addEventListener('keydown', escape)
  return opener
}

/** Draws the head into `bar`; the switch in use keeps the focus. On narrow pages the switches open from a button. */
export const showSwitches = (bar: HTMLElement, settings: SwitchSettings): void => {
  const panel = el(
    'div',
    { class: 'switches', id: 'switches', role: 'group', 'aria-label': settings.words.settings },
    personSwitch(settings),
    languageSwitch(settings),
    themeSwitch(settings),
    phoneSwitch(settings),
    cloudSwitch(settings),
    inspectorSwitch(settings),
    el('p', { class: 'promise' }, settings.words.promise),
  )
  redrawKeepingFocus(bar, () => bar.replaceChildren(brandOf(settings), settingsButton(bar, panel, settings.words), panel))
}
