import kinds from '../../src/directory/products.json'
import { productKind } from '../../src/directory/products'
import { productName } from '../../src/guides/products'
import { texts } from '../../src/guides/texts'
import { tenants } from '../../src/sandbox/tenants'

const known = [...kinds['microsoft-365'], ...kinds.other]

it('every product is of one kind and has a name in every language', () => {
  expect(new Set(known).size).toBe(known.length)
  for (const { products } of Object.values(texts)) expect(Object.keys(products).sort()).toEqual([...known].sort())
})

it('Power BI or Entra alone is not Microsoft 365', () => {
  expect(['POWER_BI_PRO', 'AAD_PREMIUM_P2', 'EMS', 'o365_business_premium', 'SPE_E3', 'toString', ''].map(productKind)).toEqual([
    'other',
    'other',
    'other',
    'microsoft-365',
    'microsoft-365',
    'unknown',
    'unknown',
  ])
})

it('a name is found whatever the case, and none is made up', () => {
  expect(productName('fr', 'power_bi_standard')).toBe('Power BI (gratuit)')
  expect([productName('en', 'NEW_THING'), productName('en', 'constructor')]).toEqual([undefined, undefined])
})

it('the sandbox sells known products only', () => {
  for (const { skuPartNumber } of tenants.flatMap(({ skus }) => skus)) expect(known).toContain(skuPartNumber)
})
