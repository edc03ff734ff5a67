import type { Room } from '../../src/sandbox/bot-messages'
import { createBroadcast } from '../../src/sandbox/broadcast'
import { chatsOf } from '../../src/sandbox/chats'
import { createConnector } from '../../src/sandbox/connector'
import { noFaults } from '../../src/sandbox/faults'
import type { SceneEvent } from '../../src/sandbox/protocol'
import { contoso } from '../../src/sandbox/tenants'
import { createTranscript } from '../../src/sandbox/transcript'
import { reset } from '../../src/sandbox/http'
import { createTroubles } from '../../src/sandbox/trouble'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const recorded = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, 'recorded', `${name}.json`), 'utf8'))

const personal = encodeURIComponent('a:personal-kelley')
const channel = encodeURIComponent('19:general@thread.tacv2')
const kelley = contoso.people[0]
const jane = contoso.people[2]

const start = () => {
  const events = createBroadcast<SceneEvent>()
  const faults = noFaults()
  const room: Room = {
    chats: chatsOf(contoso),
    events,
    transcript: createTranscript(events),
    installed: new Set(['personal-kelley', 'channel']),
    opened: new Set(),
    faults,
  }
  const troubles = createTroubles()
  const claims = (appid: string) => ({ aud: 'https://api.botframework.com', tid: contoso.id, appid, roles: [] })
  const connector = createConnector(room, 'the-bot', (token) => (token === 'none' ? undefined : claims(token)), troubles)
  const call = async (method: string, path: string, body?: unknown, token = 'the-bot') =>
    connector({
      method,
      url: new URL(`https://smba.trafficmanager.net/emea/v3/${path}`),
      headers: { authorization: `Bearer ${token}` },
      body: body === undefined ? '' : JSON.stringify(body),
    })
  const say = (text: string, conversation = personal) => call('POST', `conversations/${conversation}/activities`, { type: 'message', text })
  return { room, faults, troubles, call, say, seen: () => room.transcript.messages() }
}

const card = (text: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text }] },
})
const idIn = ({ body }: { body?: unknown }) => String(Object(body).id)

test.each(['none', 'another-app'])('a caller with the token %s is refused and nothing is written', async (token) => {
  const { call, seen } = start()
  const answer = await call('POST', `conversations/${personal}/activities`, { type: 'message', text: 'hi' }, token)
  expect(answer.status).toBe(401)
  expect(seen()).toEqual([])
})

test('a message appears and can be replaced and taken back by its id', async () => {
  const { call, say, seen } = start()
  const sent = await say('first')
  expect(sent).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^\d{13}$/) } })
  expect(seen()).toMatchObject([{ chat: 'personal-kelley', from: 'bot', text: 'first', textFormat: 'markdown', edited: false }])

  const path = `conversations/${personal}/activities/${idIn(sent)}`
  expect(await call('PUT', path, { type: 'message', attachments: [card('second')] })).toMatchObject({ status: 200 })
  expect(seen()).toMatchObject([{ text: undefined, cards: [{ body: [{ text: 'second' }] }], edited: true }])

  expect(await call('DELETE', path)).toMatchObject({ status: 200 })
  expect(seen()).toEqual([])
  expect(await call('PUT', path, { type: 'message', text: 'late' })).toMatchObject({
    status: 404,
    body: { error: { code: 'ActivityNotFoundInConversation' } },
  })
})

test('the words of a person cannot be changed by the bot', async () => {
  const { room, call } = start()
  const { id } = room.transcript.add({ chat: 'personal-kelley', from: 'kelley', text: 'mine' })
  expect(await call('PUT', `conversations/${personal}/activities/${id}`, { type: 'message', text: 'yours' })).toMatchObject({ status: 404 })
})

test('text and card in one message become two, and the bot learns no id', async () => {
  const { call, seen } = start()
  const both = { type: 'message', text: 'words', attachments: [card('card')] }
  expect(await call('POST', `conversations/${personal}/activities`, both)).toMatchObject({ status: 201, body: {} })
  expect(seen()).toMatchObject([{ text: 'words', cards: [] }, { cards: [{ body: [{ text: 'card' }] }] }])
})

