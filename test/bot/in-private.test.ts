/** From a thread to the private chat, through HTTP: what is begun there, what is left in the thread, who sees it, and what if the chat cannot be opened? */
import type { ChatMessage, Place } from '../../src/sandbox/protocol'
import { experience, someone, type Someone } from '../support/experience'
import { activities, callsTo, startSandbox, startSteps, textOf, type Sandbox } from '../support/harness'

let sandbox: Sandbox
let next = 0

beforeAll(async () => {
  sandbox = await startSandbox({ crowd: 40 })
})
afterAll(() => sandbox.stop())

const opened = 'We go on in private'
const notInstalled = 'I cannot write to you there yet'
const notOpened = 'I could not reach our private chat'
const role = 'Global Administrator'
const asked = 'we have microsoft 365 and want azure'
const createConversation = { method: 'POST', conversation: '' } as const

interface Two {
  readonly here: Someone
  readonly inPrivate: Someone
  /** A colleague in the same shared place. */
  readonly colleague: Someone
}

/** Of whom nothing is known yet; the app is in their Teams. */
const somebody = async (place: Place, { hasApp = true } = {}): Promise<Two> => {
  const person = `p${(next += 1)}`
  const inPrivate = someone(sandbox, person)
  if (hasApp) await inPrivate.say('hello')
  const here = someone(sandbox, person, place)
  const other = someone(sandbox, 'jane', place)
  const messages = () => sandbox.teams.messages().filter(({ chat, to }) => chat === here.chat && to === undefined)
  return { here, inPrivate, colleague: { ...other, messages } }
}

const say = (who: Someone, text: string, options?: { alone: boolean }) => experience(who, () => who.say(text, options))
const saidBy = (messages: readonly ChatMessage[]) => messages.filter(({ from }) => from === 'bot')
const textIn = (who: Someone) => saidBy(who.messages()).map(textOf).join('\n')
/** What came into the private chat meanwhile. */
const meanwhile = async ({ inPrivate }: Two, work: () => Promise<unknown>) => experience(inPrivate, async () => ({ status: (await work(), 200) }))

/** At the third step of a guide, which all can see. */
const atStep3 = async ({ here }: Two) => {
  await here.say(asked)
  await here.press('Start')
  await here.press('Done, next')
  await here.press('Done, next')
}

describe.each(['groupChat', 'channel'] as const)('in a %s', (place) => {
  test('“walk me through it” begins the guide in private, which goes on at the step that is shown; one line stays', async () => {
    const two = await somebody(place)
    await atStep3(two)
    let line = ''
    const there = await meanwhile(two, async () => {
      const { fresh, text } = await say(two.here, 'walk me through it')
      expect(fresh).toHaveLength(1)
      line = text
    })
    expect(line).toContain(opened)
    expect(there.fresh).toHaveLength(1)
    expect(there.text).toContain(place === 'channel' ? 'You asked for this in a channel' : 'You asked for this in a group chat')
    expect(there.text).toContain('Step 3 of 6')
    expect(there.text).toContain('How does your company buy from Microsoft?')
    expect((await startSteps(two.inPrivate, 'web')).text).toContain('Step 3 of 6')
    await two.inPrivate.press('Back')
    expect((await two.inPrivate.press('Done, next')).text).toContain('Step 3 of 6')
    // What the person does there moves nobody's page.
    expect((await say(two.here, 'where are we')).text).toContain('Step 3 of 6')
  })

  test('the button does the same, in its answer: the card stays, and nobody else is told', async () => {
    const two = await somebody(place)
    await atStep3(two)
    const there = await meanwhile(two, async () => {
      const { fresh, text } = await experience(two.here, () => two.here.press('Go through it in private'))
      expect(fresh).toEqual([])
      expect(text).toContain(opened)
    })
    expect(there.text).toContain('Step 3 of 6')
  })

  test('“check my role” is looked up in private; in the thread nothing of it', async () => {
    const two = await somebody(place)
    const there = await meanwhile(two, () => say(two.here, 'check my role'))
    expect(there.text).toMatch(/role/i)
    expect(there.fresh).toHaveLength(1)
    expect(textIn(two.colleague)).toContain(opened)
    expect(textIn(two.colleague)).not.toContain(role)
  })

  test('who has not added the app is told how, alone, with a link; nothing begins', async () => {
    const two = await somebody(place, { hasApp: false })
    sandbox.faults.absent = [two.here.person]
    const { fresh, text } = await say(two.here, 'my guides')
    sandbox.faults.absent = []
    expect(fresh).toMatchObject([{ to: two.here.person }])
    expect(text).toContain(notInstalled)
    expect(JSON.stringify(fresh)).toContain('https://teams.microsoft.com/l/chat/0/0?users=28:')
    expect(textIn(two.colleague)).not.toContain(notInstalled)
    expect(two.inPrivate.messages()).toEqual([])
  })

  test('where no message can be for one person alone, the line is for everybody and says nothing of them', async () => {
    const two = await somebody(place, { hasApp: false })
    Object.assign(sandbox.faults, { absent: [two.here.person], targeted: 'refused' })
    const { fresh } = await say(two.here, 'what is my role?')
    Object.assign(sandbox.faults, { absent: [], targeted: 'fine' })
    expect(fresh).toHaveLength(1)
    expect(textIn(two.colleague)).toContain(notInstalled)
    expect(textIn(two.colleague)).not.toMatch(/my role|Administrator/)
  })
})

