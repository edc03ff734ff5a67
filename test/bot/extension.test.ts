/** The message box of Teams: what is found, what is inserted, what is said about somebody's message, and that nothing of anybody is in it? */
import pino from 'pino'
import { createBot } from '../../src/bot/bot'
import { answerExtension, extensionRequest } from '../../src/bot/extension'
import { arrivalOf } from '../../src/bot/incoming'
import { privateChat } from '../../src/bot/teams-host'
import { labelOf } from '../../src/guides'
import { words } from '../../src/guides/words'
import * as activities from '../../src/sandbox/activities'
import { chatsOf } from '../../src/sandbox/chats'
import { contoso } from '../../src/sandbox/tenants'
import { watchTurn } from '../../src/telemetry/watch'
import { answers, languages, type Language } from '../../src/topics'
import { actionsOf, cardText } from '../support/cards'
import { appId, publicHost, publicUrl, servicesAt } from '../support/shared-place'

interface Answered {
  readonly composeExtension?: { readonly type: string; readonly text?: string; readonly attachments?: readonly Attachment[] }
  readonly task?: { readonly type: string; readonly value: { readonly title: string; readonly card: Attachment } }
}
interface Attachment {
  readonly contentType: string
  readonly content: unknown
  readonly preview?: { readonly content: { readonly title: string; readonly tap?: { readonly type: string; readonly value: unknown } } }
}

const guides = ['azure-for-m365', 'm365-for-azure', 'link-existing'] as const

const answer = (name: string, value: unknown, language: Language = 'en') => {
  const request = extensionRequest({ name: `composeExtension/${name}`, value })
  if (!request) throw new Error(`${name} is not heard`)
  const { status, body } = answerExtension(request, language, servicesAt())
  return { status, body: (body ?? {}) as Answered }
}
const query = (text: string, language?: Language) =>
  answer('query', { commandId: 'search', parameters: [{ name: 'question', value: text }], queryOptions: { skip: 0, count: 25 } }, language).body
    .composeExtension
const found = (text: string, language?: Language) =>
  (query(text, language)?.attachments ?? []).map(
    ({ preview }) => (preview?.content.tap?.value as { topic: string; lang: string } | undefined) ?? { topic: '', lang: '' },
  )
const ask = (content: string, language?: Language) =>
  answer('fetchTask', { commandId: 'ask', commandContext: 'message', messagePayload: { id: '1', body: { contentType: 'html', content } } }, language).body.task

describe('the search', () => {
  test.each([
    ['azure for m365', 'en', 'azure-for-m365'],
    ['azure pour m365', 'fr', 'azure-for-m365'],
    ['get microsoft 365 for our azure users', 'en', 'm365-for-azure'],
    ['what is a tenant', 'en', 'tenant-basics'],
    ['AADSTS50020', 'en', 'support'],
    ['check my role', 'en', 'required-role'],
    ...languages.flatMap((language) => guides.map((topic) => [labelOf(topic, language), language, topic] as const)),
  ] as const)('“%s” (%s) finds %s first', (text, language, topic) => {
    expect(found(text, language)[0]?.topic).toBe(topic)
  })

  test('shows the guides before anything is written', () => {
    const { body } = answer('query', { commandId: 'search', parameters: [{ name: 'initialRun', value: 'true' }] }, 'fr')
    expect(body.composeExtension?.attachments?.slice(0, 3).map(({ preview }) => Object(preview?.content.tap?.value))).toMatchObject(
      guides.map((topic) => ({ topic, lang: 'fr' })),
    )
  })

  test('says so when nothing is found, and keeps nothing of a secret', () => {
    for (const text of ['zebra crossing pancake', 'my password is Xk9!kk22pp'])
      expect(query(text)).toEqual({ type: 'message', text: words('en').t('anywhere.notFound') })
  })

  test('has one page', () => {
    expect(answer('query', { parameters: [], queryOptions: { skip: 25 } }).body.composeExtension).toMatchObject({ type: 'result', attachments: [] })
  })

  test.each([
    ['query', 'none'],
    ['selectItem', { topic: 'check-role', lang: 'en' }],
    ['selectItem', { topic: 'tenant-basics', lang: 'en', run: 'r' }],
    ['submitAction', { data: { share: { topic: 'my-runs', lang: 'en' } } }],
    ['fetchTask', undefined],
  ])('%s with %j is refused', (name, value) => {
    expect(answer(name, value).status).toBe(400)
  })
})

