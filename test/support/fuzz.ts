/** What anybody could post with a good token: whole activities, changed in places, and bodies that are none; and what must never come of them. */
import fc from 'fast-check'
import { chatsOf, conversationId } from '../../src/sandbox/chats'
import { crowdOf } from '../../src/sandbox/crowd'
import { serviceUrl } from '../../src/sandbox/connector'
import { contoso } from '../../src/sandbox/tenants'
import { inPool } from './experience'
import type { Sandbox } from './harness'

const others = crowdOf(40)
/** How many people the sandbox has to have for it (`crowd`); the last of them is left alone. */
export const crowd = others.length + 1
export const bystander = `p${crowd}`

const people = [...contoso.people, ...others]
const conversations = chatsOf(contoso, others).map((chat) => ({
  id: conversationId(chat, chat.place === 'channel' ? '1795348888363' : undefined),
  conversationType: chat.place === 'personal' ? 'personal' : chat.place === 'channel' ? 'channel' : 'groupChat',
  tenantId: contoso.id,
}))

/** Stands in everything hostile, so that what is shown or logged of it can be told. */
export const marker = 'evil.example'

const hostile = fc.constantFrom(
  '',
  ' ',
  `[Reset your password](https://${marker})`,
  `<at>${marker}</at>`,
  `{{DATE(2026-01-01T00:00:00Z, SHORT)}} ${marker}`,
  `\${$root} \${if(true, "${marker}", 1)}`,
  `__proto__`,
  `constructor`,
  `${marker}\u0000\u202E\uD800`,
  `\u200F${marker}\u{1F468}\u200D\u{1F469}`,
  `${'x'.repeat(30_000)} ${marker}`,
  `${'\n'.repeat(2_000)}${marker}`,
  `../../${marker}`,
  `'; drop table people; -- ${marker}`,
  'null',
  '-1e999',
)
const words = fc.constantFrom(
  'hello',
  'we have microsoft 365 and want azure',
  'nous avons azure et voulons microsoft 365',
  'what is my role?',
  'next',
  'suivant',
  'back',
  'done',
  'why?',
  'undo',
  'en français',
  'in english',
  'which step am I on?',
  'my guides',
  'stop',
  '5e0d7c1a-2b34-4c56-8d78-9e0f1a2b3c4d',
  'contoso.onmicrosoft.com',
  '123456',
  'AADSTS50020',
)
const text = fc.oneof(
  { weight: 5, arbitrary: words },
  { weight: 2, arbitrary: hostile },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
)
const junk = fc.oneof(fc.jsonValue({ maxDepth: 3 }), hostile, fc.constantFrom(null, 0, -1, true, [], {}, [[[[[[]]]]]]))
const deep = fc.integer({ min: 40, max: 400 }).map((depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`))

const verbs = [
  'topic',
  'start',
  'done',
  'back',
  'skip',
  'undo',
  'resume',
  'speak',
  'forget-me',
  'forget-me-yes',
  'check-again',
  'prove',
  'my-runs',
  'cancel',
  'proceed',
]
const data = fc.record(
  {
    verb: fc.oneof(fc.constantFrom(...verbs), hostile),
    topic: fc.oneof(fc.constantFrom('azure-for-m365', 'check-role', 'verify-setup', 'link-existing', 'help'), hostile),
    run: fc.oneof(fc.string(), hostile),
    rev: fc.oneof(fc.integer(), junk),
    lang: fc.oneof(fc.constantFrom('en', 'fr', 'de'), hostile),
    contract: fc.oneof(fc.constantFrom('web', 'ea', 'partner', 'unknown'), junk),
    subscription: text,
  },
  { requiredKeys: [] },
)
const action = fc.record({ action: fc.record({ type: fc.constant('Action.Execute'), verb: text, data: fc.oneof({ weight: 4, arbitrary: data }, junk) }) })

/** What an activity of each kind has beside its envelope. Most lead to no turn of their own, which is what takes time. */
const kinds = fc.oneof(
  fc.record({ type: fc.constant('message'), text }),
  fc.record({ type: fc.constant('message'), text, value: fc.oneof(data, junk), replyToId: text }, { requiredKeys: ['type', 'value'] }),
  fc.record({ type: fc.constant('message'), text, attachments: junk, entities: junk, textFormat: text }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constant('invoke'), name: fc.constant('adaptiveCard/action'), value: fc.oneof({ weight: 4, arbitrary: action }, junk) }),
  fc.record({
    type: fc.constant('invoke'),
    name: fc.oneof(fc.constantFrom('signin/tokenExchange', 'signin/verifyState', 'signin/failure', 'task/fetch', 'composeExtension/query'), hostile),
    value: fc.oneof(fc.record({ id: text, token: text, connectionName: text, state: text, code: text }, { requiredKeys: [] }), junk),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('conversationUpdate'), membersAdded: junk, membersRemoved: junk, channelData: junk }, { requiredKeys: ['type'] }),
  },
  fc.record({ type: fc.constant('installationUpdate'), action: fc.oneof(fc.constantFrom('add', 'remove', 'add-upgrade'), hostile) }),
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom('messageReaction', 'messageUpdate', 'messageDelete', 'event', 'typing', 'endOfConversation', 'trace'),
      text,
      value: junk,
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: hostile.filter((type) => type !== '') }) },
)

const envelope = fc.record({
  id: fc.uuid(),
  channelId: fc.constant('msteams'),
  serviceUrl: fc.constant(serviceUrl),
  from: fc.constantFrom(...people).map(({ teamsId, objectId }) => ({ id: teamsId, aadObjectId: objectId, name: `**${marker}**` })),
  recipient: fc.constant({ id: '28:4f1b2c3d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', name: 'OneTenant' }),
  conversation: fc.constantFrom(...conversations),
  locale: fc.constantFrom('en-US', 'fr-FR', 'de-DE'),
})

/** Fields put in the place of others, wherever; `serviceUrl` stays, as the token says the same. */
const change = fc.dictionary(
  fc.constantFrom(
    'id',
    'from',
    'recipient',
    'conversation',
    'locale',
    'channelData',
    'entities',
    'value',
    'name',
    'text',
    'type',
    'replyToId',
    'timestamp',
    'toString',
  ),
  fc.oneof({ weight: 6, arbitrary: junk }, { weight: 1, arbitrary: deep }),
  { maxKeys: 2 },
)
const changed = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: change })

const activity = fc.tuple(envelope, kinds, changed).map((parts): unknown => Object.assign({}, ...parts))
const body = fc.oneof({ weight: 9, arbitrary: activity }, { weight: 1, arbitrary: fc.oneof(junk, fc.string()) })

/** So many at once, from as many people. */
const together = 25
const perSeed = 250

/** Posts them, or as many as fit into the time; throws the first that came to what may not be, with the seed that makes it again. */
export const fuzz = async (
  { teams, bot }: Sandbox,
  { total, mostMs }: { total: number; mostMs: number },
  firstSeed = Date.now() % 1_000_000,
): Promise<void> => {
  const check = async (sent: unknown, seed: number) => {
    const { status, body: answer } = await teams.post(sent)
    const said = JSON.stringify(answer) ?? ''
    const isFine = [200, 400, 403, 404, 412].includes(status) && !/\bat .*\.[jt]s:\d|node_modules/.test(said)
    if (!isFine || shows(said)) throw new Error(`seed ${seed}: ${status} ${said.slice(0, 500)} after ${JSON.stringify(sent).slice(0, 2_000)}`)
  }
  const giveUp = Date.now() + mostMs
  for (let seed = firstSeed; seed < firstSeed + total / perSeed && Date.now() < giveUp; seed += 1)
    await inPool(together, fc.sample(body, { numRuns: perSeed, seed }), (each) => check(each, seed))
  const shown = teams.messages().filter(({ from, cards, text: said }) => from === 'bot' && shows(JSON.stringify({ cards, said })))
  if (shown.length > 0) throw new Error(`the bot says: ${JSON.stringify(shown[0])}`)
  const logged = bot.logs.filter((line) => line.includes(marker) || line.includes('"msg":"a turn failed"') || !line.startsWith('{'))
  if (logged.length > 0) throw new Error(`the log says: ${logged[0]}`)
}

/** Something hostile that came back: as a link, a mention, a function or an expression. */
const shows = (said: string): boolean => new RegExp(`\\]\\([^)]*${marker}|https?://${marker}|<at>|\\{\\{DATE|\\$\\{`).test(said)
