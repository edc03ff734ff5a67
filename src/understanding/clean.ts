/** What of a raw message is worth reading, and its words: markup, invisible characters, case and accents are out. */

/** A real question fits in this many characters; what follows (a forwarded mail, a log) only blurs the topic and costs time. */
const readableLength = 1_000
/** Markup is wordier than its text, so this much is looked at before it is stripped. */
const rawLength = 20_000
/** Composing may make one character eighteen, and stacked marks make many characters one. */
const composedLength = 6_000

const hiddenBlocks = /^(style|script|head|title|svg)$/i
const tagName = /^<\/?([a-z][a-z0-9]*)/i

/** Walks the text once; a regular expression over nested or unclosed tags could take quadratic time. */
const withoutMarkup = (text: string): string => {
  if (!/<[a-z!/]/i.test(text)) return text
  const kept: string[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('<', at)
    if (open < 0) break
    kept.push(text.slice(at, open))
    const end = endOfTag(text, open)
    if (end === undefined) {
      kept.push('<')
      at = open + 1
    } else {
      kept.push(' ')
      at = end
    }
  }
  return kept.join('') + text.slice(at)
}

/** Where the tag (or the block whose content nobody reads) ends; `undefined` when this is no tag. */
const endOfTag = (text: string, open: number): number | undefined => {
  if (text.startsWith('<!--', open)) return after(text, '-->', open)
  if (/[!/?]/.test(text.charAt(open + 1))) return after(text, '>', open)
  const name = tagName.exec(text.slice(open, open + 12))?.[1]
  if (!name) return undefined
  const end = after(text, '>', open)
  if (!hiddenBlocks.test(name)) return end
  const close = new RegExp(`</${name}\\s*>`, 'gi')
  close.lastIndex = end
  return close.test(text) ? close.lastIndex : text.length
}

const after = (text: string, mark: string, from: number): number => {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found + mark.length
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', rsquo: "'", euro: '€' }

const withoutEntities = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,6})|([a-z])(?:acute|grave|circ|uml|cedil|tilde)|([a-z]{2,6}));/gi, (whole, code, letter, name) => {
    if (code) return Number(code) <= 0x10_ff_ff ? String.fromCodePoint(Number(code)) : ' '
    return letter ?? entities[String(name).toLowerCase()] ?? whole
  })

/** The part of a message that is read: at most 1,000 characters, without markup, invisible characters and stacked marks. */
export const readable = (raw: string): string =>
  withoutEntities(withoutMarkup(raw.slice(0, rawLength)))
    .slice(0, composedLength)
    .normalize('NFKC')
    .replaceAll(/\p{Cf}|\p{Cs}|\p{Co}/gu, '')
    .replaceAll(/\p{Cc}|\s/gu, ' ')
    .replaceAll(/(\p{M})\p{M}+/gu, '$1')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .slice(0, readableLength)

/** Lower case, no accents, straight apostrophes. Composed again at the end, or voiced kana would fall apart. */
export const fold = (text: string): string => (/^[ -_a-~]*$/.test(text) ? text.toLowerCase() : foldLetters(text))

const foldLetters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll(/[’‘ʼ`´]/g, "'")

const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}\p{M}])+/gu

/** The words of a text, folded. Japanese comes as whole runs, since it has no spaces. */
export const wordsOf = (text: string): string[] => fold(text).match(wordPattern) ?? []
