/** What happens in a turn, in order: read the activity, load the person, decide, keep, send. */
import type { TurnContext } from 'botbuilder'
import type { Logger } from 'pino'
import { choicesOf, type Reply } from '../cards/reply'
import type { Caller } from '../directory'
import { runDialogs } from '../dialogs/root'
import { groupWelcomeReply, otherTenantReply, welcomeReply } from '../replies/talk'
import type { People } from '../runs/people'
import { chatOf, withChat, type Person, type WaitingForSignIn } from '../runs/person'
import { isShared, type Incoming, type Services, type SignIn, type Turn } from '../turn'
import { languageOfCommand } from '../understanding/commands'
import { languageOf as languageOfText } from '../understanding/language'
import { answerLanguage, noteLanguage } from './answer-language'
import { incomingOf } from './incoming'
import { answerInvoke, answerSignIn, asActivity, asAnswer, send, type SendOptions } from './send'
import type { SignIns, Taken } from './sign-in'
import { withTyping } from './typing'

export interface BotParts {
  readonly services: Services
  readonly people: People
  /** Undefined: nobody signs in. */
  readonly signIns: SignIns | undefined
  readonly allowedTenants: readonly string[]
  readonly log: Logger
}

export type Bot = (context: TurnContext) => Promise<void>

export const createBot = ({ services, people, signIns, allowedTenants, log }: BotParts): Bot => {
  const isAllowed = ({ tenantId }: Incoming) => tenantId !== undefined && allowedTenants.includes(tenantId)

  return async (context) => {
    const incoming = incomingOf(context.activity)
    if (!incoming) return quiet(context)
    if (incoming.kind === 'removed') return removed(context, incoming)
    if (!isAllowed(incoming)) return refuse(context, incoming, log)
    if (incoming.kind === 'sign-in' && !signIns) return quiet(context)

    const { person, etag } = await people.load(incoming.person)
    const first = newTurn(incoming, services, person, signIns?.of(context, incoming))
    noteLanguage(context, () => first.reply?.page.language ?? first.language)
    const taken = await signIns?.take(context, first)
    const turn = taken?.goOn ? resumed(first, taken.goOn, taken.caller) : first
    noteLanguage(context, () => turn.reply?.page.language ?? turn.language)
    if (taken && !taken.goOn) turn.reply = taken.reply
    else await withTyping(context, () => act(context, turn))
    if (turn.reply && !turn.forgotten) turn.person = withChoices(turn, turn.reply)
    turn.person = withWaiting(turn)
    const kept = await people.keep(incoming.person, person, turn.person, etag)
    const shown = turn.reply && (await send(context, turn.reply, sendOptions(turn, taken)))
    if (turn.toSignIn) await askToSignIn(context, turn, { shown, kept })
    if (incoming.kind === 'sign-in') await answerSignIn(context, taken ?? { status: 200 })
  }

  async function removed(context: TurnContext, incoming: Incoming): Promise<void> {
    if (incoming.place !== 'personal') return
    await signIns?.of(context, incoming).signOut()
    await people.forget(incoming.person)
  }

  /** Which message waits is known only now that it is sent; it is replaced when the person has signed in. */
  async function askToSignIn(context: TurnContext, turn: Turn, { shown, kept }: { shown: string | undefined; kept: string | undefined }): Promise<void> {
    const { person, incoming } = turn
    const { signIn } = chatOf(person, incoming.chat, services.now())
    if (shown !== undefined && signIn) {
      const after = withChat(person, incoming.chat, { signIn: { ...signIn, card: shown } }, services.now())
      await people.keep(incoming.person, person, after, kept)
    }
    if (!turn.toSignIn?.ask) return
    const trouble = await signIns?.offer(context, turn)
    if (trouble) await context.sendActivity(asActivity(trouble, person.plainText))
  }
}

/** The turn of the sign-in goes on as if the person had pressed for what waited. */
const resumed = ({ incoming, services, person, signIn }: Turn, { waiting }: WaitingForSignIn, caller: Caller | undefined): Turn => {
  const pressed: Incoming = { ...incoming, kind: 'press', text: '', signedIn: true, press: { action: waiting, inputs: {} } }
  return newTurn(pressed, services, withChat(person, incoming.chat, { signIn: undefined }, services.now()), signIn && caller ? { ...signIn, caller: () => Promise.resolve(caller) } : signIn)
}

const withWaiting = ({ person, incoming, services, toSignIn }: Turn): Person => {
  if (!toSignIn) return person
  const now = services.now()
  const { signIn } = chatOf(person, incoming.chat, now)
  const at = toSignIn.ask ? now.toISOString() : (signIn?.at ?? now.toISOString())
  return withChat(person, incoming.chat, { signIn: { waiting: toSignIn.waiting, at, over: false } }, now)
}

const sendOptions = (turn: Turn, taken: Taken | undefined): SendOptions => ({
  plain: turn.person.plainText,
  shared: isShared(turn),
  movesCard: turn.incoming.press?.action.run !== undefined,
  replaces: taken?.goOn?.card,
})

/** Unknown activities are answered quietly; an invoke we do not know still gets its answer. */
const quiet = async (context: TurnContext) => {
  if (context.activity.type === 'invoke') await answerInvoke(context, 200)
}

const refuse = async (context: TurnContext, incoming: Incoming, log: Logger) => {
  log.warn(
    { setting: 'ALLOWED_TENANTS', fix: 'Add the tenant id if its people may use this bot.' },
    'refused a message from a tenant that is not allowed',
  )
  if (incoming.kind === 'installed') return
  if (incoming.kind === 'sign-in') return answerSignIn(context, { status: 403 })
  await send(context, otherTenantReply(answerLanguage(languageOfText(incoming.text), incoming, undefined)), asAnswer)
}

const newTurn = (incoming: Incoming, services: Services, person: Person, signIn: SignIn | undefined): Turn => {
  const written = languageOfCommand(incoming.text) ?? languageOfText(incoming.text)
  return {
    incoming,
    services,
    person,
    written,
    language: answerLanguage(written, incoming, person),
    input: undefined,
    reply: undefined,
    signIn,
    wantsToSignIn: false,
    toSignIn: undefined,
    forgotten: false,
  }
}

const act = async (context: TurnContext, turn: Turn): Promise<void> => {
  if (turn.incoming.kind === 'installed') return welcome(turn)
  await runDialogs(context, turn)
}

/** Once per chat, whichever of Teams' two events comes first. */
const welcome = (turn: Turn): void => {
  const { incoming, person, services } = turn
  if (chatOf(person, incoming.chat, services.now()).welcomed) return
  turn.person = withChat(person, incoming.chat, { welcomed: true }, services.now())
  turn.reply = incoming.place === 'personal' ? welcomeReply(turn.language) : groupWelcomeReply(turn.language)
}

/** What can be written instead of pressed always means the newest card. */
const withChoices = ({ person, incoming, services }: Turn, reply: Reply): Person => {
  const { picks, buttons } = choicesOf(reply)
  return withChat(person, incoming.chat, { picks: [...picks], buttons: [...buttons] }, services.now())
}
