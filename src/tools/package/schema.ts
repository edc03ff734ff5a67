/**
 * The published JSON schemas, taken from disk: a package is checked without network. They come inside
 * `@microsoft/app-manifest`; its own check is not called, because it cannot check language files and loads an ES
 * module, which neither older releases of Node 20 nor jest can do.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv, { type ValidateFunction } from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { z } from 'zod'
import type { AppPackage, Broken, Json } from './contents'

const schemaFolder = join(require.resolve('@microsoft/app-manifest/package.json'), '..', 'build', 'json-schemas', 'teams')
const schemaUrl = /^https:\/\/developer\.microsoft\.com\/json-schemas\/teams\/v(\d+\.\d+)\/MicrosoftTeams\.(?:Localization\.)?schema\.json$/

const schema = z.looseObject({
  properties: z.record(z.string(), z.unknown()),
  patternProperties: z.record(z.string(), z.unknown()).default({}),
})

const versionOf = (source: Json | undefined): string | undefined => schemaUrl.exec(String(source?.['$schema']))?.[1]

const isReleased = (version: string | undefined): version is string => version !== undefined && existsSync(join(schemaFolder, `v${version}`))

type Kind = 'manifest' | 'language'
const schemaFiles = {
  manifest: 'MicrosoftTeams.schema.json',
  language: 'MicrosoftTeams.Localization.schema.json',
} satisfies Record<Kind, string>

const readSchema = (version: string, kind: Kind) => schema.parse(JSON.parse(readFileSync(join(schemaFolder, `v${version}`, schemaFiles[kind]), 'utf8')))

const compiled = new Map<string, ValidateFunction>()
const checkFor = (version: string, kind: Kind): ValidateFunction => {
  const known = compiled.get(`${version} ${kind}`)
  if (known) return known
  // The unicode flag, on by default, refuses expressions in these schemas.
  const ajv = new Ajv({ allErrors: true, strictTypes: false, unicodeRegExp: false })
  addFormats(ajv)
  const check = ajv.compile(readSchema(version, kind))
  compiled.set(`${version} ${kind}`, check)
  return check
}

/** Holds the manifest and the language files against the schema of the manifest's version. */
export const schemaProblems = ({ source, languages }: AppPackage): Broken[] => {
  if (!source) return [{ rule: 'manifest-json', where: 'manifest.json', problem: 'is missing or is not a JSON object.' }]
  const version = versionOf(source)
  if (!isReleased(version)) return [{ rule: 'schema-version', where: 'manifest.json $schema', problem: 'names no released Teams manifest schema.' }]
  return [
    ...problemsIn('manifest.json', source, checkFor(version, 'manifest')),
    ...languages.flatMap((language) => (language.source ? languageProblems(language.file, language.source, version) : [])),
  ]
}

const languageProblems = (file: string, source: Json, version: string): Broken[] =>
  versionOf(source) === version
    ? problemsIn(file, source, checkFor(version, 'language'))
    : [
        {
          rule: 'schema-version',
          where: `${file} $schema`,
          problem: `must have the version of manifest.json, v${version}.`,
        },
      ]

const problemsIn = (file: string, source: Json, check: ValidateFunction): Broken[] => {
  check(source)
  return (check.errors ?? []).map(({ instancePath, message = 'is not valid', params }) => ({
    rule: 'schema',
    where: `${file} ${instancePath}`.trim(),
    problem: `${message} ${JSON.stringify(params)}.`,
  }))
}

/** Which texts of a manifest a language file may translate, by the schema of that version; none when the version is unknown. */
export const translatable = (source: Json | undefined): ((path: string) => boolean) => {
  const version = versionOf(source)
  if (!isReleased(version)) return () => false
  const { properties, patternProperties } = readSchema(version, 'language')
  const patterns = Object.keys(patternProperties).map((pattern) => new RegExp(pattern))
  return (path) => path !== '$schema' && (Object.hasOwn(properties, path) || patterns.some((pattern) => pattern.test(path)))
}
