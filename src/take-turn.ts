/**
 * One message or press, and what is known: what does the turn come to? Nothing is changed and nothing is sent here; the outcome says
 * what is answered, what is known from now on, and what the bot has to do outside.
 */
import { choicesOf, unfolded, type Reply } from './cards/reply'
import { backToGuide } from './dialogs/controls'
import { followRoute } from './dialogs/follow'
import { answerInThread, welcomeThread, type ThreadAnswer, type ThreadTurn } from './dialogs/thread'
import { withThread } from './dialogs/from-thread'
import { giveBack, remember } from './dialogs/undo'
import { withForeignNote, withLanguageQuestion, withNote, withSecondQuestion, withUnopened } from './replies/extras'
import { signInReply } from './replies/sign-in'
import { withoutOffers } from './replies/store'
import { lineReply, unknownButtonReply, welcomeReply } from './replies/talk'
import { forEverybody } from './replies/thread'
import { answerToMend } from './runs/answered'
import { openRun, type Person } from './runs/person'
import type { Thread } from './runs/thread'
import { isControl, type Language } from './topics'
import type { PersonalIncoming, SharedIncoming, SignInOutcome } from './turn/incoming'
import { languageOfAnswer, languageWritten } from './turn/language'
import { loggedOf, loggedOfThread } from './turn/logged'
import type { Delivery, Personal, PersonalOutcome, ThreadOutcome } from './turn/outcome'
import { bindFacts } from './turn/facts'
import { routeOf, type Routed } from './turn/route'
import type { Route } from './turn/routes'
import { notedOf, notedOfThread } from './turn/noted'
import { textMeant } from './turn/quoted'
import { aboutOf, aboutOfPage, cardShown, topicTalkedOf } from './turn/shown'
import type { PersonalServices, Services } from './turn/services'
import { afterPlan, waitingIn } from './turn/sign-in'
import { threadRouteOf } from './turn/thread-route'
import { answerWith, withPerson, withView, type Answered, type Turn } from './turn/turn'
import type { Understanding } from './understanding'
import { phrasingId } from './understanding/why'
import type { ActionData, Pick } from './verbs/action'
import { rowOf } from './verbs/verbs'

const startTurn = ({ person, view }: Personal, given: PersonalIncoming, services: PersonalServices): Turn => {
  const incoming = { ...given, text: textMeant(given) }
  return turnOf({ person, view }, incoming, services)
}

const turnOf = ({ person, view }: Personal, incoming: PersonalIncoming, services: PersonalServices): Turn => ({
  incoming,
  services,
  person,
  view,
  written: languageWritten(incoming.text),
  language: languageIn(person, incoming),
  effects: [],
  wantsToSignIn: false,
  signedIn: false,
  signIn: undefined,
  forgets: false,
})

/** Where others read along the card is in their language; here it is the person's. */
const languageIn = ({ language }: Person, incoming: PersonalIncoming): Language => {
  const { from, clientLanguage } = incoming
  const usual = language ?? clientLanguage
  return from ? (from.written ?? usual ?? languageOfAnswer(incoming, usual)) : languageOfAnswer(incoming, language)
}

/** In a person's own chat. */
export const takePersonalTurn = async (
  known: Personal,
  incoming: PersonalIncoming,
  delivery: Delivery,
  services: PersonalServices,
): Promise<PersonalOutcome> => {
  const turn = startTurn(known, incoming, services)
  if (incoming.kind === 'installed') return welcome(turn, known, delivery)
  if (incoming.kind === 'unknown-press') return { reply: unknownButtonReply(turn.language), known, effects: [] }
  if (incoming.kind === 'refresh') return repeat(turn, known, { ...delivery, isInvoke: true, owed: undefined })
  if (delivery.isRepeat) return repeat(turn, known, delivery)
  if (incoming.edits !== undefined) return answerEdited(turn, known, incoming.edits)
  // What came of a sign-in comes once, so it is not put off.
  if (incoming.signIn) return withUndo(known, await hearSignIn(turn, known, incoming.signIn))
  return delivery.owed ? showOwed(turn, delivery.owed.again, 'talk.owed') : withUndo(known, await converse(turn))
}

