/** Teams activities, recorded and odd, as the product sees them. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Activity } from 'botbuilder'
import { incomingOf } from '../../src/bot/incoming'
import { textOf } from '../../src/bot/normalise'

const folder = join(__dirname, '..', 'sandbox', 'recorded')
const recorded = (name: string): Activity => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
const activitiesIn = readdirSync(folder)
  .map((file) => file.replace(/\.json$/, ''))
  .filter((name) => typeof recorded(name).type === 'string' && recorded(name).conversation)

describe('recorded activities', () => {
  test.each(activitiesIn)('%s is read without an exception, and names nobody', (name) => {
    const incoming = incomingOf(recorded(name))
    if (!incoming) return
    expect(incoming.person).toMatch(/^[\w-]{43}$/)
    expect(incoming.chat).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(incoming)).not.toContain('Kelley')
  })

  test('a message in the private chat', () => {
    const incoming = incomingOf(recorded('message-personal'))
    expect(incoming).toMatchObject({ kind: 'message', place: 'personal', tenantId: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34', objectId: 'a1f0c3d2-6b7e-4f80-9c11-2d3e4f506172', clientLanguage: 'en' })
    expect(incoming?.text.length).toBeGreaterThan(0)
  })

  test('a mention in a channel and in a group', () => {
    expect(incomingOf(recorded('message-channel-mention-reply'))).toMatchObject({ kind: 'message', place: 'channel', text: 'card basic14' })
    expect(incomingOf(recorded('message-group-mention'))).toMatchObject({ kind: 'message', place: 'groupChat', text: 'hello' })
  })

  test('a thread is a conversation of its own, the person stays the same', () => {
    const [post, reply] = [incomingOf(recorded('message-channel-mention-new-post')), incomingOf(recorded('message-channel-mention-second-channel'))]
    expect(post?.person).toBe(reply?.person)
    expect(post?.chat).not.toBe(reply?.chat)
  })

  test('somebody else’s cards are no presses of ours', () => {
    expect(incomingOf(recorded('card-submit-personal'))).toMatchObject({ kind: 'message', text: '', press: undefined })
    expect(incomingOf(recorded('card-execute-invoke-personal'))).toMatchObject({ kind: 'message', text: '', press: undefined })
  })

  test('installing and opening arrive as one kind of thing', () => {
    expect(incomingOf(recorded('installation-update-add-personal'))?.kind).toBe('installed')
    expect(incomingOf(recorded('conversation-update-opened-personal'))?.kind).toBe('installed')
  })
})

const bot = { id: '28:bot', name: 'OneTenant' }
const mention = (id: string, text: string | undefined, name = 'OneTenant') => ({ type: 'mention', mentioned: { id, name }, ...(text !== undefined && { text }) })

const rows: readonly (readonly [string, Partial<Activity>, string])[] = [
  ['plain text', { text: 'hello' }, 'hello'],
  ['a mention before', { text: '<at>OneTenant</at> hello', entities: [mention('28:bot', '<at>OneTenant</at>')] }, 'hello'],
  ['a mention after a no-break space', { text: '<at>OneTenant</at>&nbsp;hello', entities: [mention('28:bot', '<at>OneTenant</at>')] }, 'hello'],
  ['two mentions', { text: '<at>OneTenant</at> what is <at>OneTenant</at> a tenant', entities: [mention('28:bot', '<at>OneTenant</at>')] }, 'what is a tenant'],
  ['only a mention', { text: '<at>OneTenant</at>', entities: [mention('28:bot', '<at>OneTenant</at>')] }, ''],
  ['a name written in two ways', { text: '<at>A &amp; B</at> help', recipient: { id: '28:bot', name: 'A & B' }, entities: [mention('28:bot', '<at>A & B</at>', 'A & B')] } as Partial<Activity>, 'help'],
  ['a mention without its text', { text: '<at>OneTenant</at> help', entities: [mention('28:bot', undefined)] }, 'help'],
  ['a mention and no text at all', { entities: [mention('28:bot', '<at>OneTenant</at>')] }, ''],
  ['another person mentioned', { text: '<at>OneTenant</at> is <at>Jane</at> an admin', entities: [mention('28:bot', '<at>OneTenant</at>'), mention('29:jane', '<at>Jane</at>', 'Jane')] }, 'is Jane an admin'],
  ['an old-style tag with an id', { text: '<at id="0">OneTenant</at> help' }, 'help'],
  ['entities decoded', { text: 'Azure &amp; Office &lt;365&gt; &#233;t&#xe9;' }, 'Azure & Office <365> été'],
  ['invisible characters', { text: 'he\u200Bl\u00ADlo\u202E \uFEFFthere\u0007' }, 'hello there'],
  ['line breaks and no-break spaces', { text: 'we\u00A0have\r\n\n  Azure\t' }, 'we have Azure'],
  ['letters made of two', { text: 're\u0301pertoire' }, 'répertoire'],
  ['an entity that is none', { text: 'hi', entities: [{ type: 'mention' }, { type: 'clientInfo' }] }, 'hi'],
  ['a code point that does not exist', { text: '&#9999999; hi' }, '&#9999999; hi'],
]

test.each(rows)('text: %s', (_name, activity, text) => {
  const given: Partial<Activity> = { recipient: bot as Activity['recipient'], ...activity }
  const before = JSON.stringify(given)
  expect(textOf(given)).toBe(text)
  expect(JSON.stringify(given)).toBe(before)
})

test.each([
  ['fr-CA', 'fr'],
  ['FR', 'fr'],
  ['en-GB', 'en'],
  ['de-DE', undefined],
  [undefined, undefined],
])('locale %s is %s', (locale, language) => {
  const { locale: _, entities: __, ...activity } = recorded('message-personal')
  expect(incomingOf({ ...activity, locale } as Activity)?.clientLanguage).toBe(language)
})
