/** An answer that was kept and not shown, an activity that comes again, a welcome that was not sent: what happens next? */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { experience, someone, type Experience, type Someone } from '../support/experience'
import { activities, conversation, findAction, startSandbox, type Sandbox, startSteps } from '../support/harness'

const faultSchema = z.strictObject({
  method: z.enum(['POST', 'PUT']),
  status: z.int().optional(),
  code: z.string().default('Error'),
  retryAfterSeconds: z.int().optional(),
  slowMs: z.int().optional(),
  times: z.int(),
})

const actSchema = z.strictObject({
  say: z.string().optional(),
  press: z.string().optional(),
  inputs: z.record(z.string(), z.string()).optional(),
  older: z.boolean().optional(),
  /** A message with an id of its own, to be delivered more than once. */
  deliver: z.strictObject({ id: z.string(), text: z.string() }).optional(),
})
type Act = z.infer<typeof actSchema>

const expectationSchema = z.strictObject({
  says: z.array(z.string()).default([]),
  never: z.array(z.string()).default([]),
  messages: z.int().optional(),
  inPlace: z.boolean().optional(),
})

const reportedSchema = z.strictObject({
  id: z.string(),
  /** Where people reported it. */
  source: z.string(),
  intent: z.string(),
  place: z.enum(['personal', 'groupChat', 'channel']),
  locale: z.string(),
  turns: z.array(actSchema.extend({ fault: faultSchema.optional(), concurrent: z.array(actSchema).optional(), expect: expectationSchema.optional() })),
})

/** Troubles that others have had with the same connector. */
const folder = join(__dirname, 'turn-cases')
const reported = readdirSync(folder).map((name, index) => ({
  ...reportedSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  person: `p${index + 1}`,
}))

let sandbox: Sandbox
let next = reported.length
/** Of whom nothing is known yet. */
const somebody = (place?: Parameters<typeof someone>[2]) => someone(sandbox, `p${(next += 1)}`, place)

beforeAll(async () => {
  sandbox = await startSandbox({ crowd: reported.length + 30 })
})
afterAll(() => sandbox.stop())

const owedNote = 'did not reach you'
const lasting = Number.POSITIVE_INFINITY
const refused = { status: 500, code: 'ServiceError' } as const

const say = (who: Someone, text: string) => experience(who, () => who.say(text))
const press = (who: Someone, title: string, older = false) => experience(who, () => who.press(title, { older }))

/** While nothing gets to them. */
const unreachable = async (who: Someone, work: () => Promise<Experience>): Promise<Experience> => {
  sandbox.connector.fail(refused, lasting, { conversation: who.id() })
  const experienced = await work()
  sandbox.connector.recover({ conversation: who.id() })
  return experienced
}

/** The very same activity, however often. */
const activityOf = (who: Someone, build: (setting: activities.Setting) => activities.Activity) => {
  let first: activities.Activity | undefined
  return () => experience(who, () => sandbox.teams.deliver({ person: who.person, chat: who.chat, locale: 'en-US' }, (setting) => (first ??= build(setting))))
}
const typed = (who: Someone, text: string) =>
  activityOf(who, (setting) => activities.message(setting, `${who.person}-${text}`, text, setting.chat.place !== 'personal'))

/** At the first step of a guide. */
const atStep1 = async (who: Someone): Promise<Someone> => {
  await who.say('Link Azure and Microsoft 365')
  await startSteps(who, 'unknown')
  return who
}

describe('as others have reported it', () => {
  const act = (who: Someone, { say: text, press: title, inputs, older, deliver }: Act) => {
    if (text !== undefined) return who.say(text)
    // They pressed a card that asked for both at once.
    if (title !== undefined && inputs?.contract && inputs.account) return startSteps(who, inputs.contract, { ...(older && { older }) })
    if (title !== undefined) return who.press(title, { ...(inputs && { inputs }), ...(older && { older }) })
    if (!deliver) return Promise.resolve({ status: 200 })
    return sandbox.teams.deliver({ person: who.person, chat: who.chat, locale: 'en-US' }, (setting) => activities.message(setting, deliver.id, deliver.text))
  }

  test.each(reported)('$id: $intent', async ({ person, place, locale, turns }) => {
    const who = someone(sandbox, person, place, locale)
    for (const { fault, concurrent, expect: expected, ...alone } of turns) {
      if (fault) {
        const { method, status, code, retryAfterSeconds, slowMs, times } = fault
        sandbox.connector.fail(slowMs === undefined ? { status: status ?? 500, code, ...(retryAfterSeconds && { retryAfterSeconds }) } : { slowMs }, times, {
          method,
          conversation: who.id(),
        })
      }
      const { status, fresh, changed, text } = await experience(
        who,
        async () => (await Promise.all((concurrent ?? [alone]).map((each) => act(who, each))))[0] ?? { status: 0 },
      )
      expect(status).toBe(200)
      for (const words of expected?.says ?? []) expect(text).toContain(words)
      for (const words of expected?.never ?? []) expect(text).not.toContain(words)
      if (expected?.messages !== undefined) expect(fresh).toHaveLength(expected.messages)
      if (expected?.inPlace !== undefined) expect([fresh.length, changed.length]).toEqual(expected.inPlace ? [0, 1] : [1, 0])
    }
  })
})

