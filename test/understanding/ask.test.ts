/** The line of answers for a line of questions, as `npm run ask -- --jsonl` writes them. */
import { answerLine } from '../../src/tools/ask'
import { topics } from '../../src/topics'

const answered = (line: string): unknown => JSON.parse(answerLine(line))

test('an answer carries the id as it came, the topic, what the bot would do and the nearest topics, best first', () => {
  const answer = answered('{"id":"q7","text":"who is our global admin","locale":"en"}')
  expect(answer).toMatchObject({ id: 'q7', topic: 'find-admin', decision: 'answer', confidence: expect.any(Number) })
  const { candidates } = answer as { candidates: { topic: string; score: number }[] }
  expect(candidates.length).toBeGreaterThanOrEqual(3)
  expect(candidates.map(({ score }) => score)).toEqual(candidates.map(({ score }) => score).toSorted((a, b) => b - a))
  for (const { topic } of candidates) expect(topics).toContain(topic)
})

test('a message out of scope has the topic none', () => {
  expect(answered('{"id":1,"text":"what is the weather tomorrow"}')).toMatchObject({ id: 1, topic: 'none', decision: 'reject' })
})

test.each(['nonsense{', '42', '{"text":5}', 'null'])('%s gets a line that says what is wrong', (line) => {
  expect(answered(line)).toEqual({ error: expect.any(String) })
})

test('a line that cannot be answered keeps its id', () => {
  expect(answered('{"id":5}')).toEqual({ id: 5, error: expect.any(String) })
})
