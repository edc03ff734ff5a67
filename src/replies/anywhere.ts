/** What does a card say that is put into any chat, whoever reads it and whether or not the bot is there? A guide or an answer for everybody, with links alone. */
import { reply, type Block, type Button, type Reply, type Unfolded } from '../cards/reply'
import { guideOf, labelOf } from '../guides'
import { words } from '../guides/words'
import { isAnswer, type AnswerTopic, type Language, type Scenario, type Topic } from '../topics'
import { answerReply } from './answer'
import { arrange, openButton } from './buttons'
import { box } from './guide'
import { checkedLine } from './sources'
import { errorCodeBlock } from './talk'
import { contractBlocks, isPrivateTopic } from './thread'

export interface AnywhereView {
  readonly language: Language
  readonly publicUrl: string | undefined
  /** Opens the private chat, with this text in its compose box. */
  readonly privateChatUrl: (text?: string) => string
}

/** A guide that has steps for everybody, or an answer. */
export type ShareableTopic = Scenario | AnswerTopic

export const isShareable = (topic: Topic | 'none'): topic is ShareableTopic =>
  topic !== 'none' &&
  (isAnswer(topic) || (['azure-for-m365', 'm365-for-azure', 'link-existing'] satisfies Scenario[]).some((guide) => guide === topic)) &&
  !isPrivateTopic(topic)

const inPrivate = ({ language, privateChatUrl }: AnywhereView, topic: Topic): Button =>
  openButton(words(language).t('buttons.inPrivate'), privateChatUrl(labelOf(topic, language)))

/** Characters of a step; all of them have to fit into one message. */
const longestTold = 400

const guideAnywhere = (view: AnywhereView, topic: Scenario): Reply => {
  const { language } = view
  const { t } = words(language)
  const guide = guideOf(topic, language)
  const { before, steps } = guide
  const titles: readonly Unfolded[] = steps.map(({ title }, index) => ({ kind: 'text', text: `${index + 1}. ${title}` }))
  const inFull: readonly Unfolded[] = steps.map(({ title, instruction, short }, index) => {
    const told = instruction.length > longestTold ? short : instruction
    return { kind: 'text', text: `**${index + 1}. ${title}** ${told}` }
  })
  const [first] = steps
  return reply({
    language,
    eyebrow: guide.label,
    title: guide.title,
    blocks: [
      { kind: 'text', text: guide.short },
      ...titles,
      { kind: 'more', title: t('anywhere.inFull'), blocks: inFull },
      ...(before ? [box('emphasis', t('thread.role'), before.role.text)] : []),
      ...contractBlocks(guide, language),
      ...(before ? [{ kind: 'small', text: checkedLine(before.checked, before.sources, language) } satisfies Block] : []),
    ],
    buttons: arrange([inPrivate(view, topic), ...(first ? [openButton(first.link.title, first.link.url)] : [])]),
  })
}

/** `errorCode`: of a sign-in, whose meaning is said first. */
export const anywhereReply = (view: AnywhereView, topic: ShareableTopic, errorCode?: string): Reply => {
  if (!isAnswer(topic)) return guideAnywhere(view, topic)
  const { language, publicUrl } = view
  const first = errorCode === undefined ? [] : errorCodeBlock(errorCode, language)
  const { page } = answerReply({ topic, language, publicUrl, first })
  const links = page.buttons.filter(({ kind }) => kind === 'open')
  return reply({ ...page, buttons: arrange([...links, inPrivate(view, topic)]) })
}

/** About a message in which there is nothing for this bot. */
export const nothingFoundReply = (view: AnywhereView): Reply => {
  const { language } = view
  const { t } = words(language)
  return reply({
    language,
    eyebrow: t('talk.eyebrow'),
    title: t('anywhere.nothingTitle'),
    blocks: [{ kind: 'text', text: t('anywhere.nothing') }],
    buttons: [inPrivate(view, 'help')],
  })
}
