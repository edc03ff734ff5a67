/** What is kept about a person, and for how long. */
import { guideOf } from '../../src/guides'
import { chatOf, newChat, newPerson, openRun, personSchema, withChat, withoutOld, withRun, type Person } from '../../src/runs/person'
import { beginRun } from '../../src/runs/run'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const runOf = (id: string, now = day(1)) => beginRun(guideOf('verify-setup', 'en'), { id, chat: 'c', language: 'en', now })
const kept = (person: Person) => personSchema.parse(JSON.parse(JSON.stringify(person)))

test('nothing is known of a new person', () => {
  expect(newPerson()).toEqual({ v: 1, askedLanguage: false, plainText: false, known: { account: [] }, runs: [], chats: {} })
  expect(kept(newPerson())).toEqual(newPerson())
})

test('a chat nobody was in is new, and asking changes nothing', () => {
  const person = newPerson()
  expect(chatOf(person, 'c', day(2))).toMatchObject({ welcomed: false, picks: [], touchedAt: day(2).toISOString() })
  expect(person).toEqual(newPerson())
})

test('changing a chat keeps the rest of it and notes the time', () => {
  const person = withChat(withChat(newPerson(), 'c', { welcomed: true }, day(1)), 'c', { run: 'r' }, day(3))
  expect(person.chats).toMatchObject({ c: { welcomed: true, run: 'r', picks: [], touchedAt: day(3).toISOString() } })
})

test('each chat has its own open run', () => {
  const runs = withRun(withRun(newPerson(), runOf('one')), runOf('two'))
  const person = withChat(withChat(runs, 'a', { run: 'one' }, day(1)), 'b', { run: 'two' }, day(1))
  expect([openRun(person, 'a')?.id, openRun(person, 'b')?.id, openRun(person, 'c')]).toEqual(['one', 'two', undefined])
})

test('an open run that was forgotten is no longer open', () => {
  expect(openRun(withChat(newPerson(), 'a', { run: 'gone' }, day(1)), 'a')).toBeUndefined()
})

test('a changed run stays where it is in the list, a new one comes first, the oldest beyond twenty is forgotten', () => {
  const many = Array.from({ length: 25 }, (_, index) => runOf(`r${index}`)).reduce(withRun, newPerson())
  expect(many.runs.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `r${24 - index}`))
  const changed = withRun(many, { ...runOf('r10'), rev: 7 })
  expect(changed.runs.map(({ id }) => id)).toEqual(many.runs.map(({ id }) => id))
  expect(changed.runs.find(({ id }) => id === 'r10')?.rev).toBe(7)
})

describe('forgetting', () => {
  const person = [1, 5, 9].reduce<Person>(
    (each, number) => withChat(withRun(each, runOf(`run${number}`, day(number))), `chat${number}`, { welcomed: true }, day(number)),
    { ...newPerson(), language: 'fr', known: { contract: 'web', account: [] } },
  )

  test('runs and chats that nobody touched since then, and nothing else', () => {
    const left = withoutOld(person, day(5))
    expect(left.runs.map(({ id }) => id)).toEqual(['run9', 'run5'])
    expect(Object.keys(left.chats).toSorted()).toEqual(['chat5', 'chat9'])
    expect(left).toMatchObject({ language: 'fr', known: { contract: 'web' } })
  })

  test('the longest untouched chats beyond fifty', () => {
    const many = Array.from({ length: 60 }, (_, index) => index).reduce<Person>((each, index) => withChat(each, `c${index}`, {}, day(100 + index)), newPerson())
    const left = Object.keys(withoutOld(many, day(1)).chats)
    expect(left).toHaveLength(50)
    expect(left).not.toContain('c9')
    expect(left).toContain('c10')
  })
})

test.each<[string, unknown]>([
  ['of another version', { ...newPerson(), v: 2 }],
  ['with something that has no place', { ...newPerson(), name: 'Kelley Wall' }],
  ['with text in a chat', { ...newPerson(), chats: { c: { ...newChat(day(1)), text: 'hello' } } }],
  ['with a run that says more than it should', { ...newPerson(), runs: [{ ...runOf('r'), email: 'kelley@contoso.com' }] }],
  ['that is a list', []],
  ['that is nothing', null],
])('a record %s is not one', (_name, value) => {
  expect(personSchema.safeParse(value).success).toBe(false)
})
