/** What does the bot answer, as a plain value: comparable in a test, readable by a person, sendable by one function? */
import { languageRows } from '../languages'
import type { Language } from '../topics'
import type { ActionData, Pick } from '../verbs/action'
import type { Asked } from '../verbs/asked'

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'points'; readonly title: string; readonly items: readonly string[] }
  /** One below the other, each with its own number or none. */
  | { readonly kind: 'lines'; readonly items: readonly string[] }
  | { readonly kind: 'box'; readonly look: 'emphasis' | 'good' | 'warning' | 'attention' | 'accent'; readonly title: string; readonly text: string }
  | { readonly kind: 'picture'; readonly url: string; readonly alt: string }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly title: string; readonly value: string }[] }
  | { readonly kind: 'small'; readonly text: string }
  | {
      readonly kind: 'choice'
      readonly id: 'contract' | 'account' | 'stays' | 'together'
      readonly label: string
      readonly error: string
      readonly choices: readonly { readonly title: string; readonly value: string }[]
    }
  | { readonly kind: 'entry'; readonly id: 'subscription' | 'domain'; readonly label: string; readonly placeholder: string; readonly value: string }
  /** A colleague; `button` opens `url`, or `note` says why there is none. */
  | {
      readonly kind: 'helper'
      readonly name: string
      readonly text: string
      readonly button?: string
      readonly url?: string | undefined
      readonly note?: string
    }

  /** Folded away until it is asked for, by the button of this title or by words; folds hold no folds. */
  | { readonly kind: 'more'; readonly title: string; readonly blocks: readonly Unfolded[] }

export type Unfolded = Exclude<Block, { kind: 'more' }>

/** `primary`: what most people want next; `danger`: what takes something away. Said where the reply is written; absent: one of several ways. */
export type Meaning = 'primary' | 'danger'

interface ButtonForm {
  readonly title: string
  readonly more: boolean
  readonly meaning?: Meaning | undefined
}

export type Button = (ButtonForm & { readonly kind: 'press'; readonly action: ActionData }) | (ButtonForm & { readonly kind: 'open'; readonly url: string })

export interface Page {
  readonly language: Language
  /** Small line above the heading: what this card is. */
  readonly eyebrow: string
  readonly title: string
  /** Guide cards: 0-based step and number of steps, drawn as a bar. */
  readonly progress?: { readonly index: number; readonly count: number }
  readonly blocks: readonly Block[]
  /** At most four are not `more`; at most one is primary, and stands first. */
  readonly buttons: readonly Button[]
}

export interface Reply {
  readonly page: Page
  /** The whole answer without a card. */
  readonly text: string
  /** What notifications and previews show. */
  readonly summary: string
  /** What "2" or "the second one" refers to after this reply: the numbered lines of the card. */
  readonly list: readonly Pick[]
  /** What it asks, so that words can answer it. */
  readonly asked?: Asked | undefined
  /** It stands beside the guide and leads back to it. */
  readonly aside?: boolean
  /** Said to the person who pressed, in place of the card, which stays as it is. */
  readonly notice?: string
}

const plainBlock = (block: Block, language: Language): string => {
  const { colon } = languageRows[language]
  switch (block.kind) {
    case 'text':
    case 'small':
      return block.text
    case 'lines':
      return block.items.join('\n')
    case 'points':
      return [block.title, ...block.items.map((item) => `- ${item}`)].filter(Boolean).join('\n')
    case 'box':
      return block.title ? `${block.title}${colon} ${block.text}` : block.text
    case 'picture':
    case 'more':
      return ''
    case 'facts':
      return block.facts.map(({ title, value }) => `- ${title}${colon} ${value}`).join('\n')
    case 'choice':
      return [block.label, ...block.choices.map(({ title }, index) => `${index + 1}. ${title}`)].join('\n')
    case 'entry':
      return block.label
    case 'helper':
      return [`**${block.name}**`, block.text, block.note, block.url && `${block.button} (${block.url})`].filter(Boolean).join('\n')
  }
}

