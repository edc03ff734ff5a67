/** Every way in which the connector of Teams can fail a message, an update or a press, in every place: what does the person see, and what is never lost? */
import type { ChatMessage } from '../../src/sandbox/protocol'
import type { Trouble } from '../../src/sandbox/trouble'
import { experience, inPool, someone, type Experience } from '../support/experience'
import { logOf, startSandbox, textOf, type Sandbox, startSteps } from '../support/harness'

/** What became of an answer that was sent: the person has it as a card, in its words, or not until their next word, which shows it first. */
type Seen = 'card' | 'words' | 'owed'
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
const updateNotRetried = { ...retried, updating: notRetried.updating } as const
const asWords = { ...notRetried, sending: { once: 'words', always: 'owed' } } as const

const rows: readonly Row[] = [
  { name: '400', trouble: answering(400, 'BadSyntax'), ...asWords },
  { name: '401', trouble: answering(401, 'Unauthorized'), ...notRetried },
  { name: '403', trouble: answering(403, 'BotNotInConversationRoster'), ...updateNotRetried },
  { name: '404', trouble: answering(404, 'ConversationNotFound'), ...notRetried },
  { name: '405', trouble: answering(405, 'MethodNotAllowed'), ...notRetried },
  { name: '409', trouble: answering(409, 'Conflict'), ...notRetried },
  { name: '412', trouble: answering(412, 'PreconditionFailed'), ...retried },
  { name: '413', trouble: answering(413, 'MessageSizeTooBig'), ...asWords },
  { name: '429', trouble: answering(429, 'Throttled'), ...updateNotRetried },
  { name: '429, again after 1 s', trouble: answering(429, 'Throttled', { retryAfterSeconds: 1 }), ...updateNotRetried },
  { name: '429, again after 20 s', trouble: answering(429, 'Throttled', { retryAfterSeconds: 20 }), ...notRetried },
  { name: '500', trouble: answering(500, 'ServiceError'), ...notRetried },
  { name: '502', trouble: answering(502, 'BadGateway'), ...retried },
  { name: '503', trouble: answering(503, 'ServiceUnavailable'), ...retried },
  { name: '504', trouble: answering(504, 'GatewayTimeout'), ...retried },
  { name: 'a cut connection', trouble: 'reset', ...retried },
  { name: 'silence', trouble: 'hang', ...updateNotRetried },
  { name: '2.5 s', trouble: { slowMs: 2_500 }, sending: { once: 'card', always: 'card' }, updating: { once: 'in place', always: 'in place' } },
]

const places = ['personal', 'groupChat', 'channel'] as const
const frequencies = ['once', 'always'] as const
const times = { once: 1, always: Number.POSITIVE_INFINITY } as const

interface Case extends Row {
  readonly place: (typeof places)[number]
  readonly often: (typeof frequencies)[number]
  readonly person: string
}

/** Each has a person, and so a chat, of its own. */
const cases: readonly Case[] = rows
  .flatMap((row) => places.flatMap((place) => frequencies.map((often) => ({ ...row, place, often }))))
  .map((each, index) => ({ ...each, person: `p${index + 1}` }))

/** All that a person goes through in one case. */
interface Story {
  /** "next" while sending fails, and "next" again. */
  readonly sent: Experience
  readonly next: Experience
  /** "Done, next" by Action.Submit while updating fails. */
  readonly submitted: Experience
  /** "Done, next" by Action.Execute, while updating fails for the others or, in private, everything. */
  readonly executed: Experience
  readonly last: Experience
  /** The card of that last press, as the others see it when all is quiet. */
  readonly others: ChatMessage | undefined
}

let sandbox: Sandbox

const live = async ({ person, place, trouble, often }: Case): Promise<Story> => {
  const { connector } = sandbox
  const who = someone(sandbox, person, place)
  const say = (text: string) => experience(who, () => who.say(text))
  await who.say('Link Azure and Microsoft 365')
  await (place === 'personal' ? startSteps(who, 'unknown') : who.say('next'))
  const here = { conversation: who.id() }
  const failing = (method?: 'POST' | 'PUT') => connector.fail(trouble, times[often], { ...here, ...(method && { method }) })

  failing('POST')
  const sent = await say('next')
  connector.recover(here)
  const next = await say('next')
  failing('PUT')
  const submitted = await experience(who, () => who.press('Done, next', { older: true }))
  connector.recover(here)
  failing(place === 'personal' ? undefined : 'PUT')
  const executed = await experience(who, () => who.press('Done, next'))
  if (place === 'personal') connector.recover(here)
  // Waits for what the turn before still does for the others, which is the last to fail.
  const last = await say('where am I?')
  connector.recover(here)
  return { sent, next, submitted, executed, last, others: who.messages().find(({ id }) => id === executed.changed[0]?.id) }
}

