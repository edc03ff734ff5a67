/** Every kind of message and event that Teams sends, through HTTP: what is written, attached, forwarded, quoted, edited, deleted, pressed or refreshed. */
import type { Activity, Setting } from '../../src/sandbox/activities'
import { activities, asReply, callsTo, conversation, startSandbox, startSteps, titleOf, type Reply, type Sandbox } from '../support/harness'

let sandbox: Sandbox
let people = 0
let count = 0
const opened = new Set<string>()

beforeAll(async () => {
  sandbox = await startSandbox({ crowd: 64 })
})
afterAll(() => sandbox.stop())

interface Spot {
  readonly person: string
  readonly chat: string
  readonly locale: string
}

/** Somebody whom the bot has not met yet, in their own chat. */
const somebody = (locale = 'en-US'): Spot => {
  people += 1
  return { person: `p${people}`, chat: `personal-p${people}`, locale }
}
const inGroup = (locale = 'en-US'): Spot => ({ person: 'kelley', chat: 'group', locale })
const inChannel = (locale = 'en-US'): Spot => ({ person: 'kelley', chat: 'channel', locale })

type Change = Readonly<Record<string, unknown>>
const without = (activity: Change): Activity => Object.fromEntries(Object.entries(activity).filter(([, value]) => value !== undefined))

/** The app is there before anybody writes. */
const open = async (spot: Spot) => {
  if (opened.has(spot.chat)) return
  opened.add(spot.chat)
  // With its language, so that nothing else is waited for.
  await sandbox.teams.deliver(spot, (setting) => activities.installation(setting, 'add'))
}

/** A message as Teams sends it, with `change` laid over; what is undefined there is left out. */
const send = async (spot: Spot, change: Change | ((setting: Setting) => Change)): Promise<Reply> => {
  await open(spot)
  const id = `m-${(count += 1)}-${spot.person}`
  const build = (setting: Setting) => without({ ...activities.message(setting, id, ''), ...(typeof change === 'function' ? change(setting) : change) })
  return asReply(await sandbox.teams.deliver(spot, build))
}

const mentionOf = ({ bot }: Setting, said = `<at>${bot.name}</at>`, name = bot.name) => ({ type: 'mention', text: said, mentioned: { id: bot.id, name } })

/** In a guide, at its first step. */
const atStep = async (spot: Spot) => {
  const { person, locale } = spot
  const talk = conversation(sandbox, { person, locale })
  await talk.say(
    locale.startsWith('fr')
      ? 'nous avons azure et microsoft 365 dans deux locataires, comment les relier'
      : 'we have azure and microsoft 365 in two tenants, link them',
  )
  if (locale.startsWith('fr')) {
    await talk.press('Commencer', { inputs: { contract: 'unknown' } })
    await talk.press('Commencer', { inputs: { account: 'yes' } })
  } else await startSteps(talk, 'unknown')
  return talk
}

const stepIn = async (talk: { say: (text: string) => Promise<Reply> }): Promise<string> =>
  /[Ss]tep (\d+) of \d+/.exec((await talk.say('which step am I on?')).text)?.[1] ?? 'none'

