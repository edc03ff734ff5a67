/** Signing in where a conversation cannot show it: bad requests, time passing, another process, what is kept and what is logged. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPersonRecord } from '../src/runs/record'
import { fileStore } from '../src/runs/file-store'
import { contoso } from '../src/sandbox/tenants'
import { activities, conversation, eventually, logOf, startSandbox, titleOf, type Sandbox } from './support/harness'

const spot = { person: 'kelley', chat: 'personal-kelley', locale: 'en-US' }
const asks = 'what is my role?'
const signInFirst = '? Sign in first, then I can look'

let stateFolder: string
let sandbox: Sandbox

beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'onetenant-state-'))
  sandbox = await startSandbox({ singleSignOn: 'app', stateFolder })
})
afterEach(async () => {
  await sandbox.stop()
  await rm(stateFolder, { recursive: true, force: true })
})

const asked = async () => {
  const kelley = conversation(sandbox)
  await kelley.open()
  const reply = await kelley.say(asks)
  expect(titleOf(reply.card)).toBe(signInFirst)
  // One message, the card to sign in with in it.
  expect(reply.messages.map(({ signIn }) => signIn !== undefined)).toEqual([true])
  return kelley
}

/** Does something to the stored records while the bot is down. */
const whileStopped = async (work: (store: Awaited<ReturnType<typeof fileStore>>) => Promise<void>) => {
  await sandbox.bot.stop()
  const store = await fileStore(stateFolder)
  await work(store)
  await store.close()
  await sandbox.bot.restart()
}

const personKey = async () => {
  const { ClassicLevel } = jest.requireActual<typeof import('classic-level')>('classic-level')
  const level = new ClassicLevel<string, string>(stateFolder)
  const keys = await level.keys().all()
  await level.close()
  const key = keys.find((each) => each.startsWith('people/'))
  if (!key) throw new Error(`Nobody is stored, only ${keys.join(', ')}`)
  return key
}

describe('a token handed over', () => {
  test('for another connection is refused and changes nothing', async () => {
    await asked()
    const { answers, messages } = await sandbox.teams.exchange(spot, { connectionName: 'another' })
    expect(answers).toMatchObject([{ status: 400, body: { connectionName: 'another', failureDetail: expect.any(String) } }])
    expect(messages).toEqual([])
    expect(sandbox.tokens.signedIn()).toEqual([])
  })

  test('before anybody asked for it is refused', async () => {
    await conversation(sandbox).open()
    const { answers, messages } = await sandbox.teams.exchange(spot, { id: 'made-up', connectionName: 'entra' })
    expect(answers).toMatchObject([{ status: 400 }])
    expect(messages).toEqual([])
  })

  test('that is not the person’s own cannot be exchanged', async () => {
    await asked()
    sandbox.consented.add('kelley')
    const { answers } = await sandbox.teams.exchange(spot, { token: 'a.b.c' })
    expect(answers).toMatchObject([{ status: 412, body: { id: expect.any(String), failureDetail: expect.any(String) } }])
  })

  test('by three clients at once is one sign-in, whichever comes first', async () => {
    await asked()
    sandbox.consented.add('kelley')
    const { answers, messages } = await sandbox.teams.exchange(spot, { clients: 3 })
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(messages).toHaveLength(1)
  })

  test('in a group is refused', async () => {
    await asked()
    const { answers } = await sandbox.teams.exchange({ ...spot, chat: 'group' }, { id: 'x', connectionName: 'entra' })
    expect(answers).toMatchObject([{ status: 403 }])
  })

  test.each([{}, { id: '', connectionName: 'entra', token: 'x' }, { id: 'x' }, 'text', null, { state: 7 }])('in the form %j is refused', async (value) => {
    await asked()
    for (const name of ['signin/tokenExchange', 'signin/verifyState']) {
      const { status, messages } = await sandbox.teams.deliver(spot, (setting) => ({ ...activities.verifyState(setting, '1'), name, value }))
      expect(status).toBe(400)
      expect(messages).toEqual([])
    }
  })
})

