/** Forty and more things that operators get wrong, each seeded by itself, and each named by the doctor with its setting and a fix. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { createArm } from '../../src/sandbox/arm'
import { createBotService } from '../../src/sandbox/bot-service'
import { armWithEstate, createEstate, graphWithEstate, operatorToken, type Estate } from '../../src/sandbox/estate'
import { createGraph } from '../../src/sandbox/graph'
import type { Handler } from '../../src/sandbox/http'
import { contoso, fabrikam } from '../../src/sandbox/tenants'
import { createTokenService } from '../../src/sandbox/token-service'
import { run, type DoctorOptions } from '../../src/tools/doctor'
import { buildPackage } from '../../src/tools/package'
import { armHost, clientId, graphHost, person, secret, startLoopback, type Loopback } from '../directory/loopback'

const publicUrl = 'https://onetenant.contoso.example'
const connectionName = 'entra'
const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
const root = join(__dirname, '..', '..')
const dayMs = 24 * 60 * 60_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs)

type Environment = Record<string, string | undefined>
const settings: Environment = {
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: clientId,
  MicrosoftAppPassword: secret,
  MicrosoftAppTenantId: contoso.id,
  PUBLIC_URL: publicUrl,
  OAUTH_CONNECTION_NAME: connectionName,
  STATE_STORE: `file:${join(folder, 'state')}`,
}

interface World {
  readonly env: Environment
  readonly estate: Estate
  readonly options: { -readonly [K in keyof DoctorOptions]: DoctorOptions[K] }
}

let cloud: Loopback
let tokenService: Handler
let botService: Handler

beforeAll(async () => {
  cloud = await startLoopback(['login.botframework.com', 'token.botframework.com'])
  const { authority } = cloud
  botService = (await createBotService(clientId)).handler
  tokenService = createTokenService({
    botAppId: clientId,
    verify: authority.verify,
    faults: cloud.faults,
    connection: { name: connectionName, gives: 'app' },
    people: contoso.people,
    personToken: () => '',
    onBehalfOf: async () => undefined,
    consented: new Set(),
  }).handler
  writeFileSync(join(folder, 'good.zip'), await buildPackage({ folder: join(root, 'appPackage'), environment: settings, version: '0.1.0' }))
  writeFileSync(join(folder, '.env'), 'MicrosoftAppId=x\n', { mode: 0o600 })
})
afterAll(async () => {
  await cloud.stop()
  rmSync(folder, { recursive: true, force: true })
})

const packageOf = async (change: Environment, name: string) => {
  const path = join(folder, `${name}.zip`)
  writeFileSync(path, await buildPackage({ folder: join(root, 'appPackage'), environment: { ...settings, ...change }, version: '0.1.0' }))
  return path
}

const settingsFileOf = (content: string, mode = 0o600) => {
  const path = join(folder, '.env-of-case')
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

const certificateOf = async (notBeforeDate: Date, notAfterDate: Date) => {
  const path = join(folder, 'bot.pem')
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'bot' }], { notBeforeDate, notAfterDate })
  writeFileSync(path, `${cert}\n${key}`)
  return path
}

/** What the doctor says of a world that differs from a good one by this. */
const doctor = async (seed: (world: World) => void | Promise<void> = () => undefined) => {
  const estate = createEstate({ appId: clientId, secret, publicUrl, connectionName })
  const kelley = person('kelley')
  const world: World = {
    env: { ...settings },
    estate,
    options: {
      packageFile: join(folder, 'good.zip'),
      settingsFile: join(folder, '.env'),
      credential: () => ({
        getToken: async (scope) => ({
          token: await operatorToken(cloud.authority, kelley, String(scope).replace('/.default', '')),
          expiresOnTimestamp: Date.now() + 60_000,
        }),
      }),
    },
  }
  const { verify } = cloud.authority
  cloud.serve('login.botframework.com', botService)
  cloud.serve('token.botframework.com', tokenService)
  cloud.serve(graphHost, graphWithEstate(createGraph({ verify, faults: cloud.faults }), estate, verify))
  cloud.serve(armHost, armWithEstate(createArm({ verify, faults: cloud.faults }), estate, verify))
  await seed(world)
  const lines: string[] = []
  const code = await run(world.env, (line) => void lines.push(line), world.options)
  cloud.reset()
  expect(lines.join('\n')).not.toMatch(/eyJ|Bearer/)
  expect(lines.join('\n')).not.toContain(secret)
  return { code, lines, of: (level: string) => lines.filter((line) => line.startsWith(`${level} `)) }
}

