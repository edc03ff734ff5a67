/** The facts each topic must state and those nobody may, in both languages, and the manners of the French text. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { allAnswers, allGuides, answerOf, guideOf, labelOf } from '../../src/guides'
import { pictureIds } from '../../src/guides/schema'
import { texts } from '../../src/guides/texts'
import { facts } from '../../src/tools/review/facts'
import { answers, isScenario, languages, scenarios, topics, type AnswerTopic, type Language, type Scenario } from '../../src/topics'

const root = join(__dirname, '..', '..', 'src')

const wordsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []

const contentOf = (topic: Scenario | AnswerTopic, language: Language) =>
  wordsIn(isScenario(topic) ? guideOf(topic, language) : answerOf(topic, language))
    .join('\n')
    .replaceAll('**', '')
    .replaceAll(/[\u00A0\u202F]/g, ' ')

const rows = languages.flatMap((language) => [...scenarios, ...answers].map((topic) => [topic, language] as const))

test.each(rows)('%s (%s) states what it must and nothing it must not', (topic, language) => {
  const { both = [], never = [], [language]: own = [] } = facts[topic]
  const content = contentOf(topic, language)
  expect([...both, ...own].filter((fact) => !fact.test(content))).toEqual([])
  expect(never.filter((fact) => fact.test(content))).toEqual([])
})

test.each(languages)('the portals ask everyone for multifactor authentication (%s)', (language) => {
  for (const topic of scenarios) expect(contentOf(topic, language)).toMatch(/multifactor|multifacteur/)
  for (const topic of [...scenarios, ...answers])
    expect(contentOf(topic, language)).not.toMatch(/(?:MFA|multifa\w+)[^.]{0,30}(?:optional|facultati|optionnel)/i)
})

test('Microsoft calls two buttons « Changer de répertoire »: on the way to the one, its English name stands with it', () => {
  const said = [...scenarios, ...answers].map((topic) => contentOf(topic, 'fr')).join('\n')
  expect(said).not.toMatch(/Changer de répertoire(?!(?:,)? \(?Change directory)/)
  expect(said).not.toMatch(/Annuaires \+ abonnements|Basculer \(Switch\)/)
})

test('the request and the policies of both tenants come before what cannot be undone', () => {
  const ids = guideOf('link-existing', 'en').steps.map(({ id }) => id)
  expect(ids.indexOf('check-policies')).toBe(0)
  expect(ids.indexOf('save-access')).toBeLessThan(ids.indexOf('change-directory'))
  expect(ids.indexOf('agree-on-people')).toBeLessThan(ids.indexOf('change-directory'))
  expect(ids.indexOf('accept-change')).toBe(ids.indexOf('change-directory') + 1)
  expect(guideOf('m365-for-azure', 'en').steps[0]?.id).toBe('compare-tenants')
})

test('no step or answer claims what could not be verified as certain', () => {
  for (const [topic, language] of rows)
    expect(contentOf(topic, language)).not.toMatch(/8 January 2018|8 janvier 2018|AadPremiumLicenseRequired|Authorization_RequestDenied/)
})

test('every step and answer names its sources and the day it was checked', () => {
  const dated = [...allGuides().flatMap(({ steps }) => steps), ...allAnswers()]
  expect(dated.length).toBeGreaterThan(70)
  for (const { checked, sources } of dated) {
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(sources.length).toBeGreaterThan(0)
  }
})

test.each(languages)('every guide, step and answer says itself in a sentence or two (%s)', (language) => {
  const written = [
    ...scenarios.map((topic) => guideOf(topic, language)),
    ...answers.map((topic) => answerOf(topic, language)),
    ...scenarios.flatMap((topic) => guideOf(topic, language).steps),
  ]
  const sentences = (text: string) => text.split(/(?<=[.?!])\s+(?=\p{Lu})/u).length
  expect(written.filter(({ short }) => /\*|\n/.test(short)).map(({ title }) => title)).toEqual([])
  expect(written.filter(({ short }) => sentences(short) > 2).map(({ title }) => title)).toEqual([])
})

test.each(languages)('labels are told apart (%s), and nothing offers itself', (language) => {
  const labels = topics.map((topic) => labelOf(topic, language))
  expect(new Set(labels).size).toBe(labels.length)
  for (const guide of allGuides()) expect(guide.end.next).not.toContain(guide.topic)
  for (const answer of allAnswers()) expect(answer.next).not.toContain(answer.topic)
})

test.each(languages)('who is pointed to another topic finds it under that name (%s)', (language) => {
  const labels = new Set(topics.map((topic) => labelOf(topic, language)))
  const pointed = allAnswers().flatMap(({ topic }) =>
    [...contentOf(topic, language).matchAll(language === 'en' ? /(?:see|under) “([^”]+)”/gi : /(?:voyez(?: d’abord)?|sous) « ([^»]+) »/gi)].map(
      ([, name = '']) => name,
    ),
  )
  expect(pointed.length).toBeGreaterThan(8)
  expect(pointed.filter((name) => ![...labels].some((label) => label.replaceAll(/[\u00A0\u202F]/g, ' ') === name))).toEqual([])
})

test('every picture is drawn in every language', () => {
  for (const language of languages) for (const id of pictureIds) expect(existsSync(join(root, 'cards', 'images', language, `${id}.png`))).toBe(true)
})

test('French text has no ordinary space where a no-break space belongs', () => {
  const folder = join(root, 'guides', 'fr')
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'commands.json' && name !== 'heard.json')
    .flatMap((name) => wordsIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))).map((text) => `${name}: ${text}`))
  const faults = / [:;!?»%](?:\s|$)|« |\p{L}[:;!?](?=\s|$)|«(?![\u00A0\u202F])|(?<![\u00A0\u202F])»/u
  expect(texts.filter((text) => faults.test(text.slice(text.indexOf(': ') + 2)))).toEqual([])
  expect(texts.filter((text) => /\p{L}'\p{L}/u.test(text))).toEqual([])
})

describe('the words around guides', () => {
  const flatten = (value: unknown, path = ''): [string, string][] =>
    typeof value === 'string' ? [[path, value]] : Object.entries(Object(value)).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key))
  const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted()

  const english = texts.en.ui

  test.each(languages)('fill the same places in %s', (language) => {
    const here = new Map(flatten(texts[language].ui))
    for (const [path, text] of flatten(english)) expect([path, placeholders(here.get(path) ?? '')]).toEqual([path, placeholders(text)])
  })

  test('are all used', () => {
    const code = ['replies', 'dialogs', 'bot', 'cards', 'guides', '.']
      .flatMap((folder) =>
        readdirSync(join(root, folder))
          .filter((name) => name.endsWith('.ts'))
          .map((name) => readFileSync(join(root, folder, name), 'utf8')),
      )
      .join('\n')
    const unused = flatten(english)
      .map(([path]) => path.replace(/_(?:one|other)$/, ''))
      .filter(
        (path) =>
          !code.includes(`'${path}'`) && !code.includes(`\`${path.replace(/\.[^.]+$/, '')}.`) && !/^talk\.secret-|^proof\.(?:yes|no|unknown)/.test(path),
      )
    expect(unused).toEqual([])
  })
})