test('a sign-in is waited for fifteen minutes: what comes later does nothing, and says so', async () => {
  await asked()
  const key = await (async () => {
    await sandbox.bot.stop()
    return personKey()
  })()
  await whileStopped(async (store) => {
    const stored = await store.get(key)
    const { views } = openPersonRecord(stored?.value).record
    const at = new Date(Date.now() - 16 * 60_000).toISOString()
    const later = Object.fromEntries(Object.entries(views).map(([chat, view]) => [chat, { ...view, ...(view.signIn && { signIn: { ...view.signIn, at } }) }]))
    await store.put(key, { ...Object(stored?.value), views: later }, stored?.etag)
  })
  sandbox.consented.add('kelley')
  expect((await sandbox.teams.exchange(spot)).answers).toMatchObject([{ status: 400 }])
  const late = await sandbox.teams.signIn(spot)
  expect(late.status).toBe(404)
  expect(late.messages.map(({ cards: [card] }) => titleOf(card))).toEqual(['That sign-in is no longer waited for'])
  const cards = () => sandbox.teams.messages().filter(({ signIn }) => signIn).length
  const before = cards()
  // The press has its answer before the person is asked.
  await conversation(sandbox).press('Sign in')
  await eventually(() => cards() > before, 'a card to sign in')
})

test('a token handed over a second time after a restart is dropped', async () => {
  await asked()
  const id = sandbox.teams.messages().findLast(({ signIn }) => signIn)?.signIn?.exchange?.id ?? ''
  await sandbox.teams.consent(spot)
  await sandbox.bot.restart()
  const kelley = conversation(sandbox)
  await kelley.say('sign me out')
  await kelley.say(asks)
  const { answers, messages } = await sandbox.teams.exchange(spot, { id })
  expect(answers).toMatchObject([{ status: 200 }])
  expect(messages).toEqual([])
})

test.each([
  ['signing out', async () => void (await conversation(sandbox).say('sign me out'))],
  [
    'being forgotten',
    async () => {
      const kelley = conversation(sandbox)
      await kelley.say('forget me')
      await kelley.press('Yes, forget me')
    },
  ],
  ['removing the app', async () => void (await sandbox.teams.deliver(spot, (setting) => activities.installation(setting, 'remove')))],
])('%s deletes the token', async (_how, leave) => {
  await asked()
  await sandbox.teams.consent(spot)
  expect(sandbox.tokens.signedIn()).toHaveLength(1)
  await leave()
  expect(sandbox.tokens.signedIn()).toEqual([])
})

test('being forgotten while the token cannot be deleted says so, and what to do', async () => {
  const kelley = await asked()
  await sandbox.teams.consent(spot)
  await kelley.say('forget me')
  sandbox.faults.login = 'down'
  const forgotten = await kelley.press('Yes, forget me')
  expect(forgotten.text).toContain('Only your sign-in is still there')
  sandbox.faults.login = 'fine'
  expect((await kelley.say('sign out')).text).toContain('You are signed out')
  expect(sandbox.tokens.signedIn()).toEqual([])
})

test('a sign-out takes back what was waited for: a token that comes late signs nobody in', async () => {
  const kelley = await asked()
  await kelley.say('sign me out')
  sandbox.consented.add('kelley')
  expect((await sandbox.teams.exchange(spot)).answers).toMatchObject([{ status: 400 }])
  expect(sandbox.tokens.signedIn()).toEqual([])
})

test('a failure that each of the person’s clients reports is told once, and one that Teams goes on with not at all', async () => {
  await asked()
  expect((await sandbox.teams.decline(spot, 'userconsentrequired')).messages).toEqual([])
  expect((await sandbox.teams.decline(spot, 'resourcematchfailed')).messages).toHaveLength(1)
  const again = await sandbox.teams.decline(spot, 'resourcematchfailed')
  expect([again.status, again.messages]).toEqual([200, []])
})