/** The next message can take back what this one did to guides and facts. */
const withUndo = ({ person, view }: Personal, outcome: PersonalOutcome): PersonalOutcome => {
  const { known, forgets } = outcome
  const isSpent = view.undo !== undefined && known.view.undo === undefined
  const undo = forgets || isSpent ? undefined : remember(person, known.person)
  return undo ? { ...outcome, known: { ...known, view: { ...known.view, undo } }, changed: true } : outcome
}

/** The answer to what was written before is taken back, with what it did, and its message shows the new one. Later edits say nothing. */
const answerEdited = async (turn: Turn, known: Personal, edited: string): Promise<PersonalOutcome> => {
  const { view, person, services } = turn
  const before = answerToMend(view.answered, edited, services.now())
  if (!before) return silence(known)
  // The buttons of the answer that goes are no longer there to be named.
  const gone = withView(turn, { list: [], buttons: [] })
  const fresh = before.changed && view.undo ? withView(withPerson(gone, giveBack(person, view.undo)), { undo: undefined }) : gone
  const outcome = withUndo({ person: fresh.person, view: fresh.view }, await converse(fresh))
  return { ...outcome, replaces: before.message }
}

const silence = (known: Personal): PersonalOutcome => ({ reply: undefined, known, effects: [] })

/** Once per chat, whichever of Teams' two events comes first. */
const welcome = (turn: Turn, known: Personal, { lostWelcome }: Delivery): PersonalOutcome => {
  if (turn.view.welcomed && !lostWelcome) return silence(known)
  return {
    ...outcomeOf(answerWith(withView(turn, { welcomed: true }), welcomeReply(turn.language)), { verb: 'topic', topic: 'greeting' }),
    logged: { act: 'welcome' },
  }
}

/** Handled before: what is owed is shown; what was answered stays so, but an invoke is told how things stand. */
const repeat = async (turn: Turn, known: Personal, { owed, isInvoke }: Delivery): Promise<PersonalOutcome> => {
  if (owed) return showOwed(turn, owed.again)
  if (!isInvoke) return silence(known)
  const { reply, effects } = await showOwed(turn, turn.incoming.press && againOfPress(turn.incoming.press.action))
  return { reply, known, effects, isRepeated: true }
}

/** Outside a guide a sign-in is for a question. */
const againOfPress = ({ verb, topic, step, run, lang }: ActionData): Pick | undefined =>
  againOfVerb({ verb: verb === 'sign-in' && run === undefined ? 'topic' : verb, topic, step, run, lang })

/** The answer again, made of what is known now. Nothing is applied: whatever shows something again moves nothing. */
const showOwed = async (turn: Turn, again: Pick | undefined, note?: 'talk.owed'): Promise<PersonalOutcome> => {
  const { turn: after, reply, pick } = await showAgain(turn, again)
  return { ...outcomeOf(answerWith(after, note ? withNote(reply, note) : reply), pick), logged: { act: 'show-again', topic: pick.topic } }
}

const showAgain = async (turn: Turn, again: Pick | undefined): Promise<Answered & { readonly pick: Pick }> => {
  const { person } = turn
  const pick: Pick = again ?? (openRun(person) ? { verb: 'resume' } : { verb: 'topic', topic: 'help' })
  const action: ActionData = { lang: pick.lang ?? person.language ?? turn.language, verb: pick.verb, topic: pick.topic, step: pick.step, run: pick.run }
  const shown: Turn = { ...turn, language: action.lang, incoming: { ...turn.incoming, kind: 'press', text: '', press: { action, inputs: {} } } }
  return { ...(await followRoute(shown, routeOf(shown).route)), pick }
}

const converse = async (given: Turn): Promise<PersonalOutcome> => {
  const routed = routeOf(given)
  const outcome = await answerRoute(given, routed)
  // Of a guide that has just begun, or ended, by what is known now.
  return { ...outcome, logged: loggedOf(routed.route, outcome.known) }
}

