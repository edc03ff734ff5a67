/** Exact words: commands, picks from a list, answers to a card, secrets, wanted language. */
import { words } from '../../src/guides/words'
import { languages } from '../../src/topics'
import { findAnswer } from '../../src/understanding/answers'
import { findCommand, findPick } from '../../src/understanding/commands'
import { errorMeaning, findErrorCode } from '../../src/understanding/error-codes'
import { findSecret } from '../../src/understanding/secrets'
import { wantedLanguage } from '../../src/understanding/wanted-language'

test.each([
  ['next', 'next'],
  ['Done, next', 'done'],
  ['OK, next please', 'next'],
  ['I already did that', 'done'],
  ['back', 'back'],
  ["I'm stuck", 'stuck'],
  ['all steps', 'all-steps'],
  ['Which step am I on?', 'where-am-i'],
  ['my guides', 'my-runs'],
  ['forget me', 'forget-me'],
  ['plain text', 'plain-text'],
  ['cards', 'cards'],
  ['why this answer?', 'why'],
  ['share', 'share'],
  ['suivant', 'next'],
  ["c'est fait", 'done'],
  ['C’est fait, suite', 'done'],
  ["je l'ai déjà fait", 'done'],
  ['retour', 'back'],
  ['je suis bloquée', 'stuck'],
  ['toutes les etapes', 'all-steps'],
  ['où en suis-je ?', 'where-am-i'],
  ['mes guides', 'my-runs'],
  ['oublie-moi', 'forget-me'],
  ['texte brut', 'plain-text'],
  ['pourquoi cette réponse ?', 'why'],
])('"%s" is the command %s', (text, command) => {
  expect(findCommand(text)).toBe(command)
})

test.each(
  languages.flatMap((language) =>
    (['done', 'finish', 'back', 'stuck', 'allSteps', 'myGuides'] as const).map((button) => words(language).t(`buttons.${button}`)),
  ),
)('the button "%s" can be typed', (title) => expect(findCommand(title)).toBeDefined())

test.each(['what is the next step after buying azure', 'go back to my old tenant', 'my subscription is stuck', ''])('"%s" is no command', (text) =>
  expect(findCommand(text)).toBeUndefined(),
)

test.each([
  ['2', 2],
  ['the second one', 2],
  ['option 3', 3],
  ['le deuxième', 2],
  ['la première', 1],
  ['number 4', 4],
])('"%s" picks %i', (text, number) => {
  expect(findPick(text)).toBe(number)
})

test.each(['365', 'we have 2 tenants', '0', 'second subscription', ''])('"%s" picks nothing', (text) => {
  expect(findPick(text)).toBeUndefined()
})

test.each([
  ['my password is Xk9!kk22pp', 'password'],
  ['mon mot de passe est Soleil!2024', 'password'],
  ['4111 1111 1111 1111', 'card'],
  ['voici ma carte 5500-0000-0000-0004 exp 12/27', 'card'],
  ['my code is 482913', 'code'],
  ['code : 482913', 'code'],
  ['password: Xyz!2024', 'password'],
  ['mdp = Soleil2024', 'password'],
  ['the verification code is 482 913', 'code'],
  ['mon code est le 482913', 'code'],
])('"%s" holds a %s', (text, secret) => {
  expect(findSecret(text)).toBe(secret)
})

test.each([
  'I forgot my password',
  'reset my password',
  'mot de passe oublié',
  'my password is expired',
  'my password is not working since 2023',
  'the password is 8 characters long',
  'mon mot de passe est refusé depuis hier',
  'password reset for office365',
  'error code: 500121',
  "code d'erreur 700016",
  'postal code 750012',
  'call me on +33 6 12 34 56 78',
  'support request 2409260040001234',
  'the meeting is on 2026-11-25 at 14:30',
  'do I need a code from my phone',
  '5e0d7c1a-2b34-4c56-8d78-9e0f1a2b3c4d',
  'the tenant is 3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34',
  'since 2016 we pay 1200 euros a year',
  'AADSTS50020',
  'order 4111 1111 1111 1112',
])('"%s" holds no secret', (text) => {
  expect(findSecret(text)).toBeUndefined()
})

test.each([
  ['EA', { contract: 'ea' }],
  ['we have an enterprise agreement', { contract: 'ea' }],
  ['contrat entreprise', { contract: 'ea' }],
  ['through a partner', { contract: 'csp' }],
  ['par un partenaire', { contract: 'csp' }],
  ['web', { contract: 'web' }],
  ['sur le web', { contract: 'web' }],
  ["I don't know", { contract: 'unknown' }],
  ['je ne sais pas', { contract: 'unknown' }],
  ['yes', { account: 'yes' }],
  ['oui', { account: 'yes' }],
  ['non', { account: 'no' }],
  [' {5e0d7c1a-2b34-4c56-8d78-9e0f1a2b3c4d} ', { subscription: '5e0d7c1a-2b34-4c56-8d78-9e0f1a2b3c4d' }],
  ['contoso.onmicrosoft.com', { domain: 'contoso.onmicrosoft.com' }],
])('"%s" answers the card', (text, answer) => {
  expect(findAnswer(text)).toEqual(expect.objectContaining(answer))
})

test.each(['no idea what a tenant is', 'what is an EA', '', 'x'.repeat(5_000)])('"%s" answers no card', (text) => {
  const answer = findAnswer(text)
  expect(answer?.contract === undefined || answer.contract === 'unknown').toBe(true)
  expect(answer?.subscription).toBeUndefined()
})

test.each([
  ['en français svp', 'fr'],
  ['speak French', 'fr'],
  ['in English please', 'en'],
  ['parle anglais', 'en'],
  ['change the language', undefined],
  ['english or french', undefined],
])('"%s" wants %s', (text, language) => {
  expect(wantedLanguage(text)).toBe(language)
})

test('an error code is found in a page and explained as what it usually means', () => {
  expect(findErrorCode('Sorry … AADSTS50020: User account')).toBe('AADSTS50020')
  expect(errorMeaning('AADSTS50020', 'en')).toMatch(/usually/i)
  expect(errorMeaning('AADSTS50020', 'fr')).toMatch(/en général|généralement|d’habitude|habituellement|souvent/i)
  expect(errorMeaning('AADSTS9999999', 'en')).toMatch(/^AADSTS9999999 is not on my list/)
  expect(errorMeaning('AADSTS9999999', 'en')).not.toMatch(/usually/i)
})

test.each([
  ['16000', /not in this tenant/, /several accounts|private account/],
  ['16003', /was not added to the tenant/, /several accounts/],
  ['50105', /not assigned/, /Conditional Access/],
  ['50178', /does not work for a guest passing through/, /another directory/],
  ['50029', /characters that are not allowed/, /personal account/],
  ['53004', /has to be completed first/, /Conditional Access/],
])('AADSTS%s is told by its own meaning', (number, right, wrong) => {
  expect(errorMeaning(`AADSTS${number}`, 'en')).toMatch(right)
  expect(errorMeaning(`AADSTS${number}`, 'en')).not.toMatch(wrong)
})
