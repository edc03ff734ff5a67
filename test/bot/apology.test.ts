/** When a turn fails before it was kept: an apology that is true, in the right words and place, that the operator finds in the log. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { arrivalOf } from '../../src/bot/incoming'
import { hashedKey } from '../../src/runs/record-keys'
import { experience, someone, type Experience, type Someone } from '../support/experience'
import { activities, eventually, findAction, logOf, startSandbox, type Sandbox, startSteps } from '../support/harness'

const recordKey = 'of-these-tests-only-0123456789-abcdef'
let sandbox: Sandbox
let next = 0
const somebody = (place?: Parameters<typeof someone>[2], locale?: string) => someone(sandbox, `p${(next += 1)}`, place, locale)

const folder = mkdtempSync(join(tmpdir(), 'faulty-store-'))
const faultFile = join(folder, 'fault')
const stateFolder = join(folder, 'state')

beforeAll(async () => {
  sandbox = await startSandbox({
    script: join(__dirname, 'bot-and-faulty-store.cjs'),
    env: { STORE_FAULT_FILE: faultFile, RECORD_KEY: recordKey },
    stateFolder,
    crowd: 20,
  })
})
afterAll(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
})

const say = (who: Someone, text: string) => experience(who, () => who.say(text))

type Fault = 'get fail' | 'get hang' | 'put fail' | 'put hang' | 'put late'

/** Of whom a fault is, by the end of the key of their record. */
const faults = new Map<string, Fault>()
/** Renamed into place: a file that is being written is empty for a moment, and the bot reads it at each call. */
const writeFaults = (lines: string) => {
  writeFileSync(`${faultFile}.new`, lines)
  renameSync(`${faultFile}.new`, faultFile)
}
const write = () => writeFaults([...faults].map(([key, fault]) => `${fault} ${key}`).join('\n'))

/** The key of their record, or of their group's. */
const keyOf = (who: Someone): string => {
  let key = ''
  void sandbox.teams.deliver({ person: who.person, chat: who.chat, locale: 'en-US' }, (setting) => {
    const arrival = arrivalOf(activities.message(setting, '1', 'x', true) as never)
    key = hashedKey(recordKey, arrival?.kind === 'shared' ? `threads/${arrival.incoming.chat}` : `people/${arrival?.sender.key}`)
    return activities.reaction(setting, '1', 'like')
  })
  return key
}

/** While the store is broken for this one's record, or that of the group they are in. */
const broken = async <T>(fault: Fault, who: Someone, work: () => Promise<T>): Promise<T> => {
  const key = keyOf(who)
  faults.set(key, fault)
  write()
  try {
    return await work()
  } finally {
    faults.delete(key)
    write()
  }
}

const atStep1 = async (who: Someone): Promise<Someone> => {
  await who.say('Link Azure and Microsoft 365')
  await startSteps(who, 'unknown')
  return who
}

/** The log lines under the reference that the person was given. They take a way of their own, so an answer may be here first. */
const linesUnder = async (text: string) => {
  const reference = /\b[0-9a-f]{8}\b/.exec(text)?.[0]
  const lines = () => logOf(sandbox).filter((line) => reference !== undefined && line.reference === reference)
  // The turn's own line is the last.
  await eventually(() => lines().some(({ msg }) => msg === 'turn'), `the log lines with the reference ${reference}`)
  return lines()
}

test('what could not be read was not carried out, and can be said again', async () => {
  const who = await atStep1(somebody())
  const failed = await broken('get fail', who, () => say(who, 'next'))
  expect(failed.fresh).toHaveLength(1)
  expect(failed.text).toContain('was not carried out')
  expect(await linesUnder(failed.text)).toEqual([
    expect.objectContaining({ level: 50, msg: 'a turn failed', type: 'message', error: expect.objectContaining({ at: expect.any(Array) }) }),
    expect.objectContaining({ level: 30, msg: 'turn', outcome: 'failed' }),
  ])
  expect((await say(who, 'next')).text).toContain('Step 2 of 9')
})

test('what could not be written may have been carried out, which is said; a button shows how things stand', async () => {
  const who = await atStep1(somebody())
  const failed = await broken('put fail', who, () => say(who, 'next'))
  expect(failed.text).toContain('whether that was saved')
  expect(failed.text).not.toContain('was not carried out')
  await linesUnder(failed.text)
  const shown = await experience(who, () => who.press('Show where I am'))
  expect(shown.text).toContain('Step 1 of 9')
  const said = logOf(sandbox).find(({ msg }) => String(msg).startsWith('the store cannot be used'))
  expect(said).toMatchObject({
    level: 50,
    setting: 'STATE_STORE',
    cause: expect.stringContaining('cannot be written'),
    fix: expect.stringContaining('its disk'),
  })
  await eventually(() => logOf(sandbox).some(({ msg }) => msg === 'the store can be used again'), 'the line that it is over')
})

test('a press is apologised to inside its answer', async () => {
  const who = await atStep1(somebody())
  const failed = await broken('put fail', who, () => experience(who, () => who.press('Done, next')))
  expect([failed.status, failed.fresh, failed.changed.length]).toEqual([200, [], 1])
  expect(failed.text).toContain('whether that was saved')
  expect(await linesUnder(failed.text)).toEqual([expect.objectContaining({ type: 'invoke' }), expect.objectContaining({ msg: 'turn', outcome: 'failed' })])
})