test('in a team the app is in, whoever did not add it can be written to all the same', async () => {
  const two = await somebody('channel', { hasApp: false })
  const there = await meanwhile(two, () => say(two.here, 'my guides'))
  expect(there.fresh).toHaveLength(1)
  expect(textIn(two.colleague)).toContain(opened)
})

test('an id is looked up in private, and is said nowhere else', async () => {
  const two = await somebody('groupChat')
  const there = await meanwhile(two, () => say(two.here, 'is 77777777-6666-4555-8444-333333333333 in our tenant?'))
  expect(there.fresh).toHaveLength(1)
  expect(there.text).toMatch(/subscription/i)
  expect(textIn(two.colleague)).not.toContain('77777777')
})

test('a guide that the person is in stays where they are; the step shown to all is one press away', async () => {
  const two = await somebody('groupChat')
  await two.inPrivate.say(asked)
  await startSteps(two.inPrivate, 'web')
  await atStep3(two)
  const there = await meanwhile(two, () => say(two.here, 'walk me through it'))
  expect(there.text).toContain('Step 1 of 6')
  expect((await two.inPrivate.press('Go to step 3')).text).toContain('Step 3 of 6')
})

test('each in their own language: a French colleague has French in private, whatever language the card is in', async () => {
  const two = await somebody('groupChat')
  await atStep3(two)
  await two.inPrivate.say('passer au français')
  const there = await meanwhile(two, () => two.here.press('Go through it in private'))
  expect(there.text).toContain('Étape 3 sur 6')
})

test('what comes twice is begun once', async () => {
  const two = await somebody('groupChat')
  await two.here.say('hello')
  const spot = { person: two.here.person, chat: two.here.chat, locale: 'en-US' }
  const there = await meanwhile(two, () => sandbox.teams.sendTwice({ ...spot, text: 'my guides', mention: true }))
  expect(there.fresh).toHaveLength(1)
  let first: activities.Activity | undefined
  const deliver = () => sandbox.teams.deliver(spot, (setting) => (first ??= activities.message(setting, `${two.here.person}-again`, 'plain text', true)))
  expect((await meanwhile(two, deliver)).fresh).toHaveLength(1)
  expect((await meanwhile(two, deliver)).fresh).toHaveLength(0)
  expect(saidBy(two.colleague.messages())).toHaveLength(3)
})

test('a redelivery after the line was lost begins nothing twice, and shows the line', async () => {
  const two = await somebody('groupChat')
  await two.here.say('hello')
  const spot = { person: two.here.person, chat: two.here.chat, locale: 'en-US' }
  let first: activities.Activity | undefined
  const deliver = () => sandbox.teams.deliver(spot, (setting) => (first ??= activities.message(setting, `${two.here.person}-lost`, 'my guides', true)))
  sandbox.connector.fail({ status: 500, code: 'ServiceError' }, Number.POSITIVE_INFINITY, { conversation: two.here.id() })
  expect((await meanwhile(two, deliver)).fresh).toHaveLength(1)
  expect(textIn(two.colleague)).not.toContain(opened)
  sandbox.connector.recover({ conversation: two.here.id() })
  expect((await meanwhile(two, deliver)).fresh).toHaveLength(0)
  expect(textIn(two.colleague)).toContain(opened)
})

