/**
 * Whatever people do in a group and a channel, between whatever they tell and look up in private: nothing of the private record is
 * shown or stored there, and what is shown there is the very same as if nobody had said a word in private.
 */
import fc from 'fast-check'
import type { Directory, Proof } from '../../src/directory'
import { words } from '../../src/guides/words'
import { memoryStore } from '../../src/runs/memory-store'
import type { Store } from '../../src/runs/store'
import * as activities from '../../src/sandbox/activities'
import { chatsOf, conversationId } from '../../src/sandbox/chats'
import { contoso } from '../../src/sandbox/tenants'
import { languages } from '../../src/topics'
import { actionsOf, type CardAction } from '../support/cards'
import { offlineBot, type Seen } from '../support/offline-bot'

const tenantId = contoso.id
const subscription = '77777777-6666-4555-8444-333333333333'
const otherTenant = '8d1b6e40-57c2-4f3a-a6b9-0c4d8e2f7a15'
const colleague = 'Zephyrine Quatremarre'
const at = '2026-11-25T09:30:00.000Z'

const found: Proof = {
  tenant: { answer: 'yes', at, evidence: { tenantId, name: 'Northwind of Zephyria', source: 'directory' } },
  microsoft365: { answer: 'yes', at, evidence: { products: [{ sku: 'SPE_E3', kind: 'microsoft-365', enabled: true }] } },
  azure: {
    answer: 'no',
    at,
    evidence: { source: 'public', subscriptions: [{ subscriptionId: subscription, tenantId: otherTenant, here: false }], otherTenants: [] },
  },
  limits: [],
}

/** Knows something about everybody. */
const directory: Directory = {
  checkRole: async ({ objectId }) =>
    objectId === contoso.people[0]?.objectId
      ? { kind: 'can', roles: ['global-administrator'], limits: [] }
      : { kind: 'cannot', roles: ['global-reader'], limits: [] },
  findHelpers: async () => ({
    kind: 'found',
    helpers: [{ name: colleague, objectId: otherTenant, userPrincipalName: 'zephyrine@contoso.example', roles: ['billing-administrator'], eligible: false }],
    limits: [],
    holdsItself: false,
  }),
  standing: async () => ({ guest: true, tenantName: 'Northwind of Zephyria' }),
  whyNot: () => undefined,
  prove: async () => found,
  preflight: async () => ({
    ...found,
    subscription: { subscriptionId: subscription, tenantId: otherTenant, name: 'Zephyria production' },
    account: { answer: 'no', at, evidence: { kind: 'guest' } },
    role: { answer: 'yes', at, evidence: { roles: ['global-administrator'], how: 'group' } },
    offer: { answer: 'no', at, evidence: { offer: 'csp', quotaId: 'CSP_2015-05-01' } },
    leaving: { answer: 'no', at, evidence: { blocked: true, exempt: false } },
    entering: { answer: 'yes', at, evidence: { blocked: true, exempt: true } },
    owner: { answer: 'no', at, evidence: { how: 'eligible' } },
  }),
  findOwners: async () => ({
    kind: 'found',
    owners: [{ name: colleague, objectId: otherTenant, roles: [], eligible: false }],
    holdsItself: false,
    others: 0,
    limits: [],
  }),
  lookUpSubscription: async () => ({ kind: 'found', tenantId: otherTenant }),
  lookUpDomain: async () => ({ kind: 'found', tenantId: otherTenant }),
  before: () => directory,
}

const people = ['kelley', 'tricia', 'jane'] as const
/** Has not added the app. */
const withoutApp = 'jane'
const locales = { kelley: 'en-US', tricia: 'fr-FR', jane: 'de-DE' } as const
const chats = chatsOf(contoso)

const settingOf = (person: (typeof people)[number], chatKey: string): activities.Setting => {
  const who = contoso.people.find(({ key }) => key === person)
  const chat = chats.find(({ key }) => key === chatKey)
  if (!who || !chat) throw new Error(`there is no ${person} in ${chatKey}`)
  return {
    bot: { id: '28:11111111-2222-4333-8444-555555555555', name: 'OneTenant' },
    person: who,
    chat,
    locale: locales[person],
    ...(chat.place === 'channel' && { thread: '1795348888363' }),
  }
}

