/** A store as version 1 left it: what is on disk, what is said to be on it, and what read it then agree. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import type { Stored } from '../../src/runs/store'
import { readV1 } from '../fixtures/record-v1'

interface Described {
  readonly people: Readonly<Record<string, { readonly record: string; readonly tells: string }>>
  /** By hash of the conversation. */
  readonly chats: Readonly<Record<string, { readonly place: string; readonly key: string }>>
  readonly records: Readonly<Record<string, Stored>>
}

const fixtures = join(__dirname, '..', 'fixtures')
const { people, chats, records }: Described = JSON.parse(readFileSync(join(fixtures, 'store-v1.json'), 'utf8'))
const persons = Object.entries(people).map(([name, { record }]) => [name, records[record]?.value] as const)

test('holds what is said of it, to the letter', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetenant-store-v1-'))
  try {
    // Opening a store changes its files.
    cpSync(join(fixtures, 'store-v1'), folder, { recursive: true })
    const level = new ClassicLevel<string, string>(folder)
    const kept = await level.iterator().all()
    await level.close()
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(Object.entries(records).map(([key, stored]) => [key, JSON.stringify(stored)])))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('says whose every record is, and which chat every hash', () => {
  const others = Object.keys(records).filter((key) => !key.startsWith('exchange/'))
  expect(
    Object.values(people)
      .map(({ record }) => record)
      .toSorted(),
  ).toEqual(others.toSorted())
  expect(Object.keys(records).length).toBeGreaterThan(others.length)
  const hashes = persons.flatMap(([, value]) => Object.keys(readV1(value)?.chats ?? {}))
  expect([...new Set(hashes)].toSorted()).toEqual(Object.keys(chats).toSorted())
})

test.each(persons)('%s is read as then, and nothing more is', (_name, value) => {
  expect(readV1(value)).toEqual(value)
  expect(readV1({ ...Object(value), v: 2 })).toBeUndefined()
  expect(readV1({ ...Object(value), more: true })).toBeUndefined()
})
