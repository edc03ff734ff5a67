/** The long tests (`npm run test:long`), one after the other: files of their own, and at full size those that `npm test` runs bounded. */
process.env.LONG_TESTS = '1'

/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testMatch: ['**/test/long/*.long.ts', '**/instances.test.ts', '**/many-records.test.ts'],
  maxWorkers: 1,
  testTimeout: 30 * 60_000,
}