const shared = ['group', 'channel'] as const
const sharedConversations: readonly string[] = shared.map((key) => {
  const { chat, thread } = settingOf('kelley', key)
  return conversationId(chat, thread)
})

const questions = [
  'we have microsoft 365 and want azure',
  'nous avons azure et voulons microsoft 365',
  'link azure and microsoft 365',
  'what is a tenant?',
  'qui est administrateur chez nous ?',
  'who is an admin here?',
  'what is my role?',
  'quel est mon rôle ?',
  'is it one tenant now?',
  'my guides',
  'mes guides',
  'forget me',
  'next',
  'suivant',
  'back',
  'all steps',
  'je suis bloqué',
  'where are we',
  '1',
  '2',
  '3',
  'help',
  '',
  'share',
  'why this answer?',
  'cancel',
  'restart',
  'yes',
  'oui',
  'no',
  'thanks',
  'en français',
  'in English',
  'plain text',
  'cards',
  'zebra crossing pancake',
  'walk me through it',
  'en privé',
  'check my role',
  'is it one tenant now?',
  `is ${subscription} in our tenant?`,
  'plain text please',
] as const
const secrets = [
  'Through a partner (CSP)',
  'Enterprise Agreement (EA)',
  'on the web',
  "I don't know",
  `my subscription is ${subscription}`,
  'domain fabrikam.onmicrosoft.com',
  'yes, forget me',
  'en français',
] as const

type Move =
  | {
      readonly kind: 'say'
      readonly person: (typeof people)[number]
      readonly where: 'personal' | (typeof shared)[number]
      readonly text: string
      /** By a slash command. */
      readonly alone: boolean
    }
  /** `card` and `button` choose among those seen so far; in a shared place also cards of private chats, as if handed around. */
  | {
      readonly kind: 'press'
      readonly person: (typeof people)[number]
      readonly where: 'personal' | (typeof shared)[number]
      readonly card: number
      readonly button: number
      readonly fields: boolean
      readonly older: boolean
    }

const person = fc.constantFrom(...people)
const sharedPlaces = fc.constantFrom(...shared)
const pressing = { kind: fc.constant('press' as const), person, card: fc.nat(40), button: fc.nat(9), fields: fc.boolean(), older: fc.boolean() }
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('say' as const), person, where: sharedPlaces, text: fc.constantFrom(...questions), alone: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      person,
      where: fc.constant('personal' as const),
      text: fc.constantFrom(...questions, ...secrets),
      alone: fc.constant(false),
    }),
  },
  { weight: 3, arbitrary: fc.record({ ...pressing, where: sharedPlaces }) },
  { weight: 2, arbitrary: fc.record({ ...pressing, where: fc.constant('personal' as const) }) },
)

const isPress = ({ type }: CardAction) => type === 'Action.Execute'
const cardsIn = (seen: readonly Seen[]): readonly (readonly CardAction[])[] =>
  seen.map(({ content }) => actionsOf(content).filter(isPress)).filter((actions) => actions.length > 0)

interface Played {
  /** What was sent in a shared place, to be sent again where nobody said anything in private. */
  readonly sent: readonly activities.Activity[]
  readonly seen: readonly Seen[]
  /** All that was ever written about the shared places, also what was written over since. */
  readonly stored: readonly unknown[]
  readonly runs: readonly string[]
  /** How much was said in private chats because of what was asked where others read along. */
  readonly begun: number
}

const newBot = () => {
  let ids = 0
  const runs: string[] = []
  const stored: unknown[] = []
  const now = () => new Date(at)
  const store = memoryStore(now)
  const put: Store['put'] = (key, value, etag) => {
    if (key.startsWith('threads/')) stored.push(value)
    return store.put(key, value, etag)
  }
  const bot = offlineBot({
    opens: (teamsId) => chats.find(({ place, members: [own] }) => place === 'personal' && own?.teamsId === teamsId && own.key !== withoutApp)?.id,
    directory,
    tenantId,
    now,
    store: { ...store, put },
    newId: () => {
      ids += 1
      const id = `run-of-somebody-${ids}`
      runs.push(id)
      return id
    },
  })
  return { bot, runs, stored }
}

const isShared = ({ conversation }: Seen) => sharedConversations.includes(conversation)

