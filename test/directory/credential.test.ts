import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jwt from 'jsonwebtoken'
import { generate } from 'selfsigned'
import { asPerson, createDirectory, type DirectorySettings } from '../../src/directory'
import { contoso } from '../../src/sandbox/tenants'
import { clientId, graphHost, loginHost, person, recordingLog, settings, startLoopback, subject, type Loopback } from './loopback'

const privateGraph = 'graph.contoso.cloud'
let cloud: Loopback
let folder: string

beforeAll(async () => {
  cloud = await startLoopback([privateGraph])
  folder = await mkdtemp(join(tmpdir(), 'onetenant-'))
})
afterEach(() => {
  expect(cloud.elsewhere).toEqual([])
  cloud.reset()
})
afterAll(async () => {
  await cloud.stop()
  await rm(folder, { recursive: true })
})

const kelley = subject(person('kelley').objectId)
const check = (overrides: DirectorySettings) => createDirectory({ ...settings, ...overrides }, recordingLog()).checkRole(kelley, 'buy-microsoft-365')
const tokenRequest = () => {
  const request = cloud.requests.find(({ url }) => url.pathname === `/${contoso.id}/oauth2/v2.0/token`)
  return Object.fromEntries(new URLSearchParams(request?.body))
}
const issueToken = () => cloud.serve(loginHost, { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: 'of-the-loopback' } })
const graphTakes = (token: string) =>
  cloud.serve(graphHost, ({ headers }) => (headers.authorization === `Bearer ${token}` ? { status: 200, body: { value: [] } } : { status: 401, body: {} }))

it('a secret goes to the authority, for Graph’s default scope', async () => {
  expect(await check({})).toMatchObject({ kind: 'can' })
  expect(tokenRequest()).toMatchObject({ client_id: clientId, grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' })
})

it('a certificate signs an assertion', async () => {
  const path = join(folder, 'certificate.pem')
  const made = await generate([{ name: 'commonName', value: 'directory' }], { algorithm: 'sha256' })
  await writeFile(path, made.private + made.cert)
  issueToken()
  graphTakes('of-the-loopback')
  expect(await check({ identity: { kind: 'certificate', path } })).toMatchObject({ kind: 'cannot' })
  const { client_assertion: assertion = '', client_secret: none } = tokenRequest()
  expect(none).toBeUndefined()
  // The library rounds the current second up.
  expect(jwt.verify(assertion, made.cert, { clockTolerance: 5 })).toMatchObject({ iss: clientId, sub: clientId })
})

it('a certificate that is not there is a sign-in problem', async () => {
  expect(await check({ identity: { kind: 'certificate', path: join(folder, 'none.pem') } })).toMatchObject({ kind: 'unknown', reason: 'sign-in' })
  expect(cloud.requests).toEqual([])
})

it('a workload identity hands over what is in its file', async () => {
  const tokenFile = join(folder, 'federated-token')
  await writeFile(tokenFile, 'assertion-of-the-cluster\n')
  issueToken()
  graphTakes('of-the-loopback')
  expect(await check({ identity: { kind: 'workload-identity', tokenFile } })).toMatchObject({ kind: 'cannot' })
  expect(tokenRequest()).toMatchObject({ client_id: clientId, client_assertion: 'assertion-of-the-cluster' })
})

describe('a managed identity', () => {
  const identity = { kind: 'managed-identity', clientId: '0b1c2d3e-4f50-4617-8283-94a5b6c7d8e9' } as const
  const asked: URL[] = []
  const machine = createServer((request, response) => {
    asked.push(new URL(request.url ?? '/', 'http://127.0.0.1'))
    const known = request.headers['x-identity-header'] === 'of-this-machine' && asked.at(-1)?.searchParams.get('client_id') === identity.clientId
    const token = {
      access_token: 'of-the-machine',
      expires_on: String(Math.floor(Date.now() / 1000) + 3600),
      resource: 'https://graph.microsoft.com',
      token_type: 'Bearer',
    }
    response.writeHead(known ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(known ? token : { error: 'invalid_request' }))
  })

  beforeAll(async () => {
    await once(machine.listen(0, '127.0.0.1'), 'listening')
    const { port } = machine.address() as AddressInfo
    Object.assign(process.env, { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: 'of-this-machine' })
  })
  afterAll(() => {
    delete process.env.IDENTITY_ENDPOINT
    delete process.env.IDENTITY_HEADER
    machine.close()
    machine.closeAllConnections()
  })

  it('asks the machine, not the authority', async () => {
    graphTakes('of-the-machine')
    expect(await check({ identity })).toMatchObject({ kind: 'cannot' })
    expect(asked[0]?.searchParams.get('resource')).toBe('https://graph.microsoft.com')
    expect(cloud.requests.filter(({ url }) => url.hostname === loginHost)).toEqual([])
  })

  it('vouches for the app on behalf of a person', async () => {
    issueToken()
    graphTakes('of-the-loopback')
    const caller = asPerson({ ...kelley, token: cloud.tokenOf('kelley') })
    const there = createDirectory({ ...settings, identity }, recordingLog())
    expect(await there.checkRole(caller, 'buy-microsoft-365')).toMatchObject({ kind: 'cannot' })
    expect(asked.at(-1)?.searchParams.get('resource')).toBe('api://AzureADTokenExchange')
    expect(tokenRequest()).toMatchObject({ requested_token_use: 'on_behalf_of', client_assertion: 'of-the-machine' })
  })

  it('the machine does not know is a sign-in problem', async () => {
    const stranger = { ...identity, clientId: 'ffffffff-4f50-4617-8283-94a5b6c7d8e9' }
    expect(await check({ identity: stranger })).toMatchObject({ kind: 'unknown', reason: 'sign-in' })
  })
})

describe('a private cloud', () => {
  const own = () => `https://localhost:${cloud.port}`
  const openAuthority = () =>
    cloud.serve('localhost', ({ url }) => {
      const at = `${own()}/${contoso.id}`
      if (url.pathname.endsWith('/token')) return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: 'of-the-private-cloud' } }
      const endpoints = {
        authorization_endpoint: `${at}/authorize`,
        token_endpoint: `${at}/oauth2/v2.0/token`,
        end_session_endpoint: `${at}/logout`,
        jwks_uri: `${at}/keys`,
      }
      return { status: 200, body: { issuer: `${at}/v2.0`, ...endpoints } }
    })
  const graph = () =>
    cloud.serve(privateGraph, ({ headers }) =>
      headers.authorization === 'Bearer of-the-private-cloud' ? { status: 200, body: { value: [] } } : { status: 401, body: {} },
    )
  const addresses = () => ({ authorityHost: `${own()}/`, graphBaseUrl: `https://${privateGraph}/`, disableInstanceDiscovery: true })

  it('has its own authority, certificate and Graph', async () => {
    openAuthority()
    graph()
    expect(await check({ ...addresses(), ca: cloud.ca })).toMatchObject({ kind: 'cannot' })
    expect(tokenRequest()).toMatchObject({ scope: `https://${privateGraph}/.default` })
    expect(cloud.requests.filter(({ url }) => [loginHost, graphHost].includes(url.hostname))).toEqual([])
  })

  it('is not believed without its certificate', async () => {
    openAuthority()
    graph()
    expect(await check(addresses())).toMatchObject({ kind: 'unknown', reason: 'unavailable' })
    expect(cloud.requests).toEqual([])
  })
})

