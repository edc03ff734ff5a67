import * as activities from '../../src/sandbox/activities'
import { send, update, type Room } from '../../src/sandbox/bot-messages'
import { createBroadcast } from '../../src/sandbox/broadcast'
import type { BotAnswer } from '../../src/sandbox/call-bot'
import { chatsOf, findConversation } from '../../src/sandbox/chats'
import type { SceneEvent } from '../../src/sandbox/protocol'
import { createTeams, NoSuchThing } from '../../src/sandbox/teams'
import { contoso } from '../../src/sandbox/tenants'
import { createTranscript } from '../../src/sandbox/transcript'

interface Incoming {
  readonly id: string
  readonly text?: string
  readonly action?: string
  readonly value?: unknown
  readonly conversation: { readonly id: string }
}

/** Teams in front of a bot that is a function: what it hears is kept, what it answers is up to the test. */
const start = (bot: (activity: Incoming, room: Room) => BotAnswer | void = () => {}) => {
  const events = createBroadcast<SceneEvent>()
  const room: Room = { chats: chatsOf(contoso), events, transcript: createTranscript(events), installed: new Set() }
  const heard: Incoming[] = []
  const post = async (activity: unknown) => {
    const parsed: Incoming = JSON.parse(JSON.stringify(activity))
    heard.push(parsed)
    return bot(parsed, room) ?? { status: 200, body: undefined }
  }
  const teams = createTeams({ room, people: contoso.people, bot: { id: '28:bot', name: 'OneTenant' }, post })
  return { teams, heard, room }
}

/** Answers in the conversation it was written to. */
const echo = (activity: Incoming, room: Room) => {
  const at = findConversation(room.chats, activity.conversation.id)
  if (at) send(room, at.chat, at.thread, { type: 'message', text: `echo ${activity.text}` })
}

const mine = { person: 'kelley', chat: 'personal-kelley', locale: 'en-US' }
const group = { ...mine, chat: 'group' }
const channel = { ...mine, chat: 'channel' }

test('the first opening tells the bot twice that it is installed, later ones nothing', async () => {
  const { teams, heard } = start()
  await teams.open(mine)
  await teams.open(mine)
  expect(heard).toMatchObject([
    { type: 'installationUpdate', action: 'add', conversation: { id: 'a:personal-kelley' } },
    { type: 'conversationUpdate', membersAdded: [{ id: '29:1kelley-wall' }, { id: '28:bot' }] },
  ])
})

test.each([group, channel])('in $chat only the bot is a new member', async (where) => {
  const { teams, heard } = start()
  await teams.open(where)
  expect(heard).toMatchObject([{ type: 'installationUpdate' }, { membersAdded: [{ id: '28:bot' }] }])
})

test('what is said reaches the bot, what it answers is in the exchange and in the transcript', async () => {
  const { teams, heard } = start(echo)
  const exchange = await teams.say({ ...mine, text: 'hello', mention: false })
  expect(heard).toMatchObject([{ type: 'message', text: 'hello', from: { name: 'Kelley Wall' } }])
  expect(exchange).toMatchObject({ status: 200, messages: [{ from: 'bot', text: 'echo hello' }] })
  expect(teams.messages()).toMatchObject([{ from: 'kelley', text: 'hello', id: heard[0]?.id }, { from: 'bot' }])
})

test.each([group, channel])('in $chat the bot hears only what mentions it', async (where) => {
  const { teams, heard } = start()
  await teams.say({ ...where, text: 'among ourselves', mention: false })
  expect(heard).toEqual([])
  await teams.say({ ...where, text: 'hello', mention: true })
  expect(heard).toMatchObject([{ text: '<at>OneTenant</at> hello', entities: [{ type: 'mention' }, {}] }])
  expect(teams.messages()).toMatchObject([{ text: 'among ourselves' }, { text: '@OneTenant hello' }])
})

test('a mention in a personal chat is no mention', async () => {
  const { teams, heard } = start()
  await teams.say({ ...mine, text: 'hello', mention: true })
  expect(heard).toMatchObject([{ text: 'hello', entities: [{ type: 'clientInfo' }] }])
})