const activityOf = (
  given: Move,
  index: number,
  everywhere: readonly (readonly CardAction[])[],
  own: readonly (readonly CardAction[])[],
): activities.Activity | undefined => {
  const setting = settingOf(given.person, given.where === 'personal' ? `personal-${given.person}` : given.where)
  if (given.kind === 'say' && given.alone) return { ...activities.aside(setting, `said-${index}`, given.text), id: `said-${index}` }
  if (given.kind === 'say') return { ...activities.message(setting, `said-${index}`, given.text, given.where !== 'personal'), id: `said-${index}` }
  const cards = given.where === 'personal' ? own : everywhere
  const card = cards[given.card % Math.max(1, cards.length)]
  const action = card?.[given.button % card.length]
  if (!action) return undefined
  const data = { ...Object(action.data), ...(given.fields && { contract: 'csp', account: 'yes', subscription, domain: 'fabrikam.onmicrosoft.com' }) }
  const pressed = given.older
    ? activities.submit(setting, 'card', data)
    : activities.execute(setting, 'card', { type: 'Action.Execute', title: action.title, verb: action.verb, data })
  return { ...pressed, id: `pressed-${index}` }
}

const play = async (moves: readonly Move[]): Promise<Played> => {
  const { bot, runs, stored } = newBot()
  const sent: activities.Activity[] = []
  const seen: Seen[] = []
  const cards = new Map<string, (readonly CardAction[])[]>()
  let begun = 0
  for (const [index, given] of moves.entries()) {
    const own = cards.get(given.person) ?? []
    const activity = activityOf(given, index, [...cards.values()].flat(), own)
    if (!activity) continue
    const answer = await bot.hear(activity)
    const keep = (owner: string, shown: readonly Seen[]) => cards.set(owner, [...(cards.get(owner) ?? []), ...cardsIn(shown)])
    keep(
      given.person,
      answer.filter((each) => !isShared(each)),
    )
    begun += given.where === 'personal' ? 0 : answer.filter((each) => !isShared(each)).length
    if (given.where === 'personal') continue
    const shown = answer.filter(isShared)
    keep(given.where, shown)
    sent.push(activity)
    seen.push(...shown)
  }
  return { sent, seen, stored, runs, begun }
}

const playAlone = async (sent: readonly activities.Activity[]): Promise<Pick<Played, 'seen' | 'stored'>> => {
  const { bot, stored } = newBot()
  const seen: Seen[] = []
  for (const activity of sent) seen.push(...(await bot.hear(activity)).filter(isShared))
  return { seen, stored }
}

/** Said to one person only. */
const onlyInPrivate = languages.flatMap((language) =>
  (
    [
      'verdict.can',
      'verdict.canText',
      'verdict.cannot',
      'verdict.blockedTitle',
      'verdict.read',
      'proof.yes',
      'proof.no',
      'proof.title',
      'helpers.eyebrow',
      'helpers.previewNote',
      'guide.mine',
      'guide.helpedQuestion',
      'guide.readOnly',
      'guide.answerFirst',
      'contract.missing',
      'contract.stopTitle',
      'talk.forgottenTitle',
      'talk.forgetTitle',
      'talk.languageAsk',
      'talk.plainTitle',
      'talk.whyTitle',
      'signIn.declined',
    ] as const
  ).map((phrase) => words(language).t(phrase).split('{{')[0] ?? ''),
)

const texts = ({ seen, stored }: Pick<Played, 'seen' | 'stored'>) => JSON.stringify([seen, stored])

test('nothing of the private record appears where others read along', async () => {
  const forbidden = [
    colleague,
    'zephyrine@',
    'Zephyria',
    subscription,
    otherTenant,
    tenantId,
    'fabrikam',
    '"csp"',
    ...contoso.people.flatMap(({ name, teamsId, objectId }) => [name, teamsId, objectId]),
  ]
  let [turns, begun] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 4, maxLength: 24 }), async (moves) => {
      const played = await play(moves)
      turns += played.sent.length
      begun += played.begun
      const found = texts(played)
      expect([...forbidden, ...onlyInPrivate, ...played.runs].filter((word) => found.includes(word))).toEqual([])
      if (played.sent.length > 0) expect(played.stored.length).toBeGreaterThan(0)
      expect(texts(await playAlone(played.sent))).toBe(found)
    }),
    { numRuns: 40 },
  )
  expect(turns).toBeGreaterThan(150)
  expect(begun).toBeGreaterThan(40)
}, 120_000)
