/**
 * The whole product for a test: Microsoft's cloud on loopback, the built bot running against it, and people in Teams.
 *
 *     const sandbox = await startSandbox()
 *     const kelley = conversation(sandbox, { person: 'kelley', locale: 'fr-FR' })
 *     const reply = await kelley.say('bonjour')
 *     expect(reply.text).toContain('OneTenant')
 *     await kelley.press('Étape suivante')
 *     await sandbox.stop()
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isSeenBy, type ChatMessage, type Exchange, type Wire } from '../../src/sandbox/protocol'
import { castsOf } from '../../src/sandbox/casts'
import { startSandbox as startCloud, type Sandbox, type SandboxOptions } from '../../src/sandbox/start'
import { assertPrivate } from './privacy'
import { cardText, fillIn, findAction, overflowTitles, pressedAs, visibleTitles } from './cards'

export * as activities from '../../src/sandbox/activities'
export type { Sandbox } from '../../src/sandbox/start'
export * from './cards'

interface TestOptions extends SandboxOptions {
  /** The test damaged the records, so that only the log can be searched. */
  readonly recordsAreDamaged?: boolean
}

/** People in tests write faster than hands can. */
const asFastAsTests = { PERSON_LIMIT_PER_MINUTE: '1000000', TENANT_LIMIT_PER_MINUTE: '1000000' }

/** Every bot of every test is held to it: what it leaves behind holds nothing of people. */
export const startSandbox = async ({ recordsAreDamaged, ...options }: TestOptions = {}): Promise<Sandbox> => {
  const sandbox = await startCloud({ ...options, env: { ...asFastAsTests, ...options.env } })
  const { bots, teams, secret } = sandbox
  const stateFolder = recordsAreDamaged ? undefined : sandbox.stateFolder
  const said = () => teams.messages().flatMap(({ from, text }) => (from === 'bot' || text === undefined ? [] : [text]))
  const ids = castsOf(options.casts ?? 0).flatMap(({ people }) => people.flatMap(({ objectId, teamsId }) => [objectId, teamsId]))
  const inspect = () => assertPrivate({ logs: bots.flatMap(({ logs }) => logs), stateFolder, said: said(), secrets: [secret], ids })
  return { ...sandbox, stop: () => sandbox.stop(inspect) }
}

export interface Where {
  /** Key of a person, default `kelley`. */
  readonly person?: string
  /** Key of a chat (`group`, `channel`), default the person's own with the bot. */
  readonly chat?: string
  /** Default `en-US`. */
  readonly locale?: string
}

/** What the bot did about one thing a person did. */
export interface Reply extends Exchange {
  /** All there is to read in it, cards included. */
  readonly text: string
  /** The newest card among its messages; undefined when there is none. */
  readonly card: unknown
  /** Titles of that card's visible buttons, and of those in its overflow menu. */
  readonly buttons: readonly string[]
  readonly more: readonly string[]
}

export interface PressOptions {
  /** Fields of the card, by id. */
  readonly inputs?: Readonly<Record<string, string>>
  /** A message kept from before, to press a card that has changed since. */
  readonly on?: ChatMessage
  /** As a client does that knows no Action.Execute. */
  readonly older?: boolean
}

/** One person in one chat; in a channel, in one thread, which the first message starts. */
export interface Conversation {
  readonly open: () => Promise<Reply>
  /** In a group or channel the bot is mentioned, unless `mention` is false; `alone`: by a slash command, which nobody else sees. */
  readonly say: (text: string, options?: { mention?: boolean; alone?: boolean }) => Promise<Reply>
  /** Presses the button of this title on the newest card that has it. */
  readonly press: (title: string, options?: PressOptions) => Promise<Reply>
  /** Everything in this chat (and thread), oldest first. */
  readonly messages: () => readonly ChatMessage[]
}

/** All there is to read in a message. */
export const textOf = ({ text, cards }: ChatMessage): string => [...(text ? [text] : []), ...cards.map(cardText)].join('\n')

/** Adds to an exchange what a person would see in it. */
export const asReply = (exchange: Exchange): Reply => {
  const card = exchange.messages.flatMap(({ cards }) => cards).at(-1)
  return {
    ...exchange,
    text: [...exchange.messages.map(textOf), ...(exchange.notice ? [exchange.notice] : [])].join('\n'),
    card,
    buttons: visibleTitles(card),
    more: overflowTitles(card),
  }
}

const holding = (messages: readonly ChatMessage[], title: string) => {
  const message = messages.findLast(({ from, cards }) => from === 'bot' && findAction(cards, title))
  if (message) return message
  const offered = messages.flatMap(({ cards }) => cards.flatMap((card) => [...visibleTitles(card), ...overflowTitles(card)]))
  throw new Error(`No card here has a button "${title}"; there are: ${[...new Set(offered)].join(' · ') || 'none'}`)
}

/** A person in a chat of the sandbox; opening the chat first is up to the test. */
export const conversation = ({ teams }: Sandbox, { person = 'kelley', chat = `personal-${person}`, locale = 'en-US' }: Where = {}): Conversation => {
  let thread: string | undefined
  const here = () => ({ person, chat, locale, ...(thread && { thread }) })
  const messages = () => teams.messages().filter((each) => each.chat === chat && (!thread || each.thread === thread) && isSeenBy(each, person))

  const say: Conversation['say'] = async (text, { mention = true, alone } = {}) => {
    const exchange = await teams.say({ ...here(), text, mention, ...(alone && { alone }) })
    thread ??= teams.messages().findLast((each) => each.chat === chat && each.from === person)?.thread
    return asReply(exchange)
  }

  const press: Conversation['press'] = async (title, { inputs, on, older = false } = {}) => {
    const message = on ?? holding(messages(), title)
    const card = message.cards.find((each) => findAction([each], title))
    const action = findAction(message.cards, title)
    if (!action) throw new Error(`The card has no button "${title}"`)
    const filled = action.associatedInputs === 'none' ? {} : fillIn(card, inputs)
    return asReply(await teams.press({ person, chat, locale, message: message.id, action: pressedAs(action, older), inputs: filled }))
  }

  return { open: async () => asReply(await teams.open(here())), say, press, messages }
}

/** From the card before the steps to the first: it asks for the contract, then for the account. */
export const startSteps = async ({ press }: Pick<Conversation, 'press'>, contract: string, options: Pick<PressOptions, 'older'> = {}): Promise<Reply> => {
  await press('Start', { ...options, inputs: { contract } })
  return press('Start', { ...options, inputs: { account: 'yes' } })
}

/** What the bot asked of a part of the cloud so far. */
export const callsTo = ({ wires }: Sandbox, to: Wire['to']): readonly Wire[] => wires.filter((wire) => wire.to === to)

/** The bot's log, one object per line; lines that are not JSON are left out. */
export const logOf = ({ bot }: Sandbox): readonly Readonly<Record<string, unknown>>[] =>
  bot.logs.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))

/** Waits for what comes by itself, e.g. a message outside a turn; rejects when it does not come. */
export const eventually = async <T>(look: () => T | undefined | false, what: string, ms = 5000): Promise<T> => {
  const giveUp = Date.now() + ms
  for (;;) {
    const seen = look()
    if (seen !== undefined && seen !== false) return seen
    if (Date.now() > giveUp) throw new Error(`It did not come: ${what}`)
    await sleep(20)
  }
}
