/** Where others read along, turn by turn: every verb, every page of every guide in both languages, old cards, links, and what leads to the private chat. */
import { unfolded } from '../../src/cards/reply'
import { render } from '../../src/cards/render'
import { guideOf, labelOf } from '../../src/guides'
import { words } from '../../src/guides/words'
import type { SharedPage, Thread } from '../../src/runs/thread'
import type { OpenPrivate, ThreadOutcome } from '../../src/turn/outcome'
import { answers, controls, languages, scenarios, topics, type Language, type Scenario } from '../../src/topics'
import { readPress, type ActionData } from '../../src/verbs/action'
import { rowOf, verbs, type Verb } from '../../src/verbs/verbs'
import { plainly } from '../support/cards'
import { actionsIn, appId, buttonOf, firstTime, linksOf, sharedPlace, titlesOf } from '../support/shared-place'

const sharedGuides = ['azure-for-m365', 'm365-for-azure', 'link-existing'] as const satisfies readonly Scenario[]
const privateGuides = ['check-role', 'verify-setup'] as const satisfies readonly Scenario[]
const each = languages.flatMap((language) => sharedGuides.map((topic) => ({ topic, language })))

const stepsOf = (topic: Scenario, language: Language = 'en') => guideOf(topic, language).steps
const stepId = (topic: Scenario, index: number): string => stepsOf(topic).at(index)?.id ?? 'none'
const onStep = (topic: Scenario, index: number): SharedPage => ({ topic, at: 'steps', step: stepId(topic, index) })
const before = (topic: Scenario): SharedPage => ({ topic, at: 'before' })
const end = (topic: Scenario): SharedPage => ({ topic, at: 'end' })
const titleAt = (topic: Scenario, index: number, language: Language = 'en') => stepsOf(topic, language).at(index)?.title
const said = (language: Language) => ({
  next: { en: 'next', fr: 'suivant' }[language],
  back: { en: 'back', fr: 'retour' }[language],
  where: { en: 'where are we', fr: 'où en sommes-nous ?' }[language],
  all: { en: 'all steps', fr: 'toutes les étapes' }[language],
  stuck: { en: "I'm stuck", fr: 'je suis bloqué' }[language],
})
const phrase = (language: Language, ...given: Parameters<ReturnType<typeof words>['t']>) => words(language).t(...given)
const host = 'https://teams.microsoft.com/l/chat/0/0?users=28:'
const openedWith = (url: string) => new URL(url).searchParams.get('message')

/** One line and one link, whatever comes of it; the card before it stays the one that words and numbers mean. */
const expectPrivate = (outcome: ThreadOutcome, language: Language, earlier: Thread): OpenPrivate => {
  const { reply, effects, known } = outcome
  const [opening] = effects
  if (!reply || !opening) throw new Error('nothing is begun in private')
  const lines = { opened: reply, ...opening.otherwise }
  for (const line of Object.values(lines)) {
    expect(linksOf(line)).toEqual([expect.stringContaining(`${host}${appId}`)])
    expect(titlesOf(line)).toEqual([phrase(language, 'buttons.privateChat')])
    expect(line.notice).toContain(linksOf(line)[0])
  }
  expect(reply.page).toMatchObject({ title: phrase(language, 'thread.openedTitle'), blocks: [] })
  expect(opening.otherwise['not-installed'].text).toContain(phrase(language, 'thread.notInstalled'))
  expect(opening.otherwise.failed.text).toContain(phrase(language, 'thread.notOpened'))
  expect(linksOf(reply)).toEqual([`${host}${appId}`])
  expect(known).toEqual(earlier)
  return opening
}
/** What stands in the compose box of the private chat where it cannot be begun from here. */
const openingOf = ({ otherwise }: OpenPrivate) => openedWith(linksOf(otherwise['not-installed'])[0] ?? '')

