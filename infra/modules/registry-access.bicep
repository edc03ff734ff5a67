// May the bot's identity pull its image? From this one registry, and nothing else of it.
param registryName string
param principalId string

// AcrPull
var pull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' existing = {
  name: registryName
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, principalId, pull)
  scope: registry
  properties: {
    roleDefinitionId: pull
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output server string = registry.properties.loginServer
