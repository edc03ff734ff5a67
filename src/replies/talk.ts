/** What does the bot say outside a guide: hello, help, choices, small answers about itself? */
import type { Attached } from '../attached'
import type { Block, Button, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import { guideOf, labelOf } from '../guides'
import { words, type Phrase } from '../guides/words'
import { errorMeaning, isNumbered } from '../understanding/error-codes'
import { positionOf, type Run } from '../runs/run'
import { answers, isTopic, languages, scenarios, type Language, type Scenario, type Topic } from '../topics'
import type { SharedPlace } from '../place'
import type { Pick } from '../verbs/action'
import type { Asked } from '../verbs/asked'
import { arrange, danger, more, press, primary, supportButton, topicButton } from './buttons'

interface Talk {
  readonly title: Phrase
  readonly blocks: readonly Block[]
  readonly buttons?: readonly Button[]
  readonly list?: readonly Pick[]
  readonly asked?: Asked
  readonly aside?: boolean
}

/** A small card about the bot itself; support stays one press away. */
const talk = (language: Language, { title, blocks, buttons = [], list = [], asked, aside = false }: Talk): Reply => {
  const { t } = words(language)
  return reply(
    {
      language,
      eyebrow: t('talk.eyebrow'),
      title: t(title),
      blocks,
      buttons: arrange([...buttons, more(supportButton(language))]),
    },
    { list, aside, ...(asked && { asked }) },
  )
}

const text = (value: string): Block => ({ kind: 'text', text: value })
const small = (value: string): Block => ({ kind: 'small', text: value })
const pickOf = (topic: Topic): Pick => ({ verb: 'topic', topic })
const startButtons = (language: Language): readonly Button[] => {
  const { t } = words(language)
  return [
    topicButton(language, 'azure-for-m365', t('talk.haveM365')),
    topicButton(language, 'm365-for-azure', t('talk.haveAzure')),
    topicButton(language, 'link-existing', t('talk.haveBoth')),
  ]
}

/** Shows how things stand, whatever went wrong. */
const whereAmI = (language: Language): Button => primary(press(language, 'buttons.whereAmI', 'resume'))

/** In words of the language it leads to. */
const speakButton = (wanted: Language): Button => press(wanted, 'buttons.speak', 'speak')

export const welcomeReply = (language: Language): Reply => {
  const { t } = words(language)
  const buttons = startButtons(language)
  return talk(language, {
    title: 'talk.welcomeTitle',
    blocks: [
      text(t('talk.welcome')),
      { kind: 'box', look: 'emphasis', title: '', text: t('talk.welcomeLook') },
      {
        kind: 'more',
        title: t('talk.welcomeDo'),
        blocks: [{ kind: 'points', title: '', items: [t('talk.welcomeDo1'), t('talk.welcomeDo2'), t('talk.welcomeDo3')] }],
      },
    ],
    buttons: [
      ...buttons,
      more(topicButton(language, 'help', t('buttons.help'))),
      more(topicButton(language, 'privacy', t('buttons.privacy'))),
      ...languages.filter((other) => other !== language).map((other) => more(speakButton(other))),
    ],
  })
}

export const groupWelcomeReply = (language: Language, place: SharedPlace): Reply =>
  talk(language, {
    title: place === 'channel' ? 'talk.teamTitle' : 'talk.groupTitle',
    blocks: [text(words(language).t('talk.group'))],
    buttons: startButtons(language),
  })

export const helloReply = (language: Language): Reply => {
  const { t } = words(language)
  const buttons = startButtons(language)
  return talk(language, {
    title: 'talk.helloTitle',
    blocks: [text(t('talk.hello'))],
    buttons: [...buttons, topicButton(language, 'help', t('buttons.help'))],
  })
}

/** `commands`: about the words that work where it is said. */
export const helpReply = (language: Language, commands: readonly Phrase[] = ['talk.helpCommandsText']): Reply => {
  const { t } = words(language)
  const listed = [...scenarios, ...answers]
  const numbered = (topic: Topic) => `${listed.findIndex((other) => other === topic) + 1}. ${labelOf(topic, language)}`
  return talk(language, {
    title: 'talk.helpTitle',
    blocks: [
      { kind: 'text', text: t('talk.helpGuides') },
      { kind: 'lines', items: scenarios.map(numbered) },
      { kind: 'more', title: t('talk.helpAnswers'), blocks: [{ kind: 'lines', items: answers.map(numbered) }] },
      { kind: 'more', title: t('talk.helpCommands'), blocks: commands.map((each): Unfolded => ({ kind: 'text', text: t(each) })) },
    ],
    buttons: [
      press(language, 'buttons.myGuides', 'my-runs'),
      topicButton(language, 'check-role'),
      topicButton(language, 'verify-setup'),
      topicButton(language, 'privacy', t('buttons.privacy')),
    ],
    list: listed.map(pickOf),
  })
}

/** "Which do you have already?": the question the whole product turns on. */
export const whichReply = (language: Language): Reply => {
  const { t } = words(language)
  const buttons = startButtons(language)
  return talk(language, { title: 'talk.which', blocks: [text(t('talk.whichText'))], buttons })
}

export const betweenReply = (language: Language, candidates: readonly Topic[]): Reply => {
  const { t } = words(language)
  const buttons = [...candidates.slice(0, 3).map((topic) => topicButton(language, topic)), topicButton(language, 'help', t('talk.betweenElse'))]
  return talk(language, { title: 'talk.between', blocks: [], buttons })
}

export const notUnderstoodReply = (language: Language, candidates: readonly Topic[]): Reply => {
  const { t } = words(language)
  const buttons = [...candidates.slice(0, 3).map((topic) => topicButton(language, topic)), topicButton(language, 'help', t('buttons.help'))]
  return talk(language, { title: 'talk.unknownTitle', blocks: [text(t('talk.unknown'))], buttons })
}

/** What is asked is none of ours: where to ask instead, and nothing that does not belong to it. */
export const outsideReply = (language: Language): Reply => {
  const { t } = words(language)
  return talk(language, { title: 'talk.outsideTitle', blocks: [text(t('talk.outside'))], buttons: [topicButton(language, 'help', t('buttons.help'))] })
}

/** What was attached cannot be opened: said with what to write in its place. */
export const attachedReply = (language: Language, attached: Attached): Reply => {
  const { t } = words(language)
  return talk(language, {
    title: `attached.${attached}`,
    blocks: [text(t('attached.paste'))],
    buttons: [...startButtons(language), topicButton(language, 'help', t('buttons.help'))],
  })
}

/** A button of another build, or of nobody knows whom: its card stays, and only who pressed it is told. */
export const unknownButtonReply = (language: Language): Reply => ({
  ...talk(language, { title: 'talk.unknownButtonTitle', blocks: [text(words(language).t('talk.unknownButton'))], buttons: [whereAmI(language)] }),
  notice: words(language).t('talk.unknownButton'),
})

export const thanksReply = (language: Language): Reply =>
  talk(language, {
    title: 'talk.thanksTitle',
    blocks: [text(words(language).t('talk.thanks'))],
    buttons: [topicButton(language, 'verify-setup'), topicButton(language, 'help', words(language).t('buttons.help'))],
  })

export const languageReply = (language: Language): Reply =>
  talk(language, {
    title: 'talk.languageTitle',
    blocks: [text(words(language).t('talk.language'))],
    buttons: startButtons(language),
  })

/** Asked about languages without naming one. */
export const languageChoiceReply = (language: Language): Reply =>
  talk(language, {
    title: 'talk.languageChoiceTitle',
    blocks: [text(words(language).t('talk.languageChoice'))],
    buttons: languages.map(speakButton),
  })

/** `nobody`: this bot has nobody sign in. */
export type SignedOut = 'done' | 'failed' | 'nobody'

const signedOutWords = {
  done: ['signIn.outTitle', 'signIn.out'],
  failed: ['signIn.outFailedTitle', 'signIn.outFailed'],
  nobody: ['talk.signOutTitle', 'talk.signOut'],
} as const satisfies Record<SignedOut, readonly [Phrase, Phrase]>

export const signOutReply = (language: Language, outcome: SignedOut): Reply => {
  const { t } = words(language)
  const [title, said] = signedOutWords[outcome]
  return talk(language, {
    title,
    blocks: [text(t(said))],
    buttons: [topicButton(language, 'privacy', t('buttons.privacy')), press(language, 'buttons.myGuides', 'my-runs')],
  })
}

export const feedbackReply = (language: Language, said: Phrase = 'talk.feedback'): Reply =>
  talk(language, {
    title: 'talk.feedbackTitle',
    blocks: [text(words(language).t(said))],
    buttons: [press(language, 'buttons.why', 'why'), { ...supportButton(language) }, topicButton(language, 'help', words(language).t('buttons.help'))],
  })

export const privacyReply = (language: Language): Reply => {
  const { t } = words(language)
  return talk(language, {
    title: 'talk.privacyTitle',
    blocks: [
      { kind: 'points', title: '', items: [t('talk.privacy2'), t('talk.privacy3')] },
      text(t('talk.privacyForget')),
      {
        kind: 'more',
        title: t('talk.privacyRead'),
        blocks: [{ kind: 'points', title: '', items: [t('talk.privacy1'), t('talk.privacySignIn'), t('talk.privacyFeedback')] }],
      },
    ],
    buttons: [press(language, 'buttons.myGuides', 'my-runs'), topicButton(language, 'check-role')],
  })
}

export const secretReply = (language: Language, secret: 'password' | 'card' | 'code'): Reply => {
  const { t } = words(language)
  return talk(language, {
    title: 'talk.secretTitle',
    blocks: [{ kind: 'box', look: 'attention', title: '', text: t(`talk.secret-${secret}`) }, small(t('talk.secretNote'))],
    buttons: [topicButton(language, 'help', t('buttons.help'))],
  })
}

/** How a question was understood. */
export interface Explanation {
  readonly topic: string
  /** 0..1. */
  readonly confidence: number
  /** The phrasing of ours that it was most like. */
  readonly phrasing: string
  readonly runnerUp?: Topic | undefined
}

export const whyReply = (language: Language, why: Explanation | undefined): Reply => {
  const { t } = words(language)
  const help = topicButton(language, 'help', t('buttons.help'))
  if (!why) return talk(language, { title: 'talk.whyTitle', blocks: [text(t('talk.whyNone'))], buttons: [help] })
  const runnerUp = isTopic(why.topic) ? why.runnerUp : undefined
  return talk(language, {
    title: 'talk.whyTitle',
    blocks: [text(whyText(language, why)), ...(runnerUp ? [text(t('talk.whyRunnerUp', { topic: labelOf(runnerUp, language) }))] : [])],
    buttons: [...(runnerUp ? [topicButton(language, runnerUp)] : []), help],
  })
}

/** What was out of scope has no topic to name. */
const whyText = (language: Language, { topic, confidence, phrasing }: Explanation): string => {
  const { t } = words(language)
  if (!isTopic(topic)) return t('talk.whyUnsure', { phrasing })
  return t('talk.why', { topic: labelOf(topic, language), confidence: Math.round(confidence * 100), phrasing })
}

export const forgetReply = (language: Language): Reply =>
  talk(language, {
    title: 'talk.forgetTitle',
    blocks: [text(words(language).t('talk.forget'))],
    buttons: [danger(press(language, 'buttons.forgetYes', 'forget-me-yes')), press(language, 'buttons.no', 'keep-me')],
    asked: { question: 'forget-me' },
  })

export const keptReply = (language: Language): Reply =>
  talk(language, {
    title: 'talk.keptTitle',
    blocks: [text(words(language).t('talk.kept'))],
    buttons: [press(language, 'buttons.myGuides', 'my-runs'), topicButton(language, 'help', words(language).t('buttons.help'))],
  })

/** The token is the Bot Service's to delete, which may not answer. */
export const forgottenReply = (language: Language, { tokenIsGone }: { readonly tokenIsGone: boolean }): Reply => {
  const { t } = words(language)
  const blocks = [text(t('talk.forgotten')), ...(tokenIsGone ? [] : [text(t('talk.forgottenToken'))])]
  return talk(language, { title: 'talk.forgottenTitle', blocks, buttons: startButtons(language) })
}

export const plainReply = (language: Language, plain: boolean): Reply =>
  talk(language, {
    title: 'talk.plainTitle',
    blocks: [text(words(language).t(plain ? 'talk.plainOn' : 'talk.plainOff'))],
    buttons: [topicButton(language, 'help', words(language).t('buttons.help'))],
  })

export const noGuideReply = (language: Language, because: Phrase = 'guide.noneText'): Reply => {
  const buttons = startButtons(language)
  return talk(language, {
    title: 'guide.none',
    blocks: [text(words(language).t(because))],
    buttons: [...buttons, press(language, 'buttons.myGuides', 'my-runs')],
  })
}

export const leftReply = (run: Run): Reply => {
  const { language } = run
  const title = guideOf(run.topic, language).label
  return talk(language, {
    title: 'guide.none',
    blocks: [text(words(language).t('guide.left', { title }))],
    buttons: [
      primary(press(language, 'buttons.resume', 'resume', { run })),
      press(language, 'buttons.myGuides', 'my-runs'),
      topicButton(language, 'help', words(language).t('buttons.help')),
    ],
  })
}

/** Where it stands, in words that say nothing that was not said or done. */
const whereIs = (run: Run, language: Language): string => {
  const { t } = words(language)
  const guide = guideOf(run.topic, language)
  const { index, count } = positionOf(run, guide)
  // A guide without questions at its start begins with a look-up; its steps are for doing the same by hand.
  const before = guide.before ? 'guide.whereBefore' : 'guide.whereLooked'
  const end = run.readOnly ? 'guide.whereRead' : 'guide.whereEnd'
  const where = { before, stopped: 'guide.whereStopped', end, steps: 'guide.whereStep' } as const
  return t(where[run.stage], { n: index + 1, m: count })
}

const hasTwin = ({ topic }: Run, runs: readonly Run[]): boolean => runs.filter((other) => other.topic === topic).length > 1

/** With the day it was begun where another of the same guide stands beside it. */
const nameOf = (run: Run, runs: readonly Run[], language: Language): string => {
  const { t, date } = words(language)
  const title = guideOf(run.topic, language).label
  return hasTwin(run, runs) ? t('guide.mineOf', { title, date: date(run.startedAt.slice(0, 10)) }) : title
}

/** As many as have a button each. */
const mostListed = 4

export const myRunsReply = (language: Language, runs: readonly Run[]): Reply => {
  const { t } = words(language)
  const [shown, older] = [runs.slice(0, mostListed), runs.slice(mostListed, 20)]
  if (shown.length === 0) return talk(language, { title: 'guide.mine', blocks: [text(t('guide.mineNone'))], buttons: startButtons(language) })
  const line = (run: Run, index: number) => `${index + 1}. ${t('guide.mineItem', { title: nameOf(run, runs, language), where: whereIs(run, language) })}`
  const buttons = shown.map((run, index): Button => {
    const title = guideOf(run.topic, language).label
    return { ...press(language, 'buttons.resume', 'resume', { run }), title: hasTwin(run, shown) ? `${index + 1}. ${title}` : title }
  })
  return talk(language, {
    title: 'guide.mine',
    blocks: [
      { kind: 'lines', items: shown.map(line) },
      ...(older.length > 0
        ? [
            {
              kind: 'more',
              title: t('guide.mineOlder'),
              blocks: [{ kind: 'lines', items: older.map((run, index) => line(run, mostListed + index)) }],
            } satisfies Block,
          ]
        : []),
    ],
    buttons,
    aside: true,
    list: [...shown, ...older].map((run) => ({ verb: 'resume', topic: run.topic, run: run.id })),
  })
}

export const shareReply = (language: Language, topic: Scenario | undefined, run?: Run): Reply => {
  const { t } = words(language)
  if (!topic) return talk(language, { title: 'talk.shareTitle', blocks: [text(t('talk.shareNone'))], buttons: startButtons(language) })
  const guide = guideOf(topic, language)
  const steps = guide.steps.map(({ title, link }, index) => `${index + 1}. ${title} (${link.url})`)
  return talk(language, {
    title: 'talk.shareTitle',
    aside: true,
    blocks: [
      small(t('talk.share')),
      text(`**${guide.title}**`),
      { kind: 'lines', items: steps },
      { kind: 'more', title: t('answer.more'), blocks: [{ kind: 'small', text: t('talk.shareInsert', { search: guide.label }) }] },
    ],
    buttons: [primary(press(language, 'buttons.backToGuide', 'resume', run ? { run } : { topic }))],
  })
}

/** One line about the talk itself; the place in a guide is kept, and the way back stands with it. */
export const lineReply = (
  language: Language,
  line: Phrase,
  options: { readonly values?: Readonly<Record<string, string | number>>; readonly buttons?: readonly Button[] } = {},
): Reply => {
  const { t } = words(language)
  return reply({
    language,
    eyebrow: t('talk.eyebrow'),
    title: t(line, options.values),
    blocks: [],
    buttons: arrange([...(options.buttons ?? []), more(supportButton(language))]),
  })
}

export const otherTenantReply = (language: Language): Reply => {
  const { t } = words(language)
  return reply({ language, eyebrow: t('talk.eyebrow'), title: t('talk.notForYouTitle'), blocks: [text(t('talk.otherTenant'))], buttons: [] })
}

/** Nothing of what came beyond the limit was carried out. */
export const tooManyReply = (language: Language, of: 'person' | 'tenant'): Reply =>
  talk(language, {
    title: 'talk.newerTitle',
    blocks: [text(words(language).t(of === 'person' ? 'talk.tooManyOfYou' : 'talk.tooManyOfAll'))],
    buttons: [whereAmI(language)],
  })

export const errorReply = (language: Language, reference: string): Reply =>
  talk(language, {
    title: 'talk.errorTitle',
    blocks: [text(words(language).t('talk.error', { reference }))],
    buttons: [whereAmI(language)],
  })

export const tooLateReply = (language: Language, reference: string): Reply =>
  talk(language, { title: 'talk.tooLateTitle', blocks: [text(words(language).t('talk.tooLate', { reference }))], buttons: [whereAmI(language)] })

/** The store did not say whether it kept what the turn came to. */
export const unsureReply = (language: Language, reference: string): Reply =>
  talk(language, { title: 'talk.errorTitle', blocks: [text(words(language).t('talk.unsure', { reference }))], buttons: [whereAmI(language)] })

/** The record is of a newer build, which this one must not write. */
export const newerReply = (language: Language): Reply =>
  talk(language, { title: 'talk.newerTitle', blocks: [text(words(language).t('talk.newer'))], buttons: [whereAmI(language)] })

export const errorCodeBlock = (code: string, language: Language): readonly Block[] => [
  {
    kind: 'box',
    look: 'accent',
    title: isNumbered(code) ? words(language).t('talk.aadsts', { code }) : words(language).t('talk.errorText'),
    text: errorMeaning(code, language),
  },
]