describe.each(languages)('every verb, pressed on the second step (%s)', (language) => {
  const topic = 'azure-for-m365'
  /** What everybody sees afterwards; a new verb without its line here does not compile. */
  const outcomes: Readonly<Record<Verb, SharedPage | 'left' | 'private' | 'stays'>> = {
    proceed: onStep(topic, 0),
    'read-along': onStep(topic, 0),
    done: onStep(topic, 2),
    skip: onStep(topic, 2),
    tried: onStep(topic, 1),
    worked: onStep(topic, 1),
    more: onStep(topic, 1),
    undo: 'private',
    'in-private': 'private',
    back: onStep(topic, 0),
    'go-to': onStep(topic, 1),
    restart: before(topic),
    cancel: 'left',
    helped: end(topic),
    'not-helped': end(topic),
    stuck: onStep(topic, 1),
    'all-steps': onStep(topic, 1),
    resume: onStep(topic, 1),
    'check-again': 'private',
    'look-up': 'private',
    'sign-in': 'private',
    topic: onStep(topic, 3),
    preflight: 'private',
    share: 'stays',
    why: 'private',
    'my-runs': 'private',
    speak: 'private',
    'keep-language': 'private',
    'plain-text': 'private',
    cards: 'private',
    'forget-me': 'private',
    'forget-me-yes': 'private',
    'keep-me': 'private',
  }

  test.each(verbs)('%s', (verb) => {
    const shown = onStep(topic, 3)
    const place = sharedPlace({ thread: { page: shown, language } })
    const earlier = place.thread()
    const expected = outcomes[verb]
    const outcome = place.hear({ kind: 'press', press: { action: { verb, topic, step: stepId(topic, 1), lang: language }, inputs: {} } })
    const { page } = place.thread()
    if (expected === 'private') return void expectPrivate(outcome, language, earlier)
    const { reply } = outcome
    if (!reply) throw new Error('nothing was said')
    expect(reply.page.language).toBe(language)
    expect(reply.notice).toBeUndefined()
    if (expected === 'left') return expect(page).toBeUndefined()
    expect(page).toEqual(expected === 'stays' ? shown : expected)
  })

  test('the table of verbs says the same', () => {
    for (const verb of verbs) expect([verb, rowOf(verb).inThread === 'private']).toEqual([verb, outcomes[verb] === 'private'])
  })

  test.each(verbs.filter((verb) => rowOf(verb).inThread === 'private'))('%s on a card without a topic opens nothing in particular', (verb) => {
    const place = sharedPlace()
    const opening = expectPrivate(place.hear({ kind: 'press', press: { action: { verb, lang: language }, inputs: {} } }), language, place.thread())
    expect(openingOf(opening)).toBeNull()
  })

  test.each(verbs.filter((verb) => rowOf(verb).inThread === 'page'))('%s where no guide is shown and the card names none', (verb) => {
    const place = sharedPlace()
    const reply = place.do({ verb, lang: language })
    expect(reply.page.title).toBe(phrase(language, 'guide.none'))
    expect(place.thread().page).toBeUndefined()
  })
})

