/** Which sentences does a topic say, where do they stand, and what does each rest on? */
import { answerOf, guideOf, restOf } from '../../guides'
import type { Answer, Guide } from '../../guides/schema'
import { isScenario, type AnswerTopic, type Language, type Scenario } from '../../topics'

export interface Sentence {
  /** The same in every language, e.g. `steps/save-access/note`. */
  readonly path: string
  readonly text: string
  /** Empty: it says nothing of Microsoft's. */
  readonly sources: readonly string[]
  /** `YYYY-MM-DD`; absent at the end of a guide, which says no more than its steps. */
  readonly checked?: string
}

type Ground = Pick<Sentence, 'sources' | 'checked'>
type Said = readonly (readonly [string, string | undefined])[]

const on = (ground: Ground, said: Said): readonly Sentence[] => said.flatMap(([path, text]) => (text === undefined ? [] : [{ ...ground, path, text }]))

const inBefore = ({ title, summary, short, before, ways }: Guide): readonly Sentence[] => {
  const ground: Ground = before ? { sources: before.sources, checked: before.checked } : { sources: [] }
  const said: Said = [
    ['title', title],
    ['summary', summary],
    ['short', short],
    ...(before?.need ?? []).map((text, index) => [`before/need/${index + 1}`, text] as const),
    ...(before?.notes ?? []).map(({ id, text }) => [`notes/${id}`, text] as const),
    ...(before?.alternatives ?? []).map(({ id, title: name, text }) => [`alternatives/${id}`, `**${name}** ${text}`] as const),
    ['before/account', before?.account],
    ['before/role', before?.role.text],
    ...Object.entries(before?.contracts ?? {}).map(([contract, rule]) => [`before/contracts/${contract}`, rule.text] as const),
    ...Object.entries(ways?.each ?? {}).map(([way, { text }]) => [`ways/${way}`, text] as const),
  ]
  return on(ground, said)
}

const inSteps = ({ steps, ways }: Guide): readonly Sentence[] =>
  steps.flatMap(({ id, title, short, instruction, expect, note, warning, stuck, sources, checked }) =>
    on({ sources, checked }, [
      [`steps/${id}/title`, title],
      [`steps/${id}/short`, short],
      [`steps/${id}/instruction`, instruction],
      ...Object.entries(ways?.each ?? {}).map(([way, own]) => [`ways/${way}/steps/${id}`, own.steps[id]?.instruction] as const),
      [`steps/${id}/expect`, expect],
      [`steps/${id}/note`, note],
      [`steps/${id}/warning`, warning],
      ...stuck.map((cause) => [`steps/${id}/stuck/${cause.id}`, cause.text] as const),
    ]),
  )

const inEnd = ({ end }: Guide): readonly Sentence[] =>
  on({ sources: [] }, [['end', `**${end.title}** ${end.text}`], ...end.verify.map(({ id, text }) => [`checks/${id}`, text] as const)])

const inAnswer = ({ title, text, short, points, sources, checked }: Answer): readonly Sentence[] =>
  on({ sources, checked }, [
    ['title', title],
    ...text.map((line, index) => [`text/${index + 1}`, line] as const),
    ['short', short],
    ...points.map(({ id, text: point }) => [`points/${id}`, point] as const),
  ])

/** In the order people meet them; a sentence that rests on less than its step does names only that. */
export const sentencesOf = (topic: Scenario | AnswerTopic, language: Language): readonly Sentence[] => {
  const all = isScenario(topic) ? [inBefore, inSteps, inEnd].flatMap((part) => part(guideOf(topic, language))) : inAnswer(answerOf(topic, language))
  return all.map((sentence) => ({ ...sentence, sources: restOf(`${topic}/${sentence.path}`) ?? sentence.sources }))
}
