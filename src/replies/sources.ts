/** "Checked on … · Source: …", under every step and answer, with how old its pages are; and the pages that hold a command or a form. */
import type { Unfolded } from '../cards/reply'
import { sourceOf } from '../guides'
import { isOver } from '../guides/age'
import type { Source } from '../guides/schema'
import { words } from '../guides/words'
import { languageRows } from '../languages'
import type { Language } from '../topics'

/** More would bury the answer; `npm run review` names them all. */
const mostNamed = 1
/** From this age on a card says how old Microsoft's page is. */
const monthsUnsaid = 12

const learn = 'https://learn.microsoft.com/'

/** The page with its title, both in the person's language where Microsoft has it in that one. */
const linkTo = ({ title, titles, url }: Source, language: Language): string => {
  const own = titles?.[language]
  const address = own && url.startsWith(learn) ? url.replace(learn, `${learn}${languageRows[language].teams.toLowerCase()}/`) : url
  return `[${own ?? title}](${address})`
}

/**
 * The older of what it rests on is told, not each date. The age is counted to the day of the check, not to today: what a card says stays
 * the same until somebody looks at it again, and `npm run freshness` counts from today.
 */
export const checkedLine = (checked: string, sources: readonly string[], language: Language): string => {
  const { t, date, month } = words(language)
  const pages = sources.map(sourceOf)
  const [oldest] = pages.flatMap(({ version }) => (version ? [version] : [])).toSorted()
  const old = oldest !== undefined && isOver(oldest, monthsUnsaid, checked) ? oldest : undefined
  const named = pages.slice(0, mostNamed).flatMap((page) => {
    const link = linkTo(page, language)
    if (old !== undefined && page.version === old) return [link, t('guide.sourceOld', { month: month(old) })]
    return [page.version && old === undefined ? t('guide.sourceRead', { title: link, date: date(page.version) }) : link]
  })
  const others = pages.slice(mostNamed)
  const isAmongOthers = old !== undefined && pages.slice(0, mostNamed).every(({ version }) => version !== old)
  const rest = isAmongOthers ? t('guide.otherSourcesOld', { count: others.length, month: month(old) }) : t('guide.otherSources', { count: others.length })
  return t('guide.checked', { date: date(checked), sources: [...named, ...(others.length > 0 ? [rest] : [])].join(' · ') })
}

/** Where Microsoft has the command or form that is needed; nothing where none is. */
export const pagesBlock = (pages: readonly string[] | undefined, language: Language): readonly Unfolded[] =>
  pages ? [{ kind: 'small', text: words(language).t('guide.pages', { pages: pages.map((id) => linkTo(sourceOf(id), language)).join(' · ') }) }] : []
