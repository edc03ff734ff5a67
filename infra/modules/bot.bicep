// How does Teams reach the bot? By an Azure Bot that is the managed identity, with the one channel.
param name string
param displayName string
param sku string
param tags object
param endpoint string
param identityId string
param clientId string
@description('App people sign in to; empty: nobody signs in.')
param signInAppId string
param connectionName string
param scopes string
@description('Under this name the connection is known to the app that trusts it (federated credential).')
param connectionIdentifier string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  tags: tags
  kind: 'azurebot'
  sku: {
    name: sku
  }
  properties: {
    displayName: displayName
    endpoint: endpoint
    msaAppId: clientId
    msaAppType: 'UserAssignedMSI'
    msaAppMSIResourceId: identityId
    msaAppTenantId: tenant().tenantId
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
  }
}

resource connection 'Microsoft.BotService/botServices/connections@2022-09-15' = if (!empty(signInAppId)) {
  parent: bot
  name: connectionName
  location: 'global'
  tags: tags
  properties: {
    // AAD v2 with Federated Credentials: no client secret.
    serviceProviderId: 'c00b44ab-5e16-c44c-af26-2fd5bc55eb18'
    clientId: signInAppId
    scopes: scopes
    parameters: [
      { key: 'ClientId', value: signInAppId }
      { key: 'UniqueIdentifier', value: connectionIdentifier }
      { key: 'TokenExchangeUrl', value: 'api://botid-${clientId}' }
      { key: 'TenantId', value: tenant().tenantId }
    ]
  }
}

output name string = bot.name
