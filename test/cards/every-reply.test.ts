/** Every card the bot can send, held against what Teams shows, what a screen reader needs and what may travel. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { actionSchema } from '../../src/verbs/action'
import { render, type Card } from '../../src/cards/render'
import type { Page, Reply } from '../../src/cards/reply'
import { answerOf } from '../../src/guides'
import sources from '../../src/guides/sources.json'
import { portals } from '../../src/guides/schema'
import { words } from '../../src/guides/words'
import { actionsOf as readActions, cardText } from '../support/cards'
import { privateChatUrl, publicUrl } from '../replies/examples'
import { allReplies, makers } from './all-replies'

/** The package's own entry cannot be loaded by Node; its bundle can. */
const { AdaptiveCard, HostConfig, SerializationContext, Versions } = jest.requireActual<typeof import('adaptivecards')>('adaptivecards/dist/adaptivecards.js')

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every object of a card that has a type, wherever it is; fallbacks too. */
const elementsIn = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(elementsIn)
  if (!isObject(value)) return []
  return [...(typeof value.type === 'string' ? [value] : []), ...Object.values(value).flatMap(elementsIn)]
}
/** Read once for all rules: there are some ten thousand cards. */
const once = <T>(read: (card: Card) => T) => {
  const known = new WeakMap<Card, T>()
  return (card: Card): T => {
    const found = known.get(card) ?? read(card)
    known.set(card, found)
    return found
  }
}
const elementsOf = once(elementsIn)
const actionsOf = once(readActions)
const ofType = (card: Card, type: string) => elementsOf(card).filter((element) => element.type === type)
const said = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? null))
const isFilled = (value: unknown) => typeof value === 'string' && value.trim() !== ''
const repeated = (words: readonly string[]) => words.filter((word, index) => words.indexOf(word) !== index)

const knownElements = new Set([
  'AdaptiveCard',
  'ActionSet',
  'Container',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'FactSet',
  'Image',
  'Input.ChoiceSet',
  'Input.Text',
  'Action.Execute',
  'Action.Submit',
  'Action.OpenUrl',
  'Action.ToggleVisibility',
])

const parserComplaints = (card: Card): string[] => {
  const context = new SerializationContext(Versions.v1_5)
  const parsed = new AdaptiveCard()
  parsed.hostConfig = new HostConfig({ actions: { maxActions: 20 } })
  // Its own check of `lang` refuses every second card (a regular expression that keeps its place); a rule below does it.
  const { lang: _, ...rest } = card
  parsed.parse(rest, context)
  const read = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
  return [...read, ...parsed.validateProperties().validationEvents.map(({ message }) => message)]
}

const mostBytes = 25_000
/** What the SDK puts around a card, as long as Teams makes it. */
const envelope = {
  type: 'message',
  serviceUrl: 'https://smba.trafficmanager.net/emea/99999999-8888-4777-8666-555555555555/',
  channelId: 'msteams',
  from: { id: '28:11111111-2222-4333-8444-555555555555', name: 'OneTenant' },
  conversation: { id: `a:1${'x'.repeat(120)}`, conversationType: 'personal', tenantId: '99999999-8888-4777-8666-555555555555' },
  recipient: { id: `29:1${'x'.repeat(85)}`, aadObjectId: '11111111-2222-4333-8444-555555555555', name: 'Tricia of a Rather Long Family Name' },
  replyToId: `1:${'x'.repeat(60)}`,
  inputHint: 'acceptingInput',
}
const bytesOf = ({ page, summary }: Reply, card: Card) => {
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }]
  return Buffer.byteLength(JSON.stringify({ ...envelope, locale: page.language, summary, attachments }), 'utf16le')
}

