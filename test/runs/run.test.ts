/** A run moves by its reducer alone: what each event does where, and what it never does. */
import { guideOf } from '../../src/guides'
import type { Guide } from '../../src/guides/schema'
import { beginRun, inToday, nearestStep, positionOf, reduceRun, runSchema, type Run, type RunEvent } from '../../src/runs/run'
import { scenarios } from '../../src/topics'

const guide = guideOf('azure-for-m365', 'en')
const ids = guide.steps.map(({ id }) => id)
const [first = '', second = '', third = ''] = ids
const last = ids.at(-1) ?? ''
const began = new Date('2026-11-01T08:00:00.000Z')
const later = new Date('2026-11-03T09:30:00.000Z')

const run = (change: Partial<Run> = {}): Run => ({ ...beginRun(guide, { id: 'r', language: 'en', now: began }), ...change })
const after = (start: Run, ...events: RunEvent[]): Run => events.reduce((state, event) => reduceRun(state, event, guide, later), start)
const done: RunEvent = { kind: 'done' }
const back: RunEvent = { kind: 'back' }

test('a new run stands before the steps, in its first version', () => {
  expect(run()).toEqual({
    id: 'r',
    topic: 'azure-for-m365',
    language: 'en',
    stage: 'before',
    step: first,
    done: [],
    readOnly: false,
    rev: 1,
    startedAt: began.toISOString(),
    updatedAt: began.toISOString(),
  })
})

test.each<[string, Partial<Run>, RunEvent, Partial<Run>]>([
  ['starting', {}, { kind: 'proceed' }, { stage: 'steps', step: first }],
  ['starting after reading along', { stage: 'stopped', readOnly: true }, { kind: 'proceed' }, { stage: 'steps', readOnly: false }],
  ['being stopped', {}, { kind: 'stop' }, { stage: 'stopped' }],
  ['reading along', { stage: 'stopped' }, { kind: 'read-along' }, { stage: 'steps', readOnly: true }],
  ['doing the first step', { stage: 'steps' }, done, { step: second, done: [first] }],
  ['doing a step again', { stage: 'steps', done: [first, second] }, done, { step: second, done: [first, second] }],
  ['doing the last step', { stage: 'steps', step: last }, done, { stage: 'end', step: last, done: [last] }],
  ['turning a page while reading along', { stage: 'steps', readOnly: true }, done, { step: second, done: [] }],
  ['reading to the end', { stage: 'steps', step: last, readOnly: true }, done, { stage: 'end', done: [] }],
  ['going back a step', { stage: 'steps', step: third, done: [first, second] }, back, { step: second, done: [first, second] }],
  ['going back from the first step', { stage: 'steps', step: first }, back, { stage: 'before' }],
  ['going back from the end', { stage: 'end', step: last }, back, { stage: 'steps', step: last }],
  ['going back from being stopped', { stage: 'stopped' }, back, { stage: 'before' }],
  ['going to a step', { stage: 'steps' }, { kind: 'go-to', step: third }, { stage: 'steps', step: third, done: [] }],
  ['going to a step from the end', { stage: 'end', step: last }, { kind: 'go-to', step: second }, { stage: 'steps', step: second }],
  [
    'starting over',
    { stage: 'end', step: last, done: ids, helped: true, readOnly: true },
    { kind: 'restart' },
    { stage: 'before', step: first, done: [], helped: undefined, readOnly: false },
  ],
  ['saying that it helped', { stage: 'end' }, { kind: 'helped', yes: true }, { helped: true }],
  ['thinking better of it', { stage: 'end', helped: true }, { kind: 'helped', yes: false }, { helped: false }],
  ['another language', { stage: 'steps', step: second }, { kind: 'language', language: 'fr' }, { language: 'fr', step: second }],
  [
    'moving on from the step nearest to one that is gone',
    { stage: 'steps', step: second, displaced: true },
    done,
    { step: third, done: [second], displaced: undefined },
  ],
  ['doing a step that the guide no longer has', { stage: 'steps', step: 'removed-step' }, done, { step: second, done: [first] }],
])('%s', (_name, start, event, expected) => {
  const before = run({ rev: 4, ...start })
  const next = after(before, event)
  expect(next).toEqual({ ...before, ...expected, rev: 5, updatedAt: later.toISOString() })
  expect(runSchema.parse(JSON.parse(JSON.stringify(next)))).toEqual(JSON.parse(JSON.stringify(next)))
})

