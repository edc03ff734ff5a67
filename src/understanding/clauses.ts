/** Which parts does a message have? Small words at its ends are parts of their own, as they may be all that one part says. */
import { readable } from './clean'

const mostParts = 5
const sentenceEnd =
  /(?<=[.?!…。？！])\s+|(?<=\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}]?)\s*(?=[\p{L}\p{N}])|\s+(?=\p{Extended_Pictographic})|[;:]\s+|\s+[-–—]+\s+/u
const comma = /,\s+/u
/** Words that may begin another thing; they stay with what they begin. */
const joins = /\s+(?=(?:and|but|so|then|because|though|however|et|mais|donc|alors|puis|sinon|car|du coup|parce que|by the way|btw|au fait)\s+\p{L})/iu
/** What is said before the thing itself; anything may follow it without a comma. */
const openers =
  /^((?:ok(?:ay|ey|i)?|k|kk|oki|alright|all right|right|well|sure|yes|yep|yeah|yup|no|nope|nah|non|nan|oui|ouais|d['’ ]?accord|dac|thanks(?: a lot| so much)?|thank you(?: very much| so much)?|thx|ty|cheers|merci(?: beaucoup| bien| infiniment)?|mci|hi|hello|hey|bonjour|bjr|bonsoir|salut|slt|good (?:morning|afternoon|evening)|great|perfect|parfait|super|sorry|oops|oups|pardon|désolée?|desolee?|i see|got it|je vois|entendu|compris|understood))(?:\s+|\s*[,.!:]\s*)(?=\S)/iu

const closers = /\s+((?:thanks|thank you|thx|ty|ta|cheers|merci|bye|goodbye|ciao|à plus|a plus|bonne soirée|bonne journée|bonne soiree|bonne journee)[.! ]*)$/iu

const filled = (parts: readonly string[]): string[] =>
  parts.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}\p{Extended_Pictographic}]|^\?+$/u.test(part))

const splitBy = (parts: readonly string[], pattern: RegExp): string[] => filled(parts.flatMap((part) => part.split(pattern)))

const withoutEnds = (part: string): string[] => {
  const opened = openers.exec(part)
  if (opened?.[1]) return [opened[1], ...withoutEnds(part.slice(opened[0].length))]
  const closed = closers.exec(part)
  if (closed?.[1] && closed.index > 0) return [...withoutEnds(part.slice(0, closed.index)), closed[1]]
  return [part]
}

/** Too many are joined in the middle: what is meant mostly stands at the ends. */
const limited = (parts: readonly string[]): readonly string[] => {
  if (parts.length <= mostParts) return parts
  return [...parts.slice(0, 2), parts.slice(2, -2).join(', '), ...parts.slice(-2)]
}

/** At least one part for a message with any word; in order. */
export const clausesOf = (raw: string): readonly string[] => {
  const text = readable(raw)
  const sentences = splitBy([text], sentenceEnd)
  const parts = splitBy(splitBy(sentences, comma), joins).flatMap(withoutEnds)
  const found = filled(parts)
  return found.length === 0 ? [text] : limited(found)
}
