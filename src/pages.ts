/** The pages that the app package names: what this is, support, privacy, terms. Words come from `ui.json`. */
import { words, type Phrase } from './guides/words'
import { languageOfTag } from './languages'
import type { Language } from './topics'

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The one a browser asks for first, when it is one of ours. */
const languageOf = (acceptLanguage: string): Language => languageOfTag(acceptLanguage.split(/[,;]/)[0]) ?? 'en'

const page = (language: Language, title: string, lines: readonly string[]): string => {
  const { t } = words(language)
  const paragraphs = lines.map((line) => `<p>${escape(line)}</p>`).join('\n')
  const links = pages.map(({ path, title: name }) => `<a href="${path}">${escape(name === undefined ? 'OneTenant' : t(name))}</a>`).join(' · ')
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title === 'OneTenant' ? title : `OneTenant: ${escape(title)}`}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}:root{color-scheme:light dark}</style>
<h1>${escape(title)}</h1>
${paragraphs}
<nav><p>${links}</p></nav>
</html>
`
}

/** What the pages say of this very instance. */
export interface PageFacts {
  readonly retentionDays: number
  readonly keepsFeedbackText: boolean
}

interface PageRow {
  readonly path: string
  /** Undefined: the name of the product. */
  readonly title?: Phrase
  readonly lines: readonly (Phrase | ((facts: PageFacts, language: Language) => string))[]
}

const retention = ({ retentionDays }: PageFacts, language: Language) => words(language).t('pages.retention', { count: retentionDays })
const comments = ({ keepsFeedbackText }: PageFacts, language: Language) => words(language).t(keepsFeedbackText ? 'pages.commentsKept' : 'pages.commentsNotKept')

const pages: readonly PageRow[] = [
  { path: '/', lines: ['pages.home1', 'pages.home2', 'pages.home3'] },
  { path: '/support', title: 'pages.supportTitle', lines: ['pages.support1', 'pages.support2', 'pages.support3', 'pages.support4'] },
  {
    path: '/privacy',
    title: 'pages.privacyTitle',
    lines: [
      'talk.privacy1',
      'talk.privacy2',
      'talk.privacy3',
      'talk.privacySignIn',
      'talk.privacyFeedback',
      comments,
      'talk.privacyForget',
      retention,
      'pages.operator',
    ],
  },
  { path: '/terms', title: 'pages.termsTitle', lines: ['pages.terms1', 'pages.terms2', 'pages.terms3'] },
]

export const pagePaths: readonly string[] = pages.map(({ path }) => path)

/** The page under a path, in the language the browser asks for. @throws when there is none. */
export const pageAt = (path: string, acceptLanguage: string, facts: PageFacts): string => {
  const row = pages.find((each) => each.path === path)
  if (!row) throw new Error(`there is no page ${path}`)
  const language = languageOf(acceptLanguage)
  const { t } = words(language)
  return page(
    language,
    row.title === undefined ? 'OneTenant' : t(row.title),
    row.lines.map((line) => (typeof line === 'string' ? t(line) : line(facts, language))),
  )
}
