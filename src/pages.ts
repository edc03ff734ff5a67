/** The privacy and terms pages that the app package names. Words come from `ui.json`. */
import { words, type Phrase } from './guides/words'
import { languageOfTag } from './languages'
import type { Language } from './topics'

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The one a browser asks for first, when it is one of ours. */
const languageOf = (acceptLanguage: string): Language => languageOfTag(acceptLanguage.split(/[,;]/)[0]) ?? 'en'

const page = (language: Language, title: Phrase, lines: readonly Phrase[]): string => {
  const { t } = words(language)
  const paragraphs = lines.map((line) => `<p>${escape(t(line))}</p>`).join('\n')
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>OneTenant: ${escape(t(title))}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}:root{color-scheme:light dark}</style>
<h1>${escape(t(title))}</h1>
${paragraphs}
</html>
`
}

export const privacyPage = (acceptLanguage: string): string =>
  page(languageOf(acceptLanguage), 'pages.privacyTitle', [
    'talk.privacy1',
    'talk.privacy2',
    'talk.privacy3',
    'talk.privacySignIn',
    'talk.privacyFeedback',
    'talk.privacyForget',
    'pages.operator',
  ])

export const termsPage = (acceptLanguage: string): string =>
  page(languageOf(acceptLanguage), 'pages.termsTitle', ['pages.terms1', 'pages.terms2', 'pages.terms3'])