describe.each(each)('the pages of $topic in $language', ({ topic, language }) => {
  const steps = stepsOf(topic, language)
  const turn = said(language)

  test('by its buttons, from the first page to the last and back', () => {
    const place = sharedPlace()
    let card = place.do({ verb: 'topic', topic, lang: language })
    expect([card.page.title, place.thread().page]).toEqual([guideOf(topic, language).title, before(topic)])
    card = place.press(plainly(phrase(language, 'buttons.begin')) ?? '', card)
    for (const [index, { title }] of steps.entries()) {
      expect([card.page.title, card.page.progress, place.thread().page]).toEqual([title, { index, count: steps.length }, onStep(topic, index)])
      card = place.press(plainly(phrase(language, index === steps.length - 1 ? 'buttons.finish' : 'buttons.done')) ?? '', card)
    }
    expect([card.page.title, place.thread().page]).toEqual([phrase(language, 'thread.endTitle'), end(topic)])
    for (const { title } of steps.toReversed()) {
      card = place.press(phrase(language, 'buttons.back'), card)
      expect(card.page.title).toBe(title)
    }
    card = place.press(phrase(language, 'buttons.back'), card)
    expect(card.page.title).toBe(guideOf(topic, language).title)
  })

  test('by words, from the first page to the last and back, and no further', () => {
    const place = sharedPlace({ thread: { page: before(topic), language } })
    for (const { title } of steps) expect(place.say(turn.next).page.title).toBe(title)
    for (const _ of [1, 2, 3]) expect(place.say(turn.next).page.title).toBe(phrase(language, 'thread.endTitle'))
    for (const { title } of steps.toReversed()) expect(place.say(turn.back).page.title).toBe(title)
    for (const _ of [1, 2, 3]) expect(place.say(turn.back).page.title).toBe(guideOf(topic, language).title)
    expect(place.say(turn.where).page.title).toBe(guideOf(topic, language).title)
  })

  test('all steps, and by its number any of them', () => {
    for (const page of [before(topic), onStep(topic, 1), end(topic)]) {
      const place = sharedPlace({ thread: { page, language } })
      const list = place.say(turn.all)
      for (const [index, { title }] of steps.entries()) expect(list.text).toContain(`${index + 1}. ${title}`)
      expect(list.text.includes(phrase(language, 'guide.stepHere', { title: steps[1]?.title ?? '' }))).toBe(page.at === 'steps')
      expect(titlesOf(list)).not.toContain(phrase(language, 'buttons.allSteps'))
      expect(place.say(turn.back).page.title).toBe(sharedPlace({ thread: { page, language } }).say(turn.where).page.title)
      place.say(turn.all)
      for (const [index, { title }] of steps.entries()) {
        expect(place.say(`${index + 1}`).page.title).toBe(title)
        place.say(turn.all)
      }
    }
  })

  test('help with every step, which leads back to it', () => {
    for (const [index, { title, stuck }] of steps.entries()) {
      const place = sharedPlace({ thread: { page: onStep(topic, index), language } })
      const help = place.say(turn.stuck)
      expect(help.page.title).toBe(phrase(language, 'guide.stuckTitle', { title }))
      for (const cause of stuck) expect(unfolded(help).text).toContain(cause.text)
      expect(place.press(plainly(phrase(language, 'buttons.backToStep', { n: index + 1 })) ?? '', help).page.title).toBe(title)
      place.say(turn.stuck)
      expect(place.say(turn.back).page.title).toBe(title)
    }
  })

  test('no page asks anything, knows anybody, or says "your role" and "your contract"', () => {
    const place = sharedPlace({ thread: { page: before(topic), language } })
    const cards = [place.say(turn.where), ...steps.map(() => place.say(turn.next)), place.say(turn.next)]
    for (const { page, text } of cards) {
      expect(page.blocks.filter(({ kind }) => ['choice', 'entry', 'helper', 'facts'].includes(kind))).toEqual([])
      for (const own of ['guide.role', 'contract.noteTitle', 'contract.stopTitle'] as const) expect(text).not.toContain(`${phrase(language, own)}`)
    }
  })

  test('the first page says what every way of buying means, so that nobody has to say theirs', () => {
    const [card] = [sharedPlace({ thread: { page: before(topic), language } }).say(turn.where)]
    const rules = Object.values(guideOf(topic, language).before?.contracts ?? {}).flatMap(({ text }) => (text ? [text] : []))
    expect(rules.length).toBeGreaterThan(1)
    for (const rule of rules) expect(card && unfolded(card).text).toContain(rule)
  })

  test('leaving keeps the page one press away', () => {
    for (const page of [before(topic), onStep(topic, 0), onStep(topic, -1), end(topic)]) {
      const place = sharedPlace({ thread: { page, language } })
      const shown = place.say(turn.where)
      const left = place.do({ verb: 'cancel', topic, lang: language })
      expect(place.thread().page).toBeUndefined()
      expect(left.text).toContain(labelOf(topic, language))
      place.press(titlesOf(left)[0] ?? '', left)
      expect(place.thread().page).toEqual(page)
      expect(place.say(turn.where).page).toEqual(shown.page)
    }
  })
})

describe('several people at one card', () => {
  test.each(each)('the same press twice is one page further, not two ($topic, $language)', ({ topic, language }) => {
    for (const index of stepsOf(topic).keys()) {
      const place = sharedPlace({ thread: { page: onStep(topic, index), language } })
      const card = place.say(said(language).where)
      for (const title of [titlesOf(card)[0] ?? '', phrase(language, 'buttons.back')]) {
        const first = place.press(title, card)
        const shown = place.thread().page
        expect(place.press(title, card).page).toEqual(first.page)
        expect(place.thread().page).toEqual(shown)
      }
    }
  })

  test('"Back" on the last page too', () => {
    const place = sharedPlace({ thread: { page: end('azure-for-m365'), language: 'en' } })
    const card = place.say('where are we')
    expect([place.press('Back', card).page.title, place.press('Back', card).page.title]).toEqual([titleAt('azure-for-m365', -1), titleAt('azure-for-m365', -1)])
  })

  test('an older page names its own step, wherever the others are', () => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 0), language: 'en' } })
    const old = place.say('where are we')
    for (const _ of [1, 2, 3]) place.say('next')
    expect(place.press('Done, next', old).page.title).toBe(titleAt('azure-for-m365', 1))
    expect(place.say('next').page.title).toBe(titleAt('azure-for-m365', 2))
  })

  test('a card of another guide turns the pages of its own', () => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 2), language: 'en' } })
    const old = place.say('where are we')
    place.do({ verb: 'topic', topic: 'm365-for-azure', lang: 'en' })
    expect(place.press('Done, next', old).page.title).toBe(titleAt('azure-for-m365', 3))
  })

  test('closing a guide that is no longer shown leaves the one that is', () => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 2), language: 'en' } })
    place.do({ verb: 'cancel', topic: 'link-existing', run: 'r', rev: 2, lang: 'en' })
    expect(place.thread().page).toEqual(onStep('azure-for-m365', 2))
  })

  test('whoever asks for the guide that is shown comes to the step it is at', () => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 2), language: 'en' } })
    for (const asked of ['we have microsoft 365 and want azure', 'Add Azure to Microsoft 365'])
      expect(place.say(asked).page.title).toBe(titleAt('azure-for-m365', 2))
    expect(place.do({ verb: 'topic', topic: 'azure-for-m365', lang: 'en' }).page.title).toBe(titleAt('azure-for-m365', 2))
  })
})

