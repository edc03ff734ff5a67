// Where does the bot run? In containers that come and go: probed, drained before they end, with nothing kept in them.
param name string
param location string
param tags object
param image string
@description('Login server of the registry the image is pulled from with the identity; empty: the image is public.')
param registryServer string
param identityId string
param clientId string
param workspaceId string
param insightsName string
param storeAddress string
param cpu string
param memory string
param minReplicas int
param maxReplicas int
param drainSeconds int
param publicHost string
@description('Address of Microsoft Graph in this cloud.')
param graphBaseUrl string
param signInAppId string
param connectionName string
@description('Further settings of .env.sample, by name.')
param settings object
@description('Settings whose values stand in a vault: { setting, url }.')
param secretSettings array

var port = 3978
var host = empty(publicHost) ? '${name}.${apps.properties.defaultDomain}' : publicHost

var always = [
  { name: 'PORT', value: string(port) }
  { name: 'PUBLIC_URL', value: 'https://${host}' }
  { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
  { name: 'MicrosoftAppId', value: clientId }
  { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
  { name: 'STATE_STORE', value: storeAddress }
  { name: 'DRAIN_SECONDS', value: string(drainSeconds) }
  { name: 'GRAPH_BASE_URL', value: graphBaseUrl }
  { name: 'ARM_BASE_URL', value: environment().resourceManager }
  { name: 'AZURE_AUTHORITY_HOST', value: environment().authentication.loginEndpoint }
  // Not a setting of the bot: the OpenTelemetry SDK reads it, once you load one.
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
]
var withSignIn = [
  { name: 'AZURE_CLIENT_ID', value: signInAppId }
  { name: 'OAUTH_CONNECTION_NAME', value: connectionName }
]
var further = map(items(settings), item => { name: item.key, value: string(item.value) })
var secret = map(secretSettings, item => { name: item.setting, secretRef: toLower(replace(item.setting, '_', '-')) })

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource apps 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-environment'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: apps
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: apps.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      registries: empty(registryServer) ? [] : [
        { server: registryServer, identity: identityId }
      ]
      secrets: [
        for item in secretSettings: {
          name: toLower(replace(item.setting, '_', '-'))
          keyVaultUrl: item.url
          identity: identityId
        }
      ]
    }
    template: {
      // Draining, then the ten seconds the bot gives turns that are under way, then room to write what it counted.
      terminationGracePeriodSeconds: drainSeconds + 20
      containers: [
        {
          name: 'bot'
          image: image
          resources: {
            cpu: json(cpu)
            memory: memory
          }
          env: concat(always, empty(signInAppId) ? [] : withSignIn, further, secret)
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 2
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 6
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: port }
              periodSeconds: 3
              timeoutSeconds: 5
              failureThreshold: 2
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'requests'
            http: {
              metadata: {
                concurrentRequests: '20'
              }
            }
          }
        ]
      }
    }
  }
}

output address string = 'https://${host}'
