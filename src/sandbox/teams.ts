import * as activities from './activities'
import type { Activity, Setting } from './activities'
import type { Room } from './bot-messages'
import type { Listener } from './broadcast'
import type { BotAnswer } from './call-bot'
import { dataWithInputs, submission } from './card-press'
import type { SandboxChat } from './chats'
import type { Post } from './delivery'
import { readInvokeAnswer } from './invoke-answer'
import { isSeenBy, type ChatMessage, type Exchange, type OpenRequest, type PressRequest, type SayRequest, type SceneEvent } from './protocol'
import type { SandboxPerson } from './tenants'
import { createMessageBox, type MessageBox } from './message-box'
import { createSignIns, type SignInParts, type SignIns } from './sign-ins'

/** Where a person is, as the page and tests name it. */
export type Spot = Pick<SayRequest, 'person' | 'chat' | 'thread' | 'locale'>

/** Teams, seen from the person: they open chats, write, press; what the bot does appears in the transcript. */
export interface Teams extends SignIns, MessageBox {
  readonly open: (request: OpenRequest) => Promise<Exchange>
  readonly say: (request: SayRequest) => Promise<Exchange>
  readonly press: (request: PressRequest) => Promise<Exchange>
  /** The same message delivered twice at once, as Teams does when it missed the answer; one exchange for both. */
  readonly sendTwice: (request: SayRequest) => Promise<Exchange>
  /** Any activity (see `activities.ts`), delivered in this spot. */
  readonly deliver: (spot: Spot, build: (setting: Setting) => Activity) => Promise<Exchange>
  /** Past all of Teams: any body, with any token; answers as the bot's HTTP server does. */
  readonly post: Post
  readonly messages: () => readonly ChatMessage[]
  /** Answers with the function that stops listening. */
  readonly on: (listener: Listener<SceneEvent>) => () => void
}

export interface TeamsParts {
  readonly room: Room
  readonly people: readonly SandboxPerson[]
  readonly bot: Setting['bot']
  readonly post: Post
  /** Without it nobody can sign in. */
  readonly signIn?: SignInParts
}

/** Thrown when a request names a person, chat or message that does not exist (for them). */
export class NoSuchThing extends Error {}

type Result = Pick<Exchange, 'status' | 'notice'>

const existing = <T>(thing: T | undefined, what: string): T => {
  if (thing === undefined) throw new NoSuchThing(`There is no ${what}.`)
  return thing
}

const nothing: Exchange = { status: 200, messages: [] }

/** The first answer that is not good speaks for all. */
const together = (answers: readonly BotAnswer[]): Result => ({
  status: answers.find(({ status }) => status < 200 || status > 299)?.status ?? 200,
})

const holds = (members: unknown, id: string): boolean => Array.isArray(members) && members.some((each) => Object(each).id === id)

