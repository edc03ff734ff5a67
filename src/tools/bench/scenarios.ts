/** What do people do while it is measured? Each scenario prepares its people, and then gives one turn after the other. */
import { inCast } from '../../sandbox/casts'
import type { ChatMessage, Exchange } from '../../sandbox/protocol'
import type { Sandbox } from '../../sandbox/start'

/** One person in one chat, who does one thing at a time. */
export type TakeTurn = () => Promise<Exchange>

export interface Scenario {
  readonly id: string
  readonly title: string
  /** Conversation `number`, from 1 up. The echo is always written to. */
  readonly open: (sandbox: Sandbox, number: number) => Promise<TakeTurn>
}

const locale = 'en-US'
const questions = [
  'what is a tenant?',
  'who owns an azure subscription?',
  'which role do I need to buy microsoft 365?',
  'we have an enterprise agreement, what now?',
  'what breaks when a subscription changes directory?',
  'which account should I use to sign up?',
]

const next = <T>(items: readonly T[]) => {
  let at = -1
  return (): T => {
    at = (at + 1) % items.length
    const item = items[at]
    if (item === undefined) throw new Error('There is nothing to take.')
    return item
  }
}

const personal = (sandbox: Sandbox, person: string) => {
  const chat = `personal-${person}`
  return {
    say: (text: string) => sandbox.teams.say({ person, chat, locale, text, mention: false }),
    press: (message: ChatMessage, verb: string) =>
      sandbox.teams.press({ person, chat, locale, message: message.id, action: actionOf(message, verb), inputs: {} }),
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** Every object in a card that is an action of this verb. */
const actionsIn = (value: unknown, verb: string): readonly Readonly<Record<string, unknown>>[] => {
  if (Array.isArray(value)) return value.flatMap((each) => actionsIn(each, verb))
  if (!isObject(value)) return []
  const own = value['type'] === 'Action.Execute' && value['verb'] === verb ? [value] : []
  return [...own, ...Object.values(value).flatMap((each) => actionsIn(each, verb))]
}

const actionOf = ({ cards }: ChatMessage, verb: string) => {
  const action = actionsIn(cards, verb)[0]
  if (!action) throw new Error(`The card has no action ${verb}.`)
  return { type: 'Action.Execute', verb, data: action['data'] } as const
}

const cardIn = ({ messages }: Exchange): ChatMessage => {
  const message = messages.findLast(({ cards }) => cards.length > 0)
  if (!message) throw new Error('No card came.')
  return message
}

/** Into the steps of a guide; answers with the card that is on screen. */
const intoGuide = async ({ say }: ReturnType<typeof personal>): Promise<ChatMessage> => {
  await say('we have microsoft 365 and want azure')
  for (const text of ['web', 'start', 'yes']) await say(text)
  return cardIn(await say('done'))
}

const askQuestions = async (sandbox: Sandbox, number: number): Promise<TakeTurn> => {
  const { say } = personal(sandbox, inCast('kelley', number))
  const question = next(questions)
  return () => say(question())
}

const pressButtons = async (sandbox: Sandbox, number: number): Promise<TakeTurn> => {
  const { say, press } = personal(sandbox, inCast('tricia', number))
  let card = await intoGuide({ say, press })
  const verb = next(['back', 'done'])
  return async () => {
    const exchange = await press(card, verb())
    card = exchange.messages.findLast(({ cards }) => cards.length > 0) ?? card
    return exchange
  }
}

const actInGuide = async (sandbox: Sandbox, number: number): Promise<TakeTurn> => {
  const { say, press } = personal(sandbox, inCast('morgan', number))
  await intoGuide({ say, press })
  const words = next(['back please', "ok that's done, next"])
  return () => say(words())
}

const mention = async ({ teams }: Sandbox, number: number): Promise<TakeTurn> => {
  const question = next(questions)
  return () => teams.say({ person: inCast('kelley', number), chat: inCast('channel', number), locale, text: question(), mention: true })
}

/** Everybody once, so that nothing is remembered of them. */
const people = ['kelley', 'tricia', 'morgan', 'sasha', 'jane']

const checkRoles = async (sandbox: Sandbox, number: number): Promise<TakeTurn> => {
  const person = next(people.map((key) => inCast(key, number)))
  return () => personal(sandbox, person()).say('check my role again')
}

const mix = async (sandbox: Sandbox, number: number): Promise<TakeTurn> => {
  const [ask, press, act, call, role] = await Promise.all([askQuestions, pressButtons, actInGuide, mention, checkRoles].map((open) => open(sandbox, number)))
  if (!ask || !press || !act || !call || !role) throw new Error('A scenario is missing.')
  const turn = next([ask, press, ask, act, ask, press, call, ask, act, press, ask, press, call, ask, role, act, ask, press, ask, call])
  return () => turn()()
}

export const scenarios: readonly Scenario[] = [
  { id: 'question', title: 'typed question, answered with a card, personal', open: askQuestions },
  { id: 'press', title: 'card press', open: pressButtons },
  { id: 'mention', title: '@mention in a channel', open: mention },
  { id: 'role', title: 'role check, Graph at 30 ms', open: checkRoles },
  { id: 'act', title: 'act in mid-guide', open: actInGuide },
  { id: 'mix', title: 'realistic mix', open: mix },
]

/** What the echo is measured with, whatever the bot does. */
export const echoed: Scenario = { id: 'echo', title: 'echo of a typed message', open: askQuestions }
