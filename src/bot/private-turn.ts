/** How is a turn performed in a person's own chat? What is known is read, the turn is taken, kept by one conditional write, and then shown. */
import type { Attachment } from 'botbuilder'
import type { Reply } from '../cards/reply'
import { endingBefore, within, type Deadline } from '../deadline'
import type { Caller } from '../directory'
import { words } from '../guides/words'
import type { PersonRecord } from '../runs/record'
import type { Loaded } from '../runs/records'
import { newView } from '../runs/view'
import { takePersonalTurn } from '../take-turn'
import type { PersonalIncoming } from '../turn/incoming'
import type { PersonalOutcome } from '../turn/outcome'
import { readSignIn, waitingIn } from '../turn/sign-in'
import { asPressAnswer, type TurnAnswer } from './activity'
import type { Sender, SignInEvent } from './incoming'
import { afterShowing, afterTurn, deliveryOf, type How } from './keep'
import { loadSettled } from './load-settled'
import { watchedLookUps } from './looking'
import { answersPress, isInvoke, ok, reserve, servicesFor, submittedCard, timeFor, type Around, type BotParts } from './parts'
import { inLanguage, keeping, redoing } from './redoing'
import { becameOf, note, show, standing, tryToShow, type Attempt, type ShowOptions } from './show'
import { CouldNotAskError, type Heard, type SignIn } from './sign-in'
import { withTyping } from './typing'

/** One turn of one person; `event`: what Teams hands over about a sign-in. */
export interface PrivateTurn {
  readonly sender: Sender
  readonly incoming: PersonalIncoming
  readonly event?: SignInEvent
  readonly around: Around
}

interface Performing extends PrivateTurn {
  readonly parts: BotParts
  readonly signIn: SignIn | undefined
  /** When it has to be decided. */
  readonly working: Deadline
  readonly how: How
  /** What came of a sign-in; heard once, as a code can be used once. */
  readonly hear: (record: PersonRecord) => Promise<Heard | undefined>
}

/** Answers with what became of the answer; undefined: there was none to show. @throws whatever went wrong before anything was kept. */
export const performPrivateTurn = async (parts: BotParts, turn: PrivateTurn): Promise<Attempt | undefined> => {
  const { sender, around, event } = turn
  const signIn = parts.signIns?.(around.context, sender, around.deadline)
  let heard: Promise<Heard | undefined> | undefined
  const performing: Performing = {
    ...turn,
    parts,
    signIn,
    working: endingBefore(around.deadline, reserve.afterDeciding),
    how: { isInvoke: isInvoke(around), now: parts.services.now() },
    hear: (record) => (heard ??= hearIn(performing, record)),
  }
  const kept = await withTyping(
    around.context,
    redoing(() => takeAndKeep(performing), performing.working),
  )
  const answer = answerTo(event && (await heard))
  if (!kept) {
    around.respond(answer)
    return undefined
  }
  return standing(() => present(performing, kept, answer), around, parts)
}

const viewOf = ({ incoming, how }: Performing, { views }: PersonRecord) => views[incoming.chat] ?? newView(how.now)

/** Handed over by Teams, or written. */
const hearIn = async (performing: Performing, record: PersonRecord): Promise<Heard | undefined> => {
  const { incoming, event, how, signIn } = performing
  const view = viewOf(performing, record)
  const { isRepeat } = deliveryOf(record, incoming, how)
  const written = !event && !isRepeat && incoming.kind === 'message' ? readSignIn(view, incoming.text, how.now) : undefined
  const happened = event ?? written
  return happened && signIn?.hear(happened, { waited: waitingIn(view, how.now) !== undefined, isRepeat })
}

const answerTo = (heard: Heard | undefined): TurnAnswer => (heard ? { status: heard.status, ...(heard.body !== undefined && { body: heard.body }) } : ok)

interface Kept {
  readonly outcome: PersonalOutcome
  readonly loaded: Loaded<PersonRecord>
}

/** Undefined: it concerns nobody, such as a token that nobody waits for. */
const takeAndKeep = async (performing: Performing): Promise<Kept | undefined> => {
  const { parts, sender, incoming, event, around, working, hear } = performing
  const { now } = parts.services
  const loaded = await around.watch.during('read', () => loadSettled(parts.people, sender.key, { activity: incoming.activity, now, deadline: working }))
  return inLanguage(loaded.record.person.language, async () => {
    const heard = await hear(loaded.record)
    if (event && heard?.outcome === undefined) return undefined
    const heardIn: PersonalIncoming = heard?.outcome ? { ...incoming, kind: 'signed-in', signIn: heard.outcome } : incoming
    const outcome = await take(performing, heardIn, loaded.record)
    return { outcome, loaded: await keep(performing, heardIn, outcome, loaded) }
  })
}

