import { send, update, type Room } from '../../src/sandbox/bot-messages'
import { createBroadcast } from '../../src/sandbox/broadcast'
import type { BotAnswer } from '../../src/sandbox/call-bot'
import { chatsOf } from '../../src/sandbox/chats'
import type { SceneEvent } from '../../src/sandbox/protocol'
import { createTeams, NoSuchThing } from '../../src/sandbox/teams'
import { contoso } from '../../src/sandbox/tenants'
import { createTranscript } from '../../src/sandbox/transcript'

interface Heard {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly value: { readonly id: string; readonly token: string }
}

const spot = { person: 'kelley', chat: 'personal-kelley', locale: 'fr-FR' }
const oauth = {
  contentType: 'application/vnd.microsoft.card.oauth',
  content: {
    connectionName: 'entra',
    buttons: [{ type: 'signin', title: 'Sign in', value: 'https://token.botframework.com/api/oauth/signin?signin=1' }],
    tokenExchangeResource: { id: 'exchange-1', uri: 'api://botid-app', providerId: 'p' },
  },
}

const start = (answer: (heard: Heard) => BotAnswer = () => ({ status: 200, body: undefined })) => {
  const events = createBroadcast<SceneEvent>()
  const room: Room = { chats: chatsOf(contoso), events, transcript: createTranscript(events), installed: new Set(['personal-kelley']) }
  const heard: Heard[] = []
  const consented = new Set<string>()
  const signedOut: string[] = []
  const post = async (activity: unknown) => {
    const parsed: Heard = JSON.parse(JSON.stringify(activity))
    heard.push(parsed)
    return answer(parsed)
  }
  const signIn = {
    tokenOf: ({ key }: { key: string }) => `token of ${key}`,
    signIn: async () => '123456',
    signOut: ({ key }: { key: string }) => void signedOut.push(key),
    consented,
  }
  const teams = createTeams({ room, people: contoso.people, bot: { id: '28:bot', name: 'OneTenant' }, post, signIn })
  const [chat] = room.chats
  const showCard = () => chat && send(room, chat, undefined, { type: 'message', attachments: [oauth] })
  const replaceCard = () => chat && update(room, chat, teams.messages().at(-1)?.id ?? '', { type: 'message', text: 'Here is your answer.' })
  const areDone = () => teams.messages().map(({ signIn: card }) => card?.done ?? false)
  return { teams, heard, consented, signedOut, showCard, replaceCard, areDone }
}

test('a sign-in card is in the transcript', () => {
  const { teams, showCard } = start()
  showCard()
  expect(teams.messages()).toMatchObject([
    {
      from: 'bot',
      signIn: { connectionName: 'entra', title: 'Sign in', link: oauth.content.buttons[0]?.value, exchange: { id: 'exchange-1', uri: 'api://botid-app' } },
    },
  ])
})

test('without a card there is nothing to exchange', async () => {
  const { teams } = start()
  await expect(teams.exchange(spot)).rejects.toThrow(NoSuchThing)
})

test('Teams exchanges the person’s token for the newest card: each client in an activity of its own, all with the same id', async () => {
  const { teams, heard, showCard } = start(({ value }) => ({ status: 412, body: { id: value.id } }))
  showCard()
  const { status, answers } = await teams.exchange(spot, { clients: 3 })
  expect([status, answers.length]).toEqual([412, 3])
  expect(new Set(heard.map(({ id }) => id)).size).toBe(3)
  expect(new Set(heard.map(({ value }) => value.id)).size).toBe(1)
  expect(heard[0]).toMatchObject({
    type: 'invoke',
    name: 'signin/tokenExchange',
    from: { aadObjectId: contoso.people[0]?.objectId },
    conversation: { conversationType: 'personal', tenantId: contoso.id },
    channelData: { tenant: { id: contoso.id } },
    value: { id: 'exchange-1', connectionName: 'entra', token: 'token of kelley' },
  })
})

test('a client that is late knows the card that the bot has replaced by its answer since', async () => {
  const { teams, heard, showCard, replaceCard } = start()
  showCard()
  await teams.exchange(spot)
  replaceCard()
  expect(teams.messages().filter(({ signIn }) => signIn)).toEqual([])
  await teams.exchange(spot)
  expect(heard.map(({ value }) => value.id)).toEqual(['exchange-1', 'exchange-1'])
})

test('consent is given once, and the exchange repeated', async () => {
  const { teams, heard, consented, showCard } = start()
  showCard()
  await teams.consent(spot)
  expect([...consented]).toEqual(['kelley'])
  expect(heard).toMatchObject([{ name: 'signin/tokenExchange' }])
})

test('another token, id or connection can be sent', async () => {
  const { teams, heard } = start()
  await teams.exchange(spot, { token: 'stolen', id: 'made-up', connectionName: 'another' })
  expect(heard).toMatchObject([{ value: { id: 'made-up', connectionName: 'another', token: 'stolen' } }])
})

test('the pop-up hands over its code, or the person mistypes it', async () => {
  const { teams, heard, consented } = start()
  await teams.signIn(spot)
  await teams.signIn(spot, '000000')
  expect([...consented]).toEqual(['kelley'])
  expect(heard).toMatchObject([
    { name: 'signin/verifyState', value: { state: '123456' } },
    { name: 'signin/verifyState', value: { state: '000000' } },
  ])
})

test('the person closes the window', async () => {
  const { teams, heard, consented, areDone, showCard } = start()
  showCard()
  await teams.cancel(spot)
  expect(heard).toMatchObject([{ type: 'invoke', name: 'signin/verifyState', value: { state: 'CancelledByUser' } }])
  expect([...consented]).toEqual([])
  expect(areDone()).toEqual([false])
})

test.each(['exchange', 'consent', 'signIn'] as const)('after %s all sign-in cards of the chat are done', async (how) => {
  const { teams, areDone, showCard } = start()
  showCard()
  showCard()
  const { messages } = await teams[how](spot)
  expect(areDone()).toEqual([true, true])
  expect(messages).toEqual([])
})

test.each(['exchange', 'consent', 'signIn'] as const)('the bot refuses %s: the card waits on', async (how) => {
  const { teams, areDone, showCard } = start(() => ({ status: 412, body: undefined }))
  showCard()
  await teams[how](spot)
  expect(areDone()).toEqual([false])
})

test('one of several clients is enough', async () => {
  let asked = 0
  const { teams, areDone, showCard } = start(() => ({ status: (asked += 1) === 2 ? 200 : 412, body: undefined }))
  showCard()
  await teams.exchange(spot, { clients: 3 })
  expect(areDone()).toEqual([true])
})

test('consent can be forgotten, and the kept token with it', async () => {
  const { teams, consented, signedOut, showCard } = start()
  showCard()
  await teams.consent(spot)
  teams.forgetConsent('kelley')
  expect([...consented]).toEqual([])
  expect(signedOut).toEqual(['kelley'])
  expect(() => teams.forgetConsent('nobody')).toThrow(NoSuchThing)
})

test('Teams could not ask', async () => {
  const { teams, heard } = start()
  await teams.decline(spot)
  expect(heard).toMatchObject([{ type: 'invoke', name: 'signin/failure', value: { code: 'resourcematchfailed', message: expect.any(String) } }])
})
