import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import tls from 'node:tls'
import type { DirectoryLog, DirectorySettings } from '../../src/directory'
import { createArm } from '../../src/sandbox/arm'
import { createAuthority, type Authority } from '../../src/sandbox/authority'
import { createCertificate } from '../../src/sandbox/certificate'
import { azureCli } from '../../src/sandbox/estate'
import { noFaults, type Faults } from '../../src/sandbox/faults'
import { createGraph } from '../../src/sandbox/graph'
import { reset, type CloudRequest, type CloudResponse } from '../../src/sandbox/http'
import { registrationOf } from '../../src/sandbox/registration'
import { accountsOf, contoso, tenants, type SandboxTenant } from '../../src/sandbox/tenants'

export const loginHost = 'login.microsoftonline.com'
export const graphHost = 'graph.microsoft.com'
export const armHost = 'management.azure.com'

type Reaction = CloudResponse | 'reset' | 'hang'
type Host = (request: CloudRequest) => Reaction | Promise<Reaction>

export interface Loopback {
  readonly port: number
  /** PEM of the certificate every host answers with. */
  readonly ca: string
  readonly faults: Faults
  readonly authority: Authority
  /** A person's token for the bot, as Teams gets it. */
  readonly tokenOf: (key: string, options?: Partial<Parameters<Authority['personToken']>[0]>) => string
  /** One that needs no exchange: for Graph, or for Azure. */
  readonly tokenFor: (resource: string, key: string) => Promise<string>
  /** Requests that arrived, in order. */
  readonly requests: CloudRequest[]
  /** Hosts somebody tried to reach that are not part of the loopback cloud. */
  readonly elsewhere: string[]
  /** One for each request that hangs; settles when the caller gives it up. */
  readonly hanging: Promise<unknown>[]
  /** Puts something in place of a host (or adds one) until `reset`. */
  readonly serve: (host: string, reaction: Host | Reaction) => void
  readonly reset: () => void
  readonly stop: () => Promise<void>
}

export const secret = 'loopback-client-secret'
export const clientId = '4f1c2d3e-5a6b-4c7d-8e9f-0a1b2c3d4e5f'

/** Production's addresses; the identity is that of the loopback registration. */
export const settings: DirectorySettings = { tenantId: contoso.id, clientId, identity: { kind: 'secret', secret } }

export const subject = (objectId: string) => ({ tenantId: contoso.id, objectId })

/** Where the person of this key has their account. */
export const tenantOf = (key: string): SandboxTenant => {
  const found = tenants.find((each) => accountsOf(each).some((account) => account.key === key))
  if (!found) throw new Error(`There is no ${key}`)
  return found
}

export const person = (key: string) => {
  const found = accountsOf(tenantOf(key)).find((account) => account.key === key)
  if (!found) throw new Error(`There is no ${key}`)
  return found
}

export interface Line {
  readonly level: 'info' | 'warn'
  readonly fields: Record<string, unknown>
  readonly message: string
}

export const recordingLog = (): DirectoryLog & { readonly lines: Line[] } => {
  const lines: Line[] = []
  const record = (level: Line['level']) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...fields }, message })
  }
  return { lines, info: record('info'), warn: record('warn') }
}

const flat = (headers: IncomingMessage['headers']) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const read = async (request: IncomingMessage): Promise<CloudRequest> => ({
  method: request.method ?? '',
  url: new URL(request.url ?? '/', `https://${request.headers.host}`),
  headers: flat(request.headers),
  body: await text(request),
})

const send = (response: ServerResponse, { status, headers, body }: CloudResponse) => {
  const content = typeof body === 'string' ? body : JSON.stringify(body)
  // In two statements: where restify was loaded in this process, writeHead returns nothing.
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(content)
}

/**
 * Sends every TLS connection of this process for a host of the loopback cloud to it, trusting its certificate, and
 * notes and refuses all others. `localhost` is reached but not trusted: whoever connects has to know the certificate.
 */
const redirectTls = (hosts: () => string[], port: number, ca: string, elsewhere: string[]) => {
  const direct = tls.connect
  const redirected = (options: tls.ConnectionOptions, ...rest: []) => {
    const host = options.host ?? 'localhost'
    if (host === 'localhost') return direct({ ...options, port }, ...rest)
    if (hosts().includes(host)) return direct({ ...options, ca, host: '127.0.0.1', port, servername: host }, ...rest)
    elsewhere.push(host)
    return direct({ ...options, host: '127.0.0.1', port: 1 }, ...rest)
  }
  Object.assign(tls, { connect: redirected })
  return () => void Object.assign(tls, { connect: direct })
}

/** Microsoft's cloud in this process: the sandbox's look-alikes behind one HTTPS server on loopback. */
export const startLoopback = async (extraHosts: readonly string[] = []): Promise<Loopback> => {
  const faults = noFaults()
  const registration = { ...registrationOf(clientId, secret, contoso.id), alsoIn: tenants.map(({ id }) => id) }
  const authority = await createAuthority(tenants, [registration, azureCli], faults)
  const usual: Record<string, Host> = {
    [loginHost]: authority.handler,
    [graphHost]: createGraph({ verify: authority.verify, faults }),
    [armHost]: createArm({ verify: authority.verify, faults }),
  }
  const tokenOf: Loopback['tokenOf'] = (key, options) => authority.personToken({ tenant: tenantOf(key), person: person(key), appId: clientId, ...options })
  let current = { ...usual }
  const requests: CloudRequest[] = []
  const elsewhere: string[] = []
  const hanging: Promise<unknown>[] = []
  const { key, cert } = await createCertificate([...Object.keys(usual), ...extraHosts, 'localhost'])

  const react = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await read(incoming)
    requests.push(request)
    const reaction = await current[request.url.hostname]?.(request)
    if (reaction === 'hang') return void hanging.push(once(incoming.socket, 'close'))
    if (!reaction || reaction === 'reset' || reaction === reset) return void incoming.socket.destroy()
    send(response, reaction)
  }
  const server = createServer({ key, cert }, (request, response) => {
    react(request, response).catch((error: unknown) => send(response, { status: 500, body: String(error) }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const restore = redirectTls(() => Object.keys(current), port, cert, elsewhere)

  return {
    port,
    ca: cert,
    faults,
    authority,
    tokenOf,
    tokenFor: async (resource, key) => {
      const form = {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        requested_token_use: 'on_behalf_of',
        client_id: clientId,
        client_secret: secret,
        scope: `${resource}/.default`,
        assertion: tokenOf(key),
      }
      const url = new URL(`https://${loginHost}/${tenantOf(key).id}/oauth2/v2.0/token`)
      const { body } = await authority.handler({ method: 'POST', url, headers: {}, body: new URLSearchParams(form).toString() })
      return String(Object(body).access_token)
    },
    requests,
    elsewhere,
    hanging,
    serve: (host, reaction) => {
      current[host] = typeof reaction === 'function' ? reaction : () => reaction
    },
    reset: () => {
      current = { ...usual }
      Object.assign(faults, noFaults())
      requests.length = 0
      elsewhere.length = 0
      hanging.length = 0
    },
    stop: async () => {
      restore()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
