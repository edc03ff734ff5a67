/** Environment in, `Config` out. Every problem is named at once, with the setting and what to do about it. */
import { X509Certificate, createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { DirectoryIdentity, DirectorySettings } from './directory'

export interface Config {
  readonly bot: BotRegistration
  readonly http: { readonly host: string; readonly port: number; readonly publicUrl: string | undefined }
  readonly directory: DirectorySettings & { readonly identity: DirectoryIdentity }
  /** The Azure Bot's OAuth connection people sign in with; undefined: nobody signs in, look-ups are the app's own. */
  readonly connectionName: string | undefined
  readonly allowed: {
    readonly tenants: readonly string[]
    readonly channels: readonly string[]
    /** Host names; a leading `*.` stands for any sub-domain. */
    readonly serviceUrls: readonly string[]
  }
  /** Messages and presses a minute. */
  readonly limits: { readonly person: number; readonly tenant: number }
  readonly store: StorePlace
  /** Secrets that record keys are hashed under, the newest first; none: one that is made once and kept with the store. */
  readonly recordKeys: readonly string[]
  readonly retentionDays: number
  /** How long the bot goes on after a stop signal while it says that it is not ready, so that nothing is sent to it any more. */
  readonly drainSeconds: number
  /** Bearer that may read `/metrics` from elsewhere; undefined: only this machine may. */
  readonly metricsToken: string | undefined
  /** What people write beside a thumb is kept. */
  readonly keepsFeedbackText: boolean
  readonly logLevel: LogLevel
}

export type StorePlace =
  | { readonly kind: 'memory' }
  | { readonly kind: 'file'; readonly path: string }
  /** `https://<account>.table.core.windows.net/<table>`, or the same of Cosmos DB for Table. */
  | { readonly kind: 'table'; readonly url: string }

/** What botbuilder itself reads, under its official names. */
export type BotRegistration = Readonly<Record<string, string>> & {
  readonly MicrosoftAppType: AppType
  readonly MicrosoftAppId: string
}

export type Problem = { readonly setting: string; readonly problem: string; readonly fix: string }

/** Thrown by `readConfig`; holds every problem of the environment. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ setting, problem, fix }) => `${setting}: ${problem} Fix: ${fix}`).join('\n'))
    this.name = 'ConfigError'
  }
}

const appTypes = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const
type AppType = (typeof appTypes)[number]
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

/** The connector's public and government hosts. */
const connectorHosts = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
  '*.botframework.com',
  '*.botframework.azure.us',
]

/** As soon as botbuilder is given one of these, none of the others keeps its default. */
const sovereignSettings = [
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'CallerId',
] as const

type Environment = Readonly<Record<string, string | undefined>>

const guid = z.guid('is not a GUID.').transform((id) => id.toLowerCase())
const httpsUrl = z.url({ protocol: /^https$/, error: 'is not an https address.' }).transform((url) => url.replace(/\/+$/, ''))
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number.')
  .transform(Number)
  .pipe(z.number().max(65_535, 'is above 65535.'))
const days = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'is not a whole number of days above 0.')
  .transform(Number)
const many = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'is not a whole number above 0.')
  .transform(Number)
const seconds = z
  .string()
  .regex(/^\d{1,3}$/, 'is not a whole number of seconds.')
  .transform(Number)
const list = z
  .string()
  .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
  .refine((items) => items.length > 0, 'names nothing.')
/** Short ones could be guessed by trying. */
const secretList = list.pipe(z.array(z.string().min(32, 'holds a key of fewer than 32 characters.')))
const longSecret = z.string().min(16, 'is shorter than 16 characters.')
const hostPattern = z
  .string()
  .regex(/^(\*\.)?[a-z0-9.-]+$/i, 'holds something that is not a host name.')
  .transform((host) => host.toLowerCase())

