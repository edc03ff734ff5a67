/** The operator's check of the settings, run as a program against the cloud on loopback while the bot runs too. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contoso } from '../../src/sandbox/tenants'
import { startSandbox, type Sandbox } from '../support/harness'

const script = join(__dirname, '..', '..', 'dist', 'tools', 'doctor.js')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onetenant-doctor-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each([
  ['where nobody signs in', undefined],
  ['where people sign in', 'app'],
] as const)('%s', (_where, singleSignOn) => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox({ ...(singleSignOn && { singleSignOn }) })
  })
  afterAll(() => sandbox.stop())
  afterEach(() => Object.assign(sandbox.faults, { graph: 'fine', arm: 'fine', login: 'fine', denied: [] }))

  const doctor = async (env?: Record<string, string>) => {
    const { code, lines } = await sandbox.run(script, env)
    expect(lines.join('\n')).not.toMatch(/eyJ|Bearer/)
    expect(lines.join('\n')).not.toContain(sandbox.secret)
    return { code, lines, of: (level: string) => lines.filter((line) => line.startsWith(level)) }
  }

  test('nothing is wrong when all is well, and it says what it looked at', async () => {
    const { code, lines, of } = await doctor()
    expect(of('wrong')).toEqual([])
    expect(code).toBe(0)
    expect(lines.at(-1)).toBe('Nothing is wrong.')
    for (const setting of ['MicrosoftAppId', 'AZURE_CLIENT_ID', 'GRAPH_BASE_URL', 'ARM_BASE_URL', 'STATE_STORE', 'ToBotFromChannelOpenIdMetadataUrl'])
      expect(of('ok')).toContainEqual(expect.stringMatching(new RegExp(`^ok +${setting}: `)))
    expect(of('ok')).toContain('ok    STATE_STORE: A bot is running on this folder.')
    expect(of('note')).toContainEqual(expect.stringContaining('PUBLIC_URL: No bot answers under https://onetenant.contoso.example'))
  })

  test.each([
    ['a secret that is wrong', { MicrosoftAppPassword: 'wrong' }, 'AADSTS7000215', 'not its id'],
    ['an application id of nobody', { MicrosoftAppId: '11111111-2222-4333-8444-555555555555' }, 'AADSTS700016', 'application id'],
    ['a tenant that does not exist', { MicrosoftAppTenantId: '11111111-2222-4333-8444-555555555555' }, 'AADSTS90002', 'no tenant of this id'],
  ])('%s is told from other causes, with its fix', async (_what, env, code, fix) => {
    const result = await doctor(env)
    expect(result.code).toBe(1)
    const line = result.of('wrong').find((each) => each.startsWith('wrong MicrosoftAppId: '))
    expect(line).toContain(code)
    expect(line).toContain(fix)
  })

  test('parts of the cloud that are down are named, and no secret is blamed for it', async () => {
    sandbox.faults.login = 'down'
    const signIn = await doctor()
    expect(signIn.code).toBe(1)
    expect(signIn.of('wrong')).toContainEqual(expect.stringMatching(/^wrong AZURE_CLIENT_ID: .*service health/))
    expect(signIn.of('wrong').join()).not.toContain('secret')
    Object.assign(sandbox.faults, { graph: 'down', login: 'fine' })
    expect((await doctor()).of('wrong')).toEqual([expect.stringMatching(/^wrong GRAPH_BASE_URL: graph\.microsoft\.com is not available \(503\)/)])
  })

  test('a folder that cannot be opened, a host that cannot be reached', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    const { of } = await doctor({ STATE_STORE: `file:${file}`, ARM_BASE_URL: 'https://management.elsewhere.example' })
    expect(of('wrong')).toEqual([
      expect.stringMatching(/^wrong ARM_BASE_URL: management\.elsewhere\.example cannot be reached/),
      expect.stringMatching(/^wrong STATE_STORE: .* Fix: /),
    ])
  })

  test('malformed settings are named with their fixes, and nothing is sent', async () => {
    const before = sandbox.wires.length
    const { code, lines } = await doctor({ RUN_RETENTION_DAYS: '-1', LOG_LEVEL: 'chatty' })
    expect(code).toBe(2)
    expect(lines).toEqual([expect.stringMatching(/^wrong RUN_RETENTION_DAYS: .* Fix: /), expect.stringMatching(/^wrong LOG_LEVEL: .* Fix: /)])
    expect(sandbox.wires).toHaveLength(before)
  })

  if (singleSignOn === undefined) {
    test('each permission is granted or missing, with what it adds', async () => {
      sandbox.faults.denied = ['RoleManagement.Read.Directory']
      const { code, of } = await doctor()
      expect(code).toBe(0)
      expect(of('ok')).toContain(
        'ok    AZURE_CLIENT_ID: User.Read.All: the role of the person who asks; the names of those who hold a role; telling guests and disabled accounts from colleagues, and their language.',
      )
      expect(of('note')).toContain(
        'note  AZURE_CLIENT_ID: RoleManagement.Read.Directory is missing; it adds who holds the role that is needed. Fix: Grant it as application permission, with admin consent.',
      )
      expect(of('note')).toContainEqual(expect.stringMatching(/^note {2}OAUTH_CONNECTION_NAME: Nobody signs in/))
    })
  } else {
    test('application permissions are not used, and the delegated ones are listed', async () => {
      const { of } = await doctor()
      expect(of('note')).toContainEqual(expect.stringMatching(/AZURE_CLIENT_ID: Not used, .* User\.Read\.All/))
      for (const permission of ['User.Read', 'RoleEligibilitySchedule.Read.Directory', 'user_impersonation (Azure Service Management)'])
        expect(of('note')).toContainEqual(expect.stringContaining(`OAUTH_CONNECTION_NAME: ${permission}: `))
      expect(of('ok')).toContain('ok    OAUTH_CONNECTION_NAME: Its token exchange URL is the one in the app package.')
    })

    test('what only the operator may see is read with the Azure CLI, if somebody is signed in there', async () => {
      const before = await doctor()
      expect(before.of('unknown').join()).toContain('Application.Read.All')
      const tokens = join(folder, 'az.json')
      await writeFile(join(folder, 'az'), `#!/bin/sh\nexec "${process.execPath}" "${join(__dirname, 'az.cjs')}" "$@"\n`, { mode: 0o755 })
      const of = await Promise.all(
        ['https://graph.microsoft.com', 'https://management.azure.com'].map(async (each) => [each, await sandbox.operatorToken('kelley', each)]),
      )
      await writeFile(tokens, JSON.stringify(Object.fromEntries(of)))
      const signedIn = await doctor({ PATH: `${folder}:${process.env.PATH}`, AZ_TOKENS: tokens })
      expect([signedIn.of('unknown'), signedIn.of('wrong')]).toEqual([[], []])
      expect(signedIn.of('ok').join()).toContain('The Azure Bot has the Microsoft Teams channel')
    })

    test('a connection of another name, and another app for the look-ups', async () => {
      const other = await doctor({ OAUTH_CONNECTION_NAME: 'another' })
      expect([other.code, other.of('wrong')]).toEqual([1, [expect.stringMatching(/^wrong OAUTH_CONNECTION_NAME: .*“another” \(400\)\. Fix: /)]])
      const lookUps = await doctor({ AZURE_CLIENT_ID: '11111111-2222-4333-8444-555555555555', AZURE_TENANT_ID: contoso.id })
      expect(lookUps.of('wrong')).toContainEqual(expect.stringMatching(/^wrong AZURE_CLIENT_ID: People sign in to the bot’s app/))
    })
  }
})
