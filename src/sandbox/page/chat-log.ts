/** The messages of all chats, in the order in which they came. */
import type { ChatMessage } from '../protocol'

export interface ChatLog {
  readonly all: () => readonly ChatMessage[]
  readonly of: (chat: string) => readonly ChatMessage[]
  /** Adds or replaces a message; tells which, or that it was known already. */
  readonly keep: (message: ChatMessage) => 'new' | 'changed' | 'known'
  readonly has: (id: string) => boolean
  readonly find: (id: string) => ChatMessage | undefined
  readonly drop: (id: string) => void
}

export const createChatLog = (): ChatLog => {
  const messages = new Map<string, ChatMessage>()
  return {
    all: () => [...messages.values()],
    of: (chat) => [...messages.values()].filter((message) => message.chat === chat),
    keep: (message) => {
      const before = messages.get(message.id)
      messages.set(message.id, message)
      if (!before) return 'new'
      return JSON.stringify(before) === JSON.stringify(message) ? 'known' : 'changed'
    },
    has: (id) => messages.has(id),
    find: (id) => messages.get(id),
    drop: (id) => {
      messages.delete(id)
    },
  }
}