describe('mentions', () => {
  test('a name full of signs that mean something to patterns is no part of the question', async () => {
    const name = 'Setup Bot (dev) [*]'
    const { text } = await send(inGroup(), ({ bot }) => ({
      text: `<at>${name}</at> what is a tenant?`,
      recipient: { ...bot, name },
      entities: [{ type: 'mention', text: `<at>${name}</at>`, mentioned: { id: bot.id, name } }],
    }))
    expect(text).toContain('tenant')
    expect(text).not.toContain('[*]')
  })

  test('line ends around a mention', async () => {
    const { card } = await send(inChannel(), (setting) => ({ text: `\r\n<at>${setting.bot.name}</at>&nbsp;help\r\n`, entities: [mentionOf(setting)] }))
    expect(titleOf(card)).toBe('What you can ask me')
  })

  test('twice, and somebody else too', async () => {
    const { text, status } = await send(inGroup(), (setting) => ({
      text: `<at>${setting.bot.name}</at> can <at>🦄 *Bold* [x](https://evil.example) &lt;b&gt;</at> buy microsoft 365? <at>${setting.bot.name}</at>`,
      entities: [
        mentionOf(setting),
        mentionOf(setting),
        {
          type: 'mention',
          text: '<at>🦄 *Bold* [x](https://evil.example) &lt;b&gt;</at>',
          mentioned: { id: '29:o', name: '🦄 *Bold* [x](https://evil.example) <b>' },
        },
      ],
      from: { id: setting.person.teamsId, aadObjectId: setting.person.objectId, name: `Zoë “Z” 🦄 *Bold* [x](https://evil.example) ${'ñ'.repeat(120)}` },
    }))
    expect(status).toBe(200)
    expect(text).toMatch(/Billing Administrator|role|Which of these do you mean/)
    expect(text).not.toMatch(/evil\.example|🦄|ñññ/)
  })

  test.each([
    ['an ampersand, encoded in the text only', 'Set & Up', '<at>Set &amp; Up</at>', '<at>Set & Up</at>'],
    ['a sign of markup', 'a < b', '<at>a &lt; b</at>', '<at>a &lt; b</at>'],
    ['an emoji', '🦄 One', '<at>🦄 One</at>', '<at>🦄 One</at>'],
    ['letters from right to left', '\u202Bמלווה\u202C', '<at>\u202Bמלווה\u202C</at>', '<at>\u202Bמלווה\u202C</at>'],
  ])('a bot whose name has %s', async (_what, name, written, said) => {
    const { text } = await send(inGroup(), ({ bot }) => ({
      text: `${written} what is a tenant?`,
      recipient: { ...bot, name },
      entities: [{ type: 'mention', text: said, mentioned: { id: bot.id, name } }],
    }))
    expect(text).toMatch(/users and subscriptions|tenant/)
    expect(text).not.toContain(name)
  })

  test('of nobody, or of somebody else only: nothing', async () => {
    for (const spot of [inGroup(), inChannel()]) {
      const none = await send(spot, { text: 'what is a tenant?' })
      const other = await send(spot, {
        text: '<at>Jane</at> what is a tenant?',
        entities: [{ type: 'mention', text: '<at>Jane</at>', mentioned: { id: '29:jane', name: 'Jane' } }],
      })
      expect([none.status, none.messages, other.status, other.messages]).toEqual([200, [], 200, []])
    }
  })
})

describe('what is written as markup', () => {
  test('a table and bold words in a text are read without them', async () => {
    const { text } = await send(somebody(), {
      textFormat: 'xml',
      text: '<div><table><tr><td>Directory</td><td>Default Directory (joe_outlook.com#EXT#)</td></tr></table><p>my subscription is in <b>Default Directory</b>, not in our&nbsp;Microsoft 365 directory</p></div>',
    })
    expect(text).toContain('Bring Azure and Microsoft 365 into one tenant')
    expect(text).not.toMatch(/joe_outlook/)
  })

  test('a code block is explained, and its ids are of no subscription', async () => {
    const { text, card } = await send(somebody(), {
      text: '```\nAADSTS50020: User account from identity provider &#39;live.com&#39; does not exist in tenant &#39;Contoso&#39;\nTrace ID: 0a1b2c3d-0000-1111-2222-333344445555\nCorrelation ID: 0a1b2c3d-0000-1111-2222-333344446666\nTimestamp: 2026-11-27 10:00:00Z\n```',
      attachments: [
        { contentType: 'text/html', content: '<codeblock class="Plaintext"><code>AADSTS50020: User account from identity provider</code></codeblock>' },
      ],
    })
    expect(text).toContain('AADSTS50020')
    expect(JSON.stringify(card)).not.toContain('0a1b2c3d')
  })

  test('angle brackets that are no markup are words', async () => {
    const { text } = await send(somebody(), { text: 'we have < 300 users, > 10 with microsoft 365, what is a tenant?' })
    expect(text).toMatch(/Answer[\s\S]*tenant/)
  })
})

const html = (content: string) => ({ contentType: 'text/html', content })
const picture = [
  { contentType: 'image/*', contentUrl: 'https://smba.trafficmanager.net/emea/v3/attachments/0-abc/views/original' },
  html('<p><img alt="image" src="https://graph.microsoft.com/x" itemid="0-abc"></p>'),
]
const file = (name: string) => [
  {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: `https://contoso.sharepoint.com/x/${name}`,
    name,
    content: { downloadUrl: 'https://contoso.sharepoint.com/dl', uniqueId: 'u1' },
  },
]

