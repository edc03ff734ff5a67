/** Names from outside are shown as they are, and do nothing. */
import { foreign } from '../../src/replies/foreign'

test.each([
  ['Jean-François Lévêque', 'Jean-François Lévêque'],
  ['O365_BUSINESS_PREMIUM', 'O365_BUSINESS_PREMIUM'],
  ['**Admin**', '∗∗Admin∗∗'],
  ['_Admin_', '‗Admin‗'],
  ['[Sign in](https://evil.example)', '(Sign in)(https: / /evil.example)'],
  ['<https://evil.example>', '‹https: / /evil.example›'],
  ['{{DATE(2026-01-01T00:00:00Z, SHORT)}} ${x}', '❴❴DATE(2026-01-01T00:00:00Z, SHORT)❵❵ $❴x❵'],
  ['# Sales', '＃ Sales'],
  ['1. FC Köln', '1․ FC Köln'],
  ['AT&T &lt;at&gt;', 'AT&T ＆lt;at＆gt;'],
  ['`code` | ~~gone~~ \\', '’code’ ¦ ∼∼gone∼∼ ∕'],
])('%s', (name, shown) => {
  expect(foreign(name)).toBe(shown)
})
