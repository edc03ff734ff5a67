/** What do the cards of a guide say: before the steps, a step, help with a step, all steps, the end? */
import type { Block, Button, Page, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import type { Passage } from '../guides/passages'
import { guideOf } from '../guides'
import type { Guide, Step } from '../guides/schema'
import { words, type Phrase } from '../guides/words'
import { openQuestion, positionOf, type Known, type Run } from '../runs/run'
import { contracts } from '../guides/schema'
import type { Language, Scenario } from '../topics'
import type { Pick } from '../verbs/action'
import { arrange, more, openButton, press, supportButton, topicButton } from './buttons'
import { picture } from './pictures'
import { contradiction, lookUpAtEnd, proofBlocks, proofNext, proveAgain, type ProofAtEnd } from './proof'
import { activatingLine, roleBlocks, roleButtons, type RoleLook } from './role'
import { checkedLine } from './sources'

export interface GuideView {
  readonly run: Run
  readonly guide: Guide
  readonly publicUrl: string | undefined
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

/** What a step says to anybody. */
export const stepBlocks = (step: Step, language: Language, publicUrl: string | undefined): readonly Block[] => {
  const { t } = words(language)
  return [
    text(step.instruction),
    ...picture(step.picture, language, publicUrl),
    ...(step.warning ? [box('warning', t('guide.warning'), step.warning)] : []),
    box('emphasis', t('guide.expect'), step.expect),
    ...(step.note ? [{ kind: 'more', title: t('guide.note'), blocks: [{ kind: 'text', text: step.note }] } satisfies Block] : []),
    { kind: 'small', text: checkedLine(step.checked, step.sources, language) },
  ]
}

/** `hint` is said first, e.g. what follows from the contract. */
export const stepReply = (view: GuideView, hint?: Block): Reply => {
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
      ...(hint ? [hint] : []),
      ...(run.displaced ? [box('accent', '', t('guide.displaced'))] : []),
      ...(run.readOnly ? [box('accent', '', t('guide.readOnly'))] : []),
      ...stepBlocks(step, run.language, publicUrl),
    ],
    buttons: arrange([
      press(run.language, isLast ? 'buttons.finish' : 'buttons.done', 'done', { run, step: step.id }),
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
    blocks: [...shortFirst(passage, run.language), { kind: 'small', text: checkedLine(step.checked, step.sources, run.language) }],
    buttons: arrange([
      press(run.language, 'buttons.thatWasIt', 'worked', { run, step: here.id }),
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
  const { checked, sources } = step ?? guide.before ?? { checked: undefined, sources: [] }
  return reply({
    language,
    eyebrow: step ? `${guide.label} · ${t('guide.step', { n: guide.steps.indexOf(step) + 1, m: guide.steps.length })}` : guide.label,
    title: passage.kind === 'check' && step ? t('guide.expect') : (step?.title ?? guide.title),
    blocks: [
      ...shortFirst(passage, language),
      ...(checked === undefined ? [] : [{ kind: 'small', text: checkedLine(checked, sources, language) } satisfies Block]),
    ],
    buttons: arrange([
      ...(isOpen ? [] : [topicButton(language, topic)]),
      ...(step ? [openButton(step.link.title, step.link.url)] : []),
      supportButton(language),
    ]),
  })
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
    blocks: [
      text(`**${t('guide.stuckCauses')}**`),
      ...step.stuck.map((cause, at) => text(`${at + 1}. ${cause.text}`)),
      box('emphasis', '', t('guide.stuckElse')),
    ],
    buttons: arrange([
      press(run.language, 'buttons.backToStep', 'resume', { run }, { n: positionOf(run, view.guide).index + 1 }),
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
      blocks: named.map((line) => text(line)),
      buttons: arrange([press(run.language, 'buttons.backToGuide', 'resume', { run }), press(run.language, 'buttons.share', 'share'), ...always(run)]),
    },
    { list, aside: true },
  )
}

/** `proof`: just made; else the run's last one is shown. Who only read along has nothing to prove. */
export const endReply = (view: GuideView, { hint, proof, ...lookUp }: { readonly hint?: string } & Partial<ProofAtEnd> = {}): Reply => {
  const { run, guide, publicUrl } = view
  const { t } = words(run.language)
  const { end } = guide
  const asked: readonly Button[] =
    run.helped === undefined ? [press(run.language, 'buttons.helped', 'helped', { run }), press(run.language, 'buttons.notHelped', 'not-helped', { run })] : []
  const against = run.readOnly ? undefined : contradiction(proof, run)
  // Who only read along has changed nothing, so nothing is claimed to have happened.
  const nextTopics = end.next.map((topic) => topicButton(run.language, topic))
  const verify: Block = { kind: 'points', title: t('guide.verify'), items: end.verify.map((check) => check.text) }
  const proven = proofBlocks({ proof, ...lookUp }, run)
  const achieved = against ? [...proven, verify] : [text(end.text), ...proven, verify, ...picture(end.picture, run.language, publicUrl)]
  const outcome: readonly Block[] = run.readOnly ? [box('accent', '', t('guide.readOnly')), text(t('guide.readText'))] : achieved
  const page: Page = {
    language: run.language,
    eyebrow: `${guide.label} · ${t('guide.endEyebrow')}`,
    title: run.readOnly ? t('guide.readTitle') : against ? t(`proof.${against}`) : end.title,
    progress: { index: guide.steps.length, count: guide.steps.length },
    blocks: [...outcome, text(hint ?? t('guide.helpedQuestion'))],
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
  const rule = question ? ruleOf(view) : undefined
  const folded: readonly Unfolded[] = rule ? [{ kind: 'box', look: 'emphasis', title: t('contract.noteTitle'), text: rule }] : []
  return reply(
    {
      language: run.language,
      eyebrow: `${guide.label} · ${t('guide.before')}`,
      title: guide.title,
      blocks: [
        ...(hint ? [box('accent', '', hint)] : []),
        ...(question === 'contract' ? [text(guide.short)] : contractNote(view, question !== undefined)),
        ...(role ? roleBlocks(role, run.language) : []),
        ...(question ? [choiceOf(question, view)] : []),
        { kind: 'more', title: t('guide.readFirst'), blocks: [...folded, ...readFirst(guide, run.language, { withRole: role === undefined })] },
        ...(before ? [{ kind: 'small', text: checkedLine(before.checked, before.sources, run.language) } satisfies Block] : []),
      ],
      buttons: arrange([
        press(run.language, 'buttons.begin', 'proceed', { run }),
        ...(role ? roleButtons(role, run) : []),
        ...(role ? [press(run.language, 'buttons.checkAgain', 'check-again', { run })] : []),
        supportButton(run.language),
        ...always(run),
      ]),
    },
    question ? { list: answersTo(question, run), asked: { question } } : {},
  )
}

const accountAnswers = ({ language }: Run) => {
  const { t } = words(language)
  return [
    { title: t('guide.accountYes'), value: 'yes' },
    { title: t('guide.accountNo'), value: 'no' },
  ]
}

const contractAnswers = ({ language }: Run) => contracts.map((value) => ({ title: words(language).t(`contract.${value}`), value }))

/** What a number means while the question is on screen. */
const answersTo = (question: 'contract' | 'account', run: Run): readonly Pick[] =>
  (question === 'contract' ? contractAnswers(run) : accountAnswers(run)).map(({ title, value }) => ({
    title,
    verb: 'proceed',
    topic: run.topic,
    step: value,
    run: run.id,
  }))

const choiceOf = (question: 'contract' | 'account', { run, guide }: BeforeView): Block => {
  const { t } = words(run.language)
  return question === 'contract'
    ? { kind: 'choice', id: 'contract', label: t('contract.question'), error: t('contract.missing'), choices: contractAnswers(run) }
    : { kind: 'choice', id: 'account', label: guide.before?.account ?? '', error: t('guide.accountMissing'), choices: accountAnswers(run) }
}

/** What follows from the contract, where it is known. */
const ruleOf = ({ guide, known }: BeforeView): string | undefined => known.contract && guide.before?.contracts[known.contract].text

/** In full once nothing is asked any more; until then it is folded behind the question. */
const contractNote = (view: BeforeView, isAsked: boolean): readonly Block[] => {
  const { t } = words(view.run.language)
  const title = t('contract.known', { contract: t(`contract.${view.known.contract ?? 'unknown'}`) })
  const rule = ruleOf(view)
  return [rule && !isAsked ? box('emphasis', title, rule) : { kind: 'small', text: title }]
}

export type Obstacle = { readonly kind: 'contract'; readonly text: string } | { readonly kind: 'role'; readonly look: RoleLook }

/** What stands in the way is the card's own title and text; what the verdict leaves out is said all the same. */
const obstacleBlocks = (look: RoleLook, { language }: Run): readonly Block[] => {
  const { t } = words(language)
  const rest: Block = { kind: 'small', text: t('contract.stopNext') }
  if (look.kind !== 'cannot')
    return [...roleBlocks(look, language).map((block, index) => (index === 0 && block.kind === 'box' ? { ...block, title: '' } : block)), rest]
  const asking = box('emphasis', t('verdict.ask'), t('verdict.askText'))
  return [text(t('verdict.blockedText')), ...activatingLine(look.limits, language).map(text), ...roleBlocks(look, language).slice(1), asking, rest]
}

const titleOf = (obstacle: Obstacle): Phrase => {
  if (obstacle.kind === 'contract') return 'contract.stopTitle'
  return obstacle.look.kind === 'can-after-activating' ? 'verdict.activate' : 'verdict.blockedTitle'
}

/** Who can activate the role themselves does that first; others ask a colleague. */
const obstacleButtons = (obstacle: Obstacle, run: Run): readonly Button[] => {
  const { language } = run
  const readAlong = press(language, 'buttons.readAlong', 'read-along', { run })
  if (obstacle.kind === 'contract') return [readAlong, topicButton(language, 'enterprise-agreement'), press(language, 'buttons.backToStart', 'back', { run })]
  const again = press(language, 'buttons.checkAgain', 'check-again', { run })
  const admin = topicButton(language, 'find-admin')
  if (obstacle.look.kind === 'can-after-activating') return [...roleButtons(obstacle.look, run), again, readAlong, admin]
  return [readAlong, admin, again, ...roleButtons(obstacle.look, run)]
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
