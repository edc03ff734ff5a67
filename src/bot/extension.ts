/** What is answered to the message box of Teams: the search, what is inserted, and “ask about this message”? Stateless; nothing of anybody is read or kept. */
import { CardFactory, type Activity, type Attachment } from 'botbuilder'
import { z } from 'zod'
import { render } from '../cards/render'
import type { Reply } from '../cards/reply'
import { guideOf, answerOf } from '../guides'
import { words } from '../guides/words'
import { about, cardOf, nothingFound, search, type Shareable } from '../dialogs/anywhere'
import { isShareable } from '../replies/anywhere'
import { isAnswer, languages, topics, type Language } from '../topics'
import type { Services } from '../turn/services'
import type { TurnAnswer } from './activity'
import { textOf } from './normalise'

/** What somebody does in the message box. */
export type ExtensionRequest =
  | { readonly kind: 'search'; readonly text: string; readonly isFirst: boolean }
  | { readonly kind: 'pick' | 'insert'; readonly what: Shareable }
  | { readonly kind: 'ask'; readonly text: string }
  | { readonly kind: 'malformed' }

const parameter = z.object({ name: z.string(), value: z.union([z.string(), z.boolean()]).catch('') })
const query = z.object({
  parameters: z.array(parameter).catch([]),
  queryOptions: z.object({ skip: z.number().catch(0) }).catch({ skip: 0 }),
})
const what = z.strictObject({
  topic: z.enum(topics).refine(isShareable),
  lang: z.enum(languages),
  errorCode: z
    .string()
    .regex(/^AADSTS\d{4,7}$/)
    .optional(),
})
const inserting = z.object({ data: z.object({ share: what }) })
const asking = z.object({ messagePayload: z.object({ body: z.object({ content: z.string().nullish() }).nullish() }) })

/** Of a message or of what is searched for: more says nothing more. */
const mostRead = 2_000

/** The words of a message, which Teams hands over as HTML. */
const wordsIn = (html: string): string => textOf({ text: html.slice(0, 4 * mostRead).replaceAll(/<[^<>]*>/g, ' ') }).slice(0, mostRead)

const shareableOf = ({ topic, lang, errorCode }: z.infer<typeof what>): Shareable | undefined =>
  isShareable(topic) ? { topic, lang, ...(errorCode !== undefined && { errorCode }) } : undefined

const readings: Readonly<Record<string, (value: unknown) => ExtensionRequest | undefined>> = {
  'composeExtension/query': (value) => {
    const { data } = query.safeParse(value)
    if (!data) return undefined
    const written = data.parameters.find(({ name }) => name === 'question')?.value
    const text = typeof written === 'string' ? textOf({ text: written.slice(0, mostRead) }) : ''
    return { kind: 'search', text, isFirst: data.queryOptions.skip === 0 }
  },
  'composeExtension/selectItem': (value) => {
    const picked = what.safeParse(value).data
    const shared = picked && shareableOf(picked)
    return shared && { kind: 'pick', what: shared }
  },
  'composeExtension/fetchTask': (value) => {
    const { data } = asking.safeParse(value)
    return data && { kind: 'ask', text: wordsIn(data.messagePayload.body?.content ?? '') }
  },
  'composeExtension/submitAction': (value) => {
    const given = inserting.safeParse(value).data
    const shared = given && shareableOf(given.data.share)
    return shared && { kind: 'insert', what: shared }
  },
}

/** Undefined: the invoke is none of the message box. */
export const extensionRequest = ({ name, value }: Pick<Activity, 'name' | 'value'>): ExtensionRequest | undefined => {
  const read = name !== undefined && Object.hasOwn(readings, name) ? readings[name] : undefined
  return read && (read(value) ?? { kind: 'malformed' })
}

const ok = (body: unknown): TurnAnswer => ({ status: 200, body })

const shortOf = ({ topic, lang }: Shareable): { readonly title: string; readonly text: string } =>
  isAnswer(topic)
    ? { title: answerOf(topic, lang).title, text: answerOf(topic, lang).short }
    : { title: guideOf(topic, lang).title, text: guideOf(topic, lang).short }

/** One line of what was found; picking it asks for its card. */
const foundItem = (found: Shareable): unknown => {
  const { title, text } = shortOf(found)
  const line = CardFactory.thumbnailCard(title, text)
  return { ...line, preview: { ...line, content: { title, text, tap: { type: 'invoke', value: found } } } }
}

const result = (attachments: readonly unknown[]): TurnAnswer => ok({ composeExtension: { type: 'result', attachmentLayout: 'list', attachments } })

const inserted = (shared: Shareable, services: Services): TurnAnswer => {
  const { title, text } = shortOf(shared)
  const card: Attachment = CardFactory.adaptiveCard(render(cardOf(shared, services)))
  return result([{ ...card, preview: CardFactory.thumbnailCard(title, text) }])
}

/** The card of a dialog; with a button that puts it into the message box. */
const dialog = (answer: Reply, shared: Shareable | undefined): TurnAnswer => {
  const { t } = words(answer.page.language)
  const card = render(answer)
  const actions = Array.isArray(card['actions']) ? card['actions'] : []
  const insert = shared && { type: 'Action.Submit', title: t('anywhere.insert'), data: { share: shared } }
  const shown = { ...card, actions: insert ? [insert, ...actions] : actions }
  return ok({ task: { type: 'continue', value: { title: t('talk.eyebrow'), width: 'medium', height: 'medium', card: CardFactory.adaptiveCard(shown) } } })
}

export const answerExtension = (request: ExtensionRequest, clientLanguage: Language | undefined, services: Services): TurnAnswer => {
  switch (request.kind) {
    case 'search': {
      const found = request.isFirst ? search(request.text, clientLanguage) : []
      if (found.length > 0 || !request.isFirst) return result(found.map(foundItem))
      return ok({ composeExtension: { type: 'message', text: words(clientLanguage ?? 'en').t('anywhere.notFound') } })
    }
    case 'pick':
    case 'insert':
      return inserted(request.what, services)
    case 'ask': {
      const shared = about(request.text, clientLanguage)
      return dialog(shared ? cardOf(shared, services) : nothingFound(clientLanguage, services), shared)
    }
    case 'malformed':
      return { status: 400 }
  }
}

/** To people of tenants that are not allowed. */
export const refuseExtension = (request: ExtensionRequest, reason: string): TurnAnswer =>
  request.kind === 'ask' ? ok({ task: { type: 'message', value: reason } }) : ok({ composeExtension: { type: 'message', text: reason } })
