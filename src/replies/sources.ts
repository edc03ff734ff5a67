/** "Checked on … · Source: …", under every step and answer. */
import { sourceOf } from '../guides'
import { words } from '../guides/words'
import type { Language } from '../topics'

/** More would bury the answer; the guide's file names them all. */
const mostNamed = 1

export const checkedLine = (checked: string, sources: readonly string[], language: Language): string => {
  const { t, date } = words(language)
  const named = sources
    .slice(0, mostNamed)
    .map(sourceOf)
    .map(({ title, url, read }) => {
      const link = `[${title}](${url})`
      return read ? t('guide.sourceRead', { title: link, date: date(read) }) : link
    })
  const rest = sources.length - named.length
  const others = rest > 0 ? [t('guide.otherSources', { count: rest })] : []
  return t('guide.checked', { date: date(checked), sources: [...named, ...others].join(' · ') })
}
