/** Builds the app package people upload to Teams, and refuses one that breaks a rule: `npm run package`, with `-- --dev` the one to try things out with, with `-- --store` the one for the store. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { config } from 'dotenv'
import { ConfigError } from '../config'
import { readPackage, type Broken } from './package/contents'
import { brokenRules } from './package/rules'
import { readSettings, variants, type Variant } from './package/settings'
import { readVersion } from '../version'
import { zipOf } from './package/zip'

const root = join(__dirname, '..', '..')
const mostBytes = 1_000_000

/** Thrown by `buildPackage`; holds every rule that is broken. */
export class PackageError extends Error {
  constructor(readonly broken: readonly Broken[]) {
    super(broken.map(({ rule, where, problem }) => `${rule}: ${where}: ${problem}`).join('\n'))
    this.name = 'PackageError'
  }
}

interface Source {
  /** Where manifest.json, icons and language files are. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly variant?: Variant
}

/**
 * The app package as zip.
 * @throws ConfigError when a setting is missing or malformed, PackageError when the package breaks a rule.
 */
export const buildPackage = async ({ folder, environment, version, variant }: Source): Promise<Buffer> => {
  const app = readPackage(folder, readSettings(environment, version, variant))
  const zip = await zipOf(app.files)
  const tooLarge = {
    rule: 'package-size',
    where: 'onetenant.zip',
    problem: `has ${zip.length} bytes and must stay below ${mostBytes}.`,
  }
  const broken = [...brokenRules(app), ...(zip.length < mostBytes ? [] : [tooLarge])]
  if (broken.length > 0) throw new PackageError(broken)
  return zip
}

/**
 * Builds the package and writes it to `target`, or says what keeps it from that.
 * @returns the exit code: 0 written, 1 a rule is broken, 2 a setting is missing or malformed.
 */
export const run = async (source: Source, target: string, say: (text: string) => void): Promise<0 | 1 | 2> => {
  try {
    const zip = await buildPackage(source)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, zip)
    const size = `${Math.ceil(zip.length / 1024)} KB`
    say(`${relative(root, target)}: version ${source.version}, ${size}. Upload it in Teams: Apps > Manage your apps.`)
    return 0
  } catch (error) {
    if (error instanceof ConfigError) say(`The app package needs these settings, in the environment or in .env:\n${error.message}`)
    else if (error instanceof PackageError) say(`The app package breaks these rules, so nothing was written:\n${error.message}`)
    else throw error
    return error instanceof ConfigError ? 2 : 1
  }
}

const readEnvironment = () => {
  const environment = { ...process.env }
  config({ path: join(root, '.env'), quiet: true, processEnv: environment })
  return environment
}

const main = async () => {
  const variant = variants.find((each) => process.argv.includes(`--${each}`)) ?? 'production'
  const source = { folder: join(root, 'appPackage'), environment: readEnvironment(), version: readVersion(), variant }
  const say = (text: string) => process.stderr.write(`${text}\n`)
  process.exitCode = await run(source, join(root, 'appPackage', 'build', variant === 'production' ? 'onetenant.zip' : `onetenant-${variant}.zip`), say)
}

if (require.main === module) void main()
