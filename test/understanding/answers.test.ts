/** What is looked up from the words somebody writes, and what is left alone. */
import { findAnswer, findLookUp } from '../../src/understanding/answers'

const id = '7a9c3e5f-4d12-4b68-9c0e-1f2a3b4c5d6e'

describe('a subscription id is looked up', () => {
  test.each([
    id,
    `{${id.toUpperCase()}}`,
    `it's ${id}.`,
    `Here it is: ${id}`,
    `my subscription id is ${id}, is that the right tenant?`,
    `Which tenant is subscription ${id} in?`,
    `Can you please check for me whether our Azure subscription ${id} is where it belongs`,
    `voici l’identifiant de notre abonnement : ${id}`,
    `abonnement ${id} svp`,
    `is my subscription ${id} linked to our microsoft 365?`,
    `I moved subscription ${id}, check it again`,
    `subscription ${id}, tenant 3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34`,
    `is ${id} in the right tenant?`,
    `et pour ${id} ?`,
    `est-ce que l’abonnement ${id} est lié à Microsoft 365 ?`,
    `https://portal.azure.com/#@contoso.onmicrosoft.com/resource/subscriptions/${id}/overview`,
  ])('%s', (text) => {
    expect(findLookUp(text)?.subscription).toBe(id)
  })
})

describe('another id is not, nor is a wish', () => {
  test.each([
    `my tenant id is ${id}`,
    `the tenant is ${id}`,
    `our tenant: ${id}`,
    `policy id: ${id}`,
    `ID de commande ${id}`,
    `client secret ${id}`,
    `my order number is ${id}`,
    `application (client) id ${id}`,
    `Directory (tenant) ID ${id}`,
    `request ${id}`,
    `facture ${id}`,
    `l’id du tenant est ${id}`,
    `AADSTS50020 trace ${id}`,
    `I get an error, correlation id: ${id}`,
    `I want to move subscription ${id} to another directory`,
    `déplacer l’abonnement ${id} vers un autre annuaire`,
    `subscriptions ${id} and 5e0d7c1a-2b34-4c56-8d78-9e0f1a2b3c4d`,
    `we have a great many things to tell about ${id} and none of it says what it is`,
    `${id}0`,
  ])('%s', (text) => {
    expect(findLookUp(text)).toBeUndefined()
  })
})

test.each([
  ['our domain is contoso.com', 'contoso.com'],
  ['which tenant has the domain fabrikam.onmicrosoft.com?', 'fabrikam.onmicrosoft.com'],
  ['Notre domaine est Contoso.com.', 'contoso.com'],
])('a domain called so is looked up: %s', (text, domain) => {
  expect(findLookUp(text)).toEqual({ subscription: undefined, domain })
})

test.each([
  'contoso.com',
  'how do I add the domain contoso.com to microsoft 365',
  'which dns records does the domain contoso.com need?',
  'I cannot open the domains page in portal.azure.com',
  'is outlook.com a domain of ours?',
  'kelley@contoso.com has another domain',
  'https://portal.azure.com/domain',
  'what is a domain?',
  'domains contoso.com and fabrikam.com',
])('but not: %s', (text) => {
  expect(findLookUp(text)).toBeUndefined()
})

test('an id and a domain are looked up together', () => {
  expect(findLookUp(`mon abonnement est ${id} et mon domaine fabrikam.com`)).toEqual({ subscription: id, domain: 'fabrikam.com' })
})

test('a bare domain answers the card that asks for one', () => {
  expect(findAnswer('contoso.com')?.domain).toBe('contoso.com')
  expect(findAnswer('our domain is contoso.com')?.domain).toBe('contoso.com')
})

test.each([
  ['yes please', { account: 'yes' }],
  ['non', { account: 'no' }],
  ['we have an Enterprise Agreement', { contract: 'ea' }],
  ['via un partenaire', { contract: 'csp' }],
  ['par carte', { contract: 'web' }],
  ['je ne sais pas', { contract: 'unknown' }],
])('%s', (text, inputs) => {
  expect(findAnswer(text)).toMatchObject(inputs)
})