/** @throws ConfigError naming every setting that is missing or malformed. */
export const readConfig = (environment: Environment): Config => {
  const problems: Problem[] = []
  const raw = (setting: string) => environment[setting]?.trim() || undefined
  const complain = (setting: string, problem: string, fix: string) => problems.push({ setting, problem, fix })
  const read = <T>(setting: string, check: z.ZodType<T>, fix: string): T | undefined => {
    const value = raw(setting)
    if (value === undefined) return undefined
    const parsed = check.safeParse(value)
    if (parsed.success) return parsed.data
    complain(setting, parsed.error.issues[0]?.message ?? 'is not valid.', fix)
    return undefined
  }
  const must = <T>(setting: string, check: z.ZodType<T>, fix: string) => {
    if (raw(setting) === undefined) complain(setting, 'is missing.', fix)
    return read(setting, check, fix)
  }

  const type =
    read('MicrosoftAppType', z.enum(appTypes, `is none of ${appTypes.join(', ')}.`), 'Write it exactly so; leave it out for SingleTenant.') ?? 'SingleTenant'
  const appId = must('MicrosoftAppId', guid, 'Copy the application (client) id of the bot registration.') ?? ''
  const appTenant =
    type === 'MultiTenant'
      ? read('MicrosoftAppTenantId', guid, 'Copy the tenant id of the bot registration.')
      : must('MicrosoftAppTenantId', guid, 'Copy the tenant id of the bot registration (Azure Bot > Configuration).')

  const certificatePath = raw('AZURE_CLIENT_CERTIFICATE_PATH')
  const certificate = certificatePath === undefined ? undefined : readCertificate(certificatePath, complain)
  const password = raw('MicrosoftAppPassword')
  checkCredential(type, raw, complain)
  checkSovereign(raw, complain)

  const tenants = read('ALLOWED_TENANTS', list.pipe(z.array(guid)), 'Give tenant ids (GUIDs), separated by commas.')
  if (type === 'MultiTenant' && !tenants?.length)
    complain('ALLOWED_TENANTS', 'is missing, and a multi-tenant bot would answer anybody.', 'List the tenant ids that may use the bot, separated by commas.')

  const connectionName = raw('OAUTH_CONNECTION_NAME')
  checkSignInApp(type, raw, complain)
  const config: Config = {
    bot: registration({ type, appId, appTenant, password, certificate, raw }),
    http: {
      host: raw('HOST') ?? '0.0.0.0',
      port: read('PORT', port, 'Give a number from 0 to 65535; 3978 is usual.') ?? 3978,
      publicUrl: read('PUBLIC_URL', httpsUrl, 'Give the https root under which Teams reaches this bot, or leave it empty for cards without pictures.'),
    },
    directory: readDirectory({ type, appId, appTenant: appTenant ?? tenants?.[0], password, raw, read, complain }),
    connectionName,
    allowed: readAllowed(read, tenants ?? (appTenant ? [appTenant] : [])),
    limits: readLimits(read),
    ...readKept(raw, read, complain),
    drainSeconds: read('DRAIN_SECONDS', seconds, 'Give a whole number of seconds from 0 to 999; 5 is usual.') ?? 5,
    metricsToken: read('METRICS_TOKEN', longSecret, 'Give a long random text, or leave it empty: then only this machine may read /metrics.'),
    keepsFeedbackText: read('FEEDBACK_TEXT', z.literal('keep', 'is not keep.'), 'Write keep, or leave it out: then no comment is kept.') === 'keep',
    logLevel: read('LOG_LEVEL', z.enum(logLevels, `is none of ${logLevels.join(', ')}.`), 'Use one of these words; info is usual.') ?? 'info',
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

type Read = <T>(setting: string, check: z.ZodType<T>, fix: string) => T | undefined

const readAllowed = (read: Read, tenants: readonly string[]): Config['allowed'] => ({
  tenants,
  channels: read('ALLOWED_CHANNELS', list, 'Give channel ids, separated by commas; msteams is usual.') ?? ['msteams'],
  serviceUrls: read('ALLOWED_SERVICE_URLS', list.pipe(z.array(hostPattern)), 'Give host names of the connector, separated by commas.') ?? connectorHosts,
})

const readLimits = (read: Read): Config['limits'] => ({
  person: read('PERSON_LIMIT_PER_MINUTE', many, 'Give the messages and presses of one person in a minute; 60 is usual.') ?? 60,
  tenant: read('TENANT_LIMIT_PER_MINUTE', many, 'Give the messages and presses of all people of a tenant in a minute; 6000 is usual.') ?? 6_000,
})

type Complain = (setting: string, problem: string, fix: string) => void
type Raw = (setting: string) => string | undefined

/** One way for the bot to prove that it is itself, and not half of one. */
const checkCredential = (type: string, raw: Raw, complain: Complain): void => {
  const password = raw('MicrosoftAppPassword')
  if (type === 'UserAssignedMSI') {
    if (password) complain('MicrosoftAppPassword', 'is set, but a managed identity has no password.', 'Remove it, or set MicrosoftAppType to SingleTenant.')
  } else if (!password && !raw('AZURE_CLIENT_CERTIFICATE_PATH') && !raw('CertificateThumbprint')) {
    complain('MicrosoftAppPassword', 'is missing.', 'Set a client secret of the registration, or AZURE_CLIENT_CERTIFICATE_PATH for a certificate.')
  } else if (raw('CertificateThumbprint') && !raw('CertificatePrivateKey')) {
    complain('CertificatePrivateKey', 'is missing, while CertificateThumbprint is set.', 'Set both, or AZURE_CLIENT_CERTIFICATE_PATH instead.')
  }
}

/** People cannot sign in to a managed identity, so there has to be another app. */
const checkSignInApp = (type: string, raw: Raw, complain: Complain): void => {
  if (type === 'UserAssignedMSI' && raw('OAUTH_CONNECTION_NAME') && !raw('AZURE_CLIENT_ID'))
    complain(
      'AZURE_CLIENT_ID',
      'is missing: nobody can sign in to a managed identity.',
      'Give the id of an app registration that people sign in to and that trusts the managed identity (README, Signing in).',
    )
}

const checkSovereign = (raw: Raw, complain: Complain): void => {
  const set = sovereignSettings.filter((setting) => raw(setting))
  if (set.length === 0) return
  for (const setting of sovereignSettings.filter((name) => !raw(name)))
    complain(setting, `is missing, while ${set.join(', ')} is set.`, 'Set all six sovereign-cloud settings, or none.')
}

const registration = (given: {
  type: AppType
  appId: string
  appTenant: string | undefined
  password: string | undefined
  certificate: { thumbprint: string; key: string } | undefined
  raw: Raw
}): BotRegistration => {
  const { type, appId, appTenant, password, certificate, raw } = given
  const optional = {
    MicrosoftAppTenantId: appTenant,
    MicrosoftAppPassword: password,
    CertificateThumbprint: password ? undefined : (raw('CertificateThumbprint') ?? certificate?.thumbprint),
    CertificatePrivateKey: password ? undefined : (raw('CertificatePrivateKey') ?? certificate?.key),
    ...Object.fromEntries(sovereignSettings.map((setting) => [setting, raw(setting)])),
  }
  const set = Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(set), MicrosoftAppType: type, MicrosoftAppId: appId }
}

/** One PEM holds key and certificate; botbuilder wants the SHA-1 thumbprint and the key. */
const readCertificate = (path: string, complain: Complain) => {
  try {
    const pem = readFileSync(path, 'utf8')
    const certificate = new X509Certificate(pem)
    if (!certificate.checkPrivateKey(createPrivateKey(pem))) {
      complain(
        'AZURE_CLIENT_CERTIFICATE_PATH',
        'holds a key and a certificate that do not belong together.',
        'Put the key that the certificate was made with into the file.',
      )
      return undefined
    }
    const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/.exec(pem)?.[0] ?? ''
    return { thumbprint: certificate.fingerprint.replaceAll(':', ''), key }
  } catch (error) {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'names a file that is not there.'
        : 'is not a PEM with a private key and a certificate.'
    complain('AZURE_CLIENT_CERTIFICATE_PATH', why, 'Point it at one PEM file that holds both.')
    return undefined
  }
}

const readDirectory = (given: {
  type: AppType
  appId: string
  appTenant: string | undefined
  password: string | undefined
  raw: Raw
  read: Read
  complain: Complain
}): Config['directory'] => {
  const { type, appId, appTenant, password, raw, read } = given
  const clientId = read('AZURE_CLIENT_ID', guid, 'Copy the application (client) id of the look-up identity.') ?? appId
  return {
    tenantId: read('AZURE_TENANT_ID', guid, 'Copy the tenant id of the look-up identity.') ?? appTenant ?? '',
    clientId,
    botId: appId,
    // Where people sign in, AZURE_CLIENT_ID is what they sign in to; the bot's own managed identity vouches for it.
    identity: identityOf({ type, clientId: raw('OAUTH_CONNECTION_NAME') ? appId : clientId, password, raw }),
    graphBaseUrl: read('GRAPH_BASE_URL', httpsUrl, 'Give the https root of Microsoft Graph in your cloud, or leave it empty.') ?? 'https://graph.microsoft.com',
    armBaseUrl:
      read('ARM_BASE_URL', httpsUrl, 'Give the https root of Azure Resource Manager in your cloud, or leave it empty.') ?? 'https://management.azure.com',
    authorityHost:
      read('AZURE_AUTHORITY_HOST', httpsUrl, 'Give the https root of the sign-in host in your cloud, or leave it empty.') ??
      'https://login.microsoftonline.com',
    budgetMs: 4_000,
  }
}

const identityOf = (given: { type: AppType; clientId: string; password: string | undefined; raw: Raw }): DirectoryIdentity => {
  const { type, clientId, password, raw } = given
  const tokenFile = raw('AZURE_FEDERATED_TOKEN_FILE')
  if (tokenFile) return { kind: 'workload-identity', tokenFile }
  const path = raw('AZURE_CLIENT_CERTIFICATE_PATH')
  if (path) return { kind: 'certificate', path }
  const secret = raw('AZURE_CLIENT_SECRET')
  if (secret) return { kind: 'secret', secret }
  if (type === 'UserAssignedMSI') return { kind: 'managed-identity', clientId }
  return { kind: 'secret', secret: password ?? '' }
}

/** What is kept of people: where, under which secrets, and for how long. */
const readKept = (
  raw: Raw,
  read: <T>(setting: string, check: z.ZodType<T>, fix: string) => T | undefined,
  complain: Complain,
): Pick<Config, 'store' | 'recordKeys' | 'retentionDays'> => ({
  store: readStore(raw('STATE_STORE') ?? 'file:./.data', complain),
  recordKeys:
    read('RECORD_KEY', secretList, 'Give 32 or more random characters (openssl rand -base64 32), former keys after a comma; or leave it empty.') ?? [],
  retentionDays: read('RUN_RETENTION_DAYS', days, 'Give a whole number of days; 365 is usual.') ?? 365,
})

/** One table of an account of Azure Storage or Cosmos DB, in any cloud. */
const tableUrl = /^https:\/\/[a-z0-9][a-z0-9-]{2,49}\.table\.[a-z0-9.-]+(?::443)?\/[a-z][a-z0-9]{2,62}\/?$/i

/** The place that is named; undefined when it is none. */
export const readStorePlace = (value: string): StorePlace | undefined => {
  if (value === 'memory:') return { kind: 'memory' }
  if (value.startsWith('file:') && value.length > 'file:'.length) return { kind: 'file', path: value.slice('file:'.length) }
  return tableUrl.test(value) ? { kind: 'table', url: value.replace(/\/$/, '') } : undefined
}

const readStore = (value: string, complain: Complain): StorePlace => {
  const place = readStorePlace(value)
  if (place) return place
  complain(
    'STATE_STORE',
    'is neither memory:, nor file: with a path, nor the https address of a table.',
    'Use file:./.data, https://<account>.table.core.windows.net/<table>, or memory: to keep nothing over a restart.',
  )
  return { kind: 'memory' }
}
