/** Reply in, Adaptive Card out: JSON templates, compiled once, filled with complete data. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { Template } from 'adaptivecards-templating'
import { rowOf, type Verb } from '../verbs/verbs'
import { plainText, type Block, type Button, type Page, type Reply } from './reply'

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

/** Drawn with letters: styled containers cannot be thin, and pictures need an address. */
const segments = { walked: '━━━ ', ahead: '─── ' }

const header = ({ eyebrow, title, progress }: Page): Json => {
  if (!progress) return fill('header', { eyebrow, title })
  const { index, count } = progress
  return fill('header-with-progress', {
    eyebrow,
    title,
    past: segments.walked.repeat(Math.min(index, count)),
    here: index < count ? segments.walked : '',
    ahead: segments.ahead.repeat(Math.max(0, count - index - 1)),
  })
}

const block = (given: Block, index: number): Json => {
  if (given.kind === 'more') return fill('more', { title: given.title, id: `more-${index}`, items: given.blocks.map(block) })
  if (given.kind !== 'points') return fill(given.kind, given)
  return fill('points', { title: given.title, list: given.items.map((item) => `- ${item}`).join('\r') })
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

const action =
  (blocks: readonly Block[]) =>
  (button: Button, index: number): Json => {
    const mode = button.more ? 'secondary' : 'primary'
    if (button.kind === 'open') return fill('open', { title: button.title, url: button.url, mode })
    return fill('press', {
      title: button.title,
      verb: button.action.verb,
      data: button.action,
      submit: { ...button.action, msteams: { feedback: { hide: true } } },
      mode,
      style: index === 0 ? 'positive' : 'default',
      inputs: takesInputs(button.action.verb, blocks) ? 'auto' : 'none',
    })
  }

/** Characters of a card. With more, it and what Teams puts around it would be over the 25 KB that are safe to send. */
const mostInCard = 11_000
const mostFallback = 2300
/** Less would be no answer any more. */
const leastFallback = 600

/** Whole lines from the start as far as they fit; the last one, which names the buttons, always. */
const shortened = (text: string, most: number): string => {
  if (text.length <= most) return text
  const end = `…\n\n${text.slice(text.lastIndexOf('\n') + 1)}`
  const start = text.slice(0, most - end.length)
  return start.slice(0, start.lastIndexOf('\n') + 1) + end
}

/** For clients that show no card, as much as there is room for; sources and long addresses would only double the size of the message. */
const fallback = (page: Page, room: number) => {
  const all = page.blocks.flatMap((each) => (each.kind === 'more' ? each.blocks : [each]))
  const blocks = all.filter(({ kind }) => kind !== 'small').map((each) => (each.kind === 'helper' ? { ...each, url: undefined } : each))
  return shortened(plainText({ ...page, blocks }), Math.max(leastFallback, Math.min(mostFallback, room)))
}

/** The card of a reply, schema 1.5. */
export const render = ({ page, summary }: Reply): Card => {
  const shown = { lang: page.language, summary, body: [header(page), ...page.blocks.map(block)], actions: page.buttons.map(action(page.blocks)) }
  const room = mostInCard - JSON.stringify(shown).length
  return fill('frame', { ...shown, text: fallback(page, room) }) as Card
}