describe('what cannot be opened', () => {
  test.each([
    ['a file', file('error.docx'), 'I cannot open files', 'Je ne peux pas ouvrir les fichiers'],
    ['a screenshot', picture, 'I cannot look at pictures', 'Je ne peux pas voir les images'],
    ['a picture as a file', file('shot.PNG'), 'I cannot look at pictures', 'Je ne peux pas voir les images'],
    [
      'a GIF',
      [html('<p><img itemtype="http://schema.skype.com/Giphy" src="https://media.giphy.com/x.gif"></p>')],
      'I cannot look at pictures that move',
      'Je ne peux pas voir les images animées',
    ],
    [
      'a voice message',
      [{ contentType: 'application/vnd.microsoft.card.audio', content: {} }],
      'I cannot listen to or watch recordings',
      'Je ne peux pas écouter ni voir les enregistrements',
    ],
    [
      'a pasted card',
      [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } }],
      'I cannot read cards',
      'Je ne peux pas lire les cartes',
    ],
    ['something quite new', [{ contentType: 'application/x-something-new' }], 'I cannot open files', 'Je ne peux pas ouvrir les fichiers'],
  ])('%s alone: it is said, with what to paste in its place', async (_what, attachments, en, fr) => {
    const english = await send(somebody(), { text: undefined, attachments })
    expect(titleOf(english.card)).toBe(en)
    expect(english.text).toContain('paste')
    expect(english.messages).toHaveLength(1)
    expect(titleOf((await send(somebody('fr-FR'), { text: '', attachments })).card)).toBe(fr)
  })

  test('text beside it is answered, and what was not opened is said', async () => {
    const { text } = await send(somebody(), { text: 'what is a tenant?', attachments: picture })
    expect(text).toMatch(/tenant/)
    expect(text).toContain('I did not look at the picture')
  })

  test('at a step its usual causes come with it, and the place is kept', async () => {
    const spot = somebody()
    const talk = await atStep(spot)
    const before = await stepIn(talk)
    const shown = await send(spot, { text: '', attachments: picture })
    expect(shown.text).toMatch(/I cannot look at pictures[\s\S]*paste[\s\S]*The usual causes/)
    expect(await stepIn(talk)).toBe(before)
  })

  test('in a group it is said there, and nothing more', async () => {
    const { card } = await send(inGroup(), (setting) => ({ text: `<at>${setting.bot.name}</at>`, entities: [mentionOf(setting)], attachments: picture }))
    expect(titleOf(card)).toBe('I cannot look at pictures')
  })

  test('fields that are no attachments at all do no harm', async () => {
    for (const attachments of [null, 'x', 7, {}, [null, 7, { contentType: 3 }]])
      expect((await send(somebody(), { text: 'help', attachments })).text).toContain('What you can ask me')
  })
})

describe('words of others', () => {
  const question = 'we have office 365, how do we get azure with the same users?'
  const forwarded = (content: unknown) => [{ id: '1', contentType: 'forwardedMessageReference', content }, html('<p></p><attachment id="1"></attachment>')]

  test('a forwarded question is answered', async () => {
    const { text } = await send(somebody(), {
      text: '',
      attachments: forwarded(JSON.stringify({ originalMessageId: '1', originalMessageContent: `<p>${question}</p>` })),
    })
    expect(text).toContain('Get Azure for the users you have in Microsoft 365')
  })

  test.each([
    ['no JSON', '{'],
    ['nothing', undefined],
    ['a number', 7],
    ['an object', { originalMessageContent: `<p>${question}</p>` }],
  ])('a forwarded message that is %s does no harm', async (_what, content) => {
    const { status, messages } = await send(somebody(), { text: '', attachments: forwarded(content) })
    expect([status, messages.length]).toEqual([200, 1])
  })

  const quoted = (senderId: string, preview: string) => ({
    entities: [
      { type: 'quotedReply', quotedReply: { messageId: '1748000000000', senderId, senderName: 'x', preview, time: '1748000000000', isReplyDeleted: false } },
    ],
  })

  test('“next” to a card of the bot that is quoted is next', async () => {
    const spot = somebody()
    const talk = await atStep(spot)
    const { text } = await send(spot, ({ bot }) => ({
      text: '<quoted messageId="1748000000000"/> next',
      ...quoted(bot.id, 'Step 1 of 7: Look for what cannot move'),
      attachments: [
        html(
          `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1748000000000"><strong itemprop="mri">${bot.name}</strong><p itemprop="preview">Step 1 of 7</p></blockquote><p>next</p>`,
        ),
      ],
    }))
    expect(text).toContain('Step 2 of')
    expect(await stepIn(talk)).toBe('2')
  })

  test('a colleague’s question that is quoted is what “can you help?” is about', async () => {
    const { text } = await send(inGroup(), (setting) => ({
      text: `<quoted messageId="1"/> <at>${setting.bot.name}</at> any idea about this?`,
      entities: [...quoted('29:jane', question).entities, mentionOf(setting)],
    }))
    expect(text).toContain('Get Azure for the users you have in Microsoft 365')
  })

  test('and one’s own question beside a quote stands alone', async () => {
    const { text } = await send(somebody(), { text: 'what is a tenant?', ...quoted('29:jane', 'we are in an enterprise agreement') })
    expect(text).not.toMatch(/Enterprise Agreement \(EA\)/)
    expect(text).toMatch(/tenant/i)
  })

  test('a quote in older clients is read from the formatted text', async () => {
    const { text } = await send(somebody(), {
      text: '',
      attachments: [
        html(
          `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri" itemid="8:orgid:x">Jane</strong><p itemprop="preview">${question}</p></blockquote>`,
        ),
      ],
    })
    expect(text).toContain('Get Azure for the users you have in Microsoft 365')
  })
})