describe('two languages in one place', () => {
  const english = () => sharedPlace({ thread: { page: onStep('azure-for-m365', 1), language: 'en' } })

  test('a French question is answered in French; the page stays English, and so does the way back', () => {
    const place = english()
    const answer = place.say('c’est quoi un locataire ?', 'fr')
    expect(answer.page.language).toBe('fr')
    expect(plainly(answer.text)).toContain(`Où en est ce guide : **Étape 2 sur 6 · ${titleAt('azure-for-m365', 1, 'fr')}**`)
    expect(place.thread().language).toBe('en')
    const back = place.press('Revenir à l’étape 2', answer)
    expect(back.page).toMatchObject({ language: 'en', title: titleAt('azure-for-m365', 1) })
  })

  test.each([
    ['suivant', 2],
    ['retour', 0],
    ['où en sommes-nous ?', 1],
    ['on en est où ?', 1],
  ])('"%s" turns the English page and leaves it English', (text, index) => {
    const place = english()
    expect(place.say(text, 'fr').page).toMatchObject({ language: 'en', title: titleAt('azure-for-m365', index) })
    expect(place.thread().language).toBe('en')
  })

  test.each([
    ['next', 2],
    ['back', 0],
    ['which step are we on?', 1],
  ])('and "%s" leaves a French one French', (text, index) => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 1), language: 'fr' } })
    expect(place.say(text).page).toMatchObject({ language: 'fr', title: titleAt('azure-for-m365', index, 'fr') })
  })

  test('the name of a French button, written, turns the English page', () => {
    const place = english()
    place.say('c’est quoi un locataire ?', 'fr')
    expect(place.say('revenir à l’étape 2', 'fr').page.language).toBe('en')
  })

  test('who asks for the guide in French has it in French, at its step; each card goes on in its own language', () => {
    const place = english()
    const old = place.say('where are we')
    const french = place.say('nous avons microsoft 365 et voulons azure', 'fr')
    expect(french.page).toMatchObject({ language: 'fr', title: titleAt('azure-for-m365', 1, 'fr') })
    expect(place.press('C’est fait, suite', french).page.language).toBe('fr')
    expect(place.say('next').page.language).toBe('fr')
    expect(place.press('Done, next', old).page.language).toBe('en')
    expect(place.say('suivant', 'fr').page.language).toBe('en')
  })

  test('where no guide is shown, everybody is answered in their own language, whatever was shown before', () => {
    const place = sharedPlace({ thread: { language: 'en' } })
    expect(place.say('', 'fr').page.language).toBe('fr')
    expect(place.say('suivant', 'fr').page.language).toBe('fr')
    expect(place.say('', 'en').page.language).toBe('en')
  })

  test('words that say no language follow the guide that is shown', () => {
    expect(english().say('', 'fr').page.language).toBe('en')
  })

  test('a language that is not spoken here is answered with a line about it', () => {
    const answer = english().say('wie bekomme ich azure mit microsoft 365?')
    expect(answer.text).toContain(phrase('en', 'talk.languageForeign'))
  })
})

