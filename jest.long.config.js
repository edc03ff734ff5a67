/** The long tests (`npm run test:long`): the same files as among the others, where each has a bounded version of itself, at their full size. */
process.env.LONG_TESTS = '1'

/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/instances.test.ts', '**/many-records.test.ts'],
  maxWorkers: 1,
  testTimeout: 30 * 60_000,
}