test('a press in a group is too, with nothing on the card that belongs to one person', async () => {
  const who = somebody('groupChat')
  await who.say('Link Azure and Microsoft 365')
  await who.say('next')
  const failed = await broken('put fail', who, () => experience(who, () => who.press('Done, next')))
  expect([failed.status, failed.fresh, failed.changed.length]).toEqual([200, [], 1])
  expect(failed.text).toContain('Something went wrong')
  expect(failed.changed.flatMap(({ cards }) => cards).some((card) => findAction([card], 'My guides'))).toBe(false)
  expect((await say(who, 'which step am I on?')).text).toContain('Step 1 of 9')
})

test.each([
  ['who chose French, whatever their Teams speaks', 'en-US', 'en français', 'ok'],
  ['who writes French for the first time', 'en-US', 'hello', "c'est quoi un tenant et à quoi ça sert ?"],
  ['whose Teams speaks French', 'fr-FR', 'next', 'ok'],
])('%s is apologised to in French', async (_who, locale, before, words) => {
  const who = somebody('personal', locale)
  await who.say(before)
  const failed = await broken('put fail', who, () => say(who, words))
  expect(failed.text).toContain('Quelque chose s’est mal passé')
  await linesUnder(failed.text)
})

test('an apology that cannot be sent either is logged under the same reference', async () => {
  const who = await atStep1(somebody())
  sandbox.connector.fail({ status: 403, code: 'BotNotInConversationRoster' }, Number.POSITIVE_INFINITY, { conversation: who.id() })
  expect(await broken('get fail', who, () => say(who, 'next'))).toMatchObject({ status: 200, fresh: [] })
  sandbox.connector.recover({ conversation: who.id() })
  const apology = await eventually(() => logOf(sandbox).find(({ msg }) => msg === 'the apology could not be sent'), 'the line about the apology')
  expect((await linesUnder(String(apology.reference))).map(({ msg }) => msg)).toEqual(['a turn failed', 'the apology could not be sent', 'turn'])
})

describe('a store that says nothing', () => {
  const slow = ['get hang', 'put hang', 'put late'] as const
  const stories = new Map<Fault, { readonly failed: Experience; readonly after: Experience }>()

  beforeAll(async () => {
    const live = async (fault: Fault) => {
      const who = await atStep1(somebody())
      const failed = await broken(fault, who, () => say(who, 'next'))
      stories.set(fault, { failed, after: await say(who, 'which step am I on?') })
    }
    // What is written waits for what is being written.
    const writes = async () => {
      await live('put hang')
      await live('put late')
    }
    await Promise.all([live('get hang'), writes()])
  })

  test.each(slow)('%s: ends the turn in time, with an apology, or with the answer when it was kept after all', (fault) => {
    const story = stories.get(fault)?.failed
    expect(story?.ms).toBeLessThan(12_000)
    expect(story?.fresh).toHaveLength(1)
    expect(story?.text).toContain({ 'get hang': 'nothing was changed', 'put hang': 'whether that was saved', 'put late': 'Step 2 of 9' }[fault])
  })

  test('what was not kept is not there', () => {
    for (const fault of ['get hang', 'put hang'] as const) expect(stories.get(fault)?.after.text).toContain('Step 1 of 9')
  })

  test('what was kept all the same is still there', () => expect(stories.get('put late')?.after.text).toContain('Step 2 of 9'))
})

test('a note that cannot be made does not undo an answer: there is no apology beside it', async () => {
  const who = await atStep1(somebody())
  const unnoted = () => logOf(sandbox).filter(({ msg }) => msg === 'it could not be noted whether an answer was shown').length
  const before = unnoted()
  const off = sandbox.teams.on((event) => {
    if (event.kind === 'message' && event.message.chat === who.chat && event.message.from === 'bot') writeFaults('put fail ')
  })
  const shown = await say(who, 'next').finally(off)
  await eventually(() => unnoted() > before, 'the line about the note')
  write()
  expect(shown.fresh).toHaveLength(1)
  expect(shown.text).toContain('Step 2 of 9')
  expect((await say(who, 'next')).text).toContain('Step 2 of 9')
})

test('what a newer build keeps is left alone, and said so', async () => {
  const who = await atStep1(somebody())
  const key = keyOf(who)
  await sandbox.bot.stop()
  const level = new ClassicLevel<string, string>(stateFolder)
  const stored = JSON.parse((await level.get(key)) ?? '')
  const newer = JSON.stringify({ ...stored, value: { ...stored.value, v: 99 } })
  await level.put(key, newer)
  await level.close()
  await sandbox.bot.restart()
  const failed = await say(who, 'next')
  expect(failed.text).toContain('A newer version of me keeps your guides')
  const pressed = await experience(who, () => who.press('Done, next'))
  expect(pressed.text).toContain('A newer version of me')
  expect(logOf(sandbox)).toContainEqual(expect.objectContaining({ msg: 'a turn failed', fix: expect.stringContaining('newer build') }))
  await sandbox.bot.stop()
  const again = new ClassicLevel<string, string>(stateFolder)
  expect(await again.get(key)).toBe(newer)
  await again.close()
  await sandbox.bot.restart()
})

test('the log says what failed and where, and nothing that was written', () => {
  const failures = logOf(sandbox).filter(({ msg }) => msg === 'a turn failed')
  expect(failures.length).toBeGreaterThan(4)
  for (const line of failures) {
    expect(line).toMatchObject({ level: 50, reference: expect.stringMatching(/^[0-9a-f]{8}$/), error: { name: expect.any(String) } })
    expect(JSON.stringify(line)).not.toMatch(/tenant et|disk is full|29:1p|a:personal|19:group|eyJ/)
  }
})
