/** Adding the app, upgrading it, taking it away, people coming and going: who is greeted when, what ends, and what stays? */
import fc from 'fast-check'
import { createDirectory } from '../../src/directory'
import { openPersonRecord } from '../../src/runs/record'
import { memoryStore } from '../../src/runs/memory-store'
import type { Store } from '../../src/runs/store'
import { sweepIdle } from '../../src/runs/sweep'
import * as activities from '../../src/sandbox/activities'
import { chatsOf } from '../../src/sandbox/chats'
import { contoso } from '../../src/sandbox/tenants'
import { offlineBot, type OfflineBot } from '../support/offline-bot'

const directory = createDirectory({}, { info: () => undefined, warn: () => undefined })

const [kelley, tricia] = contoso.people
if (!kelley || !tricia) throw new Error('Contoso has nobody.')
const bot = { id: '28:11111111-2222-4333-8444-555555555555', name: 'OneTenant' }
const chats = chatsOf(contoso)

const settingOf = (place: 'personal' | 'groupChat' | 'channel'): activities.Setting => {
  const chat = chats.find((each) => each.place === place && (place !== 'personal' || each.key === `personal-${kelley.key}`))
  if (!chat) throw new Error(`there is no ${place}`)
  return { bot, person: kelley, chat, locale: 'fr-FR' }
}

interface Here {
  readonly hear: OfflineBot['hear']
  readonly store: Store
  readonly setting: activities.Setting
}

const here = (place: 'personal' | 'groupChat' | 'channel'): Here => {
  const store = memoryStore()
  let ids = 0
  const offline = offlineBot({ directory, newId: () => `run-${(ids += 1)}`, now: () => new Date(), store, tenantId: contoso.id })
  return { hear: offline.hear, store, setting: settingOf(place) }
}

/** What Teams tells, and how often the bot may speak of it where it has, or has not, greeted yet. */
const events = {
  add: (setting: activities.Setting) => activities.installation(setting, 'add'),
  'add-upgrade': (setting: activities.Setting) => activities.installation(setting, 'add-upgrade'),
  remove: (setting: activities.Setting) => activities.installation(setting, 'remove'),
  'remove-upgrade': (setting: activities.Setting) => activities.installation(setting, 'remove-upgrade'),
  opened: activities.opened,
  'somebody joins': (setting: activities.Setting) => activities.membership(setting, 'membersAdded', [tricia]),
  'somebody leaves': (setting: activities.Setting) => activities.membership(setting, 'membersRemoved', [tricia]),
  'a name changes': (setting: activities.Setting) => ({
    ...activities.membership(setting, 'membersAdded', []),
    membersAdded: undefined,
    channelData: { eventType: 'channelRenamed', tenant: { id: contoso.id } },
  }),
} as const
type Event = keyof typeof events

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)

test.each(['personal', 'groupChat', 'channel'] as const)(
  `%s: in any order, and twice, one greeting for each time the app came (seed ${seed})`,
  async (place) => {
    const order = fc.array(fc.record({ event: fc.constantFrom(...(Object.keys(events) as Event[])), twice: fc.boolean() }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(order, async (steps) => {
        const { hear, setting } = here(place)
        let greeted = false
        for (const { event, twice } of steps) {
          const activity = events[event](setting)
          const said = [...(await hear(activity)), ...(twice ? await hear(activity) : [])]
          const comes = event === 'add' || event === 'opened'
          expect({ event, said: said.length }).toEqual({ event, said: comes && !greeted ? 1 : 0 })
          greeted = comes || (greeted && event !== 'remove')
        }
      }),
      { numRuns: 40, seed },
    )
  },
)

test('the greeting of many says what the bot will never do there', async () => {
  for (const place of ['groupChat', 'channel'] as const) {
    const { hear, setting } = here(place)
    const said = JSON.stringify(await hear({ ...activities.installation({ ...setting, locale: 'en-US' }, 'add') }))
    expect(said).toMatch(/I read only what mentions me\. Here I never look up anybody’s role, ask anybody to sign in, name anybody/)
  }
})

describe('taking the app out of the private chat', () => {
  let messages = 0
  const say = ({ hear, setting }: Here, text: string) => hear(activities.message(setting, `m-${(messages += 1)}`, text))
  const recordIn = async ({ store }: Here, key: string) => openPersonRecord((await store.get(`people/${key}`))?.value).record

  /** The keys under which somebody is kept. */
  const watched = (place: Here) => {
    const keys = new Set<string>()
    const { store } = place
    const put: Store['put'] = (key, ...rest) => (keys.add(key), store.put(key, ...rest))
    return { keys, store: { ...store, put } }
  }

  test('ends what was on screen in every chat; guides and choices stay until “forget me”', async () => {
    const store = memoryStore()
    const { keys, store: noting } = watched({ hear: async () => [], store, setting: settingOf('personal') })
    const offline = offlineBot({ directory, newId: () => 'run-1', now: () => new Date(), store: noting, tenantId: contoso.id })
    const place: Here = { hear: offline.hear, store, setting: settingOf('personal') }
    await place.hear(activities.installation(place.setting, 'add'))
    await say(place, 'in English please')
    await say(place, 'we have microsoft 365 and want azure')
    const [key = ''] = [...keys].map((each) => each.replace('people/', ''))
    const before = await recordIn(place, key)
    expect(Object.keys(before.views)).toHaveLength(1)
    await place.hear(activities.installation(place.setting, 'remove'))
    const after = await recordIn(place, key)
    expect(after.views).toEqual({})
    expect(after.owed).toEqual([])
    expect(after.person).toEqual(before.person)
    const again = JSON.stringify(await place.hear(activities.installation(place.setting, 'add')))
    expect(again).toContain('One tenant for Microsoft 365 and Azure')
    expect(JSON.stringify(await say(place, 'my guides'))).toContain('Add Azure to Microsoft 365')
  })

  test('of somebody who did nothing yet, nothing stays', async () => {
    const place = here('personal')
    await place.hear(activities.installation(place.setting, 'add'))
    await place.hear(activities.installation(place.setting, 'remove'))
    expect(await sweepIdle(place.store, new Date(Date.now() + 1000), {})).toBe(0)
  })

  test('two private chats of one person: one guide, each with what is on its own screen', async () => {
    const place = here('personal')
    const second = (text: string) => {
      const { conversation, ...rest } = activities.message(place.setting, `m-${(messages += 1)}`, text)
      return place.hear({ ...rest, conversation: { ...Object(conversation), id: 'a:another-session' } })
    }
    await say(place, 'nous avons microsoft 365 et voulons azure')
    await say(place, 'sur le web')
    await say(place, 'oui')
    expect(JSON.stringify(await second('1'))).not.toContain('Étape 2')
    expect(JSON.stringify(await second('suivant'))).toContain('Étape 2')
    expect(JSON.stringify(await say(place, 'où en suis-je ?'))).toContain('Étape 2')
    await place.hear(activities.installation(place.setting, 'remove'))
    expect(JSON.stringify(await second('suivant'))).toContain('Étape 3')
  })
})
