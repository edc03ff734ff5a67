/** What another version wrote costs the entry it cannot be read in, and nothing of it gets lost. */
import fc from 'fast-check'
import { guideOf } from '../../src/guides'
import { newPerson, withRun, type Person } from '../../src/runs/person'
import {
  newPersonRecord,
  newThreadRecord,
  NewerRecordError,
  openPersonRecord,
  openThreadRecord,
  withoutOld,
  type PersonRecord,
  type ThreadRecord,
} from '../../src/runs/record'
import { beginRun } from '../../src/runs/run'
import { newThread } from '../../src/runs/thread'
import { newView } from '../../src/runs/view'
import { spoilt, storedPerson, storedThread } from './stored'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const runOf = (id: string, now = day(1)) => beginRun(guideOf('verify-setup', 'en'), { id, language: 'en', now })

const { write } = openPersonRecord(undefined)
const written = (record: PersonRecord) => Object(stored(write(record)))

describe('a record', () => {
  test('of nobody says nothing, and is stored whole', () => {
    expect(openPersonRecord(undefined)).toMatchObject({ record: newPersonRecord(), unread: [], isDamaged: false })
    expect(written(newPersonRecord())).toEqual({
      v: 2,
      person: { askedLanguage: false, plainText: false, known: { account: [] }, runs: [] },
      views: {},
      handled: [],
      owed: [],
    })
    expect(openThreadRecord(undefined)).toMatchObject({ record: newThreadRecord(), unread: [] })
  })

  test('comes back as it was written', () => {
    const person: Person = { ...newPerson(), language: 'fr', known: { contract: 'ea', account: ['link-existing'] }, open: 'a', runs: [runOf('a'), runOf('b')] }
    const record: PersonRecord = {
      person,
      views: {
        chat: {
          ...newView(day(3)),
          asked: { question: 'keep-language', lang: 'fr' },
          list: [{ verb: 'go-to', step: 's' }],
          buttons: [{ title: 'Next', verb: 'done' }],
        },
      },
      handled: ['x', 'y'],
      owed: [{ activity: 'x', chat: 'chat', at: day(3).toISOString(), again: { verb: 'resume' } }],
    }
    expect(openPersonRecord(written(record))).toMatchObject({ record, unread: [], isDamaged: false })
  })

  test.each([3, 2.5, '2', null, { major: 2 }])('of version %j is of a newer build', (v) => {
    expect(() => openPersonRecord({ ...written(newPersonRecord()), v })).toThrow(NewerRecordError)
    expect(() => openThreadRecord({ v, thread: newThread(), handled: [], owed: [] })).toThrow(NewerRecordError)
  })

  test.each([[[]], [null], ['hello'], [{ person: 'hello' }], [{ person: { runs: 'hello' } }], [{ views: [] }], [{ handled: {} }]])(
    '%j is none, which is said',
    (value) => {
      const opened = openPersonRecord(value)
      expect(opened).toMatchObject({ record: newPersonRecord(), isDamaged: true })
      expect(opened.unread).toHaveLength(1)
    },
  )
})

/** A record in which everything is in order, with a change at one place. */
const full = () => {
  const person = {
    ...newPerson(),
    language: 'fr',
    known: { contract: 'web', account: ['check-role', 'link-existing'] },
    runs: [{ ...runOf('a'), helped: true }, runOf('b'), runOf('c')],
  }
  const view = {
    ...newView(day(2)),
    list: [
      { verb: 'resume', run: 'a' },
      { verb: 'resume', run: 'b' },
    ],
    buttons: [
      { title: 'Next', verb: 'done' },
      { title: 'Back', verb: 'back' },
    ],
  }
  return {
    v: 2,
    person,
    views: { one: view, two: newView(day(2)) },
    handled: ['x'],
    owed: [{ activity: 'x', chat: 'one', again: { verb: 'resume' }, at: day(2).toISOString() }],
  }
}

type Full = ReturnType<typeof full>
type Loose = { [K in keyof Full]: any } // oxlint-disable-line typescript/no-explicit-any

const withChange = (edit: (record: Loose) => void): Loose => {
  const value = full()
  edit(value)
  return value
}

