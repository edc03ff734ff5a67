/** Is every sign-in error code that Microsoft publishes told by its family, and nothing told that is not published? */
import table from '../../src/guides/sign-in-errors.json'
import { allSources } from '../../src/guides'
import { texts } from '../../src/guides/texts'
import { languages } from '../../src/topics'
import { errorMeaning, findErrorCode } from '../../src/understanding/error-codes'
import published from './published-error-codes.json'

const told = Object.values(table.families).flat()

test('a code has one family, and the families hold the codes of the published list and of one other page', () => {
  expect(new Set(told).size).toBe(told.length)
  const elsewhere = table.families['tenant-inactive']
  expect(told.filter((code) => !published.numbers.includes(Number(code)))).toEqual(elsewhere)
  expect(published.numbers.filter((number) => !told.includes(String(number)))).toEqual([])
})

test('the copy is of the version that the source says was read', () => {
  expect(allSources['entra-error-codes']).toMatchObject({ url: published.page, version: published.version })
  for (const source of table.sources) expect(Object.keys(allSources)).toContain(source)
})

test.each(languages)('every family has a meaning and a cure, and a code’s own meaning is of a code that is told (%s)', (language) => {
  const { families, codes } = texts[language].errorCodes
  expect(Object.keys(families)).toEqual(Object.keys(table.families))
  expect(Object.keys(codes).filter((code) => !told.includes(code))).toEqual([])
  for (const code of told) {
    const said = errorMeaning(`AADSTS${code}`, language)
    expect(said).toContain(`login.microsoftonline.com/error?code=${code}`)
    expect(said).toMatch(/usually|en général/)
    expect(said).not.toMatch(/\{\{|undefined/)
  }
})

test.each<[string, RegExp]>([
  ['165000', /^AADSTS165000 is not on my list/],
  ['530004', /^AADSTS530004 is not on my list/],
])('AADSTS%s, which Microsoft’s page does not name, is looked up there and not guessed', (code, said) => {
  expect(errorMeaning(`AADSTS${code}`, 'en')).toMatch(said)
  expect(errorMeaning(`AADSTS${code}`, 'en')).toContain(`error?code=${code}`)
})

test.each<[string, RegExp, RegExp]>([
  [
    "Selected user account does not exist in tenant 'Microsoft Services' and cannot access the application 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c'",
    /not in the tenant/,
    /pas dans le locataire/,
  ],
  ['Your sign-in was successful but does not meet the criteria to access this resource.', /Conditional Access/, /accès conditionnel/],
  ['it just says Need admin approval', /approved/, /approuvée/],
  ['More information required. Your organization needs more information to keep your account secure', /MFA/, /MFA/],
  ["You can't sign in here with a personal account. Use your work or school account instead.", /kind of account/, /sorte de compte/],
])('a text without a code is told by its family: %s', (text, english, french) => {
  const found = findErrorCode(text) ?? ''
  expect(errorMeaning(found, 'en')).toMatch(english)
  expect(errorMeaning(found, 'fr')).toMatch(french)
  expect(errorMeaning(found, 'en')).not.toContain('login.microsoftonline')
})

test('a wrong guess is worse than none: what only sounds like such a text is no error', () => {
  for (const text of [
    'I need more information',
    'do I need approval of my admin?',
    'can I sign in with a personal account?',
    'does this user exist in our tenant?',
  ])
    expect([text, findErrorCode(text)]).toEqual([text, undefined])
})
