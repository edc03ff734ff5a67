/** "Checked on … · learn.microsoft.com", under every step and answer; behind its fold, the pages by name. */
import type { Unfolded } from '../cards/reply'
import { sourceOf } from '../guides'
import { words } from '../guides/words'
import type { Language } from '../topics'

/** One short line: the first page, by the site it is on, and how many more there are. */
export const checkedLine = (checked: string, sources: readonly string[], language: Language): string => {
  const { t, date } = words(language)
  const [first, ...rest] = sources.map(sourceOf)
  const link = first === undefined ? [] : [`[${new URL(first.url).host}](${first.url})`]
  return [t('guide.checked', { date: date(checked) }), ...link, ...(rest.length > 0 ? [t('guide.otherSources', { count: rest.length })] : [])].join(' · ')
}

/** More would bury the answer; the guide's file names them all. */
const mostNamed = 2

export const allSources = (sources: readonly string[], language: Language): Unfolded => {
  const { t, date } = words(language)
  const named = sources.slice(0, mostNamed).map((id) => {
    const { title, url, read } = sourceOf(id)
    const link = `[${title}](${url})`
    return read ? t('guide.sourceRead', { title: link, date: date(read) }) : link
  })
  return { kind: 'small', text: t('guide.sources', { sources: named.join(' · ') }) }
}
