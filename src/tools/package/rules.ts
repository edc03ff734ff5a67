/** What Teams and its store ask of an app package beyond the schema. Every rule sees the whole package. */
import { languageOfTag } from '../../languages'
import { languages as spoken } from '../../topics'
import { textsOf, type AppPackage, type Broken, type LanguageFile } from './contents'
import { domainProblem } from './domains'
import { iconProblems } from './icons'
import { schemaProblems, translatable } from './schema'

type Finding = readonly [where: string, problem: string]
type Rule = (app: AppPackage) => readonly Finding[]

/** Every rule the package breaks; empty when it may be shipped. */
export const brokenRules = (app: AppPackage): Broken[] => {
  const schema = schemaProblems(app)
  if (!app.source) return schema
  const asked: Readonly<Record<string, Rule>> = { ...rules, ...(app.settings.variant === 'store' && storeRules) }
  const others = Object.entries(asked).flatMap(([rule, check]) => check(app).map(([where, problem]) => ({ rule, where, problem })))
  return [...schema, ...iconProblems(app), ...others]
}

/** Teams words and product names that no app may carry in its name. */
const namesOfOthers = [
  'Microsoft',
  'Teams',
  'Azure',
  'Entra',
  'Office',
  'Word',
  'Excel',
  'PowerPoint',
  'Outlook',
  'OneNote',
  'OneDrive',
  'SharePoint',
  'Copilot',
  'Chat',
  'Calls',
  'Files',
  'Help',
  'Apps',
  'Activity',
  'Calendar',
  'Meetings',
  'Store',
]
const mostWords = 500

/** The texts of the app by their path, file by file. */
const inEveryFile = ({ source, languages }: AppPackage): { file: string; texts: ReadonlyMap<string, string> }[] => [
  { file: 'manifest.json', texts: textsOf(source) },
  ...languages.map(({ file, strings }) => ({ file, texts: strings })),
]

/** One rule over single texts: `about` says which texts, `problem` what is wrong with one. */
const onTexts =
  (about: RegExp, problem: (text: string) => string | undefined): Rule =>
  (app) =>
    inEveryFile(app).flatMap(({ file, texts }) =>
      [...texts].filter(([path]) => about.test(path)).flatMap(([path, text]) => findings(`${file} ${path}`, problem(text))),
    )

const findings = (where: string, problem: string | undefined): Finding[] => (problem === undefined ? [] : [[where, problem]])

const wordIn = (text: string, words: readonly string[]) => words.find((word) => new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'iu').test(text))

const textProblem = (text: string): string | undefined => {
  if (/\bOffice\s365\b|\bO365\b/i.test(text)) return 'must say Microsoft 365.'
  if (/\bMS\b|\bMSFT\b/.test(text)) return 'must not shorten Microsoft.'
  return /^(?:(?!Microsoft\sTeams)[^])*?(?<!Microsoft\s)\bTeams\b/.test(text) ? 'must say Microsoft Teams where it first names it.' : undefined
}

/** Titles that repeat are confusing only where they stand in one menu, so each list is looked at alone. */
const duplicateTitles: Rule = (app) =>
  inEveryFile(app).flatMap(({ file, texts }) =>
    app.manifest.bots.flatMap(({ commandLists }, at) =>
      commandLists.flatMap(({ commands }, list) => {
        const place = (index: number) => `bots[${at}].commandLists[${list}].commands[${index}].title`
        const titles = commands.map((_, index) => plain(texts.get(place(index)) ?? ''))
        return titles.flatMap((title, index): Finding[] =>
          title && titles.indexOf(title) < index ? [[`${file} ${place(index)}`, `“${title}” stands in this list twice.`]] : [],
        )
      }),
    ),
  )

const plain = (title: string) => title.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

const scopeProblems: Rule = ({ manifest }) =>
  manifest.bots.flatMap(({ scopes, commandLists }, at) => {
    const used = commandLists.flatMap((list) => list.scopes)
    const place = `manifest.json bots[${at}].commandLists`
    return [...new Set(used)].flatMap((scope): Finding[] => {
      if (used.indexOf(scope) !== used.lastIndexOf(scope)) return [[place, `the scope ${scope} has more than one list.`]]
      return scopes.includes(scope) ? [] : [[place, `the scope ${scope} is not a scope of the bot.`]]
    })
  })

const hasCommands: Rule = ({ manifest }) =>
  manifest.bots.some(({ commandLists }) => commandLists.some(({ commands }) => commands.some(({ title }) => title)))
    ? []
    : [['manifest.json bots', 'the bot must offer at least one command.']]

const describedCommands: Rule = ({ manifest }) =>
  manifest.bots.flatMap(({ commandLists }, at) =>
    commandLists.flatMap(({ commands }, list) =>
      commands.flatMap(({ description }, index): Finding[] =>
        description.trim() ? [] : [[`manifest.json bots[${at}].commandLists[${list}].commands[${index}]`, 'needs a description.']],
      ),
    ),
  )

