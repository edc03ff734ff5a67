/**
 * Holds the settings against the outside and names what is wrong: `npm run doctor`. It sends nothing about people, and changes nothing
 * but that it makes the folder of a file store, as the bot would. Secrets and tokens are never printed.
 *
 * What only the operator may see (the app registration, the Azure Bot) is read with their own sign-in of the Azure CLI, if there is one.
 *
 * One line per finding: `ok`, `note` (works, could do more or less), `warn` (works, not for ever), `unknown` (cannot be told from here)
 * or `wrong`; `--json`: one document. Ten seconds at most, whatever hangs. Exit code: 0 nothing is wrong, 1 something is, 2 a setting is
 * missing or malformed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TokenCredential } from '@azure/identity'
import { config as loadEnv } from 'dotenv'
import { z } from 'zod'
import { ConfigError, readConfig, type Config } from '../config'
import { contradictionsIn } from '../readiness/contradictions'
import { appPackage } from './doctor/app-package'
import { azureBot } from './doctor/azure-bot'
import { connection } from './doctor/connection'
import { settingsFile, store } from './doctor/files'
import { ok, unknown, warn, wrong, type Finding } from './doctor/finding'
import { botSignIn, lookUps } from './doctor/identity'
import { clock, network } from './doctor/network'
import { azureCli, createOperator } from './doctor/operator'
import { registration } from './doctor/registration'

const root = join(__dirname, '..', '..')
/** Less than ten seconds, with what it takes to start and to print. */
const limitMs = 8_500

type Environment = Readonly<Record<string, string | undefined>>

export interface DoctorOptions {
  readonly json?: boolean
  readonly now?: () => Date
  /** Whose sign-in reads what only an operator may see; default: that of the Azure CLI. */
  readonly credential?: (config: Config) => TokenCredential
  readonly packageFile?: string
  readonly settingsFile?: string
  readonly limitMs?: number
}

interface Section {
  readonly setting: string
  readonly what: string
  readonly look: () => Promise<readonly Finding[]>
}

const version = (): string => z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version

/** What does not depend on each other is looked at at once. */
const sectionsOf = (config: Config, environment: Environment, options: DoctorOptions): readonly Section[] => {
  const { now = () => new Date(), credential = azureCli } = options
  const operator = createOperator(config, credential(config))
  const bot = botSignIn(config)
  const directory = lookUps(config)
  const contradictions = () =>
    contradictionsIn(config, environment, now()).map(({ level, setting, seen, fix }) => (level === 'wrong' ? wrong : warn)(setting, seen, fix))
  return [
    { setting: '.env', what: 'The settings', look: async () => [ok('.env', 'Every setting is well formed.'), ...contradictions()] },
    {
      setting: '.env',
      what: 'The settings file',
      look: async () => settingsFile(options.settingsFile ?? join(process.cwd(), '.env'), join(root, '.env.sample')),
    },
    { setting: 'MicrosoftAppId', what: 'The sign-in of the bot', look: async () => (await bot).findings },
    { setting: 'AZURE_CLIENT_ID', what: 'The sign-in of look-ups', look: async () => (await directory).findings },
    { setting: 'OAUTH_CONNECTION_NAME', what: 'The connection people sign in with', look: async () => connection(config, (await bot).token) },
    { setting: 'MicrosoftAppId', what: 'The app registration', look: () => registration(config, operator, now()) },
    { setting: 'MicrosoftAppId', what: 'The Azure Bot', look: () => azureBot(config, operator) },
    {
      setting: 'MicrosoftAppId',
      what: 'The app package',
      look: () => appPackage(config, options.packageFile ?? join(root, 'appPackage', 'build', 'onetenant.zip'), version()),
    },
    { setting: 'PUBLIC_URL', what: 'The network', look: async () => network(config, (await directory).token) },
    { setting: 'clock', what: 'The clock', look: () => clock(config, now) },
    { setting: 'STATE_STORE', what: 'The store', look: () => store(config) },
  ]
}

/** Whatever a section does: its findings, or that it gave none. */
const inTime = async ({ setting, what, look }: Section, ms: number): Promise<readonly Finding[]> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(() => resolve([unknown(setting, `${what}: no answer in time.`, 'See which of the hosts hangs; try again.')]), ms)
  })
  try {
    return await Promise.race([look(), late])
  } catch (error) {
    return [unknown(setting, `${what}: could not be looked at (${error instanceof Error ? error.name : typeof error}).`, 'Report it if it stays.')]
  } finally {
    clearTimeout(timer)
  }
}

const line = ({ level, setting, seen, fix }: Finding) => `${level.padEnd(5)} ${setting}: ${seen}${fix === undefined ? '' : ` Fix: ${fix}`}`

const summaryOf = (faults: number) => (faults === 0 ? 'Nothing is wrong.' : `${faults} ${faults === 1 ? 'thing is' : 'things are'} wrong.`)

const tell = (findings: readonly Finding[], summary: string | undefined, { json }: DoctorOptions, say: (line: string) => void): void => {
  if (json) return say(JSON.stringify({ findings }, undefined, 2))
  for (const finding of findings) say(line(finding))
  if (summary !== undefined) say(summary)
}

/** @returns the exit code. */
export const run = async (environment: Environment, say: (line: string) => void, options: DoctorOptions = {}): Promise<0 | 1 | 2> => {
  let config: Config
  try {
    config = readConfig(environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    tell(
      error.problems.map(({ setting, problem, fix }) => wrong(setting, problem, fix)),
      undefined,
      options,
      say,
    )
    return 2
  }
  const findings = (await Promise.all(sectionsOf(config, environment, options).map((section) => inTime(section, options.limitMs ?? limitMs)))).flat()
  const faults = findings.filter(({ level }) => level === 'wrong').length
  tell(findings, summaryOf(faults), options, say)
  return faults === 0 ? 0 : 1
}

const main = async () => {
  loadEnv({ quiet: true })
  const code = await run(process.env, (text) => void process.stdout.write(`${text}\n`), { json: process.argv.includes('--json') })
  // Not before everything is written; and what still hangs is not waited for.
  process.stdout.write('', () => process.exit(code))
}

if (require.main === module) void main()
