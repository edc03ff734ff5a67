/** What does a record of version 1, which kept everything of a person by chat, mean today? */
import { isDeepStrictEqual } from 'node:util'
import { renamed } from '../verbs/former'
import { newPerson } from './person'
import { fieldsOf, isObject, listOf, type Fields } from './reading'
import type { Stored } from './store'

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
export const fromVersion1 = (value: unknown): Fields => {
  if (!isObject(value)) return {}
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

const choicesOf = (value: Fields): Fields => {
  const { runs: _, ...choices } = fieldsOf(value.person)
  return choices
}

/** Of which record of version 1 a record of today holds everything: that its builds went on with it, or forgot the person, shows in the difference. */
export interface From {
  readonly etag: string
  readonly at: string
  readonly choices: Fields
}

export const fromOf = ({ etag, at, value }: Stored): From => ({ etag, at, choices: choicesOf(fromVersion1(value)) })

/** Undefined: a build of version 1 has not been seen to write of this person. */
export const fromIn = (value: unknown): From | undefined => {
  const { etag, at, choices } = fieldsOf(fieldsOf(value).from)
  return typeof etag === 'string' && typeof at === 'string' ? { etag, at, choices: fieldsOf(choices) } : undefined
}

/** Both changed it: a list has the entries of both, an object is merged by its parts, and else what was written last stands. */
const mergeValue = (own: unknown, other: unknown, base: unknown, newer: 'own' | 'other'): unknown => {
  if (Array.isArray(own) && Array.isArray(other)) return [...own, ...other.filter((each) => !own.some((mine) => isDeepStrictEqual(mine, each)))]
  if (isObject(own) && isObject(other)) return mergeChoices(own, other, fieldsOf(base), newer)
  return newer === 'other' ? other : own
}

/** Field by field; one that only one side changed since is that side's. */
const mergeChoices = (own: Fields, other: Fields, base: Fields, newer: 'own' | 'other'): Fields => {
  const names = [...new Set([...Object.keys(own), ...Object.keys(base), ...Object.keys(other)])]
  const isChanged = (side: Fields, name: string) => !isDeepStrictEqual(side[name], base[name])
  const mergedOf = (name: string): unknown => {
    if (!isChanged(other, name)) return own[name]
    return isChanged(own, name) ? mergeValue(own[name], other[name], base[name], newer) : other[name]
  }
  return Object.fromEntries(names.map((name) => [name, mergedOf(name)]))
}

const timeIn = (entry: unknown, field: string): string => {
  const at = fieldsOf(entry)[field]
  return typeof at === 'string' ? at : ''
}

/** What version 1 can take away from a run; whatever else it does not know stays. */
const ofVersion1: Fields = { helped: undefined, proof: undefined, displaced: undefined }

/** Of each run the later state, newest first as before. */
const mergeRuns = (own: readonly unknown[], other: readonly unknown[]): readonly unknown[] => {
  const sameIn = (runs: readonly unknown[], run: unknown) =>
    runs.find((each) => isDeepStrictEqual(each, run) || (fieldsOf(run).id !== undefined && fieldsOf(each).id === fieldsOf(run).id))
  const later = (run: unknown): unknown => {
    const theirs = sameIn(other, run)
    return isObject(run) && isObject(theirs) && timeIn(theirs, 'updatedAt') > timeIn(run, 'updatedAt') ? { ...run, ...ofVersion1, ...theirs } : run
  }
  const added = other.filter((run) => sameIn(own, run) === undefined)
  return [...added, ...own.map(later)].toSorted((a, b) => timeIn(b, 'startedAt').localeCompare(timeIn(a, 'startedAt')))
}

const mergeViews = (own: Fields, other: Fields): Fields => ({
  ...own,
  ...Object.fromEntries(Object.entries(other).filter(([chat, view]) => timeIn(view, 'touchedAt') > timeIn(own[chat], 'touchedAt'))),
})

/** Both records as version 2 stores them, in one: builds of version 1 went on with their own after a roll-back, or side by side. */
export const merge = (own: unknown, other: unknown, base: From | undefined, newer: 'own' | 'other'): Fields => {
  const [ours, theirs] = [fieldsOf(own), fieldsOf(other)]
  const choices = mergeChoices(choicesOf(ours), choicesOf(theirs), base?.choices ?? choicesOf({ person: newPerson() }), newer)
  return {
    ...ours,
    person: { ...choices, runs: mergeRuns(listOf(fieldsOf(ours.person).runs), listOf(fieldsOf(theirs.person).runs)) },
    views: mergeViews(fieldsOf(ours.views), fieldsOf(theirs.views)),
  }
}