test('suggested actions are kept with their words', async () => {
  const { call, seen } = start()
  const actions = [{ type: 'imBack', title: 'Yes', value: 'yes please' }]
  await call('POST', `conversations/${personal}/activities`, { type: 'message', text: 'Well?', suggestedActions: { actions } })
  expect(seen()).toMatchObject([{ suggestions: [{ title: 'Yes', text: 'yes please' }] }])
})

test('typing is seen and leaves nothing', async () => {
  const { room, call, seen } = start()
  const events: SceneEvent[] = []
  room.events.on((event) => events.push(event))
  expect(await call('POST', `conversations/${personal}/activities`, { type: 'typing' })).toMatchObject({ status: 202 })
  expect(events).toEqual([{ kind: 'typing', chat: 'personal-kelley' }])
  expect(seen()).toEqual([])
})

test('in a channel the bot stays in the thread, or starts a post of its own', async () => {
  const { say, seen } = start()
  await say('in thread', encodeURIComponent('19:general@thread.tacv2;messageid=1795000000000'))
  const post = await say('new post', channel)
  expect(seen()).toMatchObject([{ thread: '1795000000000' }, { id: idIn(post), thread: idIn(post) }])
})

test.each([
  ['a chat it is not installed in', encodeURIComponent('a:personal-jane'), 403, 'BotNotInConversationRoster'],
  ['a conversation that does not exist', 'nowhere', 404, 'ConversationNotFound'],
])('the bot cannot write to %s', async (_, conversation, status, code) => {
  const { say } = start()
  expect(await say('hi', conversation)).toMatchObject({ status, body: { error: { code } } })
})

test.each([
  ['empty', { type: 'message' }, 400],
  ['without a type', { text: 'hi' }, 400],
  ['too big', { type: 'message', text: 'x'.repeat(60 * 1024) }, 413],
])('a message that is %s is refused', async (_, activity, status) => {
  const { call, seen } = start()
  expect(await call('POST', `conversations/${personal}/activities`, activity)).toMatchObject({ status })
  expect(seen()).toEqual([])
})

test('the bot can turn to a person it is installed for, and to nobody else', async () => {
  const { room, faults, call, say } = start()
  const create = (id = '') => call('POST', 'conversations', { members: [{ id }], tenantId: contoso.id, isGroup: false })
  expect(await create(kelley?.teamsId)).toMatchObject({ status: 201, body: { id: 'a:personal-kelley' } })
  room.installed.delete('channel')
  const refused = { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } }
  expect(await create(jane?.teamsId)).toMatchObject(refused)
  // Members of a team that has the app can be written to, unless they took it away.
  room.installed.add('channel')
  expect(await create(jane?.teamsId)).toMatchObject({ status: 201, body: { id: 'a:personal-jane' } })
  faults.absent = ['jane']
  expect(await create(jane?.teamsId)).toMatchObject(refused)
  expect(await say('hi', 'a:personal-jane')).toMatchObject(refused)
})

describe('a message for one person alone', () => {
  const targeted = { type: 'message', text: 'for you', recipient: { id: jane?.teamsId } }
  const thread = encodeURIComponent('19:general@thread.tacv2;messageid=1795000000000')

  test('is seen by them only, and is changed by who says that it is one', async () => {
    const { call, seen } = start()
    const path = `conversations/${thread}/activities`
    const sent = await call('POST', `${path}?isTargetedActivity=true`, targeted)
    expect(seen()).toMatchObject([{ text: 'for you', to: 'jane', thread: '1795000000000' }])
    const change = { type: 'message', text: 'changed' }
    expect(await call('PUT', `${path}/${idIn(sent)}`, change)).toMatchObject({ status: 404 })
    expect(await call('PUT', `${path}/${idIn(sent)}?isTargetedActivity=true`, change)).toMatchObject({ status: 200 })
    expect(await call('DELETE', `${path}/${idIn(sent)}`)).toMatchObject({ status: 404 })
    expect(seen()).toMatchObject([{ text: 'changed', to: 'jane' }])
  })

  test.each([
    ['in a private chat', personal, targeted],
    ['to nobody in particular', thread, { type: 'message', text: 'for you' }],
    ['to somebody who is not there', thread, { ...targeted, recipient: { id: '29:stranger' } }],
  ])('is refused %s', async (_, conversation, activity) => {
    const { call, seen } = start()
    expect(await call('POST', `conversations/${conversation}/activities?isTargetedActivity=true`, activity)).toMatchObject({ status: 400 })
    expect(seen()).toEqual([])
  })

  test('is refused where there are none', async () => {
    const { call, faults } = start()
    faults.targeted = 'refused'
    expect(await call('POST', `conversations/${thread}/activities?isTargetedActivity=true`, targeted)).toMatchObject({ status: 400 })
  })
})