describe.each(languages)('every card that can be inserted (%s)', (lang) => {
  test.each([...guides, ...answers])('%s has links alone, is small enough, and knows nobody', (topic) => {
    for (const { status, body } of [answer('selectItem', { topic, lang }), answer('submitAction', { commandId: 'ask', data: { share: { topic, lang } } })]) {
      expect(status).toBe(200)
      const [card] = body.composeExtension?.attachments ?? []
      expect(card?.contentType).toBe('application/vnd.microsoft.card.adaptive')
      const actions = actionsOf(card?.content).filter(({ type }) => type !== 'Action.ToggleVisibility')
      expect(new Set(actions.map(({ type }) => type))).toEqual(new Set(['Action.OpenUrl']))
      const chat = actions.map(({ url }) => url ?? '').find((url) => url.includes('/l/chat/'))
      expect(chat).toBe(privateChat(publicHost, appId, labelOf(topic, lang)))
      expect(2 * JSON.stringify(card?.content).length).toBeLessThan(25_000)
    }
  })
})

describe('about a message', () => {
  test('an error that was pasted is told by its meaning, to whoever asked, who can reply with it', () => {
    const task = ask('<p>Sorry, but we’re having trouble: <b>AADSTS50020</b>: User account&nbsp;does not exist in tenant</p>')
    expect(task).toMatchObject({ type: 'continue', value: { title: 'OneTenant' } })
    expect(cardText(task?.value.card.content)).toContain('AADSTS50020')
    const [insert] = actionsOf(task?.value.card.content).filter(({ type }) => type === 'Action.Submit')
    const { body } = answer('submitAction', { commandId: 'ask', data: insert?.data })
    expect(cardText(body.composeExtension?.attachments?.[0]?.content)).toContain('AADSTS50020')
  })

  test('a question is answered in its own language', () => {
    expect(cardText(ask('<p>c’est quoi un locataire ?</p>', 'en')?.value.card.content)).toContain('locataire')
  })

  test('nothing for this bot is said to be nothing, with the way to the private chat', () => {
    for (const content of ['<p>zebra crossing pancake</p>', '', '<img src="x">']) {
      const card = ask(content)?.value.card.content
      expect(cardText(card)).toContain(words('en').t('anywhere.nothingTitle'))
      expect(actionsOf(card).map(({ type }) => type)).toEqual(['Action.OpenUrl'])
    }
  })

  test('nothing of the message is said again', () => {
    expect(JSON.stringify(ask('<p>Zephyrine asks: what is a tenant? 77777777-6666-4555-8444-333333333333</p>'))).not.toMatch(/Zephyrine|77777777/)
  })
})

test('people of other tenants are told that it is not for them; no record is read for anybody', async () => {
  const [kelley] = contoso.people
  const [chat] = chatsOf(contoso)
  if (!kelley || !chat) throw new Error('nobody is there')
  const setting = { bot: { id: `28:${appId}`, name: 'OneTenant' }, person: kelley, chat, locale: 'en-US' }
  const activity = JSON.parse(JSON.stringify(activities.extension(setting, 'query', { parameters: [] })))
  const arrival = arrivalOf(activity)
  if (!arrival) throw new Error('it is not heard')
  const never = () => Promise.reject(new Error('nothing is read'))
  const none = { load: never, keep: never, forget: never }
  const warned: unknown[] = []
  const bodyFor = async (tenant: string) => {
    let body: unknown
    const parts = {
      services: servicesAt(),
      privateChatUrl: () => '',
      people: none,
      threads: none,
      signIns: undefined,
      allowedTenants: [tenant],
      log: { warn: (line: unknown) => warned.push(line) },
      directory: {},
    } as unknown as Parameters<typeof createBot>[0]
    const watch = watchTurn({ who: '', place: 'personal', kind: 'extension', type: 'invoke' }, pino({ level: 'silent' }))
    await createBot(parts)(arrival, { context: { activity }, watch, respond: (given: { body?: unknown }) => (body = given.body) } as never)
    return body
  }
  expect(await bodyFor(contoso.id)).toMatchObject({ composeExtension: { type: 'result' } })
  expect(await bodyFor('another')).toMatchObject({ composeExtension: { type: 'message' } })
  expect(warned).toHaveLength(1)
  expect(publicUrl).toContain('https://')
})