describe('edited, deleted, reacted to', () => {
  const edit = (spot: Spot, id: string, text: string, mention = false) =>
    sandbox.teams.deliver(spot, (setting) => activities.edit(setting, id, text, mention)).then(asReply)

  test('a question edited at once has its answer replaced', async () => {
    const spot = somebody()
    const first = await send(spot, { id: 'e-1', text: 'how do I get tennis with my office 365?' })
    const { messages, text } = await edit(spot, 'e-1', 'how do I get azure with my office 365?')
    expect(messages.map(({ id }) => id)).toEqual(first.messages.map(({ id }) => id))
    expect(text).toContain('Get Azure for the users you have in Microsoft 365')
    const again = await edit(spot, 'e-1', 'what is a tenant?')
    expect(again.messages.map(({ id }) => id)).toEqual(first.messages.map(({ id }) => id))
    expect(titleOf(again.card)).not.toBe(titleOf(first.card))
  })

  test('a step that was moved by the words before is moved back first', async () => {
    const spot = somebody()
    const talk = await atStep(spot)
    await send(spot, { id: 'e-2', text: 'next' })
    const { text } = await edit(spot, 'e-2', "I'm stuck")
    expect(text).toContain('Step 1 of')
    expect(await stepIn(talk)).toBe('1')
  })

  test('once something else was answered, an edit changes nothing', async () => {
    const spot = somebody()
    await send(spot, { id: 'e-3', text: 'what is a tenant?' })
    await send(spot, { id: 'e-4', text: 'help' })
    const { status, messages } = await edit(spot, 'e-3', 'which role do I need?')
    expect([status, messages]).toEqual([200, []])
  })

  test('where others read along the answer is replaced too, and the page is turned back', async () => {
    const spot = inGroup()
    const mentioned = (text: string, id: string) =>
      send(spot, (setting) => ({ id, text: `<at>${setting.bot.name}</at> ${text}`, entities: [mentionOf(setting)] }))
    await mentioned('we have office 365, how do we get azure?', 'e-5')
    await mentioned('restart', 'e-6')
    const next = await mentioned('next', 'e-7')
    const { messages, text } = await edit(spot, 'e-7', 'all steps', true)
    expect(messages.map(({ id }) => id)).toEqual(next.messages.map(({ id }) => id))
    expect(text).toMatch(/All \d+ steps/)
    expect((await mentioned('where are we', 'e-8')).text).toContain('Before you start')
  })

  test('deleting, undeleting and reacting: silence, and no step moved', async () => {
    const spot = somebody()
    const talk = await atStep(spot)
    const events: readonly ((setting: Setting) => Activity)[] = [
      (setting) => activities.softDelete(setting, 'e-9'),
      (setting) => ({ ...activities.edit(setting, 'e-9', 'next'), channelData: { eventType: 'undeleteMessage' } }),
      (setting) => activities.reaction(setting, talk.messages().at(-1)?.id ?? '', 'like'),
      (setting) => ({ ...activities.reaction(setting, 'e-9', 'like'), reactionsAdded: undefined, reactionsRemoved: [{ type: 'like' }] }),
    ]
    for (const event of events) {
      const { status, messages } = await sandbox.teams.deliver(spot, event)
      expect([status, messages]).toEqual([200, []])
    }
    expect(await stepIn(talk)).toBe('1')
  })
})

