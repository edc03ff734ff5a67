/** The run's reducer, the person's record and the stores, as tables. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guideOf } from '../../src/guides'
import { chatOf, newPerson, openRun, personSchema, withChat, withoutOld, withRun } from '../../src/runs/person'
import { createPeople } from '../../src/runs/people'
import { beginRun, positionOf, reduceRun, runSchema, type Run, type RunEvent } from '../../src/runs/run'
import { ConflictError, fileStore, memoryStore, type Store } from '../../src/runs/store'

const now = new Date('2026-11-25T10:00:00Z')
const later = new Date('2026-11-25T11:00:00Z')
const guide = guideOf('azure-for-m365', 'en')
const ids = guide.steps.map(({ id }) => id)
const fresh = beginRun(guide, { id: 'r1', chat: 'c1', language: 'en', now })
const after = (run: Run, ...events: RunEvent[]) => events.reduce((state, event) => reduceRun(state, event, guide, later), run)

describe('a run', () => {
  test('begins before its first step', () => {
    expect(fresh).toMatchObject({ stage: 'before', step: ids[0], done: [], rev: 1 })
    expect(runSchema.parse(fresh)).toEqual(fresh)
  })

  const rows: readonly (readonly [string, readonly RunEvent[], Partial<Run>])[] = [
    ['proceed', [{ kind: 'proceed' }], { stage: 'steps', step: ids[0], readOnly: false, rev: 2 }],
    ['done moves on', [{ kind: 'proceed' }, { kind: 'done' }], { step: ids[1], done: [ids[0] ?? ''] }],
    ['done before the steps changes nothing', [{ kind: 'done' }], { stage: 'before', rev: 1 }],
    ['back returns', [{ kind: 'proceed' }, { kind: 'done' }, { kind: 'back' }], { step: ids[0], done: [ids[0] ?? ''] }],
    ['back from the first step opens the guide again', [{ kind: 'proceed' }, { kind: 'back' }], { stage: 'before' }],
    ['stop', [{ kind: 'stop' }], { stage: 'stopped' }],
    ['back from a stop asks again', [{ kind: 'stop' }, { kind: 'back' }], { stage: 'before' }],
    ['reading along marks nothing as done', [{ kind: 'read-along' }, { kind: 'done' }], { stage: 'steps', step: ids[1], done: [], readOnly: true }],
    ['go to a step', [{ kind: 'go-to', step: ids[4] ?? '' }], { stage: 'steps', step: ids[4] }],
    ['go to a step that is not there', [{ kind: 'go-to', step: 'nowhere' }], { stage: 'before', rev: 1 }],
    ['restart', [{ kind: 'proceed' }, { kind: 'done' }, { kind: 'restart' }], { stage: 'before', step: ids[0], done: [], rev: 4 }],
    ['helped, twice', [{ kind: 'helped', yes: true }, { kind: 'helped', yes: true }], { helped: true, rev: 2 }],
    ['language', [{ kind: 'language', language: 'fr' }], { language: 'fr', rev: 2 }],
    ['the same language', [{ kind: 'language', language: 'en' }], { rev: 1 }],
  ]

  test.each(rows)('%s', (_name, events, expected) => {
    expect(after(fresh, ...events)).toMatchObject(expected)
  })

  test('walks to the end and back', () => {
    const end = after(fresh, { kind: 'proceed' }, ...ids.map((): RunEvent => ({ kind: 'done' })))
    expect(end).toMatchObject({ stage: 'end', done: ids })
    expect(after(end, { kind: 'done' })).toBe(end)
    expect(after(end, { kind: 'back' })).toMatchObject({ stage: 'steps', step: ids.at(-1) })
  })

  test('a step that a new version of the guide no longer has counts as the first', () => {
    expect(positionOf({ ...fresh, step: 'was-removed' }, guide)).toEqual({ index: 0, count: ids.length })
  })
})

describe('a person', () => {
  test('keeps the newest runs, and knows the open one of each chat', () => {
    const person = Array.from({ length: 25 }, (_, at) => ({ ...fresh, id: `r${at}` })).reduce(withRun, newPerson())
    expect(person.runs).toHaveLength(20)
    expect(person.runs[0]?.id).toBe('r24')
    expect(openRun(withChat(person, 'c1', { run: 'r24' }, now), 'c1')?.id).toBe('r24')
    expect(openRun(withChat(person, 'c1', { run: 'r0' }, now), 'c1')).toBeUndefined()
    expect(chatOf(person, 'elsewhere', now)).toMatchObject({ welcomed: false, picks: [] })
  })

  test('what nobody touched for long is forgotten', () => {
    const old = withChat(withRun(newPerson(), { ...fresh, updatedAt: '2025-01-01T00:00:00.000Z' }), 'c1', {}, new Date('2025-01-01'))
    const both = withChat(withRun(old, { ...fresh, id: 'r2' }), 'c2', {}, now)
    const kept = withoutOld(both, new Date('2026-01-01'))
    expect(kept.runs.map(({ id }) => id)).toEqual(['r2'])
    expect(Object.keys(kept.chats)).toEqual(['c2'])
    expect(personSchema.parse(structuredClone(kept))).toEqual(kept)
  })
})

describe.each(['memory', 'file'] as const)('a %s store', (kind) => {
  let store: Store
  let clock = now
  const folder = mkdtempSync(join(tmpdir(), 'onetenant-store-'))

  beforeEach(async () => {
    clock = now
    store = kind === 'memory' ? memoryStore(() => clock) : await fileStore(join(folder, String(Math.random())), () => clock)
  })
  afterEach(() => store.close())
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('keeps, overwrites the version that was read, and nothing else', async () => {
    const first = await store.put('a', { n: 1 }, undefined)
    const second = await store.put('a', { n: 2 }, first)
    await expect(store.put('a', { n: 3 }, first)).rejects.toThrow(ConflictError)
    await expect(store.put('a', { n: 3 }, undefined)).rejects.toThrow(ConflictError)
    expect(await store.get('a')).toMatchObject({ value: { n: 2 }, etag: second })
    await store.remove('a')
    expect(await store.get('a')).toBeUndefined()
  })

  test('sweeps what is old', async () => {
    await store.put('old', 1, undefined)
    clock = later
    await store.put('new', 2, undefined)
    expect(await store.sweep(later)).toBe(1)
    expect([await store.get('old'), (await store.get('new'))?.value]).toEqual([undefined, 2])
  })

  test('people: one record each, not written when nothing changed, removed when nothing is known', async () => {
    const people = createPeople(store, { retentionDays: 365, now: () => now })
    const { person, etag } = await people.load('k')
    await people.keep('k', person, person, etag)
    expect(await store.get('person/k')).toBeUndefined()
    await people.keep('k', person, { ...person, language: 'fr' }, etag)
    const again = await people.load('k')
    expect(again.person.language).toBe('fr')
    await people.keep('k', again.person, newPerson(), again.etag)
    expect(await store.get('person/k')).toBeUndefined()
  })

  test('people: a record that cannot be read means to start afresh', async () => {
    const etag = await store.put('person/k', { v: 99, surprise: true }, undefined)
    const people = createPeople(store, { retentionDays: 365, now: () => now })
    expect(await people.load('k')).toEqual({ person: newPerson(), etag })
  })
})

test('a file store keeps over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetenant-store-'))
  const first = await fileStore(folder)
  await first.put('a', 1, undefined)
  await first.close()
  const second = await fileStore(folder)
  expect((await second.get('a'))?.value).toBe(1)
  await second.close()
  rmSync(folder, { recursive: true, force: true })
})
