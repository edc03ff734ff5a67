/** Does infra/ say what Azure, the settings and the image know? Held against Microsoft's type definitions and the project's own files, without a cloud. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig } from '../src/config'
import { readBicep, textsOf, type Declaration, type Value } from './support/bicep'

const root = join(__dirname, '..')
const text = (...path: readonly string[]) => readFileSync(join(root, ...path), 'utf8')
const temporary = mkdtempSync(join(tmpdir(), 'onetenant-infra-'))
afterAll(() => {
  rmSync(temporary, { recursive: true, force: true })
})

const property = z.object({ type: z.string(), required: z.boolean().optional(), readOnly: z.boolean().optional() })
const properties = z.record(z.string(), property)
const definitions = z.record(z.string(), z.object({ properties, types: z.record(z.string(), z.object({ properties, open: z.boolean().optional() })) }))
const types = z.object({ azure: definitions, byHand: definitions }).parse(JSON.parse(text('test', 'azure-types', 'types.json')))
const known = { ...types.azure, ...types.byHand }

const files = ['main.bicep', ...readdirSync(join(root, 'infra', 'modules')).map((name) => `modules/${name}`)]
const declared = new Map(files.map((name) => [name, readBicep(join(root, 'infra', name))] as const))
const all = [...declared].flatMap(([file, declarations]) => declarations.map((each) => ({ file, ...each })))
const of = (file: string): readonly Declaration[] => declared.get(file) ?? []

/** Bicep's own words beside Azure's properties. */
const ownWords = new Set(['parent', 'scope', 'dependsOn'])

/** What does not fit the type definition, each with its place; `where` is the place that is looked at. */
const misfits = (value: Value | undefined, shape: z.infer<typeof properties>, type: string, where: string): readonly string[] => {
  if (value?.kind !== 'object') return []
  const names = [...value.entries.keys()]
  const missing = Object.entries(shape).flatMap(([name, { required }]) => (required && !names.includes(name) ? [`${where}.${name} is missing`] : []))
  const wrong = names.flatMap((name) => {
    const rule = shape[name]
    if (!rule) return [`${where}.${name} is unknown`]
    if (rule.readOnly) return [`${where}.${name} cannot be set`]
    return inside(value.entries.get(name), rule.type, type, `${where}.${name}`)
  })
  return [...missing, ...wrong]
}

const inside = (value: Value | undefined, ruleType: string, type: string, where: string): readonly string[] => {
  if (value?.kind === 'list') return value.items.flatMap((item) => inside(item, ruleType.replace(/\[\]$/, ''), type, where))
  if (value?.kind === 'each') return inside(value.body, ruleType.replace(/\[\]$/, ''), type, where)
  const word = value?.kind === 'text' ? /^'([^'$]*)'$/.exec(value.text)?.[1] : undefined
  const words = ruleType.split(' | ')
  if (word !== undefined && words.length > 1 && !words.includes('string') && !words.includes(word)) return [`${where}: ${word} is none of ${ruleType}`]
  const nested = known[type]?.types[ruleType]
  return nested && !nested.open ? misfits(value, nested.properties, type, where) : []
}

const resourceMisfits = ({ file, of: type, name, value }: Declaration & { readonly file: string }): readonly string[] => {
  const definition = known[type]
  if (!definition) return [`${file} ${name}: ${type} is unknown`]
  if (value?.kind !== 'object') return [`${file} ${name} is no object`]
  const own = [...value.entries].filter(([key]) => !ownWords.has(key))
  return misfits({ kind: 'object', entries: new Map(own) }, definition.properties, type, `${file} ${name}`)
}

const resources = all.filter(({ word }) => word === 'resource')

const typesProgram = join(root, 'test', 'azure-types', 'node_modules', '@azure', 'mcp-linux-x64', 'dist', 'azmcp')
if (!existsSync(typesProgram))
  process.stderr.write('types.json is not compared with Microsoft’s program: it is not installed. Run npm ci in test/azure-types.\n')
const testTypes = existsSync(typesProgram) ? test : test.skip

