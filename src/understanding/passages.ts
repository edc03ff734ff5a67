/** Which of the smallest things we can say is it that somebody describes or asks for? */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readPassages, type Passage } from '../guides/passages'
import { isTopic, languages, type AnswerTopic, type Language, type Scenario, type Topic } from '../topics'
import { loadedSpelling } from './loaded'
import { fromPassageFile, rankingOf, type Likeness, type PassageIndex } from './passage-index'

/** The build puts it here, and `..` leads there from the sources as well as from the build. */
const indexFile = resolve(__dirname, '../../dist/understanding/passages.bin')

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}

/** @throws when the project was not built. */
const loadedIndex: () => PassageIndex = once(() => fromPassageFile(readFileSync(indexFile)))

const byId = once(() => new Map(languages.map((language) => [language, new Map(readPassages(language).map((passage) => [passage.id, passage]))])))

/** In the language it is told in. */
export const passageOf = (id: string, language: Language): Passage | undefined => byId().get(language)?.get(id)

/** Where to look: the causes at a step, all of a step, all of a guide or an answer. */
export type Scope =
  | { readonly causesAt: string; readonly of: Scenario }
  | { readonly step: string; readonly of: Scenario }
  | { readonly of: Scenario | AnswerTopic }

const prefixOf = (scope: Scope): string => {
  if ('causesAt' in scope) return `${scope.of}/steps/${scope.causesAt}/stuck/`
  return 'step' in scope ? `${scope.of}/steps/${scope.step}/` : `${scope.of}/`
}

/** What a text is like, looked for in as many places as are needed. */
export interface Near {
  /** The likest first; all that are there. */
  readonly in: (scope: Scope) => readonly Likeness[]
  /** Of a few topics, or of all, at most three. */
  readonly among: (topics?: readonly string[]) => readonly Likeness[]
}

export const nearTo = (text: string): Near => {
  const rank = rankingOf(loadedIndex, text, loadedSpelling)
  return {
    in: (scope) => {
      const prefix = prefixOf(scope)
      return rank((id) => id.startsWith(prefix))
    },
    among: (topics) => rank((id) => topics === undefined || topics.some((topic) => id.startsWith(`${topic}/`))).slice(0, 3),
  }
}

/** The topic whose passage it is. */
export const topicOfPassage = (id: string): Topic | undefined => [id.split('/')[0]].find(isTopic)
