/**
 * What does an author's download say of the pages that were read? A page lies in the folder as `<source id>.html`, `.md` or `.txt`. Of each
 * only the part that matters is looked at, and of that only its hash is kept, so that nothing of Microsoft's text stands here.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from '../../guides/schema'

export interface Found {
  readonly id: string
  readonly hash: string
  /** Where the page says it is now, when that is another place. */
  readonly movedTo?: string
}

const endings = ['html', 'htm', 'md', 'txt'] as const

const withoutTags = (html: string): string =>
  html
    .replaceAll(/<(script|style|nav|header|footer|aside)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<!--[\s\S]*?-->/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&(?:nbsp|#160);/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')

/** The page's own text: of HTML what `main` holds, of Markdown what follows the front matter. Space, marks and case make no difference. */
export const relevantPart = (page: string): string => {
  const main = /<main\b[^>]*>([\s\S]*?)<\/main\s*>/i.exec(page)?.[1]
  const text = /<html|<main|<body/i.test(page) ? withoutTags(main ?? page) : page.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '')
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export const hashOf = (page: string): string => createHash('sha256').update(relevantPart(page)).digest('hex')

/** An address without what differs between languages and visits. */
const bare = (url: string): string =>
  url
    .replace(/^(https:\/\/learn\.microsoft\.com)\/[a-z]{2}-[a-z]{2}(?=\/)/i, '$1')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')
    .toLowerCase()

const canonicalOf = (page: string): string | undefined => {
  const link = /<link\b[^>]*\brel=["']canonical["'][^>]*>/i.exec(page)?.[0]
  return link && /\bhref=["']([^"']+)["']/i.exec(link)?.[1]
}

/** `undefined`: the folder does not hold this page. */
export const findPage = (folder: string, id: string, { url }: Source): Found | undefined => {
  const file = endings.map((ending) => join(folder, `${id}.${ending}`)).find((path) => existsSync(path))
  if (!file) return undefined
  const page = readFileSync(file, 'utf8')
  const now = canonicalOf(page)
  return { id, hash: hashOf(page), ...(now && bare(now) !== bare(url) && { movedTo: bare(now) }) }
}
