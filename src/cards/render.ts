/** Reply in, Adaptive Card out: JSON templates, compiled once, filled with complete data. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { Template } from 'adaptivecards-templating'
import { rowOf, type Verb } from '../verbs/verbs'
import { plainText, type Block, type Button, type Meaning, type Page, type Reply } from './reply'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type Card = { readonly [key: string]: Json }

const folder = join(__dirname, 'templates')

export const templateNames: readonly string[] = readdirSync(folder).map((file) => parse(file).name)

const compile = (source: string) => ({
  template: new Template(JSON.parse(source)),
  /** All that the template asks for, empty. */
  empty: Object.fromEntries([...source.matchAll(/\$\{(\w+)/g)].map(([, asked = '']) => [asked, ''])),
})

const templates = new Map(templateNames.map((name) => [name, compile(readFileSync(join(folder, `${name}.json`), 'utf8'))]))

/** Fills a template. Null and missing values would stay as literal `${…}` or throw, so they become empty text. */
export const fill = (name: string, data: Readonly<Record<string, unknown>>): Json => {
  const compiled = templates.get(name)
  if (!compiled) throw new Error(`there is no card template ${name}`)
  const given = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, value ?? '']))
  return compiled.template.expand({ $root: { ...compiled.empty, ...given } }) as Json
}

/**
 * Drawn as underlined spaces: styled containers cannot be thin, pictures need an address, and of letters a screen reader says every one.
 * The line above the title says the same in words.
 */
const blank = (length: number) => '\u00A0'.repeat(length)
const longSegment = { text: blank(6), gap: blank(1) }
/** Less of a line: what is ahead must not be darker than what is walked, and not every client draws it paler. */
const shortSegment = { text: blank(3), gap: blank(4) }

const header = ({ eyebrow, title, progress }: Page): Json => {
  if (!progress) return fill('header', { eyebrow, title })
  const { index, count } = progress
  return fill('header-with-progress', { eyebrow, title, runs: progressRuns(index, count) })
}

const progressRuns = (index: number, count: number): readonly Json[] =>
  Array.from({ length: count }, (_, at) => {
    const { text, gap } = at > index ? shortSegment : longSegment
    return [fill(at < index ? 'progress-past' : at === index ? 'progress-here' : 'progress-ahead', { text }), fill('progress-gap', { text: gap })]
  }).flat()

/** Blank lines inside a text make no gap in Teams, so each paragraph is a text of its own. */
const paragraphs = (text: string): readonly string[] => text.split(/\n{2,}/).filter((part) => part.trim() !== '')

const boxTitle = (title: string): readonly Json[] => (title === '' ? [] : [fill('box-title', { text: title })])

const blocks = (given: readonly Block[]): readonly Json[] => given.flatMap(block)

const block = (given: Block, index: number): readonly Json[] => {
  switch (given.kind) {
    case 'text':
    case 'small':
      return paragraphs(given.text).map((text) => fill(given.kind, { text }))
    case 'lines':
      return given.items.map((text) => fill('line', { text }))
    case 'box':
      return [fill('box', { look: given.look, items: [...boxTitle(given.title), ...paragraphs(given.text).map((text) => fill('line', { text }))] })]
    case 'more':
      return [fill('more', { title: given.title, id: `more-${index}`, items: blocks(given.blocks) })]
    case 'points':
      return [fill('points', { title: given.title, list: given.items.map((item) => `- ${item}`).join('\r') })]
    default:
      return [fill(given.kind, given)]
  }
}

/** What only takes ids does not insist on answers to questions; the others must work with nothing chosen. */
const takesInputs = (verb: Verb, blocks: readonly Block[]): boolean => {
  const all = blocks.flatMap((each) => (each.kind === 'more' ? each.blocks : [each]))
  const [asks, looksUp] = [all.some(({ kind }) => kind === 'choice'), all.some(({ kind }) => kind === 'entry')]
  switch (rowOf(verb).takes) {
    case 'answers':
      return asks || looksUp
    case 'ids':
      return looksUp && !asks
    case 'nothing':
      return false
  }
}

