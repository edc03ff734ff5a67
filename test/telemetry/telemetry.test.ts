/** What the operator sees of turns: one log line each, numbers, and spans for an SDK that is loaded before the bot; nothing of people in any of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { conversation, eventually, logOf, startSandbox, startSteps, type Sandbox } from '../support/harness'
import { leaksIn } from '../support/privacy'

const sandboxFolder = join(__dirname, '..', '..', 'src', 'sandbox')
const folder = mkdtempSync(join(tmpdir(), 'telemetry-'))
const exported = join(folder, 'exported.jsonl')
let sandbox: Sandbox

beforeAll(async () => {
  const preloads = [join(sandboxFolder, 'redirect.mjs'), join(sandboxFolder, 'end-with-parent.mjs'), join(__dirname, 'sdk.mjs')]
  const NODE_OPTIONS = preloads.map((file) => `--import=${pathToFileURL(file).href}`).join(' ')
  sandbox = await startSandbox({ env: { EXPORT_FILE: exported, NODE_OPTIONS } })
})
afterAll(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface TurnLine {
  readonly who: string
  readonly chat: string
  readonly place: string
  readonly kind: string
  readonly act: string
  readonly topic: string
  readonly outcome: string
  readonly reference?: string
  readonly ms: Readonly<Record<string, number>>
}

const turnLines = () => logOf(sandbox).filter(({ msg }) => msg === 'turn') as unknown as TurnLine[]

/** The lines of the turns that `work` brings about. */
const linesOf = async (work: () => Promise<unknown>, count = 1) => {
  const before = turnLines().length
  await work()
  const lines = await eventually(() => turnLines().length >= before + count && turnLines().slice(before), 'a line for each turn')
  expect(lines).toHaveLength(count)
  return lines
}
const lineOf = async (work: () => Promise<unknown>) => {
  const [line] = await linesOf(work)
  if (!line) throw new Error('no line')
  return line
}

interface Exported {
  readonly span?: string
  readonly id?: string
  readonly parent?: string
  readonly status?: { readonly code: number; readonly message?: string }
  readonly events?: readonly unknown[]
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly metric?: string
  readonly unit?: string
  readonly points?: readonly { readonly attributes: Readonly<Record<string, unknown>>; readonly value: unknown }[]
}
const all = (): readonly Exported[] =>
  readFileSync(exported, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Exported)

const metricsText = async () => (await fetch(`${sandbox.bot.url}/metrics`)).text()

describe('a turn is one line', () => {
  test('a question, a guide begun, a step, a word nobody understands: topic, act and outcome', async () => {
    const kelley = conversation(sandbox)
    expect(await lineOf(() => kelley.say('what is a tenant, in short?'))).toMatchObject({
      place: 'personal',
      kind: 'message',
      act: 'question',
      topic: 'tenant-basics',
      outcome: 'answered',
    })
    const begun = await lineOf(() => kelley.say('we have microsoft 365 and want azure'))
    expect(begun).toMatchObject({ act: 'begin', topic: 'azure-for-m365', outcome: 'answered' })
    await linesOf(() => startSteps(kelley, 'web'), 2)
    expect(await lineOf(() => kelley.say('next'))).toMatchObject({ act: 'done', topic: 'azure-for-m365' })
    expect(await lineOf(() => kelley.press('Done, next'))).toMatchObject({ kind: 'press', act: 'done', topic: 'azure-for-m365', outcome: 'answered' })
    expect(await lineOf(() => conversation(sandbox, { person: 'jane' }).say('qwertz uiopü asdfg'))).toMatchObject({ act: 'not-understood', topic: 'none' })
  })

  test('how long its parts took, all in all no longer than the whole', async () => {
    const { ms } = await lineOf(() => conversation(sandbox).say('what is a tenant?'))
    expect(Object.keys(ms)).toEqual(['wait', 'read', 'decide', 'write', 'show', 'total'])
    const { total = 0, ...parts } = ms
    expect(Object.values(parts).reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(total + 1)
  })

  test('a look-up is a part of its own', async () => {
    const { ms, topic } = await lineOf(() => conversation(sandbox, { person: 'tricia' }).say('what is my role?'))
    expect(topic).toBe('check-role')
    expect(ms['look-up']).toBeGreaterThan(0)
  })

  test('the same person has the same name in all of them, another person and another chat another', async () => {
    const [a, b] = await linesOf(async () => {
      await conversation(sandbox).say('help')
      await conversation(sandbox, { chat: 'group' }).say('help')
    }, 2)
    const c = await lineOf(() => conversation(sandbox, { person: 'jane' }).say('help'))
    expect(a?.who).toBe(b?.who)
    expect(a?.chat).not.toBe(b?.chat)
    expect(b?.place).toBe('groupChat')
    expect(c.who).not.toBe(a?.who)
  })

  test('an answer that could not be shown is owed, and the fault has a line with its fix', async () => {
    sandbox.connector.fail({ status: 403, code: 'BotNotInConversationRoster' }, Infinity)
    try {
      expect((await lineOf(() => conversation(sandbox, { person: 'morgan' }).say('what is a tenant?'))).outcome).toBe('owed')
    } finally {
      sandbox.connector.recover()
    }
    expect(logOf(sandbox)).toContainEqual(expect.objectContaining({ level: 50, statusCode: 403, fix: expect.stringContaining('owed') }))
    expect((await lineOf(() => conversation(sandbox, { person: 'morgan' }).say('thanks'))).act).toBe('show-again')
  })
})

test('numbers count what happened, under the names of the successor SDK', async () => {
  await lineOf(() => conversation(sandbox).say('what is a tenant?'))
  const text = await metricsText()
  const value = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN)
  expect(value(/^agents_turn_count_total\{activity_type="message",onetenant_place="personal",onetenant_outcome="answered"\} (\d+)$/m)).toBeGreaterThan(0)
  expect(value(/^agents_turn_duration_milliseconds_count\{activity_type="message"\} (\d+)$/m)).toBeGreaterThan(0)
  expect(value(/^agents_storage_operation_duration_milliseconds_count\{storage_operation="write"\} (\d+)$/m)).toBeGreaterThan(0)
  expect(value(/^onetenant_answer_count_total\{onetenant_topic="tenant-basics",onetenant_act="question"\} (\d+)$/m)).toBeGreaterThan(0)
  expect(value(/^onetenant_usable\{onetenant_check="store"\} (\d)$/m)).toBe(1)
  expect(text).toContain('process_resident_memory_bytes')
})

