import type { Broadcast } from './broadcast'
import type { ChatMessage, SceneEvent } from './protocol'

/** What a message says; the rest (`id`, `at`, `edited`) is given to it. */
export type Said = Pick<ChatMessage, 'chat' | 'from'> & Partial<ChatMessage>

export interface Transcript {
  readonly messages: () => readonly ChatMessage[]
  readonly find: (chat: string, id: string) => ChatMessage | undefined
  readonly add: (said: Said) => ChatMessage
  /** Undefined when there is no such message. */
  readonly change: (chat: string, id: string, change: Partial<ChatMessage>) => ChatMessage | undefined
  readonly remove: (chat: string, id: string) => boolean
  /** Message ids are milliseconds, as in Teams, and never given twice. */
  readonly nextId: () => string
}

/** Everything said in all chats, in order, told to whoever listens on `events`. */
export const createTranscript = (events: Broadcast<SceneEvent>): Transcript => {
  const byId = new Map<string, ChatMessage>()
  let last = 0

  const nextId = () => String((last = Math.max(last + 1, Date.now())))
  const find: Transcript['find'] = (chat, id) => {
    const message = byId.get(id)
    return message?.chat === chat ? message : undefined
  }
  const add: Transcript['add'] = (said) => {
    const message = { id: nextId(), at: new Date().toISOString(), cards: [], suggestions: [], edited: false, ...said }
    byId.set(message.id, message)
    events.emit({ kind: 'message', message })
    return message
  }
  const change: Transcript['change'] = (chat, id, changes) => {
    const old = find(chat, id)
    if (!old) return undefined
    const message = { ...old, ...changes }
    byId.set(id, message)
    events.emit({ kind: 'updated', message })
    return message
  }
  const remove: Transcript['remove'] = (chat, id) => {
    if (!find(chat, id)) return false
    byId.delete(id)
    events.emit({ kind: 'deleted', chat, id })
    return true
  }
  return { messages: () => [...byId.values()], find, add, change, remove, nextId }
}
