/** "Checked on … · learn.microsoft.com", under every step and answer, with how old its pages are; behind its fold, the pages by name. */
import type { Unfolded } from '../cards/reply'
import { sourceOf } from '../guides'
import { isOver } from '../guides/age'
import type { Source } from '../guides/schema'
import { words } from '../guides/words'
import { languageRows } from '../languages'
import type { Language } from '../topics'

/** More would bury the answer; `npm run review` names them all. */
const mostNamed = 2
/** From this age on a card says how old Microsoft's page is. */
const monthsUnsaid = 12

const learn = 'https://learn.microsoft.com/'

const ownTitle = ({ titles }: Source, language: Language): string | undefined => titles?.[language]

/** The page in the person's language where Microsoft has it in that one. */
const addressOf = (page: Source, language: Language): string =>
  ownTitle(page, language) !== undefined && page.url.startsWith(learn)
    ? page.url.replace(learn, `${learn}${languageRows[language].teams.toLowerCase()}/`)
    : page.url

const linkTo = (page: Source, language: Language): string => `[${ownTitle(page, language) ?? page.title}](${addressOf(page, language)})`

/** The pages by name, each with the day that its version carries. */
export const allSources = (sources: readonly string[], language: Language): Unfolded => {
  const { t, date } = words(language)
  const named = sources.slice(0, mostNamed).map((id) => {
    const page = sourceOf(id)
    const title = linkTo(page, language)
    return page.version ? t('guide.sourceRead', { title, date: date(page.version) }) : title
  })
  return { kind: 'small', text: t('guide.sources', { sources: named.join(' · ') }) }
}

/**
 * One short line: the first page, by the site it is on, and how many more there are. The older of what it rests on is told, not each date.
 * The age is counted to the day of the check, not to today: what a card says stays the same until somebody looks at it again, and
 * `npm run freshness` counts from today.
 */
export const checkedLine = (checked: string, sources: readonly string[], language: Language): string => {
  const { t, date, month } = words(language)
  const [first, ...rest] = sources.map(sourceOf)
  if (!first) return t('guide.checked', { date: date(checked) })
  const [oldest] = [first, ...rest].flatMap(({ version }) => (version ? [version] : [])).toSorted()
  const old = oldest !== undefined && isOver(oldest, monthsUnsaid, checked) ? oldest : undefined
  const isOfFirst = first.version === old
  const others =
    old === undefined || isOfFirst ? t('guide.otherSources', { count: rest.length }) : t('guide.otherSourcesOld', { count: rest.length, month: month(old) })
  return [
    t('guide.checked', { date: date(checked) }),
    `[${new URL(first.url).host}](${addressOf(first, language)})`,
    ...(old !== undefined && isOfFirst ? [t('guide.sourceOld', { month: month(old) })] : []),
    ...(rest.length > 0 ? [others] : []),
  ].join(' · ')
}

/** Where Microsoft has the command or form that is needed; nothing where none is. */
export const pagesBlock = (pages: readonly string[] | undefined, language: Language): readonly Unfolded[] =>
  pages ? [{ kind: 'small', text: words(language).t('guide.pages', { pages: pages.map((id) => linkTo(sourceOf(id), language)).join(' · ') }) }] : []