const application = ({ estate }: World) => estate.application as { [name: string]: unknown; api: { [name: string]: unknown; oauth2PermissionScopes: object[] } }
const botOf = ({ estate }: World) => estate.bots[0]?.properties ?? {}
const connectionOf = ({ estate }: World) => estate.connections[0]?.properties ?? {}
const set = (target: Record<string, unknown>, change: Record<string, unknown>) => void Object.assign(target, change)
const secretEnding = (days: number) => (world: World) =>
  set(application(world), { passwordCredentials: [{ hint: secret.slice(0, 3), endDateTime: inDays(days).toISOString() }] })
const withCertificate = (path: string, world: World) =>
  set(world.env, { AZURE_CLIENT_CERTIFICATE_PATH: path, MicrosoftAppPassword: undefined, OAUTH_CONNECTION_NAME: undefined })

test('nothing is wrong when all is well, and everything was looked at', async () => {
  const { code, of, lines } = await doctor()
  expect([of('wrong'), of('warn'), of('unknown')]).toEqual([[], [], []])
  expect(code).toBe(0)
  expect(lines.at(-1)).toBe('Nothing is wrong.')
  for (const seen of [
    /MicrosoftAppId: The registration is there/,
    /MicrosoftAppId: The app package is of this bot/,
    /PUBLIC_URL: The messaging endpoint is below it/,
    /ALLOWED_CHANNELS: .*Teams channel/,
    /OAUTH_CONNECTION_NAME: App, scope, addresses and tenant/,
    /OAUTH_CONNECTION_NAME: Teams in the browser is authorized/,
    /OAUTH_CONNECTION_NAME: User\.Read is consented to/,
    /MicrosoftAppPassword: The secret is of this registration/,
    /clock: .* is right/,
    /STATE_STORE: Records can be written and read/,
  ])
    expect(of('ok')).toContainEqual(expect.stringMatching(seen))
})

type Case = readonly [string, (world: World) => void | Promise<void>, level: 'wrong' | 'warn' | 'unknown' | 'note', named: RegExp]

