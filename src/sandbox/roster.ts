import type { SandboxChat } from './chats'
import type { SandboxPerson } from './tenants'

const describe = ({ tenantId }: SandboxChat, { teamsId, objectId, name, userPrincipalName }: SandboxPerson) => {
  const [givenName, ...surname] = name.split(' ')
  return {
    id: teamsId,
    aadObjectId: objectId,
    name,
    givenName,
    surname: surname.join(' '),
    email: userPrincipalName,
    userPrincipalName,
    tenantId,
    userRole: 'user',
  }
}

/** Members of a chat as the connector names them. */
export const membersOf = (chat: SandboxChat) => chat.members.map((person) => describe(chat, person))

/** The bot counts as a member too, without being listed. */
export const pagedMembersOf = (chat: SandboxChat) => ({ members: membersOf(chat), totalCount: chat.members.length + 1 })

/** By Teams id or object id. */
export const memberOf = (chat: SandboxChat, id: string) => membersOf(chat).find((member) => member.id === id || member.aadObjectId === id)

/** The team a channel belongs to, by the team's id. */
export const teamOf = (chats: readonly SandboxChat[], id: string) => {
  const channel = chats.find(({ team }) => team?.id === id)
  return (
    channel && {
      ...channel.team,
      tenantId: channel.tenantId,
      type: 'standard',
      channelCount: 1,
      memberCount: channel.members.length,
    }
  )
}