describe('the Bicep files', () => {
  testTypes('are held against what Microsoft’s program says today', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'test', 'azure-types', 'read.mjs'), '--check'], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  test('create what the type definitions know, in one version of each, with nothing missing, unknown or read-only', () => {
    expect(resources.filter(({ existing }) => !existing).flatMap(resourceMisfits)).toEqual([])
    expect(resources.filter(({ of: type }) => !known[type]).map(({ of: type }) => type)).toEqual([])
    expect(resources.length).toBeGreaterThan(15)
  })

  test('a property that is missing, unknown, read-only or of another word is found', () => {
    const path = join(temporary, 'wrong.bicep')
    writeFileSync(
      path,
      `resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
        name: 'bot'
        properties: { displayName: 'Bot', endpoint: 'https://bot.example', endpointVersion: '3.0', msaApp: 'id' }
      }
      resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
        name: 'MsTeamsChannel'
        properties: { channel: 'MsTeamsChannel' }
      }
      resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
        name: 'account', kind: 'StorageV2', sku: {}
        properties: { accessTier: 'Warm' }
      }
      resource old 'Microsoft.Storage/storageAccounts@2019-01-01' = { name: 'old' }`,
    )
    expect(readBicep(path).flatMap((each) => resourceMisfits({ file: 'wrong', ...each }))).toEqual([
      'wrong bot.properties.msaAppId is missing',
      'wrong bot.properties.endpointVersion cannot be set',
      'wrong bot.properties.msaApp is unknown',
      'wrong teams.properties.channel is unknown',
      'wrong account.location is missing',
      'wrong account.sku.name is missing',
      'wrong account.properties.accessTier: Warm is none of Hot | Cool | Premium | Cold',
      'wrong old: Microsoft.Storage/storageAccounts@2019-01-01 is unknown',
    ])
  })

  test('give every module what it asks for and nothing else, and use only what it puts out', () => {
    const wrong = all
      .filter(({ word }) => word === 'module')
      .flatMap(({ file, name, of: path, value }) => {
        const target = join(dirname(file), path)
        const params = of(target).filter(({ word }) => word === 'param')
        const entries = value?.kind === 'object' ? value.entries.get('params') : undefined
        const given = entries?.kind === 'object' ? [...entries.entries.keys()] : []
        const outputs = [...text('infra', file).matchAll(new RegExp(`\\b${name}!?\\.outputs\\.(\\w+)`, 'g'))].map(([, output]) => output)
        return [
          ...(declared.has(target) ? [] : [`${path} does not exist`]),
          ...params.filter((param) => !param.value && !given.includes(param.name)).map((param) => `${name} lacks ${param.name}`),
          ...given.filter((each) => !params.some((param) => param.name === each)).map((each) => `${name} has no ${each}`),
          ...outputs
            .filter((output) => !of(target).some((each) => each.word === 'output' && each.name === output))
            .map((output) => `${name} puts out no ${output}`),
        ]
      })
    expect(wrong).toEqual([])
    const used = all.filter(({ word }) => word === 'module').map(({ file, of: path }) => join(dirname(file), path))
    expect(files.filter((file) => file !== 'main.bicep' && !used.includes(file))).toEqual([])
  })

  test('leave no name unused that they declare', () => {
    const unused = [...declared].flatMap(([file, declarations]) =>
      declarations
        .filter(({ word }) => word === 'param' || word === 'var')
        .filter(({ name }) => (text('infra', file).match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length < 2)
        .map(({ name }) => `${file} ${name}`),
    )
    expect(unused).toEqual([])
  })

  test('hold no secret: none is a parameter, a property or put out', () => {
    const words = [...declared].flatMap(([file, declarations]) =>
      declarations.flatMap(({ name, value, word }) =>
        [`${word === 'output' ? name : ''}`, ...textsOf(value)]
          .filter((each) => /listKeys|listSecrets|sharedKey|AccountKey|clientSecret|password/i.test(each))
          .map((each) => `${file} ${name}: ${each}`),
      ),
    )
    expect(words).toEqual([])
    expect(all.filter(({ decorators }) => decorators.includes('secure'))).toEqual([])
    expect(JSON.stringify([...of('modules/store.bicep')].map(({ value }) => textsOf(value)))).toContain('false')
    expect(text('infra', 'modules', 'store.bicep')).toContain('allowSharedKeyAccess: false')
  })

  test('assign three roles, each on one thing', () => {
    const roles = resources.filter(({ of: type }) => type.startsWith('Microsoft.Authorization/'))
    expect(roles.map(({ file, value }) => [file, value?.kind === 'object' ? textsOf(value.entries.get('scope')) : []])).toEqual([
      ['modules/registry-access.bicep', ['registry']],
      ['modules/store.bicep', ['account']],
      ['modules/vault.bicep', ['vault']],
    ])
  })
})

