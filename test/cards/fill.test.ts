/** Whatever is put into a card template, the card comes out whole: nothing thrown, nothing left unfilled, nothing evaluated. */
import { fill, render, templateNames } from '../../src/cards/render'
import { reply, type Block, type Button, type Page } from '../../src/cards/reply'
import { cardText } from '../support/cards'

/** Every name a template asks for; whatever else it is given is of no use to it. */
const names = [
  'look',
  'title',
  'text',
  'id',
  'label',
  'error',
  'choices',
  'placeholder',
  'facts',
  'lang',
  'body',
  'actions',
  'eyebrow',
  'runs',
  'items',
  'speak',
  'url',
  'mode',
  'alt',
  'list',
  'verb',
  'data',
  'inputs',
  'submit',
] as const
const allOf = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]))

const hostile = {
  'an expression': '${title} ${$root} ${1 + 1} ${if(true, "x", "y")}',
  'half an expression': '${title',
  'a markdown link': '[Reset your password](https://example.com/steal)',
  'a closing quote': '"}],"actions":[{"type":"Action.OpenUrl"}]',
  'control characters': 'a\u0000b\u0007c\u001B[31md\u2028e\u202Ef',
  'half a character': '\uD83D',
  'a very long word': 'x'.repeat(100_000),
  'many lines': 'line\r\n'.repeat(2_000),
  'a name of an object': '__proto__ constructor toString',
}
const odd: Readonly<Record<string, unknown>> = {
  null: null,
  undefined,
  'empty text': '',
  zero: 0,
  false: false,
  'an empty list': [],
  'an empty object': {},
  'a list of nothing': [null, undefined],
}

const isUnfilled = (json: unknown) => /\$\{/.test(JSON.stringify(json))

describe.each(templateNames)('template %s', (name) => {
  it.each(Object.entries(odd))('takes %s everywhere', (_what, value) => {
    const filled = fill(name, allOf(value))
    expect(isUnfilled(filled)).toBe(false)
  })

  it('takes nothing at all', () => {
    expect(isUnfilled(fill(name, {}))).toBe(false)
  })

  it.each(names)('takes everything but %s', (missing) => {
    const filled = fill(name, { ...allOf('given'), [missing]: null })
    expect(isUnfilled(filled)).toBe(false)
  })

  it.each(Object.entries(hostile))('puts %s where it belongs, as it is', (_what, value) => {
    const given = JSON.stringify(fill(name, allOf('given')))
    const filled = JSON.stringify(fill(name, allOf(value)))
    expect(filled).toBe(given.replaceAll('"given"', () => JSON.stringify(value)))
  })
})

it('does not know a template of another name', () => {
  expect(() => fill('nothing', {})).toThrow('there is no card template nothing')
})

const blocksOf = (text: string): readonly Block[] => [
  { kind: 'text', text },
  { kind: 'points', title: text, items: [text, text] },
  { kind: 'box', look: 'warning', title: text, text },
  { kind: 'picture', url: 'https://bot.contoso.com/a.png', alt: text },
  { kind: 'facts', facts: [{ title: text, value: text }] },
  { kind: 'small', text },
  { kind: 'choice', id: 'account', label: text, error: text, choices: [{ title: text, value: text }] },
  { kind: 'entry', id: 'domain', label: text, placeholder: text, value: text },
]
const buttonsOf = (title: string): readonly Button[] => [
  { kind: 'press', title, action: { verb: 'back', lang: 'fr' }, more: false },
  { kind: 'open', title, url: 'https://portal.azure.com', more: true },
]
const pageOf = (text: string): Page => ({ language: 'fr', eyebrow: text, title: text, blocks: blocksOf(text), buttons: buttonsOf(text) })

describe.each(Object.entries(hostile))('a card full of %s', (_what, text) => {
  it.each([undefined, { index: 0, count: 0 }, { index: 9, count: 3 }])('has the same shape as any other (progress %j)', (progress) => {
    const shapeOf = (words: string) => shape(render(reply({ ...pageOf(words), ...(progress && { progress }) })))
    expect(shapeOf(text)).toEqual(shapeOf('Tenant'))
  })

  it('shows the words as they are', () => {
    expect(cardText(render(reply(pageOf(text))))).toContain(text)
  })
})

/** The card with every text taken out that is not a keyword of its own. */
const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'type' ? inner : shape(inner)]))
}

it('two cards made of one template do not share anything', () => {
  const [one, other] = ['one', 'other'].map((title) => render(reply({ ...pageOf('text'), title })))
  expect(cardText(one)).not.toContain('other')
  expect(cardText(other)).toContain('other')
})

it('has a text without a card for every part', () => {
  for (const block of blocksOf('Tenant').filter(({ kind }) => kind !== 'picture')) expect(reply({ ...pageOf(''), blocks: [block] }).text).toContain('Tenant')
})

it('shortens a very long text without a card at the end of a line, and names the buttons all the same', () => {
  const items = Array.from({ length: 400 }, (_, index) => `This is line ${index}.`)
  const { fallbackText } = render(reply({ ...pageOf('Tenant'), blocks: [{ kind: 'points', title: '', items }] }))
  expect(JSON.stringify(fallbackText).length).toBeLessThan(4000)
  expect(fallbackText).toMatch(/\n- This is line \d+\.\n…\n\n→ Tenant$/)
})