describe.each(languages)('questions in the middle of a guide (%s)', (language) => {
  const place = () => sharedPlace({ thread: { page: onStep('m365-for-azure', 2), language } })
  const wayBack = plainly(phrase(language, 'buttons.backToStep', { n: 3 })) ?? ''

  test.each(answers)('%s ends with the way back to the page', (topic) => {
    const here = place()
    const answer = here.do({ verb: 'topic', topic, lang: language })
    expect(titlesOf(answer)[0]).toBe(wayBack)
    expect(answer.page.blocks.at(-1)).toMatchObject({ title: phrase(language, 'thread.resumeTitle') })
    expect(here.thread().page).toEqual(onStep('m365-for-azure', 2))
    expect(here.press(wayBack, answer).page.title).toBe(titleAt('m365-for-azure', 2, language))
    here.do({ verb: 'topic', topic, lang: language })
    expect(here.say(said(language).back).page.title).toBe(titleAt('m365-for-azure', 2, language))
  })

  test.each(controls.filter((topic) => !['language', 'sign-out'].includes(topic)))('%s too', (topic) => {
    const here = place()
    expect(titlesOf(here.do({ verb: 'topic', topic, lang: language }))[0]).toBe(wayBack)
    expect(here.thread().page).toEqual(onStep('m365-for-azure', 2))
  })

  test('before the first step and behind the last one the way back leads there', () => {
    for (const page of [before('m365-for-azure'), end('m365-for-azure')]) {
      const here = sharedPlace({ thread: { page, language } })
      const shown = here.say(said(language).where)
      const answer = here.do({ verb: 'topic', topic: 'tenant-basics', lang: language })
      expect(here.press(phrase(language, 'buttons.backToGuide'), answer).page).toEqual(shown.page)
    }
  })

  test('a second question in the same message is offered', () => {
    const text = { en: 'what is a tenant and who owns the subscription?', fr: 'c’est quoi un locataire ? et à qui appartient l’abonnement ?' }[language]
    expect(place().say(text, language).text).toContain(phrase(language, 'talk.secondTitle'))
  })

  test('an error code is told by its meaning', () => {
    expect(place().say('AADSTS50020', language).text).toContain('AADSTS50020')
  })

  test('what nobody understands is met with questions that can be asked here', () => {
    const reply = place().say({ en: 'zebra crossing pancake', fr: 'crêpe zèbre passage piéton' }[language], language)
    expect(titlesOf(reply)[0]).toBe(wayBack)
    expect(actionsIn(reply).every(({ verb, topic }) => rowOf(verb).inThread !== 'private' && topic !== 'check-role')).toBe(true)
  })

  test('a guide is shared as its steps', () => {
    const here = place()
    const reply = here.say({ en: 'share', fr: 'partager' }[language], language)
    for (const { title } of stepsOf('m365-for-azure', language)) expect(reply.text).toContain(title)
    expect(here.press(phrase(language, 'buttons.backToGuide'), reply).page.title).toBe(titleAt('m365-for-azure', 2, language))
  })
})

describe('what is personal leads to the private chat with one line', () => {
  const asked: readonly (readonly [text: string, language: Language, opens: string])[] = [
    ['what is my role?', 'en', 'Check my role'],
    ['am I a billing admin?', 'en', 'Check my role'],
    ['quel est mon rôle ?', 'fr', 'Vérifier mon rôle'],
    ['is it one tenant now?', 'en', 'Check my setup'],
    ['est-ce un seul locataire maintenant ?', 'fr', 'Vérifier ma configuration'],
    ['77777777-6666-4555-8444-333333333333', 'en', 'Check my setup'],
    ['mon abonnement est 77777777-6666-4555-8444-333333333333', 'fr', 'Vérifier ma configuration'],
    ['my guides', 'en', 'my guides'],
    ['mes guides', 'fr', 'mes guides'],
    ['forget me', 'en', 'forget me'],
    ['oublie-moi', 'fr', 'oublie-moi'],
    ['sign in', 'en', 'sign in'],
    ['me connecter', 'fr', 'me connecter'],
    ['sign me out', 'en', 'Sign out'],
    ['déconnecte-moi', 'fr', 'Se déconnecter'],
    ['plain text', 'en', 'plain text'],
    ['texte brut', 'fr', 'texte brut'],
    ['cards', 'en', 'cards'],
    ['why this answer?', 'en', 'why this answer?'],
    ['pourquoi cette réponse ?', 'fr', 'pourquoi cette réponse ?'],
    ['speak English please', 'en', 'Continue in English'],
    ['en français', 'fr', 'Passer au français'],
    ['do you speak other languages?', 'en', 'Language'],
    ['4', 'en', 'Check my role'],
  ]

  test.each(asked)('"%s" (%s)', (text, language, opens) => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 1) } })
    place.do({ verb: 'topic', topic: 'help', lang: language })
    const earlier = place.thread()
    const outcome = place.hear({ text, clientLanguage: language })
    const opening = expectPrivate(outcome, language, earlier)
    expect(plainly(openingOf(opening) ?? '')).toBe(opens)
    expect(JSON.stringify([outcome.reply, opening.otherwise, outcome.again, place.thread()])).not.toContain('77777777')
    expect(opening.start.text === '').toBe(opening.start.press !== undefined)
    expect(opening.start.page).toEqual(onStep('azure-for-m365', 1))
  })

  test.each(privateGuides.flatMap((topic) => languages.map((language) => ({ topic, language }))))(
    'every card of $topic in $language',
    ({ topic, language }) => {
      for (const verb of verbs.filter((each) => rowOf(each).inThread === 'page' || each === 'topic')) {
        for (const step of [undefined, ...stepsOf(topic).map(({ id }) => id)]) {
          const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 1), language } })
          const action = { verb, topic, step, run: 'r', rev: 1, lang: language } as const
          const opening = expectPrivate(place.hear({ kind: 'press', press: { action, inputs: {} } }), language, place.thread())
          expect(openingOf(opening)).toBe(labelOf(topic, language))
          expect(opening.start.press).toEqual({ action: { verb: 'in-private', topic, lang: language }, inputs: {} })
        }
      }
    },
  )

  test('a place whose record names such a guide has none', () => {
    const place = sharedPlace({ thread: { page: onStep('check-role', 0), language: 'en' } })
    expect(place.say('next').page.title).toBe('No guide is open')
    expect(titlesOf(place.do({ verb: 'topic', topic: 'tenant-basics', lang: 'en' }))).not.toContain('Back to step 1')
  })

  test('a line that leads away keeps "2" and the names of buttons for the card before it', () => {
    const place = sharedPlace()
    place.say('')
    place.say('what is my role?')
    expect(place.say('2').page.title).toBe(guideOf('m365-for-azure', 'en').title)
  })

  test('who holds a role is answered without names, with the way to them', () => {
    for (const language of languages) {
      const reply = sharedPlace().do({ verb: 'topic', topic: 'find-admin', lang: language })
      const button = buttonOf(reply, phrase(language, 'buttons.privateChat'))
      expect(button.kind === 'press' && button.action).toEqual({ verb: 'in-private', topic: 'find-admin', lang: language })
    }
  })

  test('no card has a button for one person alone, nor one that carries a run', () => {
    for (const language of languages)
      for (const topic of topics) {
        const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 1), language } })
        const reply = place.do({ verb: 'topic', topic, lang: language })
        for (const action of actionsIn(reply)) {
          const leadsAway = action.verb === 'in-private'
          expect(rowOf(action.verb).inThread === 'private').toBe(leadsAway)
          expect(!leadsAway && ['check-role', 'verify-setup', 'sign-out', 'language'].includes(action.topic ?? '')).toBe(false)
          expect(action).not.toHaveProperty('run')
          expect(action).not.toHaveProperty('rev')
        }
      }
  })
})