const answerRoute = async (given: Turn, { route, first, reading }: Routed): Promise<PersonalOutcome> => {
  const told = reading ? bindFacts(given, reading.facts) : given
  const bound = first && route.kind !== 'guide' ? (await followRoute(told, first)).turn : told
  const understanding = 'understanding' in route ? route.understanding : undefined
  const turn: Turn = { ...(understanding ? withWhy(bound, understanding) : bound), wantsToSignIn: asksToSignIn(route) }
  if (route.kind === 'verb' && route.verb === 'undo') return takeBack(turn)
  if (route.kind === 'verb' && route.verb === 'more') return showMore(turn)
  const { turn: after, reply } = await followRoute(turn, route)
  const whole = isAskedAgain(route, given) ? unfolded(reply) : reply
  const understood = understanding ? withUnderstood(whole, turn, understanding) : whole
  const complete = withUnopened(understood, turn.incoming)
  const shown = withView(after, { shown: cardShown(route, after, complete), topic: topicTalkedOf(route, after) ?? after.view.topic })
  const answered = answerWith(shown, complete)
  const { from } = turn.incoming
  const outcome = outcomeOf(from ? withThread(answered, from) : askAboutLanguage(answered), againOf(route, after))
  return { ...outcome, about: aboutOf(route, shown), noted: notedOf(route, turn) }
}

/** The same card never twice in a row: asked again, the answer says all there is to say. */
const isAskedAgain = (route: Route, { view }: Turn): boolean => route.kind === 'topic' && view.shown === 'answer' && view.topic === route.topic

/** Gives back what the last change took, and shows where the person is then. */
const takeBack = async (turn: Turn): Promise<PersonalOutcome> => {
  const { undo } = turn.view
  if (!undo) return outcomeOf(backToGuide(answerWith(turn, lineReply(turn.language, 'talk.undoNothing'))), { verb: 'resume' })
  const back = withView(withPerson(turn, giveBack(turn.person, undo)), { undo: undefined })
  const shown = await showAgain(back, openRun(back.person) ? { verb: 'resume' } : { verb: 'my-runs' })
  return outcomeOf(answerWith(shown.turn, withNote(shown.reply, 'talk.undone')), shown.pick)
}

/** The last answer, with nothing folded away. */
const showMore = async (turn: Turn): Promise<PersonalOutcome> => {
  const shown = await showAgain(turn, turn.view.last)
  return outcomeOf(answerWith(shown.turn, unfolded(shown.reply)), shown.pick)
}

const asksToSignIn = (route: Route): boolean => (route.kind === 'guide' && route.input.verb === 'sign-in') || ('signIn' in route && route.signIn === true)

const withUnderstood = (reply: Reply, { written }: Turn, { second }: Understanding): Reply => {
  const whole = second ? withSecondQuestion(reply, second) : reply
  return written === 'other' ? withForeignNote(whole) : whole
}

const withWhy = (turn: Turn, { topic, confidence, why }: Understanding): Turn =>
  withView(turn, {
    why: { topic, confidence, phrasing: phrasingId(why.phrasing), ...(why.runnerUp && !isControl(why.runnerUp) && { runnerUp: why.runnerUp }) },
  })

/** Someone who writes another language than their Teams is answered in it, and asked once whether to stay. */
const askAboutLanguage = ({ turn, reply }: Answered): Answered => {
  const { written, person, incoming } = turn
  const usual = person.language ?? incoming.clientLanguage
  const isClear = written !== undefined && written !== 'other' && reply.page.language === written
  // Two questions that "yes" answers are one too many.
  if (!isClear || !usual || written === usual || person.askedLanguage || reply.asked?.question === 'forget-me') return answerWith(turn, reply)
  return answerWith(withPerson(turn, { askedLanguage: true }), withLanguageQuestion(reply))
}

/** What shows this answer again, should it get lost. */
const againOf = (route: Route, turn: Turn): Pick | undefined => {
  switch (route.kind) {
    case 'begin':
      return { verb: 'resume', topic: route.topic, run: turn.person.runs.find(({ topic }) => topic === route.topic)?.id }
    case 'guide':
      return againOfVerb({ verb: route.input.verb, run: route.run })
    case 'topic':
      return { verb: 'topic', topic: route.topic, step: route.step }
    case 'verb':
      return againOfVerb({ verb: route.verb, lang: route.lang, topic: route.topic })
    case 'secret':
      return { verb: 'topic', topic: 'privacy' }
    case 'ask':
    case 'reject':
    case 'no-guide':
      return { verb: 'topic', topic: 'help' }
    case 'attached':
    case 'passage':
    case 'line':
      return openRun(turn.person) ? { verb: 'resume' } : { verb: 'topic', topic: 'help' }
  }
}

