/** Thumbs under answers, what is ticked and written behind them, "that was wrong" in words, questions not understood: what is counted, and what is not kept? */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Count, OfBuild } from '../../src/insight/counts'
import type { Activity, Setting } from '../../src/sandbox/activities'
import { run } from '../../src/tools/insight'
import { activities, callsTo, conversation, startSandbox, startSteps, type Sandbox } from '../support/harness'

let folder: string
let sandbox: Sandbox

const begin = async (env: Record<string, string> = {}) => {
  folder = await mkdtemp(join(tmpdir(), 'onetenant-feedback-'))
  sandbox = await startSandbox({ stateFolder: folder, env })
}
const end = async () => {
  await sandbox.stop()
  await rm(folder, { recursive: true, force: true })
}

const spot = { person: 'kelley', chat: 'personal-kelley', locale: 'en-US' }

/** Read while the bot runs, as an operator does. */
const counted = async (): Promise<readonly OfBuild[]> => {
  const lines: string[] = []
  const environment = {
    MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
    MicrosoftAppPassword: 'x',
    MicrosoftAppTenantId: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34',
    STATE_STORE: `file:${folder}`,
  }
  expect(await run(environment, true, { out: (line) => lines.push(line), say: (line) => lines.push(line) })).toBe(0)
  return JSON.parse(lines.join('\n'))
}

