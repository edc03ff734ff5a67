/** A bot under measurement: the built one or the echo, each in a sandbox of its own, with its CPU and memory. */
import { createServer, get } from 'node:http'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { close, listenOnLoopback } from '../../sandbox/listen'
import { startSandbox, type Sandbox } from '../../sandbox/start'

const root = join(__dirname, '..', '..', '..')
export const scripts = { bot: join(root, 'dist', 'index.js'), echo: join(root, 'bench', 'echo.cjs') } as const
export type SubjectName = keyof typeof scripts

const usage = z.object({ cpuMs: z.number(), rssBytes: z.number(), upMs: z.number() })
export type Usage = z.infer<typeof usage>

export interface Subject {
  readonly name: SubjectName
  readonly sandbox: Sandbox
  readonly usage: () => Promise<Usage>
  /** From the start of the process until it was ready; `cpuMs` used until then. */
  readonly start: { readonly wallMs: number; readonly cpuMs: number; readonly rssBytes: number }
  readonly stop: () => Promise<void>
}

export interface SubjectOptions {
  /** How many of everybody there are. */
  readonly casts: number
  readonly graphMs: number
  readonly stateFolder?: string
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  const port = await listenOnLoopback(server)
  await close(server)
  return port
}

const readUsage = (port: number): Promise<Usage> =>
  new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent: false }, (response) => {
      json(response).then((body) => resolve(usage.parse(body)), reject)
    }).on('error', reject)
  })

/** What is measured is a turn, not the answer that there were too many. */
const unlimited = { PERSON_LIMIT_PER_MINUTE: '1000000', TENANT_LIMIT_PER_MINUTE: '1000000' }

export const startSubject = async (name: SubjectName, { stateFolder, ...options }: SubjectOptions): Promise<Subject> => {
  const port = await freePort()
  const env = { ...unlimited, BENCH_SCRIPT: scripts[name], BENCH_PORT: String(port) }
  const sandbox = await startSandbox({ ...options, env, script: join(root, 'bench', 'measured.cjs'), ...(stateFolder !== undefined && { stateFolder }) })
  const { upMs: wallMs, cpuMs, rssBytes } = await readUsage(port)
  return { name, sandbox, usage: () => readUsage(port), start: { wallMs, cpuMs, rssBytes }, stop: () => sandbox.stop() }
}
