import { z } from 'zod'
import type { Authority } from './authority'
import type { Verify } from './faults'
import type { CloudRequest, CloudResponse, Handler } from './http'
import type { SandboxPerson } from './tenants'
import type { Registration } from './token-request'
import { contoso } from './tenants'

/** What an operator sees of their bot with their own sign-in: its app registration and its Azure Bot. Change in place. */
export interface Estate {
  application: Record<string, unknown> | undefined
  servicePrincipal: { id: string; accountEnabled: boolean } | undefined
  grants: { consentType: string; scope: string }[]
  bots: { id: string; properties: Record<string, unknown> }[]
  connections: { name: string; properties: Record<string, unknown> }[]
  /** What the operator may not read. */
  denied: ('application' | 'grants' | 'connections')[]
}

const subscription = contoso.subscriptions[0] ?? ''
const botId = `/subscriptions/${subscription}/resourceGroups/onetenant/providers/Microsoft.BotService/botServices/onetenant`
const scopeId = '3d0c5a1e-7b9f-4c2d-8e6a-1f0b9d8c7a65'
const dayMs = 24 * 60 * 60_000

export interface EstateOptions {
  readonly appId: string
  readonly secret: string
  readonly publicUrl: string
  readonly connectionName: string
}

const applicationOf = ({ appId, secret }: EstateOptions): Record<string, unknown> => ({
  id: 'c0a8f3d2-5b1e-4f6a-9d7c-2e3f4a5b6c7d',
  appId,
  displayName: 'OneTenant',
  signInAudience: 'AzureADMyOrg',
  identifierUris: [`api://botid-${appId}`],
  api: {
    acceptMappedClaims: null,
    knownClientApplications: [],
    requestedAccessTokenVersion: 2,
    oauth2PermissionScopes: [{ id: scopeId, value: 'access_as_user', isEnabled: true, type: 'User' }],
    preAuthorizedApplications: ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'].map((client) => ({
      appId: client,
      delegatedPermissionIds: [scopeId],
    })),
  },
  web: { redirectUris: ['https://token.botframework.com/.auth/web/redirect'] },
  passwordCredentials: [
    {
      keyId: scopeId,
      hint: secret.slice(0, 3),
      startDateTime: new Date(Date.now() - dayMs).toISOString(),
      endDateTime: new Date(Date.now() + 300 * dayMs).toISOString(),
    },
  ],
  keyCredentials: [],
})

/** Everything as the README says it should be. */
export const createEstate = (options: EstateOptions): Estate => ({
  application: applicationOf(options),
  servicePrincipal: { id: '7f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2918', accountEnabled: true },
  grants: [
    {
      consentType: 'AllPrincipals',
      scope:
        'User.Read User.Read.All RoleEligibilitySchedule.Read.Directory RoleManagement.Read.Directory GroupMember.ReadBasic.All LicenseAssignment.Read.All',
    },
    { consentType: 'AllPrincipals', scope: 'user_impersonation' },
  ],
  bots: [
    {
      id: botId,
      properties: {
        displayName: 'OneTenant',
        endpoint: `${options.publicUrl}/api/messages`,
        msaAppId: options.appId,
        msaAppType: 'SingleTenant',
        msaAppTenantId: contoso.id,
        configuredChannels: ['webchat', 'msteams'],
        enabledChannels: ['webchat', 'directline', 'msteams'],
        publicNetworkAccess: 'Enabled',
      },
    },
  ],
  connections: [
    {
      name: `onetenant/${options.connectionName}`,
      properties: {
        clientId: options.appId,
        scopes: `api://botid-${options.appId}/access_as_user`,
        serviceProviderId: '30dd229c-58e3-4a48-bdfd-91ec48eb906c',
        serviceProviderDisplayName: 'Azure Active Directory v2',
        parameters: [
          { key: 'tenantId', value: contoso.id },
          { key: 'tokenExchangeUrl', value: `api://botid-${options.appId}` },
        ],
      },
    },
  ],
  denied: [],
})

const bearer = /^Bearer (\S+)$/i

const graphProblem = (status: number, code: string): CloudResponse => ({ status, body: { error: { code, message: 'The sandbox says so.' } } })
const notFound = graphProblem(404, 'Request_ResourceNotFound')
const denied = graphProblem(403, 'Authorization_RequestDenied')

