/** When is a person asked to sign in, how long is it waited for, and when is it given up? Asking and hearing is the bot's. */
import type { View, WaitingForSignIn } from '../runs/view'
import { wordsOf } from '../understanding/clean'
import { findCommand } from '../understanding/commands'
import type { ActionData } from '../verbs/action'
import type { Question } from '../verbs/asked'

/** A sign-in card can be used about as long; later a code or a token belongs to nothing. */
const usableMs = 15 * 60 * 1000

const isUsable = ({ state, at }: WaitingForSignIn, now: Date): boolean => state !== 'declined' && now.getTime() - new Date(at).getTime() <= usableMs

/** The sign-in that is waited for, if any. */
export const waitingIn = ({ signIn }: View, now: Date): WaitingForSignIn | undefined => (signIn && isUsable(signIn, now) ? signIn : undefined)

export interface SignInPlan {
  readonly for: ActionData
  /** False: it is waited for already, and one card is enough. */
  readonly ask: boolean
}

/** Asked for once: not while one is waited for, and after a "no" (undefined) only when the person wants it. */
export const planSignIn = (
  { signIn }: View,
  waiting: ActionData,
  { wanted, now }: { readonly wanted: boolean; readonly now: Date },
): SignInPlan | undefined => {
  if (wanted || !signIn) return { for: waiting, ask: true }
  return signIn.state === 'declined' ? undefined : { for: waiting, ask: !isUsable(signIn, now) }
}

/** What is kept of a plan; one that does not ask again keeps the time of the asking. */
export const afterPlan = ({ signIn }: View, { for: waiting, ask }: SignInPlan, now: Date): WaitingForSignIn => ({
  state: 'waiting',
  for: waiting,
  at: ask ? now.toISOString() : (signIn?.at ?? now.toISOString()),
})

/** What a message says about a sign-in that is waited for: some clients show the code in place of handing it over. */
export type Written = { readonly kind: 'declined' } | { readonly kind: 'code'; readonly code: string }

const yesNoQuestions: readonly Question[] = ['forget-me', 'keep-language']

export const readSignIn = (view: View, text: string, now: Date): Written | undefined => {
  if (!waitingIn(view, now)) return undefined
  const asksSomethingElse = view.asked !== undefined && yesNoQuestions.includes(view.asked.question)
  if (findCommand(text) === 'not-now') return asksSomethingElse ? undefined : { kind: 'declined' }
  const code = codeIn(text)
  return code === undefined ? undefined : { kind: 'code', code }
}

/** What people write around a code. */
const aroundCode = new Set(
  'a c ca code connexion dit enter est for here i il in is it its la le merci mon my pls plait please s says sign svp te thank thanks the this to un use voici you'.split(
    ' ',
  ),
)

/** The only six digits of a message that is about nothing else: an invoice has six digits too. */
const codeIn = (text: string): string | undefined => {
  const [found, another] = [...text.matchAll(/(?<!\d)(\d{3})[ \u00A0-]?(\d{3})(?!\d)/g)]
  if (!found || another) return undefined
  return wordsOf(text.replace(found[0], ' ')).every((word) => aroundCode.has(word)) ? `${found[1]}${found[2]}` : undefined
}
