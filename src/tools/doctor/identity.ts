/** Whether Entra lets the bot and its look-ups in, and what an administrator allowed them to see. */
import type { Config } from '../../config'
import { CouldNotLook, appToken, fixOfSignIn, permissionsIn, type DirectoryIdentity } from '../../directory'
import { permissionFor, permissions, type Look, type Way } from '../../directory/permissions'
import { note, ok, wrong, type Finding } from './finding'

const looks = Object.keys(permissions) as Look[]

/** Each permission once, with all that it adds. */
const neededBy = (way: Way): ReadonlyMap<string, string> => {
  const needed = new Map<string, string>()
  for (const look of looks) {
    const { name, adds } = permissionFor(look, way)
    if (name !== undefined) needed.set(name, [needed.get(name), adds].filter(Boolean).join('; '))
  }
  return needed
}

/** Why no token was given. @throws what is no answer of a sign-in. */
const refusedSignIn = (setting: string, what: string, error: unknown): Finding => {
  if (!(error instanceof CouldNotLook)) throw error
  const { reason, detail } = error
  return wrong(setting, `${what} (${detail.code ?? reason}).`, fixOfSignIn(reason, detail.code))
}

const connectorScope = 'https://api.botframework.com'
const anyTenant = 'botframework.com'

/** The identity that may be asked for tokens here; a thumbprint with its key is known to botbuilder only. */
const botIdentity = ({ bot, directory }: Config): DirectoryIdentity | undefined => {
  if (bot.MicrosoftAppType === 'UserAssignedMSI') return { kind: 'managed-identity', clientId: bot.MicrosoftAppId }
  if (bot['MicrosoftAppPassword']) return { kind: 'secret', secret: bot['MicrosoftAppPassword'] }
  return directory.identity.kind === 'certificate' ? directory.identity : undefined
}

/** Without a token the findings say why. */
interface SignedIn {
  readonly token?: string
  readonly findings: readonly Finding[]
}

/** The bot itself, with the token it writes to people with. */
export const botSignIn = async (config: Config): Promise<SignedIn> => {
  const { bot, directory } = config
  const identity = botIdentity(config)
  if (!identity)
    return { findings: [note('CertificateThumbprint', 'Whether the bot can sign in with it is not checked.', 'AZURE_CLIENT_CERTIFICATE_PATH can be checked.')] }
  const tenantId = bot.MicrosoftAppType === 'MultiTenant' ? anyTenant : (bot['MicrosoftAppTenantId'] ?? '')
  try {
    const scope = `${bot['ToChannelFromBotOAuthScope'] ?? connectorScope}/.default`
    const token = await appToken({ ...directory, tenantId, clientId: bot.MicrosoftAppId, identity }, scope)
    return { token, findings: [ok('MicrosoftAppId', 'The bot can sign in to write to people.')] }
  } catch (error) {
    return { findings: [refusedSignIn('MicrosoftAppId', 'The bot cannot sign in, so it can answer nobody', error)] }
  }
}

/** What the look-ups may see, by the app's own permissions or, where people sign in, by theirs; and the app's token for Graph. */
export const lookUps = async ({ directory, connectionName }: Config): Promise<SignedIn> => {
  try {
    const token = await appToken(directory, `${directory.graphBaseUrl}/.default`)
    const granted = permissionsIn(token)
    const seen = connectionName === undefined ? appPermissions(granted) : [...unusedPermissions(granted), ...delegatedPermissions()]
    return { token, findings: [ok('AZURE_CLIENT_ID', 'The look-ups can sign in to Microsoft Graph.'), ...seen] }
  } catch (error) {
    return { findings: [refusedSignIn('AZURE_CLIENT_ID', 'The look-ups cannot sign in, so roles stay unknown', error)] }
  }
}

const appPermissions = (granted: readonly string[]): readonly Finding[] => {
  const needed = neededBy('app')
  return [
    ...[...needed].map(([name, adds]) =>
      granted.includes(name)
        ? ok('AZURE_CLIENT_ID', `${name}: ${adds}.`)
        : note('AZURE_CLIENT_ID', `${name} is missing; it adds ${adds}.`, 'Grant it as application permission, with admin consent.'),
    ),
    ...granted
      .filter((name) => !needed.has(name))
      .map((name) => note('AZURE_CLIENT_ID', `${name} is more than the bot needs.`, 'Remove it, unless something else uses this registration.')),
  ]
}

const unusedPermissions = (granted: readonly string[]): readonly Finding[] =>
  granted.length === 0
    ? []
    : [
        note(
          'AZURE_CLIENT_ID',
          `Not used, since people sign in and only what they may see is read: ${granted.join(', ')}.`,
          'Remove these application permissions, unless something else uses this registration.',
        ),
      ]

/** They stand in people's tokens only. */
const delegatedPermissions = (): readonly Finding[] => [
  note(
    'OAUTH_CONNECTION_NAME',
    'Delegated permissions cannot be seen from here; they need an administrator’s consent, and the log names what is missing. These are used:',
  ),
  ...[...neededBy('person')].map(([name, adds]) => note('OAUTH_CONNECTION_NAME', `${name}: ${adds}.`)),
]