const graphRoutes: readonly { readonly path: RegExp; readonly scopes: readonly string[]; readonly answer: (estate: Estate, id: string) => CloudResponse }[] = [
  {
    path: /^\/v1\.0\/applications\(appId='([^']+)'\)$/,
    scopes: ['Application.Read.All', 'Application.ReadWrite.All'],
    answer: ({ application, denied: no }, id) => {
      if (no.includes('application')) return denied
      return application?.['appId'] === id ? { status: 200, body: application } : notFound
    },
  },
  {
    path: /^\/v1\.0\/servicePrincipals\(appId='([^']+)'\)$/,
    scopes: ['Application.Read.All', 'Application.ReadWrite.All'],
    answer: ({ servicePrincipal }) => (servicePrincipal ? { status: 200, body: servicePrincipal } : notFound),
  },
  {
    path: /^\/v1\.0\/servicePrincipals\/([^/]+)\/oauth2PermissionGrants$/,
    scopes: ['Directory.AccessAsUser.All', 'DelegatedPermissionGrant.Read.All'],
    answer: ({ grants, denied: no }) => (no.includes('grants') ? denied : { status: 200, body: { value: grants } }),
  },
]

const tokenIn = ({ headers }: CloudRequest) => bearer.exec(headers.authorization ?? '')?.[1] ?? ''

/** Graph, with the operator's own app registrations in it. */
export const graphWithEstate =
  (graph: Handler, estate: Estate, verify: Verify): Handler =>
  async (request) => {
    const path = decodeURIComponent(request.url.pathname)
    const route = graphRoutes.find((each) => each.path.test(path))
    if (!route || request.method !== 'GET') return graph(request)
    const claims = verify(tokenIn(request), request.url.origin)
    if (!claims) return graphProblem(401, 'InvalidAuthenticationToken')
    if (!claims.person?.scopes.some((scope) => route.scopes.includes(scope))) return denied
    return route.answer(estate, route.path.exec(path)?.[1] ?? '')
  }

const botsPath = new RegExp(`^/subscriptions/${subscription}/providers/microsoft\\.botservice/botservices$`, 'i')
const connectionsPath = new RegExp(`^${botId.replaceAll('.', String.raw`\.`)}/connections$`, 'i')

/** Azure Resource Manager, with the operator's Azure Bot in it. */
export const armWithEstate =
  (arm: Handler, estate: Estate, verify: Verify): Handler =>
  async (request) => {
    const path = request.url.pathname
    if (request.method !== 'GET' || !(botsPath.test(path) || connectionsPath.test(path))) return arm(request)
    if (!verify(tokenIn(request), request.url.origin)?.person) return graphProblem(401, 'InvalidAuthenticationToken')
    if (botsPath.test(path)) return { status: 200, body: { value: estate.bots } }
    return estate.denied.includes('connections') ? graphProblem(403, 'AuthorizationFailed') : { status: 200, body: { value: estate.connections } }
  }

/** The Azure CLI, as every tenant knows it: a program of Microsoft's that people sign in with. */
export const azureCli: Registration = {
  id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  secret: 'of-the-sandbox-only',
  tenantId: contoso.id,
  roles: [],
  delegated: {
    'https://graph.microsoft.com': ['Application.ReadWrite.All', 'Directory.AccessAsUser.All', 'User.Read.All'],
    'https://management.azure.com': ['user_impersonation'],
  },
}

const tokenAnswer = z.object({ access_token: z.string() })

/** What `az account get-access-token` gives the operator for a resource, e.g. `https://graph.microsoft.com`. */
export const operatorToken = async (authority: Authority, person: SandboxPerson, resource: string): Promise<string> => {
  const own = authority.personToken({ tenant: contoso, person, appId: azureCli.id })
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: azureCli.id,
    client_secret: azureCli.secret,
    scope: `${resource}/.default`,
    assertion: own,
  }
  const url = new URL(`https://login.microsoftonline.com/${contoso.id}/oauth2/v2.0/token`)
  const { body } = await authority.handler({ method: 'POST', url, headers: {}, body: new URLSearchParams(form).toString() })
  return tokenAnswer.parse(body).access_token
}