const againOfVerb = (pick: Pick): Pick | undefined => {
  switch (rowOf(pick.verb).again) {
    case 'same':
      return pick
    case 'guide':
      return { ...pick, verb: 'resume' }
    case 'guides':
      return { verb: 'my-runs' }
    case 'nothing':
      return undefined
  }
}

/** What came of a sign-in: the turn goes on with what waited for it, or the person is told how to go on without. */
const hearSignIn = (turn: Turn, known: Personal, heard: SignInOutcome): Promise<PersonalOutcome> | PersonalOutcome => {
  const waiting = waitingIn(turn.view, turn.services.now())
  const tell = (after: Turn, trouble: Parameters<typeof signInReply>[1]): PersonalOutcome => ({
    ...outcomeOf(backToGuide(answerWith(after, signInReply(turn.language, trouble, waiting?.for))), waiting?.for),
    logged: { act: `sign-in-${heard.kind}` },
  })
  switch (heard.kind) {
    case 'token':
      return waiting ? goOnSignedIn(turn, heard, waiting) : silence(known)
    case 'declined':
      return waiting ? tell(withView(turn, { signIn: { ...waiting, state: 'declined' } }), 'declined') : silence(known)
    case 'failed':
      return waiting?.state === 'waiting' ? tell(withView(turn, { signIn: { ...waiting, state: 'told' } }), 'failed') : silence(known)
    case 'refused':
      return tell(turn, heard.reason)
    case 'wrong-code':
    case 'late':
      return tell(turn, heard.kind)
  }
}

const goOnSignedIn = async (
  turn: Turn,
  { caller }: Extract<SignInOutcome, { kind: 'token' }>,
  waiting: NonNullable<ReturnType<typeof waitingIn>>,
): Promise<PersonalOutcome> => {
  const pressed: Turn = {
    ...withView(turn, { signIn: undefined }),
    incoming: { ...turn.incoming, kind: 'press', text: '', press: { action: waiting.for, inputs: {} } },
    services: { ...turn.services, caller: () => Promise.resolve(caller) },
    language: waiting.for.lang,
    written: undefined,
    signedIn: true,
  }
  return { ...(await converse(pressed)), replaces: waiting.card }
}

/** As the client may show it. */
const fitting = (reply: Reply, { onPhone }: { readonly onPhone?: boolean | undefined }): Reply => (onPhone ? withoutOffers(reply) : reply)

/** What can be written instead of pressed always means the newest card. */
const outcomeOf = ({ turn, reply: whole }: Answered, again: Pick | undefined): PersonalOutcome => {
  const { person, view, effects, forgets, signIn, services, language } = turn
  const reply = fitting(whole, turn.incoming)
  if (forgets) return { reply, known: { person, view }, effects, forgets: true }
  const now = services.now()
  return {
    reply,
    known: {
      person,
      view: {
        ...view,
        ...choicesOf(reply, { plain: person.plainText }),
        asked: reply.asked,
        aside: reply.aside ?? false,
        last: again,
        touchedAt: now.toISOString(),
        ...(signIn && { signIn: afterPlan(view, signIn, now) }),
      },
    },
    effects,
    again: again && { ...again, lang: again.lang ?? reply.page.language },
    ...(signIn && { waits: true }),
    ...(signIn?.ask && {
      askToSignIn: {
        for: signIn.for,
        otherwise: { 'sign-in': signInReply(language, 'sign-in', signIn.for), 'sign-in-unavailable': signInReply(language, 'sign-in-unavailable', signIn.for) },
      },
    }),
  }
}

