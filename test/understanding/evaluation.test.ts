/** The floor under the published numbers, on questions that nobody tuned to. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages, type Language } from '../../src/topics'
import { readLines } from '../../src/tools/train-topics'
import { understand } from '../../src/understanding'
import { wordsOf } from '../../src/understanding/clean'
import { measure, type Judged, type Measures } from '../../src/tools/eval/measure'

interface Row {
  readonly text: string
  readonly topic: Judged['expected']
  readonly kind?: 'far' | 'near'
}

const folder = join(__dirname, '..', 'evaluation')
const readSet = (name: string): Row[] =>
  readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

const measured = (name: string): Measures => measure(readSet(name).map(({ text, topic, kind }) => ({ expected: topic, kind, understood: understand(text) })))

const floors: Readonly<Record<Language, number>> = { en: 0.92, fr: 0.9 }

describe.each(languages)('understanding (%s)', (language) => {
  const measures = measured(language)

  test('the first topic is right', () => {
    expect(measures.accuracy).toBeGreaterThanOrEqual(floors[language])
    expect(measures.topThree).toBeGreaterThanOrEqual(0.97)
  })

  test('what is out of scope is not answered with a guide', () => {
    expect(measures.far).toBeGreaterThanOrEqual(0.97)
    expect(measures.near).toBeGreaterThanOrEqual(0.75)
    expect(measures.falseAccepts).toBeLessThanOrEqual(0.05)
  })

  test('the set is large enough, and none of it is learnt from', () => {
    const rows = readSet(language)
    expect(rows.length).toBeGreaterThanOrEqual(250)
    const outOfScope = rows.filter(({ topic }) => topic === 'none')
    expect(outOfScope.length / rows.length).toBeGreaterThanOrEqual(0.2)
    expect(outOfScope.filter(({ kind }) => kind === 'near').length).toBeGreaterThanOrEqual(outOfScope.length / 2)
    const fold = (text: string) => wordsOf(text).join(' ')
    const learnt = new Set(readLines().map(({ text }) => fold(text)))
    expect(rows.filter(({ text }) => wordsOf(text).length > 3 && learnt.has(fold(text))).map(({ text }) => text)).toEqual([])
  })
})

test('questions in other languages are mostly recognised by the product names', () => {
  expect(measured('others').topThree).toBeGreaterThanOrEqual(0.9)
})