describe('the private chat is in the cloud that people are in', () => {
  test.each([
    ['public', 'https://smba.trafficmanager.net/emea/3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34/', 'teams.microsoft.com'],
    ['GCC', 'https://smba.infra.gcc.teams.microsoft.com/gcc/', 'teams.microsoft.com'],
    ['GCC High', 'https://smba.infra.gov.teams.microsoft.us/gcch/', 'gov.teams.microsoft.us'],
    ['DoD', 'https://smba.infra.dod.teams.microsoft.us/dod/', 'dod.teams.microsoft.us'],
  ])('%s', (_cloud, serviceUrl, expected) => {
    for (const language of languages) {
      const place = sharedPlace({ serviceUrl })
      const actions: readonly ActionData[] = [
        { verb: 'my-runs', lang: language },
        { verb: 'topic', topic: 'check-role', lang: language },
        { verb: 'in-private', topic: 'azure-for-m365', lang: language },
      ]
      const replies = actions.flatMap((action) => {
        const { reply, effects } = place.hear({ kind: 'press', press: { action, inputs: {} } })
        return [...(reply ? [reply] : []), ...effects.flatMap(({ otherwise }) => Object.values(otherwise))]
      })
      expect(replies).toHaveLength(3 * actions.length)
      for (const reply of replies) {
        const chats = linksOf(reply).filter((url) => url.includes('/l/chat/'))
        expect(chats.length).toBeGreaterThan(0)
        for (const url of chats) expect(new URL(url)).toMatchObject({ protocol: 'https:', host: expected, pathname: '/l/chat/0/0' })
        for (const url of chats) expect(new URL(url).searchParams.get('users')).toBe(`28:${appId}`)
      }
      expect(replies[0]?.notice).toContain(`https://${expected}/l/chat/0/0?users=28:${appId}`)
    }
  })
})

