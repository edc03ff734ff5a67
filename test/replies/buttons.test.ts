/** Four buttons in sight, none twice. */
import { arrange, more, openButton, primary } from '../../src/replies/buttons'

const button = (title: string) => openButton(title, 'https://portal.azure.com')
const shown = (titles: readonly string[], behind: readonly string[] = []) => {
  const arranged = arrange([...titles.map(button), ...behind.map((title) => more(button(title)))])
  return [arranged.filter((each) => !each.more).map(({ title }) => title), arranged.filter((each) => each.more).map(({ title }) => title)]
}

test.each([
  ['few stay as they are', ['a', 'b'], ['c'], [['a', 'b'], ['c']]],
  [
    'the fifth goes behind "…", before what was there',
    ['a', 'b', 'c', 'd', 'e'],
    ['f'],
    [
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ],
  ],
  ['a title stands once, where it stood first', ['a', 'b', 'a'], ['b', 'c'], [['a', 'b'], ['c']]],
  ['a repeated title takes no place in sight', ['a', 'a', 'b', 'c', 'd'], [], [['a', 'b', 'c', 'd'], []]],
])('%s', (_what, titles, behind, expected) => {
  expect(shown(titles, behind)).toEqual(expected)
})

test('those in sight come first, whatever the order given', () => {
  expect(arrange([more(button('a')), button('b')]).map(({ title }) => title)).toEqual(['b', 'a'])
})

test('one button is primary, the first that is called so, and it stands first; behind "…" none is', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(button)
  if (!a || !b || !c) throw new Error('no buttons')
  const arranged = arrange([a, primary(b), primary(c), more(primary(button('d')))])
  expect(arranged.map(({ title, meaning }) => [title, meaning])).toEqual([
    ['b', 'primary'],
    ['a', undefined],
    ['c', undefined],
    ['d', undefined],
  ])
})
