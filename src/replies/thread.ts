/** What is said where several people read along: a guide as one card whose pages anyone turns, and the way to the private chat. Of nobody anything. */
import { reply, type Block, type Button, type Reply, type Unfolded } from '../cards/reply'
import { guideOf, labelOf } from '../guides'
import type { Guide, Step } from '../guides/schema'
import { contracts } from '../guides/schema'
import { words, type Phrase } from '../guides/words'
import { pageAt, positionOfPage, type SharedPage } from '../runs/thread'
import type { SharedPlace, Unopened } from '../place'
import type { Language, Topic } from '../topics'
import { rowOf, type Verb } from '../verbs/verbs'
import { arrange, more, openButton, press, primary, supportButton, topicButton } from './buttons'
import { box, causesBlocks, readFirst, stepBlocks } from './guide'
import { checkedLine } from './sources'

export interface PageView {
  readonly page: SharedPage
  /** Of the page, whatever language its reader writes. */
  readonly language: Language
  /** The step that was meant is in the guide no more: this is the nearest before it. */
  readonly displaced: boolean
  readonly publicUrl: string | undefined
}

const text = (value: string): Block => ({ kind: 'text', text: value })
const points = (title: string, items: readonly string[]): readonly Block[] => (items.length > 0 ? [{ kind: 'points', title, items }] : [])

const guideIn = ({ page, language }: PageView): Guide => guideOf(page.topic, language)

const turn = ({ page, language }: PageView, title: Phrase, verb: Verb, step?: string, values?: Record<string, number>): Button =>
  press(language, title, verb, { topic: page.topic, step }, values)

/** Going through it oneself, with one's role and a place of one's own, is for the private chat; it begins at the step that is shown. */
const inPrivate = ({ page, language }: PageView): Button => press(language, 'buttons.inPrivate', 'in-private', { topic: page.topic, step: page.step })

/** Begins this in the private chat of whoever presses it. */
const topicInPrivate = (language: Language, topic: Topic, title = labelOf(topic, language)): Button => ({
  kind: 'press',
  title,
  action: { verb: 'in-private', topic, lang: language },
  more: false,
})

const startAgain = (view: PageView): Button => turn(view, 'buttons.startAgain', 'restart')
const always = (view: PageView): readonly Button[] =>
  [inPrivate(view), turn(view, 'buttons.allSteps', 'all-steps', view.page.step), supportButton(view.language)].map(more)
const alwaysInside = (view: PageView): readonly Button[] => [...always(view), more(startAgain(view))]

/** What each way of buying means for the guide; nobody is asked which one is theirs. */
export const contractBlocks = (guide: Guide, language: Language): readonly Block[] => {
  const { t } = words(language)
  const rules = contracts.flatMap((contract): readonly Unfolded[] => {
    const rule = guide.before?.contracts[contract]
    return rule?.text ? [{ kind: 'box', look: rule.effect === 'stop' ? 'warning' : 'emphasis', title: t(`contract.${contract}`), text: rule.text }] : []
  })
  return rules.length > 0 ? [{ kind: 'more', title: t('thread.contracts'), blocks: [{ kind: 'text', text: `**${t('contract.question')}**` }, ...rules] }] : []
}

const beforePage = (view: PageView): Reply => {
  const { language } = view
  const { t } = words(language)
  const guide = guideIn(view)
  const { before } = guide
  return reply({
    language,
    eyebrow: `${guide.label} · ${t('guide.before')}`,
    title: guide.title,
    blocks: [
      text(guide.short),
      {
        kind: 'more',
        title: t('guide.readFirst'),
        blocks: [
          ...(before ? [{ kind: 'box', look: 'emphasis', title: t('thread.role'), text: before.role.text } satisfies Unfolded] : []),
          ...readFirst(guide, language, { withRole: false }),
        ],
      },
      ...contractBlocks(guide, language),
      ...(before ? [{ kind: 'small', text: checkedLine(before.checked, before.sources, language) } satisfies Block] : []),
    ],
    buttons: arrange([primary(turn(view, 'buttons.begin', 'proceed')), inPrivate(view), ...always(view)]),
  })
}

interface StepAt {
  readonly guide: Guide
  readonly step: Step
  readonly index: number
}

const stepAt = (view: PageView): StepAt => {
  const guide = guideIn(view)
  const { index } = positionOfPage(view.page, guide)
  const step = guide.steps[index]
  if (!step) throw new Error(`${view.page.at} of guide ${guide.topic} is no step`)
  return { guide, step, index }
}

const stepName = ({ guide, index }: Pick<StepAt, 'guide' | 'index'>, language: Language): string =>
  words(language).t('guide.step', { n: index + 1, m: guide.steps.length })

