/** Is the app registration as the bot, its sign-in and Teams need it? Read with the operator's own sign-in. */
import { z } from 'zod'
import type { Config } from '../../config'
import { permissionFor, permissions, type Look } from '../../directory/permissions'
import { expiryOf } from '../../readiness/contradictions'
import { note, ok, unknown, warn, wrong, type Finding } from './finding'
import { whyNot, type Operator } from './operator'

const setting = 'MicrosoftAppId'
const signIn = 'OAUTH_CONNECTION_NAME'

/** Teams signs people in with these; the others of Microsoft 365 are not needed for a bot in Teams. */
const teamsClients = {
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264': 'Teams on desktop and phones',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346': 'Teams in the browser',
} as const
const redirect = 'https://token.botframework.com/.auth/web/redirect'

const credential = z.object({ endDateTime: z.coerce.date(), hint: z.string().nullish(), customKeyIdentifier: z.string().nullish() })
const application = z.object({
  signInAudience: z.string(),
  identifierUris: z.array(z.string()),
  api: z.object({
    requestedAccessTokenVersion: z.number().nullish(),
    oauth2PermissionScopes: z.array(z.object({ id: z.string(), value: z.string().nullish(), isEnabled: z.boolean(), type: z.string() })),
    preAuthorizedApplications: z.array(z.object({ appId: z.string(), delegatedPermissionIds: z.array(z.string()) })),
  }),
  web: z.object({ redirectUris: z.array(z.string()) }),
  passwordCredentials: z.array(credential),
  keyCredentials: z.array(credential),
})
type Application = z.infer<typeof application>
const principal = z.object({ id: z.string(), accountEnabled: z.boolean() })
const grants = z.object({ value: z.array(z.object({ consentType: z.string(), scope: z.string() })) })

const fields = Object.keys(application.shape).join()
const mayRead = 'Sign in with “az login” as somebody of the bot’s tenant who may read app registrations (Application.Read.All).'

const pageOf = 'App registrations >'

const audience = ({ signInAudience }: Application, { bot }: Config): Finding => {
  const isMulti = signInAudience !== 'AzureADMyOrg'
  if (bot.MicrosoftAppType === 'MultiTenant' && !isMulti)
    return wrong(
      'MicrosoftAppType',
      'It is MultiTenant, but the registration lets in its own tenant only.',
      'Set it to SingleTenant, or change the supported accounts of the registration.',
    )
  if (bot.MicrosoftAppType === 'SingleTenant' && isMulti)
    return warn(
      'MicrosoftAppType',
      'It is SingleTenant, but the registration lets in other tenants too.',
      `Set ${pageOf} Authentication > Supported accounts to this organization only.`,
    )
  return ok('MicrosoftAppType', 'The registration lets in the tenants it should.')
}

/** The secret that is in use, by its first characters, which the directory keeps as a hint. */
const secretTrouble = ({ passwordCredentials }: Application, secret: string, now: Date): Finding => {
  const mine = passwordCredentials.filter(({ hint }) => hint && secret.startsWith(hint))
  const fix = `Make a new secret (${pageOf} Certificates & secrets), set MicrosoftAppPassword to it, and remove the old one.`
  if (mine.length === 0) return wrong('MicrosoftAppPassword', 'No secret of the registration begins like this one.', fix)
  const last = new Date(Math.max(...mine.map(({ endDateTime }) => endDateTime.getTime())))
  const ends = expiryOf('The secret', 'MicrosoftAppPassword', last, now, fix)
  if (ends) return ends.level === 'wrong' ? wrong(ends.setting, ends.seen, ends.fix) : warn(ends.setting, ends.seen, ends.fix)
  return ok('MicrosoftAppPassword', `The secret is of this registration, and lasts until ${last.toISOString().slice(0, 10)}.`)
}

const certificateKnown = ({ keyCredentials }: Application, thumbprint: string): Finding => {
  const wanted = Buffer.from(thumbprint, 'hex').toString('base64')
  // The directory gives the thumbprint as base64 of its bytes, or of its hexadecimal text.
  const isKnown = keyCredentials.some(({ customKeyIdentifier: id }) => id === wanted || id?.toUpperCase() === thumbprint.toUpperCase())
  return isKnown
    ? ok('AZURE_CLIENT_CERTIFICATE_PATH', 'The registration knows the certificate.')
    : wrong('AZURE_CLIENT_CERTIFICATE_PATH', 'The registration does not know this certificate.', `Upload it: ${pageOf} Certificates & secrets > Certificates.`)
}

const credentials = (app: Application, { bot }: Config, now: Date): readonly Finding[] => {
  const [secret, thumbprint] = [bot['MicrosoftAppPassword'], bot['CertificateThumbprint']]
  if (secret !== undefined) return [secretTrouble(app, secret, now)]
  return thumbprint === undefined ? [] : [certificateKnown(app, thumbprint)]
}

