/**
 * One reviewer's path through a topic: `npm run review -- link-existing` prints each sentence in every language, what it rests on, how old
 * that is and when it was read, which of the facts the topic must state it states, and what nobody may say there.
 */
import { sourceOf } from '../guides'
import { answers, languages, scenarios, type AnswerTopic, type Language, type Scenario } from '../topics'
import { facts } from './review/facts'
import { sentencesOf, type Sentence } from './review/sentences'

const topics: readonly (Scenario | AnswerTopic)[] = [...scenarios, ...answers]

/** As the facts are held against it. */
const plain = (text: string) => text.replaceAll('**', '').replaceAll(/[\u00A0\u202F]/g, ' ')

const musts = (topic: Scenario | AnswerTopic, language: Language): readonly RegExp[] => [...(facts[topic].both ?? []), ...(facts[topic][language] ?? [])]

const sourceLine = (id: string): string => {
  const { title, url, version, read } = sourceOf(id)
  return `    source   ${title} (${version ? `version of ${version}` : 'undated'}, read ${read}) ${url}`
}

const sentenceLines = (topic: Scenario | AnswerTopic, { path, checked, sources }: Sentence): readonly string[] => {
  const said = languages.map((language) => ({ language, text: sentencesOf(topic, language).find((each) => each.path === path)?.text ?? '(missing)' }))
  const states = said.flatMap(({ language, text }) => musts(topic, language).flatMap((fact) => (fact.test(plain(text)) ? [`${language} ${fact.source}`] : [])))
  return [
    `${path}${checked ? `  (checked ${checked})` : ''}`,
    ...said.map(({ language, text }) => `    ${language}       ${text.replaceAll('\n', '\n             ')}`),
    ...sources.map(sourceLine),
    ...states.map((fact) => `    must say ${fact}`),
    '',
  ]
}

/** Must-facts that no single sentence states, e.g. since they stand in a heading or a link. */
const elsewhere = (topic: Scenario | AnswerTopic): readonly string[] =>
  languages.flatMap((language) => {
    const texts = sentencesOf(topic, language).map(({ text }) => plain(text))
    return musts(topic, language).flatMap((fact) => (texts.some((text) => fact.test(text)) ? [] : [`  ${language} ${fact.source}`]))
  })

export const reviewOf = (topic: Scenario | AnswerTopic): string => {
  const rest = elsewhere(topic)
  return [
    `${topic}: nobody may say`,
    ...(facts[topic].never ?? []).map((fact) => `  ${fact.source}`),
    '',
    ...sentencesOf(topic, languages[0]).flatMap((sentence) => sentenceLines(topic, sentence)),
    ...(rest.length > 0 ? ['Must be said, and stands in none of these sentences (a heading, a link):', ...rest] : []),
  ].join('\n')
}

if (require.main === module) {
  const topic = topics.find((each) => each === process.argv[2])
  if (topic) process.stdout.write(`${reviewOf(topic)}\n`)
  else {
    process.stderr.write(`Usage: npm run --silent review -- ${topics.join('|')}\n`)
    process.exitCode = 2
  }
}
