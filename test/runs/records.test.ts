/** One record a person or thread: read once, written once over the version that was read, and only when it comes to something else. */
import { guideOf } from '../../src/guides'
import { keepAside } from '../../src/runs/aside'
import { newPerson, withRun } from '../../src/runs/person'
import { newPersonRecord, newThreadRecord, NewerRecordError, type PersonRecord } from '../../src/runs/record'
import { createPeople, createThreads, type Loaded, type Records } from '../../src/runs/records'
import { beginRun } from '../../src/runs/run'
import { memoryStore } from '../../src/runs/memory-store'
import { ConflictError, type Store } from '../../src/runs/store'
import { newThread } from '../../src/runs/thread'
import { newView } from '../../src/runs/view'

const today = new Date('2026-11-20T00:00:00.000Z')
const now = () => today
const runOf = (id: string, at = today) => beginRun(guideOf('link-existing', 'en'), { id, language: 'en', now: at })

let store: Store
let unread: string[][]
let unreadable: string[]
let people: Records<PersonRecord>

const peopleOn = (on: Store) =>
  createPeople(on, { retentionDays: 30, now, onUnread: (where) => void unread.push([...where]), onAside: (key) => void unreadable.push(key) })

beforeEach(() => {
  unread = []
  unreadable = []
  store = memoryStore(now)
  people = peopleOn(store)
})

const withPerson = ({ record }: Loaded<PersonRecord>, change: Partial<PersonRecord['person']>): PersonRecord => ({
  ...record,
  person: { ...record.person, ...change },
})

/** A store that notes what is done to it. */
const watched = () => {
  const calls: string[] = []
  const noting = <K extends 'get' | 'put' | 'remove'>(name: K): Store[K] =>
    ((key: string, ...rest: [unknown, string | undefined]) => {
      calls.push(`${name} ${key}`)
      return Reflect.apply(store[name], store, [key, ...rest])
    }) as Store[K]
  return { calls, store: { ...store, get: noting('get'), put: noting('put'), remove: noting('remove') } }
}

test('somebody unknown is new', async () => {
  expect(await people.load('k')).toMatchObject({ record: newPersonRecord(), etag: undefined, unread: [] })
})

test('what is kept comes back', async () => {
  const loaded = await people.load('k')
  await people.keep('k', loaded, withPerson(loaded, { language: 'fr' }))
  expect((await people.load('k')).record).toEqual({ ...newPersonRecord(), person: { ...newPerson(), language: 'fr' } })
})

test('a turn that changed nothing writes nothing, for somebody new and somebody known', async () => {
  const { store: noted, calls } = watched()
  const others = peopleOn(noted)
  const nobody = await others.load('k')
  await others.keep('k', nobody, { ...nobody.record })
  const kept = await others.keep('k', nobody, withPerson(nobody, { language: 'fr' }))
  await others.keep('k', kept, structuredClone(kept.record))
  await others.keep('k', await others.load('k'), kept.record)
  expect(calls.filter((call) => !call.startsWith('get'))).toEqual(['put people/k'])
})

test('a turn goes on from what it has kept', async () => {
  const first = await people.load('k')
  const second = await people.keep('k', first, withPerson(first, { language: 'fr' }))
  const third = await people.keep('k', second, withPerson(second, { plainText: true }))
  expect((await people.load('k')).record).toEqual(third.record)
  expect(third.record.person).toMatchObject({ language: 'fr', plainText: true })
})

test('two turns from the same state cannot both be kept', async () => {
  const nobody = await people.load('k')
  await people.keep('k', nobody, withPerson(nobody, { language: 'fr' }))
  await expect(people.keep('k', nobody, withPerson(nobody, { language: 'en' }))).rejects.toThrow(ConflictError)
  const loaded = await people.load('k')
  await people.keep('k', loaded, withPerson(loaded, { plainText: true }))
  await expect(people.keep('k', loaded, withPerson(loaded, { askedLanguage: true }))).rejects.toThrow(ConflictError)
  expect((await people.load('k')).record.person).toMatchObject({ language: 'fr', plainText: true, askedLanguage: false })
})

test('who is forgotten is unknown again, to every build', async () => {
  const loaded = await people.load('k')
  const kept = await people.keep('k', loaded, withPerson(loaded, { language: 'fr' }))
  await keepAside(store, 'people/k', { value: 'damaged', etag: 'e', at: '2026-11-20T00:00:00.000Z' }, () => undefined)
  await store.put('people/k', { person: 'damaged' }, kept.etag)
  await store.put('person/k', { v: 1 }, undefined)
  await people.forget('k')
  expect(await Promise.all(['people/k', 'person/k', 'unreadable/people/k'].map(store.get))).toEqual([undefined, undefined, undefined])
})

