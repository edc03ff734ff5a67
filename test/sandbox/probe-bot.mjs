/** Stands in for the bot where a test asks what a process under the sandbox may do: ready at once, content with
 * every activity, and does what `/do` is told. */
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

const require = createRequire(import.meta.url)

const outcome = (socket, done) =>
  new Promise((resolve) => {
    socket.on(done, () => resolve('connected')).on('error', ({ code, message }) => resolve(code ?? message))
  }).finally(() => socket.destroy())

const deeds = {
  env: async () => process.env,
  fetch: async (url) => {
    try {
      return (await fetch(url)).status
    } catch ({ cause }) {
      return cause.code
    }
  },
  https: async (url) =>
    new Promise((resolve) => {
      const request = require('node:https').get(url, ({ statusCode }) => resolve(statusCode))
      request.on('error', ({ code }) => resolve(code))
    }),
  tcp: async (host, port) => outcome(net.connect(Number(port), host), 'connect'),
  tcpByOptions: async (host, port) => outcome(net.connect({ host, port: Number(port) }), 'connect'),
  tls: async (host) => outcome(tls.connect({ host, port: 443 }), 'secureConnect'),
  role: async (id) => {
    const { ClientSecretCredential } = require('@azure/identity')
    const { Client } = require('@microsoft/microsoft-graph-client')
    const { TokenCredentialAuthenticationProvider: Provider } = require('@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials')
    const { MicrosoftAppTenantId, MicrosoftAppId, MicrosoftAppPassword } = process.env
    const credential = new ClientSecretCredential(MicrosoftAppTenantId, MicrosoftAppId, MicrosoftAppPassword)
    const authProvider = new Provider(credential, { scopes: ['https://graph.microsoft.com/.default'] })
    const graph = Client.initWithMiddleware({ authProvider })
    return graph.api(`/users/${id}/checkMemberObjects`).post({ ids: ['62e90394-69f5-4237-9190-012177145e10'] })
  },
  crash: async () => {
    console.error('I fell')
    process.exit(3)
  },
}

if (process.env.FAIL) {
  console.error(process.env.FAIL)
  process.exit(2)
}

const answer = async (url, response) => {
  const { pathname, searchParams } = new URL(url, 'http://probe')
  if (pathname === '/images/fr/dot.png') response.setHeader('content-type', 'image/png')
  if (pathname !== '/do') return response.end(pathname)
  return response.end(JSON.stringify(await deeds[searchParams.get('what')](...searchParams.getAll('with'))))
}
const server = createServer(({ url }, response) => void answer(url, response))
server.listen(Number(process.env.PORT), process.env.HOST, () => console.log('listening'))
process.once('SIGTERM', () => process.exit(0))
