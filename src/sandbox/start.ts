import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { createArm } from './arm'
import { type Authority, createAuthority, isForTeams, type Registration } from './authority'
import type { Room } from './bot-messages'
import { type BotProcess, type Ended, runToEnd, startBot } from './bot-process'
import { type BotService, createBotService } from './bot-service'
import { createBroadcast } from './broadcast'
import { askedForOriginals, type Cast, castsOf } from './casts'
import { createCertificate } from './certificate'
import { chatsOf } from './chats'
import { type Service, startCloud } from './cloud'
import { createConnector } from './connector'
import { crowdOf } from './crowd'
import { armWithEstate, azureCli, createEstate, graphWithEstate, operatorToken, type Estate } from './estate'
import { createPost } from './delivery'
import { type Faults, noFaults, type Verify } from './faults'
import { registrationOf } from './registration'
import { createGraph } from './graph'
import type { Handler } from './http'
import type { Scene, SceneEvent, Wire } from './protocol'
import { createTeams, type Teams } from './teams'
import { contoso, type SandboxPerson, tenants } from './tenants'
import { type Connection, createTokenService, type TokenService } from './token-service'
import { createTranscript } from './transcript'
import { tries } from './tries'
import { createTroubles, troubled, type Troubles } from './trouble'

export interface SandboxOptions {
  /** Settings of the bot over (or beyond) those the sandbox gives. */
  readonly env?: Readonly<Record<string, string>>
  /** Where the bot keeps its state; kept afterwards. Default: a fresh folder, removed at the end. */
  readonly stateFolder?: string
  /** Another bot than the built one. */
  readonly script?: string
  /** Port of the bot; default a free one. */
  readonly port?: number
  /** How many people there are beside those of Contoso: `p1`, `p2`, …, each with a chat of their own and a group chat. */
  readonly crowd?: number
  /** How many times Contoso's people are there once more, with chats of their own; see `casts.ts`. */
  readonly casts?: number
  /** How many bots there are, with the same settings; default 1. What Teams delivers goes to each in turn. */
  readonly instances?: number
  /** Further hosts of the cloud, by name. */
  readonly hosts?: (verify: Verify) => Readonly<Record<string, Handler>>
  /** How long Graph takes for an answer; default: no time at all. */
  readonly graphMs?: number
  /** Gives the bot an OAuth connection whose tokens are for its own app, or for Graph; default: none, so it looks up app-only. */
  readonly singleSignOn?: Connection['gives']
}

/** Microsoft's cloud on loopback with the bot running against it, and the person's Teams in front. */
export interface Sandbox {
  readonly teams: Teams
  readonly bot: BotProcess
  /** All instances, the first included. */
  readonly bots: readonly BotProcess[]
  /** Change in place: how Graph, Azure and sign-in behave, and what nobody consented to. */
  readonly faults: Faults
  /** Keys of people who agreed to single sign-on; empty at first. Change in place. */
  readonly consented: Set<string>
  readonly tokens: Pick<TokenService, 'signedIn' | 'signIn'>
  /** A person's token as Teams gets it, good and bad, for `teams.exchange`. */
  readonly personToken: Authority['personToken']
  /** What the Azure CLI gives one of Contoso's people for a resource, e.g. `https://graph.microsoft.com`. */
  readonly operatorToken: (person: string, resource: string) => Promise<string>
  /** How the connector behaves. */
  readonly connector: Pick<Troubles, 'fail' | 'recover'>
  /** How Entra behaves when the bot signs in to write to people, and the Bot Service when its keys are asked for. */
  readonly ownSignIn: Pick<Troubles, 'fail' | 'recover'>
  readonly keys: Pick<Troubles, 'fail' | 'recover'>
  /** Tokens for `teams.post`, good and bad. */
  readonly botToken: BotService['token']
  /** What crossed the wire, oldest first; the newest two thousand. */
  readonly wires: readonly Wire[]
  readonly scene: () => Scene
  /** Where the bot keeps its state, and the secret it was given: to look into what it leaves behind. */
  readonly stateFolder: string
  readonly secret: string
  /** Another program (a built script) with the bot's settings and `env` over them, in the same cloud, until it ends. */
  readonly run: (script: string, env?: Readonly<Record<string, string>>) => Promise<Ended>
  /** `inspect` runs when the bot has ended and its state is still there. */
  readonly stop: (inspect?: () => Promise<void>) => Promise<void>
}

