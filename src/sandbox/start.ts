import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArm } from './arm'
import { createAuthority, type Registration } from './authority'
import type { Room } from './bot-messages'
import { type BotProcess, startBot } from './bot-process'
import { type BotService, createBotService } from './bot-service'
import { createBroadcast } from './broadcast'
import { createCertificate } from './certificate'
import { chatsOf } from './chats'
import { type Service, startCloud } from './cloud'
import { createConnector } from './connector'
import { createPost } from './delivery'
import { type Faults, noFaults, type Verify } from './faults'
import { createGraph } from './graph'
import type { Handler } from './http'
import type { Scene, SceneEvent, Wire } from './protocol'
import { createTeams, type Teams } from './teams'
import { contoso, tenants } from './tenants'
import { createTranscript } from './transcript'
import { tries } from './tries'
import { createTroubles, type Troubles } from './trouble'

export interface SandboxOptions {
  /** Settings of the bot over (or beyond) those the sandbox gives. */
  readonly env?: Readonly<Record<string, string>>
  /** Where the bot keeps its state; kept afterwards. Default: a fresh folder, removed at the end. */
  readonly stateFolder?: string
  /** Another bot than the built one. */
  readonly script?: string
  /** Port of the bot; default a free one. */
  readonly port?: number
}

/** Microsoft's cloud on loopback with the bot running against it, and the person's Teams in front. */
export interface Sandbox {
  readonly teams: Teams
  readonly bot: BotProcess
  /** Change in place: how Graph and Azure behave. */
  readonly faults: Faults
  /** How the connector behaves. */
  readonly connector: Pick<Troubles, 'fail' | 'recover'>
  /** Tokens for `teams.post`, good and bad. */
  readonly botToken: BotService['token']
  /** What crossed the wire, oldest first; the newest two thousand. */
  readonly wires: readonly Wire[]
  readonly scene: () => Scene
  readonly stop: () => Promise<void>
}

const bot = { appId: '4f1b2c3d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', name: 'OneTenant' }
const publicUrl = 'https://onetenant.contoso.example'
const mostWires = 2000

const register = (): Registration => ({
  id: bot.appId,
  secret: randomBytes(24).toString('base64url'),
  tenantId: contoso.id,
  roles: ['User.Read.All'],
})

const productionSettings = ({ id, secret, tenantId }: Registration, state: string) => ({
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: id,
  MicrosoftAppPassword: secret,
  MicrosoftAppTenantId: tenantId,
  PUBLIC_URL: publicUrl,
  STATE_STORE: `file:${state}`,
})

interface LookAlikes {
  readonly connector: Handler
  readonly entra: Handler
  readonly botService: Handler
  readonly verify: Verify
  readonly faults: Faults
}

/** Host by host, everything the bot may reach. */
const hostsOf = ({ connector, entra, botService, ...cloud }: LookAlikes): Readonly<Record<string, Service>> => ({
  'login.microsoftonline.com': { name: 'login', handler: entra },
  'login.windows.net': { name: 'login', handler: entra },
  'sts.windows.net': { name: 'login', handler: entra },
  'login.botframework.com': { name: 'login', handler: botService },
  'api.botframework.com': { name: 'login', handler: botService },
  'token.botframework.com': { name: 'login', handler: botService },
  'smba.trafficmanager.net': { name: 'connector', handler: connector },
  'graph.microsoft.com': { name: 'graph', handler: createGraph(cloud) },
  'management.azure.com': { name: 'arm', handler: createArm(cloud) },
})

const createRoom = (): Room => {
  const events = createBroadcast<SceneEvent>()
  return { chats: chatsOf(contoso), events, transcript: createTranscript(events), installed: new Set<string>() }
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
  people: contoso.people.map(({ key, name, about }) => ({ key, name, about })),
  chats: chats.map(({ key, place, title }) => ({ key, place, title })),
  messages: transcript.messages(),
  tries,
  publicUrl,
})

/** Starts everything, the bot last; rejects, with nothing left running, when the bot does not start. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const folder = await mkdtemp(join(tmpdir(), 'onetenant-'))
  const state = options.stateFolder ?? join(folder, 'state')
  const certificateFile = join(folder, 'cloud.pem')
  const registration = register()
  const [faults, troubles, room] = [noFaults(), createTroubles(), createRoom()]
  const wires = recordWires(room)

  const [authority, botService] = await Promise.all([createAuthority(tenants, [registration]), createBotService(bot.appId)])
  const { verify } = authority
  const connector = createConnector(room, bot.appId, verify, troubles)
  const hosts = hostsOf({ connector, entra: authority.handler, botService: botService.handler, verify, faults })
  const certificate = await createCertificate(Object.keys(hosts))
  await Promise.all([mkdir(state, { recursive: true }), writeFile(certificateFile, certificate.cert)])
  const cloud = await startCloud(hosts, certificate, (wire) => room.events.emit({ kind: 'wire', wire }))
  const clear = async () => {
    await cloud.stop()
    await rm(folder, { recursive: true, force: true })
  }

  const process = await startBot({
    env: { ...productionSettings(registration, state), ...options.env },
    folder,
    cloudPort: cloud.port,
    certificateFile,
    script: options.script,
    port: options.port,
  }).catch(async (error: unknown) => {
    await clear()
    throw error
  })
  const post = createPost(process, botService, room.events)
  const teams = createTeams({ room, people: contoso.people, bot: { id: `28:${bot.appId}`, name: bot.name }, post })
  const stop = async () => {
    await process.stop()
    await clear()
  }
  return { teams, bot: process, faults, connector: troubles, botToken: botService.token, wires, scene: () => sceneOf(room), stop }
}
