import sold from '../directory/products-sold.json'
import { productKind } from '../../src/directory/products'
import { productName } from '../../src/guides/products'
import { texts } from '../../src/guides/texts'

const plansOf = (plans: Readonly<Record<string, string | undefined>>) => Object.entries(plans).map(([id, name = '']) => ({ id, name }))

it.each(sold)('$skuPartNumber is $kind by the service plans in it', ({ kind, plans }) => {
  expect(productKind(plansOf(plans))).toBe(kind)
})

it('the set holds suites without Teams, nonprofit, school, frontline, developer, and many that only look alike', () => {
  const kinds = sold.map(({ kind }) => kind)
  expect(['microsoft-365', 'management', 'other'].map((kind) => kinds.filter((each) => each === kind).length)).toEqual([59, 14, 57])
})

describe('what the table does not have', () => {
  const mailbox = '9aaf7827-d63c-4b61-89c3-182f06f82e5c'
  it.each([
    ['a product that does not exist yet, with a plan that does', [{ id: mailbox, name: '' }], 'microsoft-365'],
    ['a new variant of a plan', [{ id: '01234567-89ab-4cde-8f01-23456789abcd', name: 'EXCHANGE_S_STANDARD_EEA' }], 'microsoft-365'],
    ['plans nobody has heard of', [{ id: '01234567-89ab-4cde-8f01-23456789abcd', name: 'SOMETHING_NEW' }], 'other'],
    ['no plans', [], 'unknown'],
    ['no word on its plans', undefined, 'unknown'],
  ] as const)('%s', (_name, plans, kind) => {
    expect(productKind(plans)).toBe(kind)
  })
})

it('a name is found whatever the case, and none is made up', () => {
  expect(productName('fr', 'power_bi_standard')).toBe('Power BI (gratuit)')
  expect([productName('en', 'NEW_THING'), productName('en', 'constructor')]).toEqual([undefined, undefined])
})

it('the same products have a name in every language', () => {
  const [first, ...others] = Object.values(texts).map(({ products }) => Object.keys(products).sort())
  expect(first?.length).toBeGreaterThan(40)
  for (const each of others) expect(each).toEqual(first)
})