test('a message in a channel starts a thread, its id is the message id; a reply stays in it', async () => {
  const { teams, heard } = start(echo)
  const { messages } = await teams.say({ ...channel, text: 'post', mention: true })
  const [post] = teams.messages()
  const thread = `19:general@thread.tacv2;messageid=${post?.id}`
  expect(heard).toMatchObject([{ id: post?.id, conversation: { id: thread } }])
  expect(messages).toMatchObject([{ thread: post?.id }])

  await teams.say({ ...channel, thread: post?.id, text: 'reply', mention: true })
  expect(heard[1]).toMatchObject({ conversation: { id: thread } })
  expect(heard[1]?.id).not.toBe(post?.id)
})

test('the exchange holds the newest state of each message once, and what went to the private chat', async () => {
  const { teams } = start((activity, room) => {
    const [personal, shared] = [room.chats[0], findConversation(room.chats, activity.conversation.id)]
    if (!personal || !shared) return
    room.installed.add('personal-kelley')
    const sent = send(room, shared.chat, shared.thread, { type: 'message', text: 'first' })
    update(room, shared.chat, String(Object(sent.body).id), { type: 'message', text: 'second' })
    send(room, personal, undefined, { type: 'message', text: 'between us' })
  })
  const { messages } = await teams.say({ ...group, text: 'hello', mention: true })
  expect(messages).toMatchObject([
    { chat: 'group', text: 'second' },
    { chat: 'personal-kelley', text: 'between us' },
  ])
})

describe('pressing', () => {
  const card = { type: 'AdaptiveCard', version: '1.5', body: [], actions: [] }

  const withCard = async (bot?: Parameters<typeof start>[0], where = mine) => {
    const parts = start(bot)
    const { id, thread } = parts.room.transcript.add({ chat: where.chat, from: 'bot', cards: [card], ...(where === channel && { thread: '1795000000000' }) })
    const press = (action: { type: 'Action.Execute' | 'Action.Submit'; title?: string; verb?: string; data?: unknown }, inputs = {}) =>
      parts.teams.press({ ...where, message: id, action, inputs })
    return { ...parts, id, thread, press }
  }

  test('Submit is a message with the value and the inputs, without text; empty inputs are left out', async () => {
    const { press, heard, id, teams } = await withCard()
    await press({ type: 'Action.Submit', title: 'Send', data: { step: 2 } }, { name: 'Kelley', note: '' })
    expect(heard).toMatchObject([{ type: 'message', replyToId: id, value: { step: 2, name: 'Kelley' } }])
    expect(heard[0]).not.toHaveProperty('text')
    expect(heard[0]?.value).not.toHaveProperty('note')
    expect(teams.messages()).toHaveLength(1)
  })

  test('data that is not an object is dropped', async () => {
    const { press, heard } = await withCard()
    await press({ type: 'Action.Submit', data: 'words' })
    expect(heard).toMatchObject([{ value: {} }])
  })

  test('messageBack brings its own text and shows what it wants shown', async () => {
    const { press, heard, teams } = await withCard()
    const msteams = { type: 'messageBack', text: 'next', displayText: 'Next', value: { more: 1 } }
    await press({ type: 'Action.Submit', data: { verb: 'next', msteams } })
    expect(heard).toMatchObject([{ type: 'message', text: 'next' }])
    expect(heard[0]?.value).toEqual({ verb: 'next', more: 1 })
    expect(teams.messages().at(-1)).toMatchObject({ from: 'kelley', text: 'Next' })
  })

  test('imBack is as if it were written', async () => {
    const { press, heard, teams } = await withCard()
    await press({ type: 'Action.Submit', data: { msteams: { type: 'imBack', value: 'help' } } })
    expect(heard).toMatchObject([{ type: 'message', text: 'help' }])
    expect(heard[0]).not.toHaveProperty('value')
    expect(teams.messages().at(-1)).toMatchObject({ from: 'kelley', text: 'help' })
  })

  test('Execute is an invoke; the card it answers with takes the place of the old one', async () => {
    const answer = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { ...card, body: [{ type: 'TextBlock', text: 'new' }] } }
    const { press, heard, id, teams } = await withCard(() => ({ status: 200, body: answer }))
    const exchange = await press({ type: 'Action.Execute', title: 'Go', verb: 'next', data: { step: 1 } }, { name: 'x' })
    expect(heard).toMatchObject([
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: id,
        value: { action: { type: 'Action.Execute', title: 'Go', verb: 'next', data: { step: 1, name: 'x' } } },
      },
    ])
    expect(exchange).toMatchObject({ status: 200, messages: [{ id, cards: [{ body: [{ text: 'new' }] }] }] })
    expect(teams.messages()).toHaveLength(1)
  })

  test.each([
    ['a line of text', { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Saved' } }, 'Saved'],
    ['an error', { status: 400, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'x', message: 'Not now' } } }, 'Not now'],
    ['nothing of use', { status: 501, body: undefined }, 'The app did not answer. Try again.'],
    ['no answer at all', { status: 0, body: 'ECONNREFUSED' }, 'The app did not answer. Try again.'],
  ])('%s in answer to Execute is a notice and leaves the card alone', async (_, answer, notice) => {
    const { press, teams } = await withCard(() => answer)
    expect(await press({ type: 'Action.Execute', verb: 'next' })).toEqual({ status: answer.status, notice, messages: [] })
    expect(teams.messages()).toMatchObject([{ cards: [card] }])
  })

  test('in a channel it belongs to the thread of the card', async () => {
    const { press, heard } = await withCard(undefined, channel)
    await press({ type: 'Action.Execute', verb: 'next' })
    expect(heard).toMatchObject([{ conversation: { id: '19:general@thread.tacv2;messageid=1795000000000' } }])
  })
})

