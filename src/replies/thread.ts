/** What is said where several people read along: a guide as one card whose pages anyone turns, and the way to the private chat. Of nobody anything. */
import { reply, type Block, type Button, type Reply } from '../cards/reply'
import { guideOf, labelOf } from '../guides'
import type { Guide, Step } from '../guides/schema'
import { contracts } from '../guides/schema'
import { words, type Phrase } from '../guides/words'
import { nearestStep } from '../runs/run'
import type { SharedPage } from '../runs/thread'
import type { Language, Scenario } from '../topics'
import { rowOf, type Verb } from '../verbs/verbs'
import { arrange, more, openButton, press, supportButton, topicButton } from './buttons'
import { box, stepBlocks } from './guide'
import { checkedLine } from './sources'

export interface PageView {
  readonly page: SharedPage
  readonly language: Language
  readonly publicUrl: string | undefined
  /** Opens the private chat, with this text in its compose box. */
  readonly privateChatUrl: (text?: string) => string
}

const text = (value: string): Block => ({ kind: 'text', text: value })
const points = (title: string, items: readonly string[]): readonly Block[] => (items.length > 0 ? [{ kind: 'points', title, items }] : [])

const guideIn = ({ page, language }: PageView): Guide => guideOf(page.topic, language)
const indexIn = (guide: Guide, { step = '' }: SharedPage): number => guide.steps.findIndex(({ id }) => id === nearestStep(guide, step))

const turn = ({ page, language }: PageView, title: Phrase, verb: Verb, step?: string, values?: Record<string, number>): Button =>
  press(language, title, verb, { topic: page.topic, step }, values)

/** Going through it oneself, with one's role and a place of one's own, is for the private chat. */
const inPrivate = ({ page, language, privateChatUrl }: PageView): Button =>
  openButton(words(language).t('buttons.inPrivate'), privateChatUrl(labelOf(page.topic, language)))

const always = (view: PageView): readonly Button[] =>
  [inPrivate(view), turn(view, 'buttons.allSteps', 'all-steps', view.page.step), supportButton(view.language), turn(view, 'buttons.startAgain', 'restart')].map(more)

const beforePage = (view: PageView): Reply => {
  const { language } = view
  const { t } = words(language)
  const guide = guideIn(view)
  const { before } = guide
  const said = contracts.flatMap((contract) => {
    const rule = before?.contracts[contract]
    return rule?.text ? [`**${t(`contract.${contract}`)}** ${rule.text}`] : []
  })
  return reply({
    language,
    eyebrow: `${guide.label} · ${t('guide.before')}`,
    title: guide.title,
    blocks: [
      text(guide.summary),
      ...points(t('guide.alternatives'), before?.alternatives.map((way) => `**${way.title}** ${way.text}`) ?? []),
      ...points(t('guide.need'), before?.need ?? []),
      ...points(t('guide.notes'), before?.notes ?? []),
      ...(before ? [box('emphasis', t('guide.role'), before.role.text)] : []),
      ...points(t('thread.contracts'), said),
      ...(before ? [{ kind: 'small', text: checkedLine(before.checked, before.sources, language) } satisfies Block] : []),
    ],
    buttons: arrange([turn(view, 'buttons.begin', 'proceed'), inPrivate(view), ...always(view)]),
  })
}

const stepAt = (view: PageView): { readonly guide: Guide; readonly index: number; readonly step: Step } => {
  const guide = guideIn(view)
  const index = indexIn(guide, view.page)
  const step = guide.steps[index]
  if (!step) throw new Error(`guide ${guide.topic} has no steps`)
  return { guide, index, step }
}

const stepPage = (view: PageView): Reply => {
  const { language, publicUrl } = view
  const { t } = words(language)
  const { guide, index, step } = stepAt(view)
  const count = guide.steps.length
  return reply({
    language,
    eyebrow: `${guide.label} · ${t('guide.step', { n: index + 1, m: count })}`,
    title: step.title,
    progress: { index, count },
    blocks: stepBlocks(step, language, publicUrl),
    buttons: arrange([
      turn(view, index === count - 1 ? 'buttons.finish' : 'buttons.done', 'done', step.id),
      turn(view, 'buttons.back', 'back', step.id),
      turn(view, 'buttons.stuck', 'stuck', step.id),
      openButton(step.link.title, step.link.url),
      ...always(view),
    ]),
  })
}

/** Whether it is one tenant now is for each to see in private, so nothing is claimed here. */
const endPage = (view: PageView): Reply => {
  const { language, privateChatUrl } = view
  const { t } = words(language)
  const guide = guideIn(view)
  const count = guide.steps.length
  return reply({
    language,
    eyebrow: `${guide.label} · ${t('guide.endEyebrow')}`,
    title: t('thread.endTitle'),
    progress: { index: count, count },
    blocks: [text(t('thread.end')), ...points(t('guide.verify'), guide.end.verify)],
    buttons: arrange([
      openButton(labelOf('verify-setup', language), privateChatUrl(labelOf('verify-setup', language))),
      turn(view, 'buttons.back', 'back'),
      ...guide.end.next.map((topic) => topicButton(language, topic)),
      ...always(view),
    ]),
  })
}

