/** Plays recorded conversations through HTTP against the built bot, with real authentication, Graph and storage. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { dialogueSchema, type DialogueTurn, type Expectation } from '../support/dialogue'
import {
  actionsOf,
  activities,
  asReply,
  conversation,
  eventually,
  eyebrowOf,
  plainly,
  startSandbox,
  titleOf,
  type Conversation,
  type Reply,
  type Sandbox,
} from '../support/harness'
import { inCast } from '../../src/sandbox/casts'
import type { ChatMessage } from '../../src/sandbox/protocol'
import { contoso, fabrikam, type SandboxTenant } from '../../src/sandbox/tenants'

const recordedIn = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ name: parse(file).name, ...dialogueSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))) }))

type Kept = ReadonlyMap<string, ChatMessage>

const keptAs = (name: string, kept: Kept): ChatMessage => {
  const message = kept.get(name)
  if (!message) throw new Error(`No turn kept a card as "${name}"`)
  return message
}

const act = (person: Conversation, turn: DialogueTurn, kept: Kept): Promise<Reply> | undefined => {
  const { open, say, unmentioned, press, older, inputs, on } = turn
  if (open) return person.open()
  if (say !== undefined) return person.say(say, { mention: !unmentioned })
  if (press === undefined) return undefined
  return person.press(press, { ...(inputs && { inputs }), ...(older && { older }), ...(on !== undefined && { on: keptAs(on, kept) }) })
}

interface Spot {
  readonly person: string
  readonly locale: string
  readonly chat?: string
}

/** What Teams itself tells the bot. */
const happen = async ({ teams }: Sandbox, { person, locale, chat = `personal-${person}` }: Spot, what: 'joined' | 'upgraded'): Promise<Reply> =>
  asReply(
    await teams.deliver({ person, chat, locale }, (setting) =>
      what === 'joined' ? activities.membership(setting, 'membersAdded', [setting.person]) : activities.installation(setting, 'add-upgrade'),
    ),
  )

/** What was there before the turn, and the thread the person is in. */
interface Before {
  readonly messages: readonly ChatMessage[]
  readonly thread: string | undefined
}

const check = async (reply: Reply, expected: Expectation, before: Before, now: () => readonly ChatMessage[]) => {
  checkWords(reply, expected)
  checkButtons(reply, expected)
  checkMessages(reply, expected, before)
  await checkSignIn(reply, expected, before, now)
}

/** A press has its answer before the person is asked to sign in. */
const checkSignIn = async ({ messages }: Reply, { signInCard }: Expectation, before: Before, now: () => readonly ChatMessage[]) => {
  if (signInCard === undefined) return
  const isNew = ({ id, signIn: card }: ChatMessage) => card !== undefined && !before.messages.some((each) => each.id === id)
  if (signInCard) await eventually(() => [...messages, ...now()].some(isNew), 'a card to sign in')
  else expect([...messages, ...now()].some(isNew)).toBe(false)
}

/** What others read is there; what came into the person's own chat meanwhile is looked at by itself. */
const inChat = (reply: Reply, where: Spot): Reply => asReply({ ...reply, messages: reply.messages.filter(({ chat }) => chat === chatOf(where)) })

const chatOf = ({ chat, person }: Spot): string => chat ?? `personal-${person}`

const checkPrivately = ({ messages }: Reply, { privately = [] }: Expectation) => {
  const own = asReply({ status: 200, messages: messages.filter(({ chat }) => chat.startsWith('personal-')) })
  for (const words of privately) expect(plainly(own.text)).toContain(words)
}

const checkWords = ({ status, card, text: all }: Reply, { title, eyebrow, says = [], never = [], status: expectedStatus = 200 }: Expectation) => {
  const text = plainly(all)
  expect(status).toBe(expectedStatus)
  if (title !== undefined) expect(plainly(titleOf(card))).toBe(title)
  if (eyebrow !== undefined) expect(plainly(eyebrowOf(card))).toBe(eyebrow)
  for (const words of says) expect(text).toContain(words)
  for (const words of never) expect(text).not.toContain(words)
}

const checkButtons = (reply: Reply, expected: Expectation) => {
  const [buttons, more] = [reply.buttons.map((title) => plainly(title)), reply.more.map((title) => plainly(title))]
  if (expected.buttons) expect(buttons).toEqual(expected.buttons)
  if (expected.offers) expect(buttons).toEqual(expect.arrayContaining(expected.offers))
  if (expected.more) expect(more).toEqual(expect.arrayContaining(expected.more))
  for (const [title, address] of Object.entries(expected.opens ?? {})) {
    const action = actionsOf(reply.card).find((each) => plainly(each.title) === title)
    expect(decodeURIComponent(action?.url ?? '')).toContain(address)
  }
  for (const title of expected.lacks ?? []) expect([...buttons, ...more]).not.toContain(title)
}

const checkMessages = ({ messages }: Reply, expected: Expectation, before: Before) => {
  const isEarlier = ({ id }: ChatMessage) => before.messages.some((each) => each.id === id)
  if (expected.inPlace !== undefined) expect(messages.every(isEarlier)).toBe(expected.inPlace)
  if (expected.inThread) expect(messages.map(({ thread }) => thread ?? 'none')).toEqual(messages.map(() => before.thread))
  if (expected.messages !== undefined) expect(messages).toHaveLength(expected.messages)
}

const accountOf = ({ people }: SandboxTenant, key: string) => {
  const found = people.find((each) => each.key === key)
  if (!found) throw new Error(`There is no ${key} in this tenant`)
  return found
}