/** Of other verbs it is only the card's own. */
const namesLanguage = (verb: ActionData['verb']) => verb === 'speak' || verb === 'keep-language'

const pickOf = (button: Button): readonly Pick[] => {
  if (button.kind === 'open') return []
  const { verb, topic, step, run, lang } = button.action
  return [
    {
      title: button.title,
      verb,
      ...(topic && { topic }),
      ...(step !== undefined && { step }),
      ...(run !== undefined && { run }),
      ...(namesLanguage(verb) && { lang }),
    },
  ]
}

const picksInSight = ({ buttons }: Page): readonly Pick[] => buttons.filter(({ more }) => !more).flatMap(pickOf)

const foldsOf = ({ blocks }: Page): readonly Pick[] => blocks.flatMap((block) => (block.kind === 'more' ? [{ title: block.title, verb: 'more' }] : []))

/** What a person may write instead of pressing: numbers for the list (or the buttons in sight), titles for all buttons. */
export const choicesOf = (reply: Reply, { plain } = { plain: false }): { readonly list: Pick[]; readonly buttons: Pick[] } => {
  const { page, list } = reply
  const numbered = plain ? [...list, ...afterList(page)] : list.length > 0 ? list : picksInSight(page)
  return { list: [...numbered], buttons: page.buttons.flatMap(pickOf) }
}

/** In plain text the numbers go on after the list. */
const afterList = (page: Page): readonly Pick[] => [...picksInSight(page), ...foldsOf(page)]

const numbers = /^(\d+)\. /gm

/** Every choice has its number and nothing else has one. Bold, since a list that goes on elsewhere is numbered anew by some clients. */
const numberedBlock = (block: Block, language: Language, isList: boolean): string => {
  if (block.kind === 'text') return block.text.replaceAll(numbers, '- ')
  if (block.kind === 'lines' && !isList) return block.items.map((item) => item.replace(numbers, '- ')).join('\n')
  if (block.kind === 'lines') return block.items.map((item) => item.replace(/^(\*\*)?(\d+)\. /, '**$2** $1')).join('\n\n')
  if (block.kind === 'choice') return [block.label, ...block.choices.map(({ title }, index) => `**${index + 1}** ${title}`)].join('\n\n')
  return plainBlock(block, language)
}

/** For who wants no cards: one list of numbers, which ends with what could be pressed. */
export const numberedText = ({ page, list }: Reply): string => {
  const { language, eyebrow, title, blocks, buttons } = page
  const links = buttons.flatMap((button) => (button.kind === 'open' && !button.more ? [plainButton(button)] : []))
  const choices = afterList(page).map((pick, index) => `**${list.length + index + 1}** ${pick.title}`)
  return [`${eyebrow}\n\n**${title}**`, ...blocks.map((block) => numberedBlock(block, language, list.length > 0)), ...links, ...choices]
    .filter(Boolean)
    .join('\n\n')
}

const plainButton = (button: Button) => (button.kind === 'open' ? `${button.title} (${button.url})` : button.title)

/** The same content for clients, people and logs that cannot show a card. */
export const plainText = ({ language, eyebrow, title, blocks, buttons }: Page): string => {
  const folds = blocks.flatMap((block) => (block.kind === 'more' ? [block.title] : []))
  const shown = [...buttons.filter(({ more }) => !more).map(plainButton), ...folds]
  const tail = shown.length > 0 ? `→ ${shown.join(' · ')}` : ''
  return [`${eyebrow}\n**${title}**`, ...blocks.map((block) => plainBlock(block, language)), tail].filter(Boolean).join('\n\n')
}

export const reply = (page: Page, options: Partial<Omit<Reply, 'page' | 'text' | 'summary'>> = {}): Reply => ({
  list: [],
  ...options,
  page,
  text: plainText(page),
  summary: `${page.title} (${page.eyebrow})`,
})

/** The same with nothing folded away. */
export const unfolded = ({ page, text: _text, summary: _summary, ...rest }: Reply): Reply =>
  reply({ ...page, blocks: page.blocks.flatMap((block): readonly Block[] => (block.kind === 'more' ? block.blocks : [block])) }, rest)
