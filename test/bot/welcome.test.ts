/** Who is greeted, where, how often and in which language, through HTTP: Teams tells of a new chat twice, in any order, and not always in which language. */
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import type { Activity, Setting } from '../../src/sandbox/activities'
import type { ChatMessage } from '../../src/sandbox/protocol'
import { activities, plainly, startSandbox, textOf, titleOf, type Sandbox } from '../support/harness'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

const places = ['personal', 'group', 'channel'] as const
type Place = (typeof places)[number]
const titles = {
  personal: { fr: 'Un seul locataire pour Microsoft 365 et Azure', en: 'One tenant for Microsoft 365 and Azure' },
  group: { fr: 'OneTenant est là pour aider ce groupe', en: 'OneTenant is here to help this group' },
  channel: { fr: 'OneTenant est là pour aider cette équipe', en: 'OneTenant is here to help this team' },
} as const satisfies Record<Place, object>

/** One of the two events, as Teams sends it or with what it sometimes leaves out. */
interface Told {
  readonly event: 'installed' | 'joined'
  readonly person: string
  readonly saysLocale: boolean
  readonly afterMs: number
}

const withLocale = (activity: Activity, locale: string | undefined): Activity => {
  const { locale: _, entities: __, ...rest } = activity
  return locale === undefined ? rest : { ...rest, locale }
}

const tell = async (place: Place, { event, person, saysLocale, afterMs }: Told, locale = 'fr-FR') => {
  await sleep(afterMs)
  const build = (setting: Setting) =>
    withLocale(event === 'installed' ? activities.installation(setting, 'add') : activities.opened(setting), saysLocale ? locale : undefined)
  return sandbox.teams.deliver({ person, chat: place === 'personal' ? `personal-${person}` : place, locale }, build)
}

const messagesIn = (place: Place, person: string): readonly ChatMessage[] =>
  sandbox.teams.messages().filter(({ chat, from }) => from === 'bot' && chat === (place === 'personal' ? `personal-${person}` : place))

const takeAway = (place: Place, person: string) =>
  sandbox.teams.deliver({ person, chat: place === 'personal' ? `personal-${person}` : place, locale: 'fr-FR' }, (setting) =>
    activities.installation(setting, 'remove'),
  )

/** What the bot wrote about it, by the titles of its cards. */
const greeted = async (place: Place, person: string, work: () => Promise<unknown>): Promise<readonly (string | undefined)[]> => {
  const before = messagesIn(place, person).length
  await work()
  return messagesIn(place, person)
    .slice(before)
    .map(({ cards }) => plainly(titleOf(cards[0])))
}

/** Both events, the second soon after the first; at least one says the language; in a group each may be of somebody else. */
const orders = (place: Place): fc.Arbitrary<readonly Told[]> => {
  const people =
    place === 'personal'
      ? fc.constant(['tricia', 'tricia'] as const)
      : fc.constantFrom(['tricia', 'tricia'] as const, ['tricia', 'kelley'] as const, ['jane', 'tricia'] as const)
  return fc
    .record({
      people,
      first: fc.constantFrom('installed' as const, 'joined' as const),
      afterMs: fc.constantFrom(0, 0, 5, 60, 300),
      says: fc.constantFrom([true, false] as const, [false, true] as const, [true, true] as const),
    })
    .map(({ people: [one, other], first, afterMs, says }) => [
      { event: first, person: one, saysLocale: says[0], afterMs: 0 },
      { event: first === 'installed' ? 'joined' : 'installed', person: other, saysLocale: says[1], afterMs },
    ])
}

/** A run that failed is had again by its seed. */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const perPlace = 7

test.each(places)(
  `%s: a French person is greeted in French, once, in whichever of ${perPlace} random orders (seed ${seed})`,
  async (place) => {
    for (const order of fc.sample(orders(place), { numRuns: perPlace, seed: seed + places.indexOf(place) })) {
      await takeAway(place, 'tricia')
      const said = await greeted(place, 'tricia', () => Promise.all(order.map((each) => tell(place, each))))
      expect({ order, said }).toEqual({ order, said: [titles[place].fr] })
    }
  },
  60_000,
)

test.each(places)('%s: it is not repeated: not by the same events, not by anybody else’s, not later', async (place) => {
  await takeAway(place, 'tricia')
  const again: readonly Told[] = (['installed', 'joined'] as const).map((event) => ({ event, person: 'tricia', saysLocale: true, afterMs: 0 }))
  expect(await greeted(place, 'tricia', () => Promise.all(again.map((each) => tell(place, each))))).toEqual([titles[place].fr])
  const others = place === 'personal' ? ['tricia'] : ['tricia', 'kelley', 'jane']
  const later = others.flatMap((person) => again.map((each) => ({ ...each, person })))
  expect(await greeted(place, 'tricia', () => Promise.all(later.map((each) => tell(place, each, 'en-US'))))).toEqual([])
})

test.each(places)('%s: where nothing says the language it is English, once', async (place) => {
  await takeAway(place, 'jane')
  const both: readonly Told[] = (['joined', 'installed'] as const).map((event) => ({ event, person: 'jane', saysLocale: false, afterMs: 0 }))
  expect(await greeted(place, 'jane', () => Promise.all(both.map((each) => tell(place, each))))).toEqual([titles[place].en])
})

test.each(places)('%s: a greeting that could not be sent was none: the other event brings it', async (place) => {
  await takeAway(place, 'jane')
  sandbox.connector.fail({ status: 500, code: 'ServiceError' })
  const told: Told = { event: 'installed', person: 'jane', saysLocale: true, afterMs: 0 }
  expect(await greeted(place, 'jane', () => tell(place, told))).toEqual([])
  sandbox.connector.recover()
  expect(await greeted(place, 'jane', () => tell(place, { ...told, event: 'joined' }))).toEqual([titles[place].fr])
})

test.each(['group', 'channel'] as const)('whoever joins a %s later is not greeted', async (place) => {
  const joined = (setting: Setting) => activities.membership(setting, 'membersAdded', [setting.person])
  expect(await greeted(place, 'jane', () => sandbox.teams.deliver({ person: 'jane', chat: place, locale: 'en-US' }, joined))).toEqual([])
})

test('a group has its greeting, and so has each private chat of the people in it', async () => {
  for (const place of places) await takeAway(place, 'jane')
  const told: Told = { event: 'installed', person: 'jane', saysLocale: true, afterMs: 0 }
  for (const place of places) expect(await greeted(place, 'jane', () => tell(place, told))).toEqual([titles[place].fr])
})

test('nobody is named in a greeting of many', () => {
  const all = [...messagesIn('group', ''), ...messagesIn('channel', '')].map(textOf).join('\n')
  for (const name of ['Tricia', 'Jane', 'Kelley', 'Contoso']) expect(all).not.toContain(name)
})

test.each(['group', 'channel'] as const)('a message in a %s that mentions nobody, or somebody else, gets nothing', async (place) => {
  const spot = { person: 'kelley', chat: place, locale: 'en-US' }
  for (const text of ['what is a tenant?', 'next', '<at>Tricia</at> what is my role?']) {
    const { status, messages } = await sandbox.teams.deliver(spot, (setting) => activities.message(setting, '1795348888999', text, false))
    expect([status, messages]).toEqual([200, []])
  }
  const { messages } = await sandbox.teams.deliver(spot, (setting) => activities.message(setting, '1795348889000', 'what is a tenant?', true))
  expect(messages).toHaveLength(1)
})
