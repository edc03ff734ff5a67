/** An Adaptive Card as elements, drawn by Microsoft's library the way Teams uses it. */
import {
  type Action,
  AdaptiveCard,
  ExecuteAction,
  GlobalRegistry,
  GlobalSettings,
  Image,
  OpenUrlAction,
  SerializationContext,
  Strings,
  SubmitAction,
  Table,
  Versions,
} from 'adaptivecards'
import type { PressRequest } from '../protocol'
import { isObject, withLocalPictures } from './card-pictures'
import { el } from './dom'
import { createHostConfig } from './host-config'
import { cardHtml } from './markdown'
import { openMenu } from './overflow-menu'
import { makeEnlargeable } from './picture-viewer'
import type { Words } from './words'

export type CardPress = Pick<PressRequest, 'action' | 'inputs'>

export interface CardSettings {
  readonly words: Words
  readonly publicUrl: string
  /** Makes the ids of this card's elements unique on the page. */
  readonly key: string
  /** Name of the card for screen readers. */
  readonly label: string
  readonly onPress: (press: CardPress) => void
  /** A web or mail address that the person wants to open. */
  readonly onLink: (url: string) => void
}

const hostConfig = createHostConfig()

// Teams takes cards up to this version from bots; above it a client shows the fallback text.
const newest = Versions.v1_5

/** Tells the library how to read markdown and what its own words are. Needed before the first card and per language. */
export const prepareCards = (words: Words): void => {
  GlobalSettings.setTabIndexAtCardRoot = false
  GlobalSettings.removePaddingFromContainersWithBackgroundImage = true
  GlobalRegistry.elements.register('Table', Table, newest)
  Strings.defaults.overflowButtonText = () => '···'
  Strings.defaults.overflowButtonTooltip = () => words.more
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = cardHtml(text)
    result.didProcess = true
  }
}

const isLink = (url: string): boolean => /^(https?|mailto):/i.test(url)

const inputsOf = (action: Action): Record<string, string> =>
  Object.fromEntries(
    Object.entries(action.getReferencedInputs() ?? {})
      .filter(([, input]) => input.isSet())
      .map(([id, input]) => [id, String(input.value)]),
  )

const pressOf = (action: SubmitAction | ExecuteAction, source: unknown): CardPress => {
  const data = isObject(source) ? source['data'] : undefined
  const inputs = inputsOf(action)
  if (action instanceof ExecuteAction) return { action: { type: 'Action.Execute', title: action.title, verb: action.verb, data }, inputs }
  return { action: { type: 'Action.Submit', title: action.title, data }, inputs }
}

const menuItem = (action: Action) => ({
  title: action.title ?? '',
  enabled: action.isEffectivelyEnabled(),
  run: () => action.execute(),
})

const allowsExpand = (source: unknown): boolean => isObject(source) && isObject(source['msteams']) && source['msteams']['allowExpand'] === true

interface ParsedCard {
  readonly card: AdaptiveCard
  readonly enlargeable: readonly Image[]
}

const parseCard = (json: unknown, settings: CardSettings): ParsedCard => {
  const sources = new WeakMap<Action, unknown>()
  const enlargeable: Image[] = []
  const context = new SerializationContext(newest)
  context.onParseAction = (action, source) => sources.set(action, source)
  context.onParseElement = (element, source) => {
    if (element instanceof Image && allowsExpand(source)) enlargeable.push(element)
  }
  const card = new AdaptiveCard()
  card.hostConfig = hostConfig
  card.parse(withLocalPictures(json, settings.publicUrl), context)
  card.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction && action.url && isLink(action.url)) settings.onLink(action.url)
    if (action instanceof SubmitAction || action instanceof ExecuteAction) settings.onPress(pressOf(action, sources.get(action)))
  }
  card.onDisplayOverflowActionMenu = (actions, target) => {
    if (target) openMenu(target, settings.words.more, actions.map(menuItem))
    return true
  }
  return { card, enlargeable }
}

const referringAttributes = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']

// Two cards made from one template carry the same ids; labels and buttons must point into their own card.
const makeIdsUnique = (root: HTMLElement, key: string): void => {
  const own = new Set([...root.querySelectorAll('[id]')].map((element) => element.id))
  for (const element of root.querySelectorAll('[id]')) element.id = `${key}-${element.id}`
  for (const name of referringAttributes)
    for (const element of root.querySelectorAll(`[${name}]`)) {
      const ids = element.getAttribute(name)?.split(/\s+/).filter(Boolean) ?? []
      element.setAttribute(name, ids.map((id) => (own.has(id) ? `${key}-${id}` : id)).join(' '))
    }
}

const nameOverflowButtons = (root: HTMLElement, words: Words): void => {
  for (const element of root.querySelectorAll('button[aria-expanded]')) {
    if (element.getAttribute('aria-label') !== words.more) continue
    element.setAttribute('aria-haspopup', 'menu')
    element.classList.add('overflow')
  }
}

const nameLinks = (root: HTMLElement, words: Words): void => {
  for (const element of root.querySelectorAll('button[role="link"]')) element.setAttribute('title', `${element.textContent ?? ''} (${words.opensTab})`)
}

// The library leaves `alt` out for decoration; a screen reader would then read the address.
const hideDecoration = (root: HTMLElement): void => {
  for (const image of root.querySelectorAll('img:not([alt])')) image.setAttribute('alt', '')
}

const groupChoices = (root: HTMLElement): void => {
  for (const group of root.querySelectorAll('.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect')) {
    group.setAttribute('role', group.matches('.ac-choiceSetInput-expanded') ? 'radiogroup' : 'group')
  }
}

const finish = (root: HTMLElement, json: Readonly<Record<string, unknown>>, settings: CardSettings): HTMLElement => {
  const { lang } = json
  if (typeof lang === 'string') root.lang = lang
  root.setAttribute('role', 'group')
  root.setAttribute('aria-label', settings.label)
  root.tabIndex = -1
  makeIdsUnique(root, settings.key)
  nameOverflowButtons(root, settings.words)
  nameLinks(root, settings.words)
  hideDecoration(root)
  groupChoices(root)
  return root
}

const fallbackText = (json: unknown, words: Words): HTMLElement => {
  const text = isObject(json) ? json['fallbackText'] : undefined
  return el('p', { class: 'no-card' }, typeof text === 'string' ? text : words.noCard)
}

const isWide = (json: Readonly<Record<string, unknown>>): boolean => {
  const { msteams } = json
  return isObject(msteams) && String(msteams['width']).toLowerCase() === 'full'
}

/** One card in a frame; its pressed buttons go to `onPress`, after the library has checked the required inputs. */
export const cardElement = (json: unknown, settings: CardSettings): HTMLElement => {
  const frame = el('div', { class: 'card', 'data-testid': 'card' })
  if (!isObject(json)) return fill(frame, fallbackText(json, settings.words))
  frame.classList.toggle('wide', isWide(json))
  const { card, enlargeable } = parseCard(json, settings)
  const root = card.version.compareTo(newest) > 0 ? undefined : card.render()
  for (const image of enlargeable) if (image.renderedElement) makeEnlargeable(image.renderedElement, settings.words)
  return fill(frame, root ? finish(root, json, settings) : fallbackText(json, settings.words))
}

const fill = (frame: HTMLElement, content: HTMLElement): HTMLElement => {
  frame.append(content)
  return frame
}
