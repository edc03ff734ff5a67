// A whole deployment in one resource group, without a secret: identity, table, logs, container app, Azure Bot with Teams and, where people sign in, the
// app registration with its connection. How to use it: docs/operate.md.
targetScope = 'resourceGroup'

@description('Begins the name of everything that is created.')
@minLength(3)
@maxLength(16)
param name string = 'onetenant'
param location string = resourceGroup().location
@description('On everything that can carry them.')
param tags object = {}
@description('Image of the bot, with its tag or digest.')
param image string
@description('Azure Container Registry in this resource group that the image is pulled from; empty: the image is public.')
param registryName string = ''

@description('Name of the bot in Azure and of the app people sign in to.')
param displayName string = 'OneTenant'
@allowed(['F0', 'S1'])
param botSku string = 'F0'
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param storageSku string = 'Standard_ZRS'
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Cores and memory of one container.')
param cpu string = '0.5'
param memory string = '1Gi'
@minValue(1)
param minReplicas int = 2
@minValue(1)
param maxReplicas int = 5
@description('How long a container that ends still answers while it says that it is not ready.')
@minValue(0)
@maxValue(300)
param drainSeconds int = 10

@description('Host name of your own in place of the one Azure gives; its binding and certificate are yours to make.')
param publicHost string = ''
@description('Settings of .env.sample beyond those that are set here, by name, such as { LOG_LEVEL: \'info\', RUN_RETENTION_DAYS: \'365\' }.')
param settings object = {}
@description('Settings whose values stand in a vault: [{ setting: \'RECORD_KEY\', url: \'https://<vault>/secrets/<name>\' }].')
param secretSettings array = []
@description('Creates a vault that the bot may read.')
param withVault bool = false

@description('none: nobody signs in. register: creates the app people sign in to. existing: signInAppId is that app (infra/register.sh).')
@allowed(['none', 'register', 'existing'])
param signIn string = 'none'
param signInAppId string = ''
param connectionName string = 'onetenant'
@description('Delegated permissions of Microsoft Graph; as few as you like (README, Permissions).')
param graphPermissions array = ['User.Read']
@description('Asks for Azure Service Management user_impersonation too, so that subscriptions are seen.')
param withAzure bool = true

@description('Address of Microsoft Graph; only other clouds need it given.')
param graphBaseUrl string = 'https://graph.microsoft.com'
@description('Host of the Bot Service that signs people in.')
param tokenServiceHost string = 'token.botframework.com'

var unique = uniqueString(resourceGroup().id, name)
var connectionIdentifier = '${name}-${connectionName}'

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: '${name}-identity'
    location: location
    tags: tags
  }
}

module logs 'modules/logs.bicep' = {
  name: 'logs'
  params: {
    workspaceName: '${name}-logs'
    insightsName: '${name}-insights'
    location: location
    tags: tags
    retentionInDays: logRetentionDays
  }
}

module store 'modules/store.bicep' = {
  name: 'store'
  params: {
    accountName: take('${toLower(replace(name, '-', ''))}${unique}', 24)
    tableName: 'records'
    location: location
    tags: tags
    sku: storageSku
    principalId: identity.outputs.principalId
  }
}

module registryAccess 'modules/registry-access.bicep' = if (!empty(registryName)) {
  name: 'registry-access'
  params: {
    registryName: registryName
    principalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = if (withVault) {
  name: 'vault'
  params: {
    name: take('${name}-${unique}', 24)
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module registration 'modules/registration.bicep' = if (signIn == 'register') {
  name: 'registration'
  params: {
    uniqueName: '${name}-sign-in-${unique}'
    displayName: displayName
    botId: identity.outputs.clientId
    botPrincipalId: identity.outputs.principalId
    connectionIdentifier: connectionIdentifier
    graphPermissions: graphPermissions
    withAzure: withAzure
    tokenServiceHost: tokenServiceHost
  }
}

var peopleSignInTo = signIn == 'register' ? registration!.outputs.appId : signIn == 'existing' ? signInAppId : ''

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: name
    location: location
    tags: tags
    image: image
    registryServer: empty(registryName) ? '' : registryAccess!.outputs.server
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    workspaceId: logs.outputs.workspaceId
    insightsName: logs.outputs.insightsName
    storeAddress: store.outputs.address
    cpu: cpu
    memory: memory
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    drainSeconds: drainSeconds
    publicHost: publicHost
    graphBaseUrl: graphBaseUrl
    signInAppId: peopleSignInTo
    connectionName: connectionName
    settings: settings
    secretSettings: secretSettings
  }
}

module bot 'modules/bot.bicep' = {
  name: 'bot'
  params: {
    name: '${name}-${unique}'
    displayName: displayName
    sku: botSku
    tags: tags
    endpoint: '${app.outputs.address}/api/messages'
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    signInAppId: peopleSignInTo
    connectionName: connectionName
    scopes: 'api://botid-${identity.outputs.clientId}/access_as_user'
    connectionIdentifier: connectionIdentifier
  }
}

@description('For npm run package: MicrosoftAppId, PUBLIC_URL, OAUTH_CONNECTION_NAME, AZURE_CLIENT_ID.')
output MicrosoftAppId string = identity.outputs.clientId
output MicrosoftAppTenantId string = tenant().tenantId
output PUBLIC_URL string = app.outputs.address
output STATE_STORE string = store.outputs.address
output OAUTH_CONNECTION_NAME string = empty(peopleSignInTo) ? '' : connectionName
output AZURE_CLIENT_ID string = peopleSignInTo
@description('For register.sh, where the app is registered by it.')
output botPrincipalId string = identity.outputs.principalId
output connectionIdentifier string = connectionIdentifier
@description('Where an administrator consents for everybody; empty: nobody signs in.')
output adminConsent string = empty(peopleSignInTo) ? '' : '${environment().authentication.loginEndpoint}${tenant().tenantId}/adminconsent?client_id=${peopleSignInTo}'
output vaultAddress string = withVault ? vault!.outputs.address : ''
