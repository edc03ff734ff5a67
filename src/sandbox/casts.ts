/** How can the same people be in the sandbox several times, so that many talks share one bot and none sees another? */
import { chatsOf, type SandboxChat } from './chats'
import { idOf } from './person-id'
import type { Handler } from './http'
import { contoso, type SandboxPerson } from './tenants'

/** Contoso's people once more, by other ids and with chats of their own: `kelley.3`, `personal-kelley.3`, `group.3`, `channel.3`. */
export interface Cast {
  readonly people: readonly SandboxPerson[]
  readonly chats: readonly SandboxChat[]
}

/** The key of somebody or of a chat in a cast. */
export const inCast = (key: string, number: number): string => `${key}.${number}`

const marked = (id: string, number: number): string => id.replace(/(?=@|$)/, `-${number}`)

const castOf = (number: number): Cast => {
  const people = contoso.people.map((person) => ({
    ...person,
    key: inCast(person.key, number),
    objectId: idOf(inCast(person.key, number)),
    teamsId: marked(person.teamsId, number),
  }))
  const chats = chatsOf({ ...contoso, people }).map((chat) => {
    if (chat.place === 'personal') return chat
    const id = marked(chat.id, number)
    return { ...chat, key: inCast(chat.key, number), id, ...(chat.team && { team: { ...chat.team, id } }) }
  })
  return { people, chats }
}

export const castsOf = (size: number): readonly Cast[] => Array.from({ length: size }, (_, index) => castOf(index + 1))

/** The directory knows everybody once: it is asked for those a cast plays. */
export const askedForOriginals = (casts: readonly Cast[], handler: Handler): Handler => {
  if (casts.length === 0) return handler
  const originals = new Map(
    casts.flatMap(({ people }) => people.map(({ objectId }, index) => [objectId, contoso.people[index]?.objectId ?? objectId] as const)),
  )
  const named = (text: string) => text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, (id) => originals.get(id) ?? id)
  return (request) => handler({ ...request, url: new URL(named(request.url.href)), body: named(request.body) })
}