const stories = new Map<string, Story | Error>()
const storyOf = (person: string): Story => {
  const story = stories.get(person)
  if (!story || story instanceof Error) throw story ?? new Error(`${person} has no story`)
  return story
}

/** Those in which the bot waits long, for an answer or before it asks again. */
const isLong = ({ often, trouble, sending }: Case): boolean =>
  typeof trouble !== 'object' || 'slowMs' in trouble || (often === 'always' && sending.once === 'card')

beforeAll(async () => {
  sandbox = await startSandbox({ crowd: cases.length })
  const tell = async (each: Case) =>
    void stories.set(each.person, await live(each).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))))
  await Promise.all([
    inPool(12, cases.filter(isLong), tell),
    inPool(
      3,
      cases.filter((each) => !isLong(each)),
      tell,
    ),
  ])
}, 240_000)
afterAll(() => sandbox.stop())

const apology = /Something went wrong|That took too long/
const owedNote = 'did not reach you'
const stepIn = (text: string): number | undefined => {
  const step = /Step (\d) of 9/.exec(text)?.[1]
  return step === undefined ? undefined : Number(step)
}

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

describe.each(places)('in %s', (place) => {
  describe.each(frequencies)('failing %s', (often) => {
    const here = cases.filter((each) => each.place === place && each.often === often)

    test.each(here)('$name: an answer that is sent is seen or owed, and never skipped', ({ person, sending }) => {
      const { sent, next } = storyOf(person)
      expect(seenIn(sent, 2)).toBe(sending[often])
      const isOwed = sending[often] === 'owed'
      // The next word shows it before anything moves on, and says so.
      expect(seenIn(next, isOwed ? 2 : 3)).toBe('card')
      expect(next.text.includes(owedNote)).toBe(isOwed)
      expect(sent.ms).toBeLessThan(14_000)
    })

    test.each(here)('$name: a card that is updated is seen, in place or as a new message', ({ person, sending, updating }) => {
      const { submitted } = storyOf(person)
      expect(changedIn(submitted, sending[often] === 'owed' ? 3 : 4)).toBe(updating[often])
    })

    test.each(here)('$name: a press is answered at once, and stays so', ({ person, sending, updating }) => {
      const { executed, last, others } = storyOf(person)
      const step = sending[often] === 'owed' ? 4 : 5
      expect(changedIn(executed, step)).toBe('in place')
      expect(seenIn(last, step)).toBe('card')
      expect(last.text).not.toContain(owedNote)
      if (place !== 'personal') expect(others?.edited).toBe(updating[often] === 'in place')
    })
  })
})

test('updates for the others that failed are in the log, and no answer that was seen is', () => {
  const linesOf = (text: string) => logOf(sandbox).filter(({ msg }) => msg === text).length
  const shared = cases.filter(({ place }) => place !== 'personal')
  expect(linesOf('a card was not updated for the others')).toBe(shared.filter(({ often, updating }) => updating[often] !== 'in place').length)
  expect(linesOf('an answer could not be shown; it is owed')).toBe(cases.filter(({ often, sending }) => sending[often] === 'owed').length)
  expect(linesOf('a card was refused by Teams')).toBe(cases.filter(({ often, sending }) => sending[often] === 'words').length)
  expect(linesOf('a turn failed')).toBe(0)
})

test('the line of an answer that is owed says why, and what to do', () => {
  const lines = logOf(sandbox).filter(({ msg }) => msg === 'an answer could not be shown; it is owed')
  const causes = new Map(lines.map(({ statusCode, cause }) => [statusCode, cause]))
  expect(Object.fromEntries(causes)).toMatchObject({
    400: 'Teams takes neither the card nor its words',
    401: 'Teams does not take the bot’s token',
    403: 'the bot was removed or blocked in this chat',
    404: 'the bot was removed or blocked in this chat',
    412: 'several things were written to this chat at once',
    413: 'Teams takes neither the card nor its words',
    429: 'Teams takes no more from this bot at the moment',
    500: 'Teams failed, or did not answer in time',
    undefined: 'Teams failed, or did not answer in time',
  })
  for (const line of lines) expect(line).toMatchObject({ level: 50, who: expect.any(String), fix: expect.any(String) })
  for (const line of lines.filter(({ statusCode }) => statusCode === 401)) expect(line).toMatchObject({ setting: 'MicrosoftAppId' })
})
