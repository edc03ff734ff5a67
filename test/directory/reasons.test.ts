/** Nobody is left alone with a reason: the person has a sentence, and the operator who should see to it is told where. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { permissions, reasons } from '../../src/directory'
import english from '../../src/guides/en/ui.json'
import french from '../../src/guides/fr/ui.json'

const root = join(__dirname, '..', '..')

it.each([
  ['English', english],
  ['French', french],
])('every reason has words of its own in %s, and none are left over', (_language, words) => {
  expect(Object.keys(words.reasons).sort()).toEqual(Object.keys(reasons).sort())
  const sentences = Object.values(words.reasons)
  for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.+\.$/u)
  expect(new Set(sentences).size).toBe(sentences.length)
})

const settings = [...readFileSync(join(root, '.env.sample'), 'utf8').matchAll(/^(\w+)=/gm)].map(([, name]) => name)
const allowances = Object.values(permissions).flatMap((each) => Object.entries(each).flatMap(([key, name]) => (key === 'adds' ? [] : [name])))
/** The log puts the name of the permission that is missing in the place of these words. */
const names: readonly string[] = [...settings.filter((name) => name !== undefined), ...allowances, 'the permission']

const seenTo = Object.entries(reasons).filter(([, { level }]) => level !== 'info')

it.each(seenTo)('the operator who should see to "%s" is told the setting, the permission or the file', (_reason, { fix }) => {
  const files = fix.match(/\bsrc\/[\w/*.]+\w/g) ?? []
  for (const file of files) expect(existsSync(join(root, file.replace('*', 'en')))).toBe(true)
  expect([...names.filter((name) => fix.includes(name)), ...files]).not.toEqual([])
})

it('every setting that a fix names is one there is', () => {
  for (const { fix, doctorFix = '' } of Object.values(reasons))
    for (const [name] of `${fix} ${doctorFix}`.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)) expect(settings).toContain(name)
})
