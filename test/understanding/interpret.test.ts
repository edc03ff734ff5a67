/** What does a message mean in a situation, as a whole? */
import { interpret } from '../../src/understanding/interpret'
import type { Situation } from '../../src/understanding/situation'
import { after, before, chat, end, forget, left, list, step, stopped, stuck, verdict } from './situations'

const actsOf = (text: string, situation: Situation) => interpret(text, situation).acts.map(({ act }) => act)
const told = (text: string, situation: Situation) =>
  interpret(text, situation)
    .facts.filter(({ how }) => how !== 'asked')
    .map(({ fact, value, negated }) => `${negated ? 'not ' : ''}${fact}=${value}`)

describe('the card before the steps takes only a bare answer to its own questions', () => {
  const swallowed: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['ok what does CSP mean?', ['ask'], []],
    ['yes but we signed up with hotmail', ['tell'], ['account=personal']],
    ['yes and we have an enterprise agreement', ['tell'], ['contract=ea']],
    ["sure, what's a billing account", ['ask'], []],
    ['ok forget it', ['leave'], []],
    ['ok let me ask my boss', ['later', 'delegate'], []],
    ['no I mean the other one', ['correct'], []],
    ['no wait, we have both', ['correct', 'tell'], ['has-m365=yes', 'has-azure=yes']],
    ["no I'm not the admin", ['tell', 'correct'], ['not role=admin']],
    ['no idea what a tenant is', ['ask'], []],
    ["I don't know if we have Microsoft 365", ['ask', 'tell'], []],
    ['not sure I understand the question', ['repeat', 'ask'], []],
    ['oui mais on est sous contrat entreprise', ['tell'], ['contract=ea']],
    ['non on a deja azure', ['tell', 'correct'], ['has-azure=yes']],
    ["d'accord mais qui paie ?", ['ask'], []],
    ["d'accord, c'est quoi un CSP ?", ['ask'], []],
    ["je sais pas, c'est quoi un CSP ?", ['ask'], []],
    ['aucune idée de ce que ça veut dire', ['ask', 'repeat', 'tell'], []],
  ]
  test.each(swallowed)('%s', (text, allowed, facts) => {
    for (const asked of ['before', 'contract', 'account'] as const) {
      const acts = actsOf(text, { ...before, asked })
      expect(acts).not.toContain('answer')
      expect(acts.filter((act) => !allowed.includes(act))).toEqual([])
      expect(told(text, { ...before, asked })).toEqual(facts)
    }
  })

  test.each([
    ["I don't know", 'contract', 'unknown'],
    ['je sais pas', 'contract', 'unknown'],
    ['web', 'contract', 'web'],
    ['pay as you go', 'contract', 'web'],
    ['en ligne', 'contract', 'web'],
    ['EA', 'contract', 'ea'],
    ['through a partner', 'contract', 'csp'],
    ['par un revendeur, merci', 'contract', 'csp'],
    ['yes', 'account', 'yes'],
    ['no', 'account', 'no'],
    ['oui oui', 'account', 'yes'],
  ])('%s answers %s', (text, question, value) => {
    expect(interpret(text, before).acts).toMatchObject([{ act: 'answer', question, value }])
  })

  test('the same words answer nothing where nothing is asked', () => {
    for (const text of ['yes', 'web', "I don't know", 'oui oui', 'EA']) expect(actsOf(text, step)).not.toContain('answer')
  })

  test('an "ok" does not delete what is kept', () => {
    expect(actsOf('ok', forget)).not.toContain('answer')
    expect(interpret('oui', forget).acts).toMatchObject([{ act: 'answer', question: 'forget-me', value: 'yes' }])
    expect(interpret('no', forget).acts).toMatchObject([{ act: 'answer', question: 'forget-me', value: 'no' }])
  })
})

describe('moves, typed at a step', () => {
  const onward = ['go-on', 'resume', 'where', 'agree']
  const moves: readonly (readonly [string, readonly string[]])[] = [
    ...[
      'continue the guide',
      'continue my guide',
      'let us continue',
      'go on with the guide',
      'I want to continue',
      'resume the guide',
      'je veux continuer',
      'back to the guide',
      'reprendre le guide',
      "right, let's keep at it",
    ].map((text) => [text, onward] as const),
    ...['repeat that', 'can you repeat the last step', 'say that again', 'répète'].map((text) => [text, ['repeat']] as const),
    ...['I made a mistake, go back', 'je me suis trompé, reviens en arrière', 'one step earlier please'].map(
      (text) => [text, ['correct', 'undo', 'back']] as const,
    ),
    ['passe cette étape', ['skip']],
    ['go to step 5', ['go-to']],
    ['on saute à la 4', ['go-to']],
    ['that one was done last week', ['done']],
    ['déjà réglé hier', ['done']],
    ['remind me tomorrow', ['remind']],
    ["I have a meeting, we'll finish this another day", ['later']],
  ]
  test.each(moves)('%s', (text, allowed) => {
    const acts = actsOf(text, step)
    expect(acts.filter((act) => !allowed.includes(act))).toEqual([])
    if (allowed.includes('back')) expect(acts).toContain('back')
  })

  test('a step that is named comes along, and when something was done', () => {
    expect(interpret('go to step 5', step).acts).toMatchObject([{ act: 'go-to', step: 5 }])
    expect(interpret('on saute à la 4', step).acts).toMatchObject([{ act: 'go-to', step: 4 }])
    expect(interpret('déjà réglé hier', step).acts).toMatchObject([{ act: 'done', when: 'earlier' }])
  })
})

