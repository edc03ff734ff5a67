/** How is a turn performed? What is known is read, the turn is taken, kept by one conditional write, and then shown. */
import type { TurnContext } from 'botbuilder'
import type { Logger } from 'pino'
import type { Reply } from '../cards/reply'
import { endingBefore, within, type Deadline } from '../deadline'
import type { Caller, Directory } from '../directory'
import { whoOf } from '../log'
import { otherTenantReply } from '../replies/talk'
import { NewerRecordError, type PersonRecord, type ThreadRecord } from '../runs/record'
import type { Loaded, Records } from '../runs/records'
import { ConflictError } from '../runs/store'
import { newView } from '../runs/view'
import { takePersonalTurn, takeThreadTurn } from '../take-turn'
import type { PersonalIncoming, SharedIncoming } from '../turn/incoming'
import { languageOfAnswer } from '../turn/language'
import type { Personal, PersonalOutcome, ThreadOutcome } from '../turn/outcome'
import type { Services } from '../turn/services'
import { readSignIn, waitingIn } from '../turn/sign-in'
import { asPressAnswer, type TurnAnswer } from './activity'
import { deliver, NotShownError, replaceCard } from './deliver'
import type { Arrival, Sender, SignInEvent } from './incoming'
import { isHandled, owedIn, withHandled, withShown } from './keep'
import { CouldNotAskError, type Heard, type SignIn, type SignIns } from './sign-in'
import { withTyping } from './typing'

export interface BotParts {
  readonly services: Omit<Services, 'privateChatUrl'>
  readonly directory: Directory
  /** For the activity's cloud, with a text for the compose box. */
  readonly privateChatUrl: (serviceUrl: string, text?: string) => string
  readonly people: Records<PersonRecord>
  readonly threads: Records<ThreadRecord>
  /** Undefined: nobody signs in. */
  readonly signIns: SignIns | undefined
  readonly allowedTenants: readonly string[]
  readonly log: Logger
}

/** What surrounds one turn. */
export interface Around {
  readonly context: TurnContext
  readonly deadline: Deadline
  /** Gives the HTTP answer, once; what is done afterwards holds nobody up. */
  readonly respond: (answer: TurnAnswer) => void
}

/** @throws whatever went wrong before anything was kept; the caller apologises. */
export type Bot = (arrival: Arrival, around: Around) => Promise<void>

/** Of the turn's time, for showing what was decided and kept. */
const showingMs = 2_000
const mostConflicts = 3
const ok: TurnAnswer = { status: 200 }

export const isInvoke = ({ context }: Pick<Around, 'context'>): boolean => context.activity.type === 'invoke'

/** The card that was pressed by the Submit fallback, which older clients press. */
const pressedCard = ({ activity: { type, value, replyToId } }: TurnContext): string | undefined => (type === 'message' && value !== undefined ? replyToId : undefined)

/** Another instance may have written since: what is known is read and the turn taken anew. */
const redoing = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= mostConflicts) throw error
    }
  }
}

interface Kept<R, O> {
  readonly outcome: O
  readonly loaded: Loaded<R>
}

