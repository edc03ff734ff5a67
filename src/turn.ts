/** One message or press, as the product sees it: what came in, who it is, what is known, and the answer being made. */
import type { ActionData, Press } from './cards/action'
import type { Reply } from './cards/reply'
import type { GuideInput } from './route'
import type { Caller, Directory } from './directory'
import type { Person } from './runs/person'
import type { Language } from './topics'

export type Place = 'personal' | 'groupChat' | 'channel'

/** What arrived, free of anything Teams-specific. Everything but `text` and `press` is vouched for by the channel's token. */
export interface Incoming {
  readonly kind: 'message' | 'press' | 'installed' | 'removed' | 'sign-in'
  /** What was written, without mentions and markup; empty for a press. */
  readonly text: string
  readonly press: Press | undefined
  /** What came of a sign-in card. */
  readonly signIn?: SignInEvent
  /** The person has just signed in, and the press is what waited for it. */
  readonly signedIn?: true
  readonly place: Place
  readonly tenantId: string | undefined
  /** Object id in the tenant; absent for anonymous people. */
  readonly objectId: string | undefined
  /** Stable key of the person, and of the conversation, both hashed. */
  readonly person: string
  readonly chat: string
  /** Language of the person's client, when it is one of ours. */
  readonly clientLanguage: Language | undefined
}

/** The token is behind a function, so that nothing prints or stores it. */
export type SignInEvent =
  | { readonly kind: 'token'; readonly id: string; readonly connection: string; readonly token: () => string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'declined' }
  /** `code` is Teams' own word for the cause. */
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'malformed' }

/** The person's own sign-in, which the Bot Service keeps. */
export interface SignIn {
  /** The person with their token, or with the reason why there is none. Asked once per turn. */
  readonly caller: () => Promise<Caller>
  /** False when the Bot Service could not be told. */
  readonly signOut: () => Promise<boolean>
}

export interface Services {
  readonly directory: Directory
  readonly now: () => Date
  readonly newId: () => string
  /** Root of card pictures; `undefined`: cards without pictures. */
  readonly publicUrl: string | undefined
  /** Opens the private chat with this bot. */
  readonly privateChatUrl: string
}

/** Language a message is written in; `other` is one we do not speak, `undefined` that nothing says it. */
export type Written = Language | 'other' | undefined

export interface Turn {
  readonly incoming: Incoming
  readonly services: Services
  readonly written: Written
  /** Language of this answer. */
  language: Language
  person: Person
  /** What the open run is given in this turn. */
  input: GuideInput | undefined
  reply: Reply | undefined
  /** Undefined: this bot has nobody sign in, and looks up with its own permissions. */
  readonly signIn: SignIn | undefined
  /** The person asked to sign in, now. */
  wantsToSignIn: boolean
  /** What goes on once the person has signed in, and whether they are asked to in this turn. */
  toSignIn: { readonly waiting: ActionData; readonly ask: boolean } | undefined
  /** The person asked to be forgotten: nothing of this turn is kept. */
  forgotten: boolean
}

export const isShared = (turn: Turn): boolean => turn.incoming.place !== 'personal'
