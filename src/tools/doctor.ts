/**
 * Holds the settings against the outside and names what is wrong: `npm run doctor`. It sends nothing about people, and changes nothing
 * but that it makes the folder of a file store, as the bot would. Secrets and tokens are never printed.
 *
 * One line per finding: `ok`, `note` (works, could do more or less) or `wrong`. Exit code: 0 nothing is wrong, 1 something is, 2 a
 * setting is missing or malformed.
 */
import { config as loadEnv } from 'dotenv'
import { ConfigError, readConfig, type Config } from '../config'
import { openStore } from '../open-store'
import { createProbe } from '../runs/probe'
import { createSecrets } from '../runs/record-keys'
import { StoreError } from '../runs/store'
import { connection } from './doctor/connection'
import { note, ok, wrong, type Finding } from './doctor/finding'
import { botSignIn, lookUps } from './doctor/identity'
import { network } from './doctor/network'

const store = async (config: Config): Promise<Finding> => {
  if (config.store.kind === 'memory') return note('STATE_STORE', 'Nothing is kept over a restart.', 'Use file: with a folder, so that people keep their place.')
  try {
    const opened = await openStore(config)
    const [problem] = await createProbe(opened, createSecrets(opened, config.recordKeys))()
    await opened.close()
    return problem === undefined
      ? ok('STATE_STORE', 'Records can be written and read.')
      : wrong('STATE_STORE', 'Records cannot be written and read.', problem.replace(/^STATE_STORE: /, ''))
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return error.inUse ? ok('STATE_STORE', 'A bot is running on this folder.') : wrong('STATE_STORE', error.problem, error.fix)
  }
}

const line = ({ level, setting, says, fix }: Finding) => `${level.padEnd(5)} ${setting}: ${says}${fix === undefined ? '' : ` Fix: ${fix}`}`

/** @returns the exit code. */
export const run = async (environment: Readonly<Record<string, string | undefined>>, say: (line: string) => void): Promise<0 | 1 | 2> => {
  let config: Config
  try {
    config = readConfig(environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const { setting, problem, fix } of error.problems) say(line(wrong(setting, problem, fix)))
    return 2
  }
  const [bot, directory] = [await botSignIn(config), await lookUps(config)]
  const findings = [
    ok('.env', 'Every setting is well formed.'),
    ...bot.findings,
    ...directory.findings,
    ...(await connection(config, bot.token)),
    ...(await network(config, directory.token)),
    await store(config),
  ]
  for (const finding of findings) say(line(finding))
  const faults = findings.filter(({ level }) => level === 'wrong').length
  say(faults === 0 ? 'Nothing is wrong.' : `${faults} ${faults === 1 ? 'thing is' : 'things are'} wrong.`)
  return faults === 0 ? 0 : 1
}

const main = async () => {
  loadEnv({ quiet: true })
  process.exitCode = await run(process.env, (text) => void process.stdout.write(`${text}\n`))
}

if (require.main === module) void main()
