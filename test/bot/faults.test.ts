/** What fails around a turn, or in it: the person gets a true sentence as soon as one can be sent, the operator a line with cause, setting and fix, and after the fault the next word works. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fieldsOf } from '../../src/runs/reading'
import { refusal } from '../../src/sandbox/entra-refusal'
import { reset } from '../../src/sandbox/http'
import type { Trouble } from '../../src/sandbox/trouble'
import { conversation, eventually, logOf, startSandbox, type Sandbox } from '../support/harness'

let sandbox: Sandbox
const folder = mkdtempSync(join(tmpdir(), 'faulty-dialogs-'))
const faultFile = join(folder, 'fault')

beforeAll(async () => {
  writeFileSync(faultFile, '')
  sandbox = await startSandbox({ script: join(__dirname, 'bot-and-faulty-dialogs.cjs'), env: { DIALOG_FAULT_FILE: faultFile }, crowd: 20 })
})
afterAll(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
})

afterEach(() => {
  for (const part of [sandbox.ownSignIn, sandbox.keys, sandbox.connector]) part.recover()
  sandbox.faults.graph = 'fine'
  writeFileSync(faultFile, '')
})

let next = 0
const somebody = (locale = 'en-US') => conversation(sandbox, { person: `p${(next += 1)}`, locale })
const lines = (msg: string) => logOf(sandbox).filter((line) => line.msg === msg)

describe('the bot cannot sign in to write to people', () => {
  const owed = 'an answer could not be shown; it is owed'
  const entra = (status: number, error: string, code: number): Trouble => ({ answer: refusal(status, error, code, 'As the sandbox was told.') })
  const rows: readonly (readonly [name: string, trouble: Trouble, expected: Readonly<Record<string, string>>])[] = [
    ['an expired secret', entra(401, 'invalid_client', 7000222), { code: 'AADSTS7000222', setting: 'MicrosoftAppPassword', fix: 'expired' }],
    ['a wrong secret', entra(401, 'invalid_client', 7000215), { code: 'AADSTS7000215', setting: 'MicrosoftAppPassword', fix: 'wrong' }],
    ['no such app', entra(400, 'unauthorized_client', 700016), { code: 'AADSTS700016', setting: 'MicrosoftAppId', fix: 'no app of this id' }],
    ['no such tenant', entra(400, 'invalid_request', 90002), { code: 'AADSTS90002', setting: 'MicrosoftAppTenantId', fix: 'no tenant of this id' }],
    ['a refusal nobody knows', entra(400, 'invalid_grant', 53003), { code: 'AADSTS53003', setting: 'MicrosoftAppId', fix: 'npm run doctor' }],
    ['an endpoint that is down', entra(503, 'temporarily_unavailable', 90033), { code: 'AADSTS90033', setting: 'ToChannelFromBotLoginUrl', fix: 'reached' }],
    ['cut connections', { answer: reset }, { code: '', setting: 'ToChannelFromBotLoginUrl', fix: 'reached' }],
    ['silence', 'hang', { code: 'ETIMEDOUT', setting: 'ToChannelFromBotLoginUrl', fix: 'reached' }],
  ]

  /** A bot that listens and has no token yet; it is ready, as the promise inside says, once it has one. */
  const restartUnsigned = async (): Promise<readonly [Promise<void>]> => {
    sandbox.ownSignIn.fail('hang', Number.POSITIVE_INFINITY)
    const before = lines('listening').length
    const restarted = sandbox.bot.restart()
    await eventually(() => lines('listening').length > before, 'the line that it listens', 20_000)
    return [restarted]
  }

  test('a message is answered 503 and owed, each line names Entra’s code, setting and fix, a press is answered, and afterwards the next word brings it', async () => {
    const presser = somebody()
    await presser.say('hello')
    const [restarted] = await restartUnsigned()

    const people = []
    for (const [name, trouble, { code = '', setting, fix = '' }] of rows) {
      // At one go, so that the bot never gets a token in between.
      sandbox.ownSignIn.recover()
      sandbox.ownSignIn.fail(trouble, Number.POSITIVE_INFINITY)
      const [who, before] = [somebody(), lines(owed).length]
      people.push(who)
      const { status, messages } = await who.say('what is a tenant')
      expect([name, status, messages]).toEqual([name, 503, []])
      const line = await eventually(() => lines(owed)[before], `the line about ${name}`)
      expect(line).toMatchObject({
        level: 50,
        setting,
        fix: expect.stringContaining(fix),
        cause: expect.stringContaining(code),
        error: { name: 'SignInError' },
      })
    }
    // Once a minute, however many there are.
    expect(lines('the bot could not sign in, so it can write to nobody')).toEqual([expect.objectContaining({ level: 50, cause: 'AADSTS7000222' })])

    expect((await presser.press('What else can you do?')).text).toContain('What you can ask me')
    sandbox.ownSignIn.recover()
    await restarted
    const after = await Promise.all(people.map((who) => who.say('thanks')))
    for (const { status, text } of after) {
      expect(status).toBe(200)
      expect(text).toContain('did not reach you')
      expect(text).toContain('What a tenant is')
    }
  }, 120_000)

  test('a trouble that passes at once is asked over, and nobody notices', async () => {
    const [restarted] = await restartUnsigned()
    sandbox.ownSignIn.recover()
    sandbox.ownSignIn.fail(entra(503, 'temporarily_unavailable', 90033))
    expect(await somebody().say('what is a tenant')).toMatchObject({ status: 200, text: expect.stringContaining('What a tenant is') })
    await restarted
  })
})

