/** The built bot in the sandbox: what only the two together can show. */
import { callsTo, conversation, type Sandbox, startSandbox } from '../support/harness'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

const serviceUrl = 'https://smba.trafficmanager.net/emea/'

/** A message of Kelley's as it was really sent, under an id of its own. */
const hello = async (id: string) => {
  await conversation(sandbox).say('hello')
  const activity = callsTo(sandbox, 'bot').findLast(({ request }) => Object(request).text === 'hello')?.request
  return { ...Object(activity), id }
}

test('a person who writes is answered, with a token the bot fetched from the authority', async () => {
  const reply = await conversation(sandbox).say('hello')
  expect(reply).toMatchObject({ status: 200, messages: [{ from: 'bot' }] })
  expect(callsTo(sandbox, 'login')).toContainEqual(
    expect.objectContaining({ method: 'POST', path: expect.stringContaining('/oauth2/v2.0/token'), status: 200 }),
  )
})

test('a good token is let in', async () => {
  const answer = await sandbox.teams.post(await hello('good'), { token: sandbox.botToken({ serviceUrl }) })
  expect(answer.status).toBe(200)
})

test.each([
  ['no token', () => null],
  ['something that is no token', () => 'garbage'],
  ['a token signed with a stranger’s key', () => sandbox.botToken({ serviceUrl, key: 'stranger' })],
  ['an expired token', () => sandbox.botToken({ serviceUrl, seconds: -600 })],
  ['a token for another bot', () => sandbox.botToken({ serviceUrl, audience: 'another' })],
  ['a token of another issuer', () => sandbox.botToken({ serviceUrl, issuer: 'https://elsewhere.example' })],
  ['a token for another service URL', () => sandbox.botToken({ serviceUrl: 'https://elsewhere.example/' })],
])('%s is answered 401 and runs no turn', async (what, token) => {
  const activity = await hello(what)
  const before = callsTo(sandbox, 'connector').length
  expect(await sandbox.teams.post(activity, { token: token() })).toMatchObject({ status: 401 })
  expect(callsTo(sandbox, 'connector')).toHaveLength(before)
})

test('it answers in the channel thread it was asked in', async () => {
  const channel = conversation(sandbox, { chat: 'channel' })
  await channel.say('hello')
  const [question, answer] = channel.messages()
  expect(answer).toMatchObject({ from: 'bot', thread: question?.id })
})

test.each([false, true])('a button of the welcome card leads on (older client: %s)', async (older) => {
  const person = conversation(sandbox, { person: older ? 'jane' : 'tricia', locale: 'fr-FR' })
  const welcome = await person.open()
  const [first = ''] = welcome.buttons
  const next = await person.press(first, { older })
  expect(next).toMatchObject({ status: 200, card: { type: 'AdaptiveCard' } })
  expect(next.text).not.toBe(welcome.text)
})

test('it answers after a restart too', async () => {
  await sandbox.bot.restart()
  expect(await conversation(sandbox).say('hello')).toMatchObject({ status: 200, messages: [{ from: 'bot' }] })
})