const bot = { appId: '4f1b2c3d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', name: 'OneTenant' }
const publicUrl = 'https://onetenant.contoso.example'
const mostWires = 2000

const connectionName = 'entra'

const personOf = (key: string): SandboxPerson => {
  const found = contoso.people.find((each) => each.key === key)
  if (!found) throw new Error(`There is no ${key}.`)
  return found
}

const register = () => registrationOf(bot.appId, randomBytes(24).toString('base64url'), contoso.id)

const productionSettings = ({ id, secret, tenantId }: Registration, state: string) => ({
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: id,
  MicrosoftAppPassword: secret,
  MicrosoftAppTenantId: tenantId,
  PUBLIC_URL: publicUrl,
  STATE_STORE: `file:${state}`,
  // Nothing stands in front of it that would have to hear first.
  DRAIN_SECONDS: '0',
})

interface LookAlikes {
  readonly connector: Handler
  readonly entra: Handler
  readonly botService: Handler
  readonly tokenService: Handler
  readonly verify: Verify
  readonly faults: Faults
  readonly casts: readonly Cast[]
  readonly estate: Estate
  readonly graphMs: number
}

const taking = (ms: number, handler: Handler): Handler =>
  ms === 0
    ? handler
    : async (request) => {
        await wait(ms, undefined, { ref: false })
        return handler(request)
      }

/** Host by host, everything the bot may reach. */
const hostsOf = ({ connector, entra, botService, tokenService, casts, estate, graphMs, ...cloud }: LookAlikes): Readonly<Record<string, Service>> => ({
  'login.microsoftonline.com': { name: 'login', handler: entra },
  'login.windows.net': { name: 'login', handler: entra },
  'sts.windows.net': { name: 'login', handler: entra },
  'login.botframework.com': { name: 'login', handler: botService },
  'api.botframework.com': { name: 'login', handler: tokenService },
  'token.botframework.com': { name: 'login', handler: tokenService },
  'smba.trafficmanager.net': { name: 'connector', handler: connector },
  'graph.microsoft.com': { name: 'graph', handler: taking(graphMs, graphWithEstate(askedForOriginals(casts, createGraph(cloud)), estate, cloud.verify)) },
  'management.azure.com': { name: 'arm', handler: armWithEstate(createArm(cloud), estate, cloud.verify) },
})

const createRoom = (crowd: readonly SandboxPerson[], casts: readonly Cast[], faults: Faults): Room => {
  const events = createBroadcast<SceneEvent>()
  const chats = [...chatsOf(contoso, crowd), ...casts.flatMap((cast) => cast.chats)]
  return { chats, events, transcript: createTranscript(events), installed: new Set<string>(), opened: new Set<string>(), faults }
}

/** Keeps the newest of what crossed the wire. */
const recordWires = ({ events }: Room) => {
  const wires: Wire[] = []
  events.on((event) => {
    if (event.kind === 'wire') wires.push(event.wire)
    if (wires.length > mostWires) wires.shift()
  })
  return wires
}

const sceneOf = ({ chats, transcript }: Room): Scene => ({
  bot: { name: bot.name },
  organization: contoso.name,
  people: contoso.people.map(({ key, name, about, userPrincipalName }) => ({ key, name, about, account: userPrincipalName })),
  chats: chats.map(({ key, place, title }) => ({ key, place, title })),
  messages: transcript.messages(),
  tries,
  publicUrl,
})

/** A token for Graph in exchange for the person's own, as the token service gets it. */
const exchangeFor = async (authority: Authority, { id, secret, tenantId }: Registration, assertion: string) => {
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: id,
    client_secret: secret,
    scope: 'https://graph.microsoft.com/.default',
    assertion,
  }
  const url = new URL(`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`)
  const { body } = await authority.handler({ method: 'POST', url, headers: {}, body: new URLSearchParams(form).toString() })
  return z.object({ access_token: z.string() }).safeParse(body).data?.access_token
}

/** All or none. */
const startAll = async (count: number, start: () => Promise<BotProcess>): Promise<readonly [BotProcess, ...BotProcess[]]> => {
  const started = await Promise.allSettled(Array.from({ length: count }, start))
  const bots = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const [first, ...others] = bots
  if (first && bots.length === count) return [first, ...others]
  await Promise.all(bots.map((bot) => bot.stop()))
  throw started.find((each) => each.status === 'rejected')?.reason
}

