/** How are records kept for as long as the process lives, and no longer? For trying things out. */
import { checkVersion, nextText, parseStored } from './stored-text'
import type { Store } from './store'

export const memoryStore = (now = () => new Date()): Store => {
  const texts = new Map<string, string>()
  return {
    get: async (key) => {
      const text = texts.get(key)
      return text === undefined ? undefined : parseStored(text)
    },
    put: async (key, value, etag, at = now()) => {
      checkVersion(key, texts.get(key), etag)
      const next = nextText(value, at)
      texts.set(key, next.text)
      return next.etag
    },
    remove: async (key, etag) => {
      const present = texts.get(key)
      if (present === undefined) return
      checkVersion(key, present, etag)
      texts.delete(key)
    },
    idleSince: async function* (before) {
      for (const [key, text] of texts) {
        const { etag, at } = parseStored(text)
        if (new Date(at) < before) yield { key, etag }
      }
    },
    close: () => Promise.resolve(),
  }
}
