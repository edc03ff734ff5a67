/** Records as a build of today stores them, made at random, and what another build or a failing disk makes of them. */
import fc from 'fast-check'
import { contracts } from '../../src/guides/schema'
import { recordVersion } from '../../src/runs/record'
import { languages, scenarios, topics } from '../../src/topics'
import { verbs } from '../../src/verbs/verbs'

const at = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }).map((date) => date.toISOString())
const word = fc.string({ minLength: 1, maxLength: 12 })
const answer = fc.constantFrom('yes', 'no', 'unknown')

/** JSON as it comes back from the store: without `-0`, and without the one name that no object can simply have. */
export const json = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')))
const fields = fc.dictionary(fc.stringMatching(/^new[A-Z][a-z]{2}$/), json, { maxKeys: 2 })

const withMore = <T extends object>(known: fc.Arbitrary<T>) => fc.tuple(fields, known).map(([more, value]) => ({ ...more, ...value }))

const run = withMore(
  fc.record(
    {
      id: fc.uuid(),
      topic: fc.constantFrom(...scenarios),
      language: fc.constantFrom(...languages),
      stage: fc.constantFrom('before', 'stopped', 'steps', 'end'),
      step: word,
      done: fc.uniqueArray(word, { maxLength: 4 }),
      readOnly: fc.boolean(),
      skipped: fc.uniqueArray(word, { maxLength: 2 }),
      helped: fc.boolean(),
      proof: fc.record({ tenant: answer, microsoft365: answer, azure: answer, at }),
      displaced: fc.boolean(),
      rev: fc.nat(),
      startedAt: at,
      updatedAt: at,
    },
    { requiredKeys: ['id', 'topic', 'language', 'stage', 'step', 'done', 'readOnly', 'rev', 'startedAt', 'updatedAt'] },
  ),
)

const pick = withMore(
  fc.record(
    { title: word, verb: fc.constantFrom(...verbs), topic: fc.constantFrom(...topics), step: word, run: fc.uuid(), lang: fc.constantFrom(...languages) },
    { requiredKeys: ['verb'] },
  ),
)

const view = withMore(
  fc.record(
    {
      welcomed: fc.boolean(),
      aside: fc.boolean(),
      asked: fc.record({ question: fc.constantFrom('before', 'ids', 'forget-me', 'keep-language') }),
      list: fc.array(pick, { maxLength: 3 }),
      buttons: fc.array(pick, { maxLength: 3 }),
      last: pick,
      why: fc.record({ topic: word, confidence: fc.integer({ min: 0, max: 100 }), phrasing: word }),
      signIn: fc.record({
        state: fc.constantFrom('waiting', 'told', 'declined'),
        for: fc.record({ verb: fc.constantFrom(...verbs), lang: fc.constantFrom(...languages) }),
        at,
      }),
      touchedAt: at,
    },
    { requiredKeys: ['welcomed', 'aside', 'list', 'buttons', 'touchedAt'] },
  ),
)

const deliveries = {
  handled: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  owed: fc.uniqueArray(withMore(fc.record({ activity: fc.uuid(), chat: word, again: pick, at }, { requiredKeys: ['activity', 'chat', 'at'] })), {
    maxLength: 2,
    selector: ({ activity }) => activity,
  }),
}

const person = withMore(
  fc.record(
    {
      language: fc.constantFrom(...languages),
      askedLanguage: fc.boolean(),
      plainText: fc.boolean(),
      known: withMore(
        fc.record({ contract: fc.constantFrom(...contracts), account: fc.uniqueArray(fc.constantFrom(...scenarios)) }, { requiredKeys: ['account'] }),
      ),
      open: fc.uuid(),
      runs: fc.uniqueArray(run, { maxLength: 4, selector: ({ id }) => id }),
    },
    { requiredKeys: ['askedLanguage', 'plainText', 'known', 'runs'] },
  ),
)

const chat = fc.stringMatching(/^chat[a-z]{1,3}$/)
const v = fc.constant(recordVersion)

export const storedPerson = withMore(fc.record({ v, person, views: fc.dictionary(chat, view, { maxKeys: 3 }), ...deliveries }))

const thread = withMore(
  fc.record(
    {
      language: fc.constantFrom(...languages),
      welcomed: fc.boolean(),
      page: withMore(
        fc.record({ topic: fc.constantFrom(...scenarios), step: word, at: fc.constantFrom('before', 'steps', 'end') }, { requiredKeys: ['topic', 'at'] }),
      ),
      list: fc.array(pick, { maxLength: 3 }),
      buttons: fc.array(pick, { maxLength: 3 }),
    },
    { requiredKeys: ['welcomed', 'list', 'buttons'] },
  ),
)

export const storedThread = withMore(fc.record({ v, thread, ...deliveries }))

type Path = readonly (string | number)[]

const pathsIn = (value: unknown, here: Path = []): readonly Path[] => {
  if (Array.isArray(value)) return [here, ...value.flatMap((each, index) => pathsIn(each, [...here, index]))]
  if (typeof value !== 'object' || value === null) return [here]
  return [here, ...Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...here, key]))]
}

const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? replaced(each, rest, by) : each))
  return { ...Object(value), [key]: replaced(Object(value)[key], rest, by) }
}

/** The same with something else at up to three places: another version's word, or rubbish. */
export const spoilt = (stored: fc.Arbitrary<object>): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.tuple(stored, fc.array(fc.tuple(fc.nat(), json), { maxLength: 3 })).map(([value, changes]) =>
    changes.reduce<Readonly<Record<string, unknown>>>(
      (each, [index, by]) => {
        const places = pathsIn(each).filter(([first]) => first !== undefined && first !== 'v')
        return Object(replaced(each, places[index % places.length] ?? ['newThing'], by))
      },
      { ...value },
    ),
  )