test('why no token is exchanged is in the log once, in the token store’s own word', async () => {
  await asked()
  for (const _ of [1, 2]) expect((await sandbox.teams.exchange(spot)).answers).toMatchObject([{ status: 412 }])
  expect(logOf(sandbox).filter(({ msg }) => msg === 'sign-in: the token store exchanged no token')).toEqual([
    expect.objectContaining({ code: 'ConsentRequired', setting: 'OAUTH_CONNECTION_NAME', fix: expect.any(String) }),
  ])
})

test.each(['the code is CODE', 'mon code est CODE merci', 'it says CODE', 'C ODE'])('a code is taken from words: %s', async (words) => {
  await asked()
  sandbox.consented.add('kelley')
  const code = await sandbox.tokens.signIn(kelleyHerself())
  const written = words.startsWith('C O') ? `${code.slice(0, 3)} ${code.slice(3)}` : words.replace('CODE', code)
  expect(titleOf((await conversation(sandbox).say(written)).card)).toBe('✔ You can do this')
})

test.each(['error code 500121', 'invoice 123456', 'we have 250000 users'])('%s is no code', async (text) => {
  const kelley = await asked()
  expect((await kelley.say(text)).text).not.toContain('That code did not work')
})

test('only yes, no and unknown of a proof are kept, and nothing of the token', async () => {
  await asked()
  await sandbox.teams.consent(spot)
  await conversation(sandbox).say('is it one tenant now?')
  await sandbox.bot.stop()
  const key = await personKey()
  const store = await fileStore(stateFolder)
  const stored = await store.get(key)
  await store.close()
  await sandbox.bot.restart()
  const { runs } = openPersonRecord(stored?.value).record.person
  expect(runs.find(({ proof }) => proof)?.proof).toEqual({ tenant: 'yes', microsoft365: 'yes', azure: 'yes', at: expect.any(String) })
  expect(JSON.stringify(stored)).not.toMatch(/ey[\w-]+\.ey|3c7a1f52|5e0d7c1a|Contoso|Kelley/)
})

test('the operator reads what kept somebody from signing in, and what to do about it', async () => {
  await asked()
  await sandbox.teams.decline(spot, 'resourcematchfailed')
  await sandbox.teams.signInAs(spot, tricia())
  const lines = logOf(sandbox).filter(({ setting }) => setting === 'OAUTH_CONNECTION_NAME')
  expect(lines).toEqual([
    expect.objectContaining({ code: 'resourcematchfailed', fix: expect.stringContaining('webApplicationInfo') }),
    expect.objectContaining({ reason: 'other-person', fix: expect.any(String) }),
  ])
})

const person = (key: string) => {
  const found = contoso.people.find((each) => each.key === key)
  if (!found) throw new Error(`${key} is not at Contoso`)
  return found
}
const tricia = () => person('tricia')
const kelleyHerself = () => person('kelley')

test('a missing permission is named to the operator, with what it would add', async () => {
  sandbox.faults.denied = ['RoleEligibilitySchedule.Read.Directory', 'RoleManagement.Read.Directory']
  const jane = conversation(sandbox, { person: 'jane' })
  await jane.open()
  await jane.say(asks)
  await sandbox.teams.consent({ ...spot, person: 'jane', chat: 'personal-jane' })
  await jane.say('who is an admin here?')
  const lines = logOf(sandbox).filter(({ permission }) => permission)
  for (const permission of sandbox.faults.denied)
    expect(lines).toContainEqual(expect.objectContaining({ permission, adds: expect.any(String), fix: expect.stringContaining('delegated') }))
})

test('a connection that the Azure Bot does not have is said plainly, to the person and to the operator', async () => {
  const other = await startSandbox({ singleSignOn: 'app', env: { OAUTH_CONNECTION_NAME: 'missing' } })
  try {
    const kelley = conversation(other)
    await kelley.open()
    const reply = await kelley.say(asks)
    expect(titleOf(reply.card)).toBe('? I could not check your role')
    expect(reply.text).toContain('The operator of this bot has to look at its credentials')
    expect(logOf(other)).toContainEqual(
      expect.objectContaining({ setting: 'OAUTH_CONNECTION_NAME', fix: expect.stringContaining('OAuth connection of this name') }),
    )
  } finally {
    await other.stop()
  }
})