export const createTeams = ({ room, people, bot, post, signIn }: TeamsParts): Teams => {
  const { chats, transcript, events, installed } = room

  const chatOf = (key: string, person: SandboxPerson) =>
    existing(
      chats.find((chat) => chat.key === key && chat.members.includes(person)),
      `chat ${key} of ${person.key}`,
    )

  const personOf = (key: string) =>
    existing(
      people.find((each) => each.key === key),
      `person ${key}`,
    )

  const settingOf = ({ person: key, chat, thread, locale }: Spot): Setting => {
    const person = personOf(key)
    if (thread) existing(transcript.find(chat, thread), `post ${thread}`)
    return { bot, person, chat: chatOf(chat, person), thread, locale }
  }

  /** Does `work` and gathers what the bot wrote or changed meanwhile, in this chat and in the person's own. */
  const exchange = async ({ person, chat }: Setting, work: () => Promise<Result>): Promise<Exchange> => {
    const touched = new Map<string, ChatMessage>()
    const near = [chat.key, `personal-${person.key}`]
    const off = events.on((event) => {
      if (event.kind === 'deleted') touched.delete(event.id)
      if (event.kind !== 'message' && event.kind !== 'updated') return
      if (event.message.from === 'bot' && near.includes(event.message.chat) && isSeenBy(event.message, person.key)) touched.set(event.message.id, event.message)
    })
    try {
      return { ...(await work()), messages: [...touched.values()] }
    } finally {
      off()
    }
  }

  /** The app is not in their Teams: they have to add it first. */
  const isAbsent = ({ key }: SandboxPerson): boolean => room.faults?.absent.includes(key) ?? false

  const open = async (request: OpenRequest) => {
    const setting = settingOf(request)
    const { key, place } = setting.chat
    if (place === 'personal' && isAbsent(setting.person)) {
      installed.delete(key)
      return nothing
    }
    if (installed.has(key)) return nothing
    installed.add(key)
    const both = [activities.installation(setting, 'add'), activities.opened(setting)]
    return exchange(setting, async () => together(await Promise.all(both.map((each) => post(each)))))
  }

  /** Puts the person's words into the transcript; in a channel without a thread they start a post. */
  const write = (setting: Setting, text: string, mention: boolean, alone = false) => {
    const { chat, person, thread } = setting
    const id = transcript.nextId()
    const place = chat.place === 'channel' ? { thread: thread ?? id } : {}
    const words = alone ? `/${bot.name} ${text}` : mention ? `@${bot.name} ${text}` : text
    transcript.add({ id, chat: chat.key, from: person.key, text: words, textFormat: 'plain', ...place, ...(alone && { to: 'bot' }) })
    return { id, setting: { ...setting, ...place } }
  }

  const sayTimes = (times: number) => async (request: SayRequest) => {
    const { text } = request
    const spot = settingOf(request)
    const isShared = spot.chat.place !== 'personal'
    const alone = isShared && request.alone === true
    const mention = request.mention && isShared && !alone
    if (!isShared && isAbsent(spot.person)) throw new NoSuchThing(`The app is not in the Teams of ${spot.person.key}.`)
    const { id, setting } = write(spot, text, mention, alone)
    if (isShared && !mention && !alone) return nothing
    installed.add(setting.chat.key)
    const written = alone ? activities.aside(setting, id, text) : activities.message(setting, id, text, mention)
    const posts = () => Array.from({ length: times }, () => post(written))
    return exchange(setting, async () => together(await Promise.all(posts())))
  }
  const say = sayTimes(1)

  const pressExecute = async (setting: Setting, { message, action, inputs, locale }: PressRequest): Promise<Result> => {
    const { type, title, verb } = action
    const sent = activities.execute(setting, message, { type, title, verb, data: dataWithInputs({ action, inputs }) })
    const answer = await post(sent)
    const { card, notice } = readInvokeAnswer(answer, locale)
    if (card !== undefined) transcript.change(setting.chat.key, message, { cards: [card], summary: undefined })
    return { status: answer.status, ...(notice && { notice }) }
  }

  const pressSubmit = (setting: Setting, request: PressRequest) => {
    const sent = submission(request)
    if (sent.kind === 'imBack') return say({ ...request, ...(setting.thread && { thread: setting.thread }), text: sent.text, mention: true })
    if (sent.displayText) write(setting, sent.displayText, false)
    const written = activities.submit(setting, request.message, sent.value, sent.text)
    return exchange(setting, async () => together([await post(written)]))
  }

  const press = async (request: PressRequest) => {
    const spot = settingOf(request)
    const { thread } = existing(transcript.find(request.chat, request.message), `message ${request.message}`)
    const setting = { ...spot, thread }
    installed.add(spot.chat.key)
    if (request.action.type === 'Action.Submit') return pressSubmit(setting, request)
    return exchange(setting, () => pressExecute(setting, request))
  }

  /** Of Teams' two events for a new chat either may come first; the bot is in the chat from then on. */
  const noteInstallation = ({ key }: SandboxChat, { type, action, membersAdded }: Activity) => {
    if (type === 'installationUpdate' && action === 'remove') installed.delete(key)
    else if (type === 'installationUpdate' || holds(membersAdded, bot.id)) installed.add(key)
  }

  const deliver = async (spot: Spot, build: (setting: Setting) => Activity) => {
    const setting = settingOf(spot)
    const activity = build(setting)
    noteInstallation(setting.chat, activity)
    return exchange(setting, async () => together([await post(activity)]))
  }

  const signIns = createSignIns({ transcript, settingOf, personOf, exchange, post, existing, signIn })
  const box = createMessageBox({ transcript, settingOf, post })
  return { ...signIns, ...box, open, say, press, sendTwice: sayTimes(2), deliver, post, messages: transcript.messages, on: events.on }
}
