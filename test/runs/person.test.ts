/** What is known of a person is theirs in every chat: choices, what they told, and their runs. */
import { guideOf } from '../../src/guides'
import { newPerson, openRun, personSchema, withRun, type Person } from '../../src/runs/person'
import { beginRun } from '../../src/runs/run'

const now = new Date('2026-11-01T08:00:00.000Z')
const runOf = (id: string) => beginRun(guideOf('verify-setup', 'en'), { id, language: 'en', now })
const kept = (person: Person) => personSchema.parse(JSON.parse(JSON.stringify(person)))

test('nothing is known of a new person', () => {
  expect(newPerson()).toEqual({ askedLanguage: false, plainText: false, known: { account: [] }, runs: [] })
  expect(kept(newPerson())).toEqual(newPerson())
})

test('one run is open, until another one is or it was forgotten', () => {
  const person = withRun(withRun(newPerson(), runOf('one')), runOf('two'))
  expect(openRun(person)).toBeUndefined()
  expect(openRun({ ...person, open: 'one' })?.id).toBe('one')
  expect(openRun({ ...person, open: 'gone' })).toBeUndefined()
})

test('a changed run stays where it is in the list, a new one comes first, the oldest beyond twenty is forgotten', () => {
  const many = Array.from({ length: 25 }, (_, index) => runOf(`r${index}`)).reduce(withRun, newPerson())
  expect(many.runs.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `r${24 - index}`))
  const changed = withRun(many, { ...runOf('r10'), rev: 7 })
  expect(changed.runs.map(({ id }) => id)).toEqual(many.runs.map(({ id }) => id))
  expect(changed.runs.find(({ id }) => id === 'r10')?.rev).toBe(7)
})
