import type { Chat } from './protocol'
import type { SandboxPerson, SandboxTenant } from './tenants'

/** A chat with what Teams knows of it and the page does not show. */
export interface SandboxChat extends Chat {
  /** Without the thread; see `conversationId`. */
  readonly id: string
  readonly tenantId: string
  readonly members: readonly SandboxPerson[]
  /** Channels only. */
  readonly team?: { readonly id: string; readonly name: string; readonly aadGroupId: string }
}

const team = { id: '19:general@thread.tacv2', name: 'Contoso IT', aadGroupId: '99999999-9999-4999-8999-999999999999' }
const threadMark = ';messageid='

const personalChat = (tenantId: string, person: SandboxPerson): SandboxChat => ({
  key: `personal-${person.key}`,
  place: 'personal',
  title: 'OneTenant',
  id: `a:personal-${person.key}`,
  tenantId,
  members: [person],
})

/** A personal chat per person, one group chat, one channel (General, whose id is its team's); of a crowd, each has a group chat as well. */
export const chatsOf = ({ id: tenantId, people }: SandboxTenant, crowd: readonly SandboxPerson[] = []): readonly SandboxChat[] => [
  ...[...people, ...crowd].map((person) => personalChat(tenantId, person)),
  { key: 'group', place: 'groupChat', title: 'Subscription setup', id: '19:group-setup@thread.v2', tenantId, members: people },
  ...crowd.map((person): SandboxChat => ({
    key: `group-${person.key}`,
    place: 'groupChat',
    title: person.name,
    id: `19:group-${person.key}@thread.v2`,
    tenantId,
    members: [...people, person],
  })),
  { key: 'channel', place: 'channel', title: 'Contoso IT › General', id: team.id, tenantId, members: [...people, ...crowd], team },
]

/** Id of a conversation; in a channel each thread is one of its own. */
export const conversationId = (chat: SandboxChat, thread?: string): string => (thread ? chat.id + threadMark + thread : chat.id)

/** The chat and thread behind a conversation id. */
export const findConversation = (chats: readonly SandboxChat[], id: string) => {
  const [plain, thread] = id.split(threadMark)
  const chat = chats.find((each) => each.id === plain)
  return chat && { chat, thread }
}