test('a request from nobody is counted, and is no turn', async () => {
  const before = turnLines().length
  await fetch(`${sandbox.bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
    body: JSON.stringify({
      type: 'message',
      id: '1',
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      from: { id: 'x' },
      recipient: { id: 'y' },
      conversation: { id: 'z' },
    }),
  })
  expect(await metricsText()).toMatch(/^onetenant_refusal_count_total\{http_status_code="401"\} [1-9]/m)
  expect(turnLines()).toHaveLength(before)
})

test('an SDK that is loaded before gets spans with the turn’s parts in them, and the same numbers', async () => {
  await lineOf(() => conversation(sandbox).say('what is a tenant?'))
  const root = all().findLast(({ span }) => span === 'agents.adapter.process')
  expect(root?.attributes).toMatchObject({
    'activity.type': 'message',
    'onetenant.place': 'personal',
    'onetenant.topic': 'tenant-basics',
    'onetenant.act': 'question',
    'onetenant.outcome': 'answered',
  })
  const inside = all().filter(({ parent }) => parent === root?.id)
  expect(inside.map(({ span }) => span)).toEqual(
    expect.arrayContaining(['agents.storage.read', 'agents.app.route_handler', 'agents.storage.write', 'agents.turn.send_activities']),
  )
  const duration = await eventually(() => all().find(({ metric }) => metric === 'agents.turn.duration'), 'the duration of turns')
  expect(duration.unit).toBe('ms')
  expect(all().some(({ span, status }) => span === 'agents.turn.send_activities' && status?.code === 2)).toBe(true)
})

test('nothing of people is in a span, a label or a number', async () => {
  const said = sandbox.teams.messages().flatMap(({ from, text }) => (from === 'bot' || text === undefined ? [] : [text]))
  expect(said.length).toBeGreaterThan(5)
  const logs = [...readFileSync(exported, 'utf8').split('\n'), ...(await metricsText()).split('\n')]
  expect(logs.length).toBeGreaterThan(50)
  expect(await leaksIn({ logs, stateFolder: undefined, said, secrets: [sandbox.secret] })).toEqual([])
  // An exception's message may quote what was sent, so none is recorded.
  expect(all().flatMap(({ events = [], status }) => [...events, ...(status?.message === undefined ? [] : [status.message])])).toEqual([])
  // Labels come out of closed lists: what the log needs to tell people apart is not among them.
  const who = new Set(turnLines().flatMap((line) => [line.who, line.chat]))
  expect([...who].filter((hash) => logs.some((line) => line.includes(hash)))).toEqual([])
})