describe('presses', () => {
  const value = (data: unknown, trigger?: string) => ({ action: { type: 'Action.Execute', title: 'x', verb: 'x', data }, ...(trigger && { trigger }) })
  const invoke = (spot: Spot, replyToId: string, sent: Change) =>
    sandbox.teams.deliver(spot, (setting) => without({ ...activities.execute(setting, replyToId, {}), value: sent })).then(asReply)

  test.each([
    ['of a newer build', { verb: 'teleport', lang: 'en' }],
    ['of nobody knows whom', { foo: 1 }],
  ])('a button %s leaves its card alone and says so to who pressed', async (_what, data) => {
    for (const spot of [somebody(), inGroup()]) {
      const asked = await send(spot, (setting) => ({ text: `<at>${setting.bot.name}</at> what is a tenant?`, entities: [mentionOf(setting)] }))
      const { length } = callsTo(sandbox, 'connector')
      const [message] = asked.messages
      const pressed = await invoke(spot, message?.id ?? '', value(data))
      expect([pressed.status, pressed.messages]).toEqual([200, []])
      expect(callsTo(sandbox, 'bot').at(-1)?.response).toMatchObject({
        type: 'application/vnd.microsoft.activity.message',
        value: expect.stringContaining('another version'),
      })
      expect(callsTo(sandbox, 'connector')).toHaveLength(length)
    }
  })

  test('pressed in an older client it is said in a message of its own', async () => {
    const spot = somebody()
    const asked = await send(spot, { text: 'what is a tenant?' })
    const { messages, text } = await sandbox.teams
      .deliver(spot, (setting) => activities.submit(setting, asked.messages[0]?.id ?? '', { verb: 'teleport', lang: 'en' }))
      .then(asReply)
    expect(text).toContain('another version')
    expect(messages.map(({ id }) => id)).not.toContain(asked.messages[0]?.id)
    expect(await send(spot, { text: '1' }).then((reply) => titleOf(reply.card))).not.toBe('I do not know this button')
  })

  test('a client that refreshes a card by itself moves nothing, sends nothing and has the card as it is', async () => {
    const spot = somebody()
    const talk = await atStep(spot)
    const card = talk.messages().at(-1)
    const done = JSON.stringify(card?.cards[0]).match(/"data":(\{"verb":"done"[^{}]*\})/)?.[1] ?? '{}'
    const { length } = callsTo(sandbox, 'connector')
    const refreshed = await invoke(spot, card?.id ?? '', value(JSON.parse(done), 'automatic'))
    expect([refreshed.status, refreshed.messages]).toEqual([200, []])
    expect(JSON.stringify(callsTo(sandbox, 'bot').at(-1)?.response)).toContain('Step 1 of')
    expect(callsTo(sandbox, 'connector')).toHaveLength(length)
    expect(await stepIn(talk)).toBe('1')
    await invoke(spot, card?.id ?? '', value(JSON.parse(done), 'manual'))
    expect(await stepIn(talk)).toBe('2')
  })

  test('an Action.Execute that says less than it should is answered with its card', async () => {
    const spot = somebody()
    const talk = await atStep(spot)
    const card = talk.messages().at(-1)
    const all = JSON.stringify(card?.cards[0]).match(/"data":(\{"verb":"all-steps"[^{}]*\})/)?.[1] ?? '{}'
    const { status } = await sandbox.teams.deliver(spot, (setting) =>
      without({ ...activities.execute(setting, '', {}), replyToId: undefined, value: { action: { type: 'Action.Execute', data: JSON.parse(all) } } }),
    )
    expect(status).toBe(200)
    expect(callsTo(sandbox, 'bot').at(-1)?.response).toMatchObject({ type: 'application/vnd.microsoft.card.adaptive' })
  })

  test.each([
    'task/fetch',
    'composeExtension/query',
    'fileConsent/invoke',
    'config/fetch',
    'handoff/action',
    'application/search',
    'message/fetchTask',
    'message/submitAction',
    'quite/new',
  ])('the invoke %s with nothing to read in it is answered at once, and nothing is sent', async (name) => {
    const { length } = callsTo(sandbox, 'connector')
    const { status, messages } = await sandbox.teams.deliver(somebody(), (setting) => ({ ...activities.verifyState(setting, ''), name, value: { a: 1 } }))
    expect([200, 400, 501]).toContain(status)
    expect(messages).toEqual([])
    expect(callsTo(sandbox, 'connector')).toHaveLength(length)
  })
})

