/** What happens in a turn, in order: read the activity, load the person, decide, keep, send. */
import type { TurnContext } from 'botbuilder'
import type { Logger } from 'pino'
import type { Reply } from '../cards/reply'
import { runDialogs } from '../dialogs/root'
import { groupWelcomeReply, otherTenantReply, welcomeReply } from '../replies/talk'
import type { People } from '../runs/people'
import { chatOf, withChat, type Person } from '../runs/person'
import type { Language } from '../topics'
import { isShared, type Incoming, type Services, type Turn, type Written } from '../turn'
import { languageOf as languageOfText } from '../understanding/language'
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
    await withTyping(context, () => act(context, turn))
    if (turn.reply) turn.person = withPicks(turn, turn.reply)
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
  await send(context, otherTenantReply(languageOf(languageOfText(incoming.text), incoming, undefined)), asAnswer)
}

/** The message's own language when it is clear, then the person's choice, then their Teams. */
const languageOf = (written: Written, { press, clientLanguage }: Incoming, person: Person | undefined): Language => {
  if (press) return press.action.lang
  return (written === 'other' ? undefined : written) ?? person?.language ?? clientLanguage ?? 'en'
}

const newTurn = (incoming: Incoming, services: Services, person: Person): Turn => {
  const written = languageOfText(incoming.text)
  return {
    incoming,
    services,
    person,
    written,
    language: languageOf(written, incoming, person),
    input: undefined,
    reply: undefined,
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

/** "The second one" always means the list on the newest card; a card without a list leaves the last one standing. */
const withPicks = ({ person, incoming, services }: Turn, { picks }: Reply): Person =>
  picks.length === 0 ? person : withChat(person, incoming.chat, { picks: [...picks] }, services.now())
