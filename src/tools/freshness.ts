/**
 * How old is what we say? `npm run freshness` prints every source, the oldest first: the date its version carries, the day it was read,
 * when it is due to be read again, and what rests on it. With a folder of downloaded pages (`<source id>.html`, `.md` or `.txt`) it says
 * which of them changed since they were read and which have moved; with `--keep`, and once you have read them, it notes them as read today.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { allSources } from '../guides'
import { monthsBefore } from '../guides/age'
import { shelfLives, sourcesSchema, type Source } from '../guides/schema'
import { findPage, type Found } from './freshness/pages'
import { restingOn, type Resting } from './freshness/rests'

const file = resolve(__dirname, '../../src/guides/sources.json')

/** The day from which on it is to be read again. */
export const dueOn = ({ read, of }: Pick<Source, 'read' | 'of'>): string => monthsBefore(read, -shelfLives[of])

const byAge = (one: Source, other: Source): number => (one.version ?? one.read).localeCompare(other.version ?? other.read)

const row = ([id, source]: readonly [string, Source], { places, alone }: Resting, today: string): string => {
  const due = dueOn(source)
  const rests = `${places.length} ${places.length === 1 ? 'place' : 'places'}${alone > 0 ? `, ${alone} on it alone` : ''}`
  return [
    (source.version ?? 'undated').padEnd(10),
    source.read,
    `${due}${due <= today ? ' DUE' : ''}`.padEnd(14),
    source.of.padEnd(7),
    `${id}: ${rests}${places.length > 0 ? ` (${places.slice(0, 3).join(', ')}${places.length > 3 ? ' …' : ''})` : ''}`,
  ].join('  ')
}

export const tableOf = (sources: Readonly<Record<string, Source>>, today: string): string => {
  const resting = restingOn()
  const rows = Object.entries(sources)
    .toSorted(([, one], [, other]) => byAge(one, other))
    .map((entry) => row(entry, resting.get(entry[0]) ?? { places: [], alone: 0 }, today))
  const due = Object.values(sources).filter((source) => dueOn(source) <= today)
  return [
    'version     read        due             kind     source: what rests on it',
    ...rows,
    '',
    due.length === 0 ? `Nothing is due. ${rows.length} sources.` : `${due.length} of ${rows.length} sources are due to be read again.`,
  ].join('\n')
}

const lineOf = ({ id, hash, movedTo }: Found, source: Source): string => {
  const before = source.hash
  const state = before === undefined ? 'no hash was kept when it was read' : before === hash ? 'as it was read' : `CHANGED since ${source.read}`
  return `${id}: ${state}${movedTo ? `; MOVED to ${movedTo}` : ''}`
}

export const compare = (sources: Readonly<Record<string, Source>>, folder: string): { readonly lines: readonly string[]; readonly found: readonly Found[] } => {
  const looked = Object.entries(sources).map(([id, source]) => ({ source, found: findPage(folder, id, source) }))
  const missing = looked.filter(({ found }) => !found).length
  const lines = looked.flatMap(({ source, found }) => (found ? [lineOf(found, source)] : []))
  return { lines: [...lines, `${lines.length} pages compared, ${missing} not in the folder.`], found: looked.flatMap(({ found }) => (found ? [found] : [])) }
}

/** Whoever keeps them says that they were read today. */
export const keep = (path: string, found: readonly Found[], today: string): void => {
  const all = sourcesSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  const hashes = new Map(found.map(({ id, hash }) => [id, hash]))
  const kept = Object.fromEntries(
    Object.entries(all).map(([id, source]) => {
      const hash = hashes.get(id)
      return [id, hash === undefined ? source : { ...source, read: today, hash }]
    }),
  )
  writeFileSync(path, `${JSON.stringify(kept, undefined, 2)}\n`)
}

const main = (args: readonly string[]) => {
  const today = z.iso.date().parse(new Date().toISOString().slice(0, 10))
  const folder = args.find((each) => !each.startsWith('--'))
  if (folder !== undefined && !existsSync(folder)) {
    process.stderr.write(`There is no folder ${folder}.\n`)
    process.exitCode = 2
    return
  }
  process.stdout.write(`${tableOf(allSources, today)}\n`)
  if (folder === undefined) return
  const { lines, found } = compare(allSources, join(folder))
  process.stdout.write(`\n${lines.join('\n')}\n`)
  if (args.includes('--keep')) keep(file, found, today)
}

if (require.main === module) main(process.argv.slice(2))
