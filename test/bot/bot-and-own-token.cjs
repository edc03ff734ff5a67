/** The built bot, after writing a token of its own app into `OWN_TOKEN_FILE`, as whoever knows the app's secret could get one. */
const { writeFileSync } = require('node:fs')

const { MicrosoftAppId: id, MicrosoftAppPassword: secret, MicrosoftAppTenantId: tenant } = process.env

const start = async () => {
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret, scope: `${id}/.default` }
  const response = await fetch(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) })
  writeFileSync(process.env.OWN_TOKEN_FILE, (await response.json()).access_token)
  require('../../dist/index.js')
}

void start()
