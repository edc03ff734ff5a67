/**
 * Starts one of the project's programs and builds first when sources are newer. It stands outside TypeScript because it must run
 * before there is a build; package.json hooks cannot do it, since install scripts (and with them hooks) are switched off.
 *
 *   node src/tools/run.mjs start | build | ask | eval | check | package | doctor | …  [arguments]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const at = (...parts) => join(root, ...parts)
const stamp = at('dist', '.built')
const require = createRequire(import.meta.url)

const newestIn = (path) => (statSync(path).isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name)))) : statSync(path).mtimeMs)

const sourcesChanged = () =>
  !existsSync(stamp) || Math.max(...['src', 'package.json', 'tsconfig.json'].map((path) => newestIn(at(path)))) > statSync(stamp).mtimeMs

const canBuild = () => existsSync(at('node_modules', 'typescript', 'package.json'))

const execute = (what, script, args) => {
  const { status, error } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
  if (error) throw error
  if (status !== 0) throw new Error(`The build stopped: ${what} failed.`)
}

const binOf = (name, bin) => {
  const manifest = at('node_modules', name, 'package.json')
  return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin[bin])
}

const copyBesideCode = (name) => !/\.ts$|tsconfig\.json$|phrasings|\.jsonl$/.test(name)

const bundlePage = async () => {
  const { build } = require('esbuild')
  await build({
    entryPoints: [at('src', 'sandbox', 'page', 'main.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    outfile: at('dist', 'sandbox', 'page', 'page.js'),
  })
}

/** An author hears at once of everything that is missing: of what the compiler names, and of the files that only the check knows. */
const typeCheck = () => {
  try {
    execute('type-check', binOf('typescript', 'tsc'), ['-p', root])
  } catch (error) {
    if (process.argv[2] !== 'check') throw error
    console.error('The compiler names the lines above; the check goes on with the files.')
    process.on('exit', () => (process.exitCode = 1))
  }
}

const build = async () => {
  if (!process.argv.includes('--quiet') && process.env.npm_config_loglevel !== 'silent') console.error('Building …')
  rmSync(stamp, { force: true })
  typeCheck()
  cpSync(at('src'), at('dist'), {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || copyBesideCode(path),
  })
  // The rest is made of the very files an author wants checked, and could not be made of broken ones.
  if (process.argv[2] === 'check') return
  await bundlePage()
  execute('training', at('dist', 'tools', 'train.js'), [])
  writeFileSync(stamp, new Date().toISOString())
}

/** One build at a time: a folder can be made only once, and a lock older than any build is a leftover. */
const lock = at('node_modules', '.onetenant-build')
const longestBuildMs = 120_000

const locked = () => {
  try {
    mkdirSync(lock)
    return false
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (Date.now() - statSync(lock, { throwIfNoEntry: false })?.mtimeMs > longestBuildMs) rmdirSync(lock)
    return true
  }
}

const buildAlone = async () => {
  while (locked()) await sleep(200)
  try {
    if (sourcesChanged()) await build()
  } finally {
    rmdirSync(lock)
  }
}

const buildWhenNeeded = async () => {
  if (!sourcesChanged()) return
  if (canBuild()) return buildAlone()
  if (!existsSync(stamp)) {
    console.error('There is no build here and the tools to make one are not installed. Run: npm install')
    process.exit(1)
  }
}

const botIsConfigured = () => {
  if (process.env.MicrosoftAppId) return true
  const file = at('.env')
  return existsSync(file) && Boolean(require('dotenv').parse(readFileSync(file)).MicrosoftAppId)
}

const programs = {
  start: () => (botIsConfigured() ? 'index.js' : join('sandbox', 'index.js')),
  ask: () => join('tools', 'ask.js'),
  eval: () => join('tools', 'eval.js'),
  check: () => join('tools', 'check.js'),
  draw: () => join('tools', 'draw.js'),
  package: () => join('tools', 'package.js'),
  doctor: () => join('tools', 'doctor.js'),
  freshness: () => join('tools', 'freshness.js'),
  review: () => join('tools', 'review.js'),
  backup: () => join('tools', 'backup.js'),
  restore: () => join('tools', 'restore.js'),
  migrate: () => join('tools', 'migrate.js'),
  bench: () => join('tools', 'bench.js'),
  insight: () => join('tools', 'insight.js'),
}

const [name = '', ...args] = process.argv.slice(2)
const program = programs[name]
if (name === 'build') {
  await buildWhenNeeded()
} else if (program) {
  await buildWhenNeeded()
  const file = at('dist', program())
  process.argv = [process.execPath, file, ...args]
  // Whoever reads may stop reading: `npm run ask … | head -1`.
  process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 1))
  // The programs run themselves when they are the entry; loading one as the main module keeps it that way.
  require('node:module').runMain(file)
} else {
  console.error(`Usage: node src/tools/run.mjs build|${Object.keys(programs).join('|')} [arguments]`)
  process.exit(2)
}