describe('odd envelopes', () => {
  test('null in place of what is left out: the answer, in English', async () => {
    const { text } = await send(somebody(), {
      text: 'what is a tenant?',
      locale: null,
      entities: null,
      channelData: null,
      attachments: null,
      value: null,
      textFormat: null,
      localTimezone: null,
      replyToId: null,
    })
    expect(text).toMatch(/Answer[\s\S]*tenant/)
  })

  test('languages in every form', async () => {
    const spot = somebody('fr_CA')
    await open(spot)
    const plain = (locale: unknown, text: string) =>
      sandbox.teams
        .deliver({ ...spot, locale: 'fr-FR' }, (setting) => ({ ...activities.message(setting, `l-${(count += 1)}`, text), locale, entities: [] }))
        .then(asReply)
    expect((await plain('fr_CA', '👍')).text).toContain('D’accord')
    for (const locale of ['x-iv', '', 'zh-Hant-TW-u-ca-roc', 7]) expect((await plain(locale, 'ok')).status).toBe(200)
  })

  test('somebody who blocked the bot: nothing is sent again and again, and it lives on', async () => {
    const spot = somebody()
    const { length } = callsTo(sandbox, 'connector')
    sandbox.connector.fail({ status: 403, code: 'ConversationBlockedByUser' })
    expect((await send(spot, { text: 'what is a tenant?' })).status).toBe(200)
    expect(callsTo(sandbox, 'connector').length - length).toBeLessThanOrEqual(3)
    sandbox.connector.recover()
    expect((await send(spot, { text: 'what is a tenant?' })).messages).toHaveLength(1)
    expect((await send(spot, { text: 'what is a tenant?' })).text).toMatch(/tenant/)
  })
})

describe('people from elsewhere', () => {
  const guest = { from: { id: '29:1anonymous-meeting-guest', name: 'Alex (Guest)' } }
  const asks = (spot: Spot, text: string, change: Change = {}) =>
    send(spot, (setting) => ({ text: `<at>${setting.bot.name}</at> ${text}`, entities: [mentionOf(setting)], ...change }))
  const meeting = { channelData: { meeting: { id: 'MCMxOTptZWV0aW5nX2Fi' } } }

  test('a guest without an identity in a meeting: no role is claimed, questions are answered', async () => {
    const role = await asks(inGroup(), 'what is my role?', { ...guest, ...meeting })
    expect(role.text).not.toMatch(/You can do this|You hold|Not with the roles/)
    expect(role.messages).toHaveLength(1)
    expect((await asks(inGroup(), 'what is a tenant?', { ...guest, ...meeting })).text).toMatch(/Answer[\s\S]*tenant/)
  })

  test('the same without an identity in a chat of their own', async () => {
    const { text } = await send(somebody(), { ...guest, text: 'what is my role?' })
    expect(text).toContain('I could not check your role')
  })

  test('somebody of another organisation in a shared channel is answered like everybody there', async () => {
    const other = {
      from: { id: '29:external', name: 'Ext Ernal', aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000002', tenantId: '99999999-0000-4000-8000-000000000009' },
    }
    for (const channelType of ['shared', 'private']) {
      const shared = (setting: Setting) => ({
        ...Object(activities.message(setting, 'x', '', true).channelData),
        channel: { id: setting.chat.id, type: channelType },
      })
      const reply = await send(inChannel(), (setting) => ({
        text: `<at>${setting.bot.name}</at> what is a tenant?`,
        entities: [mentionOf(setting)],
        channelData: shared(setting),
        ...other,
      }))
      expect(reply.text).toMatch(/Answer[\s\S]*tenant/)
      const role = await send(inChannel(), (setting) => ({
        text: `<at>${setting.bot.name}</at> what is my role?`,
        entities: [mentionOf(setting)],
        channelData: shared(setting),
        ...other,
      }))
      expect(role.text).not.toMatch(/You can do this|You hold|Not with the roles/)
    }
  })

  test('a chat with the bot from another organisation is told whom to ask, and nothing is looked up', async () => {
    const calls = callsTo(sandbox, 'graph').length
    const { text } = await send(somebody(), (setting) => ({
      text: 'what is my role?',
      conversation: { ...Object(activities.message(setting, 'x', '').conversation), tenantId: '99999999-0000-4000-8000-000000000009' },
    }))
    expect(text).toContain('another organization')
    expect(callsTo(sandbox, 'graph')).toHaveLength(calls)
  })
})
