/** Every way in which the connector of Teams can fail a message, an update or a press, in every place: what does the person see, and what is never lost? */
import { readFileSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { z } from 'zod'
import type { ChatMessage, Exchange } from '../../src/sandbox/protocol'
import type { Trouble } from '../../src/sandbox/trouble'
import { activities, conversation, eventually, findAction, logOf, pressedAs, startSandbox, textOf, type Conversation, type PressOptions, type Sandbox } from '../support/harness'

/** What became of an answer that was sent into trouble. */
type Seen =
  /** The person has it, as a card or in its words. */
  | 'card'
  | 'words'
  /** The person has nothing until their next word, which shows it first. */
  | 'owed'
/** What became of a card that was to be changed. */
type Changed = 'in place' | 'new message'

interface Row {
  readonly name: string
  readonly trouble: Trouble
  readonly sending: { readonly once: Seen; readonly always: Seen }
  readonly updating: { readonly once: Changed; readonly always: Changed }
}

const answering = (status: number, code: string, more: { retryAfterSeconds?: number } = {}): Trouble => ({ status, code, ...more })

const retried = { sending: { once: 'card', always: 'owed' }, updating: { once: 'in place', always: 'new message' } } as const
const notRetried = { sending: { once: 'owed', always: 'owed' }, updating: { once: 'new message', always: 'new message' } } as const
/** A message in place of the card is there sooner than the card might be. */
const retriedUnlessUpdate = { ...retried, updating: notRetried.updating } as const

const rows: readonly Row[] = [
  { name: '400', trouble: answering(400, 'BadSyntax'), ...notRetried, sending: { once: 'words', always: 'owed' } },
  { name: '401', trouble: answering(401, 'Unauthorized'), ...notRetried },
  { name: '403', trouble: answering(403, 'BotNotInConversationRoster'), ...retriedUnlessUpdate },
  { name: '404', trouble: answering(404, 'ConversationNotFound'), ...notRetried },
  { name: '405', trouble: answering(405, 'MethodNotAllowed'), ...notRetried },
  { name: '409', trouble: answering(409, 'Conflict'), ...notRetried },
  { name: '412', trouble: answering(412, 'PreconditionFailed'), ...retried },
  { name: '413', trouble: answering(413, 'MessageSizeTooBig'), ...notRetried, sending: { once: 'words', always: 'owed' } },
  { name: '429', trouble: answering(429, 'Throttled'), ...retriedUnlessUpdate },
  { name: '429, again after 1 s', trouble: answering(429, 'Throttled', { retryAfterSeconds: 1 }), ...retriedUnlessUpdate },
  { name: '429, again after 20 s', trouble: answering(429, 'Throttled', { retryAfterSeconds: 20 }), ...notRetried },
  { name: '500', trouble: answering(500, 'ServiceError'), ...notRetried },
  { name: '502', trouble: answering(502, 'BadGateway'), ...retried },
  { name: '503', trouble: answering(503, 'ServiceUnavailable'), ...retried },
  { name: '504', trouble: answering(504, 'GatewayTimeout'), ...retried },
  { name: 'a cut connection', trouble: 'reset', ...retried },
  { name: 'silence', trouble: 'hang', ...retriedUnlessUpdate },
  { name: '2.5 s', trouble: { slowMs: 2_500 }, sending: { once: 'card', always: 'card' }, updating: { once: 'in place', always: 'in place' } },
]

const places = ['personal', 'groupChat', 'channel'] as const
type Where = (typeof places)[number]
const frequencies = ['once', 'always'] as const
const times = { once: 1, always: Number.POSITIVE_INFINITY } as const

interface Case extends Row {
  readonly where: Where
  readonly often: (typeof frequencies)[number]
  readonly person: string
}

/** Each has a person, and so a chat, of its own. */
const cases: readonly Case[] = rows
  .flatMap((row) => places.flatMap((where) => frequencies.map((often) => ({ ...row, where, often }))))
  .map((each, index) => ({ ...each, person: `p${index + 1}` }))

const others = ['turns', 'hung', 'twice', 'stuck', 'press', 'both', 'group', 'words'] as const
const cast = Object.fromEntries(others.map((name, index) => [name, `p${cases.length + 1 + index}`])) as Record<(typeof others)[number], string>

let sandbox: Sandbox

const chatOf = (where: Where, person: string) => ({ personal: `personal-${person}`, groupChat: `group-${person}`, channel: 'channel' })[where]

/** Somebody in a place, with the id that the connector knows the conversation by. */
const someone = (person: string, where: Where = 'personal') => {
  const who = conversation(sandbox, { person, chat: chatOf(where, person) })
  const thread = () => who.messages()[0]?.thread
  const id = () => ({ personal: `a:personal-${person}`, groupChat: `19:group-${person}@thread.v2`, channel: `19:general@thread.tacv2;messageid=${thread()}` })[where]
  return { ...who, id }
}
type Someone = ReturnType<typeof someone>

/** What a person sees of one thing they did. */
interface Experience extends Pick<Exchange, 'status'> {
  readonly ms: number
  /** New messages of the bot, and cards that changed. */
  readonly fresh: readonly ChatMessage[]
  readonly changed: readonly ChatMessage[]
  readonly text: string
}

const experience = async (who: Conversation, work: () => Promise<Exchange>): Promise<Experience> => {
  const before = new Map(who.messages().map((message) => [message.id, JSON.stringify(message)]))
  const start = performance.now()
  const { status, notice } = await work()
  const ms = performance.now() - start
  const seen = who.messages().filter((message) => message.from === 'bot' && before.get(message.id) !== JSON.stringify(message))
  const [fresh, changed] = [seen.filter(({ id }) => !before.has(id)), seen.filter(({ id }) => before.has(id))]
  return { status, ms, fresh, changed, text: [...seen.map(textOf), ...(notice ? [notice] : [])].join('\n') }
}

const say = (who: Someone, text: string) => experience(who, () => who.say(text))
const press = (who: Someone, title: string, options?: PressOptions) => experience(who, () => who.press(title, options))
/** On the newest card, as an older client does. */
const submit = (who: Someone, title: string) => press(who, title, { older: true })

/** At the first step of a guide. */
const begin = async (who: Someone, where: Where = 'personal') => {
  await who.say('Link Azure and Microsoft 365')
  await (where === 'personal' ? who.press('Start', { inputs: { contract: 'unknown', account: 'yes' } }) : who.say('next'))
}

const stepIn = (text: string): number | undefined => {
  const step = /Step (\d) of 9/.exec(text)?.[1]
  return step === undefined ? undefined : Number(step)
}
const owedNote = 'did not reach you'
const apology = /Something went wrong|That took too long/

/** All that a person goes through in one case. */
interface Story {
  /** "next" while sending fails, and "next" again. */
  readonly sent: Experience
  readonly then: Experience
  /** "Done, next" by Action.Submit while updating fails. */
  readonly submitted: Experience
  /** "Done, next" by Action.Execute, while updating fails for the others or, in private, everything. */
  readonly executed: Experience
  readonly last: Experience
  /** The card of that last press, as the others see it when all is quiet. */
  readonly others: ChatMessage | undefined
}

const live = async ({ person, where, trouble, often }: Case): Promise<Story> => {
  const { connector } = sandbox
  const who = someone(person, where)
  await begin(who, where)
  const here = { conversation: who.id() }
  const failing = (method?: 'POST' | 'PUT') => connector.fail(trouble, times[often], { ...here, ...(method && { method }) })

  failing('POST')
  const sent = await say(who, 'next')
  connector.recover(here)
  const then = await say(who, 'next')
  failing('PUT')
  const submitted = await submit(who, 'Done, next')
  connector.recover(here)
  failing(where === 'personal' ? undefined : 'PUT')
  const executed = await press(who, 'Done, next')
  if (where === 'personal') connector.recover(here)
  // Waits for what the turn before still does for the others, which is the last to fail.
  const last = await say(who, 'where am I?')
  connector.recover(here)
  return { sent, then, submitted, executed, last, others: who.messages().find(({ id }) => id === executed.changed[0]?.id) }
}

/** So many at a time; most of them wait for the bot, which waits for Teams. */
const inPool = async <T>(size: number, all: readonly T[], work: (each: T) => Promise<void>): Promise<void> => {
  const waiting = [...all]
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: size }, worker))
}

