/** A press names the step its card showed: at another step it moves nothing and shows the present one, whatever its revision says. */
import type { Directory } from '../../src/directory'
import { guideOf } from '../../src/guides'
import { words } from '../../src/guides/words'
import { newPerson, openRun, type Person } from '../../src/runs/person'
import { beginRun, type Run } from '../../src/runs/run'
import { newView, type View } from '../../src/runs/view'
import { takePersonalTurn } from '../../src/take-turn'
import { isOutdated } from '../../src/turn/route'
import type { PersonalServices } from '../../src/turn/services'
import type { ActionData } from '../../src/verbs/action'
import { rowOf, verbs } from '../../src/verbs/verbs'

const now = new Date('2026-11-20T10:00:00.000Z')
const guide = guideOf('azure-for-m365', 'en')
const [first = '', second = '', third = ''] = guide.steps.map(({ id }) => id)

const run: Run = { ...beginRun(guide, { id: 'r', language: 'en', now }), stage: 'steps', step: second, done: [first], rev: 5 }
const person: Person = { ...newPerson(), known: { contract: 'web', account: ['azure-for-m365'] }, runs: [run], open: 'r' }

const services: PersonalServices = {
  now: () => now,
  newId: () => 'new',
  publicUrl: undefined,
  privateChatUrl: () => '',
  signsIn: false,
  caller: () => Promise.resolve({ tenantId: undefined, objectId: undefined }),
  directory: new Proxy({} as Directory, { get: () => () => Promise.reject(new Error('nothing is looked up')) }),
}

const heard = { place: 'personal', clientLanguage: 'en', activity: 'a', chat: 'c' } as const
const delivery = { isRepeat: false, isInvoke: false, owed: undefined, lostWelcome: false }

const take = async (incoming: Parameters<typeof takePersonalTurn>[1], view: View = newView(now), known = person) => {
  const { reply, known: after } = await takePersonalTurn({ person: known, view }, incoming, delivery, services)
  return { said: reply?.text ?? '', run: openRun(after.person) }
}
const press = (change: Partial<ActionData>, known = person) =>
  take(
    { ...heard, kind: 'press', text: '', press: { action: { verb: 'done', topic: 'azure-for-m365', run: 'r', lang: 'en', ...change }, inputs: {} } },
    undefined,
    known,
  )
const say = (text: string, view: View) => take({ ...heard, kind: 'message', text, press: undefined }, view)

const old = words('en').t('guide.old')

test('the step and the revision of the card on screen: it moves', async () => {
  const { said, run: after } = await press({ step: second, rev: 5 })
  expect(after).toMatchObject({ step: third, rev: 6 })
  expect(said).not.toContain(old)
})

test.each<[string, Partial<ActionData>]>([
  ['the revision of another state', { step: second, rev: 4 }],
  ['the revision of now and another step', { step: third, rev: 5 }],
  ['no revision and another step', { step: first, rev: undefined }],
  ['a step that is no longer there', { step: 'no-such-step', rev: 5 }],
])('%s: nothing moves, and the present step is shown', async (_what, change) => {
  for (const verb of ['done', 'back'] as const) {
    const { said, run: after } = await press({ verb, ...change })
    expect(after).toEqual(run)
    expect(said).toContain(guide.steps[1]?.title)
    expect(said).toContain(old)
  }
})

test('no step and no revision, as with words: the present one is meant', async () => {
  expect((await press({ step: undefined, rev: undefined })).run).toMatchObject({ step: third })
})

test('the title of a button, written under a card of an earlier step, is no word for the present one', async () => {
  const button = (step: string) => ({ ...newView(now), buttons: [{ title: 'Done, next', verb: 'done', topic: 'azure-for-m365', step, run: 'r' } as const] })
  const { said, run: after } = await say('done, next', button(first))
  expect(after).toEqual(run)
  expect(said).toContain(old)
  expect((await say('done, next', button(second))).run).toMatchObject({ step: third })
})

test('where a step leads to, and an answer that stands in its place, are no place gone by', async () => {
  expect((await press({ verb: 'go-to', step: first, rev: 5 })).run).toMatchObject({ step: first })
  const before: Person = { ...newPerson(), known: { account: ['azure-for-m365'] }, runs: [{ ...run, stage: 'before', step: first, done: [] }], open: 'r' }
  const list = [{ title: 'On the web', verb: 'proceed', topic: 'azure-for-m365', step: 'web', run: 'r' } as const]
  expect((await take({ ...heard, kind: 'message', text: '1', press: undefined }, { ...newView(now), list }, before)).run).toMatchObject({
    stage: 'steps',
    step: first,
  })
})

test('every verb that moves is held to the revision of its card, and no other', () => {
  for (const verb of verbs) expect([verb, isOutdated(run, { verb, inputs: {}, rev: 4 })]).toEqual([verb, rowOf(verb).moves])
})
