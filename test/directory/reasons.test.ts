/** Every reason has a sentence for the person. */
import { reasons } from '../../src/directory'
import english from '../../src/guides/en/ui.json'
import french from '../../src/guides/fr/ui.json'

it.each([
  ['English', english],
  ['French', french],
])('every reason has words of its own in %s, and none are left over', (_language, words) => {
  expect(Object.keys(words.reasons).sort()).toEqual(Object.keys(reasons).sort())
  const sentences = Object.values(words.reasons)
  for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.+\.$/u)
  expect(new Set(sentences).size).toBe(sentences.length)
})