const stories = new Map<string, Story | Error>()
const storyOf = (person: string): Story => {
  const story = stories.get(person)
  if (!story || story instanceof Error) throw story ?? new Error(`${person} has no story`)
  return story
}

/** Those in which the bot waits long, for an answer or before it asks again. */
const isLong = ({ often, trouble, sending }: Case): boolean => typeof trouble !== 'object' || 'slowMs' in trouble || (often === 'always' && sending.once === 'card')

beforeAll(async () => {
  sandbox = await startSandbox({ crowd: cases.length + others.length })
  const tell = async (each: Case) => void stories.set(each.person, await live(each).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))))
  await Promise.all([inPool(12, cases.filter(isLong), tell), inPool(3, cases.filter((each) => !isLong(each)), tell)])
}, 240_000)
afterAll(() => sandbox.stop())

const seenIn = ({ status, fresh, text }: Experience, step: number): Seen | 'nonsense' => {
  if (status !== 200 || apology.test(text)) return 'nonsense'
  if (fresh.length === 0) return 'owed'
  // A card of the press before may change meanwhile.
  if (fresh.length > 1 || stepIn(fresh.map(textOf).join('\n')) !== step) return 'nonsense'
  return fresh[0]?.cards.length === 1 ? 'card' : 'words'
}