describe('an answer that was not shown', () => {
  test('is owed to the person, whatever they say next; nothing moves before it was seen', async () => {
    const who = await atStep1(somebody())
    expect((await unreachable(who, () => say(who, 'next'))).fresh).toEqual([])
    expect((await unreachable(who, () => say(who, 'next'))).fresh).toEqual([])
    const shown = await say(who, 'start over')
    expect(shown.text).toContain(owedNote)
    expect(shown.text).toContain('Step 2 of 9')
    expect((await say(who, 'next')).text).toContain('Step 3 of 9')
  })

  test('is shown by a press as well, in its answer', async () => {
    const who = await atStep1(somebody())
    await unreachable(who, () => say(who, 'next'))
    const shown = await press(who, 'Done, next')
    expect(shown.changed).toHaveLength(1)
    expect(shown.text).toContain(owedNote)
    expect(shown.text).toContain('Step 2 of 9')
    expect((await press(who, 'Done, next')).text).toContain('Step 3 of 9')
  })

  test('is the answer to a question too, in the language it was asked in', async () => {
    const who = await atStep1(somebody())
    await unreachable(who, () => say(who, 'c’est quoi un tenant ?'))
    const shown = await say(who, 'next')
    expect(shown.text).toContain('ne vous est pas parvenue')
    expect(shown.text).toContain('Qu’est-ce qu’un locataire')
    expect((await say(who, 'next')).text).toContain('Step 2 of 9')
  })

  test('when neither a card can be changed nor a message sent', async () => {
    const who = await atStep1(somebody())
    const lost = await unreachable(who, () => press(who, 'Done, next', true))
    expect([lost.status, lost.fresh, lost.changed]).toEqual([200, [], []])
    const shown = await press(who, 'Done, next', true)
    expect(shown.text).toContain(owedNote)
    expect(shown.text).toContain('Step 2 of 9')
  })

  test('in a group is owed to all who read along, whoever speaks', async () => {
    const who = somebody('groupChat')
    await who.say('Link Azure and Microsoft 365')
    await unreachable(who, () => say(who, 'next'))
    const kelley = conversation(sandbox, { chat: who.chat })
    const shown = await kelley.say('what is a tenant?')
    expect(shown.text).toContain(owedNote)
    expect(shown.text).toContain('Step 1 of 9')
    expect((await kelley.say('what is a tenant?')).text).toContain('What a tenant is')
  })

  test('holds up neither the next word, for longer than a turn, nor anybody else', async () => {
    const [who, other] = [await atStep1(somebody()), somebody()]
    sandbox.connector.fail('hang', lasting, { conversation: who.id() })
    const hung = say(who, 'next').finally(() => sandbox.connector.recover({ conversation: who.id() }))
    const waiting = sleep(300).then(() => say(who, 'next'))
    expect((await say(other, 'what is a tenant?')).ms).toBeLessThan(5_000)
    expect((await hung).ms).toBeLessThan(12_000)
    const shown = await waiting
    expect(shown.ms).toBeLessThan(14_000)
    expect(shown.text).toContain(owedNote)
    expect(shown.text).toContain('Step 2 of 9')
  })

  test('is forgotten with the person: nothing of it comes back', async () => {
    const who = await atStep1(somebody())
    await unreachable(who, () => say(who, 'forget me'))
    await say(who, 'hello')
    await unreachable(who, () => press(who, 'Yes, forget me', true))
    const said = await say(who, 'which step am I on?')
    expect(said.text).toContain('No guide is open')
    expect(said.text).not.toContain(owedNote)
  })
})

