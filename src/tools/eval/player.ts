/** How does somebody talk to the bot as a function: no process, no network, and a directory in which nothing can be looked up? */
import { createDirectory } from '../../directory'
import { newPerson } from '../../runs/person'
import { newView } from '../../runs/view'
import { takePersonalTurn } from '../../take-turn'
import type { Language } from '../../topics'
import type { Personal, PersonalOutcome } from '../../turn/outcome'

export const now = new Date('2026-11-27T10:00:00.000Z')
const directory = createDirectory({}, { info: () => undefined, warn: () => undefined })

/** Nobody has said anything yet. */
export const newcomer = (): Personal => ({ person: newPerson(), view: newView(now) })

export interface Player {
  /** Counted, so that two players never share one. */
  readonly newId: () => string
  readonly say: (known: Personal, text: string) => Promise<PersonalOutcome>
}

export const playerIn = (language: Language): Player => {
  let count = 0
  const newId = () => `id-${(count += 1)}`
  const services = {
    now: () => now,
    newId,
    publicUrl: undefined,
    privateChatUrl: () => 'https://teams.microsoft.com',
    directory,
    signsIn: false,
    caller: () => Promise.resolve({}),
  }
  return {
    newId,
    say: (known, text) => {
      const incoming = { place: 'personal', kind: 'message', text, press: undefined, clientLanguage: language, activity: newId(), chat: 'chat' } as const
      return takePersonalTurn(known, incoming, { isRepeat: false, owed: undefined, isInvoke: false, lostWelcome: false }, services)
    },
  }
}