test('a lost line is never begun for whoever comes by next', async () => {
  const two = await somebody('groupChat')
  const jane = someone(sandbox, 'jane')
  await jane.say('hello')
  sandbox.connector.fail({ status: 500, code: 'ServiceError' }, Number.POSITIVE_INFINITY, { conversation: two.here.id() })
  await two.here.say('my guides')
  sandbox.connector.recover({ conversation: two.here.id() })
  const before = jane.messages().length
  await sandbox.teams.say({ person: 'jane', chat: two.here.chat, locale: 'en-US', text: 'hello', mention: true })
  expect(jane.messages()).toHaveLength(before)
  expect(textIn(two.colleague)).toContain("Let's do that in private")
})

describe('other failures are said honestly, with the link', () => {
  test.each([
    ['an error', { status: 500, code: 'ServiceError' }],
    ['too many requests', { status: 429, code: 'Throttled', retryAfterSeconds: 30 }],
    ['no answer', 'hang' as const],
  ])('%s', async (_, trouble) => {
    const two = await somebody('groupChat')
    sandbox.connector.fail(trouble, Number.POSITIVE_INFINITY, createConversation)
    const { status, fresh, text, ms } = await say(two.here, 'my guides')
    sandbox.connector.recover(createConversation)
    expect([status, fresh.length]).toEqual([200, 1])
    expect(text).toContain(notOpened)
    expect(JSON.stringify(fresh)).toContain('https://teams.microsoft.com/l/chat/0/0?users=28:')
    expect(ms).toBeLessThan(15_000)
  })

  test('and so is an answer that did not get there; it is owed there', async () => {
    const two = await somebody('groupChat')
    sandbox.connector.fail({ status: 500, code: 'ServiceError' }, Number.POSITIVE_INFINITY, { conversation: two.inPrivate.id() })
    expect((await say(two.here, 'my guides')).text).toContain(notOpened)
    sandbox.connector.recover({ conversation: two.inPrivate.id() })
    expect((await two.inPrivate.say('next')).text).toContain('did not reach you')
  })
})

describe('what one colleague alone asks', () => {
  test('is answered for them alone, in the thread, and changes nothing for the others', async () => {
    const two = await somebody('groupChat')
    await atStep3(two)
    const { fresh, text } = await say(two.here, 'what is a tenant?', { alone: true })
    expect(fresh).toMatchObject([{ to: two.here.person }])
    expect(text).toContain('What a tenant is')
    expect(textIn(two.colleague)).not.toContain('What a tenant is')
    const sent = callsTo(sandbox, 'connector').at(-1)
    expect(sent?.path).toContain('isTargetedActivity=true')
    expect(sent?.request).toMatchObject({
      recipient: { id: expect.stringContaining('29:') },
      entities: [
        { type: 'activityTreatment', treatment: 'targeted' },
        { type: 'targetedMessageInfo', messageId: expect.any(String) },
      ],
    })
    expect((await say(two.here, 'next')).text).toContain('Step 4 of 6')
  })

  test('goes on in their private chat where it has steps', async () => {
    const two = await somebody('groupChat')
    await atStep3(two)
    const there = await meanwhile(two, async () => {
      expect((await say(two.here, 'next', { alone: true })).fresh).toMatchObject([{ to: two.here.person }])
    })
    expect(there.text).toContain('Step 3 of 6')
    expect((await say(two.here, 'where are we')).text).toContain('Step 3 of 6')
  })

  test('is met with a line for everybody where it cannot be answered for them alone', async () => {
    const two = await somebody('groupChat')
    sandbox.faults.targeted = 'refused'
    await say(two.here, 'what is a tenant?', { alone: true })
    sandbox.faults.targeted = 'fine'
    expect(textIn(two.colleague)).toContain("Let's do that in private")
    expect(textIn(two.colleague)).not.toContain('What a tenant is')
  })
})

test('who wrote a secret where others read along is told alone', async () => {
  const two = await somebody('groupChat')
  const { fresh, text } = await say(two.here, 'my password is Xk9!kk22pp')
  expect(fresh).toMatchObject([{ to: two.here.person }])
  expect(text).toContain('Please do not share that here')
})
