/** What is answered to what people write, as a function: the words of a message in its situation, with nothing around it. */
import type { Language } from '../src/topics'
import { begin } from './support/talk'

/** At the third step of the guide that adds Azure. */
const atThirdStep = async (language: Language) => {
  const talk = begin(language)
  const opening =
    language === 'en'
      ? ['we have microsoft 365 and want azure', 'web', 'yes', 'next', 'next']
      : ['nous avons microsoft 365 et voulons azure', 'sur le site', 'oui', 'suivant', 'suivant']
  for (const text of opening) await talk.say(text)
  expect(talk.place()).toEqual({ topic: 'azure-for-m365', stage: 'steps', step: 'complete-form' })
  return talk
}

describe('a question on screen takes only its own answer', () => {
  test.each<[Language, string]>([
    ['en', 'ok what does CSP mean?'],
    ['en', 'yes but we signed up with hotmail'],
    ['en', 'yes and we have an enterprise agreement'],
    ['en', "sure, what's a billing account"],
    ['en', 'ok let me ask my boss'],
    ['en', 'no wait, we have both'],
    ['en', "no I'm not the admin"],
    ['en', 'no idea what a tenant is'],
    ['en', "I don't know if we have Microsoft 365"],
    ['en', 'not sure I understand the question'],
    ['fr', 'oui mais on est sous contrat entreprise'],
    ['fr', 'non on a deja azure'],
    ['fr', "d'accord mais qui paie ?"],
    ['fr', "d'accord, c'est quoi un CSP ?"],
    ['fr', "je sais pas, c'est quoi un CSP ?"],
    ['fr', 'aucune idée de ce que ça veut dire'],
  ])('%s: "%s" does not begin the steps', async (language, text) => {
    const talk = begin(language)
    await talk.say(language === 'en' ? 'we have microsoft 365 and want azure' : 'nous avons microsoft 365 et voulons azure')
    await talk.say(text)
    expect(talk.place()?.stage).not.toBe('steps')
  })

  test.each<[Language, string, string]>([
    ['en', 'web', 'yes'],
    ['fr', 'sur le site', 'oui'],
  ])('in %s the bare answers do, also after a question in between', async (language, contract, account) => {
    const talk = begin(language)
    await talk.say(language === 'en' ? 'we have microsoft 365 and want azure' : 'nous avons microsoft 365 et voulons azure')
    const aside = await talk.say(language === 'en' ? 'what is a tenant?' : "c'est quoi un locataire ?")
    expect(aside.asked).toEqual({ question: 'contract' })
    await talk.say(contract)
    await talk.say(account)
    expect(talk.place()).toMatchObject({ stage: 'steps' })
  })
})

describe('the place is never lost', () => {
  test.each<[Language, string]>([
    ['en', 'continue the guide'],
    ['en', 'I want to continue'],
    ['en', 'resume the guide'],
    ['en', 'back to the guide'],
    ['en', 'repeat that'],
    ['en', 'say that again'],
    ['en', 'which step am I on?'],
    ['en', 'how many steps are left?'],
    ['en', "I'll do the rest tomorrow"],
    ['en', '👍'],
    ['en', 'ok thanks'],
    ['en', "what's the weather like?"],
    ['fr', 'reprendre le guide'],
    ['fr', 'répète'],
    ['fr', 'je continue demain'],
    ['fr', 'merci, à demain'],
  ])('%s: "%s"', async (language, text) => {
    const talk = await atThirdStep(language)
    await talk.say(text)
    expect(talk.place()).toMatchObject({ topic: 'azure-for-m365', stage: 'steps' })
    expect(['complete-form', 'open-portal']).toContain(talk.place()?.step)
  })

  test.each<[Language, string, string]>([
    ['en', 'go to step 5', 'check-same-users'],
    ['en', 'one step earlier please', 'sign-in-work-account'],
    ['fr', "va à l'étape 5", 'check-same-users'],
  ])('%s: "%s" goes there', async (language, text, step) => {
    const talk = await atThirdStep(language)
    await talk.say(text)
    expect(talk.place()?.step).toBe(step)
  })

  test.each<[Language, string, string]>([
    ['en', 'stop this guide', 'undo'],
    ['en', 'start the guide again', 'undo'],
    ['en', 'skip this step', 'undo'],
    ['fr', 'arrêter ce guide', 'annule ça'],
  ])('%s: "%s" is taken back by "%s"', async (language, text, undo) => {
    const talk = await atThirdStep(language)
    await talk.say(text)
    expect(talk.place()).not.toEqual({ topic: 'azure-for-m365', stage: 'steps', step: 'complete-form' })
    await talk.say(undo)
    expect(talk.place()).toEqual({ topic: 'azure-for-m365', stage: 'steps', step: 'complete-form' })
  })

  test('who left goes on with "resume"', async () => {
    const talk = await atThirdStep('en')
    await talk.say('stop this guide')
    expect(talk.place()).toBeUndefined()
    await talk.say('resume')
    expect(talk.place()).toEqual({ topic: 'azure-for-m365', stage: 'steps', step: 'complete-form' })
  })
})

describe('what is told binds the guide', () => {
  test.each<[Language, string, string]>([
    ['en', 'we have an enterprise agreement by the way', 'sorry, we are not on an enterprise agreement after all'],
    ['fr', 'au fait nous avons un contrat entreprise', "en fait non, on n'est pas sous contrat entreprise"],
  ])('%s: an agreement stops it until it is taken back', async (language, told, taken) => {
    const talk = await atThirdStep(language)
    const stop = await talk.say(told)
    for (const text of language === 'en' ? ['next', 'done'] : ['suivant', "c'est fait"]) expect((await talk.say(text)).page.title).toBe(stop.page.title)
    expect(talk.place()?.step).toBe('complete-form')
    await talk.say(taken)
    expect(talk.place()).toEqual({ topic: 'azure-for-m365', stage: 'steps', step: 'complete-form' })
    await talk.say(language === 'en' ? 'next' : 'suivant')
    expect(talk.place()?.step).toBe('open-portal')
  })

  test.each(['my previous employer was on an enterprise agreement', 'are we on an enterprise agreement?'])('not "%s"', async (text) => {
    const talk = await atThirdStep('en')
    await talk.say(text)
    await talk.say('next')
    expect(talk.place()?.step).toBe('open-portal')
  })
})

test.each([
  ['Change directory is greyed out', 'You cannot choose Change directory'],
  ['the target directory is missing from the list', 'tenant is not offered'],
])('what is seen at a step finds the cause of that step: %s', async (symptom, cause) => {
  const talk = begin('en')
  for (const text of ['azure and office 365 are in two different tenants, how do I connect them', 'web', 'yes', 'next', 'next', 'next', 'next'])
    await talk.say(text)
  expect(talk.place()?.step).toBe('change-directory')
  expect((await talk.say(symptom)).text).toContain(cause)
  expect(talk.place()?.step).toBe('change-directory')
})

test('the same question twice in a row is answered at length the second time', async () => {
  const talk = begin('en')
  const first = await talk.say('what is a tenant?')
  const second = await talk.say('what is a tenant?')
  expect(first.page.blocks.some(({ kind }) => kind === 'more')).toBe(true)
  expect(second.page.blocks.some(({ kind }) => kind === 'more')).toBe(false)
  expect(second.text.length).toBeGreaterThan(first.text.length)
})

test('short questions are filled from what was talked of', async () => {
  const talk = begin('en')
  await talk.say('what role do I need to buy office')
  expect((await talk.say('and for azure?')).page.title).toBe('Which role you need')
  expect((await talk.say('how do I get it?')).page.title).toBe('Who holds the role')
})
