/** What is added to a reply because of the message, not of its topic: a second question, the language it was written in. */
import type { Attached } from '../attached'
import { reply, type Block, type Button, type Reply } from '../cards/reply'
import { labelOf } from '../guides'
import { words, type Phrase } from '../guides/words'
import type { Topic } from '../topics'
import type { Question } from '../verbs/asked'
import { arrange, press, topicButton } from './buttons'

interface Addition {
  readonly first?: Block
  readonly last?: Block
  /** Stands second, so that the reply's own primary button stays the primary one. */
  readonly button?: Button
}

const withAddition = ({ page, text: _text, summary: _summary, ...rest }: Reply, { first, last, button }: Addition): Reply => {
  const [primary, ...others] = page.buttons
  return reply(
    {
      ...page,
      blocks: [...(first ? [first] : []), ...page.blocks, ...(last ? [last] : [])],
      buttons: arrange([...(primary ? [primary] : []), ...(button ? [button] : []), ...others]),
    },
    rest,
  )
}

export const withSecondQuestion = (answer: Reply, second: Topic): Reply => {
  const { language } = answer.page
  const { t } = words(language)
  const text = t('talk.second', { topic: labelOf(second, language) })
  return withAddition(answer, {
    last: { kind: 'box', look: 'accent', title: t('talk.secondTitle'), text },
    button: topicButton(language, second),
  })
}

/** Says first why the answer comes now. */
export const withNote = (answer: Reply, note: Phrase): Reply =>
  withAddition(answer, { first: { kind: 'box', look: 'accent', title: '', text: words(answer.page.language).t(note) } })

/** Says first where this comes from, with the way back there. */
export const withFirst = (answer: Reply, text: string, button: Button | undefined): Reply => ({
  ...withAddition(answer, { first: { kind: 'small', text }, ...(button && { button }) }),
  ...(answer.asked && { asked: answer.asked }),
})

/** Asks again, in one line, what the card before asked. */
export const withQuestion = (answer: Reply, { question, text }: { readonly question: Question; readonly text: string }): Reply => ({
  ...withAddition(answer, { last: { kind: 'text', text } }),
  asked: { question },
})

/** The message was in a language we do not speak. */
export const withForeignNote = (answer: Reply): Reply =>
  withAddition(answer, { first: { kind: 'small', text: words(answer.page.language).t('talk.languageForeign') } })

/** Asked once, when somebody writes another language than their Teams speaks. */
export const withLanguageQuestion = (answer: Reply): Reply => {
  const { language } = answer.page
  const asking = withAddition(answer, {
    last: { kind: 'small', text: words(language).t('talk.languageAsk') },
    button: press(language, 'buttons.stay', 'keep-language'),
  })
  return { ...asking, asked: { question: 'keep-language', lang: language } }
}

/** Something came with the message that stays unopened: said behind an answer to the words … */
export const withUnopened = (answer: Reply, { attached, text }: { readonly attached?: Attached | undefined; readonly text: string }): Reply => {
  // A link that is written brings a card along by itself, and a GIF beside words is manners.
  if (attached === undefined || text === '' || attached === 'card' || attached === 'animation' || answer.notice !== undefined) return answer
  return withAddition(answer, { last: { kind: 'small', text: words(answer.page.language).t(`attached.beside-${attached}`) } })
}

/** … or before what usually goes wrong at the step. */
export const withUnopenedFirst = (answer: Reply, attached: Attached): Reply => {
  const { t } = words(answer.page.language)
  return withAddition(answer, { first: { kind: 'box', look: 'accent', title: t(`attached.${attached}`), text: t('attached.paste') } })
}
