/** A subscription that a personal account owns: two questions find one of three ways, and its steps say so, in both languages. */
import { unfolded } from '../../src/cards/reply'
import { guideOf } from '../../src/guides'
import { ownerWays, type OwnerWay } from '../../src/guides/schema'
import { ownerWay, openQuestion, type Known } from '../../src/runs/run'
import { languages, type Language } from '../../src/topics'
import { begin } from '../support/talk'

const opening: Readonly<Record<Language, string>> = {
  en: 'we have azure and office 365 in two different tenants, how do we bring them together?',
  fr: 'nous avons azure et office 365 dans deux locataires différents, comment les réunir ?',
}
const contract: Readonly<Record<Language, string>> = { en: 'on the web', fr: 'sur le site' }
const yes: Readonly<Record<Language, string>> = { en: 'yes', fr: 'oui' }
const no: Readonly<Record<Language, string>> = { en: 'no', fr: 'non' }
const onward: Readonly<Record<Language, string>> = { en: 'next', fr: 'suivant' }

const answersOf = (language: Language): Readonly<Record<OwnerWay, readonly string[]>> => ({
  'invite-personal-account': [yes[language]],
  'hand-over': [no[language], yes[language]],
  'bring-work-account': [no[language], no[language]],
})

const rows = languages.flatMap((language) => ownerWays.map((way) => [way, language] as const))

test.each(rows)('%s (%s): two questions lead there, and the steps are of this way', async (way, language) => {
  const ways = guideOf('link-existing', language).ways
  const own = ways?.each[way]
  const talk = begin(language)
  await talk.say(opening[language])
  await talk.say(contract[language])
  const first = await talk.say(no[language])
  expect(first.asked).toEqual({ question: 'stays' })
  expect(first.text).toContain(ways?.stays)
  let reply = first
  for (const answer of answersOf(language)[way]) reply = await talk.say(answer)
  expect(talk.place()).toMatchObject({ topic: 'link-existing', stage: 'steps', step: 'check-policies' })
  expect(reply.text).toContain(own?.title)
  for (const step of guideOf('link-existing', language).steps.map(({ id }) => id)) {
    expect(talk.place()?.step).toBe(step)
    const instruction = own?.steps[step]?.instruction ?? guideOf('link-existing', language).steps.find(({ id }) => id === step)?.instruction ?? ''
    expect(unfolded(reply).text).toContain(instruction.split('\n')[0])
    reply = await talk.say(onward[language])
  }
})

test('"No, a personal account" is no dead end, and nobody is told not to use it', async () => {
  const talk = begin('en')
  await talk.say(
    'Our Azure was opened years ago with a private hotmail account. The company is on Office 365 now. How do I get the subscription into the company tenant?',
  )
  const known = await talk.say(opening.en)
  expect(known.text).not.toMatch(/do not use a personal account/i)
  await talk.say('on the web')
  expect((await talk.say('2')).text).not.toMatch(/do not use a personal account/i)
})

test('the numbers of the list answer as the words do', async () => {
  const talk = begin('en')
  for (const line of [opening.en, 'on the web', '2', '2']) await talk.say(line)
  expect((await talk.say('1')).text).toContain(guideOf('link-existing', 'en').ways?.each['hand-over'].title)
})

const knows = (more: Partial<Known>): Known => ({ contract: 'web', account: ['link-existing'], ...more })

test('who moves with a work account, or does not know, is asked nothing more', () => {
  expect(openQuestion(knows({ personalOwner: false }), { topic: 'link-existing' })).toBeUndefined()
  expect(openQuestion(knows({}), { topic: 'link-existing' })).toBeUndefined()
  expect(ownerWay(knows({ stays: 'yes' }))).toBeUndefined()
})

test('a buyer is never asked about a personal owner', () => {
  for (const topic of ['azure-for-m365', 'm365-for-azure'] as const)
    expect(openQuestion({ contract: 'web', account: [topic], personalOwner: true }, { topic })).toBeUndefined()
})
