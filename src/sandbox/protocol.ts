/**
 * What the chat page and the sandbox server say to each other, and what tests read: one picture of the chats, in JSON.
 * The page gets it from `GET /api/scene`, then follows `GET /api/events` (server-sent events, one `SceneEvent` each).
 */
import type { Language } from '../topics'

export type Place = 'personal' | 'groupChat' | 'channel'

export interface Person {
  /** e.g. `kelley` */
  readonly key: string
  readonly name: string
  /** One line for the switcher, e.g. "Global Administrator at Contoso". */
  readonly about: string
  /** What they sign in with, e.g. `admin@contoso.onmicrosoft.com`. */
  readonly account: string
}

/** A chat or channel. `thread` ids exist in channels only: each post starts one. */
export interface Chat {
  /** e.g. `personal-kelley`, `group`, `channel` */
  readonly key: string
  readonly place: Place
  readonly title: string
}

/** One message as the page shows it: a person's, or the bot's with its cards. */
export interface ChatMessage {
  readonly id: string
  readonly chat: string
  /** Channel only: id of the post this belongs to (its own id when it is the post). */
  readonly thread?: string
  /** `bot`, or the key of a person. */
  readonly from: string
  /** Key of the one person who sees it, besides whoever wrote it; absent: everybody in the chat does. */
  readonly to?: string
  readonly at: string
  readonly text?: string
  readonly textFormat?: 'plain' | 'markdown' | 'xml'
  readonly summary?: string
  /** Adaptive Cards, newest version; replaced in place by updates and by answers to Action.Execute. */
  readonly cards: readonly unknown[]
  /** Message-level suggested actions (title and what is written when pressed). */
  readonly suggestions: readonly { readonly title: string; readonly text: string }[]
  /** A sign-in card: Teams exchanges a token for it silently, or shows its button. */
  readonly signIn?: SignInCard
  readonly edited: boolean
}

export interface SignInCard {
  readonly connectionName: string
  /** What it says above its button. */
  readonly text?: string
  /** Of its button. */
  readonly title?: string
  /** Where its button leads: the pop-up of the token store. */
  readonly link?: string
  /** Absent: only the button works. */
  readonly exchange?: { readonly id: string; readonly uri: string }
  /** The person has signed in since. */
  readonly done?: boolean
}

export interface Scene {
  readonly bot: { readonly name: string }
  readonly organization: string
  readonly people: readonly Person[]
  /** All chats; a personal chat belongs to the person named in its key. */
  readonly chats: readonly Chat[]
  readonly messages: readonly ChatMessage[]
  /** Things worth trying first, per language. */
  readonly tries: Readonly<Record<Language, readonly string[]>>
  /** Root under which card pictures are addressed; the page shows them through `/api/image`. */
  readonly publicUrl: string
}

/** What crossed the wire, for the inspector. Tokens are never in it. */
export interface Wire {
  readonly at: string
  /** Which conversation partner: the bot's endpoint, or a look-alike called by the bot. */
  readonly to: 'bot' | 'connector' | 'login' | 'graph' | 'arm' | 'store'
  readonly method: string
  readonly path: string
  readonly status: number
  readonly ms: number
  readonly request?: unknown
  readonly response?: unknown
}

export type SceneEvent =
  | { readonly kind: 'message'; readonly message: ChatMessage }
  | { readonly kind: 'updated'; readonly message: ChatMessage }
  | { readonly kind: 'deleted'; readonly chat: string; readonly id: string }
  | { readonly kind: 'typing'; readonly chat: string; readonly thread?: string }
  | { readonly kind: 'wire'; readonly wire: Wire }

/** `POST /api/open`: the person opens a chat; the first time, Teams tells the bot that it was installed there. */
export interface OpenRequest {
  readonly person: string
  readonly chat: string
  /** Language of the person's Teams, e.g. `fr-FR`. */
  readonly locale: string
}

/** `POST /api/say`: the person sends a message. In a group or channel the bot hears it only when `mention` is true. */
export interface SayRequest {
  readonly person: string
  readonly chat: string
  readonly thread?: string
  readonly text: string
  readonly mention: boolean
  /** Written as a slash command: nobody but the bot sees it. */
  readonly alone?: boolean | undefined
  readonly locale: string
  readonly theme?: string
}

/** Whether a person sees a message: one for somebody alone is seen by them only. */
export const isSeenBy = ({ to, from }: Pick<ChatMessage, 'to' | 'from'>, person: string): boolean => to === undefined || to === person || from === person

/** `POST /api/press`: the person presses a card button. `action` is the action of the card as it stands in its JSON. */
export interface PressRequest {
  readonly person: string
  readonly chat: string
  readonly message: string
  readonly action: { readonly type: 'Action.Execute' | 'Action.Submit'; readonly title?: string; readonly verb?: string; readonly data?: unknown }
  readonly inputs: Readonly<Record<string, string>>
  readonly locale: string
}

/**
 * `POST /api/exchange`: Teams offers the bot the person's token, silently; 412 means that they have to consent first.
 * `POST /api/consent`: they do, and Teams offers it again. `POST /api/sign-in`: they sign in in the window of the card's button.
 * `POST /api/decline`: they close the window instead. All four are about the newest sign-in card of the chat.
 */
export interface SignInRequest {
  readonly person: string
  readonly chat: string
  readonly locale: string
}

/** `POST /api/search`: the person searches in the app from the message box; empty: what it offers at first. */
export interface SearchRequest extends OpenRequest {
  readonly text: string
}

/** What the app found; `notice`: a line in place of it. */
export interface Found {
  readonly status: number
  readonly found: readonly { readonly title: string; readonly text: string; readonly value: unknown }[]
  readonly notice?: string
}

/** `POST /api/insert`: posts what was picked in the search, or what the dialog offers, as the person's own message. */
export interface InsertRequest extends OpenRequest {
  readonly thread?: string | undefined
  readonly from: 'search' | 'dialog'
  readonly value?: unknown
}

/** `POST /api/ask-about`: the person asks the app about a message; nobody else sees the dialog it answers with. */
export interface AskRequest extends OpenRequest {
  readonly message: string
}

export interface Answered {
  readonly status: number
  readonly title?: string
  readonly card?: unknown
}

/** `POST /api/forget-consent`; like `GET /api/consents` it answers with the keys of those who have consented. */
export interface ForgetRequest {
  readonly person: string
}

/** Answer of `say`, `press` and the sign-in calls once the bot's HTTP answer is there. */
export interface Exchange {
  /** HTTP status of the bot's answer; 0 when the bot could not be reached. */
  readonly status: number
  /** For `Action.Execute`: a line of text the bot wants shown instead of a card (toast). */
  readonly notice?: string
  /** Messages the bot sent or changed during the exchange, in order. */
  readonly messages: readonly ChatMessage[]
}