const pages = { before: beforePage, steps: stepPage, end: endPage } as const satisfies Record<SharedPage['at'], (view: PageView) => Reply>

export const pageReply = (view: PageView): Reply => pages[view.page.at](view)

export const sharedStuckReply = (view: PageView): Reply => {
  const { language } = view
  const { t } = words(language)
  const { guide, index, step } = stepAt(view)
  return reply({
    language,
    eyebrow: `${guide.label} · ${t('guide.step', { n: index + 1, m: guide.steps.length })}`,
    title: t('guide.stuckTitle', { title: step.title }),
    blocks: [{ kind: 'points', title: t('guide.stuckCauses'), items: step.stuck }, box('emphasis', '', t('guide.stuckElse'))],
    buttons: arrange([
      turn(view, 'buttons.backToStep', 'go-to', step.id, { n: index + 1 }),
      supportButton(language),
      openButton(step.link.title, step.link.url),
      ...always(view),
    ]),
  })
}

export const sharedStepsReply = (view: PageView): Reply => {
  const { page, language } = view
  const { t } = words(language)
  const guide = guideIn(view)
  const here = page.at === 'steps' ? indexIn(guide, page) : undefined
  const named = guide.steps.map(({ title }, index) => (index === here ? `**${index + 1}. ${t('guide.stepHere', { title })}**` : `${index + 1}. ${title}`))
  return reply(
    {
      language,
      eyebrow: guide.label,
      title: t('guide.allTitle', { m: guide.steps.length }),
      blocks: named.map(text),
      buttons: arrange([turn(view, 'buttons.backToGuide', 'resume', page.step), ...always(view)]),
    },
    { list: guide.steps.map(({ id }) => ({ verb: 'go-to', topic: page.topic, step: id })) },
  )
}

/** The same answer, ending with the page that everybody was on. */
export const withWayBackToPage = (answer: Reply, view: PageView): Reply => {
  const { language } = answer.page
  const { t } = words(language)
  const guide = guideOf(view.page.topic, language)
  const onStep = view.page.at === 'steps'
  const index = indexIn(guide, view.page)
  const where: Block = {
    kind: 'box',
    look: 'accent',
    title: t('thread.resumeTitle'),
    text: onStep ? `**${t('guide.step', { n: index + 1, m: guide.steps.length })}: ${guide.steps[index]?.title ?? ''}**` : guide.title,
  }
  const back = onStep
    ? press(language, 'buttons.backToStep', 'resume', { topic: view.page.topic, step: guide.steps[index]?.id }, { n: index + 1 })
    : press(language, 'buttons.backToGuide', 'resume', { topic: view.page.topic })
  return reply({ ...answer.page, blocks: [...answer.page.blocks, where], buttons: arrange([back, ...answer.page.buttons]) }, { list: answer.list })
}

/** What is asked concerns one person: one line for everybody, and the way to where it is answered. */
export const privateReply = (language: Language, url: string): Reply => {
  const { t } = words(language)
  const line = t('thread.private')
  return {
    ...reply({ language, eyebrow: t('talk.eyebrow'), title: t('thread.privateTitle'), blocks: [text(line)], buttons: [openButton(t('buttons.privateChat'), url)] }),
    notice: `${line} ${url}`,
  }
}

export const threadLeftReply = (topic: Scenario, language: Language): Reply => {
  const { t } = words(language)
  return reply({
    language,
    eyebrow: t('talk.eyebrow'),
    title: t('guide.none'),
    blocks: [text(t('thread.left', { title: labelOf(topic, language) }))],
    buttons: arrange([topicButton(language, topic), topicButton(language, 'help', t('buttons.help')), more(supportButton(language))]),
  })
}

/** What only one person can be told, and is asked for by a topic. */
export const privateTopics = ['check-role', 'verify-setup', 'sign-out'] as const

/** An answer made for anybody, for everybody: what is personal on it leads to the private chat, or is left out. */
export const forEverybody = (answer: Reply, privateChatUrl: (text?: string) => string): Reply => {
  const buttons = answer.page.buttons.flatMap((button): readonly Button[] => {
    if (button.kind === 'open') return [button]
    const { verb, topic } = button.action
    if (privateTopics.some((each) => each === topic)) return [{ ...openButton(button.title, privateChatUrl(button.title)), more: button.more }]
    return rowOf(verb).inThread === 'private' ? [] : [button]
  })
  return { ...reply({ ...answer.page, buttons }, { list: answer.list }), ...(answer.notice !== undefined && { notice: answer.notice }) }
}
