/** Where a shared page stands in the guide as it is today, and what is read of a thread's record. */
import { guideOf } from '../../src/guides'
import type { Guide } from '../../src/guides/schema'
import { openThreadRecord } from '../../src/runs/record'
import { firstPage, newThread, pageAt, positionOfPage, type Thread } from '../../src/runs/thread'

const guide = guideOf('azure-for-m365', 'en')
const count = guide.steps.length
const [first, second, third] = guide.steps.map(({ id }) => id)

/** The second step had two other names once, and two steps went. */
const revised: Guide = {
  ...guide,
  steps: guide.steps.map((step) => (step.id === second ? { ...step, was: ['older-name', 'oldest-name'] } : step)),
  gone: [
    { id: 'gone-after-second', before: second ?? '' },
    { id: 'gone-after-unknown', before: 'never-was' },
  ],
}

test('the pages of a guide are its first, its steps and its last', () => {
  expect([-7, -1, 0, count - 1, count, count + 7].map((index) => pageAt(guide, index))).toEqual([
    firstPage('azure-for-m365'),
    firstPage('azure-for-m365'),
    { topic: 'azure-for-m365', at: 'steps', step: first },
    { topic: 'azure-for-m365', at: 'steps', step: guide.steps.at(-1)?.id },
    { topic: 'azure-for-m365', at: 'end' },
    { topic: 'azure-for-m365', at: 'end' },
  ])
})

test('every page is found where it is', () => {
  for (const index of [-1, ...guide.steps.keys(), count]) expect(positionOfPage(pageAt(guide, index), guide)).toEqual({ index, displaced: false })
})

test.each([
  [third, { index: 2, displaced: false }],
  ['older-name', { index: 1, displaced: false }],
  ['oldest-name', { index: 1, displaced: false }],
  ['gone-after-second', { index: 1, displaced: true }],
  ['gone-after-unknown', { index: 0, displaced: true }],
  ['never-was', { index: 0, displaced: true }],
  ['constructor', { index: 0, displaced: true }],
  [undefined, { index: 0, displaced: true }],
])('a page at the step %s stands at %j', (step, expected) => {
  expect(positionOfPage({ topic: 'azure-for-m365', at: 'steps', step }, revised)).toEqual(expected)
})

describe('a record', () => {
  const thread: Thread = {
    ...newThread(),
    language: 'fr',
    welcomed: true,
    aside: true,
    page: pageAt(guide, 1),
    list: [{ verb: 'done', topic: 'azure-for-m365' }],
  }
  const stored = JSON.parse(JSON.stringify(openThreadRecord(undefined).write({ thread, handled: ['a'], owed: [] })))

  test('is read as it was written', () => {
    expect(openThreadRecord(stored)).toMatchObject({ record: { thread, handled: ['a'] }, unread: [] })
  })

  test.each([
    ['a page of a guide that is no more', { page: { topic: 'no-such-guide', at: 'steps', step: 'x' } }, { page: undefined }, ['thread.page']],
    ['a language that is not spoken', { language: 'de' }, { language: undefined }, ['thread.language']],
    ['no word about what stood beside the page', { aside: undefined }, { aside: false }, []],
    ['a line nobody can read', { list: [{ verb: 'no-such-verb' }, { verb: 'back' }] }, { list: [{ verb: 'resume' }, { verb: 'back' }] }, ['thread.list.0']],
  ])('with %s costs that alone', (_name, change, expected, unread) => {
    const opened = openThreadRecord({ ...stored, thread: { ...stored.thread, ...change } })
    expect(opened.record.thread).toEqual({ ...thread, ...expected })
    expect(opened.unread).toEqual(unread)
  })
})
