import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { close, listenOnLoopback } from './listen'

export interface BotProcess {
  /** Root of its HTTP server, e.g. `http://127.0.0.1:51234`. */
  readonly url: string
  /** Connections to it; new after a restart. */
  readonly agent: () => Agent
  /** Lines of its standard output and standard error, oldest first; the newest ten thousand. */
  readonly logs: readonly string[]
  /** Settles with its last words when it ends unasked. */
  readonly crashed: Promise<string>
  /** Resolves with the exit code (null: ended by a signal). */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
  /** Ends it and starts it again on the same port with the same settings. */
  readonly restart: (signal?: NodeJS.Signals) => Promise<void>
}

export interface BotSettings {
  /** Settings of the bot; nothing else of the environment reaches it but what a process needs to live. */
  readonly env: Readonly<Record<string, string>>
  /** Working folder, without a `.env` of its own. */
  readonly folder: string
  /** Port of the sandbox's cloud, and the certificate to trust for it. */
  readonly cloudPort: number
  readonly certificateFile: string
  /** Default: the built bot. */
  readonly script?: string
  /** Default: a free one. */
  readonly port?: number
}

const builtBot = join(__dirname, '..', '..', 'dist', 'index.js')
const vital = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'TZ']
const mostLines = 10_000
/** Long, for machines that are busy with something else. */
const startMs = 60_000
const stopMs = 15_000

const preload = (file: string) => `--import=${pathToFileURL(join(__dirname, file)).href}`

const freePort = async () => {
  const server = createServer()
  const port = await listenOnLoopback(server)
  await close(server)
  return port
}

const environment = ({ env, cloudPort, certificateFile }: BotSettings, port: number) => ({
  ...Object.fromEntries(vital.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
  NODE_ENV: 'production',
  NODE_OPTIONS: `${preload('redirect.mjs')} ${preload('end-with-parent.mjs')}`,
  NODE_EXTRA_CA_CERTS: certificateFile,
  LOOPBACK_TLS: `127.0.0.1:${cloudPort}`,
  HOST: '127.0.0.1',
  PORT: String(port),
  ...env,
})

const isReady = (url: string) =>
  new Promise<boolean>((resolve) => {
    const request = get(`${url}/readyz`, { agent: false, timeout: 1000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false))
  })

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

export interface Ended {
  /** Null: ended by a signal. */
  readonly code: number | null
  /** Lines of its standard output and standard error. */
  readonly lines: readonly string[]
}

/** Runs another program as the bot would run, until it ends. */
export const runToEnd = async (settings: BotSettings & { readonly script: string }): Promise<Ended> => {
  const child = spawn(process.execPath, [settings.script], {
    cwd: settings.folder,
    env: environment(settings, settings.port ?? (await freePort())),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const lines: string[] = []
  for (const output of [child.stdout, child.stderr]) if (output) createInterface(output).on('line', (line) => lines.push(line))
  await once(child, 'close')
  return { code: child.exitCode, lines }
}

/** Starts the bot as a process of its own, with production settings, and waits until it is ready. Rejects with its last words. */
export const startBot = async (settings: BotSettings): Promise<BotProcess> => {
  const port = settings.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const logs: string[] = []
  let child: ChildProcess | undefined
  let agent = new Agent({ keepAlive: true })
  let asked = false
  let tellCrash: (lastWords: string) => void
  const crashed = new Promise<string>((resolve) => (tellCrash = resolve))

  const keep = (lines: Readable) =>
    createInterface(lines).on('line', (line) => {
      logs.push(line)
      if (logs.length > mostLines) logs.shift()
    })
  /** Its last log line, or all that it said after that without the logger: a stack trace. */
  const lastWords = () => {
    const afterLog = logs.slice(logs.findLastIndex((line) => line.startsWith('{"')) + 1)
    return (afterLog.length > 0 ? afterLog : logs.slice(-1)).join('\n')
  }

  const untilReady = async (started: ChildProcess) => {
    const giveUp = Date.now() + startMs
    const closed = once(started, 'close')
    while (!(await isReady(url))) {
      if (hasEnded(started)) {
        await closed
        throw new Error(`The bot ended (${started.exitCode ?? started.signalCode}) before it was ready:\n${lastWords()}`)
      }
      if (Date.now() > giveUp) throw new Error(`The bot was not ready in time:\n${lastWords()}`)
      await sleep(25)
    }
  }

  const start = async () => {
    asked = false
    const started = spawn(process.execPath, [settings.script ?? builtBot], {
      cwd: settings.folder,
      env: environment(settings, port),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child = started
    if (started.stdout) keep(started.stdout)
    if (started.stderr) keep(started.stderr)
    started.once('close', () => asked || tellCrash(lastWords()))
    await untilReady(started).catch(async (error: unknown) => {
      await stop('SIGKILL')
      throw error
    })
  }

  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    asked = true
    if (!child || hasEnded(child)) return child?.exitCode ?? null
    const [running, ended] = [child, once(child, 'exit')]
    running.kill(signal)
    const late = setTimeout(() => running.kill('SIGKILL'), stopMs)
    await ended
    clearTimeout(late)
    // Only now: an answer on its way to Teams must arrive.
    agent.destroy()
    return running.exitCode
  }

  const restart = async (signal?: NodeJS.Signals) => {
    await stop(signal)
    agent = new Agent({ keepAlive: true })
    await start()
  }

  await start()
  return { url, agent: () => agent, logs, crashed, stop, restart }
}
