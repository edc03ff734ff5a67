/** The built bot, after telling a token of its own app, as whoever knows the app's secret could get one. */
const { MicrosoftAppId: id, MicrosoftAppPassword: secret, MicrosoftAppTenantId: tenant } = process.env

const start = async () => {
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret, scope: `${id}/.default` }
  const response = await fetch(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) })
  console.log(`own token: ${(await response.json()).access_token}`)
  require('../../dist/index.js')
}

void start()
