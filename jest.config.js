const { availableParallelism } = require('node:os')

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // Azurite and the reader of Azure's types are programs of their own, with modules of their own.
  modulePathIgnorePatterns: ['<rootDir>/test/azurite/node_modules', '<rootDir>/test/azure-types/node_modules'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '\\.tsx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } }],
  },
  // A test's globals are behind a door that costs more than most work; what is asked for all the time stands in the room.
  sandboxInjectedGlobals: ['Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Reflect', 'WeakMap'],
  // Whole-bot tests run the built bot, as production does, so there must be a build of these very sources.
  globalSetup: '<rootDir>/test/support/build.js',
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  // Most of the time is spent waiting for bots to start, so there may be one test more than there are cores.
  maxWorkers: availableParallelism() + 1,
  testTimeout: 60_000,
}