/** Where others read along: nothing of anybody is known here. */
export const takeThreadTurn = (thread: Thread, incoming: SharedIncoming, delivery: Delivery, services: Services): ThreadOutcome => {
  const meant = { ...incoming, text: textMeant(incoming) }
  const turn: ThreadTurn = { thread, incoming: meant, services, language: languageOfAnswer(meant, thread.page && thread.language) }
  if (incoming.kind === 'installed') return thread.welcomed && !delivery.lostWelcome ? threadSilence(thread) : threadOutcome(welcomeThread(turn), turn)
  if (incoming.kind === 'unknown-press') return { reply: unknownButtonReply(turn.language), known: thread, effects: [] }
  if (incoming.kind === 'refresh') return repeatInThread(turn, { ...delivery, isInvoke: true, owed: undefined })
  if (delivery.isRepeat) return repeatInThread(turn, delivery)
  if (delivery.owed) return { ...offeredOnly(showAgainInThread(turn, delivery.owed.again, 'talk.owed'), turn), logged: { act: 'show-again' } }
  return incoming.edits === undefined ? converseInThread(turn) : answerEditedInThread(turn, incoming.edits)
}

const converseInThread = (turn: ThreadTurn): ThreadOutcome => {
  const route = threadRouteOf(turn.thread, turn.incoming)
  const answer = answerInThread(turn, route)
  const reply = withUnopened(answer.reply, turn.incoming)
  return { ...threadOutcome({ ...answer, reply }, turn), about: aboutOfPage(answer), noted: notedOfThread(route, turn), logged: loggedOfThread(route) }
}

/** As in a private chat; the page that it turned is turned back first. */
const answerEditedInThread = (turn: ThreadTurn, edited: string): ThreadOutcome => {
  const { thread, services } = turn
  const before = answerToMend(thread.answered, edited, services.now())
  if (!before) return threadSilence(thread)
  const page = before.before === undefined ? thread.page : (before.before ?? undefined)
  return { ...converseInThread({ ...turn, thread: { ...thread, page, list: [], buttons: [] } }), replaces: before.message }
}

const threadSilence = (thread: Thread): ThreadOutcome => ({ reply: undefined, known: thread, effects: [] })

/** As in a private chat: what was handled is shown again, if anything, and not applied. */
const repeatInThread = (turn: ThreadTurn, { owed, isInvoke }: Delivery): ThreadOutcome => {
  if (owed) {
    const again = showAgainInThread(turn, owed.again)
    return owed.activity === turn.incoming.activity ? threadOutcome(again, turn) : offeredOnly(again, turn)
  }
  if (!isInvoke) return threadSilence(turn.thread)
  const { press } = turn.incoming
  return { ...offeredOnly(showAgainInThread(turn, press && againOfSharedPress(press.action)), turn), known: turn.thread, isRepeated: true }
}

const againOfSharedPress = ({ verb, topic, step, lang }: ActionData): Pick => {
  const { inThread, moves } = rowOf(verb)
  return inThread === 'page' ? { verb: moves ? 'resume' : verb } : { verb, topic, step, lang }
}

/** The same card for everybody, whoever's answer got lost. */
const showAgainInThread = (turn: ThreadTurn, again: Pick | undefined, note?: 'talk.owed'): ThreadAnswer => {
  const { thread } = turn
  const pick: Pick = again ?? (thread.page ? { verb: 'resume' } : { verb: 'topic', topic: 'help' })
  const action: ActionData = { verb: pick.verb, topic: pick.topic, step: pick.step, lang: pick.lang ?? thread.language ?? turn.language }
  const shown: ThreadTurn = { ...turn, language: action.lang, incoming: { ...turn.incoming, kind: 'press', text: '', press: { action, inputs: {} } } }
  const answer = answerInThread(shown, threadRouteOf(thread, shown.incoming))
  return note ? { ...answer, reply: withNote(answer.reply, note) } : answer
}

/** Whoever comes by begins nothing in somebody's private chat. */
const offeredOnly = ({ opens, offered, ...answer }: ThreadAnswer, turn: ThreadTurn): ThreadOutcome =>
  threadOutcome({ ...answer, reply: (opens && offered) ?? answer.reply }, turn)

/** What leads to the private chat, or is for one person, leaves the card before it the one that words and numbers mean. */
const threadOutcome = ({ thread, reply, again, opens, only }: ThreadAnswer, { incoming }: ThreadTurn): ThreadOutcome => {
  const shared = fitting(forEverybody(reply), incoming)
  const known = shared.notice === undefined && !only ? { ...thread, ...choicesOf(shared), aside: shared.aside ?? false } : thread
  return { reply: shared, known, effects: opens ? [opens] : [], again, ...(only && { only }) }
}
