/** What does a turn come to? What is said, what is known from now on, and what has to be done outside; nothing is done yet. */
import type { Reply } from '../cards/reply'
import type { Noted } from '../insight/noted'
import type { About } from '../runs/answered'
import type { Person } from '../runs/person'
import type { Owed } from '../runs/record'
import type { Thread } from '../runs/thread'
import type { View } from '../runs/view'
import type { ActionData, Pick, Press } from '../verbs/action'
import type { Unopened } from '../place'
import type { FromThread } from './incoming'
import type { Logged } from './logged'

/** What is known in a person's own chat. */
export interface Personal {
  readonly person: Person
  readonly view: View
}

/** What is known of this delivery itself. */
export interface Delivery {
  /** It was handled before: nothing of it is applied again. */
  readonly isRepeat: boolean
  /** Its answer is the HTTP answer: silence would be an error. */
  readonly isInvoke: boolean
  /** An answer that has not been seen yet. */
  readonly owed: Owed | undefined
  /** This chat was to be welcomed before, and was not. */
  readonly lostWelcome: boolean
}

/** Has the Bot Service forget the person's token, before anything is kept; `otherwise` is said when it cannot be told. */
export interface SignOut {
  readonly kind: 'sign-out'
  readonly otherwise: Reply
}

/** What is begun in the private chat: what was written, or what a press means there. */
export interface PrivateStart extends FromThread {
  readonly text: string
  readonly press: Press | undefined
}

/** Opens or finds the person's private chat and begins something there, once the turn is kept; `otherwise` is said in place of the reply when it cannot be. */
export interface OpenPrivate {
  readonly kind: 'open-private'
  readonly start: PrivateStart
  readonly otherwise: Readonly<Record<Unopened, Reply>>
}

/** The person is asked to sign in, after the reply; `for` goes on once they have. */
export interface SignInRequest {
  readonly for: ActionData
  /** Said when no sign-in card can be made, by the reason. */
  readonly otherwise: Readonly<Record<'sign-in' | 'sign-in-unavailable', Reply>>
}

interface Outcome<K, E> {
  /** Undefined: there is nothing to say. */
  readonly reply: Reply | undefined
  readonly known: K
  readonly effects: readonly E[]
  /** What shows the answer again, should it get lost; absent: where the person is. */
  readonly again?: Pick | undefined
  /** What can be found good or bad about it: thumbs stand under it. */
  readonly about?: About | undefined
  /** To be counted. */
  readonly noted?: Noted | undefined
  /** The message whose place the reply takes. */
  readonly replaces?: string | undefined
  /** It was handled and answered before: it is only said how things stand, and nothing is kept. */
  readonly isRepeated?: true
  /** What the operator sees of it. */
  readonly logged?: Logged
}

export interface PersonalOutcome extends Outcome<Personal, SignOut> {
  readonly askToSignIn?: SignInRequest | undefined
  /** A sign-in is waited for: once it came, its outcome takes the place of this answer. */
  readonly waits?: boolean
  /** "Undo" takes back what this turn did. */
  readonly changed?: true
  /** The person asked to be forgotten: nothing of this turn is kept either. */
  readonly forgets?: true
}

export interface ThreadOutcome extends Outcome<Thread, OpenPrivate> {
  /** Only whoever asked is shown the reply; `instead` is said for everybody where Teams cannot do that. */
  readonly only?: { readonly instead: Reply } | undefined
}
