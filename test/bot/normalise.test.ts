/** What is left of a message when mentions, markup and invisible characters are gone. */
import { runInNewContext } from 'node:vm'
import { textOf } from '../../src/bot/normalise'

const bot = { id: '28:bot', name: 'OneTenant' }
const mention = (text: string | undefined, mentioned: unknown = bot) => ({ type: 'mention', mentioned, ...(text !== undefined && { text }) })
const read = (text: unknown, entities: readonly unknown[] = [], recipient: { id: string; name?: string } = bot): string =>
  // As JSON brings it: anything may be anywhere.
  textOf(JSON.parse(JSON.stringify({ type: 'message', text, entities, recipient })))

const tag = '<at>OneTenant</at>'

test.each<[string, string, readonly unknown[], string]>([
  ['the bot before the words', `${tag} hello`, [mention(tag)], 'hello'],
  ['the bot after the words', `hello ${tag}`, [mention(tag)], 'hello'],
  ['the bot in the middle', `what is ${tag} a tenant`, [mention(tag)], 'what is a tenant'],
  ['the bot twice', `${tag} ${tag} hello`, [mention(tag), mention(tag)], 'hello'],
  ['the bot twice, told once', `${tag} hello ${tag}`, [mention(tag)], 'hello'],
  ['a no-break space after the name', `${tag}&nbsp;hello`, [mention(tag)], 'hello'],
  ['no entity at all', `${tag} hello`, [], 'hello'],
  ['an entity without text', `${tag} hello`, [mention(undefined)], 'hello'],
  ['another case', '<AT>onetenant</AT> hello', [mention('<AT>onetenant</AT>')], 'hello'],
  ['a tag with attributes', '<at id="0">OneTenant</at> hello', [mention('<at id="0">OneTenant</at>')], 'hello'],
  ['an entity that another message would have', `${tag} hello`, [mention('<at id="1">OneTenant</at>')], 'hello'],
  ['an earlier name of the bot', '<at>Setup bot</at> hello', [mention('<at>Setup bot</at>', { ...bot, name: 'Setup bot' })], 'hello'],
  ['only the bot', tag, [mention(tag)], ''],
  ['only the bot and a no-break space', `${tag}&nbsp; `, [mention(tag)], ''],
  [
    'somebody else',
    `${tag} is <at>Tricia</at> an admin?`,
    [mention(tag), mention('<at>Tricia</at>', { id: '29:tricia', name: 'Tricia' })],
    'is Tricia an admin?',
  ],
  ['somebody whose name begins like the bot’s', `${tag} ask <at>OneTenant Support</at>`, [mention(tag)], 'ask OneTenant Support'],
  ['somebody glued to a word', `${tag} ask<at>Jane</at>now`, [mention(tag)], 'ask Jane now'],
])('a mention: %s', (_name, text, entities, expected) => {
  expect(read(text, entities)).toBe(expected)
})

describe('a bot whose name is written in two ways', () => {
  const named = { id: '28:bot', name: 'A & B' }

  test.each([
    ['escaped in the text only', '<at>A &amp; B</at> hello', '<at>A & B</at>'],
    ['escaped in the entity only', '<at>A & B</at> hello', '<at>A &amp; B</at>'],
    ['escaped in both', '<at>A &amp; B</at> hello', '<at>A &amp; B</at>'],
    ['escaped as a number', '<at>A &#38; B</at> hello', '<at>A & B</at>'],
    ['without text in the entity', '<at>A &amp; B</at> hello', undefined],
  ])('%s', (_name, text, inEntity) => {
    expect(read(text, [mention(inEntity, named)], named)).toBe('hello')
  })
})

test.each([
  ['markup signs', 'a &lt;b&gt; &quot;c&quot; &#39;d&#x27; e &amp; f', 'a <b> "c" \'d\' e & f'],
  ['letters as numbers', '&#233;t&#xe9;', 'été'],
  ['twice escaped, once undone', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['an unknown entity', 'Q&A; &bogus;', 'Q&A; &bogus;'],
  ['a character that does not exist', 'x &#9999999; &#0; y', 'x &#9999999; &#0; y'],
  ['no-break spaces', 'what\u00A0is\u202Fa&nbsp;tenant', 'what is a tenant'],
  ['zero-width characters', '\u200Bwh\u200Cat\uFEFF is\u2060 a ten\u00ADant', 'what is a tenant'],
  ['direction marks', '\u202Ewhat\u202C is \u2067a\u2069 tenant\u200F', 'what is a tenant'],
  ['control characters', 'what\u0007 is\u0000 a\u001B tenant', 'what is a tenant'],
  ['line breaks and tabs', ' what\r\nis\ta\n\ntenant ', 'what is a tenant'],
  ['accents in two parts', 'cre\u0301er un re\u0301pertoire', 'créer un répertoire'],
  ['nothing but invisible characters', '\u200B\u2060\u200E \u00A0', ''],
])('characters: %s', (_name, text, expected) => {
  expect(read(text)).toBe(expected)
})

test.each([[undefined], [null], [7], [['hello']], [{ toString: 'hello' }]])('no text (%p) is an empty message', (text) => {
  expect(read(text, [mention(tag)])).toBe('')
})

test.each([
  ['of another type', [{ type: 'clientInfo', locale: 'fr-FR' }]],
  ['without anybody', [{ type: 'mention', text: tag }]],
  ['of a number', [mention(tag, 7)]],
  ['with text that is none', [{ type: 'mention', mentioned: bot, text: 7 }]],
  ['with empty text', [mention('')]],
])('an entity %s changes nothing', (_name, entities) => {
  expect(read(`${tag} hello`, entities)).toBe('hello')
})

test('a text without a recipient or entities is read too', () => {
  expect(textOf({ text: '<at>Tricia</at> hello' })).toBe('Tricia hello')
})

test('the activity itself stays as it came', () => {
  const activity = { text: `${tag}&nbsp;hello`, recipient: bot, entities: [mention(tag)] }
  const before = structuredClone(activity)
  textOf(activity)
  expect(activity).toEqual(before)
})

test.each([['<at>'], ['<at'], ['<at '], ['</at>'], ['<at>OneTenant'], ['&#'], ['&amp'], ['\u200B']])(
  'a quarter megabyte of "%s" does not hold up everybody else',
  (piece) => {
    // Read badly it takes minutes, so a watchdog ends it: a test's own time limit cannot stop what never pauses.
    const work = { read, text: piece.repeat(250_000 / piece.length) }
    expect(typeof runInNewContext('read(text)', work, { timeout: 5_000 })).toBe('string')
  },
)
