/** "Checked on … · Source: …", under every step and answer. */
import { sourceOf } from '../guides'
import { words, type Phrase } from '../guides/words'
import type { Language } from '../topics'

export const checkedLine = (phrase: Phrase, checked: string, sources: readonly string[], language: Language): string => {
  const { t, date } = words(language)
  const named = sources.map(sourceOf).map(({ title, url, read }) => {
    const link = `[${title}](${url})`
    return read ? t('guide.sourceRead', { title: link, date: date(read) }) : link
  })
  return t(phrase, { date: date(checked), sources: named.join(' · ') })
}
