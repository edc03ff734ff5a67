/** How Microsoft's cloud behaves just now: a panel to change it, and a line below the head while something is not as usual. */
import { armFaults, type Faults, graphFaults, loginFaults, noFaults, permissions } from '../faults'
import type { Scene } from '../protocol'
import { button, el, icon } from './dom'
import { redrawKeepingFocus } from './focus'
import { nameOf } from './people'
import type { View } from './view'
import type { Words } from './words'

export interface Cloud {
  readonly faults: Readonly<Faults>
  /** Keys of people who agreed to be looked up. */
  readonly consents: readonly string[]
}

export interface CloudSettings {
  readonly scene: Scene
  readonly view: View
  readonly words: Words
  readonly cloud: Cloud
  readonly onChange: (change: Partial<Faults>) => void
  readonly onForget: () => void
}

export const usualCloud = (): Cloud => ({ faults: noFaults(), consents: [] })

type ServiceName = 'graph' | 'arm' | 'login'
const serviceNames: readonly ServiceName[] = ['graph', 'arm', 'login']
const services: { readonly [Name in ServiceName]: readonly Faults[Name][] } = { graph: graphFaults, arm: armFaults, login: loginFaults }

/** What is not as usual, one phrase each; empty when all is well. */
const troublesOf = ({ faults }: Cloud, words: Words): readonly string[] => {
  const behaving = serviceNames
    .filter((name) => faults[name] !== 'fine')
    .map((name) => words.cloud.trouble(words.cloud.services[name], words.cloud.faults[faults[name]]))
  return [
    ...behaving,
    ...(faults.denied.length > 0 ? [words.cloud.withheld(faults.denied.length)] : []),
    ...(faults.absent.length > 0 ? [words.cloud.absent(faults.absent.length)] : []),
    ...(faults.targeted === 'fine' ? [] : [words.cloud.noAlone]),
  ]
}

/** The same as a sentence for screen readers. */
export const troubleLine = (cloud: Cloud, words: Words): string => {
  const troubles = troublesOf(cloud, words)
  return troubles.length > 0 ? `${words.cloud.unusual} ${troubles.join(', ')}` : words.cloud.usual
}

const serviceRow = <Name extends ServiceName>(name: Name, { words, cloud, onChange }: CloudSettings): HTMLElement => {
  const choices = services[name]
  const current = cloud.faults[name]
  const options = choices.map((value) => el('option', { value, selected: value === current }, words.cloud.faults[value]))
  const select = el('select', { 'data-testid': `cloud-${name}`, class: current === 'fine' ? undefined : 'unusual' }, ...options)
  select.addEventListener('change', () => {
    const chosen = choices.find((value) => value === select.value)
    if (chosen) onChange({ [name]: chosen })
  })
  return el('label', { class: 'service' }, el('span', {}, words.cloud.services[name]), select)
}

const permissionRow = (permission: (typeof permissions)[number], { words, cloud, onChange }: CloudSettings): HTMLElement => {
  const { denied } = cloud.faults
  const isGiven = !denied.includes(permission)
  const box = el('input', { type: 'checkbox', checked: isGiven, 'data-testid': `permission-${permission}` })
  box.addEventListener('change', () => onChange({ denied: isGiven ? [...denied, permission] : denied.filter((name) => name !== permission) }))
  return el('label', { class: 'permission' }, box, el('span', {}, words.cloud.permissions[permission], el('code', {}, permission)))
}

const permissionList = (settings: CloudSettings): HTMLElement => {
  const rows = permissions.map((permission) => permissionRow(permission, settings))
  return el('fieldset', {}, el('legend', {}, settings.words.cloud.agreed), ...rows)
}

const switchRow = (testId: string, label: string, on: boolean, flip: () => void): HTMLElement => {
  const box = el('input', { type: 'checkbox', checked: on, 'data-testid': testId })
  box.addEventListener('change', flip)
  return el('label', { class: 'permission' }, box, el('span', {}, label))
}

/** Whether the bot may write to the person, and to them alone where others read along. */
const appRows = ({ scene, view, words, cloud, onChange }: CloudSettings): HTMLElement => {
  const { absent, targeted } = cloud.faults
  const isAbsent = absent.includes(view.person)
  const others = absent.filter((key) => key !== view.person)
  return el(
    'div',
    { class: 'own-app' },
    switchRow('app-added', words.cloud.added(nameOf(scene, view.person, words)), !isAbsent, () =>
      onChange({ absent: isAbsent ? others : [...others, view.person] }),
    ),
    switchRow('alone-works', words.cloud.aloneWorks, targeted === 'fine', () => onChange({ targeted: targeted === 'fine' ? 'refused' : 'fine' })),
  )
}

const consentRow = ({ scene, view, words, cloud, onForget }: CloudSettings): HTMLElement => {
  const hasConsented = cloud.consents.includes(view.person)
  const line = words.cloud[hasConsented ? 'consented' : 'notConsented'](nameOf(scene, view.person, words))
  const forget = button({ class: 'command', disabled: !hasConsented, 'data-testid': 'forget-consent' }, onForget, words.cloud.forget)
  return el('div', { class: 'own-consent' }, el('p', {}, line), forget)
}

const resetButton = (name: string, { words, onChange }: CloudSettings, disabled = false): HTMLButtonElement =>
  button({ class: 'command', disabled, 'data-testid': name }, () => onChange(noFaults()), words.cloud.reset)

const fillPanel = (panel: HTMLElement, settings: CloudSettings): void => {
  const { words, cloud } = settings
  const close = button({ class: 'plain-icon', 'aria-label': words.close, title: words.close }, () => panel.hidePopover(), icon('close'))
  const isUsual = troublesOf(cloud, words).length === 0
  panel.setAttribute('aria-label', words.cloud.title)
  panel.replaceChildren(
    el('header', {}, el('h2', { tabindex: '-1' }, words.cloud.title), close),
    el('p', { class: 'about' }, words.cloud.about),
    el('div', { class: 'services' }, ...serviceNames.map((name) => serviceRow(name, settings))),
    permissionList(settings),
    appRows(settings),
    consentRow(settings),
    el('footer', {}, resetButton('reset-cloud', settings, isUsual)),
  )
}

const fillStrip = (strip: HTMLElement, settings: CloudSettings): void => {
  const { words, cloud } = settings
  const troubles = troublesOf(cloud, words)
  strip.hidden = troubles.length === 0
  const lead = el('span', { class: 'unseen' }, words.cloud.unusual, ' ')
  strip.replaceChildren(icon('warn'), el('span', {}, lead, troubles.join(' · ')), resetButton('reset-strip', settings))
}

/** Draws panel and line anew; what had the focus keeps it, or hands it to the panel's heading. */
export const showCloud = (panel: HTMLElement, strip: HTMLElement, settings: CloudSettings): void => {
  redrawKeepingFocus(panel, () => fillPanel(panel, settings))
  fillStrip(strip, settings)
  document.documentElement.dataset['cloud'] = strip.hidden ? 'usual' : 'unusual'
}

const gap = 6

/** Has the panel open below the head, with what is true by then. */
export const prepareCloudPanel = (panel: HTMLElement, head: HTMLElement, onOpen: () => void): void =>
  panel.addEventListener('beforetoggle', ({ newState }) => {
    if (newState !== 'open') return
    const top = head.getBoundingClientRect().bottom + gap
    panel.style.top = `${top}px`
    panel.style.maxHeight = `calc(100dvh - ${top + gap}px)`
    onOpen()
  })