/** A page, and the same in French where Microsoft has it. */
const addressesOf = ({ url, titles }: { readonly url: string; readonly titles?: { readonly fr?: string } }) => [
  url,
  ...(titles?.fr === undefined ? [] : [url.replace('https://learn.microsoft.com/', 'https://learn.microsoft.com/fr-fr/')]),
]
const pages = new Set<string>([...portals, ...Object.values(sources).flatMap(addressesOf), privateChatUrl])
const isPicture = (url: string) => {
  const path = url.startsWith(`${publicUrl}/images/`) && url.slice(`${publicUrl}/images/`.length)
  return path !== false && /^(en|fr)\/[a-z-]+\.png$/.test(path) && existsSync(join(__dirname, '../../src/cards/images', path))
}
const addressesIn = (text: string) => (text.match(/\bhttps?:[^\s"\\]+|\]\([^)]*\)/g) ?? []).map((found) => found.replace(/^\]\(|\)+$/g, ''))
/** A chat with a colleague, and nothing else. */
const isChat = (url: string) => /^https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=[\w.~%-]+&message=[\w.~%-]+$/.test(url)
const schemaPage = 'http://adaptivecards.io/schemas/adaptive-card.json'

const fallbackComplaint = (action: ReturnType<typeof actionsOf>[number]): string[] => {
  const { data, title, fallback } = action
  const expected = { type: 'Action.Submit', title, data: { ...Object(data), msteams: { feedback: { hide: true } } } }
  const same = isObject(fallback) && JSON.stringify({ type: fallback.type, title: fallback.title, data: fallback.data }) === JSON.stringify(expected)
  return same ? [] : [`"${title}" has no Submit of the same data as its fallback`]
}

const linesOf = (card: Card) =>
  ofType(card, 'TextBlock')
    .filter(({ isSubtle }) => isSubtle !== true)
    .flatMap(({ text }) =>
      said(text)
        .split(/[\r\n]+/)
        .filter(Boolean),
    )

/** Everything a person reads or hears: blocks, buttons, and the text in place of the card. */
const wordsOn = once((card): string[] =>
  [cardText(card), ...actionsOf(card).map(({ title }) => title), said(card.fallbackText), said(card.speak)].flatMap((text) => text.split(/[\r\n]+/)),
)
/** Messages to English-speaking colleagues, titles of English pages, addresses, and the question mark that stands for "unknown". */
const notFrench = /“.*”|\[[^\]]*\]\([^)]*\)|\bhttps?:[^\s)]+|(?<=^|: )\? /g
const faultsInFrench = / [:;!?»%]|« |\p{L}[:;!?](?=\s|$)|«(?![\u00A0\u202F])|(?<![\u00A0\u202F])»|\p{L}'\p{L}/u
/** What is in sight before anything is unfolded or opened. */
const sightOf = once((card): readonly Json[] => {
  const look = (value: unknown): Json[] => {
    if (Array.isArray(value)) return value.flatMap(look)
    if (!isObject(value) || value.isVisible === false) return []
    const inner = Object.entries(value).flatMap(([key, each]) => (key === 'fallback' || key === 'data' ? [] : look(each)))
    return [...(typeof value.type === 'string' ? [value] : []), ...inner]
  }
  return look(card)
})
/** Of a page that nobody has touched for long its month is told too. */
const ageOfPage = /(?: · (?:Microsoft’s page|page de Microsoft)\u00A0?: \p{L}+ \d{4}|(?:, (?:the oldest )?of|(?:, la plus ancienne)?\u00A0:) \p{L}+ \d{4}$)/u
const unlinked = (text: string) => text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
const partsOf = (element: Json): string[] => {
  const rows = [element.facts, element.choices].flatMap((each) => (Array.isArray(each) ? each.filter(isObject) : []))
  return [element.text, element.label, ...rows.flatMap(({ title, value, text }) => [title, element.facts ? value : text])].flatMap((each) =>
    isFilled(each) ? [said(each)] : [],
  )
}
/** Without buttons, as people count what they have to read. */
const wordsInSight = (card: Card) =>
  sightOf(card)
    .filter(({ type }) => ['TextBlock', 'FactSet'].includes(said(type)) || said(type).startsWith('Input.'))
    .flatMap(partsOf)
    .flatMap((text) => unlinked(text).match(/[\p{L}\p{N}][\p{L}\p{N}’'.-]*/gu) ?? []).length
const mostWords = 120
/** All that can be added to one answer, at once: a note, a second question, the way back, the language. */
const mostAdded = 45
const extrasOn = ({ language, blocks }: Page) => {
  const { t } = words(language)
  const added = [
    t('talk.owed'),
    t('talk.languageForeign'),
    t('contract.question'),
    t('talk.languageAsk'),
    t('attached.paste'),
    t('thread.fromChannel'),
    t('thread.fromGroup'),
  ]
  return blocks.some((block) => (block.kind === 'box' || block.kind === 'text' || block.kind === 'small') && added.some((text) => block.text.includes(text)))
}
const stepNamesIn = (card: Card, { language, progress }: Page) => {
  const name = words(language).t('guide.step', { n: (progress?.index ?? 0) + 1, m: progress?.count ?? 0 })
  return sightOf(card)
    .flatMap(partsOf)
    .filter((text) => text.includes(name))
}
const shownActions = ({ actions }: Card): Json[] => (Array.isArray(actions) ? actions.filter(isObject) : [])

/** Only where all would be too much; the buttons are named after it. */
const isShortened = ({ fallbackText }: Card) => typeof fallbackText === 'string' && fallbackText.length > 250 && fallbackText.includes('\n…\n\n→ ')

const executes = (card: Card) => actionsOf(card).filter(({ type }) => type === 'Action.Execute')

const isItself = ({ title, language }: Page) => title === answerOf('support', language).title
/** Who belongs to another organization is sent to their own. */
/** One line that leads elsewhere. */
const isPrivate = ({ title, language }: Page) => [words(language).t('thread.privateTitle'), words(language).t('thread.openedTitle')].includes(title)
const isRefusal = ({ title, language }: Page) => title === words(language).t('talk.notForYouTitle')
const languageFits = ({ verb, lang }: { verb: string; lang: string }, language: string) => verb === 'speak' || lang === language

/** What is wrong with a card, by rule. */
const rules: Readonly<Record<string, (card: Card, reply: Reply) => readonly string[]>> = {
  'nothing is left unfilled': (card) => JSON.stringify(card).match(/\$\{[^}]*\}?|\{\{[^}]*\}\}|undefined|\[object /g) ?? [],
  'is a card of version 1.5': ({ type, version }) => (type === 'AdaptiveCard' && version === '1.5' ? [] : [`${said(type)} ${said(version)}`]),
  'holds only what 1.5 knows': (card) => [
    ...parserComplaints(card),
    ...elementsOf(card).flatMap(({ type }) => (knownElements.has(said(type)) ? [] : [`unknown ${said(type)}`])),
  ],
  'says the same without a card, small print apart, or ends in an ellipsis': (card) =>
    isShortened(card) ? [] : linesOf(card).flatMap((line) => (said(card.fallbackText).includes(line) ? [] : [`not in fallbackText: ${line}`])),
  'is spoken and announced': ({ speak }, { summary }) => (isFilled(speak) && isFilled(summary) ? [] : ['no speak or summary']),
  'names its language': ({ lang }, { page }) => (lang === page.language ? [] : [`lang is ${said(lang)}`]),
  'has one heading': (card) => (elementsOf(card).filter(({ style }) => style === 'heading').length === 1 ? [] : ['not one heading']),
  'describes its pictures': (card) => ofType(card, 'Image').flatMap(({ altText, url }) => (isFilled(altText) ? [] : [`no altText: ${said(url)}`])),
  'labels its fields': (card) =>
    elementsOf(card)
      .filter(({ type }) => said(type).startsWith('Input.'))
      .flatMap(({ id, label, isRequired, errorMessage }) => [
        ...(isFilled(label) ? [] : [`${said(id)} has no label`]),
        ...(isRequired !== true || isFilled(errorMessage) ? [] : [`${said(id)} has no errorMessage`]),
      ]),
  'wraps its text': (card) => ofType(card, 'TextBlock').flatMap(({ wrap, text }) => (wrap === true ? [] : [`not wrapped: ${said(text)}`])),
  'holds no empty text': (card) => ofType(card, 'TextBlock').flatMap(({ text }) => (isFilled(text) ? [] : ['an empty TextBlock'])),
  'never has two buttons of one title': (card) => repeated(actionsOf(card).map(({ title }) => title)),
  'shows at most four buttons under the card': (card) => {
    const shown = shownActions(card)
      .filter(({ mode }) => mode !== 'secondary')
      .map(({ title }) => said(title))
    return shown.length <= 4 ? [] : [shown.join(', ')]
  },
  'shows at most six actions, folds and helpers included': (card) => {
    const inSight = sightOf(card).filter(({ type, mode }) => said(type).startsWith('Action.') && mode !== 'secondary')
    return inSight.length <= 6 ? [] : [inSight.map(({ title }) => said(title)).join(', ')]
  },
  'has its primary button first, if any, and those behind "…" last': (card) => {
    const modes = shownActions(card).map(({ mode }) => said(mode))
    const primary = shownActions(card)
      .map(({ style }) => style)
      .lastIndexOf('positive')
    const wrong = modes.some((mode, index) => (index === 0 && mode !== 'primary') || (mode === 'primary' && modes[index - 1] === 'secondary'))
    return wrong || primary > 0 ? [`${modes.join(', ')}; primary is number ${primary}`] : []
  },
  'marks what takes something away, and nothing else': (card) =>
    executes(card).flatMap(({ title, verb, style }) => ((style === 'destructive') === (verb === 'forget-me-yes') ? [] : [`"${title}" looks ${said(style)}`])),
  'offers reading on under a stop as one way of several': (card) =>
    executes(card).flatMap(({ title, verb, style }) => (verb === 'read-along' && style !== undefined ? [`"${title}" looks ${said(style)}`] : [])),
  'is no wall of words': (card, { page }) => {
    const count = wordsInSight(card)
    const most = mostWords + (extrasOn(page) ? mostAdded : 0)
    return count <= most ? [] : [`${count} words in sight`]
  },
  'relies on no width, blank line or bold label': (card) => [
    ...(JSON.stringify(card).includes('"width":"Full"') ? ['full width'] : []),
    ...ofType(card, 'TextBlock').flatMap(({ text }) => (/\n\s*\n/.test(said(text)) ? [`blank line in: ${said(text)}`] : [])),
    ...ofType(card, 'Image').flatMap(({ width }) => (Number.parseInt(said(width)) <= 400 ? [] : [`picture of ${said(width)}`])),
  ],
  'draws progress with nothing to hear': (card) =>
    ofType(card, 'TextRun').flatMap(({ text }) => (said(text).trim() === '' ? [] : [`a screen reader would say: ${said(text)}`])),
  'names its step once': (card, { page }) =>
    page.progress && page.progress.index < page.progress.count && stepNamesIn(card, page).length !== 1 ? [stepNamesIn(card, page).join(', ')] : [],
  'has its source in one short line': (card) =>
    sightOf(card).flatMap(({ type, text, isSubtle }) =>
      type === 'TextBlock' && isSubtle === true && said(text).includes('](') && unlinked(said(text)).replace(ageOfPage, '').length > 75 ? [said(text)] : [],
    ),
  'speaks what it says, not its title alone': ({ speak }, { page }) => {
    const [first] = page.blocks
    const text = first?.kind === 'text' || first?.kind === 'box' ? first.text.replaceAll('**', '').split(/[\n(]/)[0]?.slice(0, 30) : ''
    return said(speak).startsWith(page.eyebrow) && said(speak).includes(text ?? '') ? [] : [said(speak)]
  },
  'has support within reach': (_card, { page }) => {
    const offers = page.buttons.some((button) => button.kind === 'press' && button.action.topic === 'support')
    return offers || isItself(page) || isRefusal(page) || isPrivate(page) ? [] : ['no way to support']
  },
  'works on older clients': (card) => executes(card).flatMap(fallbackComplaint),
  'carries back nothing but its action': (card, { page }) =>
    executes(card).flatMap(({ data, verb, title }) => {
      const parsed = actionSchema.safeParse(data)
      if (!parsed.success) return [`"${title}" carries ${JSON.stringify(data)}`]
      return parsed.data.verb === verb && languageFits(parsed.data, page.language) ? [] : [`"${title}" carries ${JSON.stringify(data)}`]
    }),
  'opens only pages that are on the list': (card) =>
    addressesIn(JSON.stringify({ ...card, $schema: '' })).filter((url) => !pages.has(url) && !isPicture(url) && url !== schemaPage && !isChat(url)),
  'has no hole where a value belongs': (card) => wordsOn(card).filter((text) => /\(\s*\)|“\s*”|«\s*»|\*{4}|\S[^\S\r\n]{2}|\s[,.](?:\s|$)/.test(text)),
  'keeps to French spaces and apostrophes': (card, { page }) =>
    page.language === 'fr' ? wordsOn(card).filter((text) => faultsInFrench.test(text.replaceAll(notFrench, ''))) : [],
  'is under 25 KB': (card, reply) => (bytesOf(reply, card) < mostBytes ? [] : [`${bytesOf(reply, card)} bytes`]),
}

const distinct = [...new Map(allReplies.map((made) => [JSON.stringify(made.reply.page), made])).values()]
const cards = distinct.map(({ maker, language, reply }) => ({ name: `${maker} (${language}) "${reply.page.title}"`, reply, card: render(reply) }))

it('makes every kind of reply there is', () => {
  expect([...new Set(allReplies.map(({ maker }) => maker))].toSorted()).toEqual(makers.toSorted())
})

describe('every card', () => {
  it.each(Object.entries(rules))('%s', (_rule, complain) => {
    const complaints = cards.flatMap(({ name, reply, card }) => complain(card, reply).map((complaint) => `${name}: ${complaint}`))
    expect([...new Set(complaints)]).toEqual([])
  })
})

describe('the rules themselves', () => {
  const good = allReplies.find(({ maker, language }) => maker === 'askProofReply' && language === 'fr')?.reply
  const broken: Readonly<Record<keyof typeof rules, (card: Record<string, unknown>) => unknown>> = {
    'nothing is left unfilled': (card) => (card.speak = 'Hello ${name}'),
    'is a card of version 1.5': (card) => (card.version = '1.6'),
    'holds only what 1.5 knows': (card) => (card.body = [{ type: 'Badge', text: 'new' }]),
    'says the same without a card, small print apart, or ends in an ellipsis': (card) => (card.fallbackText = 'See the card.'),
    'is spoken and announced': (card) => (card.speak = ''),
    'names its language': (card) => (card.lang = 'en'),
    'has one heading': (card) => (card.body = []),
    'describes its pictures': (card) => (card.body = [{ type: 'Image', url: 'https://example.com/a.png' }]),
    'labels its fields': (card) => (card.body = [{ type: 'Input.Text', id: 'name' }]),
    'wraps its text': (card) => (card.body = [{ type: 'TextBlock', text: 'long' }]),
    'holds no empty text': (card) => (card.body = [{ type: 'TextBlock', text: '', wrap: true }]),
    'never has two buttons of one title': (card) => (card.actions = [open('Same'), open('Same')]),
    'shows at most four buttons under the card': (card) => (card.actions = ['1', '2', '3', '4', '5'].map(open)),
    'has its primary button first, if any, and those behind "…" last': (card) => (card.actions = [open('1'), { ...open('2'), style: 'positive' }]),
    'shows at most six actions, folds and helpers included': (card) => (card.actions = ['1', '2', '3', '4', '5', '6', '7'].map(open)),
    'marks what takes something away, and nothing else': (card) => (card.actions = [execute('forget-me-yes', 'default')]),
    'offers reading on under a stop as one way of several': (card) => (card.actions = [execute('read-along', 'positive')]),
    'is no wall of words': (card) => (card.body = [{ type: 'TextBlock', text: 'word '.repeat(121), wrap: true }]),
    'relies on no width, blank line or bold label': (card) => (card.body = [{ type: 'TextBlock', text: 'one\n\ntwo', wrap: true }]),
    'draws progress with nothing to hear': (card) => (card.body = [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '━━' }] }]),
    'has its source in one short line': (card) =>
      (card.body = [{ type: 'TextBlock', isSubtle: true, wrap: true, text: `Checked · [${'a long name '.repeat(9)}](https://portal.azure.com)` }]),
    'speaks what it says, not its title alone': (card) => (card.speak = 'Is it one tenant?'),
    'has no hole where a value belongs': (card) => (card.speak = 'You are  (). '),
    'keeps to French spaces and apostrophes': (card) => (card.speak = 'Aide : oui'),
    'works on older clients': (card) => (card.actions = [{ type: 'Action.Execute', title: 'Go', verb: 'back', data: {} }]),
    'carries back nothing but its action': (card) =>
      (card.actions = [{ type: 'Action.Execute', title: 'Go', verb: 'back', data: { verb: 'back', lang: 'en', role: 'admin' } }]),
    'opens only pages that are on the list': (card) => (card.fallbackText = '[here](https://example.com)'),
    'is under 25 KB': (card) => (card.speak = 'x'.repeat(mostBytes)),
  }
  const execute = (verb: string, style: string) => ({ type: 'Action.Execute', title: 'Go', verb, style, data: {} })
  const open = (title: string) => ({ type: 'Action.OpenUrl', title, url: 'https://portal.azure.com', mode: 'primary' })

  it.each(Object.entries(broken))('notice when not: %s', (rule, spoil) => {
    if (!good) throw new Error('no reply to spoil')
    const card = structuredClone(render(good)) as Record<string, unknown>
    spoil(card)
    expect(rules[rule]?.(card as Card, good)).not.toEqual([])
  })

  it('notice when not: names its step once', () => {
    const step = allReplies.find(({ maker }) => maker === 'stepReply')?.reply
    if (!step) throw new Error('no step to spoil')
    expect(rules['names its step once']?.({ ...render(step), body: [] }, step)).not.toEqual([])
  })

  it('notice when not: has support within reach', () => {
    if (!good) throw new Error('no reply to spoil')
    expect(rules['has support within reach']?.(render(good), { ...good, page: { ...good.page, buttons: [] } })).not.toEqual([])
  })
})