describe('an entry that cannot be read', () => {
  test.each<[string, (record: Loose) => void, string, (record: Loose) => void]>([
    ['an unknown language', ({ person }) => (person.language = 'de'), 'person.language', ({ person }) => delete person.language],
    ['an unknown contract', ({ person }) => (person.known.contract = 'mpsa'), 'person.known.contract', ({ person }) => delete person.known.contract],
    [
      'a removed guide among those of the account',
      ({ person }) => (person.known.account[0] = 'gone'),
      'person.known.account.0',
      ({ person }) => person.known.account.shift(),
    ],
    ['a removed topic in one run', ({ person }) => (person.runs[1].topic = 'gone'), 'person.runs.1', ({ person }) => person.runs.splice(1, 1)],
    ['an unknown stage in one run', ({ person }) => (person.runs[0].stage = 'paused'), 'person.runs.0', ({ person }) => person.runs.splice(0, 1)],
    ['a run that is none', ({ person }) => (person.runs[2] = 'hello'), 'person.runs.2', ({ person }) => person.runs.splice(2, 1)],
    ['the language of one run', ({ person }) => (person.runs[1].language = 'de'), 'person.runs.1.language', ({ person }) => (person.runs[1].language = 'en')],
    ['an answer in one run', ({ person }) => (person.runs[0].helped = 'a little'), 'person.runs.0.helped', ({ person }) => delete person.runs[0].helped],
    [
      'an unknown finding in one proof',
      ({ person }) => (person.runs[0].proof = { tenant: 'maybe', microsoft365: 'yes', azure: 'no', at: day(1).toISOString() }),
      'person.runs.0.proof',
      ({ person }) => delete person.runs[0].proof,
    ],
    [
      'an unknown verb in one button',
      ({ views }) => (views.one.buttons[0].verb = 'juggle'),
      'views.*.buttons.0',
      ({ views }) => (views.one.buttons[0] = { verb: 'resume' }),
    ],
    [
      'an unknown verb in one numbered line',
      ({ views }) => (views.one.list[0].verb = 'juggle'),
      'views.*.list.0',
      ({ views }) => (views.one.list[0] = { verb: 'resume' }),
    ],
    ['an unknown question on screen', ({ views }) => (views.one.asked = { question: 'colour' }), 'views.*.asked', ({ views }) => delete views.one.asked],
    ['a view that is none', ({ views }) => (views.two = 7), 'views.*', ({ views }) => delete views.two],
    ['an unknown way to show an answer again', ({ owed }) => (owed[0].again.verb = 'juggle'), 'owed.0.again', ({ owed }) => delete owed[0].again],
    ['a handled activity that is none', ({ handled }) => handled.unshift(7), 'handled.0', ({ handled }) => handled.shift()],
  ])('%s', (_what, spoil, where, expected) => {
    const value = withChange(spoil)
    const { record, unread, isDamaged, write: writeBack } = openPersonRecord(value)
    expect(unread).toEqual([where])
    expect(isDamaged).toBe(false)
    // All the rest is there, and a turn writes it back with what could not be read.
    expect(stored({ v: 2, ...record })).toEqual(stored(withChange((each) => (spoil(each), expected(each)))))
    expect(stored(writeBack(record))).toEqual(stored(value))
    expect(stored(writeBack({ ...record, handled: ['new', ...record.handled] }))).toEqual(stored({ ...value, handled: ['new', ...value.handled] }))
  })

  test.each<[string, (record: Loose) => void]>([
    ['the record', (record) => (Object(record).newField = 1)],
    ['the person', ({ person }) => (person.newField = [1])],
    ['what the person told', ({ person }) => (person.known.newField = { a: 1 })],
    ['a run', ({ person }) => (person.runs[1].newField = 'x')],
    ['a proof', ({ person }) => (person.runs[1].proof = { tenant: 'yes', microsoft365: 'yes', azure: 'no', at: day(1).toISOString(), newField: 1 })],
    ['a view', ({ views }) => (views.one.newField = null)],
    ['a button', ({ views }) => (views.one.buttons[0].newField = true)],
  ])('an unknown field of %s costs nothing', (_what, add) => {
    const value = withChange(add)
    const { record, unread, write: writeBack } = openPersonRecord(value)
    expect(unread).toEqual([])
    expect(stored(writeBack({ ...record, person: { ...record.person, plainText: true } }))).toEqual({
      ...Object(stored(value)),
      person: { ...Object(stored(value)).person, plainText: true },
    })
  })

  test('what is chosen since stands before it', () => {
    const { record, write: writeBack } = openPersonRecord(withChange(({ person }) => (person.language = 'de')))
    expect(record.person.language).toBeUndefined()
    expect(Object(writeBack({ ...record, person: { ...record.person, language: 'en' } })).person.language).toBe('en')
  })

  test('keeps its place among runs that are begun, moved and forgotten', () => {
    const { record, write: writeBack } = openPersonRecord(withChange(({ person }) => (person.runs[1].stage = 'paused')))
    const [a, c] = record.person.runs
    if (!a || !c) throw new Error('a run is missing')
    const ids = (runs: Person['runs']) => Object(writeBack({ ...record, person: { ...record.person, runs } })).person.runs.map(({ id }: { id: string }) => id)
    expect(ids([a, c])).toEqual(['a', 'b', 'c'])
    expect(ids([runOf('new'), { ...a, rev: 9 }, c])).toEqual(['new', 'a', 'b', 'c'])
    expect(ids([c, a])).toEqual(['b', 'c', 'a'])
    expect(ids([a])).toEqual(['a', 'b'])
    expect(ids([])).toEqual(['b'])
  })

  test('of a card goes with the card', () => {
    const { record, write: writeBack } = openPersonRecord(
      withChange(({ views }) => ((views.one.buttons[0].verb = 'juggle'), (views.one.asked = { question: 'colour' }))),
    )
    const views = { ...record.views, one: { ...newView(day(5)), buttons: [{ title: 'Help', verb: 'topic', topic: 'help' } as const] } }
    expect(Object(stored(writeBack({ ...record, views }))).views.one).toEqual(stored(views.one))
  })
})