const appText = text('infra', 'modules', 'app.bicep')
const settingsInSample = [...text('.env.sample').matchAll(/^([A-Za-z_]\w*)=/gm)].map(([, name]) => name)

describe('the settings of the container', () => {
  const names = [...appText.matchAll(/\{ name: '(\w+)', value/g)].map(([, name = '']) => name)

  test('are settings of the bot, but for the one that a telemetry SDK reads', () => {
    expect(names.filter((name) => !settingsInSample.includes(name))).toEqual(['APPLICATIONINSIGHTS_CONNECTION_STRING'])
    expect(names).toEqual(
      expect.arrayContaining(['STATE_STORE', 'MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppType', 'PUBLIC_URL', 'OAUTH_CONNECTION_NAME']),
    )
  })

  test('are understood by the bot as the deployment means them', () => {
    const id = '11111111-2222-4333-8444-555555555555'
    const config = readConfig({
      PORT: '3978',
      PUBLIC_URL: 'https://onetenant.lively-sea.westeurope.azurecontainerapps.io',
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppId: id,
      MicrosoftAppTenantId: id,
      STATE_STORE: 'https://onetenantabcdefghijklm.table.core.windows.net/records',
      DRAIN_SECONDS: '10',
      GRAPH_BASE_URL: 'https://graph.microsoft.com',
      ARM_BASE_URL: 'https://management.azure.com/',
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
      AZURE_CLIENT_ID: '21111111-2222-4333-8444-555555555555',
      OAUTH_CONNECTION_NAME: 'onetenant',
    })
    expect(config.directory.identity).toEqual({ kind: 'managed-identity', clientId: id })
    expect(config.store).toMatchObject({ kind: 'table' })
  })

  test('probe what the server answers, and give a container time to drain', () => {
    const paths = [...appText.matchAll(/path: '([^']+)'/g)].map(([, path]) => path)
    expect(paths).toEqual(['/healthz', '/healthz', '/readyz'])
    for (const path of paths) expect(text('src', 'server.ts')).toContain(`'${path}'`)
    const graceMs = Number(/graceMs = ([\d_]+)/.exec(text('src', 'index.ts'))?.[1]?.replace('_', ''))
    const extra = Number(/terminationGracePeriodSeconds: drainSeconds \+ (\d+)/.exec(appText)?.[1])
    expect(extra * 1_000).toBeGreaterThan(graceMs)
  })
})

/** Bicep's functions as far as the one calculation needs them; its `/` cuts off, as `substring` does here with where it begins. */
const bicepFunctions = {
  toLower: (value: string) => value.toLowerCase(),
  replace: (value: string, from: string, to: string) => value.replaceAll(from, to),
  substring: (value: string, from: number, length: number) => value.slice(Math.trunc(from), Math.trunc(from) + length),
  indexOf: (value: string, part: string) => value.indexOf(part),
  range: (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index),
  map: (items: readonly unknown[], change: (item: unknown) => unknown) => items.map((item) => change(item)),
  join: (items: readonly string[], by: string) => items.join(by),
}

test('the connection is trusted under the tenant’s id in base64url, byte for byte as the Bot Service writes it', () => {
  const wanted = ['hex', 'ordered', 'digits', 'alphabet', 'encodedTenant']
  const lines = wanted.map((name) => {
    const value = of('modules/sign-in-app.bicep').find((each) => each.name === name)?.value
    return `const ${name} = ${value?.kind === 'text' ? value.text.replaceAll("'", '`') : ''}`
  })
  const encode = (tenantId: string): unknown => runInNewContext(`${lines.join('\n')}\nencodedTenant`, { ...bicepFunctions, tenant: () => ({ tenantId }) })
  for (const tenantId of ['3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34', '72f988bf-86f1-41af-91ab-2d7cd011db47', '00000000-0000-0000-0000-00000000000f']) {
    const [a = '', b = '', c = '', ...rest] = tenantId.split('-').map((part) => Buffer.from(part, 'hex'))
    const bytes = Buffer.concat([...[a, b, c].map((part) => Buffer.from(part).reverse()), ...rest])
    expect(encode(tenantId)).toBe(bytes.toString('base64url'))
  }
})

describe('the files around it', () => {
  test('azd finds the folder, the script and a parameter for every value that it fills in', () => {
    const azd = z
      .strictObject({
        name: z.string(),
        resourceGroup: z.string(),
        infra: z.strictObject({ provider: z.literal('bicep'), path: z.string(), module: z.string() }),
        hooks: z.strictObject({ preprovision: z.strictObject({ shell: z.literal('sh'), run: z.string() }) }),
      })
      .parse(parse(text('azure.yaml')))
    expect(existsSync(join(root, azd.infra.path, `${azd.infra.module}.bicep`))).toBe(true)
    expect(statSync(join(root, azd.hooks.preprovision.run)).mode & 0o111).not.toBe(0)
    const given = Object.keys(z.object({ parameters: z.record(z.string(), z.unknown()) }).parse(JSON.parse(text('infra', 'main.parameters.json'))).parameters)
    const params = of('main.bicep').filter(({ word }) => word === 'param')
    expect(given.filter((name) => !params.some((param) => param.name === name))).toEqual([])
    expect(params.filter(({ name, value }) => !value && !given.includes(name))).toEqual([])
  })

  test('compose runs the image as its own, able to write only where records are', () => {
    const compose = z
      .object({
        services: z.object({
          bot: z.object({
            read_only: z.literal(true),
            cap_drop: z.tuple([z.literal('ALL')]),
            environment: z.record(z.string(), z.string()),
            volumes: z.array(z.string()),
          }),
        }),
      })
      .parse(parse(text('compose.yaml')))
    const { environment, volumes } = compose.services.bot
    expect(Object.keys(environment).filter((name) => !settingsInSample.includes(name))).toEqual([])
    expect(volumes).toEqual(['records:/data'])
    expect(environment.STATE_STORE).toMatch(/^file:\/data\//)
  })

  test('the workflow runs what .ci/run proves, with no right to write but for the image', () => {
    const steps = z.array(z.object({ run: z.string().optional(), uses: z.string().optional() }))
    const workflow = z
      .object({
        permissions: z.strictObject({ contents: z.literal('read') }),
        jobs: z.record(z.string(), z.object({ permissions: z.record(z.string(), z.string()).optional(), steps })),
      })
      .parse(parse(text('.github', 'workflows', 'ci.yml')))
    const runs = Object.values(workflow.jobs).flatMap((job) => job.steps.map(({ run = '' }) => run))
    expect(runs).toEqual(expect.arrayContaining(['bash .ci/run', expect.stringMatching(/^npm audit --omit=dev/), expect.stringMatching(/^docker build/)]))
    expect(Object.entries(workflow.jobs).flatMap(([name, job]) => (job.permissions?.packages === 'write' ? [name] : []))).toEqual(['image'])
    expect(text('.github', 'workflows', 'ci.yml')).not.toContain('secrets.')
  })

  test('the scripts are shell that can be read, and say how to be called', () => {
    for (const name of ['image.sh', 'register.sh']) expect(spawnSync('bash', ['-n', join(root, 'infra', name)]).status).toBe(0)
    const { status, stdout } = spawnSync('bash', [join(root, 'infra', 'register.sh')], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([2, expect.stringContaining('infra/register.sh BOT_ID')])
  })
})

/** What `/metrics` shows. */
const instruments = join(root, 'src', 'telemetry', 'instruments.ts')

describe('the page for the operator', () => {
  const page = text('docs', 'operate.md')
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => text('src', name))
    .join('\n')

  test('names log lines that the bot writes, and settings that it has', () => {
    const table = page.slice(page.indexOf('## Incidents'), page.indexOf('## Undo'))
    const lines = [...table.matchAll(/“([^”]+)”/g)].map(([, line = '']) => line)
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.filter((line) => !sources.includes(line))).toEqual([])
    const settings = [...page.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, name = '']) => name)
    const ofScripts = ['IMAGE', 'REGISTRY_NAME', ...(existsSync(instruments) ? [] : ['METRICS_TOKEN'])]
    expect([...new Set(settings)].filter((name) => !settingsInSample.includes(name) && !ofScripts.includes(name))).toEqual([])
  })

  const testMetrics = existsSync(instruments) ? test : test.skip
  testMetrics('names metrics that there are', () => {
    const named = [...page.matchAll(/`((?:agents|onetenant)_[a-z_]+?)(?:_total|_milliseconds)?`/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(5)
    const there = [...readFileSync(instruments, 'utf8').matchAll(/'((?:agents|onetenant)\.[a-z.]+)'/g)].map(([, name = '']) => name.replaceAll('.', '_'))
    expect(named.filter((name) => !there.includes(name))).toEqual([])
  })

  test('names parameters and outputs that the deployment has, and twelve things to look at', () => {
    const names = of('main.bicep').map(({ name }) => name)
    const given = [...page.matchAll(/\b(\w+)=(?:<|true|register|existing|"\[)/g)].map(([, name = '']) => name)
    expect(given.length).toBeGreaterThan(5)
    expect(given.filter((name) => !names.includes(name))).toEqual([])
    expect(page.match(/^\d+\. /gm)).toHaveLength(12)
  })
})

const dockerfile = text('Dockerfile')
const stages = dockerfile.split(/^FROM /m).slice(1)
const last = stages.at(-1) ?? ''
const copies = (stage: string) =>
  [...stage.matchAll(/^COPY (?:--from=(\w+) )?(.+) (\S+)$/gm)].map(([, from, sources = '', to = '']) => ({ from, sources: sources.split(' '), to }))

describe('the image', () => {
  test('is built of files that exist and are let into the build', () => {
    const sources = stages.flatMap(copies).flatMap(({ from, sources: names }) => (from === undefined ? names : []))
    expect(sources.filter((name) => !existsSync(join(root, name)))).toEqual([])
    const letIn = [...text('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, name]) => name)
    expect(new Set(sources)).toEqual(new Set(letIn))
  })

  test('ends as somebody who is not root, with production packages and nothing that installs', () => {
    expect(last).toMatch(/^USER 1000:1000$/m)
    expect(last.lastIndexOf('USER ')).toBeGreaterThan(last.lastIndexOf('RUN '))
    expect(last).not.toMatch(/npm (ci|install|run)/)
    expect(copies(last).map(({ from, sources: names }) => [from, names])).toEqual([
      [undefined, ['package.json']],
      ['packages', ['/app/node_modules']],
      ['build', ['/app/dist']],
    ])
    expect(stages.find((stage) => / AS packages$/m.test(stage))).toContain('npm ci --omit=dev')
    expect(dockerfile).not.toMatch(/:latest|@sha256:[0-9a-f]{64}/)
  })
})

/** As the image has it: the files that its last stage copies, and production packages only; nobody may write any of it. */
const unpack = (): string => {
  const app = join(temporary, 'app')
  mkdirSync(app)
  const listed = spawnSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n')
  const packages = [...new Set(listed.filter((path) => path.includes('node_modules')).map((path) => path.slice(root.length + 1)))]
  for (const name of ['package.json', 'dist', ...packages.filter((path) => path.lastIndexOf('node_modules') === 0)]) {
    mkdirSync(dirname(join(app, name)), { recursive: true })
    // Linked where that can be done, since a copy of them all takes long.
    if (spawnSync('cp', ['-al', join(root, name), join(app, name)]).status !== 0) cpSync(join(root, name), join(app, name), { recursive: true })
  }
  return app
}

const run = async (command: string, args: readonly string[], env: Record<string, string>, cwd: string, until?: RegExp) => {
  const child = spawn(command, args, { cwd, env: { PATH: process.env.PATH ?? '', ...env } })
  let out = ''
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (each: string) => (errors += each))
  child.stdout.setEncoding('utf8').on('data', (each: string) => {
    out += each
    if (until?.test(out)) child.kill('SIGTERM')
  })
  const [code] = await once(child, 'close')
  return { code: Number(code), out, errors }
}

/** A file system that nobody may write can be had where one may mount. */
const canMount = spawnSync('unshare', ['-m', 'true']).status === 0
if (!canMount) process.stderr.write('Tests on a file system that may not be written are skipped: this machine lets nobody mount one (unshare -m).\n')
const testMounted = canMount ? test : test.skip

describe('what the image holds, run without a container engine', () => {
  let app: string
  beforeAll(() => {
    app = unpack()
  })
  const id = '11111111-2222-4333-8444-555555555555'
  const complete = { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppId: id, MicrosoftAppTenantId: id, HOST: '127.0.0.1', PORT: '0', DRAIN_SECONDS: '0' }
  /** The folder mounted over itself, so that nobody may write it, not even root. */
  const readOnly = (env: Record<string, string>, until?: RegExp) =>
    run(
      'unshare',
      ['-m', 'sh', '-c', `mount --bind "${app}" "${app}" && mount -o remount,bind,ro "${app}" && cd "${app}" && exec "$0" dist/index.js`, process.execPath],
      env,
      app,
      until,
    )

  test('without settings it stops with exit code 2 and one line for each', async () => {
    const { code, errors } = await run(process.execPath, ['dist/index.js'], {}, app)
    expect(code).toBe(2)
    expect(
      errors
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'])
  })

  testMounted('where nothing may be written it starts, and ends when it is told to', async () => {
    const { code, errors } = await readOnly({ ...complete, STATE_STORE: 'memory:' }, /"msg":"listening"/)
    expect([code, errors]).toEqual([0, ''])
  })

  testMounted('where nothing may be written the store by default says what to set in its place', async () => {
    const { code, errors } = await readOnly(complete)
    expect(code).toBe(2)
    expect(errors).toMatch(/^STATE_STORE: the folder \.\/\.data cannot be made or written\. Fix: set it to a table \(https:/)
  })

  test('in a folder of somebody else it says the same', async () => {
    const theirs = join(temporary, 'theirs')
    mkdirSync(theirs)
    chmodSync(theirs, 0o555)
    chmodSync(temporary, 0o755)
    const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const child = spawnSync(process.execPath, [join(app, 'dist', 'index.js')], {
      cwd: theirs,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', ...complete },
      ...asNobody,
    })
    expect(child.status).toBe(2)
    expect(child.stderr).toMatch(/^STATE_STORE: the folder \.\/\.data cannot be made or written\. Fix: set it to a table \(https:/)
  })

  const memory = '/dev/shm'
  const testInMemory = existsSync(memory) ? test : test.skip
  testInMemory('on a file system that goes with the machine it says so once, and runs', async () => {
    const passing = mkdtempSync(join(memory, 'onetenant-infra-'))
    try {
      const { code, out } = await run(
        process.execPath,
        ['dist/index.js'],
        { ...complete, STATE_STORE: `file:${join(passing, 'records')}` },
        app,
        /"msg":"listening"/,
      )
      expect(code).toBe(0)
      const warned = out.split('\n').filter((line) => line.includes('goes with its container or machine'))
      expect(warned.map((line) => z.object({ setting: z.string(), kind: z.string(), fix: z.string() }).parse(JSON.parse(line)))).toEqual([
        { setting: 'STATE_STORE', kind: 'tmpfs', fix: expect.stringContaining('set it to a table') },
      ])
    } finally {
      rmSync(passing, { recursive: true, force: true })
    }
  })
})