const stepPage = (view: PageView): Reply => {
  const { language, publicUrl, displaced } = view
  const here = stepAt(view)
  const { guide, step, index } = here
  const count = guide.steps.length
  return reply({
    language,
    eyebrow: `${guide.label} · ${stepName(here, language)}`,
    title: step.title,
    progress: { index, count },
    blocks: [...(displaced ? [box('accent', '', words(language).t('guide.displaced'))] : []), ...stepBlocks(step, language, publicUrl)],
    buttons: arrange([
      primary(turn(view, index === count - 1 ? 'buttons.finish' : 'buttons.done', 'done', step.id)),
      turn(view, 'buttons.back', 'back', step.id),
      turn(view, 'buttons.stuck', 'stuck', step.id),
      openButton(step.link.title, step.link.url),
      ...alwaysInside(view),
    ]),
  })
}

/** Whether it is one tenant now is for each to see in private, so nothing is claimed here. */
const endPage = (view: PageView): Reply => {
  const { language } = view
  const { t } = words(language)
  const guide = guideIn(view)
  const count = guide.steps.length
  return reply({
    language,
    eyebrow: `${guide.label} · ${t('guide.endEyebrow')}`,
    title: t('thread.endTitle'),
    progress: { index: count, count },
    blocks: [
      text(t('thread.end')),
      ...points(
        t('guide.verify'),
        guide.end.verify.map((check) => check.text),
      ),
    ],
    buttons: arrange([
      primary(topicInPrivate(language, 'verify-setup')),
      // By name, so that two who press it come to the same step.
      turn(view, 'buttons.back', 'go-to', pageAt(guide, count - 1).step),
      ...guide.end.next.map((topic) => topicButton(language, topic)),
      ...alwaysInside(view),
    ]),
  })
}

const pages = { before: beforePage, steps: stepPage, end: endPage } as const satisfies Record<SharedPage['at'], (view: PageView) => Reply>

export const pageReply = (view: PageView): Reply => pages[view.page.at](view)

export const sharedStuckReply = (view: PageView): Reply => {
  const { language } = view
  const { t } = words(language)
  const here = stepAt(view)
  const { guide, step, index } = here
  return reply(
    {
      language,
      eyebrow: `${guide.label} · ${stepName(here, language)}`,
      title: t('guide.stuckTitle', { title: step.title }),
      blocks: causesBlocks(step, language),
      buttons: arrange([
        primary(turn(view, 'buttons.backToStep', 'go-to', step.id, { n: index + 1 })),
        supportButton(language),
        openButton(step.link.title, step.link.url),
        turn(view, 'buttons.done', 'done', step.id),
        ...alwaysInside(view),
      ]),
    },
    { aside: true },
  )
}

export const sharedStepsReply = (view: PageView): Reply => {
  const { page, language } = view
  const { t } = words(language)
  const guide = guideIn(view)
  const { index: here } = positionOfPage(page, guide)
  const named = guide.steps.map(({ title }, index) => (index === here ? `**${index + 1}. ${t('guide.stepHere', { title })}**` : `${index + 1}. ${title}`))
  return reply(
    {
      language,
      eyebrow: guide.label,
      title: t('guide.allTitle', { m: guide.steps.length }),
      blocks: [{ kind: 'lines', items: named }],
      buttons: arrange([
        primary(turn(view, 'buttons.backToGuide', 'resume', page.step)),
        ...[inPrivate(view), supportButton(language), startAgain(view)].map(more),
      ]),
    },
    { list: guide.steps.map(({ id }) => ({ verb: 'go-to', topic: page.topic, step: id })), aside: true },
  )
}

/** Leads back to the page in the page's own language; said in that of the answer it stands on. */
const backToPage = ({ page, language: own }: PageView, language: Language): Button => {
  const { index } = positionOfPage(page, guideOf(page.topic, language))
  const title = page.at === 'steps' ? words(language).t('buttons.backToStep', { n: index + 1 }) : words(language).t('buttons.backToGuide')
  return { ...press(own, 'buttons.backToGuide', 'resume', { topic: page.topic, step: page.step }), title }
}

const whereIsPage = ({ page }: PageView, language: Language): string => {
  const { t } = words(language)
  const guide = guideOf(page.topic, language)
  const { index } = positionOfPage(page, guide)
  const names = {
    before: () => [guide.label, t('guide.before')],
    steps: () => [stepName({ guide, index }, language), guide.steps[index]?.title ?? ''],
    end: () => [guide.label, t('guide.endEyebrow')],
  } as const satisfies Record<SharedPage['at'], () => readonly string[]>
  return `**${names[page.at]().join(' · ')}**`
}

/** The same answer, ending with the page that everybody was on. */
export const withWayBackToPage = (answer: Reply, view: PageView): Reply => {
  const { language } = answer.page
  const where = box('accent', words(language).t('thread.resumeTitle'), whereIsPage(view, language))
  const page = { ...answer.page, blocks: [...answer.page.blocks, where], buttons: arrange([primary(backToPage(view, language)), ...answer.page.buttons]) }
  return reply(page, { list: answer.list, aside: true })
}

const whyUnopened = { 'not-installed': 'thread.notInstalled', failed: 'thread.notOpened' } as const satisfies Record<Unopened, Phrase>

/** What came of going on in private; `offered`: nothing was begun. */
export type PrivateLine = 'opened' | 'offered' | Unopened

