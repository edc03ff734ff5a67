import * as activities from './activities'
import type { Activity, Setting } from './activities'
import type { BotAnswer } from './call-bot'
import type { Post } from './delivery'
import type { ChatMessage, Exchange, SignInCard } from './protocol'
import type { Spot } from './teams'
import type { SandboxPerson } from './tenants'
import type { TokenService } from './token-service'
import type { Transcript } from './transcript'

export interface SignInParts {
  /** What Teams gets from the authority for the person: a token for the bot's app. */
  readonly tokenOf: (person: SandboxPerson) => string
  readonly signIn: TokenService['signIn']
  readonly signOut: TokenService['signOut']
  /** Keys of people who agreed to the bot reading their profile; changed in place. */
  readonly consented: Set<string>
}

export interface TokenExchangeOptions {
  /** How many of the person's Teams clients send it at once; default 1. */
  readonly clients?: number
  /** Default: a good one. */
  readonly token?: string
  /** Default: those of the newest sign-in card in the chat. */
  readonly id?: string
  readonly connectionName?: string
}

/** An exchange with the bot's answers, one for each time the activity was sent. */
export type SignInExchange = Exchange & { readonly answers: readonly BotAnswer[] }

/** Single sign-on, seen from the person: what their Teams does about the newest sign-in card of a chat. */
export interface SignIns {
  /** Silently, as Teams does first. Before the person consented, the bot has to answer 412. */
  readonly exchange: (spot: Spot, options?: TokenExchangeOptions) => Promise<SignInExchange>
  /** The consent screen that follows a 412: yes, and the exchange once more. */
  readonly consent: (spot: Spot, options?: TokenExchangeOptions) => Promise<SignInExchange>
  /** … or no: the window is closed, by its button or without a word. Teams hands over its word for that in place of a code. */
  readonly cancel: (spot: Spot) => Promise<SignInExchange>
  /** Teams could not even ask, and says why (e.g. `tokenmissing`). */
  readonly decline: (spot: Spot, code?: string) => Promise<SignInExchange>
  /** By the card's button: signs in and consents in the pop-up, then Teams sends its code (or `code`). */
  readonly signIn: (spot: Spot, code?: string) => Promise<SignInExchange>
  /** … with another account than the one in Teams. */
  readonly signInAs: (spot: Spot, account: SandboxPerson) => Promise<SignInExchange>
  /** As if they had never been asked: no consent, and no token of theirs in the store. */
  readonly forgetConsent: (person: string) => void
}

interface Parts {
  readonly transcript: Transcript
  readonly settingOf: (spot: Spot) => Setting
  readonly personOf: (key: string) => SandboxPerson
  readonly exchange: (setting: Setting, work: () => Promise<{ status: number }>) => Promise<Exchange>
  readonly post: Post
  readonly existing: <T>(thing: T | undefined, what: string) => T
  readonly signIn: SignInParts | undefined
}

const cancelled = 'CancelledByUser'

export const createSignIns = ({ transcript, settingOf, personOf, exchange: during, post, existing, signIn: given }: Parts): SignIns => {
  const parts = () => existing(given, 'way to sign in')
  /** By chat: the card that the clients were last shown, which they know also when the bot has replaced it since. */
  const shown = new Map<string, ChatMessage>()
  const cardIn = ({ chat }: Setting): SignInCard | undefined => {
    const newest = transcript.messages().findLast((message) => message.chat === chat.key && message.signIn)
    const known = shown.get(chat.key)
    const card = newest && known && Number(known.id) > Number(newest.id) ? known : (newest ?? known)
    if (card) shown.set(chat.key, card)
    return card?.signIn
  }

  /** In a chat of one's own, one sign-in is enough for all the cards that ask for it. */
  const markDone = ({ chat }: Setting) => {
    if (chat.place !== 'personal') return
    for (const { id, chat: key, signIn } of transcript.messages())
      if (key === chat.key && signIn && !signIn.done) transcript.change(key, id, { signIn: { ...signIn, done: true } })
  }

  /** Every client sends an activity of its own. */
  const send = async (setting: Setting, build: () => Activity, clients = 1): Promise<SignInExchange> => {
    let answers: readonly BotAnswer[] = []
    const done = await during(setting, async () => {
      answers = await Promise.all(Array.from({ length: clients }, () => post(build())))
      return { status: answers[0]?.status ?? 0 }
    })
    return { ...done, answers }
  }

  const sendToSignIn = async (setting: Setting, build: () => Activity, clients?: number) => {
    const exchange = await send(setting, build, clients)
    if (exchange.answers.some(({ status }) => status >= 200 && status < 300)) markDone(setting)
    return exchange
  }

  const exchange: SignIns['exchange'] = async (spot, { clients = 1, token, id, connectionName } = {}) => {
    const setting = settingOf(spot)
    const card = cardIn(setting)
    const value = {
      id: id ?? existing(card?.exchange?.id, 'sign-in card to exchange a token for'),
      connectionName: connectionName ?? existing(card?.connectionName, 'sign-in card'),
      token: token ?? parts().tokenOf(setting.person),
    }
    return sendToSignIn(setting, () => activities.tokenExchange(setting, value), clients)
  }

  const consent: SignIns['consent'] = async (spot, options) => {
    parts().consented.add(spot.person)
    return exchange(spot, options)
  }

  const cancel: SignIns['cancel'] = async (spot) => {
    const setting = settingOf(spot)
    return send(setting, () => activities.verifyState(setting, cancelled))
  }

  const decline: SignIns['decline'] = async (spot, code = 'resourcematchfailed') => {
    const setting = settingOf(spot)
    return send(setting, () => activities.signInFailure(setting, code, 'The sandbox was told so.'))
  }

  const signIn: SignIns['signIn'] = async (spot, code) => {
    const setting = settingOf(spot)
    parts().consented.add(spot.person)
    const issued = await parts().signIn(setting.person)
    return sendToSignIn(setting, () => activities.verifyState(setting, code ?? issued))
  }

  const signInAs: SignIns['signInAs'] = async (spot, account) => {
    const setting = settingOf(spot)
    const code = await parts().signIn(setting.person, account)
    return sendToSignIn(setting, () => activities.verifyState(setting, code))
  }

  const forgetConsent: SignIns['forgetConsent'] = (key) => {
    const person = personOf(key)
    parts().consented.delete(key)
    parts().signOut(person)
  }
  return { exchange, consent, cancel, decline, signIn, signInAs, forgetConsent }
}
