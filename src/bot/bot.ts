/** What happens in a turn, in order: read the activity, load the person, decide, keep, send. */
import type { TurnContext } from 'botbuilder'
import type { Logger } from 'pino'
import { choicesOf, type Reply } from '../cards/reply'
import { runDialogs } from '../dialogs/root'
import { groupWelcomeReply, otherTenantReply, welcomeReply } from '../replies/talk'
import type { People } from '../runs/people'
import { chatOf, withChat, type Person } from '../runs/person'
import { isShared, type Incoming, type Services, type Turn } from '../turn'
import { languageOfCommand } from '../understanding/commands'
import { languageOf as languageOfText } from '../understanding/language'
import { answerLanguage, noteLanguage } from './answer-language'
import { incomingOf } from './incoming'
import { answerInvoke, asAnswer, send, type SendOptions } from './send'
import { withTyping } from './typing'

export interface BotParts {
  readonly services: Services
  readonly people: People
  readonly allowedTenants: readonly string[]
  readonly log: Logger
}

export type Bot = (context: TurnContext) => Promise<void>

export const createBot = ({ services, people, allowedTenants, log }: BotParts): Bot => {
  const isAllowed = ({ tenantId }: Incoming) => tenantId !== undefined && allowedTenants.includes(tenantId)

  return async (context) => {
    const incoming = incomingOf(context.activity)
    if (!incoming) return quiet(context)
    if (incoming.kind === 'removed') return incoming.place === 'personal' ? people.forget(incoming.person) : undefined
    if (!isAllowed(incoming)) return refuse(context, incoming, log)

    const { person, etag } = await people.load(incoming.person)
    const turn = newTurn(incoming, services, person)
    noteLanguage(context, () => turn.reply?.page.language ?? turn.language)
    await withTyping(context, () => act(context, turn))
    if (turn.reply && !turn.forgotten) turn.person = withChoices(turn, turn.reply)
    await people.keep(incoming.person, person, turn.person, etag)
    if (turn.reply) await send(context, turn.reply, sendOptions(turn))
  }
}

const sendOptions = (turn: Turn): SendOptions => ({
  plain: turn.person.plainText,
  shared: isShared(turn),
  movesCard: turn.incoming.press?.action.run !== undefined,
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
  await send(context, otherTenantReply(answerLanguage(languageOfText(incoming.text), incoming, undefined)), asAnswer)
}

const newTurn = (incoming: Incoming, services: Services, person: Person): Turn => {
  const written = languageOfCommand(incoming.text) ?? languageOfText(incoming.text)
  return {
    incoming,
    services,
    person,
    written,
    language: answerLanguage(written, incoming, person),
    input: undefined,
    reply: undefined,
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