describe('an activity that comes again', () => {
  test('is not answered twice when its answer was shown, nor applied', async () => {
    const who = await atStep1(somebody())
    const nextAgain = typed(who, 'next')
    expect((await nextAgain()).text).toContain('Step 2 of 9')
    expect(await nextAgain()).toMatchObject({ status: 200, fresh: [], changed: [] })
    expect((await say(who, 'which step am I on?')).text).toContain('Step 2 of 9')
  })

  test('is answered when its answer was not shown, once, and not applied', async () => {
    const who = await atStep1(somebody())
    const nextAgain = typed(who, 'next')
    await unreachable(who, nextAgain)
    const shown = await nextAgain()
    expect(shown.text).toContain('Step 2 of 9')
    expect(shown.text).not.toContain(owedNote)
    expect((await nextAgain()).fresh).toEqual([])
    expect((await say(who, 'next')).text).toContain('Step 3 of 9')
  })

  test('while its first is under way has the same answer', async () => {
    const who = await atStep1(somebody())
    const nextAgain = typed(who, 'next')
    sandbox.connector.fail({ slowMs: 800 }, 1, { conversation: who.id(), method: 'POST' })
    const shown = await experience(who, async () => (await Promise.all([nextAgain(), nextAgain(), nextAgain()]))[0])
    expect(shown.fresh).toHaveLength(1)
    expect((await say(who, 'which step am I on?')).text).toContain('Step 2 of 9')
  })

  test('as a press by Action.Submit is not answered twice either', async () => {
    const who = await atStep1(somebody())
    const card = who.messages().findLast(({ cards }) => findAction(cards, 'Done, next'))
    const again = activityOf(who, (setting) => activities.submit(setting, card?.id ?? '', findAction(card?.cards ?? [], 'Done, next')?.data))
    expect((await again()).changed).toHaveLength(1)
    expect(await again()).toMatchObject({ status: 200, fresh: [], changed: [] })
    expect((await say(who, 'which step am I on?')).text).toContain('Step 2 of 9')
  })

  test('as a press by Action.Execute is told how things stand, in the language of its card, and opens nothing', async () => {
    const who = await atStep1(somebody())
    const card = who.messages().findLast(({ cards }) => findAction(cards, 'Done, next'))
    const data = findAction(card?.cards ?? [], 'Done, next')?.data
    let invoke: activities.Activity | undefined
    const again = () => sandbox.teams.post((invoke ??= activities.execute(settingOf(who), card?.id ?? '', { type: 'Action.Execute', data })))
    expect(JSON.stringify(await again())).toContain('Step 2 of 9')
    await say(who, 'Add Azure to Microsoft 365')
    expect(JSON.stringify(await again())).toContain('Step 2 of 9')
    expect((await say(who, 'which step am I on?')).text).toContain('Add Azure to Microsoft 365')
  })
})

/** As Teams would say who and where somebody is. */
const settingOf = (who: Someone): activities.Setting => {
  let seen: activities.Setting | undefined
  void sandbox.teams.deliver({ person: who.person, chat: who.chat, locale: 'en-US' }, (setting) => activities.reaction((seen = setting), '1', 'like'))
  if (!seen) throw new Error(`${who.person} is nowhere`)
  return seen
}

describe('a welcome counts when it was sent', () => {
  const installed = (who: Someone) =>
    sandbox.teams.deliver({ person: who.person, chat: who.chat, locale: 'en-US' }, (setting) => activities.installation(setting, 'add'))
  const welcomes = (who: Someone) => who.messages().filter(({ from }) => from === 'bot').length

  test.each(['personal', 'groupChat'] as const)('in %s: the next event greets when the first could not, once', async (place) => {
    const who = somebody(place)
    await unreachable(who, () => experience(who, who.open))
    expect(welcomes(who)).toBe(0)
    await installed(who)
    expect(welcomes(who)).toBe(1)
    await installed(who)
    expect(welcomes(who)).toBe(1)
  })

  test('the other one of Teams’ two events does, when only the first fails', async () => {
    const who = somebody()
    sandbox.connector.fail(refused, 1, { conversation: who.id() })
    await who.open()
    expect(welcomes(who)).toBe(1)
  })

  test('an answer that is owed is not lost for it', async () => {
    const who = await atStep1(somebody())
    await unreachable(who, () => say(who, 'next'))
    await installed(who)
    expect(welcomes(who)).toBeGreaterThan(0)
    expect((await say(who, 'next')).text).toContain(owedNote)
  })
})
