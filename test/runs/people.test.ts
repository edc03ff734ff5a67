/** One record per person: read once, written once and only when something changed. */
import { createPeople } from '../../src/runs/people'
import { newPerson, withChat, type Person } from '../../src/runs/person'
import { ConflictError, memoryStore, type Store } from '../../src/runs/store'

const now = () => new Date('2026-11-20T00:00:00.000Z')

/** A store that notes what is done to it. */
const watched = () => {
  const store = memoryStore()
  const calls: string[] = []
  const noting = <K extends 'get' | 'put' | 'remove'>(name: K): Store[K] =>
    (async (key: string, ...rest: [unknown, string | undefined]) => {
      calls.push(`${name} ${key}`)
      return Reflect.apply(store[name], store, [key, ...rest])
    }) as Store[K]
  return { calls, store: { ...store, get: noting('get'), put: noting('put'), remove: noting('remove') } }
}

const peopleOn = (store: Store) => createPeople(store, { retentionDays: 30, now })
const french: Person = { ...newPerson(), language: 'fr' }

test('somebody unknown is new', async () => {
  expect(await peopleOn(memoryStore()).load('k')).toEqual({ person: newPerson(), etag: undefined })
})

test('what is kept comes back', async () => {
  const people = peopleOn(memoryStore())
  const { person, etag } = await people.load('k')
  await people.keep('k', person, french, etag)
  expect((await people.load('k')).person).toEqual(french)
})

test('a turn that changed nothing writes nothing', async () => {
  const { store, calls } = watched()
  const people = peopleOn(store)
  const { person, etag } = await people.load('k')
  await people.keep('k', person, person, etag)
  expect(calls).toEqual(['get person/k'])
})

test('somebody of whom nothing is known any more has no record', async () => {
  const { store, calls } = watched()
  const people = peopleOn(store)
  await people.keep('k', newPerson(), french, undefined)
  const { person, etag } = await people.load('k')
  await people.keep('k', person, newPerson(), etag)
  expect(calls.at(-1)).toBe('remove person/k')
  expect(await store.get('person/k')).toBeUndefined()
})

test('who is forgotten is unknown again', async () => {
  const people = peopleOn(memoryStore())
  await people.keep('k', newPerson(), french, undefined)
  await people.forget('k')
  expect(await people.load('k')).toEqual({ person: newPerson(), etag: undefined })
})

test('two turns from the same state cannot both be kept', async () => {
  const people = peopleOn(memoryStore())
  await people.keep('k', newPerson(), french, undefined)
  const { person, etag } = await people.load('k')
  await people.keep('k', person, { ...person, plainText: true }, etag)
  await expect(people.keep('k', person, { ...person, askedLanguage: true }, etag)).rejects.toThrow(ConflictError)
  expect((await people.load('k')).person).toMatchObject({ plainText: true, askedLanguage: false })
})

test.each<[string, unknown]>([
  ['of another version', { ...french, v: 2 }],
  ['that is no record', 'hello'],
])('a record %s starts the person afresh, and is written over', async (_name, value) => {
  const store = memoryStore()
  await store.put('person/k', value, undefined)
  const people = peopleOn(store)
  const { person, etag } = await people.load('k')
  expect(person).toEqual(newPerson())
  await people.keep('k', person, french, etag)
  expect((await people.load('k')).person).toEqual(french)
})

test('what nobody touched for the time it is kept is gone when the person comes back', async () => {
  const people = peopleOn(memoryStore())
  const old = withChat(french, 'old', { welcomed: true }, new Date('2026-10-20T00:00:00.000Z'))
  const both = withChat(old, 'new', { welcomed: true }, new Date('2026-10-22T00:00:00.000Z'))
  await people.keep('k', newPerson(), both, undefined)
  expect(Object.keys((await people.load('k')).person.chats)).toEqual(['new'])
})
