/** Whatever people, tenants, products and subscriptions are called, a name is read and nothing else: it links to nothing, calls nobody, runs nothing. */
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { render } from '../../src/cards/render'
import type { Reply } from '../../src/cards/reply'
import type { Proof } from '../../src/directory'
import { plainText } from '../../src/directory/plain-text'
import { helpersReply } from '../../src/replies/helpers'
import { proofReply } from '../../src/replies/proof'
import { roleReply } from '../../src/replies/role'
import { languages, type Language } from '../../src/topics'
import { begun, otherTenant, publicUrl, tenant } from './examples'

const at = '2026-11-25T10:00:00.000Z'

const hostile = [
  '[Reset your password](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '<https://evil.example>',
  'https://evil.example/?q=1',
  'www.evil.example',
  'mailto:me@evil.example',
  'javascript:alert(1)',
  '[a]: https://evil.example',
  '<at>Kelley Wall</at>',
  '&lt;at&gt;Kelley&lt;/at&gt;',
  '&#91;a&#93;(https://evil.example)',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '{{TIME(2026-01-01T00:00:00Z)}}',
  '${$root}',
  '${if(true, json("{}"), 1)}',
  '@{x}',
  '{{message}}',
  '$t(talk.error)',
  '**',
  '__',
  '_',
  '*',
  '~~',
  '`',
  '```',
  '#',
  '- ',
  '1. ',
  '> ',
  '|',
  '\\',
  '\n',
  '\r\n\r\n',
  '\u202E',
  '"}],"actions":[]',
  "' onclick='",
]

const nameFrom = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...hostile) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  // All names come in by this door.
  .map((parts) => plainText(parts.join('')))
  .filter((name) => name !== undefined)

const proofWith = (name: string): Proof => ({
  tenant: { answer: 'yes', at, evidence: { tenantId: tenant, name, source: 'directory' } },
  microsoft365: { answer: 'yes', at, evidence: { products: [{ sku: name, kind: 'microsoft-365', enabled: true }] } },
  azure: {
    answer: 'no',
    at,
    evidence: {
      source: 'person',
      subscriptions: [{ subscriptionId: tenant, tenantId: otherTenant, name, here: false }],
      otherTenants: [{ tenantId: otherTenant, name }],
    },
  },
  limits: [],
})

const repliesWith = (name: string, language: Language): readonly Reply[] => [
  roleReply(begun('check-role', language), { kind: 'cannot', roles: [], limits: [], standing: { guest: true, tenantName: name } } as never),
  proofReply(begun('verify-setup', language), proofWith(name)),
  helpersReply({
    language,
    publicUrl,
    need: 'buy-microsoft-365',
    found: {
      kind: 'found',
      helpers: [{ name, objectId: tenant, userPrincipalName: 'morgan@contoso.com', roles: ['billing-administrator'], eligible: false }],
      limits: [],
      holdsItself: false,
    },
    step: undefined,
  }),
]

const markdown = new MarkdownIt({ html: true, linkify: true })
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

/** Tokens of all that does something, one by one; text does nothing. */
const working = (text: string): readonly string[] =>
  markdown
    .parse(text, {})
    .flatMap((token) => [token, ...(token.children ?? [])])
    .filter(({ type }) => !['text', 'inline', 'softbreak', 'hardbreak', 'paragraph_open', 'paragraph_close'].includes(type))
    .map(({ type, attrs }) => `${type} ${JSON.stringify(attrs)}`)

/** Every text of a card that Teams reads as Markdown, and the addresses it opens. */
const textsOf = (json: unknown): readonly string[] => {
  if (Array.isArray(json)) return json.flatMap(textsOf)
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]) =>
    typeof value === 'string' ? (['text', 'title', 'value', 'label', 'fallbackText', 'speak'].includes(key) ? [value] : []) : textsOf(value),
  )
}

const doing = (reply: Reply): readonly (readonly string[])[] => [reply.text, ...textsOf(render(reply))].map(working)

describe.each(languages)('in %s', (language) => {
  const plain = repliesWith('Zephyrine', language)
  const expected = plain.map(doing)

  test('the names are shown at all', () => {
    for (const reply of plain) expect(reply.text).toContain('Zephyrine')
  })

  test('no name does anything', () => {
    fc.assert(
      fc.property(nameFrom, (name) => {
        repliesWith(name, language).forEach((reply, index) => {
          expect(doing(reply)).toEqual(expected[index])
          const card = JSON.stringify(textsOf(render(reply)))
          for (const text of [reply.text, card]) {
            expect(text).not.toMatch(/\{\{|\$\{|<at|&lt;|&#|https?:\/\/evil|www\.evil|mailto:|javascript:/i)
          }
        })
      }),
      { numRuns: 60 },
    )
  })
})