const take = async (performing: Performing, incoming: PersonalIncoming, record: PersonRecord): Promise<PersonalOutcome> => {
  const { parts, sender, around, signIn, working, how } = performing
  const { tenantId, objectId } = sender
  const caller = signIn?.caller ?? ((): Promise<Caller> => Promise.resolve({ tenantId, objectId }))
  const services = {
    ...servicesFor(parts, around),
    directory: watchedLookUps(parts.directory.before(working), around.watch),
    signsIn: signIn !== undefined,
    caller,
  }
  const known = { person: record.person, view: viewOf(performing, record) }
  const taking = () => takePersonalTurn(known, incoming, deliveryOf(record, incoming, how), services)
  const taken = await around.watch.during('decide', () => within(working, taking()))
  around.watch.isAbout(taken.logged)
  return perform(taken, signIn)
}

/** What the turn wants done outside; what cannot be done changes what is said. */
const perform = async (outcome: PersonalOutcome, signIn: SignIn | undefined): Promise<PersonalOutcome> => {
  for (const { otherwise } of outcome.effects) if (signIn && !(await signIn.signOut())) return { ...outcome, reply: otherwise }
  return outcome
}

const keep = async (
  { parts: { people }, sender, around, how }: Performing,
  incoming: PersonalIncoming,
  outcome: PersonalOutcome,
  loaded: Loaded<PersonRecord>,
): Promise<Loaded<PersonRecord>> => {
  const time = timeFor(around, reserve.afterKeeping)
  return around.watch.during('write', async () => {
    if (!outcome.forgets) return keeping(within(time, people.keep(sender.key, loaded, afterTurn(loaded.record, incoming, outcome, how))))
    await keeping(within(time, people.forget(sender.key)))
    return loaded
  })
}

const present = async (performing: Performing, { outcome, loaded }: Kept, answer: TurnAnswer): Promise<Attempt | undefined> => {
  const { parts, sender, incoming, around } = performing
  const { reply } = outcome
  if (!reply) {
    around.respond(answer)
    return undefined
  }
  const onCard = answersPress(around)
  if (onCard) around.respond(asPressAnswer(reply))
  if (outcome.noted) parts.counts.note(outcome.noted)
  const options: ShowOptions = {
    plain: outcome.known.person.plainText,
    rated: outcome.about !== undefined,
    replaces: outcome.replaces ?? (reply.notice === undefined ? submittedCard(around) : undefined),
    mends: incoming.edits !== undefined,
  }
  const { card, otherwise } = await signInCard(performing, outcome)
  const inPlace = onCard || options.replaces !== undefined
  const said = inPlace ? { ...options, reply } : { ...options, reply: otherwise ?? reply, signIn: card }
  const attempt = onCard ? { shown: { id: around.context.activity.replyToId } } : await tryToShow(said.reply, around, said, parts)
  const { shown } = attempt
  around.watch.became(becameOf(outcome, shown))
  const asked = card !== undefined && shown !== undefined && (!inPlace || (await sendAlone(performing, card, outcome)))
  if (inPlace && otherwise) await tell(performing, otherwise, outcome)
  around.respond(answer)
  if (!outcome.forgets)
    await note(
      parts.people,
      sender.key,
      loaded,
      (record) => afterShowing(record, incoming, outcome, { shown, asked, now: parts.services.now() }),
      around,
      parts,
    )
  return attempt
}

interface Asking {
  readonly card?: Attachment
  /** Said in its place when it cannot be made. */
  readonly otherwise?: Reply
}

/** Goes into the message of the reply, so that a turn is one message. What takes the place of a card is none, so there it is the only one. */
const signInCard = async ({ parts, signIn }: Performing, { askToSignIn: asking }: PersonalOutcome): Promise<Asking> => {
  if (!asking || !signIn) return {}
  try {
    return { card: await signIn.card(asking.for.lang) }
  } catch (error) {
    const reason = error instanceof CouldNotAskError && error.reason === 'sign-in' ? 'sign-in' : 'sign-in-unavailable'
    parts.log.warn(
      { error, reason, setting: 'OAUTH_CONNECTION_NAME', fix: 'None if rare; otherwise check the connection with npm run doctor.' },
      'sign-in: no sign-in card could be sent',
    )
    return { otherwise: asking.otherwise[reason] }
  }
}

/** Beside a card that was pressed. Answers whether the person was asked. */
const sendAlone = async (performing: Performing, card: Attachment, outcome: PersonalOutcome): Promise<boolean> => {
  const { around, parts } = performing
  const language = outcome.known.person.language ?? outcome.reply?.page.language ?? 'en'
  try {
    await within(
      endingBefore(around.deadline, reserve.afterShowing),
      around.context.sendActivity({ type: 'message', summary: words(language).t('signIn.summary'), locale: language, attachments: [card] }),
    )
    return true
  } catch (error) {
    parts.log.warn(
      { error, reason: 'sign-in-unavailable', fix: 'None if rare; otherwise check the way to the connector of Teams.' },
      'sign-in: no sign-in card could be sent',
    )
    if (outcome.askToSignIn) await tell(performing, outcome.askToSignIn.otherwise['sign-in-unavailable'], outcome)
    return false
  }
}

const tell = async ({ around, parts }: Performing, reply: Reply, { known }: PersonalOutcome): Promise<void> => {
  const otherwise = 'sign-in: it could not be told that no card could be sent'
  await show(reply, around, { plain: known.person.plainText, otherwise }, parts)
}