/** The words of a button carry its meaning too: not every client shows these styles. */
const styles = { primary: 'positive', danger: 'destructive' } as const satisfies Record<Meaning, string>

const fieldsOf = (json: Json): Card => (typeof json === 'object' && json !== null && !('length' in json) ? (json as Card) : {})

const action =
  (blocks: readonly Block[]) =>
  (button: Button): Json => {
    const mode = button.more ? 'secondary' : 'primary'
    const style = button.meaning && { style: styles[button.meaning] }
    if (button.kind === 'open') return { ...fieldsOf(fill('open', { title: button.title, url: button.url, mode })), ...style }
    const pressed = fill('press', {
      title: button.title,
      verb: button.action.verb,
      data: button.action,
      submit: { ...button.action, msteams: { feedback: { hide: true } } },
      mode,
      inputs: takesInputs(button.action.verb, blocks) ? 'auto' : 'none',
    })
    return { ...fieldsOf(pressed), ...style }
  }

/** Characters of a card. With more, it and what Teams puts around it would be over the 25 KB that are safe to send. */
const mostInCard = 11_000
const mostFallback = 2300
/** Less would be no answer any more. */
const leastFallback = 500

/** Whole lines or sentences from the start as far as they fit, of a long one whole words; the last line, which names the buttons, always. */
const shortened = (text: string, most: number): string => {
  if (text.length <= most) return text
  const end = `\n…\n\n${text.slice(text.lastIndexOf('\n') + 1)}`
  const start = text.slice(0, most - end.length)
  const whole = Math.max(start.lastIndexOf('\n'), start.lastIndexOf('. ') + 1)
  const kept = start.slice(0, whole > start.length / 2 ? whole : start.lastIndexOf(' ')).replace(/(?:\n\d+\.)?\s*$/, '')
  const isBoldOpen = kept.split('**').length % 2 === 0
  return `${kept}${isBoldOpen ? '**' : ''}${end}`
}

/** For clients that show no card, as much as there is room for; sources and long addresses would only double the size of the message. */
const fallback = (page: Page, room: number) => {
  const all = page.blocks.flatMap((each) => (each.kind === 'more' ? each.blocks : [each]))
  const blocks = all.filter(({ kind }) => kind !== 'small').map((each) => (each.kind === 'helper' ? { ...each, url: undefined } : each))
  return shortened(plainText({ ...page, blocks }), Math.max(leastFallback, Math.min(mostFallback, room)))
}

/** Characters; the whole is on the card. */
const mostSpoken = 280

/** Whole sentences or lines as far as they fit, else whole words; more than the title in any case. */
const begun = (text: string, title: number): string => {
  if (text.length <= mostSpoken) return text
  const start = text.slice(0, mostSpoken)
  const end = Math.max(start.lastIndexOf('. ') + 1, start.lastIndexOf('\n'))
  return start.slice(0, end > title ? end : start.lastIndexOf(' ')).replace(/(?:\n\d+\.)?[\s:?«(]*$/, '')
}

/** What a screen reader or an assistant says: the words in sight, without their markdown, their buttons and where they come from. */
const spoken = (page: Page): string => {
  const said = page.blocks.filter(({ kind }) => kind !== 'small' && kind !== 'entry' && kind !== 'more')
  const words = plainText({ ...page, blocks: said, buttons: [] })
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*|^- | \(https?:[^)]*\)/gm, '')
    .replaceAll(/\n+/g, '\n')
  return begun(words, `${page.eyebrow}\n${page.title}\n`.length)
}

/** The card of a reply, schema 1.5. */
export const render = ({ page }: Reply): Card => {
  const shown = { lang: page.language, speak: spoken(page), body: [header(page), ...blocks(page.blocks)], actions: page.buttons.map(action(page.blocks)) }
  const room = mostInCard - JSON.stringify(shown).length
  return fill('frame', { ...shown, text: fallback(page, room) }) as Card
}
