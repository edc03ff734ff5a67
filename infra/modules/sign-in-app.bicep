// What do people sign in to? An app of this tenant that Teams may ask for, and that trusts the bot's identity and the Azure Bot's connection in place of
// a secret.
extension microsoftGraphV1

param uniqueName string
param displayName string
@description('The bot: the client id of its managed identity, and the object id of it.')
param botId string
param botPrincipalId string
param connectionIdentifier string
param tokenServiceHost string
@description('What it asks consent for: [{ appId, scopes: [{ id }] }].')
param resources array

var audience = 'api://AzureADTokenExchange'
var issuer = '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
var scopeId = guid(uniqueName, 'access_as_user')

// Teams on computers and phones, Teams in a browser.
var teamsClients = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'
]

// The Bot Service names itself by the tenant's id, its bytes in a GUID's order, in base64url: three hex digits are two characters.
var hex = toLower(replace(tenant().tenantId, '-', ''))
var ordered = '${substring(hex, 6, 2)}${substring(hex, 4, 2)}${substring(hex, 2, 2)}${substring(hex, 0, 2)}${substring(hex, 10, 2)}${substring(hex, 8, 2)}${substring(hex, 14, 2)}${substring(hex, 12, 2)}${substring(hex, 16, 16)}0'
var digits = map(range(0, 33), at => indexOf('0123456789abcdef', substring(ordered, at, 1)))
var alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
var encodedTenant = join(map(range(0, 11), at => '${substring(alphabet, digits[at * 3] * 4 + digits[at * 3 + 1] / 4, 1)}${substring(alphabet, (digits[at * 3 + 1] % 4) * 16 + digits[at * 3 + 2], 1)}'), '')

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: uniqueName
  displayName: displayName
  signInAudience: 'AzureADMyOrg'
  identifierUris: [
    'api://botid-${botId}'
  ]
  web: {
    redirectUris: [
      'https://${tokenServiceHost}/.auth/web/redirect'
    ]
  }
  api: {
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [
      {
        id: scopeId
        value: 'access_as_user'
        type: 'User'
        isEnabled: true
        adminConsentDisplayName: 'Look things up in your name'
        adminConsentDescription: 'Lets the bot look up roles and the tenant in the name of the person who writes to it.'
        userConsentDisplayName: 'Look things up in your name'
        userConsentDescription: 'Lets the bot look up your roles and your tenant in your name.'
      }
    ]
    preAuthorizedApplications: [
      for client in teamsClients: {
        appId: client
        delegatedPermissionIds: [
          scopeId
        ]
      }
    ]
  }
  requiredResourceAccess: [
    for resource in resources: {
      resourceAppId: resource.appId
      resourceAccess: map(resource.scopes, scope => { id: scope.id, type: 'Scope' })
    }
  ]
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}

resource trustsBot 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = {
  name: '${app.uniqueName}/bot'
  description: 'The bot, which exchanges the tokens of people who signed in'
  audiences: [
    audience
  ]
  issuer: issuer
  subject: botPrincipalId
}

resource trustsConnection 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = {
  name: '${app.uniqueName}/connection'
  description: 'The connection of the Azure Bot, which signs people in'
  audiences: [
    audience
  ]
  issuer: issuer
  subject: '/eid1/c/pub/t/${encodedTenant}/a/9ExAW52n_ky4ZiS_jhpJIQ/${connectionIdentifier}'
}

output appId string = app.appId
