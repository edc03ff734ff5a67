/** A store that version 1 left, read today: nobody loses anything, on the way here, back again, or while both are at work. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newPerson, openRun, withRun, type Person } from '../../src/runs/person'
import type { PersonRecord } from '../../src/runs/record'
import { createPeople } from '../../src/runs/records'
import type { Run } from '../../src/runs/run'
import { forgetWholly } from '../../src/runs/aside'
import { fileStore } from '../../src/runs/file-store'
import { memoryStore } from '../../src/runs/memory-store'
import type { Store, Stored } from '../../src/runs/store'
import { sweepIdle } from '../../src/runs/sweep'
import { fromVersion1 } from '../../src/runs/version-1'
import { readV1, type PersonV1 } from '../fixtures/record-v1'

interface Described {
  readonly people: Readonly<Record<string, { readonly record: string; readonly tells: string }>>
  readonly chats: Readonly<Record<string, { readonly place: string; readonly key: string }>>
  readonly records: Readonly<Record<string, Stored>>
}

const fixtures = join(__dirname, '..', 'fixtures')
const { people: described, chats, records }: Described = JSON.parse(readFileSync(join(fixtures, 'store-v1.json'), 'utf8'))

const folder = mkdtempSync(join(tmpdir(), 'onetenant-version-1-'))
let written: Store
beforeAll(async () => {
  cpSync(join(fixtures, 'store-v1'), folder, { recursive: true })
  written = await fileStore(folder)
})
afterAll(async () => {
  await written.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A day after the store was written. */
const now = () => new Date('2026-11-28T18:00:00.000Z')
const unread: string[][] = []
const peopleOn = (store: Store, days = 365, at = now) =>
  createPeople(store, { retentionDays: days, now: at, onUnread: (where) => void unread.push([...where]) })

const former = (name: string): { readonly key: string; readonly stored: Stored; readonly value: PersonV1 } => {
  const record = described[name]?.record ?? ''
  const stored = records[record]
  const value = readV1(stored?.value)
  if (!stored || !value) throw new Error(`nobody is called ${name}`)
  return { key: record.replace('person/', ''), stored, value }
}

const chatOf = (key: string): string => Object.keys(chats).find((hash) => chats[hash]?.key === key && chats[hash]?.place === 'personal') ?? ''

describe('everybody', () => {
  test.each(Object.keys(described))('%s keeps what they chose, told and did', async (name) => {
    const { key, value } = former(name)
    const { record } = await peopleOn(written).load(key)
    const { language, askedLanguage, plainText, known } = value
    expect(record.person).toMatchObject({ askedLanguage, plainText, known, ...(language && { language }) })
    expect(record.person.language).toBe(language)
    expect(record.person.runs).toEqual(
      value.runs.map((run) => {
        const { chat: _, ...rest } = run
        // Who has not begun begins with the first step of today.
        return run.topic === 'm365-for-azure' && run.stage !== 'steps' ? { ...rest, step: 'compare-tenants' } : rest
      }),
    )
    expect(record.views).toMatchObject(
      Object.fromEntries(Object.entries(value.chats).map(([chat, { welcomed, touchedAt }]) => [chat, { welcomed, touchedAt }])),
    )
    expect(unread).toEqual([])
  })

  test.each<[string, string | undefined]>([
    ['kelley', 'azure-for-m365'],
    ['tricia', 'link-existing'],
    ['jane', 'azure-for-m365'],
    ['guest', 'azure-for-m365'],
    ['sasha', 'm365-for-azure'],
    ['morgan', 'link-existing'],
    ['devon', undefined],
    ['casey', 'm365-for-azure'],
    ['robin', undefined],
    ['avery', 'azure-for-m365'],
  ])('%s has the run open that was open in the chat used last: %s', async (name, topic) => {
    const { key, value } = former(name)
    const { record } = await peopleOn(written).load(key)
    const [last] = Object.values(value.chats).toSorted((a, b) => b.touchedAt.localeCompare(a.touchedAt))
    expect(openRun(record.person)?.topic).toBe(topic)
    expect(record.person.open).toBe(last?.run)
  })

  test('who waited for a sign-in, or declined one, still does', async () => {
    const [sasha, casey] = await Promise.all(
      ['sasha', 'casey'].map(async (name) => (await peopleOn(written).load(former(name).key)).record.views[chatOf(`personal-${name}`)]?.signIn),
    )
    expect(sasha).toEqual({
      state: 'waiting',
      for: expect.objectContaining({ verb: 'check-again', topic: 'm365-for-azure', lang: 'fr' }),
      at: '2026-11-27T17:50:12.847Z',
      card: '1795801812853',
    })
    expect(casey).toMatchObject({ state: 'declined', for: { verb: 'check-again', topic: 'check-role' } })
  })

  test('what is on screen can be answered as before', async () => {
    const viewOf = async (name: string) => (await peopleOn(written).load(former(name).key)).record.views[chatOf(`personal-${name}`)]
    expect(await viewOf('devon')).toMatchObject({ asked: { question: 'forget-me' }, aside: false })
    expect(await viewOf('morgan')).toMatchObject({ asked: { question: 'ids' }, aside: false })
    expect(await viewOf('sasha')).toMatchObject({ asked: { question: 'before' } })
    const kelley = await viewOf('kelley')
    expect(kelley?.asked).toBeUndefined()
    expect(kelley?.buttons.map(({ verb }) => verb)).toEqual(['done', 'back', 'stuck', 'all-steps', 'topic', 'restart', 'cancel'])
    expect(kelley?.buttons[0]).toMatchObject({ title: 'Done, next', step: 'complete-form' })
  })
})

