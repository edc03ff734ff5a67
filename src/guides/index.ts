/** Everything the bot says, read and checked once at start: guides, answers, pictures and sources, by topic and language. */
import { answers, languages, scenarios, type AnswerTopic, type Language, type Scenario, type Topic } from '../topics'
import { isAnswer, isScenario } from '../topics'
import { readContent } from './read'
import type { Answer, Guide, PictureId, Source } from './schema'
import { words } from './words'

const content = readContent()

export const guideOf = (topic: Scenario, language: Language): Guide => content[language].guides[topic]
export const answerOf = (topic: AnswerTopic, language: Language): Answer => content[language].answers[topic]
export const altOf = (picture: PictureId, language: Language): string => content[language].pictures[picture].alt
export const sourceOf = (id: string): Source => {
  const source = content.sources[id]
  if (!source) throw new Error(`no source is called ${id}`)
  return source
}
export const allSources = content.sources
/** What a passage rests on by itself; undefined: on all that its step or answer does. */
export const restOf = (passage: string): readonly string[] | undefined => content.rests[passage]

/** Short title of a topic, as on buttons. */
export const labelOf = (topic: Topic, language: Language): string =>
  isScenario(topic) ? guideOf(topic, language).label : isAnswer(topic) ? answerOf(topic, language).label : words(language).t(`topics.${topic}`)

export const allGuides = () => languages.flatMap((language) => scenarios.map((topic) => guideOf(topic, language)))
export const allAnswers = () => languages.flatMap((language) => answers.map((topic) => answerOf(topic, language)))
