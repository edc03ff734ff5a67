/**
 * Which properties has a resource that infra/ creates? Reads them from Microsoft's type definitions into types.json, by the program that
 * `npm ci` installs here (`bicepschema`, 60 MB packed, Linux only). What it does not hold stands there by hand, with where it was read.
 *
 *   node test/azure-types/read.mjs        writes types.json
 *   node test/azure-types/read.mjs --check says whether it still is what the program says; exit code 1 when not
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const program = join(here, 'node_modules', '@azure', 'mcp-linux-x64', 'dist', 'azmcp')
const target = join(here, 'types.json')
const infra = join(here, '..', '..', 'infra', 'modules')

/** Types that the program has no definitions of stand in types.json by hand, with where they were read. */
const byHand = /^Microsoft\.(Graph|Insights\/diagnosticSettings)/

const used = () => {
  const texts = readdirSync(infra).map((name) => readFileSync(join(infra, name), 'utf8'))
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/^resource \w+ '([\w./]+)@/gm)].map(([, type]) => type)))].filter((type) => !byHand.test(type))
}

const shapeOf = (properties) =>
  Object.fromEntries(
    properties.map(({ name, type, flags = '' }) => [
      name,
      { type, ...(flags.includes('Required') && { required: true }), ...(flags.includes('ReadOnly') && { readOnly: true }) },
    ]),
  )

/** Only what is reached from a resource by its properties, so that the file stays small. */
const reached = (definitions, start) => {
  const found = {}
  const visit = (name) => {
    const definition = definitions.find((each) => each.name === name && each.$type !== 'ResourceInstanceFunction')
    if (!definition || found[name]) return
    const properties = definition.properties ?? definition.baseProperties ?? []
    // One of several: what any of them has may stand there, and the word that tells them apart is any of theirs.
    const either = (definition.elements ?? []).flatMap((element) => element.properties.map(({ name: own }) => ({ name: own, type: 'any' })))
    found[name] = { properties: shapeOf([...either, ...properties]), ...(definition.additionalPropertiesType && { open: true }) }
    for (const { type } of properties) visit(String(type).replace(/\[\]$/, ''))
  }
  for (const { type } of start) visit(String(type).replace(/\[\]$/, ''))
  return found
}

const read = (type) => {
  const { stdout } = spawnSync(program, ['bicepschema', 'get', '--resource-type', type], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, AZURE_MCP_COLLECT_TELEMETRY: 'false' },
  })
  const definitions = JSON.parse(stdout).results.BicepSchemaResult
  const resource = definitions.find(({ $type, name }) => $type === 'Resource' && name.startsWith(`${type}@`))
  const { properties } = resource.bodyType
  return [resource.name, { properties: shapeOf(properties), types: reached(definitions, properties) }]
}

if (!existsSync(program)) {
  console.error('The type definitions are not installed. Run: npm ci in test/azure-types')
  process.exit(2)
}
const former = existsSync(target) ? JSON.parse(readFileSync(target, 'utf8')) : { byHand: {} }
const azure = Object.fromEntries(used().sort().map(read))
const text = `${JSON.stringify({ source: '@azure/mcp-linux-x64 2.0.5, bicepschema', azure, byHand: former.byHand }, null, 1)}\n`
if (process.argv.includes('--check')) {
  if (JSON.stringify(former.azure) !== JSON.stringify(azure)) {
    console.error('types.json is not what the program says. Run: node test/azure-types/read.mjs')
    process.exit(1)
  }
} else writeFileSync(target, text)
