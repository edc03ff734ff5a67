import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { slowMs, type Faults, type Verify } from './faults'
import type { CloudRequest, CloudResponse, Handler } from './http'
import type { SandboxPerson } from './tenants'

/** The bot's OAuth connection. */
export interface Connection {
  readonly name: string
  /** What a signed-in person's token is for: the bot's own app, or Microsoft Graph. */
  readonly gives: 'app' | 'graph'
}

export interface TokenServiceParts {
  readonly botAppId: string
  readonly verify: Verify
  readonly faults: Readonly<Faults>
  readonly connection: Connection
  readonly people: readonly SandboxPerson[]
  /** A token of the person for the bot's own app. */
  readonly personToken: (person: SandboxPerson) => string
  /** Exchanges it for one for Graph; undefined when consent is missing. */
  readonly onBehalfOf: (token: string) => Promise<string | undefined>
  /** People who agreed to the bot reading their profile. */
  readonly consented: ReadonlySet<string>
}

export interface TokenService {
  readonly handler: Handler
  /** The person signs in in the pop-up, perhaps with another account: answers with the code the pop-up hands to Teams. */
  readonly signIn: (person: SandboxPerson, account?: SandboxPerson) => Promise<string>
  /** Forgets the person's token. */
  readonly signOut: (person: SandboxPerson) => void
  /** Teams ids of those whose token is kept. */
  readonly signedIn: () => readonly string[]
}

interface Kept {
  readonly token: string
  readonly expiration: string
}

const audience = 'https://api.botframework.com'
const hourMs = 3_600_000
const provider = '30dd229c-58e3-4a48-bdfd-91ec48eb906c'

const nobody: CloudResponse = { status: 404 }
const refusal = (status: number, code: string, message: string): CloudResponse => ({ status, body: { error: { code, message } } })

const exchangeBody = z.object({ token: z.string() })
const state = z.object({ connectionName: z.string(), msAppId: z.string(), conversation: z.object({ user: z.object({ id: z.string() }) }) })

const parsed = (text: string, encoding: BufferEncoding = 'utf8'): unknown => {
  try {
    return JSON.parse(Buffer.from(text, encoding).toString())
  } catch {
    return undefined
  }
}

/** The Bot Framework's store of people's tokens (`token.botframework.com`), for one connection. It answers only to the bot. */
export const createTokenService = (parts: TokenServiceParts): TokenService => {
  const { botAppId, verify, faults, connection, people, personToken, onBehalfOf, consented } = parts
  const kept = new Map<string, Kept>()
  const codes = new Map<string, { readonly code: string; readonly kept: Kept }>()

  const keep = (token: string): Kept => ({ token, expiration: new Date(Date.now() + hourMs).toISOString() })
  const given = ({ token, expiration }: Kept): CloudResponse => ({
    status: 200,
    body: { channelId: 'msteams', connectionName: connection.name, token, expiration },
  })
  const tokenFor = async (own: string) => (connection.gives === 'app' ? own : onBehalfOf(own))

  const getToken = ({ searchParams }: URL): CloudResponse => {
    const user = searchParams.get('userId') ?? ''
    const code = searchParams.get('code')
    const waiting = codes.get(user)
    if (code && waiting?.code === code) {
      codes.delete(user)
      kept.set(user, waiting.kept)
    }
    const found = kept.get(user)
    // Without a body: the bot's library takes any JSON for a token.
    return found ? given(found) : nobody
  }

  const isOwn = (token: string, { objectId }: SandboxPerson) => [botAppId, `api://botid-${botAppId}`].some((to) => verify(token, to)?.person?.oid === objectId)

  const exchange = async ({ searchParams }: URL, body: string): Promise<CloudResponse> => {
    const user = searchParams.get('userId') ?? ''
    const person = people.find(({ teamsId }) => teamsId === user)
    const token = exchangeBody.safeParse(parsed(body)).data?.token
    if (!token || !person || !isOwn(token, person)) return refusal(400, 'BadArgument', 'The token cannot be exchanged.')
    const got = consented.has(person.key) ? await tokenFor(token) : undefined
    if (!got) return refusal(400, 'ConsentRequired', 'The person has to consent first.')
    kept.set(user, keep(got))
    return given(keep(got))
  }

  const status = ({ searchParams }: URL): CloudResponse => {
    const hasToken = kept.has(searchParams.get('userId') ?? '')
    return {
      status: 200,
      body: [{ channelId: 'msteams', connectionName: connection.name, hasToken, serviceProviderDisplayName: 'Azure Active Directory v2' }],
    }
  }

  const signOut = ({ searchParams }: URL): CloudResponse => {
    kept.delete(searchParams.get('userId') ?? '')
    return { status: 204 }
  }

  const resource = ({ searchParams }: URL, answer: (link: string) => unknown): CloudResponse => {
    const asked = state.safeParse(parsed(searchParams.get('state') ?? '', 'base64'))
    if (asked.data?.connectionName !== connection.name) return refusal(400, 'BadArgument', 'There is no such connection.')
    return { status: 200, body: answer(`https://token.botframework.com/api/oauth/signin?signin=${randomUUID().replaceAll('-', '')}`) }
  }
  const signInResource = (url: URL) =>
    resource(url, (signInLink) => ({
      signInLink,
      tokenExchangeResource: { id: randomUUID(), uri: `api://botid-${botAppId}`, providerId: provider },
    }))

  const routes: Readonly<Record<string, (url: URL, body: string) => CloudResponse | Promise<CloudResponse>>> = {
    'GET /api/usertoken/gettoken': getToken,
    'POST /api/usertoken/exchange': exchange,
    'DELETE /api/usertoken/signout': signOut,
    'GET /api/usertoken/gettokenstatus': status,
    'GET /api/botsignin/getsigninurl': (url) => resource(url, (link) => link),
    'GET /api/botsignin/getsigninresource': signInResource,
  }

  const handler = async ({ method, url, headers, body }: CloudRequest): Promise<CloudResponse> => {
    const work = routes[`${method} ${url.pathname.toLowerCase()}`]
    if (!work) return nobody
    if (verify((headers.authorization ?? '').replace(/^Bearer /i, ''), audience)?.appid !== botAppId)
      return refusal(401, 'Unauthorized', 'Only the bot may ask.')
    if (faults.login === 'slow') await wait(slowMs, undefined, { ref: false })
    if (faults.login === 'down') return refusal(503, 'ServiceUnavailable', 'Not available just now.')
    if (faults.login === 'throttled') return { ...refusal(429, 'TooManyRequests', 'Too many requests.'), headers: { 'retry-after': '10' } }
    const name = url.searchParams.get('connectionName') ?? connection.name
    return name === connection.name ? work(url, body) : refusal(400, 'BadArgument', 'There is no such connection.')
  }

  const signIn: TokenService['signIn'] = async (person, account = person) => {
    const token = await tokenFor(personToken(account))
    const code = String(randomInt(100_000, 1_000_000))
    if (token) codes.set(person.teamsId, { code, kept: keep(token) })
    return code
  }
  const forget = ({ teamsId }: SandboxPerson) => {
    kept.delete(teamsId)
    codes.delete(teamsId)
  }
  return { handler, signIn, signOut: forget, signedIn: () => [...kept.keys()] }
}
