/** What does a record of version 1, which kept everything of a person by chat, mean today? */
import { renamed } from '../verbs/action'
import type { PersonRecord } from './record'

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const isVersion1 = (value: unknown): boolean => isObject(value) && value.v === 1

const touched = (chat: unknown): string => (isObject(chat) && typeof chat.touchedAt === 'string' ? chat.touchedAt : '')

/** The run that was open in the chat that was used last, now everywhere. */
const openIn = (chats: Fields): unknown => {
  const [newest] = Object.values(chats)
    .filter((chat) => isObject(chat) && typeof chat.run === 'string')
    .toSorted((a, b) => touched(b).localeCompare(touched(a)))
  return isObject(newest) ? newest.run : undefined
}

const runOf = (run: unknown): unknown => {
  if (!isObject(run)) return run
  const { chat: _, ...rest } = run
  return rest
}

const signInOf = ({ signIn }: Fields): unknown => {
  if (!isObject(signIn)) return undefined
  const { waiting, at, card, over, told } = signIn
  return { state: over === true ? 'declined' : told === true ? 'told' : 'waiting', for: renamed(waiting), at, ...(card !== undefined && { card }) }
}

const asksAbout: readonly (readonly [verb: string, asked: Fields])[] = [
  ['forget-me-yes', { question: 'forget-me' }],
  ['keep-fr', { question: 'keep-language', lang: 'fr' }],
  ['keep-en', { question: 'keep-language', lang: 'en' }],
  ['proceed', { question: 'before' }],
  ['look-up', { question: 'ids' }],
]

/** Version 1 read off the buttons what was asked, and whether the card was beside a guide. */
const viewOf = (chat: unknown): unknown => {
  if (!isObject(chat)) return chat
  const buttons = listOf(chat.buttons)
  const has = (verb: string) => buttons.some((button) => isObject(button) && button.verb === verb)
  const asked = asksAbout.find(([verb]) => has(verb))?.[1]
  const signIn = signInOf(chat)
  return {
    welcomed: chat.welcomed,
    aside: has('resume'),
    list: listOf(chat.picks).map(renamed),
    buttons: buttons.map(renamed),
    touchedAt: chat.touchedAt,
    ...(asked && { asked }),
    ...(chat.why !== undefined && { why: chat.why }),
    ...(signIn !== undefined && { signIn }),
  }
}

/** The same, as version 2 stores it; what is unknown in it stays as it is, to be read or set aside entry by entry. */
export const fromVersion1 = (value: unknown): unknown => {
  if (!isObject(value)) return value
  const { v: _, chats, runs, ...choices } = value
  const byChat = isObject(chats) ? chats : {}
  const open = openIn(byChat)
  return {
    v: 2,
    person: { ...choices, ...(open !== undefined && { open }), runs: listOf(runs).map(runOf) },
    views: Object.fromEntries(Object.entries(byChat).map(([chat, view]) => [chat, viewOf(view)])),
    handled: [],
    owed: [],
  }
}

/** A build of version 1 went on with its own record after a roll-back: of each run the later state stands, of choices those of `newer`. */
export const merged = (record: PersonRecord, other: PersonRecord, otherIsNewer: boolean): PersonRecord => {
  const [first, second] = otherIsNewer ? [other, record] : [record, other]
  const later = (id: string) => [...first.person.runs, ...second.person.runs].filter((run) => run.id === id).toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))[0]
  const ids = [...new Set([...first.person.runs, ...second.person.runs].map(({ id }) => id))]
  return {
    ...record,
    person: { ...second.person, ...first.person, runs: ids.flatMap((id) => later(id) ?? []) },
    views: { ...second.views, ...first.views },
  }
}
