/** One line a minute of each kind, and how many were left out. */
import { createSeldom } from '../../src/bot/seldom'

test('each kind has its line a minute, which tells how many there were since', () => {
  const written: object[] = []
  const log = { warn: (about: object) => void written.push(about), error: (about: object) => void written.push({ level: 'error', ...about }) }
  let now = 0
  const seldom = createSeldom<'a' | 'b'>(log as never, () => now)
  const line = { level: 'warn', says: 'something', about: { fix: 'None.' } } as const
  for (let times = 0; times < 5; times += 1) seldom('a', line)
  seldom('b', { ...line, level: 'error' })
  now = 59_999
  seldom('a', line)
  now = 60_000
  seldom('a', line)
  now = 120_000
  seldom('a', line)
  expect(written).toEqual([
    { kind: 'a', fix: 'None.' },
    { level: 'error', kind: 'b', fix: 'None.' },
    { kind: 'a', fix: 'None.', more: 5 },
    { kind: 'a', fix: 'None.' },
  ])
})
