/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '\\.tsx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } }],
  },
  // Whole-bot tests run the built bot, as production does, so there must be a build of these very sources.
  globalSetup: '<rootDir>/test/support/build.js',
  // Most of the time is spent waiting for the bot's process, so every core may have a test.
  maxWorkers: '100%',
  testTimeout: 30_000,
}