const changedIn = ({ status, fresh, changed, text }: Experience, step: number): Changed | 'nonsense' => {
  if (status !== 200 || apology.test(text) || stepIn(text) !== step || fresh.length + changed.length !== 1) return 'nonsense'
  return changed.length === 1 ? 'in place' : 'new message'
}

describe.each(places)('in %s', (where) => {
  describe.each(frequencies)('failing %s', (often) => {
    const here = cases.filter((each) => each.where === where && each.often === often)

    test.each(here)('$name: an answer that is sent is seen or owed, and never skipped', ({ person, sending }) => {
      const { sent, then } = storyOf(person)
      expect(seenIn(sent, 2)).toBe(sending[often])
      const isOwed = sending[often] === 'owed'
      // The next word shows it before anything moves on, and says so.
      expect(seenIn(then, isOwed ? 2 : 3)).toBe('card')
      expect(then.text.includes(owedNote)).toBe(isOwed)
      expect(sent.ms).toBeLessThan(14_000)
    })

    test.each(here)('$name: a card that is updated is seen, in place or as a new message', ({ person, sending, updating }) => {
      const { submitted } = storyOf(person)
      expect(changedIn(submitted, sending[often] === 'owed' ? 3 : 4)).toBe(updating[often])
    })

    test.each(here)('$name: a press is answered at once, and stays so', ({ person, sending, updating, trouble }) => {
      const { executed, last, others: card } = storyOf(person)
      const step = sending[often] === 'owed' ? 4 : 5
      expect(changedIn(executed, step)).toBe('in place')
      expect(seenIn(last, step)).toBe('card')
      expect(last.text).not.toContain(owedNote)
      if (where !== 'personal') expect([trouble, card?.edited]).toEqual([trouble, updating[often] === 'in place'])
    })
  })
})

test('updates for the others that failed are in the log, and no answer that was seen is', () => {
  const linesOf = (text: string) => logOf(sandbox).filter(({ msg }) => msg === text).length
  const shared = cases.filter(({ where }) => where !== 'personal')
  expect(linesOf('a card was not updated for the others')).toBe(shared.filter(({ often, updating }) => updating[often] !== 'in place').length)
  expect(linesOf('an answer could not be shown; it is owed')).toBe(cases.filter(({ often, sending }) => sending[often] === 'owed').length)
  expect(linesOf('a turn failed')).toBe(0)
})
