/** Which are the smallest things that answer: each cause, point, note, warning and check, with how people ask for it? */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answers, isScenario, scenarios, type AnswerTopic, type Language, type Scenario } from '../topics'
import { answerOf, guideOf, restOf } from '.'
import { passagesSchema, type Step } from './schema'

export interface Passage {
  /** `<topic>/<path>`, the same in every language. */
  readonly id: string
  readonly topic: Scenario | AnswerTopic
  /** Id of the step it belongs to. */
  readonly step?: string
  readonly kind: 'cause' | 'point' | 'note' | 'warning' | 'check' | 'alternative'
  readonly text: string
  /** The same in one or two sentences; the text itself where that is short. */
  readonly short: string
  readonly phrasings: readonly string[]
  /** What it rests on, out of the sources of its step or answer; the end of a guide rests on its steps. */
  readonly sources: readonly string[]
}

type Bare = Omit<Passage, 'short' | 'phrasings' | 'id' | 'topic' | 'sources'> & { readonly path: string }

const inStep = ({ id, expect, note, warning, stuck }: Step): readonly Bare[] => [
  { path: `steps/${id}/expect`, step: id, kind: 'check', text: expect },
  ...(note === undefined ? [] : [{ path: `steps/${id}/note`, step: id, kind: 'note', text: note } satisfies Bare]),
  ...(warning === undefined ? [] : [{ path: `steps/${id}/warning`, step: id, kind: 'warning', text: warning } satisfies Bare]),
  ...stuck.map((cause): Bare => ({ path: `steps/${id}/stuck/${cause.id}`, step: id, kind: 'cause', text: cause.text })),
]

const inGuide = (topic: Scenario, language: Language): readonly Bare[] => {
  const { before, steps, end } = guideOf(topic, language)
  return [
    ...(before?.notes ?? []).map(({ id, text }): Bare => ({ path: `notes/${id}`, kind: 'note', text })),
    ...(before?.alternatives ?? []).map(({ id, title, text }): Bare => ({ path: `alternatives/${id}`, kind: 'alternative', text: `**${title}** ${text}` })),
    ...steps.flatMap(inStep),
    ...end.verify.map(({ id, text }): Bare => ({ path: `checks/${id}`, kind: 'check', text })),
  ]
}

const inAnswer = (topic: AnswerTopic, language: Language): readonly Bare[] =>
  answerOf(topic, language).points.map(({ id, text }): Bare => ({ path: `points/${id}`, kind: 'point', text }))

/** @param folder of the guides. Topics without a file have no phrasings of their own. */
const phrasingsOf = (folder: string, language: Language, topic: string) => {
  const file = join(folder, language, 'passages', `${topic}.json`)
  return existsSync(file) ? passagesSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
}

const groundOf = (topic: Scenario | AnswerTopic, language: Language, step: string | undefined): readonly string[] => {
  if (!isScenario(topic)) return answerOf(topic, language).sources
  const { before, steps } = guideOf(topic, language)
  return steps.find(({ id }) => id === step)?.sources ?? before?.sources ?? [...new Set(steps.flatMap(({ sources }) => sources))]
}

/** Every passage in a language, in the order of the guides. */
export const readPassages = (language: Language, folder = __dirname): readonly Passage[] =>
  [...scenarios, ...answers].flatMap((topic) => {
    const said = phrasingsOf(folder, language, topic)
    const bare = scenarios.some((each) => each === topic) ? inGuide(topic as Scenario, language) : inAnswer(topic as AnswerTopic, language)
    return bare.map(({ path, ...rest }): Passage => ({
      ...rest,
      id: `${topic}/${path}`,
      topic,
      short: said[path]?.short ?? rest.text,
      phrasings: said[path]?.phrasings ?? [],
      sources: restOf(`${topic}/${path}`) ?? groundOf(topic, language, rest.step),
    }))
  })
