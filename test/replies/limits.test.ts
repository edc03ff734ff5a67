import { limitLines } from '../../src/replies/limits'

it.each([
  ['en', /^I could not see roles .*PIM.* An administrator has not yet allowed/],
  ['fr', /^Je n’ai pas pu voir les rôles .*PIM.* Un administrateur ne m’a pas encore autorisé/],
] as const)('one line for each limit: %s', (language, line) => {
  expect(limitLines([{ what: 'eligible-roles', reason: 'consent' }], language)).toEqual([expect.stringMatching(line)])
  expect(limitLines([], language)).toEqual([])
})
