/** The bot as a process: how it starts, what it refuses to start with, what is left when it ends. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ClassicLevel } from 'classic-level'
import { generate } from 'selfsigned'
import { newPerson } from '../src/runs/person'
import { fileStore } from '../src/runs/file-store'
import { activities, conversation, eventually, startSandbox, startSteps } from './support/harness'

const root = join(__dirname, '..')
const built = join(root, 'dist', 'index.js')
const temporary = mkdtempSync(join(tmpdir(), 'onetenant-process-'))
const folder = (name: string) => mkdtempSync(join(temporary, `${name}-`))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const contoso = '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34'
const registration = { MicrosoftAppId: '11111111-2222-4333-8444-555555555555', MicrosoftAppTenantId: contoso }
const withSecret = { ...registration, MicrosoftAppPassword: 'not-to-be-seen' }
const alone = { HOST: '127.0.0.1', PORT: '0', STATE_STORE: 'memory:', DRAIN_SECONDS: '0' }

/** Nothing leaves this machine: there is no cloud here. */
const offline = `--import=${pathToFileURL(join(root, 'src', 'sandbox', 'redirect.mjs')).href}`

/** The built bot with these settings and no others. */
const launch = (env: Record<string, string>, { script = built, cwd = folder('cwd') } = {}) => {
  const child = spawn(process.execPath, [script], { env: { PATH: process.env.PATH ?? '', NODE_OPTIONS: offline, ...env }, cwd })
  const said = { out: '', errors: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.errors += text))
  const end = once(child, 'close').then(([code]) => ({ code, ...said }))
  return { end, said, kill: (signal: NodeJS.Signals) => child.kill(signal) }
}

/** The same, once it listens: its address. */
const started = async (...given: Parameters<typeof launch>) => {
  const bot = launch(...given)
  const address = await eventually(() => /"address":"(http:[^"]+)"/.exec(bot.said.out)?.[1], 'the bot listening', 50_000)
  return { ...bot, address }
}

/** Names of the settings that are complained about. */
const settingsIn = (errors: string): string[] =>
  errors
    .trim()
    .split('\n')
    .map((line) => line.split(':')[0] ?? '')

describe('a start that must not be', () => {
  test('names every setting that is wrong, each on a line with its fix, and shows no secret', async () => {
    const broken = {
      ...withSecret,
      MicrosoftAppId: 'onetenant',
      MicrosoftAppType: 'Single',
      PORT: '99999',
      PUBLIC_URL: 'http://onetenant.example',
      ALLOWED_TENANTS: 'contoso.com',
      STATE_STORE: 'https://account.blob.example/state',
      RUN_RETENTION_DAYS: '-1',
      LOG_LEVEL: 'chatty',
      OAuthUrl: 'https://tokengcch.botframework.azure.us/',
    }
    const { code, out, errors } = await launch(broken).end
    const sovereign = ['CallerId', 'ToBotFromChannelOpenIdMetadataUrl', 'ToBotFromChannelTokenIssuer', 'ToChannelFromBotLoginUrl', 'ToChannelFromBotOAuthScope']
    const wrong = ['ALLOWED_TENANTS', 'LOG_LEVEL', 'MicrosoftAppId', 'MicrosoftAppType', 'PORT', 'PUBLIC_URL', 'RUN_RETENTION_DAYS', 'STATE_STORE']
    expect([code, out]).toEqual([2, ''])
    expect(settingsIn(errors).toSorted()).toEqual([...sovereign, ...wrong].toSorted())
    for (const line of errors.trim().split('\n')) expect(line).toMatch(/^\w+: .+ Fix: .+\.$/)
    expect(errors).not.toContain('not-to-be-seen')
  })

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? String(address.port) : ''
    const { code, errors } = await launch({ ...withSecret, ...alone, PORT: port }).end
    other.close()
    expect([code, errors]).toEqual([2, expect.stringMatching(new RegExp(`^PORT: ${port} cannot be listened on \\(EADDRINUSE\\)\\. Fix: `))])
  })

  test('an address of another machine', async () => {
    const { code, errors } = await launch({ ...withSecret, ...alone, HOST: '203.0.113.9' }).end
    expect([code, settingsIn(errors)]).toEqual([2, ['HOST']])
  })

  test('a state folder that is a file', async () => {
    const file = join(folder('state'), 'file')
    writeFileSync(file, '')
    const { code, errors } = await launch({ ...withSecret, ...alone, STATE_STORE: `file:${file}` }).end
    expect([code, settingsIn(errors)]).toEqual([2, ['STATE_STORE']])
  })

  test('a build that lacks something ends with a failure, not with success', async () => {
    const copy = folder('copy')
    cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true, filter: (path) => !/model\.bin$|dist.sandbox|dist.tools/.test(path) })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
    const { code, errors } = await launch({ ...withSecret, ...alone }, { script: join(copy, 'dist', 'index.js') }).end
    expect(code).toBe(1)
    expect(errors).toMatch(/^The bot could not start\. .*model\.bin/)
  })
})