describe('talks', () => {
  const turns: readonly (readonly [string, string, Situation, readonly string[]])[] = [
    ['d02', 'actually we have an enterprise agreement', step, ['tell', 'correct']],
    ['d03', 'so who do I ask', stopped, ['ask']],
    ['d06', 'resume', left, ['resume']],
    ['d07', 'great, what now?', { ...end, asked: undefined }, ['go-on', 'ask']],
    ['d10', 'can you just do it for me?', step, ['do-it']],
    ['d12', "it says my account type isn't supported", step, ['stuck']],
    ['d13', 'the list is empty', step, ['stuck']],
    ['d15', 'she has given me the role, look again', verdict, ['tell', 'check-role']],
    ['d16', 'la liste est vide', step, ['stuck']],
    ['d16', "oui j'ai déjà essayé", stuck, ['tried', 'tell']],
    ['d17', 'how do I give a colleague a bigger mailbox', step, ['ask', 'none']],
    ['d18', 'are you an AI?', chat, ['who-are-you']],
    // Whichever it is read as, the step's own causes are looked through first.
    ['a05', 'Change directory is greyed out', step, ['stuck', 'ask']],
    ['b42', '👍', step, ['acknowledge']],
    ['b42', 'ok', step, ['acknowledge']],
    ['b42', 'ok thanks 🙏', step, ['thanks']],
    ['b42', '(y)', step, ['acknowledge']],
  ]
  test.each(turns)('%s: %s', (_, text, situation, allowed) => {
    const acts = actsOf(text, situation)
    expect(acts.length).toBeGreaterThan(0)
    expect(acts.filter((act) => !allowed.includes(act))).toEqual([])
  })

  test('several things in one message are all read, in the order in which they are dealt with', () => {
    const reading = interpret("ok, we're on EA by the way, what now?", step)
    expect(reading.acts.map(({ act }) => act)).toEqual(['tell', 'go-on'])
    expect(reading.facts).toMatchObject([{ fact: 'contract', value: 'ea', how: 'plain' }])
  })

  test('a role given by somebody is a fact, and to look again a wish', () => {
    expect(told('she has given me the role, look again', verdict)).toEqual(['role-state=held'])
  })

  test('a policy that is reported at a step is a fact, though nobody speaks of themselves', () => {
    expect(told('it says a policy forbids it', step)).toEqual(['policy=blocks'])
  })

  test('three facts in one sentence', () => {
    const facts = told('our m365 is through a partner, azure was opened with my hotmail, about 40 users and an AKS cluster', chat)
    expect(facts).toEqual(expect.arrayContaining(['contract=csp', 'owner=personal-account', 'aks=runs', 'size=10-49']))
  })
})

describe('the situation decides what the same words do', () => {
  test.each([
    ['2', list, 'pick', step, 'pick', false],
    ['yes', before, 'answer', step, 'answer', false],
    ['resume', left, 'resume', chat, 'answer', false],
  ] as const)('%s', (text, one, act, other, otherAct, same) => {
    expect(actsOf(text, one)).toContain(act)
    expect(actsOf(text, other).includes(otherAct)).toBe(same)
  })
})

describe('what is left out is taken from what was talked of', () => {
  test.each([
    ['and for azure?', 'required-role', 'required-role'],
    ['how do I get it?', 'required-role', 'find-admin'],
    ['what do I tell her?', 'find-admin', 'find-admin'],
    ['is it active now?', 'required-role', 'check-role'],
    ['et pour azure ?', 'required-role', 'required-role'],
    ['je lui dis quoi ?', 'find-admin', 'find-admin'],
    ['comment je l’obtiens ?', 'required-role', 'find-admin'],
    ["c'est actif maintenant ?", 'check-role', 'check-role'],
    ['and what do I do with that?', 'check-role', 'find-admin'],
  ] as const)('%s after %s', (text, lastTopic, topic) => {
    expect(interpret(text, after(lastTopic)).elided?.topic).toBe(topic)
  })

  test('a whole question keeps its own topic', () => {
    expect(interpret('which role do I need to sign up for azure?', after('find-admin')).elided).toBeUndefined()
    expect(interpret('and for azure?', chat).elided).toBeUndefined()
  })
})

describe('always', () => {
  const texts = [
    'next',
    'yes but we signed up with hotmail',
    "we're on EA",
    'go to step 5',
    'je veux continuer',
    'the list is empty',
    "je n'ai plus les droits",
    'merci',
    'stop this guide',
  ]
  const situations = [chat, before, step, stuck, stopped, end, left, list, verdict, forget]
  const bare = (text: string, situation: Situation) => {
    const { acts, facts } = interpret(text, situation)
    return { acts: acts.map((act) => ({ ...act, text: '', sure: 0 })), facts }
  }

  test('case, accents, doubled spaces and a final dot change nothing', () => {
    for (const text of texts)
      for (const situation of situations) {
        const expected = bare(text, situation)
        for (const other of [text.toUpperCase(), text.replaceAll(' ', '  '), `${text}.`, ` ${text} `])
          expect([other, bare(other, situation)]).toEqual([other, expected])
      }
    expect(bare('passe cette etape', step)).toEqual(bare('passe cette étape', step))
  })

  test('any text is read, and the same text always in the same way', () => {
    for (const text of ['', ' ', '?', '...', '🙂', '<b></b>', '\u0000', 'a'.repeat(5000), 'ok '.repeat(400), '日本語', ', , ,', 'and and and but'])
      for (const situation of situations) expect(interpret(text, situation)).toEqual(interpret(text, situation))
  })

  test('a secret is named and nothing else is read', () => {
    expect(interpret('my password is Hunter2!x, next', step)).toMatchObject({ acts: [], facts: [], secret: 'password' })
  })

  test('an error code is found beside the acts', () => {
    expect(interpret('still AADSTS50020', stuck).errorCode).toBe('AADSTS50020')
  })
})
