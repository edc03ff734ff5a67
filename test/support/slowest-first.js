// Which test file starts when? Those that wait longest first: begun last, they would be waited for alone. A new checkout has no times of its own to go by.
const { statSync } = require('node:fs')

/** Parts of paths, the slowest first. */
const slow = [
  'instances.test',
  'conversations/directory-sign-in',
  'conversations/directory',
  'cards/every-reply',
  'conversations/talk',
  'bot/owed',
  'sandbox/page.browser',
  'understanding/understand',
  'conversations/guides',
  'guides/read',
  'languages.test',
  'take-turn.property',
  'bot/apology',
  'bot/kill',
  'sign-in.test',
  'process.test',
  'production.test',
  'trouble.test',
]

const placeOf = ({ path }) => {
  const place = slow.findIndex((part) => path.replaceAll('\\', '/').includes(`/test/${part}`))
  return place < 0 ? slow.length : place
}

module.exports = class SlowestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => placeOf(a) - placeOf(b) || statSync(b.path).size - statSync(a.path).size)
  }

  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, index) => index % shardCount === shardIndex - 1)
  }

  allFailedTests(tests) {
    return tests
  }

  cacheResults() {}
}