describe('a start that may be, and a stop', () => {
  const sovereign = {
    ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
    ToChannelFromBotOAuthScope: 'https://api.botframework.us',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
    OAuthUrl: 'https://tokengcch.botframework.azure.us/',
    CallerId: 'urn:botframework:azureusgov',
  }
  const withCertificate = async () => {
    const file = join(folder('certificate'), 'bot.pem')
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'bot' }])
    writeFileSync(file, `${cert}\n${key}`)
    return { ...registration, AZURE_CLIENT_CERTIFICATE_PATH: file }
  }

  test.each<[string, NodeJS.Signals, () => Promise<Record<string, string>>]>([
    ['a certificate', 'SIGTERM', withCertificate],
    ['a managed identity', 'SIGINT', async () => ({ ...registration, MicrosoftAppType: 'UserAssignedMSI' })],
    [
      'several tenants in a cloud of their own',
      'SIGTERM',
      async () => ({ ...withSecret, ...sovereign, MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: contoso }),
    ],
  ])('with %s, until %s', async (_name, signal, settings) => {
    const bot = await started({ ...(await settings()), ...alone })
    expect((await fetch(`${bot.address}/healthz`)).status).toBe(200)
    const ready = await fetch(`${bot.address}/readyz`)
    expect([ready.status, JSON.stringify(await ready.json())]).toEqual([503, expect.stringMatching(/ToBotFromChannelOpenIdMetadataUrl: .*MicrosoftAppId: /)])
    bot.kill(signal)
    expect(await bot.end).toMatchObject({ code: 0, errors: '' })
  })

  test('after a stop signal it says that it is not ready, and still answers until its balancer had time to hear', async () => {
    const bot = await started({ ...withSecret, ...alone, DRAIN_SECONDS: '3' })
    bot.kill('SIGTERM')
    await eventually(() => bot.said.out.includes('"setting":"DRAIN_SECONDS"'), 'the line that it is stopping')
    const [health, ready] = [await fetch(`${bot.address}/healthz`), await fetch(`${bot.address}/readyz`)]
    expect([health.status, ready.status, await ready.json()]).toEqual([200, 503, { status: 'not ready', problems: ['The process is stopping.'] }])
    expect(await bot.end).toMatchObject({ code: 0, errors: '' })
  })

  test('says at start which settings do not go together', async () => {
    const bot = await started({ ...withSecret, ...alone, ALLOWED_CHANNELS: 'webchat', RUN_RETENTION_DAYS: '2' })
    bot.kill('SIGTERM')
    const { out } = await bot.end
    expect(out).toMatch(/"level":50.*"setting":"ALLOWED_CHANNELS","cause":".*msteams.*","fix":/)
    expect(out).toMatch(/"level":40.*"setting":"RUN_RETENTION_DAYS"/)
  })

  test('with settings from .env, which the environment outweighs', async () => {
    const cwd = folder('env')
    const lines = Object.entries({ ...withSecret, ...alone, HOST: '203.0.113.9' }).map(([name, value]) => `${name}=${value}`)
    writeFileSync(join(cwd, '.env'), lines.join('\n'))
    const bot = await started({ HOST: '127.0.0.1' }, { cwd })
    expect(bot.address).toContain('127.0.0.1')
    bot.kill('SIGTERM')
    expect((await bot.end).code).toBe(0)
  })
})

/** Keys of people and threads; what the bot keeps for itself is beside the point. */
const records = async (path: string) => {
  const level = new ClassicLevel<string, string>(path)
  const keys = await level.keys().all()
  await level.close()
  return keys.filter((key) => !key.startsWith('kept/'))
}

/** Damages all that is stored at the moment, as a failing disk would. */
const damage = async (path: string) => {
  const level = new ClassicLevel<string, string>(path)
  await level.open()
  await level.compactRange('', '\uFFFF')
  await level.close()
  for (const file of readdirSync(path).filter((name) => /\.(?:ldb|sst)$/.test(name))) writeFileSync(join(path, file), 'damaged')
}

