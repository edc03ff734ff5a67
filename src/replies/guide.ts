/** What do the cards of a guide say: before the steps, a step, help with a step, all steps, the end? */
import type { Block, Button, Page, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import type { Passage } from '../guides/passages'
import { guideOf } from '../guides'
import type { Guide, Step } from '../guides/schema'
import { words, type Phrase } from '../guides/words'
import { languageRows } from '../languages'
import { openQuestion, positionOf, type BeforeQuestion, type Known, type Run } from '../runs/run'
import { contracts } from '../guides/schema'
import type { Language, Scenario } from '../topics'
import type { Pick } from '../verbs/action'
import { arrange, more, openButton, press, primary, supportButton, topicButton } from './buttons'
import { picture } from './pictures'
import { lookFirstButton } from './preflight'
import { claimsOneTenant, contradiction, lookUpAtEnd, proofBlocks, proofNext, proveAgain, type ProofAtEnd } from './proof'
import { roleButtons, roleSaid, type RoleLook } from './role'
import { fitStep } from './fit'
import { allSources, checkedLine, pagesBlock } from './sources'

export interface GuideView {
  readonly run: Run
  readonly guide: Guide
  readonly publicUrl: string | undefined
  /** Of the person, as IANA names it or by its offset; undefined: not known. */
  readonly timeZone?: string | undefined
}

const text = (value: string): Block => ({ kind: 'text', text: value })
export const box = (look: 'emphasis' | 'warning' | 'attention' | 'good' | 'accent', title: string, value: string): Block => ({
  kind: 'box',
  look,
  title,
  text: value,
})

const stepName = ({ run, guide }: Omit<GuideView, 'publicUrl'>): string => {
  const { index, count } = positionOf(run, guide)
  return words(run.language).t('guide.step', { n: index + 1, m: count })
}

const currentStep = ({ run, guide }: Omit<GuideView, 'publicUrl'>): Step => {
  const step = guide.steps[positionOf(run, guide).index]
  if (!step) throw new Error(`guide ${guide.topic} has no steps`)
  return step
}

/** Behind "…" on every card of a guide. */
const always = (run: Run): readonly Button[] => {
  const { language } = run
  return [
    press(language, 'buttons.allSteps', 'all-steps', { run }),
    supportButton(language),
    press(language, 'buttons.startAgain', 'restart', { run }),
    press(language, 'buttons.leave', 'cancel', { run }),
  ].map(more)
}

/** What a step says to anybody: what to do and what to beware of; the rest is folded behind it. */
export const stepBlocks = (step: Step, language: Language, publicUrl: string | undefined): readonly Block[] => {
  const { t } = words(language)
  const { inFull, withExpect } = fitStep(step)
  const { colon } = languageRows[language]
  const expect: Unfolded = { kind: 'text', text: `**${t('guide.expect')}${colon}** ${step.expect}` }
  const folded: readonly Unfolded[] = [
    ...(inFull ? [] : [{ kind: 'text', text: step.instruction } satisfies Unfolded]),
    ...(withExpect ? [] : [expect]),
    ...(step.note ? [{ kind: 'text', text: `**${t('guide.note')}${colon}** ${step.note}` } satisfies Unfolded] : []),
    ...pagesBlock(step.pages, language),
    ...picture(step.picture, language, publicUrl),
    allSources(step.sources, language),
  ]
  return [
    text(inFull ? step.instruction : step.short),
    ...(step.warning ? [box('warning', '', `**${t('guide.warning')}${colon}** ${step.warning}`)] : []),
    ...(withExpect ? [expect] : []),
    { kind: 'more', title: t('answer.more'), blocks: folded },
    { kind: 'small', text: checkedLine(step.checked, step.sources, language) },
  ]
}

/** More would push what to do out of sight. */
const mostHint = 150

/** What follows from the contract: at once where it is short, else folded. */
const beforeStep = (hint: Block): Block =>
  hint.kind === 'box' && hint.text.length > mostHint ? { kind: 'more', title: hint.title, blocks: [{ kind: 'text', text: hint.text }] } : hint

/** `hints` are said first, e.g. what follows from the contract. */
export const stepReply = (view: GuideView, hints: readonly Block[] = []): Reply => {
  const { run, guide, publicUrl } = view
  const { t } = words(run.language)
  const step = currentStep(view)
  const position = positionOf(run, guide)
  const isLast = position.index === position.count - 1
  return reply({
    language: run.language,
    eyebrow: `${guide.label} · ${stepName(view)}`,
    title: step.title,
    progress: position,
    blocks: [
      ...hints.map(beforeStep),
      ...(run.displaced ? [box('accent', '', t('guide.displaced'))] : []),
      ...(run.readOnly ? [box('accent', '', t('guide.readOnly'))] : []),
      ...stepBlocks(step, run.language, publicUrl),
    ],
    buttons: arrange([
      primary(press(run.language, isLast ? 'buttons.finish' : 'buttons.done', 'done', { run, step: step.id })),
      press(run.language, 'buttons.back', 'back', { run, step: step.id }),
      press(run.language, 'buttons.stuck', 'stuck', { run, step: step.id }),
      openButton(step.link.title, step.link.url),
      ...always(run),
    ]),
  })
}

/** In one or two sentences; the whole, where there is more, is folded behind them. */
const shortFirst = ({ text: whole, short }: Passage, language: Language): readonly Block[] => [
  text(short),
  ...(short === whole ? [] : [{ kind: 'more', title: words(language).t('answer.more'), blocks: [{ kind: 'text', text: whole }] } satisfies Block]),
]

/** The one cause that fits what was described; the others are one word or press away. It may belong to another step. */
export const causeReply = (view: GuideView, passage: Passage): Reply => {
  const { run, guide } = view
  const { t } = words(run.language)
  const here = currentStep(view)
  const step = guide.steps.find(({ id }) => id === passage.step) ?? here
  const n = guide.steps.indexOf(step) + 1
  const page: Page = {
    language: run.language,
    eyebrow: `${guide.label} · ${t('guide.step', { n, m: guide.steps.length })}`,
    title: step === here ? t('guide.causeTitle') : t('guide.causeElsewhere', { n }),
    blocks: [...shortFirst(passage, run.language), { kind: 'small', text: checkedLine(step.checked, passage.sources, run.language) }],
    buttons: arrange([
      primary(press(run.language, 'buttons.thatWasIt', 'worked', { run, step: here.id })),
      press(run.language, 'buttons.notThat', 'tried', { run, step: here.id }),
      press(run.language, 'buttons.backToStep', 'resume', { run }, { n: positionOf(run, guide).index + 1 }),
      ...always(run),
    ]),
  }
  return reply(page, { aside: true })
}

/** What a guide says about one thing that was asked; the guide itself is one press away. */
export const passageReply = (passage: Passage, topic: Scenario, language: Language, { isOpen }: { readonly isOpen: boolean }): Reply => {
  const { t } = words(language)
  const guide = guideOf(topic, language)
  const step = guide.steps.find(({ id }) => id === passage.step)
  const { checked } = step ?? guide.before ?? { checked: undefined }
  return reply({
    language,
    eyebrow: step ? `${guide.label} · ${t('guide.step', { n: guide.steps.indexOf(step) + 1, m: guide.steps.length })}` : guide.label,
    title: passage.kind === 'check' && step ? t('guide.expect') : (step?.title ?? guide.title),
    blocks: [
      ...shortFirst(passage, language),
      ...(checked === undefined ? [] : [{ kind: 'small', text: checkedLine(checked, passage.sources, language) } satisfies Block]),
    ],
    buttons: arrange([
      ...(isOpen ? [] : [primary(topicButton(language, topic))]),
      ...(step ? [openButton(step.link.title, step.link.url)] : []),
      supportButton(language),
    ]),
  })
}

/** What one sees; what to do about it comes after it. */
const symptomOf = (cause: string): string => /^\*\*.+?\*\*/.exec(cause)?.[0] ?? cause

/** What people see who are stuck, to be named by its number; what to do about each is folded behind it. */
export const causesBlocks = (step: Step, language: Language): readonly Block[] => {
  const { t } = words(language)
  const numbered = (lines: readonly string[]) => lines.map((line, at) => `${at + 1}. ${line}`)
  return [
    text(t('guide.stuckCauses')),
    { kind: 'lines', items: numbered(step.stuck.map((cause) => symptomOf(cause.text))) },
    {
      kind: 'more',
      title: t('guide.stuckAll'),
      blocks: [...step.stuck.map((cause): Unfolded => ({ kind: 'text', text: cause.text })), { kind: 'text', text: t('guide.stuckElse') }],
    },
  ]
}

/** All causes at the step, to be named by their numbers. */
export const stuckReply = (view: GuideView): Reply => {
  const { run } = view
  const { t } = words(run.language)
  const step = currentStep(view)
  const list: Pick[] = step.stuck.map(({ id }) => ({ verb: 'stuck', topic: run.topic, step: id, run: run.id }))
  const page: Page = {
    language: run.language,
    eyebrow: `${view.guide.label} · ${stepName(view)}`,
    title: t('guide.stuckTitle', { title: step.title }),
    blocks: causesBlocks(step, run.language),
    buttons: arrange([
      primary(press(run.language, 'buttons.backToStep', 'resume', { run }, { n: positionOf(run, view.guide).index + 1 })),
      supportButton(run.language),
      openButton(step.link.title, step.link.url),
      press(run.language, 'buttons.done', 'done', { run, step: step.id }),
      ...always(run),
    ]),
  }
  return reply(page, { list, aside: true })
}

export const allStepsReply = (view: GuideView): Reply => {
  const { run, guide } = view
  const { t } = words(run.language)
  const here = positionOf(run, guide)
  const named = guide.steps.map(({ id, title }, index) => {
    if (run.stage === 'steps' && index === here.index) return `**${index + 1}. ${t('guide.stepHere', { title })}**`
    const past = run.done.includes(id) ? 'guide.stepDone' : run.skipped?.includes(id) ? 'guide.stepSkipped' : undefined
    return `${index + 1}. ${past ? t(past, { title }) : title}`
  })
  const list: Pick[] = guide.steps.map(({ id }) => ({ verb: 'go-to', topic: run.topic, step: id, run: run.id }))
  return reply(
    {
      language: run.language,
      eyebrow: guide.label,
      title: t('guide.allTitle', { m: here.count }),
      blocks: [{ kind: 'lines', items: named }],
      buttons: arrange([primary(press(run.language, 'buttons.backToGuide', 'resume', { run })), press(run.language, 'buttons.share', 'share'), ...always(run)]),
    },
    { list, aside: true },
  )
}

/** Who only read along has changed nothing, so nothing is claimed to have happened. */
const readAlongEnd = ({ run }: GuideView): readonly Block[] => {
  const { t } = words(run.language)
  return [box('accent', '', t('guide.readOnly')), text(t('guide.readText'))]
}

/** What was proved stands first; how to see it oneself is folded behind it. */
const provenEnd = ({ run, guide, publicUrl, timeZone }: GuideView, made: ProofAtEnd, isAgainst: boolean): readonly Block[] => {
  const { t } = words(run.language)
  const { end } = guide
  const { shown, folded } = proofBlocks(made, run, timeZone)
  const verify: Unfolded = { kind: 'points', title: t('guide.verify'), items: end.verify.map((check) => check.text) }
  // What a proof does not show, the end says by itself.
  const claim: readonly Unfolded[] = shown.length > 0 && !claimsOneTenant(run) ? [{ kind: 'text', text: end.text }] : []
  const behind: readonly Unfolded[] = [...claim, ...folded, verify, ...(isAgainst ? [] : picture(end.picture, run.language, publicUrl))]
  return [...(shown.length > 0 || isAgainst ? shown : [text(end.text)]), { kind: 'more', title: t('answer.more'), blocks: behind }]
}

/** `proof`: just made; else the run's last one is shown. Who only read along has nothing to prove. */
export const endReply = (view: GuideView, { hint, proof, ...lookUp }: { readonly hint?: string } & Partial<ProofAtEnd> = {}): Reply => {
  const { run, guide } = view
  const { t } = words(run.language)
  const { end } = guide
  const asked: readonly Button[] =
    run.helped === undefined ? [press(run.language, 'buttons.helped', 'helped', { run }), press(run.language, 'buttons.notHelped', 'not-helped', { run })] : []
  const against = run.readOnly ? undefined : contradiction(proof, run)
  const nextTopics = end.next.map((topic) => topicButton(run.language, topic))
  const page: Page = {
    language: run.language,
    eyebrow: `${guide.label} · ${t('guide.endEyebrow')}`,
    title: run.readOnly ? t('guide.readTitle') : against ? t(`proof.${against}`) : end.title,
    progress: { index: guide.steps.length, count: guide.steps.length },
    blocks: [...(run.readOnly ? readAlongEnd(view) : provenEnd(view, { proof, ...lookUp }, against !== undefined)), text(hint ?? t('guide.helpedQuestion'))],
    buttons: arrange([
      ...(run.readOnly ? [] : [...proofNext({ proof, ...lookUp }, run), ...lookUpAtEnd(proof, run)]),
      ...(asked.length > 0 ? [] : nextTopics),
      ...asked,
      ...(run.readOnly ? [] : proveAgain(proof, run)),
      ...nextTopics,
      press(run.language, 'buttons.back', 'back', { run }),
      ...always(run),
    ]),
  }
  return reply(page, run.readOnly ? {} : { asked: { question: 'ids' } })
}

export interface BeforeView extends GuideView {
  readonly known: Known
  /** `undefined`: this guide needs no role, or it was not looked at. */
  readonly role: RoleLook | undefined
  readonly hint?: string
}

/** What to have ready and to know, and the safer ways, for who wants to read it. `withRole`: which role it takes, where nobody's was looked up. */
export const readFirst = ({ summary, before }: Guide, language: Language, { withRole }: { readonly withRole: boolean }): readonly Unfolded[] => {
  const { t } = words(language)
  const points = (title: string, items: readonly string[]): readonly Unfolded[] => (items.length > 0 ? [{ kind: 'points', title, items }] : [])
  return [
    { kind: 'text', text: summary },
    ...(before && withRole ? [{ kind: 'box', look: 'emphasis', title: t('guide.role'), text: before.role.text } satisfies Unfolded] : []),
    ...points(t('guide.alternatives'), before?.alternatives.map((way) => `**${way.title}** ${way.text}`) ?? []),
    ...points(t('guide.need'), before?.need ?? []),
    ...points(t('guide.notes'), before?.notes.map((note) => note.text) ?? []),
  ]
}

/** What has to be said and asked before the first step: one question at a time, the rest folded behind it. */
export const beforeReply = (view: BeforeView): Reply => {
  const { run, guide, known, role, hint } = view
  const { t } = words(run.language)
  const { before } = guide
  const question = before && openQuestion(known, run)
  const said = role && roleSaid(role, run.language)
  const rule = ruleOf(view)
  const contract = t('contract.known', { contract: t(`contract.${known.contract ?? 'unknown'}`) })
  // One thing at a time: in full once nothing is asked or looked up any more.
  const isRuleShown = rule !== undefined && question === undefined && role === undefined && hint === undefined
  // Once something else is to be said, what it comes to is known, or can be read.
  const isFirst = question === 'contract' && role === undefined && hint === undefined
  const folded: readonly Unfolded[] = [
    ...(rule && !isRuleShown ? [{ kind: 'box', look: 'emphasis', title: t('contract.noteTitle'), text: rule } satisfies Unfolded] : []),
    ...(said?.folded ?? []),
    ...readFirst(guide, run.language, { withRole: role === undefined }),
  ]
  return reply(
    {
      language: run.language,
      eyebrow: `${guide.label} · ${t('guide.before')}`,
      title: guide.title,
      blocks: [
        ...(hint ? [box('accent', '', hint)] : []),
        ...(isFirst ? [text(guide.short)] : []),
        ...(question === 'contract' ? [] : [isRuleShown ? box('emphasis', contract, rule ?? '') : ({ kind: 'small', text: contract } satisfies Block)]),
        ...(said?.shown ?? []),
        ...(question ? [choiceOf(question, view)] : []),
        { kind: 'more', title: t('guide.readFirst'), blocks: folded },
        ...(before ? [{ kind: 'small', text: checkedLine(before.checked, before.sources, run.language) } satisfies Block] : []),
      ],
      buttons: arrange([
        primary(press(run.language, 'buttons.begin', 'proceed', { run })),
        ...(role ? roleButtons(role, run) : []),
        ...(role ? [press(run.language, 'buttons.checkAgain', 'check-again', { run })] : []),
        ...(run.topic === 'link-existing' ? [more(lookFirstButton(run.language, run.topic))] : []),
        supportButton(run.language),
        ...always(run),
      ]),
    },
    question ? { list: answersTo(question, run), asked: { question } } : {},
  )
}

const accountAnswers = ({ language, topic }: Run) => {
  const { t } = words(language)
  const isMove = topic === 'link-existing'
  return [
    { title: t(isMove ? 'guide.ownerWork' : 'guide.accountYes'), value: 'yes' },
    { title: t(isMove ? 'guide.ownerPersonal' : 'guide.accountNo'), value: 'no' },
  ]
}

/** Of the guide's own two questions about a personal owner. */
const ownerPhrases = {
  stays: { yes: 'guide.staysYes', no: 'guide.staysNo' },
  together: { yes: 'guide.togetherYes', no: 'guide.togetherNo' },
} as const

const ownerAnswers = (question: keyof typeof ownerPhrases, { language }: Run) =>
  (['yes', 'no'] as const).map((value) => ({ title: words(language).t(ownerPhrases[question][value]), value }))

const contractAnswers = ({ language }: Run) => contracts.map((value) => ({ title: words(language).t(`contract.${value}`), value }))

/** What a number means while the question is on screen. */
const answersTo = (question: BeforeQuestion, run: Run): readonly Pick[] => {
  const own = question === 'stays' || question === 'together'
  const answers = own ? ownerAnswers(question, run) : question === 'contract' ? contractAnswers(run) : accountAnswers(run)
  return answers.map(({ title, value }) => ({ title, verb: 'proceed', topic: run.topic, step: own ? `${question}-${value}` : value, run: run.id }))
}

const choiceOf = (question: BeforeQuestion, { run, guide }: BeforeView): Block => {
  const { t } = words(run.language)
  if (question === 'stays' || question === 'together')
    return { kind: 'choice', id: question, label: guide.ways?.[question] ?? '', error: t('guide.accountMissing'), choices: ownerAnswers(question, run) }
  return question === 'contract'
    ? { kind: 'choice', id: 'contract', label: t('contract.question'), error: t('contract.missing'), choices: contractAnswers(run) }
    : { kind: 'choice', id: 'account', label: guide.before?.account ?? '', error: t('guide.accountMissing'), choices: accountAnswers(run) }
}

/** What follows from the contract, where it is known. */
const ruleOf = ({ guide, known }: BeforeView): string | undefined => known.contract && guide.before?.contracts[known.contract].text

export type Obstacle = { readonly kind: 'contract'; readonly text: string } | { readonly kind: 'role'; readonly look: RoleLook }

/** What stands in the way is the card's own title and text; what the verdict leaves out is folded behind it. */
const obstacleBlocks = (look: RoleLook, { language }: Run): readonly Block[] => {
  const { t } = words(language)
  const { shown, folded } = roleSaid(look, language)
  const [verdict, ...qualified] = shown
  const said: readonly Block[] =
    look.kind === 'cannot'
      ? [text(t('verdict.blockedText')), ...qualified, box('emphasis', t('verdict.ask'), t('verdict.askText'))]
      : [...(verdict?.kind === 'box' ? [{ ...verdict, title: '' }] : []), ...qualified]
  return [...said, { kind: 'more', title: t('answer.more'), blocks: [...folded, { kind: 'text', text: t('contract.stopNext') }] }]
}

const titleOf = (obstacle: Obstacle): Phrase => {
  if (obstacle.kind === 'contract') return 'contract.stopTitle'
  return obstacle.look.kind === 'can-after-activating' ? 'verdict.activate' : 'verdict.blockedTitle'
}

/** Who can activate the role themselves does that first; others ask a colleague. */
const obstacleButtons = (obstacle: Obstacle, run: Run): readonly Button[] => {
  const { language } = run
  const readAlong = press(language, 'buttons.readAlong', 'read-along', { run })
  if (obstacle.kind === 'contract')
    return [primary(topicButton(language, 'enterprise-agreement')), press(language, 'buttons.backToStart', 'back', { run }), readAlong]
  const again = press(language, 'buttons.checkAgain', 'check-again', { run })
  const admin = topicButton(language, 'find-admin')
  if (obstacle.look.kind === 'can-after-activating') return [...roleButtons(obstacle.look, run), again, readAlong, admin]
  return [primary(admin), again, readAlong, ...roleButtons(obstacle.look, run)]
}

/** Why the person may not go on themselves, whom and what to ask, and the way to read on all the same. */
export const stoppedReply = (view: GuideView, obstacle: Obstacle): Reply => {
  const { run, guide } = view
  const { t } = words(run.language)
  return reply({
    language: run.language,
    eyebrow: `${guide.label} · ${t('guide.before')}`,
    title: t(titleOf(obstacle)),
    blocks: obstacle.kind === 'contract' ? [text(obstacle.text), box('emphasis', '', t('contract.stopNext'))] : obstacleBlocks(obstacle.look, run),
    buttons: arrange([...obstacleButtons(obstacle, run), supportButton(run.language), ...always(run)]),
  })
}
