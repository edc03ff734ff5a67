/** Reads Adaptive Cards the way a person does: words, buttons, fields. */
import type { PressRequest } from '../../src/sandbox/protocol'

type Json = Readonly<Record<string, unknown>>

export interface CardAction {
  readonly type: string
  readonly title: string
  /** `secondary`: in the overflow menu. */
  readonly mode?: string
  readonly url?: string
  readonly verb?: string
  readonly style?: string
  readonly data?: unknown
  readonly tooltip?: string
  readonly associatedInputs?: string
  /** What an older client presses instead. */
  readonly fallback?: unknown
}

export interface CardInput {
  readonly type: string
  readonly id: string
  readonly label?: string
  readonly value?: string
  readonly choices?: readonly { readonly title: string; readonly value: string }[]
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const childrenOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [])
const textIn = (element: Json, name: string) => (typeof element[name] === 'string' ? [element[name]] : [])

const unseen = new Set(['fallback', 'data', 'refresh'])

/** Every element there is to read, in order, folded ones too; what a fallback or a button’s data holds is not. */
const shown = (value: unknown): Json[] => {
  if (!isObject(value)) return childrenOf(value).flatMap(shown)
  return [value, ...Object.entries(value).flatMap(([name, inner]) => (unseen.has(name) ? [] : shown(inner)))]
}

const isAction = (element: Json): element is Json & CardAction =>
  typeof element.type === 'string' && element.type.startsWith('Action.') && typeof element.title === 'string'
const isInput = (element: Json): element is Json & CardInput =>
  typeof element.type === 'string' && element.type.startsWith('Input.') && typeof element.id === 'string'

const objectsIn = (element: Json, name: string) => childrenOf(element[name]).filter(isObject)
const inputWords = (element: Json) => [
  ...textIn(element, 'label'),
  ...textIn(element, 'title'),
  ...objectsIn(element, 'choices').flatMap((choice) => textIn(choice, 'title')),
]

const words: Readonly<Record<string, (element: Json) => string[]>> = {
  TextBlock: (element) => textIn(element, 'text'),
  TextRun: (element) => textIn(element, 'text'),
  FactSet: (element) => objectsIn(element, 'facts').flatMap((fact) => [...textIn(fact, 'title'), ...textIn(fact, 'value')]),
  Input: inputWords,
}

const wordsOf = (element: Json) => words[isInput(element) ? 'Input' : String(element.type)]?.(element) ?? []

/** Everything there is to read on a card, a line per text. */
export const cardText = (card: unknown): string => shown(card).flatMap(wordsOf).join('\n')

/** All buttons of a card, in order. */
export const actionsOf = (card: unknown): readonly CardAction[] => shown(card).filter(isAction)

/** Titles of the buttons that are visible at once … */
export const visibleTitles = (card: unknown): readonly string[] =>
  actionsOf(card)
    .filter(({ type, mode }) => type !== 'Action.ToggleVisibility' && mode !== 'secondary')
    .map(({ title }) => title)

/** … and of those behind "…". */
export const overflowTitles = (card: unknown): readonly string[] =>
  actionsOf(card)
    .filter(({ mode }) => mode === 'secondary')
    .map(({ title }) => title)

/** All fields of a card. */
export const inputsOf = (card: unknown): readonly CardInput[] => shown(card).filter(isInput)

/** The button of this title on any of the cards, else undefined. */
export const findAction = (cards: readonly unknown[], title: string): CardAction | undefined =>
  cards.flatMap(actionsOf).find((action) => plainly(action.title) === plainly(title))

/** Tests are typed with ordinary spaces; French cards hold no-break ones. */
export const plainly = (text: string | undefined) => text?.replaceAll(/[\u00A0\u202F]/g, ' ')

const startOf = ({ type, value }: CardInput) => value ?? (type === 'Input.Toggle' ? 'false' : '')

const complainAbout = (inputs: readonly CardInput[], filled: Readonly<Record<string, string>>) => {
  for (const [id, value] of Object.entries(filled)) {
    const input = inputs.find((each) => each.id === id)
    if (!input) throw new Error(`The card has no field "${id}"; it has: ${inputs.map((each) => each.id).join(', ') || 'none'}`)
    const choices = input.choices?.map((choice) => choice.value) ?? []
    const wrong = input.choices && value.split(',').find((each) => !choices.includes(each))
    if (wrong !== undefined) throw new Error(`The field "${id}" does not offer "${wrong}"; it offers: ${choices.join(', ')}`)
  }
}

/** What the fields of a card send: `filled` in, the rest as it stood. Throws when the card cannot be filled so. */
export const fillIn = (card: unknown, filled: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const inputs = inputsOf(card)
  complainAbout(inputs, filled)
  return { ...Object.fromEntries(inputs.map((input) => [input.id, startOf(input)])), ...filled }
}

const pressable = ({ type, title, verb, data }: CardAction): PressRequest['action'] => {
  if (type !== 'Action.Execute' && type !== 'Action.Submit') throw new Error(`"${title}" is ${type}: the bot hears nothing of it`)
  return { type, title, ...(verb !== undefined && { verb }), data }
}

/** The action as it is pressed; `older`: on a client that knows no Action.Execute. */
export const pressedAs = (action: CardAction, older: boolean): PressRequest['action'] => {
  const { fallback } = action
  if (!older) return pressable(action)
  if (!isObject(fallback) || !isAction(fallback)) throw new Error(`"${action.title}" has no fallback for older clients`)
  return pressable(fallback)
}

const textBlocks = (card: unknown) => shown(card).filter((element) => element.type === 'TextBlock')

/** The heading of a card, and the small line above it. */
export const titleOf = (card: unknown): string | undefined =>
  textBlocks(card)
    .filter(({ style }) => style === 'heading')
    .flatMap((element) => textIn(element, 'text'))[0]
export const eyebrowOf = (card: unknown): string | undefined => textBlocks(card).flatMap((element) => textIn(element, 'text'))[0]