describe('cards of earlier versions, with somebody’s run on them', () => {
  const old = (verb: string, more: object = {}) => {
    const press = readPress({ verb, topic: 'azure-for-m365', run: '0f8fad5b-d9cb-469f-a165-70867728950e', rev: 7, lang: 'en', ...more })
    if (!press) throw new Error('not one of ours')
    return press
  }
  const second = stepId('azure-for-m365', 1)

  test.each([
    ['proceed', { contract: 'ea', account: 'no' }, onStep('azure-for-m365', 0)],
    ['read-along', {}, onStep('azure-for-m365', 0)],
    ['done', { step: second }, onStep('azure-for-m365', 2)],
    ['back', { step: second }, onStep('azure-for-m365', 0)],
    ['stuck', { step: second }, onStep('azure-for-m365', 1)],
    ['resume', {}, before('azure-for-m365')],
    ['all-steps', {}, before('azure-for-m365')],
    ['go-to', { step: second }, onStep('azure-for-m365', 1)],
    ['restart', {}, before('azure-for-m365')],
    ['helped', {}, end('azure-for-m365')],
    ['not-helped', {}, end('azure-for-m365')],
  ])('%s works for anyone, and nothing of its run or fields is kept or said', (verb, more, page) => {
    const place = sharedPlace()
    const press = old(verb, more)
    for (const _ of ['one', 'another']) {
      const outcome = place.hear({ kind: 'press', press })
      expect(outcome.known.page).toEqual(page)
      expect(JSON.stringify(outcome)).not.toMatch(/0f8fad5b|"rev"|"contract":|"account":/)
    }
  })

  test.each(['check-again', 'look-up', 'sign-in', 'my-runs', 'forget-me-yes', 'keep-fr', 'speak-en'])(
    '%s leads to the private chat, whatever was filled in',
    (verb) => {
      const press = old(verb, { subscription: '77777777-6666-4555-8444-333333333333', domain: 'fabrikam.onmicrosoft.com' })
      const outcome = sharedPlace().hear({ kind: 'press', press })
      expect(outcome.reply?.notice).toContain(host)
      expect(JSON.stringify(outcome)).not.toMatch(/77777777|fabrikam|0f8fad5b/)
    },
  )
})

describe('steps that are not in the guide', () => {
  const strange = ['no-such-step', '', 'constructor', '__proto__', 'x'.repeat(80)]

  test.each(strange)('a card that names "%s" shows the nearest step, says so once, and goes on from there', (step) => {
    for (const verb of ['done', 'back', 'go-to', 'resume', 'stuck'] as const) {
      const place = sharedPlace()
      const shown = place.do({ verb, topic: 'link-existing', step, lang: 'en' })
      expect(shown.page.title).toBe(titleAt('link-existing', 0))
      expect(shown.text).toContain(phrase('en', 'guide.displaced'))
      expect(place.thread().page).toEqual(onStep('link-existing', 0))
      expect(place.say('where are we').text).not.toContain(phrase('en', 'guide.displaced'))
      expect(place.say('next').page.title).toBe(titleAt('link-existing', 1))
    }
  })

  test.each(strange)('and so does a place that was at "%s"', (step) => {
    const place = sharedPlace({ thread: { page: { topic: 'link-existing', at: 'steps', step }, language: 'en' } })
    const asked = place.say('what is a tenant?')
    expect(titlesOf(asked)[0]).toBe('Back to step 1')
    expect(place.say('next').text).toContain(phrase('en', 'guide.displaced'))
    expect(place.say('next').page.title).toBe(titleAt('link-existing', 1))
  })
})

describe('welcome', () => {
  test.each(['groupChat', 'channel'] as const)('once in a %s, whoever it comes from', (kind) => {
    const place = sharedPlace({ place: kind })
    const first = place.hear({ kind: 'installed', clientLanguage: 'fr' })
    expect(first.reply?.page.title).toBe(phrase('fr', kind === 'channel' ? 'talk.teamTitle' : 'talk.groupTitle'))
    for (const clientLanguage of ['fr', 'en', undefined] as const) expect(place.hear({ kind: 'installed', clientLanguage }).reply).toBeUndefined()
  })

  test('three presses on its card come to the same guide', () => {
    const place = sharedPlace()
    const { reply } = place.hear({ kind: 'installed' })
    if (!reply) throw new Error('no welcome')
    const shown = [1, 2, 3].map(() => place.press('I have Azure', reply).page)
    expect(new Set(shown.map(({ title }) => title))).toEqual(new Set([guideOf('m365-for-azure', 'en').title]))
  })
})