/** What a later build keeps of people cannot be read by this one; the store itself can be, so that the bot is ready. */
const writeAsLaterBuild = async (path: string) => {
  const keys = await records(path)
  const level = new ClassicLevel<string, string>(path)
  await level.batch(keys.map((key) => ({ type: 'put', key, value: JSON.stringify({ value: { v: 99 }, etag: 'later', at: new Date().toISOString() }) })))
  await level.close()
}

describe('what is kept', () => {
  test('goes when nobody touched it for as long as the operator says', async () => {
    const path = folder('state')
    const daysAgo = (days: number) => () => new Date(Date.now() - days * 24 * 60 * 60 * 1000)
    for (const [key, days] of [
      ['old', 31],
      ['young', 29],
    ] as const) {
      const store = await fileStore(path, { now: daysAgo(days) })
      await store.put(`person/${key}`, newPerson(), undefined)
      await store.close()
    }
    const bot = await started({ ...withSecret, ...alone, STATE_STORE: `file:${path}`, RUN_RETENTION_DAYS: '30' })
    bot.kill('SIGTERM')
    expect((await bot.end).out).toContain('"forgotten":1,"setting":"RUN_RETENTION_DAYS"')
    expect(await records(path)).toEqual(['person/young'])
  })

  test('outlives a process that is killed, and goes with the person who says so or leaves', async () => {
    const stateFolder = folder('state')
    const sandbox = await startSandbox({ stateFolder })
    try {
      const [kelley, tricia, jane] = ['kelley', 'tricia', 'jane'].map((person) => conversation(sandbox, { person }))
      if (!kelley || !tricia || !jane) throw new Error('somebody is missing')
      for (const each of [kelley, tricia, jane]) {
        await each.say('we have microsoft 365 and want azure')
        await startSteps(each, 'web')
      }
      await tricia.say('next')
      await sandbox.bot.restart('SIGKILL')
      expect((await tricia.say('which step am I on?')).text).toContain('Step 2 of 6')

      await kelley.say('forget me')
      await kelley.press('Yes, forget me')
      await sandbox.teams.deliver({ person: 'jane', chat: 'personal-jane', locale: 'en-US' }, (setting) => activities.installation(setting, 'remove'))
    } finally {
      await sandbox.stop()
    }
    // Kelley is forgotten. Jane took the app away, which keeps her guides.
    expect(await records(stateFolder)).toEqual([1, 2].map(() => expect.stringMatching(/^people\/[\w-]{43}$/)))

    await writeAsLaterBuild(stateFolder)
    await whoseRecordCannotBeRead(stateFolder)
  })

  /** Tricia's record is one of those that are left: it is not touched, and she is told why. */
  const whoseRecordCannotBeRead = async (stateFolder: string) => {
    const sandbox = await startSandbox({ stateFolder, recordsAreDamaged: true })
    try {
      const reply = await conversation(sandbox, { person: 'tricia', locale: 'fr-FR' }).say('suite')
      expect(reply.text).toContain('Une version plus récente de moi tient vos guides')
      expect((await conversation(sandbox).say('what is a tenant')).text).toContain('What a tenant is')
    } finally {
      await sandbox.stop()
    }
    const level = new ClassicLevel<string, string>(stateFolder)
    const texts = await level.values().all()
    await level.close()
    expect(texts.filter((text) => text.includes('"v":99'))).toHaveLength(2)
  }

  test('and when none of it can be read, the process lives but is not ready', async () => {
    const path = folder('state')
    const store = await fileStore(path)
    for (const key of ['a', 'z']) await store.put(key, 1, undefined)
    await store.close()
    await damage(path)
    const bot = await started({ ...withSecret, ...alone, STATE_STORE: `file:${path}` })
    await eventually(() => bot.said.out.includes('"check":"store"'), 'the line about the store', 20_000)
    const [health, ready] = [await fetch(`${bot.address}/healthz`), await fetch(`${bot.address}/readyz`)]
    expect([health.status, ready.status, await ready.json()]).toEqual([
      200,
      503,
      { status: 'not ready', problems: expect.arrayContaining([expect.stringMatching(/^STATE_STORE: .*cannot be read/)]) },
    ])
    bot.kill('SIGTERM')
    const { code, out } = await bot.end
    expect(code).toBe(0)
    expect(out).toContain('idle records could not be forgotten')
  })
})