test('what nobody touched for the time it is kept is gone when the person comes back, and from the store with their next turn', async () => {
  const old = new Date('2026-10-20T00:00:00.000Z')
  const young = new Date('2026-10-22T00:00:00.000Z')
  const nobody = await people.load('k')
  const record: PersonRecord = {
    ...nobody.record,
    person: { ...newPerson(), language: 'fr', runs: [runOf('young', young), runOf('old', old)] },
    views: { old: newView(old), young: newView(young) },
  }
  await people.keep('k', nobody, record)
  const loaded = await people.load('k')
  expect(loaded.record.person).toMatchObject({ language: 'fr', runs: [{ id: 'young' }] })
  expect(Object.keys(loaded.record.views)).toEqual(['young'])
  await people.keep('k', loaded, loaded.record)
  expect(JSON.stringify((await store.get('people/k'))?.value)).not.toContain('"old"')
})

test('the longest untouched views beyond fifty are forgotten', async () => {
  const at = (minute: number) => new Date(today.getTime() - minute * 60_000)
  const nobody = await people.load('k')
  await people.keep('k', nobody, { ...nobody.record, views: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`c${index}`, newView(at(index))])) })
  const left = Object.keys((await people.load('k')).record.views)
  expect([left.length, left.includes('c49'), left.includes('c50')]).toEqual([50, true, false])
})

test('where entries stand that cannot be read is told at each load, and of no one else', async () => {
  await store.put('people/k', { v: 2, person: { ...newPerson(), language: 'de', runs: [runOf('r'), { ...runOf('s'), topic: 'gone' }] } }, undefined)
  await people.load('k')
  await people.load('other')
  expect(unread).toEqual([['person.language', 'person.runs.1']])
})

test('a step that is no longer in its guide leads to the one before it, which is kept with the turn', async () => {
  const [first] = guideOf('link-existing', 'en').steps
  const run = { ...runOf('r'), stage: 'steps' as const, step: 'no-such-step', done: [first?.id ?? ''] }
  const nobody = await people.load('k')
  await people.keep('k', nobody, { ...nobody.record, person: withRun(newPerson(), run) })
  const loaded = await people.load('k')
  expect(loaded.record.person.runs).toMatchObject([{ step: first?.id, displaced: true }])
  await people.keep('k', loaded, loaded.record)
  expect((await store.get('people/k'))?.value).toMatchObject({ person: { runs: [{ step: first?.id, displaced: true }] } })
})

describe('a record of a newer build', () => {
  const newer = { v: 3, everything: { is: 'elsewhere' } }

  test('is not read, and told from a conflict', async () => {
    await store.put('people/k', newer, undefined)
    await store.put('threads/k', newer, undefined)
    await expect(people.load('k')).rejects.toThrow(NewerRecordError)
    await expect(createThreads(store, { onUnread: () => undefined }).load('k')).rejects.toThrow(NewerRecordError)
  })

  test('is not written over by a turn that began before it was there', async () => {
    const nobody = await people.load('k')
    const kept = await people.keep('k', nobody, withPerson(nobody, { language: 'fr' }))
    await store.put('people/k', newer, kept.etag)
    const present = await store.get('people/k')
    await expect(people.keep('k', nobody, withPerson(nobody, { language: 'en' }))).rejects.toThrow(ConflictError)
    await expect(people.keep('k', kept, withPerson(kept, { plainText: true }))).rejects.toThrow(ConflictError)
    await expect(people.load('k')).rejects.toThrow(NewerRecordError)
    expect(await store.get('people/k')).toEqual(present)
  })

  test('is not taken for that of somebody whom version 1 forgot', async () => {
    await store.put('people/k', { ...newer, from: { etag: 'e', at: today.toISOString(), choices: {} } }, undefined)
    await expect(people.load('k')).rejects.toThrow(NewerRecordError)
  })
})

describe('what is no record', () => {
  test.each<[unknown]>([['hello'], [null], [[1]], [{ v: 2, person: 'hello' }], [{ v: 2, person: { runs: 7 }, views: {} }]])(
    '%j starts afresh, and is kept aside before it is written over',
    async (value) => {
      await store.put('people/k', value, undefined)
      const loaded = await people.load('k')
      expect(loaded.record).toEqual(newPersonRecord())
      expect(unreadable).toEqual([])
      const kept = await people.keep('k', loaded, withPerson(loaded, { language: 'fr', runs: [runOf('r')] }))
      await people.keep('k', kept, withPerson(kept, { plainText: true }))
      expect(unreadable).toEqual(['people/k'])
      const aside = await store.get('unreadable/people/k')
      expect([aside?.value].flat().map((text) => JSON.parse(String(text)))).toMatchObject([{ value }])
      expect((await people.load('k')).record.person).toMatchObject({ language: 'fr', plainText: true, runs: [{ id: 'r' }] })
    },
  )
})

