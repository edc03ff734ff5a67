/** One of a crowd in one place, and what they see of each thing they do. */
import type { ChatMessage, Exchange, Place } from '../../src/sandbox/protocol'
import { conversation, textOf, type Conversation, type Sandbox } from './harness'

/** Somebody in a place, with the id that the connector knows the conversation by. */
export interface Someone extends Conversation {
  readonly person: string
  readonly chat: string
  readonly id: () => string
}

export const someone = (sandbox: Sandbox, person: string, place: Place = 'personal', locale = 'en-US'): Someone => {
  const chat = { personal: `personal-${person}`, groupChat: `group-${person}`, channel: 'channel' }[place]
  const who = conversation(sandbox, { person, chat, locale })
  const thread = () => who.messages().findLast(({ from }) => from === person)?.thread
  const ids = {
    personal: () => `a:personal-${person}`,
    groupChat: () => `19:group-${person}@thread.v2`,
    channel: () => `19:general@thread.tacv2;messageid=${thread()}`,
  }
  return { ...who, person, chat, id: ids[place] }
}

/** What a person sees of one thing they did. */
export interface Experience extends Pick<Exchange, 'status'> {
  readonly ms: number
  /** New messages of the bot, and cards that changed. */
  readonly fresh: readonly ChatMessage[]
  readonly changed: readonly ChatMessage[]
  /** All there is to read in them. */
  readonly text: string
}

/** `work`: whatever they do; several things at once make one experience. */
export const experience = async (who: Conversation, work: () => Promise<Pick<Exchange, 'status' | 'notice'>>): Promise<Experience> => {
  const before = new Map(who.messages().map((message) => [message.id, JSON.stringify(message)]))
  const start = performance.now()
  const { status, notice } = await work()
  const ms = performance.now() - start
  const seen = who.messages().filter((message) => message.from === 'bot' && before.get(message.id) !== JSON.stringify(message))
  const [fresh, changed] = [seen.filter(({ id }) => !before.has(id)), seen.filter(({ id }) => before.has(id))]
  return { status, ms, fresh, changed, text: [...seen.map(textOf), ...(notice ? [notice] : [])].join('\n') }
}

/** So many at a time, in their order. */
export const inPool = async <T>(size: number, all: readonly T[], work: (each: T) => Promise<void>): Promise<void> => {
  const waiting = [...all]
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: size }, worker))
}
