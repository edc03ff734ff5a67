/** What does a reply look like as a Teams message, and as the answer to a press? */
import { CardFactory, InputHints, type Activity, type Attachment } from 'botbuilder'
import { render } from '../cards/render'
import { numberedText, type Reply } from '../cards/reply'
import { words } from '../guides/words'

/** Teams' own thumbs, with a form of ours behind them. */
const thumbs = { channelData: { feedbackLoop: { type: 'custom' } } }

const common = (reply: Reply) => ({ type: 'message', summary: reply.summary, locale: reply.page.language, inputHint: InputHints.AcceptingInput })

export const asText = (reply: Reply, text = reply.text): Partial<Activity> => ({ ...common(reply), text, textFormat: 'markdown' })

export interface Form {
  /** Text, no card. */
  readonly plain: boolean
  /** It can be found good or bad. */
  readonly rated?: boolean | undefined
  /** A card to sign in with, in the same message. */
  readonly signIn?: Attachment | undefined
}

/** Teams makes two messages of text and a card, so the card says the text; it knows no markdown. */
const asSignIn = (reply: Reply, card: Attachment): Partial<Activity> => ({
  ...common(reply),
  attachments: [{ ...card, content: { ...Object(card.content), text: `${reply.text.replaceAll('**', '')}\n\n${Object(card.content).text}` } }],
})

const asCard = (reply: Reply, { signIn }: Form): Partial<Activity> => ({
  ...common(reply),
  attachments: [CardFactory.adaptiveCard(render(reply)), ...(signIn ? [signIn] : [])],
})

export const asActivity = (reply: Reply, form: Form): Partial<Activity> => ({
  ...(form.plain ? (form.signIn ? asSignIn(reply, form.signIn) : asText(reply, numberedText(reply))) : asCard(reply, form)),
  ...(form.rated && thumbs),
})

/** Characters that fit into any message. */
const mostInShort = 3_000

/** For a message that is too big: as many of the words as fit, and what can be written in place of pressing. */
export const asShort = (reply: Reply): Partial<Activity> => {
  const note = words(reply.page.language).t('talk.shortened')
  const [buttons = ''] = reply.text.split('\n\n').slice(-1)
  const room = mostInShort - note.length - buttons.length
  const start = reply.text.slice(0, room)
  return asText(reply, reply.text.length <= room ? `${note}\n\n${reply.text}` : `${note}\n\n${start.slice(0, start.lastIndexOf('\n') + 1)}…\n\n${buttons}`)
}

/** The HTTP answer to an activity. */
export interface TurnAnswer {
  readonly status: number
  readonly body?: unknown
}

const pressAnswer = (type: string, value: unknown): TurnAnswer => ({ status: 200, body: { statusCode: 200, type, value } })

/** A press is answered inside its invoke: by the card that takes the place of the pressed one, or by one line beside it. */
export const asPressAnswer = (reply: Reply): TurnAnswer =>
  reply.notice === undefined
    ? pressAnswer('application/vnd.microsoft.card.adaptive', render(reply))
    : pressAnswer('application/vnd.microsoft.activity.message', reply.notice)