const languageFiles: Rule = ({ manifest: { localizationInfo }, languages }) => {
  const tags = [localizationInfo.defaultLanguageTag, ...languages.map(({ tag }) => tag)].map((tag) => tag.toLowerCase())
  return languages.flatMap(({ tag, file, source }, index): Finding[] => [
    ...findings(file || 'manifest.json localizationInfo', source ? undefined : 'is missing or is not a JSON object.'),
    ...findings(`manifest.json localizationInfo`, tags.indexOf(tag.toLowerCase()) <= index ? `names the language ${tag} twice.` : undefined),
  ])
}

const everyLanguage: Rule = ({ manifest: { localizationInfo }, languages }) => {
  const offered = [localizationInfo.defaultLanguageTag, ...languages.map(({ tag }) => tag)].map(languageOfTag)
  return spoken
    .filter((language) => !offered.includes(language))
    .map((language): Finding => [
      'manifest.json localizationInfo',
      `names no file for ${language}, which the bot speaks: add { "languageTag": "${language}", "file": "${language}.json" }, with the texts of manifest.json in that language.`,
    ])
}

const translations: Rule = ({ source, languages }) => {
  const isTranslatable = translatable(source)
  const wanted = [...textsOf(source).keys()].filter(isTranslatable)
  return languages.flatMap((language) => (language.source ? translationProblems(language, wanted) : []))
}

const translationProblems = ({ file, strings }: LanguageFile, wanted: readonly string[]): Finding[] => [
  ...wanted.filter((path) => !strings.has(path)).map((path): Finding => [`${file} ${path}`, 'is in manifest.json and not translated.']),
  ...[...strings.keys()].filter((path) => !wanted.includes(path)).map((path): Finding => [`${file} ${path}`, 'is nothing in manifest.json.']),
]

const signIn: Rule = ({ manifest: { webApplicationInfo, validDomains } }) => {
  const needed = 'token.botframework.com'
  if (!webApplicationInfo || validDomains.includes(needed)) return []
  return [['manifest.json validDomains', `must hold ${needed}, or the sign-in button fails.`]]
}

const rules = {
  version: ({ manifest }) =>
    findings('manifest.json version', /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(manifest.version) ? undefined : 'must be MAJOR.MINOR.PATCH.'),
  placeholder: onTexts(/./, (text) => (text.includes('${{') ? 'still holds a placeholder that no setting fills.' : undefined)),
  'file-name': ({ manifest: { icons }, languages }) =>
    [icons.color, icons.outline, icons.color32x32, ...languages.map(({ file }) => file)]
      .filter((name) => /[\\/]|^\.|^manifest\.json$/.test(name))
      .map((name) => [name, 'must stand beside manifest.json under a name of its own.']),
  name: onTexts(/^name\./, (text) => {
    const word = wordIn(text, namesOfOthers)
    return word && `must not hold the word ${word}.`
  }),
  text: onTexts(/^description\.|\.description$/, textProblem),
  'text-length': onTexts(/^description\.full$/, (text) => (text.split(/\s+/).length > mostWords ? `must have at most ${mostWords} words.` : undefined)),
  https: onTexts(/^developer\..*Url$/, (text) => (URL.canParse(text) && text.startsWith('https://') ? undefined : 'must be an https address.')),
  domain: ({ manifest }) => manifest.validDomains.flatMap((domain) => findings(`manifest.json validDomains ${domain}`, domainProblem(domain))),
  'sign-in-domain': signIn,
  command: hasCommands,
  'command-title': onTexts(/\.commands\[\d+\]\.title$/, (text) => (/^[\p{L}\p{N}]/u.test(text) ? undefined : 'must begin with a letter or a digit.')),
  'command-description': describedCommands,
  'command-duplicate': duplicateTitles,
  'command-scope': scopeProblems,
  'language-file': languageFiles,
  translation: translations,
  'every-language': everyLanguage,
} satisfies Record<string, Rule>

/** Offers and prices, and words that sound like one: the store shows none on phones, in whatever language. */
const offers = /\b(?:free|gratuit\w*|trial|essai|discount|remise|promo\w*|price|prix|cheap|upgrade\snow)\b|[$€£]\s?\d/i

/** A bot that others can reach under an address of its own. */
const homeProblem = (address: string): string | undefined => {
  const host = URL.canParse(address) ? new URL(address).hostname : ''
  if (host.endsWith('.azurewebsites.net') || host.endsWith('.azurecontainerapps.io')) return 'must be a domain of your own.'
  return domainProblem(host)
}

/** Besides, of what the store is given. */
const storeRules = {
  'store-offer': onTexts(/^(?:name|description)\.|\.(?:title|description|prompt)$/, (text) => {
    const [found] = offers.exec(text) ?? []
    return found && `must not speak of offers or prices (“${found}”).`
  }),
  'store-developer': ({ settings }) =>
    findings('manifest.json developer.name', settings.developer ? undefined : 'must name who offers the app: set DEVELOPER_NAME.'),
  'store-home': ({ settings }) => findings('manifest.json developer.websiteUrl', homeProblem(settings.publicUrl)),
} satisfies Record<string, Rule>

/** What a language lacks, whatever else is wrong. */
export const languageProblems = (app: AppPackage): Broken[] =>
  (['every-language', 'language-file', 'translation'] as const).flatMap((rule) => rules[rule](app).map(([where, problem]) => ({ rule, where, problem })))

/** The rules of this file by name. */
export const ruleNames = [...Object.keys(rules), ...Object.keys(storeRules)]
