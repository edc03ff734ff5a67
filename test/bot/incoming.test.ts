/** What the bot makes of activities as they were recorded on their way from Teams to a bot. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { arrivalOf } from '../../src/bot/incoming'

const folders = [join(__dirname, 'recorded'), join(__dirname, '..', 'sandbox', 'recorded')]

const recorded = (name: string) => {
  const file = folders.map((folder) => join(folder, `${name}.json`)).find((path) => existsSync(path))
  if (!file) throw new Error(`There is no recording ${name}`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** What has arrived, with who and where, whatever its kind. */
const read = (name: string, change: Record<string, unknown> = {}) => {
  const arrival = arrivalOf({ ...recorded(name), ...change })
  if (!arrival || arrival.kind === 'extension') return undefined
  const { clientLanguage, ...incoming } = 'incoming' in arrival ? arrival.incoming : { ...arrival, clientLanguage: undefined, press: undefined }
  return { ...arrival.sender, ...incoming, clientLanguage }
}

const tenantId = '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34'
const kelley = 'a1f0c3d2-6b7e-4f80-9c11-2d3e4f506172'

const activities = folders
  .flatMap((folder) => readdirSync(folder))
  .map((file) => file.replace(/\.json$/, ''))
  .filter((name) => recorded(name).conversation)

test.each(activities)('%s is read without an exception, and names nobody', (name) => {
  const known = JSON.stringify(read(name) ?? {})
  for (const plain of ['Kelley', recorded(name).from.id, recorded(name).conversation.id]) expect(known).not.toContain(plain)
})

test.each([
  ['message-personal', { kind: 'message', place: 'personal', text: 'hello' }],
  ['message-group-mention', { kind: 'message', place: 'groupChat', text: 'hello' }],
  ['message-channel-mention-new-post', { kind: 'message', place: 'channel' }],
  ['message-channel-mention-reply', { kind: 'message', place: 'channel', text: 'card basic14' }],
  ['installation-update-add-personal', { kind: 'installed', place: 'personal' }],
  ['installation-update-add-group', { kind: 'installed', place: 'groupChat' }],
  ['installation-update-add-channel', { kind: 'installed', place: 'channel' }],
  ['installation-update-remove-personal', { kind: 'removed', place: 'personal' }],
  ['conversation-update-opened-personal', { kind: 'installed', place: 'personal' }],
  ['conversation-update-opened-group', { kind: 'installed', place: 'groupChat' }],
  ['conversation-update-opened-channel', { kind: 'installed', place: 'channel' }],
  ['conversation-update-add-app-personal', { kind: 'installed', place: 'personal' }],
] as const)('%s', (name, expected) => {
  expect(read(name)).toMatchObject({ ...expected, tenantId, objectId: kelley, press: undefined })
})

test.each([
  'conversation-update-add-user-personal',
  'conversation-update-add-user-group',
  'conversation-update-add-user-channel',
  'conversation-update-remove-user-channel',
  'conversation-update-remove-app-personal',
  'conversation-update-channel-renamed-channel',
  'conversation-update-team-renamed-channel',
  'message-reaction-personal-custom',
])('%s asks nothing of the bot', (name) => {
  expect(read(name)).toBeUndefined()
})

test.each([
  'card-execute-invoke-personal',
  'card-execute-invoke-channel',
  'card-submit-personal',
  'card-submit-group',
  'card-submit-channel',
  'card-submit-with-inputs-personal',
])('%s is a press of a card that is not ours', (name) => {
  expect(read(name)).toMatchObject({ kind: 'unknown-press', text: '', press: undefined })
})

