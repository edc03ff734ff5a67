/** The bot whose records are in a table: it signs in to it, makes it, and when the table fails people are told in time and the operator knows why. */
import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf } from '../src/runs/reading'
import { createTroubles } from '../src/sandbox/trouble'
import { describeTables, startAzurite, type Azurite } from './support/azurite'
import { tableAddress, tableHost } from './support/table-host'
import { conversation, eventually, logOf, startSandbox, startSteps, type Sandbox } from './support/harness'

describeTables('the bot on a table', () => {
  let azurite: Azurite
  let sandbox: Sandbox
  const troubles = createTroubles()

  beforeAll(async () => {
    azurite = await startAzurite()
    sandbox = await startSandbox({
      env: { STATE_STORE: tableAddress('records') },
      hosts: (verify) => ({ 'onetenant.table.core.windows.net': tableHost({ azurite, verify, troubles }) }),
    })
  })
  afterAll(async () => {
    troubles.recover()
    await sandbox?.stop()
    await azurite?.stop()
  })

  const ready = async () => {
    const response = await fetch(`${sandbox.bot.url}/readyz`)
    return [response.status, String(fieldsOf(await response.json()).problems)] as const
  }
  /** Once the check that runs in the background has noticed. */
  const readyWith = async (wanted: number) => {
    for (;;) {
      const [status, problems] = await ready()
      if (status === wanted) return problems
      await sleep(50)
    }
  }
  const lines = (msg: RegExp) => logOf(sandbox).filter((line) => msg.test(String(line.msg)))

  test('makes the table with the first record, and people keep their place over a restart', async () => {
    const kelley = conversation(sandbox)
    await kelley.say('we have microsoft 365 and want azure')
    await startSteps(kelley, 'web')
    await kelley.say('next')
    await sandbox.bot.restart('SIGKILL')
    expect((await kelley.say('which step am I on?')).text).toContain('Step 2 of 6')
    const keys: (string | undefined)[] = []
    for await (const { partitionKey } of azurite.client('records').listEntities()) keys.push(partitionKey)
    expect(keys).toContainEqual(expect.stringMatching(/^people!2F[\w-]{43}$/))
  })

  test('a table that is throttled for a moment is waited for', async () => {
    troubles.fail({ status: 503, code: 'ServerBusy' }, 2)
    expect((await conversation(sandbox).say('next')).text).toContain('Step 3 of 6')
  })

  test.each([
    ['throttled', { status: 503, code: 'ServerBusy', retryAfterSeconds: 30 } as const, /does not answer|is throttled/],
    [
      'forbidden',
      { status: 403, code: 'AuthorizationPermissionMismatch' } as const,
      /may not be used \(AuthorizationPermissionMismatch\).*Storage Table Data Contributor/,
    ],
    ['silent', 'hang' as const, /does not answer/],
    ['unreachable', 'reset' as const, /does not answer/],
  ])('one that is %s: an apology in time, not ready by name, one line with its fix, and afterwards all goes on', async (_what, trouble, says) => {
    const kelley = conversation(sandbox)
    const before = lines(/^the store cannot be used/).length
    troubles.fail(trouble, Number.POSITIVE_INFINITY)
    const began = Date.now()
    const [failed, problems] = await Promise.all([kelley.say('which step am I on?'), readyWith(503)]).finally(() => troubles.recover())
    expect(Date.now() - began).toBeLessThan(12_000)
    expect(failed.text).toMatch(/was not carried out|nothing was changed/)
    expect(problems).toMatch(/^STATE_STORE: .* Fix: /)
    expect(problems).toMatch(says)
    expect((await kelley.say('which step am I on?')).text).toContain('Step 3 of 6')
    await readyWith(200)
    const since = () => lines(/^the store cannot be used/).slice(before)
    await eventually(() => since().length > 0, 'the line that says so')
    const said = since()
    expect(said).toEqual([expect.objectContaining({ setting: 'STATE_STORE', cause: expect.stringMatching(/^the table records/), fix: expect.any(String) })])
    await eventually(() => lines(/can be used again/).length > 0, 'the line that it is over')
  })
})
