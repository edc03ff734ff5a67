/** The card of a single-turn answer, and, in the middle of a guide, the way back to the step. */
import type { Block, Button, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import { answerOf, guideOf } from '../guides'
import type { Passage } from '../guides/passages'
import type { Answer } from '../guides/schema'
import { words } from '../guides/words'
import { positionOf, type Run } from '../runs/run'
import type { AnswerTopic, Language } from '../topics'
import { arrange, more, openButton, press, primary, supportButton, topicButton } from './buttons'
import { picture } from './pictures'
import { allSources, checkedLine, pagesBlock } from './sources'

export interface AnswerView {
  readonly topic: AnswerTopic
  readonly language: Language
  readonly publicUrl: string | undefined
  /** The point that was asked about, before the answer in short. */
  readonly point?: Passage
  /** Said first, e.g. what an error code usually means. */
  readonly first?: readonly Block[]
  /** Stand before the answer's own. */
  readonly buttons?: readonly Button[]
}

/** All there is to say. */
const atLength = ({ text, points, pages, picture: drawn, sources }: Answer, language: Language, publicUrl: string | undefined): readonly Unfolded[] => [
  ...text.map((line): Unfolded => ({ kind: 'text', text: line })),
  ...(points.length > 0 ? [{ kind: 'points', title: '', items: points.map((point) => point.text) } satisfies Unfolded] : []),
  ...pagesBlock(pages, language),
  ...picture(drawn, language, publicUrl),
  allSources(sources, language),
]

export const answerReply = ({ topic, language, publicUrl, point, first = [], buttons = [] }: AnswerView): Reply => {
  const { t } = words(language)
  const answer = answerOf(topic, language)
  const short: Unfolded = { kind: 'text', text: answer.short }
  return reply({
    language,
    eyebrow: t('answer.eyebrow'),
    title: answer.title,
    blocks: [
      ...first,
      ...(point ? [{ kind: 'text', text: point.short } as const] : []),
      // Of an error code its meaning is the answer.
      ...(first.length > 0 ? [] : [short]),
      { kind: 'more', title: t('answer.more'), blocks: [...(first.length > 0 ? [short] : []), ...atLength(answer, language, publicUrl)] },
      { kind: 'small', text: checkedLine(answer.checked, point?.sources ?? answer.sources, language) },
    ],
    buttons: arrange([
      ...buttons,
      ...answer.next.map((next) => topicButton(language, next)),
      ...answer.links.map(({ title, url }) => openButton(title, url)),
      more(press(language, 'buttons.why', 'why')),
      ...(topic === 'support' ? [] : [more(supportButton(language))]),
    ]),
  })
}

/** The same reply, ending where the person was in their guide, with the way back as its first button. */
export const withWayBack = (answer: Reply, run: Run): Reply => {
  const { language } = answer.page
  const { t } = words(language)
  const guide = guideOf(run.topic, language)
  const { index, count } = positionOf(run, guide)
  const step = guide.steps[index]
  const onStep = run.stage === 'steps' && step !== undefined
  const where: Block = {
    kind: 'box',
    look: 'accent',
    title: t('guide.resumeTitle'),
    text: onStep
      ? t('guide.resume', { step: t('guide.step', { n: index + 1, m: count }), title: step.title })
      : t('guide.resumeBefore', { title: guide.label }),
  }
  const back: Button = onStep
    ? press(language, 'buttons.backToStep', 'resume', { run }, { n: index + 1 })
    : press(language, 'buttons.backToGuide', 'resume', { run })
  return reply(
    { ...answer.page, blocks: [...answer.page.blocks, where], buttons: arrange([primary(back), ...answer.page.buttons]) },
    { list: answer.list, asked: answer.asked, aside: true },
  )
}
