/** What is in an app package: the manifest with its placeholders filled, and every file it names. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { PackageSettings } from './settings'

/** One rule the package breaks; `where` is a file, or a place in it. */
export interface Broken {
  readonly rule: string
  readonly where: string
  readonly problem: string
}

export interface AppPackage {
  /** As it goes into the package; `undefined` when the file is no JSON object. */
  readonly source: Json | undefined
  /** The same, read leniently: what has the wrong type is empty here and named by the schema rule. */
  readonly manifest: Manifest
  readonly languages: readonly LanguageFile[]
  /** File name → content, of every file the manifest names that is there. */
  readonly files: ReadonlyMap<string, Buffer>
  readonly settings: PackageSettings
}

export interface LanguageFile {
  readonly tag: string
  readonly file: string
  /** `undefined` when the file is missing or no JSON object. */
  readonly source: Json | undefined
  /** Key, e.g. `name.short` → text. */
  readonly strings: ReadonlyMap<string, string>
}

const json = z.record(z.string(), z.unknown())
export type Json = z.infer<typeof json>

const text = z.string().catch('')
const texts = z.array(text).catch([])
const command = z.object({ title: text, description: text }).catch({ title: '', description: '' })
const commandList = z.object({ scopes: texts, commands: z.array(command).catch([]) }).catch({ scopes: [], commands: [] })
const bot = z.object({ scopes: texts, commandLists: z.array(commandList).catch([]) }).catch({ scopes: [], commandLists: [] })
const language = z.object({ languageTag: text, file: text }).catch({ languageTag: '', file: '' })
const manifestSchema = z.object({
  $schema: text,
  version: text,
  developer: z.record(z.string(), z.unknown()).catch({}),
  icons: z.object({ color: text, outline: text, color32x32: text }).catch({ color: '', outline: '', color32x32: '' }),
  localizationInfo: z
    .object({ defaultLanguageTag: text, additionalLanguages: z.array(language).catch([]) })
    .catch({ defaultLanguageTag: '', additionalLanguages: [] }),
  bots: z.array(bot).catch([]),
  validDomains: texts,
  webApplicationInfo: json.optional().catch({}),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Reads `folder` and fills the placeholders. What is missing or unreadable is left out here and named by the rules. */
export const readPackage = (folder: string, settings: PackageSettings): AppPackage => {
  const source = renamed(readJson(join(folder, 'manifest.json'), settings.values), settings)
  if (source && !settings.signsIn) for (const key of ['webApplicationInfo', 'validDomains']) delete source[key]
  const manifest = manifestSchema.parse(source ?? {})
  const languages = manifest.localizationInfo.additionalLanguages.map(({ languageTag, file }) =>
    languageFile(languageTag, file, renamed(readJson(join(folder, file), settings.values), settings)),
  )
  const { color, outline, color32x32 } = manifest.icons
  const icons = [color, outline, color32x32].filter((name) => name !== '' && isFile(join(folder, name)))
  const files = new Map<string, Buffer>()
  if (source) files.set('manifest.json', written(source))
  for (const name of icons) files.set(name, readFileSync(join(folder, name)))
  for (const { file, source: strings } of languages) if (strings) files.set(file, written(strings))
  return { source, manifest, languages, files, settings }
}

/** Beside the app itself, the one for trying out is told by its name. */
const renamed = (source: Json | undefined, { nameSuffix }: PackageSettings): Json | undefined => {
  if (!source || nameSuffix === '') return source
  const { name, 'name.short': translated } = source
  const { short } = json.catch({}).parse(name)
  if (typeof short === 'string') return { ...source, name: { ...json.parse(name), short: `${short}${nameSuffix}` } }
  return typeof translated === 'string' ? { ...source, 'name.short': `${translated}${nameSuffix}` } : source
}

const languageFile = (tag: string, file: string, source: Json | undefined): LanguageFile => {
  const entries = Object.entries(source ?? {}).filter(([key]) => key !== '$schema')
  const strings = entries.flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[key, value]] : []))
  return { tag, file, source, strings: new Map(strings) }
}

const written = (source: Json) => Buffer.from(`${JSON.stringify(source, undefined, 2)}\n`)

const isFile = (path: string) => existsSync(path) && statSync(path).isFile()

const readJson = (path: string, values: Readonly<Record<string, string>>): Json | undefined => {
  if (!isFile(path)) return undefined
  try {
    const parsed = json.safeParse(fill(JSON.parse(readFileSync(path, 'utf8')), values))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** Replaces `${{NAME}}` in every text, after parsing: a quote in a value cannot break the JSON. An unknown name stays. */
const fill = (value: unknown, values: Readonly<Record<string, string>>): unknown => {
  if (typeof value === 'string') return value.replace(/\$\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
  if (Array.isArray(value)) return value.map((item) => fill(item, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, values)]))
}

/** Every text in the manifest by its path, e.g. `bots[0].commandLists[1].commands[2].title`. */
export const textsOf = (value: unknown, path = ''): Map<string, string> => {
  if (typeof value === 'string') return new Map([[path, value]])
  if (typeof value !== 'object' || value === null) return new Map()
  const place = (key: string) => (Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key)
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...textsOf(inner, place(key))]))
}
