/** One person's talk in a private chat, as a function: no process, no network, a directory in which nothing can be looked up. */
import type { Reply } from '../../src/cards/reply'
import { createDirectory } from '../../src/directory'
import { newPerson, openRun } from '../../src/runs/person'
import { newView } from '../../src/runs/view'
import { takePersonalTurn } from '../../src/take-turn'
import type { Language } from '../../src/topics'
import type { Personal } from '../../src/turn/outcome'

const now = new Date('2026-11-27T10:00:00.000Z')
const directory = createDirectory({}, { info: () => undefined, warn: () => undefined })

export interface Talk {
  readonly say: (text: string) => Promise<Reply>
  readonly place: () => { readonly topic: string; readonly stage: string; readonly step: string } | undefined
  /** Id of the passage that was told last. */
  readonly passage: () => string | undefined
}

/** Ids are counted, so that two talks never share one. */
export const begin = (language: Language): Talk => {
  let known: Personal = { person: newPerson(), view: newView(now) }
  let count = 0
  const newId = () => `id-${(count += 1)}`
  return {
    say: async (text) => {
      const incoming = { place: 'personal', kind: 'message', text, press: undefined, clientLanguage: language, activity: newId(), chat: 'chat' } as const
      const services = {
        now: () => now,
        newId,
        publicUrl: undefined,
        privateChatUrl: () => 'https://teams.microsoft.com',
        directory,
        signsIn: false,
        caller: () => Promise.resolve({}),
      }
      const outcome = await takePersonalTurn(known, incoming, { isRepeat: false, owed: undefined, isInvoke: false, lostWelcome: false }, services)
      known = outcome.known
      if (!outcome.reply) throw new Error(`nothing was said to "${text}"`)
      return outcome.reply
    },
    place: () => {
      const run = openRun(known.person)
      return run && { topic: run.topic, stage: run.stage, step: run.step }
    },
    passage: () => known.view.passage,
  }
}