describe('on behalf of a person', () => {
  const checkAsPerson = (identity: DirectorySettings['identity']) => {
    const caller = asPerson({ ...kelley, token: cloud.tokenOf('kelley') })
    return createDirectory({ ...settings, identity }, recordingLog()).checkRole(caller, 'buy-microsoft-365')
  }
  const exchanged = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', requested_token_use: 'on_behalf_of', assertion: expect.stringMatching(/^eyJ/) }

  it('a certificate signs for the app', async () => {
    const path = join(folder, 'for-people.pem')
    const made = await generate([{ name: 'commonName', value: 'directory' }], { algorithm: 'sha256' })
    await writeFile(path, made.private + made.cert)
    issueToken()
    graphTakes('of-the-loopback')
    expect(await checkAsPerson({ kind: 'certificate', path })).toMatchObject({ kind: 'cannot' })
    const form = tokenRequest()
    expect(form).toMatchObject(exchanged)
    expect(jwt.verify(String(form.client_assertion), made.cert, { clockTolerance: 5 })).toMatchObject({ iss: clientId, sub: clientId })
  })

  it('the token of a workload identity stands for the app', async () => {
    const tokenFile = join(folder, 'workload-token')
    await writeFile(tokenFile, 'of-the-cluster')
    issueToken()
    graphTakes('of-the-loopback')
    expect(await checkAsPerson({ kind: 'workload-identity', tokenFile })).toMatchObject({ kind: 'cannot' })
    expect(tokenRequest()).toMatchObject({ ...exchanged, client_assertion: 'of-the-cluster' })
  })
})