test('the keys of the Bot Service cannot be read at the start: not ready, 503 for who comes, and the next word after that works', async () => {
  const who = somebody('fr-FR')
  sandbox.keys.fail({ status: 503, code: 'ServiceUnavailable' }, Number.POSITIVE_INFINITY)
  const restarted = sandbox.bot.restart()
  const notReady = await eventually(() => lines('the keys of the Bot Service could not be read').at(-1), 'the line about the keys', 20_000)
  expect(notReady).toMatchObject({ level: 50, cause: 'answered 503', setting: 'ToBotFromChannelOpenIdMetadataUrl', fix: expect.any(String) })
  const { problems } = fieldsOf(await (await fetch(`${sandbox.bot.url}/readyz`)).json())
  expect(String(problems)).toMatch(/ToBotFromChannelOpenIdMetadataUrl: /)
  expect((await who.say('bonjour')).status).toBe(503)
  sandbox.keys.recover()
  await restarted
  expect((await who.say('bonjour')).status).toBe(200)
  // From now on they may be away.
  sandbox.keys.fail('hang', Number.POSITIVE_INFINITY)
  expect((await who.say('merci')).status).toBe(200)
  sandbox.keys.recover()
})

test('Graph and the connector hang at once: the turn ends within Teams’ patience, and the next word brings what is owed', async () => {
  const who = somebody()
  await who.say('hello')
  const chat = who.messages()[0]?.chat
  sandbox.faults.graph = 'slow'
  sandbox.connector.fail('hang', Number.POSITIVE_INFINITY)
  expect([chat, (await who.say('what is my role?')).status]).toEqual([chat, 200])
  sandbox.faults.graph = 'fine'
  sandbox.connector.recover()
  expect((await who.say('thanks')).text).toContain('did not reach you')
})

describe('a dialog throws', () => {
  const opening: Readonly<Record<string, string>> = {
    'azure-for-m365': 'we have microsoft 365 and want azure',
    'm365-for-azure': 'we have azure and want microsoft 365',
    'link-existing': 'Link Azure and Microsoft 365',
    'check-role': 'what is my role?',
    'verify-setup': 'verify my setup',
    'find-admin': 'who can help me in my company?',
    lines: 'who are you?',
    controls: 'help',
  }

  test.each(Object.entries(opening))(
    '%s: the person is told that it was not carried out, the line has the reference, and it can be said again',
    async (dialog, words) => {
      const who = somebody()
      writeFileSync(faultFile, dialog)
      const failed = await who.say(words)
      writeFileSync(faultFile, '')
      expect([failed.status, failed.messages.length]).toEqual([200, 1])
      expect(failed.text).toContain('What you last did was not carried out')
      const reference = /\b[0-9a-f]{8}\b/.exec(failed.text)?.[0]
      const line = await eventually(() => lines('a turn failed').find((each) => each.reference === reference), `the line of ${dialog}`)
      expect(line).toMatchObject({ level: 50, error: { name: 'TypeError', at: expect.any(Array) }, fix: expect.any(String) })
      expect(JSON.stringify(line)).not.toContain('Kelley')
      const again = await who.say(words)
      expect([again.status, again.messages.length]).toEqual([200, 1])
      expect(again.text).not.toContain('Something went wrong')
    },
  )
})
