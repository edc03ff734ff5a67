/** What Teams does in the message box: searches in the app, puts what was picked into the chat as the person's own message, asks about somebody's message. */
import { z } from 'zod'
import * as activities from './activities'
import type { Setting } from './activities'
import type { Post } from './delivery'
import type { Answered, AskRequest, Found, InsertRequest, OpenRequest, SearchRequest } from './protocol'
import type { Spot } from './teams'
import type { Transcript } from './transcript'

/** Seen from the person, in any chat, whether or not the bot is there. */
export interface MessageBox {
  readonly search: (request: SearchRequest) => Promise<Found>
  /** Picked in the search, or replied with from the dialog: posted as the person's own message. */
  readonly insert: (request: InsertRequest) => Promise<{ readonly status: number }>
  readonly askAbout: (request: AskRequest) => Promise<Answered>
}

interface Parts {
  readonly transcript: Transcript
  readonly settingOf: (spot: Spot) => Setting
  readonly post: Post
}

const adaptiveCard = 'application/vnd.microsoft.card.adaptive'
const lineSchema = z.object({
  preview: z.object({ content: z.object({ title: z.string(), text: z.string().catch(''), tap: z.object({ type: z.literal('invoke'), value: z.unknown() }) }) }),
})
const results = z.object({ composeExtension: z.object({ type: z.literal('result'), attachments: z.array(lineSchema) }) })
const told = z.object({ composeExtension: z.object({ type: z.literal('message'), text: z.string() }) })
const cards = z.object({
  composeExtension: z.object({
    type: z.literal('result'),
    attachments: z.array(z.object({ contentType: z.literal(adaptiveCard), content: z.unknown() })).min(1),
  }),
})
const task = z.object({
  task: z.object({
    type: z.literal('continue'),
    value: z.object({ title: z.string(), card: z.object({ contentType: z.literal(adaptiveCard), content: z.unknown() }) }),
  }),
})

const escapeHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

export const createMessageBox = ({ transcript, settingOf, post }: Parts): MessageBox => {
  const send = (spot: OpenRequest & { readonly thread?: string | undefined }, name: string, value: unknown) => {
    const setting = settingOf(spot)
    return post(activities.extension(setting, name, value))
  }

  const search: MessageBox['search'] = async ({ text, ...spot }) => {
    const parameters = [text === '' ? { name: 'initialRun', value: 'true' } : { name: 'question', value: text }]
    const { status, body } = await send(spot, 'query', { commandId: 'search', parameters, queryOptions: { skip: 0, count: 25 } })
    const found = results.safeParse(body).data?.composeExtension.attachments ?? []
    const notice = told.safeParse(body).data?.composeExtension.text
    return {
      status,
      found: found.map(({ preview: { content } }) => ({ title: content.title, text: content.text, value: content.tap.value })),
      ...(notice && { notice }),
    }
  }

  const insert: MessageBox['insert'] = async ({ value, from, ...spot }) => {
    const [name, sent] = from === 'search' ? ['selectItem', value] : ['submitAction', { commandId: 'ask', commandContext: 'message', data: value }]
    const { status, body } = await send(spot, name, sent)
    const card = cards.safeParse(body).data?.composeExtension.attachments[0]
    if (card) {
      const { chat, person, thread } = settingOf(spot)
      const id = transcript.nextId()
      transcript.add({ id, chat: chat.key, from: person.key, cards: [card.content], ...(chat.place === 'channel' && { thread: thread ?? id }) })
    }
    return { status }
  }

  const askAbout: MessageBox['askAbout'] = async ({ message, ...spot }) => {
    const about = transcript.find(spot.chat, message)
    const payload = { id: message, body: { contentType: 'html', content: `<p>${escapeHtml(about?.text ?? about?.summary ?? '')}</p>` } }
    const { status, body } = await send(spot, 'fetchTask', { commandId: 'ask', commandContext: 'message', messagePayload: payload })
    const shown = task.safeParse(body).data?.task.value
    return { status, ...(shown && { title: shown.title, card: shown.card.content }) }
  }

  return { search, insert, askAbout }
}