test.each([
  [{ v: 1, runs: 'hello', chats: 7 }, { runs: [] }],
  [
    { v: 1, runs: [7], chats: { c: 'hello' }, language: 'de' },
    { runs: [7], language: 'de' },
  ],
  [{ v: 1 }, { runs: [] }],
])('%j of version 1 is no more than it is', (value, person) => {
  expect(fromVersion1(value)).toMatchObject({ v: 2, person })
})

test('verbs of then are those of today', () => {
  const chat = {
    welcomed: true,
    picks: [{ verb: 'speak-fr' }],
    buttons: [
      { title: 'Yes', verb: 'keep-fr' },
      { title: 'No', verb: 'speak-en' },
    ],
    touchedAt: 't',
  }
  expect(fromVersion1({ v: 1, runs: [], chats: { c: chat } }).views).toEqual({
    c: {
      welcomed: true,
      aside: false,
      asked: { question: 'keep-language', lang: 'fr' },
      list: [{ verb: 'speak', lang: 'fr' }],
      buttons: [
        { title: 'Yes', verb: 'keep-language', lang: 'fr' },
        { title: 'No', verb: 'speak', lang: 'en' },
      ],
      touchedAt: 't',
    },
  })
})

describe('a roll-out, a roll-back, and both side by side', () => {
  const chat = chatOf('personal-kelley')
  const { key, value: before } = former('kelley')
  let time: Date
  let store: Store

  beforeEach(async () => {
    time = new Date('2026-11-28T18:00:00.000Z')
    store = memoryStore(() => time)
    await store.put(`person/${key}`, before, undefined)
  })
  const later = (minutes: number) => void (time = new Date(time.getTime() + minutes * 60_000))
  const people = () => peopleOn(store, 365, () => time)

  /** A turn of today's build. */
  const today = async (change: (person: Person) => Person): Promise<PersonRecord> => {
    later(1)
    const loaded = await people().load(key)
    const kept = await people().keep(key, loaded, {
      ...loaded.record,
      person: change(loaded.record.person),
      handled: [time.toISOString(), ...loaded.record.handled],
    })
    return kept.record
  }
  const openOf = (person: Person): Run => {
    const run = openRun(person)
    if (!run) throw new Error('no run is open')
    return run
  }
  const moved = (person: Person, step: string): Person => {
    const run = openOf(person)
    return withRun(person, { ...run, step, done: [...run.done, run.step], rev: run.rev + 1, updatedAt: time.toISOString() })
  }

  /** A turn of a build of version 1: it reads its own record, and replaces what it cannot read. */
  const version1 = async (change: (person: PersonV1) => PersonV1) => {
    later(1)
    const stored = await store.get(`person/${key}`)
    const person = readV1(stored?.value)
    if (!person) throw new Error('version 1 cannot read its record')
    const after = change(person)
    const touched = after.chats[chat] && { ...after.chats[chat], touchedAt: time.toISOString() }
    await store.put(`person/${key}`, { ...after, chats: { ...after.chats, ...(touched && { [chat]: touched }) } }, stored?.etag)
  }
  const movedThen = (person: PersonV1, step: string): PersonV1 => ({
    ...person,
    runs: person.runs.map((run) =>
      run.id === person.chats[chat]?.run ? { ...run, step, done: [...run.done, run.step], rev: run.rev + 1, updatedAt: time.toISOString() } : run,
    ),
  })
  const known = async () => (await people().load(key)).record.person

  test('a turn of today leaves what version 1 wrote as it was, to the byte', async () => {
    const untouched = await store.get(`person/${key}`)
    await today((person) => moved(person, 'open-portal'))
    expect(await store.get(`person/${key}`)).toEqual(untouched)
    expect(readV1(untouched?.value)).toEqual(before)
    expect((await store.get(`people/${key}`))?.value).toMatchObject({ v: 2, from: { etag: untouched?.etag }, person: { runs: [{ step: 'open-portal' }] } })
  })

  test('of each run the later state stands, whoever wrote it', async () => {
    await today((person) => withRun(moved(person, 'open-portal'), { ...openOf(person), id: 'new-run', step: 'open-portal' }))
    await version1((person) => movedThen(movedThen(person, 'open-portal'), 'check-same-users'))
    expect((await known()).runs).toMatchObject([
      { id: 'new-run', step: 'open-portal' },
      { id: before.runs[0]?.id, step: 'check-same-users', rev: 6 },
    ])
    await today((person) => moved(person, 'give-access'))
    await version1((person) => ({ ...person, plainText: true }))
    expect((await known()).runs).toMatchObject([{ id: 'new-run' }, { step: 'give-access', rev: 7 }])
    expect((await known()).plainText).toBe(true)
  })

  test('what version 1 wrote since is in the record of today with the next turn, though version 1 forgets it afterwards by age', async () => {
    await today((person) => person)
    await version1((person) => ({ ...movedThen(person, 'open-portal'), language: 'fr' }))
    await today((person) => person)
    expect((await store.get(`people/${key}`))?.value).toMatchObject({
      person: { language: 'fr', runs: [{ step: 'open-portal' }] },
      from: { etag: (await store.get(`person/${key}`))?.etag },
    })
  })

  test('a run begun anew in version 1 has lost its proof', async () => {
    await today((person) =>
      withRun(person, { ...openOf(person), helped: true, moreKnown: 'x', proof: { tenant: 'yes', microsoft365: 'yes', azure: 'yes', at: time.toISOString() } }),
    )
    await version1((person) => ({
      ...person,
      runs: person.runs.map((run) => ({ ...run, stage: 'before', step: 'open-sign-up', done: [], rev: 9, updatedAt: time.toISOString() })),
    }))
    const [run] = (await known()).runs
    expect(run).toMatchObject({ stage: 'before', done: [], rev: 9, moreKnown: 'x' })
    expect([run?.proof, run?.helped]).toEqual([undefined, undefined])
  })

  test('what one side chose or was told is not undone by the other, which knew nothing of it', async () => {
    await today((person) => ({ ...person, plainText: true, known: { ...person.known, contract: 'csp', account: [...person.known.account, 'link-existing'] } }))
    await version1((person) => ({
      ...movedThen(person, 'open-portal'),
      language: 'fr',
      known: { ...person.known, account: [...person.known.account, 'm365-for-azure'] },
    }))
    expect(await known()).toMatchObject({
      plainText: true,
      language: 'fr',
      known: { contract: 'csp', account: ['azure-for-m365', 'link-existing', 'm365-for-azure'] },
      runs: [{ step: 'open-portal' }],
    })
  })

  test('what both changed is as it was said last', async () => {
    await today((person) => ({ ...person, language: 'en' }))
    await version1((person) => ({ ...person, language: 'fr' }))
    expect((await known()).language).toBe('fr')
    await today((person) => ({ ...person, language: 'en' }))
    expect((await known()).language).toBe('en')
  })

  test('what was taken back in version 1 is taken back', async () => {
    await today((person) => person)
    await version1((person) => ({
      ...person,
      known: { account: person.known.account },
      chats: { ...person.chats, [chat]: { welcomed: true, picks: [], buttons: [], touchedAt: 't' } },
    }))
    const person = await known()
    expect([person.known.contract, person.open]).toEqual([undefined, undefined])
  })

  test('an hour of turns by turns loses nothing, not even a run that only version 1 can read', async () => {
    const [ours] = before.runs
    if (!ours) throw new Error('the run is missing')
    const theirs = { ...ours, id: 'theirs', topic: 'link-existing', step: 'find-blockers', done: [] as string[] }
    const gone = { ...ours, id: 'gone', topic: 'gone', startedAt: '2026-11-26T00:00:00.000Z' }
    const steps = [
      ['open-portal', 'save-access'],
      ['check-same-users', 'change-directory'],
      ['give-access', 'switch-directory'],
    ] as const
    for (const [first, second] of steps) {
      await today((person) => moved({ ...person, open: ours.id }, first))
      later(1)
      Object.assign(theirs, { done: [...theirs.done, theirs.step], step: second, rev: theirs.rev + 1, updatedAt: time.toISOString() })
      await store.put(`person/${key}`, { ...before, runs: [theirs, ours, gone] }, (await store.get(`person/${key}`))?.etag)
    }
    await today((person) => person)
    expect((await store.get(`people/${key}`))?.value).toMatchObject({
      person: {
        runs: [
          { id: 'theirs', step: 'switch-directory', done: ['find-blockers', 'save-access', 'change-directory'] },
          { id: ours.id, step: 'give-access', done: ['open-sign-up', 'sign-in-work-account', 'complete-form', 'open-portal', 'check-same-users'] },
          { id: 'gone', topic: 'gone' },
        ],
      },
    })
  })

  test('who asks version 1 to be forgotten is forgotten by both', async () => {
    await today((person) => ({ ...moved(person, 'open-portal'), language: 'fr' }))
    await forgetWholly(store, `person/${key}`)
    expect(await known()).toEqual(newPerson())
    await today((person) => ({ ...person, plainText: true }))
    expect(await known()).toEqual({ ...newPerson(), plainText: true })
  })

  test('who has long been with today’s build is not forgotten when the record of version 1 is swept', async () => {
    await today((person) => moved(person, 'open-portal'))
    later(364 * 24 * 60)
    await today((person) => moved(person, 'check-same-users'))
    later(2 * 24 * 60)
    expect(await sweepIdle(store, new Date(time.getTime() - 365 * 24 * 60 * 60_000), { now: () => time })).toBe(1)
    expect(await store.get(`person/${key}`)).toBeUndefined()
    await today((person) => moved(person, 'give-access'))
    await today((person) => person)
    expect((await known()).runs).toMatchObject([{ step: 'give-access' }])
  })

  test('somebody whom version 1 met first afterwards is one person', async () => {
    await forgetWholly(store, `person/${key}`)
    await today(() => ({ ...newPerson(), plainText: true, known: { contract: 'web', account: [] } }))
    await store.put(`person/${key}`, before, undefined)
    expect(await known()).toMatchObject({
      plainText: true,
      known: { contract: 'web', account: ['azure-for-m365'] },
      runs: [{ step: 'complete-form' }],
      open: before.runs[0]?.id,
    })
  })
})
