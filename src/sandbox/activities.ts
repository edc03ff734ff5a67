import { randomUUID } from 'node:crypto'
import { conversationId, type SandboxChat } from './chats'
import { serviceUrl } from './connector'
import type { Place } from './protocol'
import type { SandboxPerson } from './tenants'

/** Who does something where; what every activity says. */
export interface Setting {
  readonly bot: { readonly id: string; readonly name: string }
  readonly person: SandboxPerson
  readonly chat: SandboxChat
  /** Channels only: the post a message belongs to. */
  readonly thread?: string | undefined
  /** Language of the person's Teams, e.g. `fr-FR`. */
  readonly locale: string
}

/** An activity as Teams posts it to the bot: JSON, typed no further. */
export type Activity = Readonly<Record<string, unknown>>

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const countryOf = (locale: string) => new Intl.Locale(locale).maximize().region

const kinds: Readonly<Record<Place, Activity>> = {
  personal: { conversationType: 'personal' },
  groupChat: { conversationType: 'groupChat', isGroup: true },
  channel: { conversationType: 'channel', isGroup: true },
}

const conversation = ({ chat, thread }: Setting) => ({
  ...kinds[chat.place],
  id: conversationId(chat, thread),
  tenantId: chat.tenantId,
})

const base = (setting: Setting, type: string, id: string): Activity => ({
  type,
  id,
  timestamp: new Date().toISOString(),
  channelId: 'msteams',
  serviceUrl,
  from: { id: setting.person.teamsId, aadObjectId: setting.person.objectId },
  conversation: conversation(setting),
  recipient: setting.bot,
})

const clientInfo = ({ locale }: Setting) => ({
  type: 'clientInfo',
  locale,
  country: countryOf(locale),
  platform: 'Web',
  timezone: 'UTC',
})

/** What a message and an invoke say beyond `base`: the name, and the person's clock and language. */
const spoken = (setting: Setting, type: string, id: string): Activity => {
  const { person, locale } = setting
  const now = new Date().toISOString()
  return {
    ...base(setting, type, id),
    timestamp: now,
    localTimestamp: now.replace('Z', '+00:00'),
    localTimezone: 'UTC',
    from: { id: person.teamsId, name: person.name, aadObjectId: person.objectId },
    locale,
  }
}

const tenant = ({ chat }: Setting) => ({ tenant: { id: chat.tenantId } })
const teamIds = ({ chat }: Setting) => chat.team && { team: { id: chat.team.id }, channel: { id: chat.id } }
const fullTeam = ({ chat }: Setting) => chat.team && { team: chat.team }
const selected = ({ chat }: Setting) => ({ settings: { selectedChannel: { id: chat.id } } })
const fromMessage = { source: { name: 'message' } }

const mentionOf = ({ bot }: Setting) => ({
  type: 'mention',
  mentioned: bot,
  text: `<at>${escapeXml(bot.name)}</at>`,
})

/** The second body real Teams puts beside a formatted message. */
const html = ({ bot }: Setting, text: string, mention: boolean) => {
  const name = `<span itemtype="http://schema.skype.com/Mention" itemscope itemid="0">${escapeXml(bot.name)}</span>&nbsp;`
  const content = `<p>${mention ? name : ''}${escapeXml(text).replace(/\n/g, '<br>')}</p>`
  return { attachments: [{ contentType: 'text/html', content }] }
}

/** A slash command: in a shared place, seen by the bot alone. */
export const aside = (setting: Setting, id: string, text: string): Activity => {
  const written = message(setting, id, text)
  return { ...written, recipient: { ...setting.bot, isTargeted: true } }
}

/** The person writes `text`; `mention` puts the bot's name before it. */
export const message = (setting: Setting, id: string, text: string, mention = false): Activity => {
  const { chat } = setting
  const { platform, ...withoutPlatform } = clientInfo(setting)
  const info = chat.team ? withoutPlatform : { ...withoutPlatform, platform }
  return {
    ...spoken(setting, 'message', id),
    text: mention ? `${mentionOf(setting).text} ${text}` : text,
    textFormat: 'plain',
    ...((mention || text.includes('\n')) && html(setting, text, mention)),
    entities: [...(mention ? [mentionOf(setting)] : []), info],
    channelData: {
      ...(chat.team && { teamsChannelId: chat.id, teamsTeamId: chat.team.id }),
      ...tenant(setting),
      ...teamIds(setting),
    },
  }
}

const cardAction = (setting: Setting, type: string, replyToId: string, value: unknown): Activity => ({
  ...spoken(setting, type, randomUUID()),
  entities: [clientInfo(setting)],
  channelData: { ...fromMessage, ...tenant(setting), ...teamIds(setting) },
  replyToId,
  value,
})