test('a new post in a channel is a conversation of its own', async () => {
  const { call, seen } = start()
  const body = { channelData: { channel: { id: '19:general@thread.tacv2' } }, activity: { type: 'message', text: 'news' } }
  const answer = await call('POST', 'conversations', body)
  const { id } = seen()[0] ?? {}
  expect(answer).toMatchObject({ status: 201, body: { id: `19:general@thread.tacv2;messageid=${id}`, activityId: id } })
})

const keysOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.slice(0, 1).map(keysOf)
    : typeof value === 'object' && value
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]))
      : typeof value

test.each([
  ['connector-getConversationMember-personal', `conversations/${personal}/members/${encodeURIComponent(kelley?.teamsId ?? '')}`],
  ['connector-getConversationPagedMembers-personal', `conversations/${personal}/pagedmembers?pageSize=50`],
  ['connector-fetchTeamDetails-channel', `teams/${channel}`],
  ['connector-getConversations-channel', `teams/${channel}/conversations`],
])('%s has the recorded shape', async (name, path) => {
  const { call } = start()
  const { status, body } = await call('GET', path)
  expect(status).toBe(200)
  expect(keysOf(body)).toEqual(keysOf(recorded(name)))
})

test('members are found by Teams id and by object id, strangers are not', async () => {
  const { call } = start()
  const find = (id: string) => call('GET', `conversations/${personal}/members/${encodeURIComponent(id)}`)
  expect(await find(kelley?.objectId ?? '')).toMatchObject({ body: { name: 'Kelley Wall', givenName: 'Kelley', surname: 'Wall' } })
  expect(await find('29:stranger')).toMatchObject({ status: 404 })
})

test('a trouble befalls as many calls as was said, then all is well', async () => {
  const { troubles, say, seen } = start()
  troubles.fail({ status: 429, code: 'Throttled', retryAfterSeconds: 2 }, 2)
  const throttled = { status: 429, headers: { 'retry-after': '2' }, body: { error: { code: 'Throttled' } } }
  expect([await say('1'), await say('2')]).toMatchObject([throttled, throttled])
  expect(await say('3')).toMatchObject({ status: 201 })
  expect(seen()).toMatchObject([{ text: '3' }])
})

test('a trouble befalls the calls it is meant for, by method and conversation', async () => {
  const { troubles, call, say } = start()
  troubles.fail({ status: 412, code: 'PreconditionFailed' }, 1, { method: 'PUT' })
  troubles.fail({ status: 502, code: 'ServiceError' }, 1, { method: 'POST', conversation: '19:general@thread.tacv2' })
  expect(await say('1')).toMatchObject({ status: 201 })
  expect(await say('2', '19:general@thread.tacv2;messageid=1')).toMatchObject({ status: 502 })
  expect(await say('3', '19:general@thread.tacv2;messageid=1')).toMatchObject({ status: 201 })
  expect(await call('PUT', `conversations/${personal}/activities/1`, { type: 'message', text: 'new' })).toMatchObject({ status: 412 })
  troubles.fail({ status: 502, code: 'ServiceError' }, 1, { conversation: personal })
  troubles.recover({ conversation: personal })
  expect(await say('4')).toMatchObject({ status: 201 })
})

test('a connection that is cut has no answer; what is slow is done all the same', async () => {
  const { troubles, say, seen } = start()
  troubles.fail('reset')
  troubles.fail({ slowMs: 50 })
  expect(await say('1')).toBe(reset)
  const slow = say('2')
  expect(seen()).toEqual([])
  expect(await slow).toMatchObject({ status: 201 })
  expect(seen()).toMatchObject([{ text: '2' }])
})

test('a lasting trouble ends when it is called off', async () => {
  const { troubles, say } = start()
  troubles.fail({ status: 503, code: 'ServiceUnavailable' }, Number.POSITIVE_INFINITY)
  expect([await say('1'), await say('2')]).toMatchObject([{ status: 503 }, { status: 503 }])
  troubles.recover()
  expect(await say('3')).toMatchObject({ status: 201 })
})