const rows = async () => (await counted()).flatMap(({ counts }) => counts)
const sees = (wanted: Partial<Count>) =>
  (async () => {
    const until = Date.now() + 8_000
    for (;;) {
      const found = (await rows()).find((row) => Object.entries(wanted).every(([name, value]) => row[name as keyof Count] === value))
      if (found) return found
      if (Date.now() > until) throw new Error(`not counted: ${JSON.stringify(wanted)} in ${JSON.stringify(await rows())}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })()

const ask = (message: string, reaction: 'like' | 'dislike', where = spot) =>
  sandbox.teams.deliver(where, (setting): Activity => {
    const thumb = activities.feedback(setting, reaction, '')
    return { ...thumb, name: 'message/fetchTask', replyToId: message, value: { actionName: 'feedback', actionValue: { reaction } } }
  })

const give = (message: string, reaction: 'like' | 'dislike', feedback: unknown, where = spot, id?: string) =>
  sandbox.teams.deliver(where, (setting: Setting): Activity => ({
    ...activities.feedback(setting, reaction, ''),
    ...(id && { id }),
    replyToId: message,
    value: { actionName: 'feedback', actionValue: { reaction, feedback } },
  }))

/** What Microsoft's own parser finds wrong with a card. */
const problemsIn = (card: unknown): readonly string[] => {
  const { AdaptiveCard, SerializationContext, Versions } = jest.requireActual('adaptivecards/dist/adaptivecards.js')
  const [context, parsed] = [new SerializationContext(Versions.v1_5), new AdaptiveCard()]
  parsed.parse(card, context)
  const found: readonly { message: string }[] = [
    ...Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index)),
    ...parsed.validateProperties().validationEvents,
  ]
  return found.map(({ message }) => message)
}

const formIn = (): Record<string, unknown> => Object(Object(Object(callsTo(sandbox, 'bot').at(-1)?.response).task).value)

describe('by default', () => {
  beforeAll(() => begin())
  afterAll(end)

  test('every answer, step and end has thumbs; talk about the bot itself has none', async () => {
    const sent = () => Object(callsTo(sandbox, 'connector').at(-1)?.request)
    const kelley = conversation(sandbox)
    await kelley.open()
    expect(sent().channelData).toBeUndefined()
    for (const text of ['what is a tenant?', 'we have microsoft 365 and want azure']) {
      await kelley.say(text)
      expect(sent().channelData).toEqual({ feedbackLoop: { type: 'custom' } })
      expect(sent()).not.toHaveProperty('channelData.feedbackLoopEnabled')
    }
    await kelley.say('help')
    expect(sent().channelData).toBeUndefined()
  })

  test('a thumb opens a form in the language of the answer, which is a sound card', async () => {
    const [message] = (await conversation(sandbox).say('what is a tenant?')).messages
    expect((await ask(message?.id ?? '', 'dislike')).status).toBe(200)
    expect(formIn().title).toBe('Feedback')
    const { contentType, content } = Object(formIn().card)
    expect(contentType).toBe('application/vnd.microsoft.card.adaptive')
    expect(problemsIn(content)).toEqual([])
    expect(JSON.stringify(content)).toMatch(/What was wrong\?.*It is out of date.*nobody keeps them/)
    const [french] = (await conversation(sandbox, { person: 'jane', locale: 'fr-FR' }).say('qu’est-ce qu’un locataire ?')).messages
    await ask(french?.id ?? '', 'like', { ...spot, person: 'jane', chat: 'personal-jane' })
    expect(JSON.stringify(formIn())).toMatch(/Votre avis.*Qu’est-ce qui était bien/)
  })

  test('what is ticked is counted for the answer’s topic, what is written is not kept, and nothing is sent', async () => {
    const [message] = (await conversation(sandbox).say('what is a tenant?')).messages
    const before = callsTo(sandbox, 'connector').length
    const said = 'Zanzibar is where I stopped reading'
    const { status } = await give(message?.id ?? '', 'dislike', JSON.stringify({ reasons: 'outdated,too-long,made-up', feedbackText: said }), spot, 'thumb-1')
    await give(message?.id ?? '', 'dislike', JSON.stringify({ reasons: 'outdated,too-long,made-up', feedbackText: said }), spot, 'thumb-1')
    expect([status, callsTo(sandbox, 'connector').length]).toEqual([200, before])
    expect(await sees({ kind: 'down', topic: 'tenant-basics', reason: '' })).toMatchObject({ count: 1 })
    expect(await sees({ kind: 'down', topic: 'tenant-basics', reason: 'outdated' })).toMatchObject({ count: 1 })
    expect((await rows()).map(({ reason }) => reason)).not.toContain('made-up')
    expect(JSON.stringify(await counted())).not.toContain('Zanzibar')
  })

  test('a step is told from the others of its guide, in a shared place too', async () => {
    const tricia = conversation(sandbox, { person: 'tricia' })
    await tricia.say('we have microsoft 365 and want azure')
    const reply = await startSteps(tricia, 'web')
    await give(reply.messages[0]?.id ?? '', 'like', '', { ...spot, person: 'tricia', chat: 'personal-tricia' })
    expect(await sees({ kind: 'up', topic: 'azure-for-m365', step: 'open-sign-up' })).toMatchObject({ count: 1 })
    const group = conversation(sandbox, { chat: 'group' })
    const [shared] = (await group.say('which role do I need?')).messages
    await give(shared?.id ?? '', 'like', { reasons: 'clear' }, { ...spot, chat: 'group' })
    expect(await sees({ kind: 'up', topic: 'required-role', reason: 'clear' })).toMatchObject({ count: 1 })
  })

  test('under a message nobody remembers it is counted as of nothing in particular; what cannot be read is refused', async () => {
    expect((await give('no-such-message', 'like', 'nice')).status).toBe(200)
    expect(await sees({ kind: 'up', topic: '' })).toMatchObject({ count: 1 })
    for (const value of [{}, null, { actionName: 'feedback', actionValue: { reaction: 'meh' } }, { actionName: 'other', actionValue: { reaction: 'like' } }])
      expect((await sandbox.teams.deliver(spot, (setting) => ({ ...activities.feedback(setting, 'like', ''), value }))).status).toBe(400)
  })

  test.each([
    ['en-US', 'what is a tenant?', 'that was wrong', 'Tell me how I did'],
    ['fr-FR', 'qu’est-ce qu’un locataire ?', 'votre réponse est fausse', 'Dites-moi'],
  ])('“that was wrong” in words counts for the last answer (%s)', async (locale, question, wrong) => {
    const sasha = conversation(sandbox, { person: 'sasha', locale })
    await sasha.say(question)
    const before = (await rows()).find(({ kind }) => kind === 'said-wrong')?.count ?? 0
    await sasha.say(wrong)
    expect((await sees({ kind: 'said-wrong', topic: 'tenant-basics', count: before + 1 })).count).toBe(before + 1)
  })

  test('praise in words is not counted as a fault', async () => {
    const morgan = conversation(sandbox, { person: 'morgan' })
    const before = (await rows()).filter(({ kind }) => kind === 'said-wrong')
    await morgan.say('what is a tenant?')
    await morgan.say('great bot, good answer')
    await morgan.say('how do I boil an egg in a microwave oven?')
    await sees({ kind: 'not-sure' })
    expect((await rows()).filter(({ kind }) => kind === 'said-wrong')).toEqual(before)
  })

  test('a question that was not understood is counted by what it was nearest to, without a word of it', async () => {
    await conversation(sandbox).say('purple elephants singing about parking spaces')
    const found = await sees({ kind: 'not-sure' })
    expect(found.confidence).toMatch(/^\d\.\d$/)
    expect(JSON.stringify(await counted())).not.toMatch(/elephant/)
  })

  test('the report for people names what was counted', async () => {
    const lines: string[] = []
    await run(
      {
        MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
        MicrosoftAppPassword: 'x',
        MicrosoftAppTenantId: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34',
        STATE_STORE: `file:${folder}`,
      },
      false,
      { out: (line) => lines.push(line), say: (line) => lines.push(line) },
    )
    expect(lines.join('\n')).toMatch(/Build \d+\.\d+\.\d+\n[\s\S]*Thumbs up: \d[\s\S]*at open-sign-up[\s\S]*Thumbs down: \d[\s\S]*ticked: outdated/)
  })
})

describe('with FEEDBACK_TEXT=keep', () => {
  beforeAll(() => begin({ FEEDBACK_TEXT: 'keep' }))
  afterAll(end)

  test('the form says that comments are kept, and they are, without a name, over a restart', async () => {
    const [message] = (await conversation(sandbox).say('what is a tenant?')).messages
    await ask(message?.id ?? '', 'dislike')
    expect(JSON.stringify(formIn())).toContain('the people who run this bot keep them, without your name')
    await give(message?.id ?? '', 'dislike', JSON.stringify({ reasons: '', feedbackText: 'The third sentence is too long.' }))
    await sandbox.bot.restart()
    const [build] = await counted()
    expect(build?.comments).toEqual([{ kind: 'down', topic: 'tenant-basics', step: '', at: expect.any(String), text: 'The third sentence is too long.' }])
  })
})
