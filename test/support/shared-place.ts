/** A channel or group without Teams or a process: one turn after the other, as functions. */
import { privateChat } from '../../src/bot/teams-host'
import type { Button, Reply } from '../../src/cards/reply'
import { newThread, type Thread } from '../../src/runs/thread'
import { takeThreadTurn } from '../../src/take-turn'
import type { Language } from '../../src/topics'
import type { SharedIncoming } from '../../src/turn/incoming'
import type { Delivery, ThreadOutcome } from '../../src/turn/outcome'
import type { Services } from '../../src/turn/services'
import type { ActionData, Inputs } from '../../src/verbs/action'
import { plainly } from './cards'

export const appId = '11111111-2222-4333-8444-555555555555'
export const publicHost = 'https://smba.trafficmanager.net/emea/'
export const publicUrl = 'https://onetenant-bot.contoso-department.example.com'

export const servicesAt = (serviceUrl = publicHost): Services => ({
  now: () => new Date('2026-11-25T09:30:00Z'),
  newId: () => {
    throw new Error('a shared place makes nothing that needs an id')
  },
  publicUrl,
  privateChatUrl: (text) => privateChat(serviceUrl, appId, text),
})

/** Whoever writes to what they were given is found out. */
export const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}

export const firstTime: Delivery = { isRepeat: false, isInvoke: false, owed: undefined, lostWelcome: false }

export const buttonOf = ({ page }: Reply, title: string): Button => {
  const found = page.buttons.find((button) => plainly(button.title) === title)
  if (!found) throw new Error(`The card "${page.title}" has no button "${title}"; it has: ${page.buttons.map((button) => button.title).join(' · ')}`)
  return found
}

export const titlesOf = ({ page }: Reply) => page.buttons.map(({ title }) => plainly(title))
export const linksOf = ({ page }: Reply) => page.buttons.flatMap((button) => (button.kind === 'open' ? [button.url] : []))
export const actionsIn = ({ page }: Reply): readonly ActionData[] => page.buttons.flatMap((button) => (button.kind === 'press' ? [button.action] : []))

export interface Options {
  readonly thread?: Partial<Thread>
  readonly place?: SharedIncoming['place']
  readonly serviceUrl?: string
}

export interface SharedPlaceForTests {
  readonly thread: () => Thread
  readonly hear: (incoming: Partial<SharedIncoming>, delivery?: Delivery) => ThreadOutcome
  /** Answers with what is said; throws when it is nothing. */
  readonly say: (text: string, language?: Language) => Reply
  readonly press: (title: string, on: Reply) => Reply
  readonly do: (action: ActionData, inputs?: Inputs) => Reply
}

export const sharedPlace = ({ thread: given, place = 'groupChat', serviceUrl }: Options = {}): SharedPlaceForTests => {
  let thread = frozen<Thread>({ ...newThread(), ...given })
  let count = 0
  const services = servicesAt(serviceUrl)

  const hear: SharedPlaceForTests['hear'] = (incoming, delivery = firstTime) => {
    count += 1
    const outcome = takeThreadTurn(
      thread,
      frozen({ kind: 'message', text: '', press: undefined, clientLanguage: 'en', activity: `activity-${count}`, chat: 'chat', place, ...incoming }),
      frozen(delivery),
      services,
    )
    thread = frozen(outcome.known)
    return outcome
  }
  const said = ({ reply }: ThreadOutcome): Reply => {
    if (!reply) throw new Error('nothing was said')
    return reply
  }
  const act: SharedPlaceForTests['do'] = (action, inputs = {}) => said(hear({ kind: 'press', press: { action, inputs } }))

  return {
    thread: () => thread,
    hear,
    say: (text, clientLanguage = 'en') => said(hear({ text, clientLanguage })),
    press: (title, on) => {
      const button = buttonOf(on, title)
      if (button.kind === 'open') throw new Error(`"${title}" opens ${button.url}: the bot hears nothing of it`)
      return act(button.action)
    },
    do: act,
  }
}