/** Starts everything, the bot last; rejects, with nothing left running, when the bot does not start. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const folder = await mkdtemp(join(tmpdir(), 'onetenant-'))
  const state = options.stateFolder ?? join(folder, 'state')
  const certificateFile = join(folder, 'cloud.pem')
  const registration = register()
  const crowd = crowdOf(options.crowd ?? 0)
  const casts = castsOf(options.casts ?? 0)
  const faults = noFaults()
  const room = createRoom(crowd, casts, faults)
  const [troubles, ownSignIn, keys] = [createTroubles(), createTroubles(), createTroubles()]
  const wires = recordWires(room)

  const [authority, botService] = await Promise.all([
    createAuthority(tenants, [registration, azureCli], faults, 'Entra'),
    createBotService(bot.appId, 'Bot Service'),
  ])
  const { verify } = authority
  const consented = new Set<string>()
  const tokenOf = (person: SandboxPerson) => {
    const tenant = tenants.find((each) => each.people.includes(person)) ?? contoso
    return authority.personToken({ tenant, person, appId: bot.appId })
  }
  const tokenService = createTokenService({
    botAppId: bot.appId,
    verify,
    faults,
    connection: { name: connectionName, gives: options.singleSignOn ?? 'app' },
    people: contoso.people,
    personToken: tokenOf,
    onBehalfOf: (token) => exchangeFor(authority, registration, token),
    consented,
  })
  const estate = createEstate({ appId: bot.appId, secret: registration.secret, publicUrl, connectionName })
  const connector = createConnector(room, bot.appId, verify, troubles)
  const entra = troubled(ownSignIn, authority.handler, isForTeams)
  const further = Object.entries(options.hosts?.(verify) ?? {}).map(([host, handler]) => [host, { name: 'store', handler } as const] as const)
  const hosts = {
    ...hostsOf({
      connector,
      entra,
      botService: troubled(keys, botService.handler),
      tokenService: tokenService.handler,
      verify,
      faults,
      casts,
      estate,
      graphMs: options.graphMs ?? 0,
    }),
    ...Object.fromEntries(further),
  }
  const certificate = await createCertificate(Object.keys(hosts))
  await Promise.all([mkdir(state, { recursive: true }), writeFile(certificateFile, certificate.cert)])
  const cloud = await startCloud(hosts, certificate, (wire) => room.events.emit({ kind: 'wire', wire }))
  const clear = async () => {
    await cloud.stop()
    await rm(folder, { recursive: true, force: true })
  }

  const settings = {
    env: { ...productionSettings(registration, state), ...(options.singleSignOn && { OAUTH_CONNECTION_NAME: connectionName }), ...options.env },
    folder,
    cloudPort: cloud.port,
    certificateFile,
  }
  const bots = await startAll(options.instances ?? 1, () => startBot({ ...settings, script: options.script, port: options.port })).catch(
    async (error: unknown) => {
      await clear()
      throw error
    },
  )
  const [process] = bots
  const post = createPost(bots, botService, room.events)
  const teams = createTeams({
    room,
    people: [...contoso.people, ...crowd, ...casts.flatMap((cast) => cast.people)],
    bot: { id: `28:${bot.appId}`, name: bot.name },
    post,
    signIn: { tokenOf, signIn: tokenService.signIn, signOut: tokenService.signOut, consented },
  })
  const stop: Sandbox['stop'] = async (inspect) => {
    await Promise.all(bots.map((each) => each.stop()))
    try {
      await inspect?.()
    } finally {
      await clear()
    }
  }
  return {
    teams,
    bot: process,
    bots,
    faults,
    consented,
    tokens: tokenService,
    personToken: authority.personToken,
    operatorToken: (key, resource) => operatorToken(authority, personOf(key), resource),
    connector: troubles,
    ownSignIn,
    keys,
    botToken: botService.token,
    wires,
    scene: () => sceneOf(room),
    stateFolder: state,
    secret: registration.secret,
    run: (script, env) => runToEnd({ ...settings, script, env: { ...settings.env, ...env } }),
    stop,
  }
}
