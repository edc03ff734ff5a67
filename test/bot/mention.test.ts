/** Where others read along, only what mentions the bot is heard; a team is one place for the app, each thread of it one for a guide. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arrivalOf } from '../../src/bot/incoming'

const recorded = (name: string) => JSON.parse(readFileSync(join(__dirname, '..', 'sandbox', 'recorded', `${name}.json`), 'utf8'))
const read = (name: string, change: object = {}) => arrivalOf({ ...recorded(name), ...change })

const { entities } = recorded('message-group-mention')
const withoutMention = entities.filter(({ type }: { type: string }) => type !== 'mention')
const ofColleague = [...withoutMention, { type: 'mention', mentioned: { id: '29:somebody', name: 'Tricia' }, text: '<at>Tricia</at>' }]

describe.each(['message-group-mention', 'message-channel-mention-new-post', 'message-channel-mention-reply'])('%s', (name) => {
  test('is heard', () => {
    expect(read(name)).toMatchObject({ kind: 'shared', incoming: { kind: 'message' } })
  })

  test('is heard when Teams names the bot in the text only', () => {
    expect(read(name, { entities: withoutMention, text: '<at>OneTenant</at> hello' })).toMatchObject({ incoming: { text: 'hello' } })
  })

  test.each([
    ['without a mention', { entities: withoutMention, text: 'hello' }],
    ['without anything around it', { entities: undefined, text: 'hello' }],
    ['to a colleague', { entities: ofColleague, text: '<at>Tricia</at> what is my role?' }],
    ['that only says the bot’s name', { entities: withoutMention, text: 'OneTenant said so' }],
    ['without words', { entities: withoutMention, text: undefined }],
    ['whose words are no text', { entities: withoutMention, text: 7 }],
    ['whose mention is unreadable', { entities: [{ type: 'mention' }, null], text: 'hello' }],
  ])('a message %s is not for the bot', (_what, change) => {
    expect(read(name, change)).toBeUndefined()
  })
})

test('in a private chat nobody is mentioned', () => {
  expect(read('message-personal', { entities: withoutMention })).toMatchObject({ kind: 'personal', incoming: { kind: 'message' } })
})

test.each(['card-submit-group', 'card-submit-channel', 'card-execute-invoke-channel'])('a press needs no mention (%s)', (name) => {
  expect(read(name)).toMatchObject({ kind: 'shared' })
})

describe('a team', () => {
  const welcome = (name: string, id: string) => {
    const { conversation, channelData } = recorded(name)
    const arrival = read(name, { conversation: { ...conversation, id }, channelData: { ...channelData, settings: { selectedChannel: { id } } } })
    return arrival && 'incoming' in arrival ? arrival.incoming.chat : undefined
  }

  test('is one place for its welcome, whichever channel an event names', () => {
    const [general, other] = ['19:general@thread.tacv2', '19:other@thread.tacv2']
    const chats = [
      welcome('installation-update-add-channel', general),
      welcome('installation-update-add-channel', other),
      welcome('conversation-update-opened-channel', other),
    ]
    expect(new Set(chats).size).toBe(1)
    expect(chats[0]).toEqual(expect.any(String))
  })

  test('is the same place when the app is taken away', () => {
    const added = read('installation-update-add-channel')
    expect(read('installation-update-add-channel', { action: 'remove' })).toMatchObject({
      kind: 'removed',
      place: 'channel',
      chat: added && 'incoming' in added ? added.incoming.chat : '',
    })
  })

  test('has threads that are places of their own', () => {
    const chatOf = (id: string) => {
      const arrival = read('message-channel-mention-reply', { conversation: { ...recorded('message-channel-mention-reply').conversation, id } })
      return arrival && 'incoming' in arrival ? arrival.incoming.chat : undefined
    }
    expect(chatOf('19:general@thread.tacv2;messageid=1')).not.toBe(chatOf('19:general@thread.tacv2;messageid=2'))
  })
})