/** What Teams does about the sign-in card. */
const signIn = async (
  { teams, tokens, consented }: Sandbox,
  { person, locale, chat = `personal-${person}` }: Spot,
  how: NonNullable<DialogueTurn['signIn']>,
): Promise<Reply> => {
  const spot = { person, chat, locale }
  const ways = {
    silent: () => teams.exchange(spot),
    again: () => teams.exchange(spot, { clients: 3 }),
    consent: () => teams.consent(spot),
    decline: () => teams.signIn(spot, 'CancelledByUser'),
    failure: () => teams.decline(spot),
    button: () => teams.signIn(spot),
    'wrong-code': () => teams.signIn(spot, '000000'),
    'typed-code': async () => {
      consented.add(person)
      return teams.say({ ...spot, text: await tokens.signIn(accountOf(contoso, person)), mention: false })
    },
    'as-colleague': () => teams.signInAs(spot, accountOf(contoso, person === 'kelley' ? 'tricia' : 'kelley')),
    'as-other-tenant': () => teams.signInAs(spot, accountOf(fabrikam, 'robin')),
  } as const
  return asReply(await ways[how]())
}

/** Some conversations wait for a directory that is slow, several times over. */
const longestMs = 120_000

type Recorded = ReturnType<typeof recordedIn>[number]

/** It wants no setting of its own, and nothing happens to the bot or the cloud: it can share both. Who is told that it is she must be the one in the directory. */
const isOrdinary = ({ name, singleSignOn, env, turns }: Recorded) =>
  name !== 'helpers-only-you' &&
  !singleSignOn &&
  !env &&
  turns.every(({ graph, arm, login, denied, signIn: signs, restartBot }) => !graph && !arm && !login && !denied && !signs && !restartBot)

const arrange = async ({ faults, bot }: Sandbox, { graph, arm, login, denied, restartBot }: DialogueTurn) => {
  if (graph) faults.graph = graph
  if (arm) faults.arm = arm
  if (login) faults.login = login
  if (denied) faults.denied = denied
  if (restartBot) await bot.restart()
}

const playTurn = (sandbox: Sandbox, where: Spot, turn: DialogueTurn, who: Conversation, kept: Kept): Promise<Reply> | undefined => {
  if (turn.signIn) return signIn(sandbox, where, turn.signIn)
  return turn.happens ? happen(sandbox, where, turn.happens) : act(who, turn, kept)
}

const complain = (error: unknown, index: number, turn: DialogueTurn, reply: Reply | undefined) => {
  const did = turn.say ?? turn.press ?? turn.happens ?? turn.signIn ?? 'open'
  const happened = `turn ${index + 1} (${did}) was answered:\n${reply?.text}\nbuttons: ${reply?.buttons.join(' · ')} … ${reply?.more.join(' · ')}\n`
  return new Error(happened + (error instanceof Error ? error.message : String(error)))
}

/** `named`: the key that somebody or a chat of the recording has in this sandbox. */
const play = async (sandbox: Sandbox, { turns, person, chat, locale }: Recorded, named: (key: string) => string) => {
  let where: Spot = { person: named(person), locale, ...(chat && { chat: named(chat) }) }
  let who = conversation(sandbox, where)
  const kept = new Map<string, ChatMessage>()
  for (const [index, turn] of turns.entries()) {
    await arrange(sandbox, turn)
    if (turn.as) {
      const { person: other, chat: elsewhere, ...more } = turn.as
      const here = elsewhere ?? (other && `personal-${other}`)
      where = { ...where, ...more, ...(other && { person: named(other) }), ...(here && { chat: named(here) }) }
      who = conversation(sandbox, where)
    }
    const messages = [...sandbox.teams.messages()]
    const reply = await playTurn(sandbox, where, turn, who, kept)
    const newest = reply?.messages.findLast(({ cards }) => cards.length > 0)
    if (turn.keep && newest) kept.set(turn.keep, newest)
    const thread = who.messages().findLast(({ from }) => from === where.person)?.thread
    try {
      if (reply) checkPrivately(reply, turn.expect ?? {})
      if (reply)
        await check(inChat(reply, where), turn.expect ?? {}, { messages, thread }, () =>
          sandbox.teams.messages().filter(({ chat: key }) => key === chatOf(where)),
        )
    } catch (error) {
      throw complain(error, index, turn, reply)
    }
  }
}

const once = <T>(make: () => T) => {
  let made: T | undefined
  return { get: () => (made ??= make()), made: () => made }
}

/** Everything recorded in a folder beside this file: one bot for what is ordinary, with people of its own for each, and a bot of its own for the rest. */
export const playAll = (folder: string, isPlayed: (name: string) => boolean = () => true): void => {
  const recorded = recordedIn(join(__dirname, folder)).filter(({ name }) => isPlayed(name))
  const ordinary = recorded.filter(isOrdinary)
  const shared = once(() => startSandbox({ casts: ordinary.length }))
  afterAll(async () => (await shared.made())?.stop())

  describe.each(recorded)('$name: $intent', (dialogue) => {
    const number = ordinary.indexOf(dialogue) + 1
    const { singleSignOn, env } = dialogue
    let sandbox: Sandbox

    beforeAll(async () => {
      sandbox = await (number > 0 ? shared.get() : startSandbox({ ...(singleSignOn && { singleSignOn }), ...(env && { env }) }))
    })
    afterAll(() => (number > 0 ? undefined : sandbox.stop()))

    test('is experienced so', () => play(sandbox, dialogue, (key) => (number > 0 ? inCast(key, number) : key)), longestMs)
  })
}