describe('a press of ours', () => {
  const data = { verb: 'proceed', topic: 'azure-for-m365', run: 'r', rev: 2, lang: 'fr' }
  const press = { action: data, inputs: { contract: 'web', account: 'yes' } }
  const withInputs = { ...data, contract: 'web', account: 'yes' }

  test('Action.Execute', () => {
    const value = { action: { type: 'Action.Execute', title: 'Start', verb: 'proceed', data: withInputs } }
    expect(read('card-execute-invoke-personal', { value })).toMatchObject({ kind: 'press', text: '', press })
  })

  test('Action.Submit, with what Teams adds', () => {
    const value = { ...withInputs, msteams: { feedback: { hide: true } } }
    expect(read('card-submit-personal', { value })).toMatchObject({ kind: 'press', text: '', press })
  })

  test.each([
    ['an unknown verb', { verb: 'format-disk' }],
    ['a verb inherited by every object', { verb: 'constructor' }],
    ['an unknown topic', { topic: 'toString' }],
    ['an unknown language', { lang: 'de' }],
    ['a state that is no number', { rev: '2' }],
    ['a state below zero', { rev: -1 }],
    ['half a state', { rev: 1.5 }],
    ['a very long run', { run: 'x'.repeat(81) }],
    ['an unknown contract', { contract: 'free' }],
    ['a field of its own', { tenantId: '8d1b6e40-57c2-4f3a-a6b9-0c4d8e2f7a15' }],
    ['a person', { userId: kelley }],
    ['an address', { url: 'https://evil.example' }],
  ])('%s makes it none of ours', (_name, change) => {
    expect(read('card-submit-personal', { value: { ...withInputs, ...change } })).toMatchObject({ kind: 'unknown-press', press: undefined })
  })

  test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty'])('a field called %s makes it none of ours', (name) => {
    const value = JSON.parse(`{"${name}":{"verb":"done"},${JSON.stringify(withInputs).slice(1)}`)
    expect(read('card-submit-personal', { value })).toMatchObject({ kind: 'unknown-press', press: undefined })
  })

  test.each([[null], [undefined], ['done'], [7], [[data]], [{ action: null }], [{ action: [] }], [{ action: { data: [withInputs] } }]])(
    'an invoke whose value is %p is none of ours',
    (value) => {
      expect(read('card-execute-invoke-personal', { value })).toMatchObject({ kind: 'unknown-press', text: '', press: undefined })
    },
  )
})

test('the recorded thumb is read, with its words', () => {
  expect(arrivalOf(recorded('feedback-invoke-personal'))).toMatchObject({
    kind: 'feedback',
    place: 'personal',
    thumb: { direction: 'up', given: { reasons: [], comment: 'nice' } },
  })
})

test.each([['add-upgrade'], ['remove-upgrade'], ['something-new'], [undefined]])('an installation update “%s” is neither arrival nor farewell', (action) => {
  expect(read('installation-update-add-personal', { action })).toBeUndefined()
})

test.each([['messageUpdate'], ['messageDelete'], ['typing'], ['endOfConversation'], ['event'], ['trace'], ['somethingNew']])('%s asks nothing', (type) => {
  expect(read('message-personal', { type })).toBeUndefined()
})

