/** What does the bot answer about itself: hello, help, language, signing out, one's guides, being forgotten? */
import { explainedBy } from '../understanding/why'
import { guideOf } from '../guides'
import { contracts } from '../guides/schema'
import { words } from '../guides/words'
import { withWayBack } from '../replies/answer'
import { withQuestion } from '../replies/extras'
import {
  feedbackReply,
  forgetReply,
  forgottenReply,
  helloReply,
  helpReply,
  keptReply,
  languageChoiceReply,
  languageReply,
  myRunsReply,
  noGuideReply,
  plainReply,
  privacyReply,
  shareReply,
  signOutReply,
  thanksReply,
  whyReply,
} from '../replies/talk'
import type { Reply } from '../cards/reply'
import { newPerson, withRun } from '../runs/person'
import { openQuestion, reduceRun, type Run } from '../runs/run'
import { newView } from '../runs/view'
import type { Control, Language } from '../topics'
import { answerWith, openRunOf, withPerson, withView, type Answered, type Turn } from '../turn/turn'
import type { Verb } from '../verbs/verbs'

/** Looking up a role or a tenant is done with its first card; a set-up is under way until its end. */
export const isUnderWay = ({ stage, topic, language }: Run): boolean => stage === 'steps' || (stage !== 'end' && guideOf(topic, language).before !== undefined)

/** In the middle of a guide every other answer ends with the way back to it. */
export const backToGuide = ({ turn, reply }: Answered): Answered => {
  const run = openRunOf(turn)
  if (!run || !isUnderWay(run)) return answerWith(turn, reply)
  const back = withWayBack(reply, run)
  const question = run.stage === 'before' && !reply.asked ? questionOf(turn, run) : undefined
  return answerWith(turn, question === undefined ? back : withQuestion(back, question))
}

/** What the card before the steps still wants to know, in one line; undefined: nothing. */
const questionOf = ({ person }: Turn, run: Run): Parameters<typeof withQuestion>[1] | undefined => {
  const { before, ways } = guideOf(run.topic, run.language)
  const { t } = words(run.language)
  const question = before && openQuestion(person.known, run)
  if (question === 'contract') return { question, text: `${t('contract.question')} ${contracts.map((contract) => t(`contract.${contract}`)).join(' · ')}` }
  return question && { question, text: (question === 'account' ? before?.account : ways?.[question]) ?? '' }
}

/** A sign-in that was waited for, or declined, is over with it: the next look-up asks again. */
const signOut = (turn: Turn): Answered => {
  const { language, services, effects } = turn
  if (!services.signsIn) return answerWith(turn, signOutReply(language, 'nobody'))
  const otherwise = signOutReply(language, 'failed')
  return answerWith({ ...withView(turn, { signIn: undefined }), effects: [...effects, { kind: 'sign-out', otherwise }] }, signOutReply(language, 'done'))
}

const say =
  (reply: (language: Language) => Reply) =>
  (turn: Turn): Answered =>
    answerWith(turn, reply(turn.language))

export const controls = {
  greeting: say(helloReply),
  help: say(helpReply),
  thanks: say(thanksReply),
  'sign-out': signOut,
  feedback: say(feedbackReply),
  privacy: say(privacyReply),
  language: say(languageChoiceReply),
  cancel: say((language) => noGuideReply(language, 'talk.cancelNone')),
  restart: say(noGuideReply),
} satisfies Record<Control, (turn: Turn) => Answered>

/** At once and remembered; answers the open run, now in that language, which is then shown again. */
export const switchLanguage = (turn: Turn, language: Language): { readonly turn: Turn; readonly run: Run | undefined } => {
  const switched = withPerson({ ...turn, language }, { language, askedLanguage: true })
  const run = openRunOf(switched)
  if (!run) return { turn: switched, run: undefined }
  const after = reduceRun(run, { kind: 'language', language }, guideOf(run.topic, language), turn.services.now())
  return { turn: withPerson(switched, withRun(switched.person, after)), run: after }
}

export const speak = ({ language }: Turn): Reply => languageReply(language)

const forget = (turn: Turn): Answered => {
  const { language, services, effects } = turn
  const gone: Turn = { ...turn, person: newPerson(), view: newView(services.now()), forgets: true }
  const reply = forgottenReply(language, { tokenIsGone: true })
  if (!services.signsIn) return answerWith(gone, reply)
  return answerWith({ ...gone, effects: [...effects, { kind: 'sign-out', otherwise: forgottenReply(language, { tokenIsGone: false }) }] }, reply)
}

const usePlainText = (turn: Turn, plainText: boolean): Answered =>
  backToGuide(answerWith(withPerson(turn, { plainText }), plainReply(turn.language, plainText)))

/** Verbs that belong to no guide. */
export const followVerb = (turn: Turn, verb: Verb): Answered => {
  const { language, person, view } = turn
  switch (verb) {
    case 'my-runs':
      return answerWith(turn, myRunsReply(language, person.runs))
    case 'why':
      return answerWith(turn, whyReply(language, explainedBy(view.why)))
    case 'share':
      return answerWith(turn, shareReply(language, openRunOf(turn)?.topic, openRunOf(turn)))
    case 'forget-me':
      return answerWith(turn, forgetReply(language))
    case 'forget-me-yes':
      return forget(turn)
    case 'keep-me':
      return backToGuide(answerWith(turn, keptReply(language)))
    case 'plain-text':
      return usePlainText(turn, true)
    case 'cards':
      return usePlainText(turn, false)
    default:
      return answerWith(turn, noGuideReply(language))
  }
}
