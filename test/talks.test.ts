/** Talks as people have had them, without pressing a button: what each of their lines must come to. */
import type { Language } from '../src/topics'
import { begin, type Talk } from './support/talk'

const after = async (language: Language, ...lines: readonly string[]): Promise<Talk> => {
  const talk = begin(language)
  for (const line of lines) await talk.say(line)
  return talk
}

const atStep = (language: Language, number: number): Promise<Talk> =>
  language === 'en'
    ? after('en', 'we have m365 and need azure', 'web', 'yes', ...Array.from({ length: number - 1 }, () => 'next'))
    : after('fr', 'nous avons microsoft 365 et voulons azure', 'sur le site', 'oui', ...Array.from({ length: number - 1 }, () => 'suivant'))

test('a tenant is explained, and a hotmail account is no yes', async () => {
  const talk = await after('en', 'we have m365 and need azure')
  const tenant = await talk.say('no idea what a tenant is')
  expect(tenant.page.title).toBe('What a tenant is')
  expect(tenant.asked).toEqual({ question: 'contract' })
  expect((await talk.say('yes but we signed up with hotmail')).page.title).toBe('Which account to sign in with')
  expect(talk.place()?.stage).toBe('before')
})

test('an agreement that is told later stops the guide, and the Enterprise Administrator is whom to ask', async () => {
  const talk = await atStep('en', 1)
  const stop = await talk.say('actually we have an enterprise agreement')
  for (const line of ['next', 'next']) expect((await talk.say(line)).page.title).toBe(stop.page.title)
  expect((await talk.say('so who do I ask')).text).toContain('Enterprise Administrator')
})

test('short questions follow one another', async () => {
  const talk = await after('en', 'what role do I need to buy office')
  expect((await talk.say('and for azure?')).text).toContain('no admin role')
  expect((await talk.say('how do I get it?')).page.title).toBe('Who holds the role')
  expect((await talk.say('what do I tell her?')).page.title).toBe('Who holds the role')
})

test('what is told outside a guide is said back', async () => {
  const talk = begin('en')
  const { text } = await talk.say('our m365 is through a partner, azure was opened with my hotmail, about 40 users and an AKS cluster')
  for (const fact of ['Through a partner', 'personal account', 'AKS']) expect(text).toContain(fact)
})

test('the same card never comes twice in a row', async () => {
  const talk = await after('en', 'hi', 'we have office 365')
  const first = await talk.say('need azure asap')
  expect(first.page.title).not.toBe('Get Azure for the users you have in Microsoft 365')
  expect(talk.place()).toMatchObject({ topic: 'azure-for-m365', stage: 'before' })
})

test('who is asked for again is told in full, and then that there are other ways', async () => {
  const talk = begin('en')
  const once = await talk.say('who can help me')
  const twice = await talk.say('who can help me')
  expect(twice.text).not.toBe(once.text)
  expect((await talk.say('nobody answers me')).page.title).toBe('Get help from Microsoft')
})

test.each<[string, RegExp]>([
  ['can you just do it for me?', /cannot press anything for you/],
  ['are you an AI?', /a program/],
])('"%s" gets one honest line', async (line, answer) => {
  expect((await begin('en').say(line)).text).toMatch(answer)
})

test.each<[number, string, string]>([
  [2, "it says my account type isn't supported", 'current-account-type'],
  [4, 'the list is empty', 'list-empty-another'],
])('at step %i "%s" finds the cause of this very step', async (step, line, cause) => {
  const talk = await atStep('en', step)
  await talk.say(line)
  expect(talk.passage()).toBe(`azure-for-m365/steps/${step === 2 ? 'sign-in-work-account' : 'open-portal'}/stuck/${cause}`)
})

test.each<[string, string]>([
  ['it says a policy forbids it', 'says-settings-allow'],
  ['Change directory is greyed out', 'cannot-choose-change'],
])('where the directory is changed "%s" finds its cause and moves nothing', async (line, cause) => {
  const opening = 'we have azure and office 365 in two different tenants, how do we bring them together?'
  const talk = await after('en', opening, 'web', 'yes', 'next', 'next', 'next', 'next')
  await talk.say(line)
  expect(talk.passage()).toBe(`link-existing/steps/change-directory/stuck/${cause}`)
  expect(talk.place()?.step).toBe('change-directory')
})

test('what was tried leads to the next cause, and at the end to all of them', async () => {
  const talk = await atStep('fr', 4)
  const seen = new Set<string | undefined>()
  for (const line of ['la liste est vide', "oui j'ai déjà essayé", 'bon, et sinon ?', 'toujours rien']) {
    await talk.say(line)
    expect(seen).not.toContain(talk.passage())
    seen.add(talk.passage())
  }
  expect(talk.place()?.step).toBe('open-portal')
})

test('what has no guide is not guessed', async () => {
  const talk = await atStep('en', 2)
  await talk.say('how do I give a colleague a bigger mailbox')
  expect(talk.place()?.step).toBe('sign-in-work-account')
})

test('how one buys may be written in whole sentences', async () => {
  const talk = await after('en', 'we have azure and office 365 in two different tenants, how do we bring them together?')
  expect((await talk.say('the boss bought it on the site with his card')).asked).toEqual({ question: 'account' })
  expect((await talk.say('pay as you go')).asked).toEqual({ question: 'account' })
  await talk.say('yes, with my work one')
  expect(talk.place()).toMatchObject({ stage: 'steps', step: 'check-policies' })
})

test.each(['👍', 'ok', 'ok thanks 🙏', '(y)'])('"%s" keeps the place', async (line) => {
  const talk = await atStep('en', 3)
  expect((await talk.say(line)).page.title).not.toBe("I'm not sure what you need")
  expect(talk.place()?.step).toBe('complete-form')
})

describe('questions that people posted', () => {
  test.each<[Language, string, string]>([
    ['en', 'Hi, I have been made Global Administrator by my company but the Subscriptions page is empty. Why?', 'No subscription in sight'],
    [
      'en',
      'The domain ourfirm.com is already verified in another directory that nobody here has access to, how can we add it to our tenant?',
      'The domain is in use elsewhere',
    ],
    [
      'en',
      'the colleague who set up Azure left the company and used his private account, nobody has the password. how do we get the subscription back?',
      'The owner has left',
    ],
    [
      'en',
      'how do I use my Visual Studio subscription Azure credits in our company directory? I activated it with a personal account',
      'Nonprofit, startup, school, home plans',
    ],
    ['en', 'can I delete the old empty tenant after moving the subscription?', 'Delete or leave the old tenant'],
    ['en', 'is my AKS cluster going to survive moving the subscription to our office 365 tenant?', 'What a directory change breaks'],
    ['en', 'Microsoft 365 Family plan, I want Azure with the same account', 'Nonprofit, startup, school, home plans'],
    ['fr', 'on rachète une société, elle a son propre tenant office 365, on peut fusionner les deux ?', 'Plusieurs locataires (tenants)'],
    [
      'fr',
      'Impossible de vérifier ce domaine car il est utilisé ailleurs dans Office 365. Comment récupérer le compte admin ?',
      'Le domaine est utilisé ailleurs',
    ],
    ['fr', "on a changé d'annuaire et plus personne n'a accès, on a perdu tous les rôles !", 'Le propriétaire est parti'],
    ['en', 'Change directory is greyed out on my subscription', 'Is moving a subscription allowed?'],
  ])('%s: %s', async (language, line, title) => {
    expect((await begin(language).say(line)).page.title).toBe(title)
  })
})
