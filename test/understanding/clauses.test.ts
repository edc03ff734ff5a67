/** Which parts has a message? */
import { clausesOf } from '../../src/understanding/clauses'

test.each([
  ['next', ['next']],
  ["ok, we're on EA by the way, what now?", ['ok', "we're on EA by the way", 'what now?']],
  ['merci, étape suivante', ['merci', 'étape suivante']],
  ['yes but we signed up with hotmail', ['yes', 'but we signed up with hotmail']],
  ['done. what next? thanks', ['done.', 'what next?', 'thanks']],
  ['oui oui', ['oui', 'oui']],
  ['ok 👍', ['ok', '👍']],
  ['our domain is contoso.com', ['our domain is contoso.com']],
])('%s', (text, parts) => {
  expect(clausesOf(text)).toEqual(parts)
})

test('there is always a part, and never more than can be read in time', () => {
  for (const text of ['', '?', ',,,', 'a, b, c, d, e, f, g, h, i, j, k', 'ok '.repeat(300)]) {
    const { length } = clausesOf(text)
    expect(length).toBeGreaterThanOrEqual(1)
    expect(length).toBeLessThanOrEqual(5)
  }
})