describe('who and where', () => {
  const at = (id: string) => ({ conversation: { ...recorded('message-channel-mention-reply').conversation, id } })
  const keyOf = (name: string, change?: Record<string, unknown>) => {
    const { key: person, chat } = read(name, change) ?? {}
    return { person, chat }
  }

  test('a person is the same in every chat, each thread of a channel is a chat of its own', () => {
    const [one, other] = ['19:general@thread.tacv2;messageid=1', '19:general@thread.tacv2;messageid=2'].map((id) =>
      keyOf('message-channel-mention-reply', at(id)),
    )
    expect(one?.person).toBe(other?.person)
    expect(one?.person).toBe(keyOf('message-personal').person)
    expect(one?.chat).not.toBe(other?.chat)
  })

  test('people of two tenants are never one, and neither are two people', () => {
    const conversation = { ...recorded('message-personal').conversation, tenantId: '8d1b6e40-57c2-4f3a-a6b9-0c4d8e2f7a15' }
    const from = { ...recorded('message-personal').from, aadObjectId: 'b2e1d4c3-7c8f-4a91-8d22-3e4f50617283' }
    const keys = [keyOf('message-personal'), keyOf('message-personal', { conversation }), keyOf('message-personal', { from })].map(({ person }) => person)
    expect(new Set(keys).size).toBe(3)
  })

  test('the case of an id makes no other person', () => {
    const { from, conversation } = recorded('message-personal')
    const loud = { from: { ...from, aadObjectId: kelley.toUpperCase() }, conversation: { ...conversation, tenantId: tenantId.toUpperCase() } }
    expect(read('message-personal', loud)).toMatchObject({ objectId: kelley, tenantId, key: keyOf('message-personal').person })
  })

  test('keys tell nothing', () => {
    const { person = '', chat = '' } = keyOf('message-personal')
    expect([person, chat]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)])
  })

  test('somebody without an object id is told apart by the id the channel gives', () => {
    const anonymous = (id: string) => read('message-personal', { from: { id } })
    expect(anonymous('29:a')).toMatchObject({ objectId: undefined })
    expect(anonymous('29:a')?.key).not.toBe(anonymous('29:b')?.key)
  })

  test.each([
    ['the conversation', { conversation: { id: 'a:x', tenantId }, channelData: { tenant: { id: 'other' } } }, tenantId],
    ['the channel data when the conversation says nothing', { conversation: { id: 'a:x' }, channelData: { tenant: { id: tenantId } } }, tenantId],
    ['nobody', { conversation: { id: 'a:x' }, channelData: undefined }, undefined],
    ['nobody, when it is malformed', { conversation: { id: 'a:x' }, channelData: { tenant: { id: 7 } } }, undefined],
    ['nobody, when channel data is text', { conversation: { id: 'a:x' }, channelData: 'x' }, undefined],
  ])('the tenant is what %s says', (_name, change, expected) => {
    expect(read('message-personal', change)?.tenantId).toBe(expected)
  })

  test.each([
    [{ conversationType: 'personal' }, 'personal'],
    [{ conversationType: 'groupChat' }, 'groupChat'],
    [{ conversationType: 'channel' }, 'channel'],
    [{ isGroup: true }, 'groupChat'],
    [{ conversationType: 'somethingNew', isGroup: true }, 'groupChat'],
    [{}, 'personal'],
  ])('a conversation %j is %s', (conversation, place) => {
    expect(read('card-submit-personal', { conversation: { id: 'x', tenantId, ...conversation } })?.place).toBe(place)
  })
})

test.each([
  ['fr-FR', undefined, 'fr'],
  ['fr-CA', undefined, 'fr'],
  ['fr_BE', undefined, 'fr'],
  ['FR', undefined, 'fr'],
  ['en-GB', undefined, 'en'],
  ['de-DE', undefined, undefined],
  ['constructor', undefined, undefined],
  ['', undefined, undefined],
  [undefined, 'fr-FR', 'fr'],
  [undefined, 7, undefined],
  ['en-US', 'fr-FR', 'en'],
  [undefined, undefined, undefined],
])('a client that says %p, and %p in its client info, speaks %p', (locale, info, expected) => {
  const entities = info === undefined ? [] : [{ type: 'clientInfo', locale: info }]
  expect(read('message-personal', { locale, entities })?.clientLanguage).toBe(expected)
})

describe('the person’s clock', () => {
  const at = (localTimezone: string | undefined, rawLocalTimestamp?: string) => {
    const arrival = arrivalOf({ ...recorded('message-personal'), localTimezone, rawLocalTimestamp })
    return arrival?.kind === 'personal' ? arrival.incoming.timeZone : 'nobody'
  }

  test.each([
    ['by its name', 'Europe/Paris', '2026-11-28T03:00:00.000+00:00', 'Europe/Paris'],
    ['by its distance where a press comes without the name', undefined, '2026-11-28T03:00:00.000+01:00', 'Etc/GMT-1'],
    ['west of Greenwich', undefined, '2026-11-27T21:00:00.000-05:00', 'Etc/GMT+5'],
    ['in UTC', undefined, '2026-11-28T03:00:00.000+00:00', 'UTC'],
    ['not at all where it is between two hours', undefined, '2026-11-28T08:30:00.000+05:30', undefined],
    ['not at all where it is no place', 'Mars/Olympus', undefined, undefined],
    ['not at all where nothing is said', undefined, undefined, undefined],
  ])('is known %s', (_what, name, stamp, expected) => {
    expect(at(name, stamp)).toBe(expected)
  })
})

test.each([
  ['iOS', true],
  ['Android', true],
  ['Web', undefined],
  ['Windows', undefined],
])('a client on %s is one the stores’ rules are for: %s', (platform, expected) => {
  const arrival = arrivalOf({ ...recorded('message-personal'), entities: [{ type: 'clientInfo', locale: 'en-US', platform }] })
  expect(arrival?.kind === 'personal' ? arrival.incoming.onPhone : 'nobody').toBe(expected)
})