test.each([
  ['a stranger', { ...mine, person: 'nobody' }],
  ["another person's chat", { ...mine, chat: 'personal-jane' }],
  ['a chat that is not there', { ...mine, chat: 'nowhere' }],
  ['a post that is not there', { ...channel, thread: '1' }],
])('%s is refused before anything happens', async (_, where) => {
  const { teams, heard } = start()
  await expect(teams.say({ ...where, text: 'hi', mention: true })).rejects.toThrow(NoSuchThing)
  expect(heard).toEqual([])
  expect(teams.messages()).toEqual([])
})

test('a message delivered twice is one message with one id', async () => {
  const { teams, heard } = start()
  await teams.sendTwice({ ...mine, text: 'hello', mention: false })
  expect(heard).toHaveLength(2)
  expect(heard[0]).toEqual(heard[1])
  expect(teams.messages()).toHaveLength(1)
})

test('any other activity is delivered from the same spot', async () => {
  const { teams, heard } = start()
  await teams.deliver(mine, (setting) => activities.reaction(setting, '1', 'like'))
  await teams.deliver(mine, (setting) => ({ ...activities.message(setting, '2', 'hi'), type: 'trace' }))
  expect(heard).toMatchObject([
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
    { type: 'trace', from: { name: 'Kelley Wall' } },
  ])
})

test('after the app was removed the bot cannot write there; opening installs it anew', async () => {
  const { teams, room, heard } = start()
  await teams.open(mine)
  await teams.deliver(mine, (setting) => activities.installation(setting, 'remove'))
  expect(room.installed.has('personal-kelley')).toBe(false)
  await teams.open(mine)
  expect(heard.map(({ action }) => action).filter(Boolean)).toEqual(['add', 'remove', 'add'])
})

test('a listener hears what happens until it stops listening', async () => {
  const { teams } = start(echo)
  const kinds: string[] = []
  const off = teams.on(({ kind }) => kinds.push(kind))
  await teams.say({ ...mine, text: 'hello', mention: false })
  off()
  await teams.say({ ...mine, text: 'hello again', mention: false })
  expect(kinds).toEqual(['message', 'message'])
})