const noticeOf = (language: Language, how: PrivateLine, url: string): string => {
  const { t } = words(language)
  if (how === 'opened' || how === 'offered') return t(how === 'opened' ? 'thread.openedLine' : 'thread.privateLine', { url })
  return t('thread.unopenedLine', { text: t(whyUnopened[how]), url })
}

/** What is asked concerns one person: one line for everybody, and the way to where it is answered. */
export const privateReply = (language: Language, url: string, how: PrivateLine): Reply => {
  const { t } = words(language)
  return {
    ...reply({
      language,
      eyebrow: t('talk.eyebrow'),
      title: t(how === 'opened' ? 'thread.openedTitle' : 'thread.privateTitle'),
      blocks: how === 'opened' || how === 'offered' ? [] : [text(t(whyUnopened[how]))],
      buttons: [primary(openButton(t('buttons.privateChat'), url))],
    }),
    notice: noticeOf(language, how, url),
  }
}

/** Said first in the private chat: where this was asked for, and what is shown there. */
export const fromThreadText = (language: Language, place: SharedPlace, page: SharedPage | undefined): string => {
  const { t } = words(language)
  const asked = t(place === 'channel' ? 'thread.fromChannel' : 'thread.fromGroup')
  const guide = page && guideOf(page.topic, language)
  const index = page && guide ? positionOfPage(page, guide).index : -1
  const step = guide?.steps[index]
  if (!guide || !step) return asked
  return `${asked} ${t('thread.fromAt', { guide: guide.label, step: stepName({ guide, index }, language), title: step.title })}`
}

/** A small card about the bot itself in this place. */
const talk = (language: Language, title: Phrase, blocks: readonly Block[], buttons: readonly Button[]): Reply =>
  reply({
    language,
    eyebrow: words(language).t('talk.eyebrow'),
    title: words(language).t(title),
    blocks,
    buttons: arrange([...buttons, more(supportButton(language))]),
  })

/** Every page has a way that needs nothing to be known: after leaving, none is. */
const reopen = (view: PageView): Button => {
  const { page, language } = view
  const title = backToPage(view, language).title
  const verbs = { before: 'restart', steps: 'go-to', end: 'done' } as const satisfies Record<SharedPage['at'], Verb>
  const step = page.at === 'end' ? guideIn(view).steps.at(-1)?.id : page.step
  return { ...press(language, 'buttons.backToGuide', verbs[page.at], { topic: page.topic, step }), title }
}

/** The page stays one press away, should it not have been meant. */
export const threadLeftReply = (view: PageView): Reply => {
  const { language, page } = view
  const { t } = words(language)
  return talk(
    language,
    'guide.none',
    [text(t('thread.left', { title: labelOf(page.topic, language) }))],
    [primary(reopen(view)), topicButton(language, 'help', t('buttons.help'))],
  )
}

export const sharedPrivacyReply = (language: Language): Reply => {
  const { t } = words(language)
  const said: Block = { kind: 'points', title: '', items: [t('thread.privacy1'), t('thread.privacy2'), t('thread.privacy3')] }
  return talk(language, 'talk.privacyTitle', [said], [topicInPrivate(language, 'privacy', t('buttons.privateChat'))])
}

/** Which colleague can help is told by name, so only in private. */
export const namesInPrivate = (language: Language): Button => topicInPrivate(language, 'find-admin', words(language).t('buttons.privateChat'))

/** What only one person can be told, or can choose, and is asked for by a topic. */
const privateTopics: readonly Topic[] = ['check-role', 'verify-setup', 'sign-out', 'language']
export const isPrivateTopic = (topic: Topic): boolean => privateTopics.includes(topic)

const withButtons = (answer: Reply, buttons: readonly Button[]): Reply => ({
  ...reply({ ...answer.page, buttons }, { list: answer.list, ...(answer.aside && { aside: true }) }),
  ...(answer.notice !== undefined && { notice: answer.notice }),
})

/** An answer made for anybody, for everybody: what is personal on it leads to the private chat, or is left out. */
export const forEverybody = (answer: Reply): Reply =>
  withButtons(
    answer,
    answer.page.buttons.flatMap((button): readonly Button[] => {
      if (button.kind === 'open' || button.action.verb === 'in-private') return [button]
      const { verb, topic, lang } = button.action
      if (topic !== undefined && isPrivateTopic(topic)) return [{ ...topicInPrivate(lang, topic, button.title), more: button.more }]
      return rowOf(verb).inThread === 'private' ? [] : [button]
    }),
  )

/** The same for one colleague alone: what they press on it is for nobody else either, so it goes on in their private chat. */
export const forOne = (answer: Reply): Reply =>
  withButtons(
    { ...answer, list: [] },
    answer.page.buttons.flatMap((button): readonly Button[] => {
      if (button.kind === 'open') return [button]
      const { verb, topic, lang } = button.action
      return (verb === 'topic' || verb === 'in-private') && topic !== undefined ? [{ ...topicInPrivate(lang, topic, button.title), more: button.more }] : []
    }),
  )