const cases: readonly Case[] = [
  // What is set, against itself.
  [
    'the id of a secret in place of its value',
    ({ env }) => set(env, { MicrosoftAppPassword: '11111111-2222-4333-8444-555555555555' }),
    'wrong',
    /MicrosoftAppPassword: It looks like the id of a secret/,
  ],
  ['the app id as tenant id', ({ env }) => set(env, { MicrosoftAppTenantId: clientId }), 'wrong', /MicrosoftAppTenantId: It is the same id/],
  [
    'look-ups in a tenant where the bot is not',
    ({ env }) => set(env, { AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555' }),
    'wrong',
    /AZURE_TENANT_ID: It is another tenant/,
  ],
  [
    'people of one tenant, look-ups of another',
    ({ env }) => set(env, { ALLOWED_TENANTS: fabrikam.id }),
    'wrong',
    /ALLOWED_TENANTS: It leaves out the tenant that look-ups are for/,
  ],
  [
    'a secret without its app',
    ({ env }) => set(env, { AZURE_CLIENT_SECRET: 'something-else' }),
    'wrong',
    /AZURE_CLIENT_SECRET: It is set without AZURE_CLIENT_ID/,
  ],
  ['two clouds at once', ({ env }) => set(env, { GRAPH_BASE_URL: 'https://graph.microsoft.us' }), 'wrong', /GRAPH_BASE_URL: .*different clouds/],
  ['no Teams among the channels', ({ env }) => set(env, { ALLOWED_CHANNELS: 'webchat' }), 'wrong', /ALLOWED_CHANNELS: It leaves out msteams/],
  [
    'no connector of Teams among the hosts',
    ({ env }) => set(env, { ALLOWED_SERVICE_URLS: 'connector.contoso.com' }),
    'wrong',
    /ALLOWED_SERVICE_URLS: It leaves out smba\.trafficmanager\.net/,
  ],
  [
    'an address only this machine knows',
    ({ env }) => set(env, { PUBLIC_URL: 'https://localhost:3978' }),
    'wrong',
    /PUBLIC_URL: It names an address of this machine/,
  ],
  ['the endpoint as root', ({ env }) => set(env, { PUBLIC_URL: `${publicUrl}/api/messages` }), 'wrong', /PUBLIC_URL: It is the messaging endpoint/],
  ['a secret given to whoever reads numbers', ({ env }) => set(env, { METRICS_TOKEN: secret }), 'wrong', /METRICS_TOKEN: It is a secret of an app/],
  ['a log that says nothing', ({ env }) => set(env, { LOG_LEVEL: 'silent' }), 'warn', /LOG_LEVEL: /],
  ['guides forgotten within days', ({ env }) => set(env, { RUN_RETENTION_DAYS: '2' }), 'warn', /RUN_RETENTION_DAYS: /],
  ['certificates that nobody checks', ({ env }) => set(env, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }), 'wrong', /NODE_TLS_REJECT_UNAUTHORIZED: /],
  ['nothing kept over a restart', ({ env }) => set(env, { STATE_STORE: 'memory:' }), 'note', /STATE_STORE: Nothing is kept/],
  ['a store in a file', ({ env }) => set(env, { STATE_STORE: `file:${join(folder, 'good.zip')}` }), 'wrong', /STATE_STORE: The folder .* cannot be opened/],
  // What lies on this machine.
  [
    'a misspelt setting',
    ({ options }) => set(options, { settingsFile: settingsFileOf('MicrosoftAppPasword=x\nOAUTH_CONNECTIONNAME=x\n') }),
    'wrong',
    /OAUTH_CONNECTIONNAME: .*Is OAUTH_CONNECTION_NAME meant/,
  ],
  [
    'settings that others can read',
    ({ options }) => set(options, { settingsFile: settingsFileOf('', 0o644) }),
    'warn',
    /\.env: Others on this machine can read it/,
  ],
  [
    'a clock that is off',
    ({ options }) => set(options, { now: () => new Date(Date.now() + 11 * 60_000) }),
    'wrong',
    /clock: The clock of this machine is \d+ s off/,
  ],
  [
    'an expired certificate',
    async (world) => withCertificate(await certificateOf(inDays(-30), inDays(-1)), world),
    'wrong',
    /AZURE_CLIENT_CERTIFICATE_PATH: The certificate has expired/,
  ],
  [
    'a certificate that begins tomorrow',
    async (world) => withCertificate(await certificateOf(inDays(1), inDays(30)), world),
    'wrong',
    /AZURE_CLIENT_CERTIFICATE_PATH: The certificate is valid only from/,
  ],
  [
    'a certificate that ends within 14 days',
    async (world) => withCertificate(await certificateOf(inDays(-1), inDays(10)), world),
    'warn',
    /AZURE_CLIENT_CERTIFICATE_PATH: .*within 14 days/,
  ],
  [
    'a certificate nobody uploaded',
    async (world) => withCertificate(await certificateOf(inDays(-1), inDays(300)), world),
    'wrong',
    /AZURE_CLIENT_CERTIFICATE_PATH: The registration does not know this certificate/,
  ],
  // The app package.
  [
    'a package of another bot',
    async ({ options }) => set(options, { packageFile: await packageOf({ MicrosoftAppId: '11111111-2222-4333-8444-555555555555' }, 'other') }),
    'wrong',
    /MicrosoftAppId: The app package is of another bot/,
  ],
  [
    'a package without single sign-on',
    async ({ options }) => set(options, { packageFile: await packageOf({ OAUTH_CONNECTION_NAME: '' }, 'plain') }),
    'wrong',
    /OAUTH_CONNECTION_NAME: The app package declares no single sign-on/,
  ],
  [
    'a package that leads elsewhere',
    async ({ options }) => set(options, { packageFile: await packageOf({ PUBLIC_URL: 'https://old.contoso.example' }, 'old') }),
    'wrong',
    /PUBLIC_URL: The app package leads to pages of another address/,
  ],
  [
    'a package with single sign-on for a bot without',
    ({ env }) => set(env, { OAUTH_CONNECTION_NAME: undefined }),
    'wrong',
    /OAUTH_CONNECTION_NAME: It is empty, but the app package declares/,
  ],
  ['a package that is none', ({ options }) => set(options, { packageFile: join(folder, '.env') }), 'wrong', /MicrosoftAppId: The app package cannot be read/],
  // The app registration.
  ['a wrong secret', ({ env }) => set(env, { MicrosoftAppPassword: 'wrong' }), 'wrong', /MicrosoftAppId: The bot cannot sign in.*AADSTS7000215.*not its id/],
  [
    'a registration of another tenant',
    ({ estate }) => set(estate as never, { application: undefined }),
    'wrong',
    /MicrosoftAppId: The tenant of the bot has no registration of this id/,
  ],
  [
    'a registration for every tenant',
    (world) => set(application(world), { signInAudience: 'AzureADMultipleOrgs' }),
    'warn',
    /MicrosoftAppType: .*lets in other tenants too/,
  ],
  [
    'another application ID URI',
    (world) => set(application(world), { identifierUris: ['api://elsewhere'] }),
    'wrong',
    /OAUTH_CONNECTION_NAME: .*no application ID URI api:\/\/botid-/,
  ],
  ['no scope', (world) => set(application(world).api, { oauth2PermissionScopes: [] }), 'wrong', /OAUTH_CONNECTION_NAME: .*no scope access_as_user/],
  [
    'a disabled scope',
    (world) =>
      set(application(world).api, { oauth2PermissionScopes: application(world).api.oauth2PermissionScopes.map((scope) => ({ ...scope, isEnabled: false })) }),
    'wrong',
    /OAUTH_CONNECTION_NAME: .*access_as_user is disabled/,
  ],
  [
    'a scope for administrators',
    (world) =>
      set(application(world).api, { oauth2PermissionScopes: application(world).api.oauth2PermissionScopes.map((scope) => ({ ...scope, type: 'Admin' })) }),
    'warn',
    /OAUTH_CONNECTION_NAME: Only administrators/,
  ],
  ['tokens of version 1', (world) => set(application(world).api, { requestedAccessTokenVersion: null }), 'warn', /OAUTH_CONNECTION_NAME: .*version 1/],
  [
    'a Teams client that is not authorized',
    (world) => set(application(world).api, { preAuthorizedApplications: [] }),
    'wrong',
    /OAUTH_CONNECTION_NAME: Teams in the browser .*not authorized/,
  ],
  [
    'Teams authorized for something else',
    (world) => set(application(world).api, { preAuthorizedApplications: [{ appId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', delegatedPermissionIds: ['x'] }] }),
    'wrong',
    /OAUTH_CONNECTION_NAME: Teams on desktop.*not for access_as_user/,
  ],
  ['no redirect address', (world) => set(application(world), { web: { redirectUris: [] } }), 'warn', /OAUTH_CONNECTION_NAME: .*no redirect URI/],
  ['an expired secret', secretEnding(-2), 'wrong', /MicrosoftAppPassword: The secret has expired/],
  ['a secret that ends within 3 days', secretEnding(2), 'warn', /MicrosoftAppPassword: .*within 3 days/],
  ['a secret that ends within 14 days', secretEnding(12), 'warn', /MicrosoftAppPassword: .*within 14 days/],
  ['a secret that ends within 30 days', secretEnding(28), 'warn', /MicrosoftAppPassword: .*within 30 days/],
  ['no service principal', ({ estate }) => set(estate as never, { servicePrincipal: undefined }), 'wrong', /MicrosoftAppId: The app has no service principal/],
  ['a disabled app', ({ estate }) => set(estate.servicePrincipal ?? {}, { accountEnabled: false }), 'wrong', /MicrosoftAppId: The app is disabled/],
  ['no consent', ({ estate }) => void estate.grants.splice(0), 'note', /OAUTH_CONNECTION_NAME: User\.Read is not consented to/],
  // The Azure Bot.
  ['no Azure Bot in sight', ({ estate }) => void estate.bots.splice(0), 'unknown', /MicrosoftAppId: No Azure Bot of this id.*Reader/],
  ['an Azure Bot of another type', (world) => set(botOf(world), { msaAppType: 'MultiTenant' }), 'wrong', /MicrosoftAppType: .*the Azure Bot is MultiTenant/],
  [
    'an Azure Bot of another tenant',
    (world) => set(botOf(world), { msaAppTenantId: fabrikam.id }),
    'wrong',
    /MicrosoftAppTenantId: It is another tenant than the one of the Azure Bot/,
  ],
  ['no endpoint', (world) => set(botOf(world), { endpoint: '' }), 'wrong', /PUBLIC_URL: The Azure Bot has no messaging endpoint/],
  [
    'an endpoint without https',
    (world) => set(botOf(world), { endpoint: 'http://onetenant.contoso.example/api/messages' }),
    'wrong',
    /PUBLIC_URL: .*is not https/,
  ],
  [
    'an endpoint with another path',
    (world) => set(botOf(world), { endpoint: `${publicUrl}/messages` }),
    'wrong',
    /PUBLIC_URL: .*does not end in \/api\/messages/,
  ],
  [
    'an endpoint elsewhere',
    (world) => set(botOf(world), { endpoint: 'https://old.contoso.example/api/messages' }),
    'wrong',
    /PUBLIC_URL: It is .*but the messaging endpoint is/,
  ],
  ['no Teams channel', (world) => set(botOf(world), { enabledChannels: ['webchat'] }), 'wrong', /ALLOWED_CHANNELS: .*no Microsoft Teams channel/],
  [
    'a connection of another name',
    ({ env }) => set(env, { OAUTH_CONNECTION_NAME: 'another' }),
    'wrong',
    /OAUTH_CONNECTION_NAME: The Azure Bot has no connection “another” but “entra”/,
  ],
  [
    'a connection of another app',
    (world) => set(connectionOf(world), { clientId: '11111111-2222-4333-8444-555555555555' }),
    'wrong',
    /OAUTH_CONNECTION_NAME: The connection signs people in to another app/,
  ],
  ['another provider', (world) => set(connectionOf(world), { serviceProviderDisplayName: 'GitHub' }), 'wrong', /OAUTH_CONNECTION_NAME: .*provider is “GitHub”/],
  [
    'another scope',
    (world) => set(connectionOf(world), { scopes: 'openid profile' }),
    'wrong',
    /OAUTH_CONNECTION_NAME: The connection asks for openid profile/,
  ],
  [
    'another token exchange URL',
    (world) => set(connectionOf(world), { parameters: [{ key: 'tokenExchangeUrl', value: 'api://elsewhere' }] }),
    'wrong',
    /OAUTH_CONNECTION_NAME: .*token exchange URL is api:\/\/elsewhere/,
  ],
  [
    'a connection to another tenant',
    (world) => set(connectionOf(world), { parameters: [{ key: 'tenantId', value: fabrikam.id }] }),
    'wrong',
    /OAUTH_CONNECTION_NAME: The connection signs people in to another tenant/,
  ],
  [
    'a connection for everybody',
    (world) => set(connectionOf(world), { parameters: [{ key: 'tenantId', value: 'common' }] }),
    'warn',
    /OAUTH_CONNECTION_NAME: .*personal accounts/,
  ],
]

test('there are forty of them at least', () => expect(cases.length).toBeGreaterThanOrEqual(40))

test.each(cases)('%s', async (_what, seed, level, named) => {
  const { code, of, lines } = await doctor(seed)
  expect(of(level)).toContainEqual(expect.stringMatching(named))
  if (level !== 'note') expect(of(level).find((line) => named.test(line))).toMatch(/ Fix: \S.*/)
  expect(code).toBe(lines.some((line) => line.startsWith('wrong ')) ? 1 : 0)
  if (level === 'wrong') expect(code).toBe(1)
})

describe('what cannot be seen is unknown, with the permission that is needed', () => {
  test('nobody is signed in', async () => {
    const { code, of } = await doctor(({ options }) => set(options, { credential: () => ({ getToken: () => Promise.reject(new Error('run az login')) }) }))
    expect(of('unknown')).toEqual([
      expect.stringMatching(/MicrosoftAppId: The app registration .*Application\.Read\.All/),
      expect.stringMatching(/MicrosoftAppId: The Azure Bot .*Reader/),
    ])
    expect(code).toBe(0)
  })

  test.each([
    ['application', /The app registration cannot be read: the answer is 403.*Application\.Read\.All/],
    ['grants', /delegated permissions .*DelegatedPermissionGrant\.Read\.All/],
    ['connections', /The connections of the Azure Bot .*Reader/],
  ] as const)('%s may not be read', async (what, named) => {
    const { of } = await doctor(({ estate }) => void estate.denied.push(what))
    expect(of('unknown')).toEqual([expect.stringMatching(named)])
  })
})

test.each([['login.botframework.com'], ['token.botframework.com'], [graphHost], [armHost]])('%s hangs: the rest is told, within the limit', async (host) => {
  const { lines, of } = await doctor(({ options }) => {
    cloud.serve(host, 'hang')
    set(options, { limitMs: 1_500 })
  })
  expect(of('unknown')).toContainEqual(expect.stringMatching(/no answer in time\. Fix: /))
  expect(lines).toContainEqual(expect.stringMatching(/^ok +STATE_STORE/))
})

test('as one document, for a pipeline', async () => {
  const { lines, code } = await doctor((world) => {
    set(world.options, { json: true })
    secretEnding(-1)(world)
  })
  const { findings } = JSON.parse(lines.join('\n')) as { findings: { level: string; setting: string; seen: string; fix?: string }[] }
  expect(code).toBe(1)
  expect(findings.filter(({ level }) => level === 'wrong')).toEqual([
    { level: 'wrong', setting: 'MicrosoftAppPassword', seen: expect.stringContaining('has expired'), fix: expect.stringContaining('Make a new secret') },
  ])
})
