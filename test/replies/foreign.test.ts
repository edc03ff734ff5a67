/** Names from outside are shown as they are, and do nothing. */
import { foreign } from '../../src/replies/foreign'

test.each([
  ['Jean-François Lévêque', 'Jean-François Lévêque'],
  ['O365_BUSINESS_PREMIUM', 'O365_BUSINESS_PREMIUM'],
  ['**Admin**', '∗∗Admin∗∗'],
  ['_Admin_', '‗Admin‗'],
  ['[Sign in](https://evil.example)', '(Sign in)(https: //evil.example)'],
  ['<https://evil.example>', '‹https: //evil.example›'],
  ['`code` | ~~gone~~ \\', '’code’ ¦ ∼∼gone∼∼ ∕'],
])('%s', (name, shown) => {
  expect(foreign(name)).toBe(shown)
})