/** `Action.Submit`; only a messageBack brings a text. */
export const submit = (setting: Setting, replyToId: string, value: unknown, text?: string): Activity => ({
  ...cardAction(setting, 'message', replyToId, value),
  ...(text !== undefined && { text, textFormat: 'plain' }),
})

/** `Action.Execute`. */
export const execute = (setting: Setting, replyToId: string, action: Activity): Activity => ({
  ...cardAction(setting, 'invoke', replyToId, { action }),
  name: 'adaptiveCard/action',
})

/** Like or dislike under a message with the feedback loop on. */
export const feedback = (setting: Setting, reaction: 'like' | 'dislike', feedbackText: string): Activity => {
  const { locale: _, localTimezone: __, ...rest } = spoken(setting, 'invoke', randomUUID())
  const actionValue = { reaction, feedback: JSON.stringify({ feedbackText }) }
  return { ...rest, channelData: fromMessage, value: { actionName: 'feedback', actionValue }, name: 'message/submitAction' }
}

/** What somebody does in the message box, or about somebody's message: `query`, `selectItem`, `fetchTask`, `submitAction`. */
export const extension = (setting: Setting, name: string, value: unknown): Activity => ({
  ...spoken(setting, 'invoke', randomUUID()),
  entities: [clientInfo(setting)],
  channelData: { ...tenant(setting), ...teamIds(setting), source: { name: 'compose' } },
  name: `composeExtension/${name}`,
  value,
})

const signIn = (setting: Setting, name: string, value: unknown): Activity => ({
  ...spoken(setting, 'invoke', randomUUID()),
  channelData: { ...fromMessage, ...tenant(setting) },
  name,
  value,
})

/** Teams hands over the person's token for the bot; each of their clients does, with the same `id`. */
export const tokenExchange = (setting: Setting, value: { id: string; connectionName: string; token: string }): Activity =>
  signIn(setting, 'signin/tokenExchange', value)

/** The person signed in in the pop-up, which gave Teams this code. */
export const verifyState = (setting: Setting, code: string): Activity => signIn(setting, 'signin/verifyState', { state: code })

/** The person said no, or Teams could not get a token. */
export const signInFailure = (setting: Setting, code: string, message: string): Activity => signIn(setting, 'signin/failure', { code, message })

/** The app is added to a chat, taken away or replaced by a newer version. */
export const installation = (setting: Setting, action: 'add' | 'remove' | 'add-upgrade' | 'remove-upgrade'): Activity => {
  const { locale, chat } = setting
  const named = chat.place === 'groupChat' && { name: chat.title }
  return {
    ...base(setting, 'installationUpdate', randomUUID()),
    conversation: { ...conversation(setting), ...named },
    locale,
    entities: [{ type: 'clientInfo', locale }],
    channelData: {
      ...tenant(setting),
      ...fullTeam(setting),
      ...(chat.team && { channel: { id: chat.id } }),
      ...fromMessage,
      ...selected(setting),
    },
    action,
  }
}

/** Comes with the installation: the bot is a member now; in a personal chat the person too. */
export const opened = (setting: Setting): Activity => {
  const { bot, person, chat } = setting
  const theBot = { id: bot.id }
  const both = [{ id: person.teamsId, aadObjectId: person.objectId }, theBot]
  return {
    ...base(setting, 'conversationUpdate', randomUUID()),
    membersAdded: chat.place === 'personal' ? both : [theBot],
    channelData: {
      ...tenant(setting),
      ...(chat.team && { ...fullTeam(setting), eventType: 'teamMemberAdded', ...selected(setting) }),
    },
  }
}

/** People join or leave. */
export const membership = (setting: Setting, change: 'membersAdded' | 'membersRemoved', people: readonly SandboxPerson[]): Activity => ({
  ...base(setting, 'conversationUpdate', randomUUID()),
  [change]: people.map(({ teamsId, objectId }) => ({ id: teamsId, aadObjectId: objectId })),
  channelData: {
    ...tenant(setting),
    ...(setting.chat.team && { ...fullTeam(setting), eventType: change.replace('members', 'teamMember') }),
  },
})

/** A reaction to a message; it brings no text. */
export const reaction = (setting: Setting, replyToId: string, type: string): Activity => ({
  ...base(setting, 'messageReaction', randomUUID()),
  reactionsAdded: [{ type }],
  replyToId,
})

/** The person edits what they wrote (`id` is the message's) … */
export const edit = (setting: Setting, id: string, text: string, mention = false): Activity => {
  const written = message(setting, id, text, mention)
  return { ...written, type: 'messageUpdate', channelData: { ...Object(written.channelData), eventType: 'editMessage' } }
}

/** … or deletes it. */
export const softDelete = (setting: Setting, id: string): Activity => ({
  ...base(setting, 'messageDelete', id),
  channelData: { ...tenant(setting), ...teamIds(setting), eventType: 'softDeleteMessage' },
})
