/** What has arrived, free of anything Teams-specific? A person's own chat and a place where others read along are two types. */
import type { Attached } from '../attached'
import type { Caller, UnknownReason } from '../directory'
import type { Language } from '../topics'
import type { Press } from '../verbs/action'
import type { SharedPlace } from '../place'
import type { SharedPage } from '../runs/thread'

/** `unknown-press`: of a button that this build does not have; `refresh`: a client asks for the present state of a card by itself. */
export type IncomingKind = 'message' | 'press' | 'unknown-press' | 'refresh' | 'installed'

interface Arrived {
  /** What was written, without mentions and markup; empty for a press. */
  readonly text: string
  /** What somebody else wrote, forwarded or quoted with it. */
  readonly quoted?: string | undefined
  readonly attached?: Attached | undefined
  /** Key of the message whose words these replace. */
  readonly edits?: string | undefined
  readonly press: Press | undefined
  /** Language of the client it came from, when it is one of ours. */
  readonly clientLanguage: Language | undefined
  /** Key of the activity, the same when it is delivered again. */
  readonly activity: string
  /** Key of the chat or thread. */
  readonly chat: string
  /** The client is one that the stores' rules are for: Teams on a phone or tablet. */
  readonly onPhone?: boolean | undefined
}

export interface PersonalIncoming extends Arrived {
  readonly place: 'personal'
  readonly kind: IncomingKind | 'signed-in'
  /** Where the person's clock stands, as IANA names it; absent: the client did not say. */
  readonly timeZone?: string | undefined
  /** What came of a sign-in, for `signed-in`. */
  readonly signIn?: SignInOutcome
  /** The person asked for it where others read along. */
  readonly from?: FromThread
}

/** Where something was asked for that goes on in the private chat, and what was shown there. */
export interface FromThread {
  readonly place: SharedPlace
  readonly page: SharedPage | undefined
  /** Language of the words it was asked for with, when they are clear. */
  readonly written: Language | undefined
}

export interface SharedIncoming extends Arrived {
  readonly place: SharedPlace
  readonly kind: IncomingKind
  /** Only the bot and whoever wrote it see it, so only they are shown the answer. */
  readonly alone?: boolean
}

/** How a sign-in ended, after the token store was asked. */
export type SignInOutcome =
  | { readonly kind: 'token'; readonly caller: Caller }
  /** Teams or the person says no, or the token store gave nothing; `reason` is what the person is told. */
  | { readonly kind: 'declined' | 'failed' | 'wrong-code' | 'late' }
  /** A token that came is of no use, or none could be asked for. */
  | { readonly kind: 'refused'; readonly reason: UnknownReason }

/** Language a message is written in; `other` is one we do not speak, `undefined` that nothing says it. */
export type Written = Language | 'other' | undefined
