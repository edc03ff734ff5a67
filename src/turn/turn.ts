/** A turn in a person's own chat, as a value: what came in, what is known so far, what is to be done. Every change makes a new one. */
import type { Reply } from '../cards/reply'
import { openRun, withRun, type Person } from '../runs/person'
import type { Run } from '../runs/run'
import type { View } from '../runs/view'
import type { Language } from '../topics'
import type { ActionData, Inputs } from '../verbs/action'
import type { Verb } from '../verbs/verbs'
import type { PersonalIncoming, Written } from './incoming'
import type { SignOut } from './outcome'
import type { PersonalServices } from './services'

export interface Turn {
  readonly incoming: PersonalIncoming
  readonly services: PersonalServices
  readonly written: Written
  /** Language of this answer. */
  readonly language: Language
  readonly person: Person
  readonly view: View
  readonly effects: readonly SignOut[]
  /** The person asked to sign in, now. */
  readonly wantsToSignIn: boolean
  /** The turn goes on after a sign-in, with what waited for it. */
  readonly signedIn: boolean
  /** What goes on once the person has signed in, and whether they are asked to in this turn. */
  readonly signIn: { readonly for: ActionData; readonly ask: boolean } | undefined
  readonly forgets: boolean
}

/** What a part of a turn comes to. */
export interface Answered {
  readonly turn: Turn
  readonly reply: Reply
}

/** Something for the run of a guide. */
export interface GuideInput {
  readonly verb: Verb
  readonly inputs: Inputs
  readonly step?: string | undefined
  /** A fact was told that the guide asks for, or may ask for. */
  readonly isTold?: true
  /** What somebody who is stuck describes; never kept. */
  readonly symptom?: string | undefined
  /** The guide that was open before this one was gone into. */
  readonly beside?: Run | undefined
  /** State the button was made for; absent for typed words, which always mean the present one. */
  readonly rev?: number | undefined
}

export const answerWith = (turn: Turn, reply: Reply): Answered => ({ turn, reply })

export const withPerson = (turn: Turn, change: Partial<Person>): Turn => ({ ...turn, person: { ...turn.person, ...change } })

export const withView = (turn: Turn, change: Partial<View>): Turn => ({ ...turn, view: { ...turn.view, ...change } })

/** Keeps the run, and makes it the open one. */
export const withOpenRun = (turn: Turn, run: Run): Turn => ({ ...turn, person: { ...withRun(turn.person, run), open: run.id } })

export const openRunOf = ({ person }: Turn): Run | undefined => openRun(person)
