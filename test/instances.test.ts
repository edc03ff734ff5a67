/**
 * Three instances on one table behind a balancer without memory: a third of all that Teams delivers comes twice at once to two of them,
 * or once more afterwards; one is killed in the middle, and all are replaced while people go on. Is every move applied once, and every answer shown?
 *
 * `npm run test:long` has 1,000 people in it in place of 60.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { arrivalOf } from '../src/bot/incoming'
import { guideOf } from '../src/guides'
import { openRun } from '../src/runs/person'
import { openPersonRecord } from '../src/runs/record'
import { hashedKey } from '../src/runs/record-keys'
import { tableStore } from '../src/runs/table-store'
import type { BotProcess } from '../src/sandbox/bot-process'
import { chatsOf } from '../src/sandbox/chats'
import { crowdOf } from '../src/sandbox/crowd'
import type { ChatMessage } from '../src/sandbox/protocol'
import { contoso } from '../src/sandbox/tenants'
import { describeTables, startAzurite, type Azurite } from './support/azurite'
import { tableAddress, tableHost } from './support/table-host'
import { activities, conversation, eyebrowOf, findAction, startSandbox, startSteps, textOf, titleOf, type Sandbox } from './support/harness'

const isLong = process.env.LONG_TESTS === '1'
const people = isLong ? 1_000 : 60
/** So many are in the middle of a move at a time, at most: all of Microsoft's cloud is on the same machine. */
const together = 6
/** Fewer, as long as a move takes longer than this: what is tested is not how a machine is that has too much to do. */
const easyMs = 1_500
/** Together with the three that begin the guide: ten. */
const moves = 7
const recordKey = 'of-these-tests-only-0123456789-abcdef'
const crowd = crowdOf(people)
const chats = chatsOf(contoso, crowd)
const { steps } = guideOf('link-existing', 'en')

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
const random = (() => {
  let state = 2026
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
})()

const cardIn = (body: unknown): unknown => z.object({ value: z.unknown() }).safeParse(body).data?.value
const stepOn = (card: unknown): number | undefined => {
  const step = /Step (\d) of 9/.exec(eyebrowOf(card) ?? '')?.[1]
  return step === undefined ? undefined : Number(step) - 1
}

