/** @type {import('jest').Config} The full versions of what `npm test` does in part (`npm run test:long`), one after the other. */
module.exports = { ...require('../../jest.config.js'), rootDir: '../..', testMatch: ['**/test/long/*.long.ts'], maxWorkers: 1 }
