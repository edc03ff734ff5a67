/** Every setting: what is taken, what is refused, and how the refusal reads. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { ConfigError, readConfig } from '../src/config'

const guid = '11111111-2222-4333-8444-555555555555'
const good = {
  MicrosoftAppId: guid,
  MicrosoftAppPassword: 'a-secret',
  MicrosoftAppTenantId: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34',
}

const problemsOf = (environment: Record<string, string | undefined>): string[] => {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({ setting }) => setting)
  }
}

test('a registration with a secret is enough, and everything else has its default', () => {
  expect(readConfig(good)).toMatchObject({
    bot: { MicrosoftAppType: 'SingleTenant', MicrosoftAppId: guid },
    http: { host: '0.0.0.0', port: 3978, publicUrl: undefined },
    directory: {
      clientId: guid,
      tenantId: good.MicrosoftAppTenantId,
      identity: { kind: 'secret', secret: 'a-secret' },
      graphBaseUrl: 'https://graph.microsoft.com',
      budgetMs: 4_000,
    },
    allowed: { tenants: [good.MicrosoftAppTenantId], channels: ['msteams'] },
    store: { kind: 'file', path: './.data' },
    connectionName: undefined,
    limits: { person: 60, tenant: 6_000 },
    recordKeys: [],
    retentionDays: 365,
    drainSeconds: 5,
    keepsFeedbackText: false,
    logLevel: 'info',
  })
})

test('every problem is named at once, with its fix', () => {
  const broken = { MicrosoftAppId: 'not-a-guid', PORT: 'http', PUBLIC_URL: 'http://plain.example', LOG_LEVEL: 'loud', STATE_STORE: 'floppy:' }
  expect(problemsOf(broken).toSorted()).toEqual(
    ['LOG_LEVEL', 'MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId', 'PORT', 'PUBLIC_URL', 'STATE_STORE'].toSorted(),
  )
  expect(() => readConfig(broken)).toThrow(/^MicrosoftAppId: is not a GUID\. Fix: Copy the application \(client\) id/m)
})

test.each([
  ['MicrosoftAppId', undefined],
  ['MicrosoftAppId', '  '],
  ['MicrosoftAppId', 'x'],
  ['MicrosoftAppPassword', undefined],
  ['MicrosoftAppTenantId', undefined],
  ['MicrosoftAppTenantId', 'contoso.com'],
  ['MicrosoftAppType', 'SingelTenant'],
  ['MicrosoftAppType', 'singletenant'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PUBLIC_URL', 'onetenant.example'],
  ['AZURE_CLIENT_ID', 'x'],
  ['AZURE_TENANT_ID', 'x'],
  ['GRAPH_BASE_URL', 'http://graph.microsoft.com'],
  ['ARM_BASE_URL', 'management.azure.com'],
  ['AZURE_AUTHORITY_HOST', 'http://login.microsoftonline.com'],
  ['AZURE_CLIENT_CERTIFICATE_PATH', '/no/such/file.pem'],
  ['PORT', '3978.5'],
  ['PORT', '0x10'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['ALLOWED_TENANTS', 'contoso'],
  ['ALLOWED_TENANTS', `${guid}, contoso.com`],
  ['ALLOWED_TENANTS', ','],
  ['ALLOWED_CHANNELS', ' , ;'],
  ['ALLOWED_SERVICE_URLS', ';'],
  ['ALLOWED_SERVICE_URLS', '*'],
  ['ALLOWED_SERVICE_URLS', 'smba.*.net'],
  ['ALLOWED_SERVICE_URLS', 'https://smba.trafficmanager.net/'],
  ['STATE_STORE', 'redis://x'],
  ['STATE_STORE', 'file:'],
  ['STATE_STORE', './.data'],
  ['STATE_STORE', 'memory'],
  ['STATE_STORE', 'http://onetenant.table.core.windows.net/records'],
  ['STATE_STORE', 'http://127.0.0.1:10002/devstoreaccount1/records'],
  ['STATE_STORE', 'https://onetenant.blob.core.windows.net/records'],
  ['STATE_STORE', 'https://onetenant.table.core.windows.net/'],
  ['STATE_STORE', 'https://onetenant.table.core.windows.net/records/more'],
  ['STATE_STORE', 'https://onetenant.table.core.windows.net/records?sv=1'],
  ['RECORD_KEY', 'too-short'],
  ['RECORD_KEY', `${'long'.repeat(8)},short`],
  ['DRAIN_SECONDS', '-1'],
  ['DRAIN_SECONDS', '1000'],
  ['RUN_RETENTION_DAYS', '1.5'],
  ['RUN_RETENTION_DAYS', '100000'],
  ['RUN_RETENTION_DAYS', '0'],
  ['RUN_RETENTION_DAYS', 'a year'],
  ['PERSON_LIMIT_PER_MINUTE', '0'],
  ['TENANT_LIMIT_PER_MINUTE', 'many'],
  ['LOG_LEVEL', 'verbose'],
])('%s=%s is refused by its name', (setting, value) => {
  expect(problemsOf({ ...good, [setting]: value })).toEqual([setting])
})

test('settings are taken as people write them: with spaces around, in capitals, with a slash at the end', () => {
  const written = {
    MicrosoftAppId: ` ${guid} `,
    MicrosoftAppPassword: 'a-secret',
    MicrosoftAppTenantId: good.MicrosoftAppTenantId.toUpperCase(),
    PUBLIC_URL: 'https://onetenant.example.com//',
    ALLOWED_TENANTS: `${good.MicrosoftAppTenantId.toUpperCase()};${guid}`,
    ALLOWED_CHANNELS: 'msteams, directline',
    ALLOWED_SERVICE_URLS: 'SMBA.trafficmanager.net *.Botframework.com',
    GRAPH_BASE_URL: 'https://graph.microsoft.us/',
    RUN_RETENTION_DAYS: '30',
    OAUTH_CONNECTION_NAME: ' entra ',
    STATE_STORE: 'file:/var/lib/onetenant',
    PORT: '0',
  }
  expect(readConfig(written)).toMatchObject({
    bot: { MicrosoftAppId: guid, MicrosoftAppTenantId: good.MicrosoftAppTenantId },
    http: { port: 0, publicUrl: 'https://onetenant.example.com' },
    directory: { graphBaseUrl: 'https://graph.microsoft.us' },
    allowed: {
      tenants: [good.MicrosoftAppTenantId, guid],
      channels: ['msteams', 'directline'],
      serviceUrls: ['smba.trafficmanager.net', '*.botframework.com'],
    },
    store: { kind: 'file', path: '/var/lib/onetenant' },
    connectionName: 'entra',
    retentionDays: 30,
  })
})

test.each([
  'https://onetenant.table.core.windows.net/records',
  'https://onetenant.table.core.usgovcloudapi.net/records',
  'https://one-tenant.table.cosmos.azure.com/Records2',
  'https://one-tenant.table.cosmos.azure.com:443/records',
])('%s is a table', (url) => {
  expect(readConfig({ ...good, STATE_STORE: `${url}/` }).store).toEqual({ kind: 'table', url })
})

test('former keys of records stand behind the newest', () => {
  const [newest, former] = ['n'.repeat(32), 'f+/='.repeat(8)]
  expect(readConfig({ ...good, RECORD_KEY: `${newest}, ${former}` }).recordKeys).toEqual([newest, former])
})

test('an empty setting means its default', () => {
  const names = ['MicrosoftAppType', 'HOST', 'PORT', 'PUBLIC_URL', 'STATE_STORE', 'RECORD_KEY', 'ALLOWED_TENANTS', 'LOG_LEVEL', 'OAuthUrl', 'AZURE_CLIENT_ID']
  expect(readConfig({ ...good, ...Object.fromEntries(names.map((name) => [name, ''])) })).toEqual(readConfig(good))
})

test('no problem tells a secret', () => {
  const settings = { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: 'hush-hush', AZURE_CLIENT_SECRET: 'hush-hush', MicrosoftAppId: 'hush-hush' }
  expect(() => readConfig(settings)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hush-hush') }))
})

test.each([
  ['a secret of its own', { AZURE_CLIENT_SECRET: 's' }, { kind: 'secret', secret: 's' }],
  ['a workload identity', { AZURE_FEDERATED_TOKEN_FILE: '/var/run/token' }, { kind: 'workload-identity', tokenFile: '/var/run/token' }],
  ['the bot’s secret', {}, { kind: 'secret', secret: 'a-secret' }],
])('look-ups sign in with %s', (_name, change, identity) => {
  expect(readConfig({ ...good, ...change }).directory.identity).toEqual(identity)
})

test('look-ups may have a registration of their own', () => {
  const directory = { AZURE_CLIENT_ID: '22222222-3333-4444-8555-666666666666', AZURE_TENANT_ID: guid }
  expect(readConfig({ ...good, ...directory }).directory).toMatchObject({ clientId: directory.AZURE_CLIENT_ID, tenantId: guid })
})

test('a managed identity has no password, and looks things up itself', () => {
  const { MicrosoftAppPassword: _, ...rest } = good
  const settings = { ...rest, MicrosoftAppType: 'UserAssignedMSI' }
  expect(readConfig(settings).directory.identity).toEqual({ kind: 'managed-identity', clientId: guid })
  expect(problemsOf({ ...settings, MicrosoftAppPassword: 'x' })).toEqual(['MicrosoftAppPassword'])
})

test('nobody can sign in to a managed identity: where people sign in, an app registration is named, which the identity vouches for', () => {
  const { MicrosoftAppPassword: _, ...rest } = good
  const settings = { ...rest, MicrosoftAppType: 'UserAssignedMSI', OAUTH_CONNECTION_NAME: 'entra' }
  const AZURE_CLIENT_ID = '22222222-3333-4444-8555-666666666666'
  expect(problemsOf(settings)).toEqual(['AZURE_CLIENT_ID'])
  expect(readConfig({ ...settings, AZURE_CLIENT_ID }).directory).toMatchObject({
    clientId: AZURE_CLIENT_ID,
    botId: guid,
    identity: { kind: 'managed-identity', clientId: guid },
  })
})

test('a multi-tenant bot must say which tenants it serves', () => {
  const settings = { ...good, MicrosoftAppType: 'MultiTenant', MicrosoftAppTenantId: undefined }
  expect(problemsOf(settings)).toEqual(['ALLOWED_TENANTS'])
  expect(readConfig({ ...settings, ALLOWED_TENANTS: `${guid}, ${good.MicrosoftAppTenantId}` }).allowed.tenants).toHaveLength(2)
})

test('sovereign-cloud settings come together or not at all', () => {
  expect(problemsOf({ ...good, OAuthUrl: 'https://token.botframework.azure.us' })).toHaveLength(5)
  const all = {
    ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.us/x',
    ToChannelFromBotOAuthScope: 'https://api.botframework.us',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
    OAuthUrl: 'https://tokengcch.botframework.azure.us/',
    CallerId: 'urn:botframework:azureusgov',
  }
  expect(readConfig({ ...good, ...all }).bot).toMatchObject(all)
})

describe('a certificate in place of a password', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetenant-certificate-'))
  const file = join(folder, 'bot.pem')

  test('one PEM gives botbuilder its thumbprint and key, and the look-ups their certificate', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'bot' }])
    writeFileSync(file, `${key}\n${cert}`)
    const { MicrosoftAppPassword: _, ...rest } = good
    const config = readConfig({ ...rest, AZURE_CLIENT_CERTIFICATE_PATH: file })
    expect(config.bot.CertificateThumbprint).toMatch(/^[0-9A-F]{40}$/)
    expect(config.bot.CertificatePrivateKey).toContain('PRIVATE KEY')
    expect(config.directory.identity).toEqual({ kind: 'certificate', path: file })
  })

  test('a key that is not the certificate’s is refused', async () => {
    const [one, other] = await Promise.all([generate([{ name: 'commonName', value: 'a' }]), generate([{ name: 'commonName', value: 'b' }])])
    writeFileSync(file, `${one.private}\n${other.cert}`)
    expect(problemsOf({ ...good, AZURE_CLIENT_CERTIFICATE_PATH: file })).toEqual(['AZURE_CLIENT_CERTIFICATE_PATH'])
  })

  test('a thumbprint without its key is refused, both together are taken', () => {
    const { MicrosoftAppPassword: _, ...rest } = good
    expect(problemsOf({ ...rest, CertificateThumbprint: 'AB' })).toEqual(['CertificatePrivateKey'])
    expect(problemsOf({ ...rest, CertificatePrivateKey: 'key' })).toEqual(['MicrosoftAppPassword'])
    expect(readConfig({ ...rest, CertificateThumbprint: 'AB', CertificatePrivateKey: 'key' }).bot).toMatchObject({
      CertificateThumbprint: 'AB',
      CertificatePrivateKey: 'key',
    })
  })

  test('a PEM that lacks one of the two is refused', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    writeFileSync(file, privateKey)
    expect(problemsOf({ ...good, AZURE_CLIENT_CERTIFICATE_PATH: file })).toEqual(['AZURE_CLIENT_CERTIFICATE_PATH'])
  })
})

test('.env.sample names every setting the code reads, and no other', () => {
  const sample = readFileSync(join(__dirname, '..', '.env.sample'), 'utf8')
  const named = [...sample.matchAll(/^([A-Za-z_]+)=/gm)].map(([, name]) => name)
  const code = ['../src/config.ts', '../src/tools/package.ts', '../src/tools/package/settings.ts']
    .flatMap((file) => {
      try {
        return [readFileSync(join(__dirname, file), 'utf8')]
      } catch {
        return []
      }
    })
    .join('\n')
  expect(named.filter((name) => !code.includes(name ?? ''))).toEqual([])
  const read = [...code.matchAll(/(?:raw|read|must)\(\s*'([A-Za-z_]+)'/g)].map(([, name]) => name)
  expect(read.filter((name) => !named.includes(name) && !name?.startsWith('Certificate'))).toEqual([])
})
