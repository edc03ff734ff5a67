/** Environment in, what an app package is made with out; every problem is named at once. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ConfigError, type Problem } from '../../config'

export interface PackageSettings {
  /** What stands in for `${{NAME}}` in the manifest and the language files. */
  readonly values: Readonly<Record<string, string>>
  /** Whether the bot signs people in, which the package then has to declare. */
  readonly signsIn: boolean
  /** Behind the name of the app. */
  readonly nameSuffix: string
  /** Set by the operator; undefined: the name of the product stands in. */
  readonly developer: string | undefined
  readonly publicUrl: string
  readonly variant: Variant
}

/** `production`: for the organization; `dev`: installed beside it, for trying out; `store`: what the store of Microsoft Teams is given. */
export const variants = ['production', 'dev', 'store'] as const
export type Variant = (typeof variants)[number]

type Environment = Readonly<Record<string, string | undefined>>

const guid = z.guid('is not a GUID.').transform((id) => id.toLowerCase())
const httpsUrl = z.url({ protocol: /^https$/, error: 'is not an https address.' }).transform((url) => url.replace(/\/+$/, ''))
const developerName = z.string().max(32, 'is longer than 32 characters.')

/** An id that is always the same for an id, and another one: a UUID of version 5. */
const idBeside = (id: string): string => {
  const hash = createHash('sha1')
    .update(Buffer.from(id.replaceAll('-', ''), 'hex'))
    .update('dev')
    .digest('hex')
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, `${variant}${hash.slice(18, 20)}`, hash.slice(20, 32)].join('-')
}

/** @throws ConfigError naming every setting that is missing or malformed. */
export const readSettings = (environment: Environment, version: string, variant: Variant = 'production'): PackageSettings => {
  const problems: Problem[] = []
  const read = (setting: string, check: z.ZodType<string>, fix: string, preset?: string): string => {
    const value = environment[setting]?.trim() || preset
    const parsed = check.safeParse(value ?? '')
    if (parsed.success) return parsed.data
    problems.push({
      setting,
      problem: value === undefined ? 'is missing.' : (parsed.error.issues[0]?.message ?? 'is not valid.'),
      fix,
    })
    return ''
  }
  const botId = read('MicrosoftAppId', guid, 'Copy the application (client) id of the bot registration.')
  const appId = environment['TEAMS_APP_ID']?.trim() ? read('TEAMS_APP_ID', guid, 'Give a GUID of your own, or leave it out.') : botId
  const values = {
    MicrosoftAppId: botId,
    SIGN_IN_APP_ID:
      environment['MicrosoftAppType']?.trim() === 'UserAssignedMSI' && environment['AZURE_CLIENT_ID']?.trim()
        ? read('AZURE_CLIENT_ID', guid, 'Copy the application (client) id of the app that people sign in to.')
        : botId,
    // The id of the bot is unique and stays, which is all Teams asks of the id of the app.
    TEAMS_APP_ID: variant === 'dev' && problems.length === 0 ? idBeside(appId) : appId,
    PUBLIC_URL: read('PUBLIC_URL', httpsUrl, 'Give the https root of this bot; the app links to its privacy and terms pages.'),
    DEVELOPER_NAME: read('DEVELOPER_NAME', developerName, 'Give the name of your organization, at most 32 characters.', 'OneTenant'),
    VERSION: version,
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    values,
    signsIn: Boolean(environment['OAUTH_CONNECTION_NAME']?.trim()),
    nameSuffix: variant === 'dev' ? ' (dev)' : '',
    developer: environment['DEVELOPER_NAME']?.trim() || undefined,
    publicUrl: values.PUBLIC_URL,
    variant,
  }
}
