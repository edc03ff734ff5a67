/** What may never be in a log or in what is kept: looked for in everything a bot left behind, by every test that runs one. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { accountsOf, tenants } from '../../src/sandbox/tenants'

export interface LeftBehind {
  /** Lines of the bot's output. */
  readonly logs: readonly string[]
  /** Folder of its records, if they can be read; the bot has ended. */
  readonly stateFolder: string | undefined
  /** What people wrote. */
  readonly said: readonly string[]
  /** Secrets the bot was given. */
  readonly secrets: readonly string[]
  /** Ids of people beside those of the tenants. */
  readonly ids?: readonly string[]
}

export interface Leak {
  readonly where: 'log' | 'record' | 'file'
  readonly what: 'token' | 'secret' | 'text' | 'name' | 'address' | 'id'
  /** What stands around it. */
  readonly in: string
}

const accounts = tenants.flatMap(accountsOf)
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const wordsOf = (texts: readonly string[]) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${texts.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'iu')

const token = /eyJ[\w-]{8,}\.[\w-]{8,}|\bBearer\s+[\w-]{8,}/
const names = wordsOf([...accounts.map(({ name }) => name.replace(/ \(.*/, '')), ...tenants.map(({ name }) => name)])
const addresses = wordsOf(accounts.map(({ userPrincipalName }) => userPrincipalName))
const anyAddress = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/
const ids = wordsOf([
  ...tenants.flatMap(({ id, subscriptions }) => [id, ...subscriptions]),
  ...accounts.flatMap(({ objectId, teamsId }) => [objectId, teamsId]),
])
/** Conversations as Teams names them. */
const conversation = /\b(?:19:[\w-]+@thread|a:1[\w-]{20,})/

/** Short words are commands and names of buttons, which anything may hold. */
const isTelling = (text: string) => text.length >= 12 && text.trim().split(/\s+/).length >= 3

const firstOf = (places: readonly number[]) => places.find((place) => place >= 0) ?? -1

interface Searched {
  readonly where: Leak['where']
  readonly text: string
}

const search = ({ where, text }: Searched, { said, secrets, ids: others = [] }: Omit<LeftBehind, 'logs' | 'stateFolder'>): readonly Leak[] => {
  const folded = text.toLowerCase()
  const texts = where === 'file' ? [] : said.filter(isTelling)
  const found: readonly (readonly [Leak['what'], number])[] = [
    ['token', text.search(token)],
    ['secret', firstOf(secrets.map((secret) => text.indexOf(secret)))],
    ['text', firstOf(texts.map((each) => folded.indexOf(each.toLowerCase())))],
    ['name', text.search(names)],
    ['address', Math.max(text.search(addresses), where === 'file' ? -1 : text.search(anyAddress))],
    ['id', Math.max(text.search(ids), text.search(conversation), firstOf(others.map((id) => text.indexOf(id))))],
  ]
  return found.flatMap(([what, at]) => (at < 0 ? [] : [{ where, what, in: text.slice(Math.max(0, at - 60), at + 60) }]))
}

/** Titles of our buttons are in a record, to be picked by writing them. A person may well have written the same. */
const withoutTitles = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'title' ? undefined : inner)))

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const recordsIn = async (folder: string): Promise<readonly Searched[]> => {
  const level = new ClassicLevel<string, string>(folder)
  try {
    const entries = await level.iterator().all()
    return entries.map(([key, value]) => ({ where: 'record', text: `${key} ${JSON.stringify(withoutTitles(parsed(value)))}` }))
  } finally {
    await level.close()
  }
}

/** Overwritten and removed records are still in the files for a while. */
const filesIn = async (folder: string): Promise<readonly Searched[]> => {
  const files = await readdir(folder)
  return Promise.all(files.map(async (file) => ({ where: 'file', text: await readFile(join(folder, file), 'latin1') }) as const))
}

const isStore = async (folder: string) => (await readdir(folder).catch((): string[] => [])).includes('CURRENT')

/** Everything that should not be there; empty when all is well. */
export const leaksIn = async (left: LeftBehind): Promise<readonly Leak[]> => {
  const { stateFolder } = left
  const kept = stateFolder !== undefined && (await isStore(stateFolder)) ? [...(await filesIn(stateFolder)), ...(await recordsIn(stateFolder))] : []
  const logs = left.logs.map((text): Searched => ({ where: 'log', text }))
  return [...logs, ...kept].flatMap((each) => search(each, left))
}

/** @throws when anything is there that should not be. */
export const assertPrivate = async (left: LeftBehind): Promise<void> => {
  const leaks = await leaksIn(left)
  if (leaks.length > 0)
    throw new Error(`The bot left behind what belongs to people:\n${leaks.map(({ where, what, in: text }) => `${what} in a ${where}: ${text}`).join('\n')}`)
}
