/** What the person wrote, freed of mentions, markup and invisible characters. Works on a copy; never throws. */
import type { Activity } from 'botbuilder'
import { z } from 'zod'

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().optional(),
  mentioned: z.object({ id: z.string(), name: z.string().optional() }),
})

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" }

const decode = (text: string) =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (all, decimal: string, hex: string, name: string) => {
    if (name) return named[name.toLowerCase()] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : all
  })

/** Zero-width, direction marks, soft hyphen and control characters carry no words. */
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]|(?![\t\n\r])\p{Cc}/gu

/** Names are escaped, so a tag holds no `<`; saying so keeps a text of nothing but openings from costing seconds. */
const atTag = /<at(?:\s[^<>]*)?>([^<]*)<\/at>/gi

const sameName = (a: string, b: string | undefined) => b !== undefined && decode(a).trim().toLowerCase() === decode(b).trim().toLowerCase()

/** Those of the bot itself. */
const ownMentions = ({ recipient, entities }: Partial<Activity>) =>
  (entities ?? []).flatMap((entity) => {
    const parsed = mention.safeParse(entity)
    return parsed.success && parsed.data.mentioned.id === recipient?.id ? [parsed.data] : []
  })

/** Where others read along, only what mentions the bot is for it; an app with more rights hears everything there. */
export const isMentioned = (activity: Partial<Activity>): boolean => {
  const { text, recipient } = activity
  const named = typeof text === 'string' ? [...text.matchAll(atTag)] : []
  return ownMentions(activity).length > 0 || named.some(([, name = '']) => sameName(name, recipient?.name))
}

/** Drops every mention of the bot itself and keeps the names of others. */
const withoutMentions = (text: string, activity: Partial<Activity>) => {
  const bot = activity.recipient
  const own = ownMentions(activity)
  const ownTexts = own.flatMap(({ text: said }) => (said ? [said] : []))
  const names = [bot?.name, ...own.map(({ mentioned }) => mentioned.name)]
  const cleared = ownTexts.reduce((rest, said) => rest.replaceAll(said, ' '), text)
  return cleared.replaceAll(atTag, (_all, name: string) => (names.some((other) => sameName(name, other)) ? ' ' : ` ${name} `))
}

/** Where another message is quoted in a reply; what it says comes beside the text. */
const quoteMark = /<\/?quoted\b[^<>]*>/gi

/** Tags of rich text. Other things in angle brackets are words, such as a name that is still to be filled in. */
const block = /<\/?(?:attachment|blockquote|body|br|codeblock|div|h[1-6]|hr|html|img|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)(?:\s[^<>]*)?\/?>/gi
const inline = /<\/?(?:a|b|code|em|font|i|s|span|strike|strong|sub|sup|u)(?:\s[^<>]*)?\/?>/gi

/** What portals put in brackets behind the name of a directory: whose it was, which is no part of the question. */
const guestName = /\([^\s()]*#EXT#[^\s()]*\)/gi

const plain = (text: string): string =>
  decode(text.replaceAll(quoteMark, ' ').replaceAll(block, ' ').replaceAll(inline, ''))
    .replaceAll(guestName, ' ')
    .replaceAll(invisible, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .normalize('NFC')

/** What formatted text says. */
export const fromHtml = (html: string): string => plain(html)

export const textOf = (activity: Partial<Activity>): string => (typeof activity.text === 'string' ? plain(withoutMentions(activity.text, activity)) : '')
