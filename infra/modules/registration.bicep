// Which app do people sign in to, and what does it ask consent for? Looks the permissions up by name and has the app made. The extension works in the
// public cloud only; infra/register.sh does the same with az.
extension microsoftGraphV1

param uniqueName string
param displayName string
@description('The bot: the client id of its managed identity, and the object id of it.')
param botId string
param botPrincipalId string
param connectionIdentifier string
@description('Delegated permissions of Microsoft Graph that the app asks consent for (README, Permissions).')
param graphPermissions array
@description('Asks consent for Azure Service Management user_impersonation too: only so are Azure subscriptions seen.')
param withAzure bool
param tokenServiceHost string

var graphId = '00000003-0000-0000-c000-000000000000'
var azureId = '797f4846-ba00-4fd7-ba43-dac1f8f63013'

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: graphId
}

resource azure 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: azureId
}

module app 'sign-in-app.bicep' = {
  name: 'sign-in-app'
  params: {
    uniqueName: uniqueName
    displayName: displayName
    botId: botId
    botPrincipalId: botPrincipalId
    connectionIdentifier: connectionIdentifier
    tokenServiceHost: tokenServiceHost
    resources: concat(
      [{ appId: graphId, scopes: filter(graph.oauth2PermissionScopes, scope => contains(graphPermissions, scope.value)) }],
      withAzure ? [{ appId: azureId, scopes: filter(azure.oauth2PermissionScopes, scope => scope.value == 'user_impersonation') }] : []
    )
  }
}

output appId string = app.outputs.appId