describe('a build that knows more, side by side with this one', () => {
  /** What it adds to what is there, as it would between two turns of this one. */
  // Its records may hold anything.
  // oxlint-disable-next-line typescript/no-explicit-any
  const byOther = async (edit: (stored: any) => void) => {
    const present = await store.get('people/k')
    const value = structuredClone(present?.value)
    edit(value)
    await store.put('people/k', value, present?.etag)
  }
  const turn = async (change: (record: PersonRecord) => PersonRecord) => {
    const loaded = await people.load('k')
    await people.keep('k', loaded, change(loaded.record))
  }

  test('loses nothing by its turns, and this one nothing by those of the other', async () => {
    const run = runOf('ours')
    await turn((record) => ({ ...record, person: withRun({ ...record.person, open: 'ours' }, run), views: { here: newView(today), there: newView(today) } }))
    await byOther(({ person, views }) => {
      person.moreKnown = { since: '2026' }
      person.runs.unshift({ ...runOf('theirs'), topic: 'move-mail', stage: 'waiting' })
      person.runs[1].rating = 5
      views.there.buttons = [
        { title: 'Juggle', verb: 'juggle' },
        { title: 'Help', verb: 'topic', topic: 'help' },
      ]
      views.there.list = [{ verb: 'juggle' }, { verb: 'topic', topic: 'help' }]
    })
    await turn((record) => {
      expect(record.views.there?.list[1]).toEqual({ verb: 'topic', topic: 'help' })
      const [open] = record.person.runs
      if (!open) throw new Error('the run is missing')
      return {
        ...record,
        person: withRun({ ...record.person, language: 'fr' }, { ...open, rev: 2, done: ['a'] }),
        views: { ...record.views, here: { ...newView(today), aside: true } },
      }
    })
    await byOther(({ person }) => {
      person.runs[1].rating = 4
      person.plainText = true
    })
    await turn((record) => ({ ...record, person: withRun(record.person, runOf('another')), handled: ['x'] }))

    expect((await store.get('people/k'))?.value).toEqual({
      v: 2,
      person: {
        ...newPerson(),
        language: 'fr',
        plainText: true,
        open: 'ours',
        moreKnown: { since: '2026' },
        runs: [runOf('another'), { ...runOf('theirs'), topic: 'move-mail', stage: 'waiting' }, { ...run, rev: 2, done: ['a'], rating: 4 }],
      },
      views: {
        here: { ...newView(today), aside: true },
        there: {
          ...newView(today),
          buttons: [
            { title: 'Juggle', verb: 'juggle' },
            { title: 'Help', verb: 'topic', topic: 'help' },
          ],
          list: [{ verb: 'juggle' }, { verb: 'topic', topic: 'help' }],
        },
      },
      handled: ['x'],
      owed: [],
    })
  })
})

describe('of a thread', () => {
  const threads = () => createThreads(store, { onUnread: (where) => void unread.push([...where]) })

  test('what is kept comes back, and only a change is written', async () => {
    const { store: noted, calls } = watched()
    const kept = createThreads(noted, { onUnread: () => undefined })
    const loaded = await kept.load('t')
    expect(loaded.record).toEqual(newThreadRecord())
    await kept.keep('t', loaded, structuredClone(loaded.record))
    const after = { ...loaded.record, thread: { ...loaded.record.thread, welcomed: true } }
    await kept.keep('t', loaded, after)
    expect((await kept.load('t')).record).toEqual(after)
    expect(calls.filter((call) => call.startsWith('put'))).toEqual(['put threads/t'])
    await kept.forget('t')
    expect((await kept.load('t')).record).toEqual(newThreadRecord())
  })

  test('a page of a guide that only a newer build has stays until another one is shown', async () => {
    const page = { topic: 'move-mail', at: 'steps', step: 'x' }
    await store.put('threads/t', { v: 2, thread: { welcomed: true, page, list: [{ verb: 'juggle' }], buttons: [] }, handled: [], owed: [] }, undefined)
    const loaded = await threads().load('t')
    expect(loaded.record.thread).toEqual({ ...newThread(), welcomed: true, list: [{ verb: 'resume' }] })
    expect(unread).toEqual([['thread.page', 'thread.list.0']])
    const kept = await threads().keep('t', loaded, { ...loaded.record, handled: ['x'] })
    expect((await store.get('threads/t'))?.value).toMatchObject({ thread: { page, list: [{ verb: 'juggle' }] } })
    await threads().keep('t', kept, { ...kept.record, thread: { ...kept.record.thread, page: { topic: 'check-role', at: 'before' }, list: [] } })
    expect((await store.get('threads/t'))?.value).toMatchObject({ thread: { page: { topic: 'check-role' }, list: [] } })
  })
})