export const createBot = ({ services, directory, privateChatUrl, people, threads, signIns, allowedTenants, log }: BotParts): Bot => {
  const isAllowed = ({ tenantId }: Sender) => tenantId !== undefined && allowedTenants.includes(tenantId)
  const servicesFor = ({ context }: Around): Services => ({ ...services, privateChatUrl: (text) => privateChatUrl(context.activity.serviceUrl, text) })

  return async (arrival, around) => {
    if (arrival.kind === 'removed') return removed(arrival, around)
    if (!isAllowed(arrival.sender)) return refuse(arrival, around)
    switch (arrival.kind) {
      case 'personal':
        return inPrivate(arrival.sender, arrival.incoming, around)
      case 'shared':
        return inThread(arrival.incoming, around)
      case 'sign-in':
        return arrival.place === 'personal' && signIns ? inPrivate(arrival.sender, arrival.incoming, around, arrival.event) : around.respond({ status: signIns ? 403 : 200 })
    }
  }

  async function removed({ place, sender, chat }: Extract<Arrival, { kind: 'removed' }>, around: Around): Promise<void> {
    if (place === 'personal') {
      await signIns?.(around.context, sender, around.deadline).signOut()
      await within(around.deadline, people.forget(sender.key))
    } else await within(around.deadline, threads.forget(chat))
    around.respond(ok)
  }

  async function refuse(arrival: Extract<Arrival, { incoming: object }>, around: Around): Promise<void> {
    log.warn({ setting: 'ALLOWED_TENANTS', fix: 'Add the tenant id if its people may use this bot.' }, 'refused a message from a tenant that is not allowed')
    if (arrival.incoming.kind === 'installed') return around.respond(ok)
    if (arrival.kind === 'sign-in') return around.respond({ status: 403 })
    await show(otherTenantReply(languageOfAnswer(arrival.incoming, undefined)), around, { plain: false })
    around.respond(ok)
  }

  /** In a person's own chat. */
  async function inPrivate(sender: Sender, incoming: PersonalIncoming, around: Around, event?: SignInEvent): Promise<void> {
    const signIn = signIns?.(around.context, sender, around.deadline)
    const working = endingBefore(around.deadline, showingMs)
    const { kept, heard } = await redoing(async () => {
      const loaded = await within(working, people.load(sender.key))
      const heardNow = signIn && (await hearIn(loaded.record, incoming, signIn, event))
      if (event && heardNow?.outcome === undefined) return { kept: undefined, heard: heardNow }
      const heardIn: PersonalIncoming = heardNow?.outcome ? { ...incoming, kind: 'signed-in', signIn: heardNow.outcome } : incoming
      return { kept: await takePersonal(sender, heardIn, loaded, signIn, working, around), heard: heardNow }
    })
    const answer: TurnAnswer | undefined = event && heard && { status: heard.status, ...(heard.body !== undefined && { body: heard.body }) }
    if (!kept) return around.respond(answer ?? ok)
    await showPersonal(sender, incoming, kept, signIn, around, answer)
  }

  /** What came of a sign-in: handed over by Teams, or written. */
  async function hearIn(record: PersonRecord, incoming: PersonalIncoming, signIn: SignIn, event: SignInEvent | undefined): Promise<Heard | undefined> {
    const view = record.views[incoming.chat] ?? newView(services.now())
    const isRepeat = isHandled(record, incoming.activity)
    const written = !event && !isRepeat && incoming.kind === 'message' ? readSignIn(view, incoming.text, services.now()) : undefined
    const happened = event ?? written
    return happened && signIn.hear(happened, { waited: waitingIn(view, services.now()) !== undefined, isRepeat })
  }

  async function takePersonal(sender: Sender, incoming: PersonalIncoming, loaded: Loaded<PersonRecord>, signIn: SignIn | undefined, working: Deadline, around: Around): Promise<Kept<PersonRecord, PersonalOutcome>> {
    const { record } = loaded
    const known: Personal = { person: record.person, view: record.views[incoming.chat] ?? newView(services.now()) }
    const delivery = { isRepeat: isHandled(record, incoming.activity), owed: owedIn(record, incoming.chat) }
    const caller = signIn?.caller ?? ((): Promise<Caller> => Promise.resolve({ tenantId: sender.tenantId, objectId: sender.objectId }))
    const taking = takePersonalTurn(known, incoming, delivery, { ...servicesFor(around), directory: directory.before(working), signsIn: signIn !== undefined, caller })
    const outcome = await withTyping(around.context, within(working, taking).then((taken) => performed(taken, signIn)))
    if (outcome.forgets) {
      await within(around.deadline, people.forget(sender.key))
      return { outcome, loaded }
    }
    if (!outcome.reply) return { outcome, loaded }
    const after: PersonRecord = { ...record, person: outcome.known.person, views: { ...record.views, [incoming.chat]: outcome.known.view } }
    const again = isInvoke(around) && incoming.kind === 'press' ? 'nothing' : incoming.kind === 'installed' ? 'nothing' : outcome.again
    return { outcome, loaded: await within(around.deadline, people.keep(sender.key, loaded, withHandled(after, { ...incoming, at: services.now(), again }))) }
  }

  /** What the turn wants done outside; what cannot be done changes what is said. */
  async function performed(outcome: PersonalOutcome, signIn: SignIn | undefined): Promise<PersonalOutcome> {
    for (const { otherwise } of outcome.effects) if (signIn && !(await signIn.signOut())) return { ...outcome, reply: otherwise }
    return outcome
  }

  async function showPersonal(sender: Sender, incoming: PersonalIncoming, { outcome, loaded }: Kept<PersonRecord, PersonalOutcome>, signIn: SignIn | undefined, around: Around, answer?: TurnAnswer): Promise<void> {
    const { reply } = outcome
    if (!reply) return around.respond(answer ?? ok)
    const isPress = isInvoke(around) && incoming.kind === 'press'
    if (isPress) around.respond(asPressAnswer(reply))
    const shown = isPress ? { id: around.context.activity.replyToId } : await show(reply, around, { plain: outcome.known.person.plainText, replaces: outcome.replaces ?? pressedCard(around.context) })
    if (shown && outcome.askToSignIn && signIn) await askToSignIn(outcome, signIn, around)
    around.respond(answer ?? ok)
    if (outcome.forgets) return
    await note(people, sender.key, loaded, around, (record) => afterShowing(record, incoming, outcome, shown))
  }

  /** Asks once the reply is there; a card that cannot be made is told about in its place. */
  async function askToSignIn({ askToSignIn: asking, known }: PersonalOutcome, signIn: SignIn, around: Around): Promise<void> {
    if (!asking) return
    try {
      await signIn.offer(asking.for.lang)
    } catch (error) {
      const reason = error instanceof CouldNotAskError && error.reason === 'sign-in' ? 'sign-in' : 'sign-in-unavailable'
      log.warn({ error, reason, setting: 'OAUTH_CONNECTION_NAME', fix: 'None if rare; otherwise check the connection with npm run doctor.' }, 'sign-in: no sign-in card could be sent')
      await show(asking.otherwise[reason], around, { plain: known.person.plainText })
    }
  }

  /** Where others read along: no person's record is read. */
  async function inThread(incoming: SharedIncoming, around: Around): Promise<void> {
    const working = endingBefore(around.deadline, showingMs)
    const { outcome, loaded } = await redoing(async (): Promise<Kept<ThreadRecord, ThreadOutcome>> => {
      const read = await within(working, threads.load(incoming.chat))
      const delivery = { isRepeat: isHandled(read.record, incoming.activity), owed: owedIn(read.record, incoming.chat) }
      const taken = takeThreadTurn(read.record.thread, incoming, delivery, servicesFor(around))
      if (!taken.reply) return { outcome: taken, loaded: read }
      const again = incoming.kind === 'installed' || isInvoke(around) ? 'nothing' : taken.again
      const after = withHandled({ ...read.record, thread: taken.known }, { ...incoming, at: services.now(), again })
      return { outcome: taken, loaded: await within(around.deadline, threads.keep(incoming.chat, read, after)) }
    })
    const { reply } = outcome
    if (!reply) return around.respond(ok)
    if (isInvoke(around)) return showToAll(reply, around)
    const shown = await show(reply, around, { plain: false, replaces: reply.notice === undefined ? pressedCard(around.context) : undefined })
    around.respond(ok)
    await note(threads, incoming.chat, loaded, around, (record) => {
      const settled = shown ? withShown(record, incoming.activity) : record
      return incoming.kind === 'installed' && !shown ? { ...settled, thread: { ...settled.thread, welcomed: false } } : settled
    })
  }

  /** Whoever pressed has the card from the answer to the press; the others have it from an update, which may fail for itself. */
  async function showToAll(reply: Reply, around: Around): Promise<void> {
    around.respond(asPressAnswer(reply))
    const { replyToId } = around.context.activity
    if (reply.notice !== undefined || !replyToId) return
    const updated = await replaceCard(around.context, reply, replyToId, around)
    if (!updated) log.warn({ cause: 'Teams did not take the update of a card', fix: 'None: who pressed has the answer; the others see it with the next press.' }, 'a card was not updated for the others')
  }

  /** Undefined when it could not be shown, which is then owed. */
  async function show(reply: Reply, around: Around, { plain, replaces }: { readonly plain: boolean; readonly replaces?: string | undefined }): Promise<{ readonly id: string | undefined } | undefined> {
    if (isInvoke(around) && around.context.activity.name === 'adaptiveCard/action') {
      around.respond(asPressAnswer(reply))
      return { id: around.context.activity.replyToId }
    }
    try {
      return { id: await deliver(around.context, reply, { plain, replaces, deadline: around.deadline }) }
    } catch (error) {
      if (!(error instanceof NotShownError)) throw error
      log.error({ error: error.cause, statusCode: error.statusCode, fix: fixFor(error.statusCode) }, 'an answer could not be shown; it is owed')
      return undefined
    }
  }

  /** Only says of a kept turn what became of it; should it get lost, an answer is shown once more. */
  async function note<R>(records: Records<R>, key: string, loaded: Loaded<R>, { deadline }: Around, change: (record: R) => R): Promise<void> {
    try {
      await within(deadline, records.keep(key, loaded, change(loaded.record)))
    } catch (error) {
      if (!(error instanceof ConflictError)) log.warn({ error, who: whoOf(key), setting: 'STATE_STORE', fix: 'Check that the store can be written.' }, 'it could not be noted that an answer was shown')
      else await noteAnew(records, key, change)
    }
  }

  async function noteAnew<R>(records: Records<R>, key: string, change: (record: R) => R): Promise<void> {
    try {
      const loaded = await records.load(key)
      await records.keep(key, loaded, change(loaded.record))
    } catch (error) {
      if (!(error instanceof ConflictError) && !(error instanceof NewerRecordError)) throw error
    }
  }
}

/** What became of the answer: no longer owed, welcomed only if it was seen, and which card waits for a sign-in. */
const afterShowing = (record: PersonRecord, { activity, chat, kind }: PersonalIncoming, { waits }: PersonalOutcome, shown: { readonly id: string | undefined } | undefined): PersonRecord => {
  const settled = shown ? withShown(record, activity) : record
  const view = settled.views[chat]
  if (!view) return settled
  const welcomed = kind === 'installed' && !shown ? false : view.welcomed
  const signIn = waits && view.signIn && shown?.id !== undefined ? { ...view.signIn, card: shown.id } : view.signIn
  return welcomed === view.welcomed && signIn === view.signIn ? settled : { ...settled, views: { ...settled.views, [chat]: { ...view, welcomed, ...(signIn && { signIn }) } } }
}

const fixFor = (statusCode: number | undefined): string => {
  switch (statusCode) {
    case 401:
      return 'Check MicrosoftAppId, its credential and MicrosoftAppType.'
    case 403:
    case 404:
      return 'None: the bot was removed or blocked in this chat. The answer is shown with the person’s next word.'
    default:
      return 'None if rare; otherwise check the way to the connector of Teams. The answer is shown with the person’s next word.'
  }
}
