/** One word for one thing, in both languages, wherever people read us: guides, the bot's own words, pages, the app package, the sandbox. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { allSources } from '../../src/guides'
import { wordsIn as pageWords } from '../../src/sandbox/page/words'
import { byLanguage, languages, type Language } from '../../src/topics'

const root = join(__dirname, '..', '..')
/** What people say to us, which is theirs to word. */
const heard = ['heard.json', 'commands.json']
/** Keys whose values are no sentence. */
const unsaid = ['id', 'topic', 'url', 'picture', 'checked', 'effect', 'need', 'sources', 'pages', 'next', 'was', 'gone', 'phrasings', '$schema']

const saidIn = (value: unknown, where: string): readonly string[] => {
  if (typeof value === 'string') return [`${where}: ${value.replaceAll(/\*\*|(?<=\{\{)\w+(?=\}\})/g, '').replaceAll(/[\u00A0\u202F]/g, ' ')}`]
  if (typeof value === 'function') return saidIn(String(value.length === 0 ? value() : value('…', '…')), where)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    unsaid.includes(key) && typeof inner !== 'object' ? [] : unsaidList(key, inner) ? [] : saidIn(inner, `${where}.${key}`),
  )
}
/** `before.need` holds sentences, a step's `need` holds a name. */
const unsaidList = (key: string, inner: unknown) => Array.isArray(inner) && unsaid.includes(key) && key !== 'need'

const json = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'))
const filesIn = (folder: string) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.json') && !heard.includes(name))

const said: Readonly<Record<Language, readonly string[]>> = byLanguage((language) => [
  ...filesIn(`src/guides/${language}`).flatMap((name) => saidIn(json('src/guides', language, name), name)),
  ...filesIn(`src/guides/${language}/passages`).flatMap((name) => saidIn(json('src/guides', language, 'passages', name), `passages/${name}`)),
  ...saidIn(pageWords(language), 'sandbox'),
  ...saidIn(language === 'fr' ? json('appPackage', 'fr.json') : json('appPackage', 'manifest.json'), 'app package'),
  ...Object.entries(allSources).flatMap(([id, { title, titles }]) => saidIn(titles?.[language] ?? (language === 'en' ? title : undefined), `source ${id}`)),
])

/** The word that is ours, and what is said in its place. */
type Row = readonly [string, RegExp]

const glossary: Readonly<Record<Language, readonly Row[]>> = {
  en: [
    ['organization', /\borganisations?\b/i],
    ['license', /\blicences?\b(?!, without)/i],
    ['ID', /\b(?:subscription|tenant) ids?\b/],
    ['formerly', /\bpreviously (?:known|called)\b/i],
    ['trial offer', /no-cost offer/i],
    ['sign in', /\blog(?:ged)? (?:in|on)\b|\blogin\b(?!\.microsoftonline)/i],
    ['I (the bot)', /\b(?:the|this) bot (?:looks|reads|keeps|answers|cannot|can)\b/i],
    ['tenants cannot be merged', /\bmerge (?:the|your|two) tenants\b/i],
    ['the list is not complete', /\b(?:complete|whole|full) list\b/i],
    ['Microsoft Entra ID, which was Azure AD', /^(?!.*(?:Entra|B2C|Graph|New name)).*\bAzure A(?:D|ctive Directory)\b/],
  ],
  fr: [
    ['annuaire', /(?<!Changer de |\(ou |\(le |Tous les |Répertoires |« Changer de )\brépertoires?\b(?! d’accueil)/],
    ['Changer de répertoire (Change directory)', /Changer de répertoire(?!,? \(?Change directory)/],
    ['locataire (tenant)', /(?<![(«] ?)\btenants?\b(?! IDs?\)|\)|-| »)/],
    ['anciennement', /\bautrefois\b|\bex-Azure\b|\bjadis\b/i],
    ['identifiant d’abonnement', /\bID (?:de l’|d’)abonnement|\bn(?:uméro|°) d’abonnement/i],
    ['offre d’essai', /sans frais/i],
    ['vérifier, voir, lire', /\bregard(?:e|er|ez|é|ons|ent)\b/i],
    ['avoir ou détenir un rôle', /(?<!\p{L})(?:tenir|tient|tenez|tenait) (?:un|le|ce|ces|des|les) rôles?/iu],
    ['inconnu', /\bpas connue?s?\b/i],
    ['sur portal.azure.com', /\bdans \*{0,2}(?:portal\.azure|entra\.microsoft|admin\.microsoft)\.com/i],
    ['Administrateur général', /administrateur global/i],
    ['stratégie', /\bpolitique (?:d’abonnement|d’accès|du locataire)/i],
    ['sans genre où c’est aussi court', /\bje suis bloqué\b(?!, )|\bvous êtes (?:connecté|déconnecté|bloqué|prêt)\b(?!·)/i],
    ['la liste n’est pas exhaustive', /\bliste complète\b/i],
  ],
}

const rows = languages.flatMap((language) => glossary[language].map(([ours, instead]) => [language, ours, instead] as const))

test.each(languages)('there is a lot to read (%s)', (language) => {
  expect(said[language].length).toBeGreaterThan(1000)
})

test.each(rows)('%s: %s', (language, _ours, instead) => {
  expect(said[language].filter((text) => instead.test(text.slice(text.indexOf(': ') + 2)))).toEqual([])
})

test('in French a source has its title in French where Microsoft has the page in French; only questions and answers are in English alone', () => {
  const english = Object.entries(allSources).filter(([, { titles }]) => titles?.fr === undefined)
  expect(english.filter(([, { url }]) => !url.startsWith('https://learn.microsoft.com/answers/'))).toEqual([])
})