/** Sends to the instances in turn, as long as they say that they are ready; looks as often as a balancer that is in a hurry. */
const createBalancer = (bots: readonly BotProcess[]) => {
  const ready = new Set(bots)
  let turn = 0
  const look = async (bot: BotProcess) => {
    const answer = await fetch(`${bot.url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    if (answer?.status === 200) ready.add(bot)
    else ready.delete(bot)
  }
  const looking = setInterval(() => void Promise.all(bots.map(look)), 500)
  const next = (): BotProcess => {
    for (let tried = 0; tried < bots.length; tried += 1) {
      turn += 1
      const bot = bots[turn % bots.length]
      if (bot && ready.has(bot)) return bot
    }
    throw new Error('No instance is ready.')
  }
  return { next, isReady: (bot: BotProcess) => ready.has(bot), stop: () => clearInterval(looking) }
}

/** Lets in as many as the machine carries at the moment; begins with two. */
const createPace = () => {
  let limit = 2
  let under = 0
  const waiting: (() => void)[] = []
  const letIn = () => {
    while (under < Math.floor(limit) && waiting.length > 0) {
      under += 1
      waiting.shift()?.()
    }
  }
  return async <T>(work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
      letIn()
    })
    const began = performance.now()
    try {
      return await work()
    } finally {
      limit = performance.now() - began > easyMs ? Math.max(1, limit / 2) : Math.min(together, limit + 0.2)
      under -= 1
      letIn()
    }
  }
}

interface Mover {
  readonly key: string
  readonly presses: boolean
  readonly setting: activities.Setting
  readonly record: string
  /** Where they have to be. */
  step: number
  card: unknown
  /** Moves that were accepted, and their ids. */
  moved: number
  /** Delivered once more after the next move. */
  late: activities.Activity | undefined
}

describeTables('three instances', () => {
  let azurite: Azurite
  let sandbox: Sandbox
  let balancer: ReturnType<typeof createBalancer>
  const movers: Mover[] = []
  const refused: number[] = []
  const tally = { twice: 0, late: 0, again: 0 }

  beforeAll(async () => {
    azurite = await startAzurite()
    sandbox = await startSandbox({
      env: { STATE_STORE: tableAddress('records'), RECORD_KEY: recordKey, DRAIN_SECONDS: '2' },
      hosts: (verify) => ({ 'onetenant.table.core.windows.net': tableHost({ azurite, verify }) }),
      instances: 3,
      crowd: people,
      singleSignOn: 'app',
    })
    balancer = createBalancer(sandbox.bots)
    // A process that has just started is slow with its first turn.
    for (const _ of sandbox.bots) await conversation(sandbox, { person: 'jane' }).say('what is a tenant')
  }, 240_000)
  afterAll(async () => {
    balancer?.stop()
    await sandbox?.stop()
    await azurite?.stop()
  }, 60_000)

  const messagesOf = ({ setting }: Mover): readonly ChatMessage[] =>
    sandbox.teams.messages().filter(({ chat, from }) => chat === setting.chat.key && from === 'bot')

  /** Until somebody took it; the balancer does not know yet of one that was killed. */
  const deliver = async (activity: activities.Activity): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      const { status, body } = await sandbox.teams.post(activity, { to: balancer.next() })
      if (status === 200) return body
      refused.push(status)
      tally.again += 1
      if (attempt >= 100) throw new Error(`Nobody takes it: ${status}`)
      await sleep(100)
    }
  }

  /** A third of all is delivered twice at once, to two instances; another third of those once more, after the next move. */
  const deliverAsTeams = async (mover: Mover, activity: activities.Activity): Promise<unknown> => {
    const { late } = mover
    mover.late = undefined
    const isTwice = random() < 1 / 3
    if (isTwice && random() < 1 / 3) mover.late = activity
    tally.twice += isTwice ? 1 : 0
    const [answer] = await Promise.all([deliver(activity), ...(isTwice ? [deliver(activity)] : [])])
    if (late) {
      tally.late += 1
      await deliver(late)
    }
    return answer
  }

  const begin = async (index: number): Promise<void> => {
    const person = crowd[index]
    const chat = chats.find(({ key }) => key === `personal-${person?.key}`)
    if (!person || !chat) throw new Error('somebody is missing')
    const setting = { bot: { id: '28:4f1b2c3d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', name: 'OneTenant' }, person, chat, locale: 'en-US' }
    const who = conversation(sandbox, { person: person.key })
    await who.say('Link Azure and Microsoft 365')
    const { card } = await startSteps(who, 'unknown')
    expect(stepOn(card)).toBe(0)
    const record = hashedKey(recordKey, `people/${arrivalOf(activities.message(setting, '1', 'x') as never)?.sender.key}`)
    movers.push({ key: person.key, presses: index % 2 === 0, setting, record, step: 0, card, moved: 0, late: undefined })
  }

  const directionOf = ({ step }: Mover): 1 | -1 => (step <= 1 || (step < steps.length - 2 && random() < 0.7) ? 1 : -1)
  let sent = 0
  const idOf = () => `move-${(sent += 1)}`

  const press = async (mover: Mover): Promise<void> => {
    const direction = directionOf(mover)
    const data = findAction([mover.card], direction === 1 ? 'Done, next' : 'Back')?.data
    const activity = { ...activities.execute(mover.setting, messagesOf(mover)[0]?.id ?? '', { type: 'Action.Execute', data }), id: idOf() }
    mover.card = cardIn(await deliverAsTeams(mover, activity))
    mover.step += direction
    mover.moved += 1
    expect([mover.key, stepOn(mover.card)]).toEqual([mover.key, mover.step])
  }

  /** Two at once now and then: in whatever order they arrive, they lead to the same step. */
  const write = async (mover: Mover): Promise<void> => {
    const isPair = mover.step >= 2 && mover.step <= 5 && random() < 0.3
    const directions: readonly number[] = isPair ? [1, random() < 0.5 ? 1 : -1] : [directionOf(mover)]
    const before = messagesOf(mover).length
    await Promise.all(directions.map((direction) => deliverAsTeams(mover, activities.message(mover.setting, idOf(), direction === 1 ? 'next' : 'back'))))
    mover.step += directions.reduce((sum, direction) => sum + direction, 0)
    mover.moved += directions.length
    const shown = messagesOf(mover).slice(before)
    expect([mover.key, shown.length >= directions.length]).toEqual([mover.key, true])
    expect([mover.key, shown.map(({ cards }) => stepOn(cards[0]))]).toEqual([mover.key, expect.arrayContaining([mover.step])])
  }

  const pace = createPace()
  const move = (mover: Mover) => pace(() => (mover.presses ? press(mover) : write(mover)))

  /** Everybody, a few at a time. */
  const everybody = async (work: (index: number) => Promise<void>): Promise<void> => {
    let next = 0
    const worker = async () => {
      while (next < people) await work(next++)
    }
    await Promise.all(Array.from({ length: together }, worker))
  }

  const moverAt = (index: number): Mover => {
    const mover = movers[index]
    if (!mover) throw new Error('somebody is missing')
    return mover
  }

  const expectAllApplied = async (): Promise<void> => {
    const store = tableStore(azurite.client('records'))
    for (const { key, record, step, moved } of movers) {
      const { person, owed } = openPersonRecord((await store.get(record))?.value).record
      const run = openRun(person)
      expect([key, steps.findIndex(({ id }) => id === run?.step), Number(run?.rev)]).toEqual([key, step, startedAt + moved])
      expect([key, owed.length]).toEqual([key, 0])
    }
  }
  /** Each move counts one on from here. */
  let startedAt = 0

  test(
    `${people} people of whom everybody makes 10 moves, while one instance is killed: each move is applied once, and its answer shown`,
    async () => {
      await everybody((index) => pace(() => begin(index)))
      const store = tableStore(azurite.client('records'))
      startedAt = Number(openRun(openPersonRecord((await store.get(moverAt(0).record))?.value).record.person)?.rev)

      let done = 0
      const [, second] = sandbox.bots
      let killing: Promise<void> | undefined
      const kill = async () => {
        await second?.stop('SIGKILL')
        await sleep(500)
        await second?.restart()
      }
      await everybody(async (index) => {
        for (let count = 0; count < moves; count += 1) {
          await move(moverAt(index))
          done += 1
          if (done === Math.floor((people * moves) / 2)) killing = kill()
        }
      })
      await killing
      await expectAllApplied()
      expect(tally.twice).toBeGreaterThan(people)
      expect(tally.late).toBeGreaterThan(people / 6)
      // Nothing but the one that was killed failed to answer.
      expect(refused.filter((status) => status !== 0)).toEqual([])
    },
    isLong ? 1_800_000 : 240_000,
  )

  test('all are replaced one after the other, and back, while people go on: nobody is refused', async () => {
    refused.length = 0
    const replace = async () => {
      for (const bot of [...sandbox.bots, ...sandbox.bots.toReversed()]) {
        while (!sandbox.bots.every(balancer.isReady)) await sleep(100)
        await bot.restart('SIGTERM')
      }
    }
    let isDone = false
    const replacing = replace().finally(() => (isDone = true))
    await everybody(async (index) => {
      if (index >= together) return
      while (!isDone) await move(moverAt(index))
    })
    await replacing
    expect(refused).toEqual([])
    await expectAllApplied()
  }, 600_000)

  test('a sign-in that is asked for by one instance and heard by the others is one sign-in', async () => {
    const kelley = conversation(sandbox)
    await kelley.open()
    expect(titleOf((await kelley.say('what is my role?')).card)).toContain('Sign in first')
    const spot = { person: 'kelley', chat: 'personal-kelley', locale: 'en-US' }
    expect((await sandbox.teams.exchange(spot, { clients: 3 })).answers.map(({ status }) => status)).toEqual([412, 412, 412])
    const { answers, messages } = await sandbox.teams.consent(spot, { clients: 3 })
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(messages.map(({ cards: [card] }) => titleOf(card))).toContainEqual(expect.stringContaining('Global Administrator'))
    for (let count = 0; count < 3; count += 1) expect((await kelley.say('what is my role?')).text).toContain('Global Administrator')
  }, 60_000)

  test('nobody was told that something went wrong, and a person is the same in the logs of every instance', () => {
    const wrong = sandbox.teams
      .messages()
      .filter((message) => /Something went wrong|whether that was saved|was not carried out|nothing was changed/.test(textOf(message)))
    expect(wrong.map(textOf)).toEqual([])
  })
})
