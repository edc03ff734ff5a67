/** The page's own words, where the compiler cannot tell that a language lacks some. */
import { wordsIn } from '../../src/sandbox/page/words'
import { contoso } from '../../src/sandbox/tenants'
import { languages } from '../../src/topics'

const others = languages.filter((language) => language !== 'en')

test.each(others)('everybody one can be is described too (%s)', (language) => {
  expect(Object.keys(wordsIn(language).about).sort()).toEqual(contoso.people.map(({ key }) => key).sort())
})

test.each(others)('names that carry an English word have one of the language (%s)', (language) => {
  const english = contoso.people.filter(({ name }) => name.includes('(')).map(({ key }) => key)
  expect(Object.keys(wordsIn(language).names)).toEqual(english)
})
