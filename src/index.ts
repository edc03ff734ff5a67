/** Starts and stops the bot. The only reader of the environment, the only listener. */
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { config as loadEnv } from 'dotenv'
import type { Logger } from 'pino'
import { createAdapter, type Adapter } from './bot/adapter'
import { createBot } from './bot/bot'
import { credentialCheck } from './bot/credential'
import { createSignIns } from './bot/sign-in'
import { privateChat } from './bot/teams-host'
import { ConfigError, readConfig, type Config } from './config'
import { createDirectory } from './directory'
import { createCounts } from './insight/counts'
import { captureConsole, createLog, hashPeopleUnder } from './log'
import { openStore, storeLog } from './open-store'
import { contradictionsIn } from './readiness/contradictions'
import { keysCheck } from './readiness/keys-check'
import { lookUpsCheck } from './readiness/look-ups-check'
import { createReadiness, type Check } from './readiness/readiness'
import { storeCheck } from './readiness/store-check'
import { keyedStore } from './runs/keyed-store'
import { createProbe } from './runs/probe'
import { createSecrets } from './runs/record-keys'
import { createPeople, createThreads } from './runs/records'
import { StoreError, type Store } from './runs/store'
import { sweepIdle } from './runs/sweep'
import { createServer } from './server'
import { readMetrics } from './telemetry/instruments'
import { understand } from './understanding'
import { readVersion } from './version'

/** Turns in flight get this long to end after a stop signal. */
const graceMs = 10_000
const hangUpMs = 50
const dayMs = 24 * 60 * 60 * 1000
const misconfigured = 2

/** Everything the server asks, and what has to end before the process does. */
const assemble = (config: Config, store: Store, log: Logger) => {
  const now = () => new Date()
  const { onAside } = storeLog(log, config.retentionDays)
  const secrets = createSecrets(store, config.recordKeys, hashPeopleUnder)
  const keyed = keyedStore(store, secrets, onAside)
  const directory = createDirectory(config.directory, log)
  const onUnread = (where: readonly string[]) =>
    log.warn({ where, fix: 'None: they are carried along for the build that wrote them, and are read again by it.' }, 'entries of a record could not be read')
  const counts = createCounts({
    store,
    build: readVersion(),
    now,
    keepsText: config.keepsFeedbackText,
    onUnkept: (error) => log.warn({ error, setting: 'STATE_STORE', fix: 'None if rare: they are kept with the next ones.' }, 'counts could not be kept'),
  })
  const bot = createBot({
    services: { now, newId: randomUUID, publicUrl: config.http.publicUrl },
    directory,
    privateChatUrl: (serviceUrl, text) => privateChat(serviceUrl, config.bot.MicrosoftAppId, text),
    signIns: config.connectionName === undefined ? undefined : createSignIns({ connection: config.connectionName, directory, log }),
    people: createPeople(keyed, { retentionDays: config.retentionDays, now, onUnread, onAside }),
    threads: createThreads(keyed, { onUnread, onAside }),
    allowedTenants: config.allowed.tenants,
    counts,
    keepsFeedbackText: config.keepsFeedbackText,
    log,
  })
  const adapter = createAdapter(config, bot, log)
  return { adapter, counts, checks: checksOf(config, adapter, createProbe(store, secrets)) }
}

const start = async (config: Config, log: Logger): Promise<void> => {
  // The model is read now: a missing build stops the start, not the first message.
  understand('')
  const store = await openStore(config, storeLog(log, config.retentionDays))
  const { adapter, counts, checks } = assemble(config, store, log)
  const readiness = createReadiness(checks, log)
  const metrics = { read: readMetrics, token: config.metricsToken }
  const server = createServer({ ...adapter, readiness: readiness.state, metrics, pageFacts: config })
  let isStopping = false
  // People need not wait until everybody who is stored was looked through.
  let sweeping = forgetIdle(store, config, log)
  const sweep = setInterval(() => void (sweeping = forgetIdle(store, config, log)), dayMs)
  readiness.start()

  server.listen(config.http.port, config.http.host, () => log.info({ address: server.url }, 'listening'))
  server.on('error', ({ code = 'unknown error' }: NodeJS.ErrnoException) => refuse(cannotListen(config, code)))

  const stop = async () => {
    if (isStopping) return
    isStopping = true
    const drained = readiness.drain()
    log.info({ seconds: config.drainSeconds, setting: 'DRAIN_SECONDS' }, 'stopping: not ready any more; what still comes meanwhile is answered')
    clearInterval(sweep)
    await sleep(config.drainSeconds * 1_000)
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    // Connections are kept alive, so one that has had its answer must be closed for the server to end.
    const hangUp = setInterval(() => server.server.closeIdleConnections(), hangUpMs)
    const ended = closed.then(adapter.settled).then(() => sweeping)
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
    clearInterval(hangUp)
    await Promise.all([sweeping, drained, counts.settled()])
    await store.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

/** What `/readyz` tells of: each looks by itself, in the background. */
const checksOf = ({ bot, directory }: Config, { problem }: Pick<Adapter, 'problem'>, probe: ReturnType<typeof createProbe>): readonly Check[] => [
  storeCheck(probe),
  keysCheck(problem),
  credentialCheck(bot),
  lookUpsCheck(directory),
]

const cannotListen = ({ http }: Config, code: string): string =>
  code === 'EADDRINUSE' || code === 'EACCES'
    ? `PORT: ${http.port} cannot be listened on (${code}). Fix: free the port, or set PORT to another one.`
    : `HOST: ${http.host} cannot be listened on (${code}). Fix: give an address of this machine; 0.0.0.0 is usual.`

const forgetIdle = async (store: Store, { retentionDays }: Config, log: Logger): Promise<void> => {
  try {
    const { onAside } = storeLog(log, retentionDays)
    const forgotten = await sweepIdle(store, new Date(Date.now() - retentionDays * dayMs), { onAside })
    if (forgotten !== undefined && forgotten > 0) log.info({ forgotten, setting: 'RUN_RETENTION_DAYS' }, 'idle records were forgotten')
  } catch (error) {
    log.error({ error, setting: 'STATE_STORE', fix: 'Check that the store can be read and written.' }, 'idle records could not be forgotten')
  }
}

/** One line per problem on standard error, and the exit code operators and supervisors look for. */
const refuse = (lines: string): never => {
  process.stderr.write(`${lines}\n`)
  process.exit(misconfigured)
}

const main = async () => {
  // What is written is for the owner alone.
  process.umask(0o077)
  loadEnv({ path: join(process.cwd(), '.env'), quiet: true })
  let config: Config
  try {
    config = readConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) return refuse(error.message)
    throw error
  }
  const log = createLog(config.logLevel)
  captureConsole(log)
  for (const { level, setting, seen, fix } of contradictionsIn(config, process.env, new Date()))
    log[level === 'wrong' ? 'error' : 'warn']({ setting, cause: seen, fix }, 'settings that do not go together, or not for long')
  process.on('unhandledRejection', (error) => log.error({ error }, 'a promise was rejected and nobody listened'))
  try {
    await start(config, log)
  } catch (error) {
    if (error instanceof StoreError) return refuse(error.message)
    process.stderr.write(`The bot could not start. ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

void main()