/** What a turn does: a new run, a step done in the last one, another card in one chat. */
const afterTurn = (record: PersonRecord): PersonRecord => {
  const [first] = record.person.runs
  const person = withRun({ ...record.person, language: 'fr' }, runOf('00000000-0000-0000-0000-000000000000'))
  return {
    ...record,
    person: first ? withRun(person, { ...first, step: 'next', rev: first.rev + 1 }) : person,
    views: { ...record.views, chat: newView(day(9)) },
    handled: ['a', ...record.handled],
  }
}

describe('whatever stands in a record', () => {
  test('is written back as it was when nothing changed', () => {
    fc.assert(
      fc.property(spoilt(storedPerson), (value) => {
        const { record, write: writeBack } = openPersonRecord(value)
        expect(stored(writeBack(record))).toMatchObject(value)
      }),
    )
  })

  test('is read as it was written, after a turn too', () => {
    fc.assert(
      fc.property(spoilt(storedPerson), (value) => {
        const before = openPersonRecord(value)
        const after = afterTurn(before.record)
        expect(stored(openPersonRecord(stored(before.write(after))).record)).toEqual(stored(after))
      }),
    )
  })

  test('is lost by no turn, though it cannot be read', () => {
    /** This turn chooses them anew; of parts that are none, the store keeps a copy. */
    const chosen = ['person.language', 'person', 'person.runs', 'views', 'handled']
    const places = (unread: readonly string[]) => unread.map((where) => where.replaceAll(/\d+/g, '#')).toSorted()
    fc.assert(
      fc.property(spoilt(storedPerson), (value) => {
        const before = openPersonRecord(value)
        const after = openPersonRecord(stored(before.write(afterTurn(before.record))))
        expect(places(after.unread)).toEqual(places(before.unread.filter((where) => !chosen.includes(where))))
      }),
    )
  })

  test('of a thread too', () => {
    fc.assert(
      fc.property(spoilt(storedThread), (value) => {
        const { record, write: writeBack } = openThreadRecord(value)
        expect(stored(writeBack(record))).toMatchObject(value)
        const after: ThreadRecord = {
          ...record,
          thread: { ...record.thread, page: { topic: 'link-existing', at: 'before' } },
          handled: ['a', ...record.handled],
        }
        expect(stored(openThreadRecord(stored(writeBack(after))).record)).toEqual(stored(after))
      }),
    )
  })
})

describe('forgetting', () => {
  const aged = (number: number) => ({
    runs: { ...runOf(`run${number}`, day(number)), ...(number === 9 && { stage: 'paused' }) },
    view: { ...newView(day(number)) },
  })
  const value = {
    v: 2,
    person: { ...newPerson(), language: 'fr', known: { contract: 'web', account: [] }, runs: [9, 5, 1].map((number) => aged(number).runs) },
    views: Object.fromEntries([1, 5, 9].map((number) => [`chat${number}`, aged(number).view])),
    handled: [],
    owed: [],
  }
  const left = (before: Date) => Object(withoutOld(value, before))
  const idsOf = (record: { person: { runs: { id: string }[] } }) => record.person.runs.map(({ id }) => id)

  test('takes runs and views that nobody touched since then, readable or not, and nothing else', () => {
    expect(idsOf(left(day(5)))).toEqual(['run9', 'run5'])
    expect(Object.keys(left(day(5)).views)).toEqual(['chat5', 'chat9'])
    expect(left(day(5)).person).toMatchObject({ language: 'fr', known: { contract: 'web' } })
    expect(left(day(20))).toMatchObject({ person: { language: 'fr', runs: [] }, views: {} })
  })

  test.each([undefined, null, 'hello', { person: 7, views: [] }])('%j is left as it is', (record) => {
    expect(withoutOld(record, day(20))).toEqual(record)
  })
})
