/** What a reviewer is shown of a topic: every sentence in both languages, with its source, its dates and the facts it must state. */
import { allSources, answerOf, guideOf } from '../../src/guides'
import { answers, scenarios } from '../../src/topics'
import { reviewOf } from '../../src/tools/review'
import { sentencesOf } from '../../src/tools/review/sentences'

test('every sentence of a guide stands there in both languages, with what it rests on', () => {
  const review = reviewOf('link-existing')
  for (const language of ['en', 'fr'] as const)
    for (const step of guideOf('link-existing', language).steps)
      for (const text of [step.instruction, step.expect, ...step.stuck.map((cause) => cause.text)]) expect(review).toContain(text.split('\n')[0])
  expect(review).toMatch(/steps\/accept-change\/note {2}\(checked 2026-11-\d\d\)\n/)
  expect(review).toMatch(/Azure: classic administrators are retired \(version of 2026-05-06, read 2026-11-27\) https:/)
  expect(review).toContain('must say en whoever accepts becomes its Owner')
  expect(review).toMatch(/^link-existing: nobody may say\n {2}Co-\?Administrator/)
})

test('a point that rests on one page names that page only', () => {
  const points = sentencesOf('special-programs', 'en').filter(({ path }) => path.startsWith('points/'))
  expect(points).toHaveLength(answerOf('special-programs', 'en').points.length)
  expect(points.find(({ path }) => path === 'points/nonprofit-grant')?.sources).toEqual(['azure-nonprofit-grant'])
})

test('all topics can be reviewed, and say the same things in both languages', () => {
  for (const topic of [...scenarios, ...answers]) {
    const paths = sentencesOf(topic, 'en').map(({ path }) => path)
    expect(sentencesOf(topic, 'fr').map(({ path }) => path)).toEqual(paths)
    for (const { sources } of sentencesOf(topic, 'en')) for (const id of sources) expect(Object.keys(allSources)).toContain(id)
    expect(reviewOf(topic)).not.toContain('(missing)')
  }
})
