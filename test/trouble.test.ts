/** When something fails around the bot: the person hears of it kindly, the operator finds the line, nothing is lost. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conversation, startSandbox, type Sandbox, startSteps } from './support/harness'

const folder = () => mkdtempSync(join(tmpdir(), 'onetenant-state-'))
const script = join(__dirname, '..', 'dist', 'index.js')

/** Starts the bot by itself and waits for its end. */
const run = async (env: Record<string, string>) => {
  const child = spawn(process.execPath, [script], { env: { PATH: process.env.PATH ?? '', ...env }, cwd: folder() })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const [code] = await once(child, 'exit')
  return { code, errors }
}

const registration = {
  MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
  MicrosoftAppPassword: 'secret',
  MicrosoftAppTenantId: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34',
}

describe('a start that must not be', () => {
  test('without settings it ends with code 2 and one line per problem', async () => {
    const { code, errors } = await run({})
    expect(code).toBe(2)
    expect(
      errors
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'])
    expect(errors).toMatch(/Fix: /)
  })

  test('a second process on the same state folder is a clear error', async () => {
    const stateFolder = folder()
    const sandbox = await startSandbox({ stateFolder })
    try {
      const { code, errors } = await run({ ...registration, STATE_STORE: `file:${stateFolder}`, PORT: '0' })
      expect(code).toBe(2)
      expect(errors).toMatch(/^STATE_STORE: the folder .* is in use by another process\. Fix: /)
    } finally {
      await sandbox.stop()
    }
  })
})

describe('around a running bot', () => {
  let sandbox: Sandbox
  const stateFolder = folder()

  beforeAll(async () => {
    sandbox = await startSandbox({ stateFolder })
  })
  afterEach(() => sandbox.connector.recover())
  afterAll(async () => {
    await sandbox.stop()
    rmSync(stateFolder, { recursive: true, force: true })
  })

  test('a card that is gone is answered with a new message', async () => {
    const jane = conversation(sandbox, { person: 'jane' })
    await jane.say('we have microsoft 365 and want azure')
    sandbox.connector.fail({ status: 404, code: 'ActivityNotFoundInConversation' })
    const reply = await startSteps(jane, 'web', { older: true })
    expect(reply.text).toContain('Step 1 of 6')
  })

  test('what is kept on disk holds no text, name, address, token or plain id', async () => {
    const kelley = conversation(sandbox)
    await kelley.say('we have microsoft 365 and want azure, says Kelley Wall')
    await kelley.say('what is my role?')
    await kelley.say('5e0d7c1a-2b34-4c56-8d78-9e0f1a2b3c4d')
    await sandbox.bot.restart()
    const kept = readdirSync(stateFolder)
      .map((file) => readFileSync(join(stateFolder, file), 'latin1'))
      .join('\n')
    expect(kept).toContain('azure-for-m365')
    for (const secret of ['Kelley', 'Wall', 'says', 'contoso', '5e0d7c1a', 'a1f0c3d2', '3c7a1f52', '29:1', 'a:personal', 'Administrator', 'eyJ'])
      expect([secret, kept.includes(secret)]).toEqual([secret, false])
  })

  test('a stop signal lets a turn in flight finish, and ends well', async () => {
    const kelley = conversation(sandbox)
    sandbox.faults.graph = 'slow'
    const answer = kelley.say('check my role')
    await new Promise((resolve) => setTimeout(resolve, 500))
    const code = await sandbox.bot.stop()
    sandbox.faults.graph = 'fine'
    expect(code).toBe(0)
    expect((await answer).text).toContain('I could not check your role')
  })
})

test('a memory store forgets at the end of the process, a file store does not', async () => {
  const sandbox = await startSandbox({ env: { STATE_STORE: 'memory:' } })
  try {
    const kelley = conversation(sandbox)
    await kelley.say('we have microsoft 365 and want azure')
    await sandbox.bot.restart()
    expect((await kelley.say('which step am I on?')).text).toContain('No guide is open')
  } finally {
    await sandbox.stop()
  }
})
