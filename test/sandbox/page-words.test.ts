/** The page's own words, where the compiler cannot tell that a language lacks some. */
import { wordsIn } from '../../src/sandbox/page/words'
import { contoso } from '../../src/sandbox/tenants'

test('everybody one can be is described in French too', () => {
  expect(Object.keys(wordsIn('fr').about).sort()).toEqual(contoso.people.map(({ key }) => key).sort())
})

test('names that carry an English word have a French one', () => {
  const english = contoso.people.filter(({ name }) => name.includes('(')).map(({ key }) => key)
  expect(Object.keys(wordsIn('fr').names)).toEqual(english)
})