describe('what was delivered before, or never arrived', () => {
  const again = (place: ReturnType<typeof sharedPlace>, outcome: ReturnType<typeof place.hear>) => ({
    ...firstTime,
    owed: { activity: 'earlier', chat: 'chat', at: '2026-11-25T09:30:00Z', again: outcome.again },
  })

  test('a message that was answered is met with nothing, and moves nothing', () => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 1), language: 'en' } })
    expect(place.hear({ text: 'next' }, { ...firstTime, isRepeat: true }).reply).toBeUndefined()
    expect(place.thread().page).toEqual(onStep('azure-for-m365', 1))
  })

  test.each(verbs.filter((verb) => rowOf(verb).inThread === 'page'))('the press "%s", delivered again, shows how things stand', (verb) => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 3), language: 'en' } })
    const { reply } = place.hear(
      { kind: 'press', press: { action: { verb, topic: 'azure-for-m365', step: stepId('azure-for-m365', 1), lang: 'fr' }, inputs: {} } },
      { ...firstTime, isRepeat: true, isInvoke: true },
    )
    expect(place.thread().page).toEqual(onStep('azure-for-m365', 3))
    expect(reply?.page.language).toBe('en')
    expect(reply?.page.eyebrow).toContain(verb === 'all-steps' ? 'Add Azure' : 'Step 4')
  })

  test.each([
    ['next', 'Fill in the four parts of the form'],
    ['all steps', 'All 6 steps'],
    ['I’m stuck', 'Stuck at: Sign in with your Microsoft 365 work account'],
    ['what is a tenant?', 'What a tenant is'],
    ['my guides', "Let's do that in private"],
    ['walk me through it', "Let's do that in private"],
    ['share', 'To share this guide'],
    ['my password is Xk9!kk22pp', 'What I read and keep'],
    ['zebra crossing pancake', 'What you can ask me'],
  ])('the lost answer to "%s" is shown with the next word, which waits', (text, title) => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 1), language: 'en' } })
    const lost = place.hear({ text })
    const { page } = place.thread()
    const shown = place.hear({ text: 'next' }, again(place, lost))
    expect(shown.reply?.page.title).toBe(title)
    if (shown.reply?.notice === undefined) expect(shown.reply?.text).toContain(phrase('en', 'talk.owed'))
    expect(place.thread().page).toEqual(page)
    const redelivered = place.hear({ text }, { ...again(place, lost), isRepeat: true })
    // Somebody else's activity: nothing is begun for them.
    expect([shown.effects, redelivered.effects]).toEqual([[], []])
    expect(redelivered.reply?.page.title).toBe(title)
    expect(redelivered.reply?.text).not.toContain(phrase('en', 'talk.owed'))
    expect(place.thread().page).toEqual(page)
  })

  test('a lost French answer comes in French, though the guide is English', () => {
    const place = sharedPlace({ thread: { page: onStep('azure-for-m365', 1), language: 'en' } })
    const lost = place.hear({ text: 'c’est quoi un locataire ?', clientLanguage: 'fr' })
    expect(place.hear({ text: 'next' }, again(place, lost)).reply?.page.language).toBe('fr')
  })
})

describe('every card for everybody, held against what Teams takes', () => {
  const envelope = 1_000
  const cards = languages.flatMap((language) =>
    sharedGuides.flatMap((topic) => {
      const pages = [before(topic), ...stepsOf(topic).map((_, index) => onStep(topic, index)), end(topic)]
      return pages.flatMap((page) => {
        const place = sharedPlace({ thread: { page, language } })
        const asked = page.at === 'steps' ? topics.filter((each) => !scenarios.some((guide) => guide === each)) : []
        return [
          place.say(said(language).where),
          place.say(said(language).all),
          place.say(said(language).stuck),
          ...asked.map((each) => place.do({ verb: 'topic', topic: each, lang: language })),
        ]
      })
    }),
  )
  const distinct = [...new Map(cards.map((reply) => [JSON.stringify(reply.page), reply])).values()]

  test('is small enough to travel', () => {
    const tooBig = distinct.filter((reply) => 2 * (JSON.stringify(render(reply)).length + envelope) >= 25_000)
    expect(tooBig.map(({ summary }) => summary)).toEqual([])
    expect(distinct.length).toBeGreaterThan(100)
  })

  test('has at most four buttons in sight, each of its own name, with support within reach', () => {
    for (const reply of distinct) {
      const { buttons } = reply.page
      expect(buttons.filter(({ more }) => !more).length).toBeLessThanOrEqual(4)
      expect(new Set(titlesOf(reply)).size).toBe(buttons.length)
      const isSupport = reply.page.title === guideTitleOfSupport(reply.page.language)
      if (reply.notice === undefined && !isSupport) expect(actionsIn(reply).some(({ topic }) => topic === 'support')).toBe(true)
    }
  })
})

const guideTitleOfSupport = (language: Language) => sharedPlace().do({ verb: 'topic', topic: 'support', lang: language }).page.title
