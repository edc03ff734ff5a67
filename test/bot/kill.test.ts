/** The process is killed in the middle of many people's moves, started again, and Teams delivers everything once more: is each move applied once, and answered? */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { arrivalOf } from '../../src/bot/incoming'
import { guideOf } from '../../src/guides'
import { openRun } from '../../src/runs/person'
import { openPersonRecord } from '../../src/runs/record'
import { fileStore } from '../../src/runs/file-store'
import { hashedKey } from '../../src/runs/record-keys'
import { chatsOf } from '../../src/sandbox/chats'
import { crowdOf } from '../../src/sandbox/crowd'
import type { ChatMessage } from '../../src/sandbox/protocol'
import { contoso } from '../../src/sandbox/tenants'
import { activities, conversation, eyebrowOf, findAction, startSandbox, type Sandbox, startSteps } from '../support/harness'

/** So many write, and as many press. Each makes one move in each life of the process: 200 and 200. */
const each = 25
const lives = 8
const crowd = crowdOf(2 * each)
const chats = chatsOf(contoso, crowd)
const { steps } = guideOf('link-existing', 'en')

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
const random = (() => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
})()

const folder = mkdtempSync(join(tmpdir(), 'kill-'))
const stateFolder = join(folder, 'state')
const recordKey = 'of-these-tests-only-0123456789-abcdef'
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ stateFolder, crowd: crowd.length, env: { RECORD_KEY: recordKey } })
})
afterAll(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Mover {
  readonly key: string
  readonly presses: boolean
  readonly setting: activities.Setting
  /** Key of their record. */
  readonly record: string
  /** Where they are when all is quiet, and the newest card of it. */
  step: number
  card: unknown
}

interface Move {
  readonly mover: Mover
  readonly to: number
  readonly activity: activities.Activity
  isAcknowledged: boolean
  /** The card in the answer to a press. */
  answer: unknown
}

const stepOn = (card: unknown): number | undefined => {
  const step = /Step (\d) of 9/.exec(eyebrowOf(card) ?? '')?.[1]
  return step === undefined ? undefined : Number(step) - 1
}
const messagesOf = ({ setting }: Mover): readonly ChatMessage[] =>
  sandbox.teams.messages().filter(({ chat, from }) => chat === setting.chat.key && from === 'bot')

const cardIn = (body: unknown): unknown => z.object({ value: z.unknown() }).safeParse(body).data?.value

const moversAtFirstStep = (): Promise<readonly Mover[]> =>
  Promise.all(
    crowd.map(async (person, index) => {
      const chat = chats.find(({ key }) => key === `personal-${person.key}`)
      if (!chat) throw new Error(`${person.key} has no chat`)
      const setting = { bot: { id: '28:4f1b2c3d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', name: 'OneTenant' }, person, chat, locale: 'en-US' }
      const who = conversation(sandbox, { person: person.key })
      await who.say('Link Azure and Microsoft 365')
      const { card } = await startSteps(who, 'unknown')
      expect(stepOn(card)).toBe(0)
      const record = hashedKey(recordKey, `people/${arrivalOf(activities.message(setting, '1', 'x') as never)?.sender.key}`)
      return { key: person.key, presses: index >= each, setting, record, step: 0, card }
    }),
  )

const moveOf = (mover: Mover, life: number): Move => {
  const { step, setting, presses, key, card } = mover
  const forward = step === 0 || (step < steps.length - 1 && random() < 0.7)
  const id = `${key}-${life}`
  const data = findAction([card], forward ? 'Done, next' : 'Back')?.data
  const activity = presses
    ? { ...activities.execute(setting, messagesOf(mover)[0]?.id ?? '', { type: 'Action.Execute', data }), id }
    : activities.message(setting, id, forward ? 'next' : 'back')
  return { mover, to: forward ? step + 1 : step - 1, activity, isAcknowledged: false, answer: undefined }
}

const deliver = async (move: Move): Promise<void> => {
  const { status, body } = await sandbox.teams.post(move.activity)
  if (status !== 200) return
  move.isAcknowledged = true
  move.answer = cardIn(body)
}

/** Somewhere among the answers and messages of these moves, a moment later; early in one life and late in another. */
const whenToKill = (moves: number, life: number): Promise<void> => {
  let left = 1 + Math.floor(((life + random()) / lives) * moves)
  return new Promise((resolve) => {
    const off = sandbox.teams.on((event) => {
      if (event.kind !== 'message' && event.kind !== 'wire') return
      left -= 1
      if (left > 0) return
      off()
      void sleep(random() * 12).then(resolve)
    })
  })
}

/** What is on disk while no process is there. */
const recordsOf = async (movers: readonly Mover[]) => {
  const store = await fileStore(stateFolder)
  const kept = await Promise.all(
    movers.map(async ({ key, record }) => {
      const { person, handled, owed } = openPersonRecord((await store.get(record))?.value).record
      return [key, { step: steps.findIndex(({ id }) => id === openRun(person)?.step), handled: handled.length, isOwed: owed.length > 0 }] as const
    }),
  )
  await store.close()
  return new Map(kept)
}

const tally = { killed: 0, applied: 0, owed: 0, lost: 0 }

/** One life: everybody moves, it ends, and after the next start everything is delivered again. */
const live = async (movers: readonly Mover[], life: number): Promise<void> => {
  const moves = movers.map((mover) => moveOf(mover, life))
  const before = new Map(movers.map((mover) => [mover.key, messagesOf(mover).length]))
  const killed = whenToKill(2 * moves.length, life).then(() => sandbox.bot.stop('SIGKILL'))
  await Promise.all([killed, ...moves.map(deliver)])

  const kept = await recordsOf(movers)
  const seen = new Map(movers.map((mover) => [mover.key, messagesOf(mover).length]))
  for (const { mover, to, isAcknowledged } of moves) {
    const record = kept.get(mover.key)
    // What was acknowledged was applied, and nothing half.
    expect([mover.key, isAcknowledged ? [to] : [mover.step, to]]).toEqual([mover.key, expect.arrayContaining([record?.step])])
    tally.killed += isAcknowledged ? 0 : 1
    tally.applied += !isAcknowledged && record?.step === to ? 1 : 0
    tally.owed += record?.isOwed ? 1 : 0
    tally.lost += record?.step === to ? 0 : 1
  }

  await sandbox.bot.restart()
  const acknowledged = new Set(moves.filter(({ isAcknowledged }) => isAcknowledged))
  await Promise.all(moves.map(deliver))
  for (const move of moves)
    check(move, {
      before: before.get(move.mover.key) ?? 0,
      seen: seen.get(move.mover.key) ?? 0,
      isOwed: kept.get(move.mover.key)?.isOwed ?? false,
      wasAcknowledged: acknowledged.has(move),
      wasApplied: kept.get(move.mover.key)?.step === move.to,
    })
}

interface Around {
  /** How many messages there were before the move, and before it was delivered again. */
  readonly before: number
  readonly seen: number
  readonly isOwed: boolean
  readonly wasAcknowledged: boolean
  readonly wasApplied: boolean
}

const check = ({ mover, to, answer, isAcknowledged }: Move, { before, seen, isOwed, wasAcknowledged, wasApplied }: Around): void => {
  expect([mover.key, isAcknowledged]).toEqual([mover.key, true])
  const messages = messagesOf(mover)
  const newest = mover.presses ? answer : messages.at(-1)?.cards[0]
  expect([mover.key, stepOn(newest)]).toEqual([mover.key, to])
  if (!mover.presses) {
    const shown = messages.slice(before).map(({ cards }) => stepOn(cards[0]))
    expect([mover.key, shown.every((step) => step === to), shown.length >= 1, shown.length <= 2]).toEqual([mover.key, true, true, true])
    // Known to have been shown: it is not shown again.
    if (wasApplied && !isOwed) expect([mover.key, messages.length]).toEqual([mover.key, seen])
    if (wasAcknowledged) expect([mover.key, seen > before]).toEqual([mover.key, true])
  }
  mover.step = to
  mover.card = newest
}

test(`200 typed and 200 pressed moves, killed ${lives} times: each is applied once and answered (KILL_SEED=${seed})`, async () => {
  const movers = await moversAtFirstStep()
  for (let life = 0; life < lives; life += 1) await live(movers, life)
  await sandbox.bot.stop()
  const kept = await recordsOf(movers)
  for (const { key, step } of movers) expect([key, kept.get(key)]).toEqual([key, { step, handled: lives + 3, isOwed: false }])
  await sandbox.bot.restart()
  // It was killed in the middle, in every way that matters.
  expect(tally.killed + tally.lost).toBeGreaterThan(0)
}, 240_000)
