/** Which settings are well formed, each by itself, and do not go together? Found without asking anybody; said at start, and by `npm run doctor`. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '../config'
import type { Trouble } from './readiness'

/** `wrong`: something people ask for will fail. `warn`: it works, and will not for ever, or harms. */
export interface Contradiction extends Trouble {
  readonly level: 'wrong' | 'warn'
}

type Environment = Readonly<Record<string, string | undefined>>

interface Given {
  readonly config: Config
  readonly raw: (setting: string) => string | undefined
}

interface Rule {
  readonly level: Contradiction['level']
  readonly setting: string
  readonly when: (given: Given) => boolean
  readonly seen: string
  readonly fix: string
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const hostOf = (url: string | undefined): string => (url === undefined ? '' : new URL(url).hostname)

/** Endings of the hosts of each cloud. */
const clouds: Readonly<Record<string, readonly string[]>> = {
  public: ['graph.microsoft.com', 'management.azure.com', 'login.microsoftonline.com', 'login.windows.net'],
  'US Government': ['graph.microsoft.us', 'dod-graph.microsoft.us', 'management.usgovcloudapi.net', 'login.microsoftonline.us'],
  China: ['microsoftgraph.chinacloudapi.cn', 'management.chinacloudapi.cn', 'login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
}
const cloudOf = (url: string | undefined): string | undefined => Object.keys(clouds).find((cloud) => clouds[cloud]?.includes(hostOf(url)))

const differ = (...urls: readonly (string | undefined)[]): boolean => new Set(urls.flatMap((url) => cloudOf(url) ?? [])).size > 1

const isLocal = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.local') || host === '[::1]' || /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./.test(host)

const secretSettings = ['MicrosoftAppPassword', 'AZURE_CLIENT_SECRET']

const rules: readonly Rule[] = [
  {
    level: 'wrong',
    setting: 'MicrosoftAppPassword',
    when: ({ raw }) => guid.test(raw('MicrosoftAppPassword') ?? ''),
    seen: 'It looks like the id of a secret, not like its value.',
    fix: 'Copy the column “Value”, which is shown only when the secret is made; make a new one if it is gone.',
  },
  {
    level: 'wrong',
    setting: 'AZURE_CLIENT_SECRET',
    when: ({ raw }) => guid.test(raw('AZURE_CLIENT_SECRET') ?? ''),
    seen: 'It looks like the id of a secret, not like its value.',
    fix: 'Copy the column “Value”, which is shown only when the secret is made; make a new one if it is gone.',
  },
  {
    level: 'wrong',
    setting: 'MicrosoftAppTenantId',
    when: ({ config: { bot } }) => bot['MicrosoftAppTenantId'] === bot.MicrosoftAppId,
    seen: 'It is the same id as MicrosoftAppId.',
    fix: 'Copy the directory (tenant) id; it stands below the application id.',
  },
  {
    level: 'wrong',
    setting: 'AZURE_TENANT_ID',
    when: ({ config: { bot, directory }, raw }) =>
      raw('AZURE_CLIENT_ID') === undefined && bot.MicrosoftAppType === 'SingleTenant' && directory.tenantId !== bot['MicrosoftAppTenantId'],
    seen: 'It is another tenant than MicrosoftAppTenantId, where alone the bot’s registration can sign in.',
    fix: 'Remove it, or set AZURE_CLIENT_ID to an app of that tenant.',
  },
  {
    level: 'wrong',
    setting: 'ALLOWED_TENANTS',
    when: ({ config: { allowed, directory } }) =>
      directory.tenantId !== undefined && directory.tenantId !== '' && !allowed.tenants.includes(directory.tenantId),
    seen: 'It leaves out the tenant that look-ups are for, so the role of everybody who may write stays unknown.',
    fix: 'Add AZURE_TENANT_ID (or MicrosoftAppTenantId) to it, or set AZURE_TENANT_ID to the tenant of the people.',
  },
  {
    level: 'wrong',
    setting: 'AZURE_CLIENT_SECRET',
    when: ({ raw }) =>
      raw('AZURE_CLIENT_SECRET') !== undefined && raw('AZURE_CLIENT_ID') === undefined && raw('AZURE_CLIENT_SECRET') !== raw('MicrosoftAppPassword'),
    seen: 'It is set without AZURE_CLIENT_ID, so it is tried as another secret of the bot.',
    fix: 'Set AZURE_CLIENT_ID to the app it belongs to, or remove it.',
  },
  {
    level: 'warn',
    setting: 'AZURE_CLIENT_CERTIFICATE_PATH',
    when: ({ raw }) => raw('AZURE_CLIENT_CERTIFICATE_PATH') !== undefined && raw('MicrosoftAppPassword') !== undefined && raw('AZURE_CLIENT_ID') === undefined,
    seen: 'The bot signs in with MicrosoftAppPassword and its look-ups with this certificate, though both are of one app.',
    fix: 'Remove MicrosoftAppPassword; a certificate is enough for both.',
  },
  {
    level: 'wrong',
    setting: 'GRAPH_BASE_URL',
    when: ({ config: { directory } }) => differ(directory.graphBaseUrl, directory.armBaseUrl, directory.authorityHost),
    seen: 'GRAPH_BASE_URL, ARM_BASE_URL and AZURE_AUTHORITY_HOST are of different clouds.',
    fix: 'Give all three of one cloud, or none.',
  },
  {
    level: 'wrong',
    setting: 'ToChannelFromBotLoginUrl',
    when: ({ config: { bot, directory } }) => differ(bot['ToChannelFromBotLoginUrl'], directory.authorityHost),
    seen: 'The bot signs in to one cloud and its look-ups to another.',
    fix: 'Set AZURE_AUTHORITY_HOST, GRAPH_BASE_URL and ARM_BASE_URL to the cloud of the sovereign-cloud settings.',
  },
  {
    level: 'wrong',
    setting: 'ALLOWED_CHANNELS',
    when: ({ config: { allowed } }) => !allowed.channels.includes('msteams'),
    seen: 'It leaves out msteams, so nobody in Teams is answered.',
    fix: 'Add msteams, or leave it empty.',
  },
  {
    level: 'wrong',
    setting: 'ALLOWED_SERVICE_URLS',
    when: ({ config: { allowed, bot } }) =>
      bot['ToChannelFromBotLoginUrl'] === undefined &&
      !allowed.serviceUrls.some((host) => host === 'smba.trafficmanager.net' || host === '*.trafficmanager.net'),
    seen: 'It leaves out smba.trafficmanager.net, from where Teams calls in the public cloud.',
    fix: 'Add it, or leave the setting empty.',
  },
  {
    level: 'wrong',
    setting: 'PUBLIC_URL',
    when: ({ config: { http } }) => isLocal(hostOf(http.publicUrl)),
    seen: 'It names an address of this machine or of a private network, which Teams cannot reach.',
    fix: 'Give the https root under which the internet reaches the bot.',
  },
  {
    level: 'wrong',
    setting: 'PUBLIC_URL',
    when: ({ config: { http } }) => http.publicUrl?.endsWith('/api/messages') === true,
    seen: 'It is the messaging endpoint, not the root of it: pictures and pages are looked for below.',
    fix: 'Leave out /api/messages.',
  },
  {
    level: 'wrong',
    setting: 'METRICS_TOKEN',
    when: ({ raw }) => secretSettings.some((setting) => raw('METRICS_TOKEN') !== undefined && raw(setting) === raw('METRICS_TOKEN')),
    seen: 'It is a secret of an app, given away to whoever reads numbers.',
    fix: 'Give a random text of its own.',
  },
  {
    level: 'warn',
    setting: 'LOG_LEVEL',
    when: ({ config: { logLevel } }) => ['error', 'fatal', 'silent'].includes(logLevel),
    seen: 'Lines that say what to see to are not written.',
    fix: 'Leave it at info; warn at most.',
  },
  {
    level: 'warn',
    setting: 'RUN_RETENTION_DAYS',
    when: ({ config: { retentionDays } }) => retentionDays < 14,
    seen: 'People who go on after a week or two find their guide forgotten.',
    fix: 'Keep guides for 30 days at least; 365 is usual.',
  },
  {
    level: 'wrong',
    setting: 'NODE_TLS_REJECT_UNAUTHORIZED',
    when: ({ raw }) => raw('NODE_TLS_REJECT_UNAUTHORIZED') === '0',
    seen: 'Nobody’s certificate is checked, so that anybody on the way can read the bot’s secret.',
    fix: 'Remove it; NODE_EXTRA_CA_CERTS trusts one more authority.',
  },
]

const dayMs = 24 * 60 * 60_000
/** Days before the end at which it is said. */
const warnings = [3, 14, 30]

/** Undefined: it ends later than anybody needs to know. */
export const expiryOf = (what: string, setting: string, end: Date, now: Date, fix: string): Contradiction | undefined => {
  const days = (end.getTime() - now.getTime()) / dayMs
  const date = end.toISOString().slice(0, 10)
  if (days < 0) return { level: 'wrong', setting, seen: `${what} has expired on ${date}.`, fix }
  const within = warnings.find((limit) => days <= limit)
  return within === undefined ? undefined : { level: 'warn', setting, seen: `${what} expires on ${date}, within ${within} days.`, fix }
}

const certificateSetting = 'AZURE_CLIENT_CERTIFICATE_PATH'
const renew = 'Renew it, upload the new one to the app registration, then replace the file.'

/** Of the certificate in the file; a file that cannot be read was complained about before. */
const certificateTrouble = (path: string, now: Date): readonly Contradiction[] => {
  const { validFrom, validTo } = new X509Certificate(readFileSync(path, 'utf8'))
  if (new Date(validFrom) > now)
    return [
      {
        level: 'wrong',
        setting: certificateSetting,
        seen: `The certificate is valid only from ${new Date(validFrom).toISOString()}.`,
        fix: 'Check the clock of this machine, or wait.',
      },
    ]
  const ends = expiryOf('The certificate', certificateSetting, new Date(validTo), now, renew)
  return ends ? [ends] : []
}

/** Every one there is; of a configuration that `readConfig` accepted. */
export const contradictionsIn = (config: Config, environment: Environment, now: Date): readonly Contradiction[] => {
  const raw = (setting: string) => environment[setting]?.trim() || undefined
  const path = raw(certificateSetting)
  const found = rules.filter(({ when }) => when({ config, raw })).map(({ level, setting, seen, fix }) => ({ level, setting, seen, fix }))
  return [...found, ...(path === undefined ? [] : certificateTrouble(path, now))]
}