test.each<[string, Partial<Run>, RunEvent]>([
  ['a step done before the start', {}, done],
  ['a step done after the end', { stage: 'end' }, done],
  ['a step done when stopped', { stage: 'stopped' }, done],
  ['going back from the beginning', {}, back],
  ['going to a step that is not there', { stage: 'steps' }, { kind: 'go-to', step: 'no-such-step' }],
  ['going to an inherited name', { stage: 'steps' }, { kind: 'go-to', step: 'constructor' }],
  ['the same answer twice', { stage: 'end', helped: false }, { kind: 'helped', yes: false }],
  ['the language it has', {}, { kind: 'language', language: 'en' }],
])('%s changes nothing, not even the version', (_name, start, event) => {
  const before = run(start)
  expect(after(before, event)).toBe(before)
})

test('from the start to the end and back again', () => {
  const end = after(run(), { kind: 'proceed' }, ...ids.map(() => done))
  expect(end).toMatchObject({ stage: 'end', done: ids, rev: ids.length + 2 })
  const beginning = after(end, ...ids.map(() => back), back)
  expect(beginning).toMatchObject({ stage: 'before', done: ids })
})

test('the run that was is left as it was', () => {
  const before = Object.freeze(run({ stage: 'steps', done: Object.freeze([first]) as string[] }))
  const copy = structuredClone(before)
  after(before, done, back, { kind: 'restart' })
  expect(before).toEqual(copy)
})

test('every guide in every language has the same steps, so a run can change its language anywhere', () => {
  for (const topic of scenarios) expect(guideOf(topic, 'fr').steps.map(({ id }) => id)).toEqual(guideOf(topic, 'en').steps.map(({ id }) => id))
})

test.each([
  [first, 0],
  [last, ids.length - 1],
  ['removed-step', 0],
])('the place of %s', (step, index) => {
  expect(positionOf(run({ step }), guide)).toEqual({ index, count: ids.length })
})

describe('a guide that was revised', () => {
  /** One step has a new name, one is gone, one is new at the beginning. */
  const [one, two, three, four] = guide.steps
  if (!one || !two || !three || !four) throw new Error('the guide is too short')
  const revised: Guide = {
    ...guide,
    steps: [{ ...one, id: 'prepare' }, one, { ...two, id: 'renamed', was: [two.id, 'older-name'] }, four],
    gone: [{ id: three.id, before: 'renamed' }],
  }
  const at = (change: Partial<Run>) => inToday(run({ stage: 'steps', ...change }), revised)

  test.each<[string, Partial<Run>, Partial<Run>]>([
    ['a step has the name of today', { step: two.id }, { step: 'renamed' }],
    ['an older name too', { step: 'older-name' }, { step: 'renamed' }],
    ['what is done as well, once', { step: four.id, done: [one.id, 'older-name', two.id] }, { step: four.id, done: [one.id, 'renamed'] }],
    ['what was passed over too', { step: four.id, skipped: [two.id] }, { step: four.id, skipped: ['renamed'] }],
    ['a step that is gone leads to the one before it', { step: three.id, done: [one.id] }, { step: 'renamed', displaced: true }],
    [
      'one of which nobody says so, to the last that is done',
      { step: 'forgotten-step', done: [one.id, two.id] },
      { step: 'renamed', done: [one.id, 'renamed'], displaced: true },
    ],
    ['or to the first', { step: 'forgotten-step' }, { step: 'prepare', displaced: true }],
    ['what was done of it is still said', { step: four.id, done: [three.id] }, { step: four.id, done: [three.id] }],
    ['who has not begun begins with the first of today', { stage: 'before', step: one.id }, { step: 'prepare' }],
    ['who was stopped too', { stage: 'stopped', step: two.id }, { step: 'prepare' }],
    ['the end stays the end', { stage: 'end', step: two.id, done: [one.id, two.id] }, { stage: 'end', step: 'renamed', done: [one.id, 'renamed'] }],
  ])('%s', (_what, before, expected) => {
    const start = run({ stage: 'steps', ...before })
    const today = inToday(start, revised)
    expect(today).toEqual({ ...start, ...expected })
    expect(inToday(today, revised)).toEqual(today)
  })

  test('who is where nothing changed stays the same', () => {
    const start = run({ stage: 'steps', step: one.id, done: [one.id] })
    expect(inToday(start, revised)).toBe(start)
  })

  test('a press on its old name goes to a step, and one on a removed step goes nowhere', () => {
    const here = at({ step: one.id })
    expect(reduceRun(here, { kind: 'go-to', step: two.id }, revised, later)).toMatchObject({ step: 'renamed' })
    expect(reduceRun(here, { kind: 'go-to', step: three.id }, revised, later)).toBe(here)
  })

  test('a place that nobody keeps is found too', () => {
    expect([two.id, three.id, 'forgotten-step', ''].map((step) => nearestStep(revised, step))).toEqual(['renamed', 'renamed', 'prepare', 'prepare'])
  })
})