/** What people need to sign in: the address, the scope and the clients that may ask for it. */
const exposedApi = ({ identifierUris, api, web }: Application, botId: string): readonly Finding[] => {
  const expected = `api://botid-${botId}`
  const page = `${pageOf} Expose an API`
  const scope = api.oauth2PermissionScopes.find(({ value }) => value === 'access_as_user')
  const found: (Finding | undefined)[] = [
    identifierUris.some((uri) => uri.toLowerCase() === expected)
      ? ok(signIn, `The application ID URI is ${expected}.`)
      : wrong(
          signIn,
          `The registration has no application ID URI ${expected}${identifierUris.length > 0 ? ` but ${identifierUris.join(', ')}` : ''}.`,
          `Set it there: ${page}.`,
        ),
    !scope ? wrong(signIn, 'The registration has no scope access_as_user.', `Add it: ${page}.`) : undefined,
    scope && !scope.isEnabled ? wrong(signIn, 'The scope access_as_user is disabled.', `Enable it: ${page}.`) : undefined,
    scope?.type === 'Admin'
      ? warn(
          signIn,
          'Only administrators may consent to access_as_user, so nobody else gets past the window.',
          `Let administrators and users consent: ${page}.`,
        )
      : undefined,
    api.requestedAccessTokenVersion === 2
      ? undefined
      : warn(
          signIn,
          'The registration gives access tokens of version 1; Teams is documented with version 2.',
          'Set requestedAccessTokenVersion to 2 (Manifest).',
        ),
    web.redirectUris.includes(redirect)
      ? undefined
      : warn(
          signIn,
          `The registration has no redirect URI ${redirect}, so the window of the sign-in card may be refused.`,
          `Add it: ${pageOf} Authentication > Web.`,
        ),
  ]
  return [...found.filter((each) => each !== undefined), ...Object.entries(teamsClients).map(([id, name]) => teamsClient(api, { id, name }, scope?.id))]
}

const teamsClient = ({ preAuthorizedApplications }: Application['api'], { id, name }: { id: string; name: string }, scope: string | undefined): Finding => {
  const client = preAuthorizedApplications.find(({ appId }) => appId.toLowerCase() === id)
  const fix = `Add ${id} with the scope access_as_user (${pageOf} Expose an API > Authorized client applications).`
  if (!client) return wrong(signIn, `${name} (${id}) is not authorized to ask for the sign-in.`, fix)
  if (scope !== undefined && !client.delegatedPermissionIds.includes(scope))
    return wrong(signIn, `${name} (${id}) is authorized, but not for access_as_user.`, fix)
  return ok(signIn, `${name} is authorized.`)
}

/** Each delegated permission once, with all that it adds. */
const delegated = (): ReadonlyMap<string, string> => {
  const needed = new Map<string, string>()
  for (const look of Object.keys(permissions) as Look[]) {
    const { name, adds } = permissionFor(look, 'person')
    if (name !== undefined) needed.set(name, [needed.get(name), adds].filter(Boolean).join('; '))
  }
  return needed
}

const consented = async (operator: Operator, id: string): Promise<readonly Finding[]> => {
  const answer = await operator.graph(`/servicePrincipals/${id}/oauth2PermissionGrants`)
  const found = answer.status === 200 ? grants.safeParse(answer.body).data : undefined
  if (!found)
    return [
      unknown(
        signIn,
        `Which delegated permissions are consented to cannot be read: ${whyNot(answer)}.`,
        'Sign in as somebody who may read grants (DelegatedPermissionGrant.Read.All, or Directory.Read.All).',
      ),
    ]
  const granted = found.value.filter(({ consentType }) => consentType === 'AllPrincipals').flatMap(({ scope }) => scope.split(' '))
  return [...delegated()].map(([name, adds]) => {
    const [scope = ''] = name.split(' ')
    if (granted.includes(scope)) return ok(signIn, `${name} is consented to for everybody: ${adds}.`)
    return note(signIn, `${name} is not consented to for everybody; it adds ${adds}.`, `Add it and grant admin consent: ${pageOf} API permissions.`)
  })
}

const servicePrincipal = async (operator: Operator, id: string, signsIn: boolean): Promise<readonly Finding[]> => {
  const answer = await operator.graph(`/servicePrincipals(appId='${id}')?$select=id,accountEnabled`)
  if (answer.status === 404)
    return [
      wrong(
        setting,
        'The app has no service principal in its tenant, so it cannot sign in there.',
        `Grant admin consent once, or run: az ad sp create --id ${id}`,
      ),
    ]
  const found = answer.status === 200 ? principal.safeParse(answer.body).data : undefined
  if (!found) return [unknown(setting, `The service principal cannot be read: ${whyNot(answer)}.`, mayRead)]
  if (!found.accountEnabled)
    return [wrong(setting, 'The app is disabled in its tenant.', 'Enable it: Enterprise applications > Properties > Enabled for users to sign in.')]
  return signsIn ? consented(operator, found.id) : []
}

/** The registration people sign in to is the bot's, except for a managed identity. */
export const registration = async (config: Config, operator: Operator, now: Date): Promise<readonly Finding[]> => {
  const { bot, directory, connectionName } = config
  const isManaged = bot.MicrosoftAppType === 'UserAssignedMSI'
  if (isManaged && connectionName === undefined) return [note(setting, 'A managed identity has no app registration to look at.')]
  const id = isManaged ? (directory.clientId ?? '') : bot.MicrosoftAppId
  const answer = await operator.graph(`/applications(appId='${id}')?$select=${fields}`)
  if (answer.status === 404)
    return [
      wrong(
        setting,
        'The tenant of the bot has no registration of this id.',
        'Check MicrosoftAppId and MicrosoftAppTenantId, or sign in to the tenant of the registration.',
      ),
    ]
  const app = answer.status === 200 ? application.safeParse(answer.body).data : undefined
  if (!app) return [unknown(setting, `The app registration cannot be read: ${whyNot(answer)}.`, mayRead)]
  return [
    ok(setting, 'The registration is there.'),
    ...(isManaged ? [] : [audience(app, config), ...credentials(app, config, now)]),
    ...(connectionName === undefined ? [] : exposedApi(app, bot.MicrosoftAppId)),
    ...(await servicePrincipal(operator, id, connectionName !== undefined)),
  ]
}
