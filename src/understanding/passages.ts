/** Which of the smallest things we can say is it that somebody describes or asks for? */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readPassages, type Passage } from '../guides/passages'
import { languages, type AnswerTopic, type Language, type Scenario } from '../topics'
import { loadedSpelling } from './loaded'
import { fromPassageFile, rankPassages, type Likeness, type PassageIndex } from './passage-index'

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

/** The likest first; all that are there. */
export const rankIn = (text: string, scope: Scope): readonly Likeness[] => {
  const prefix = prefixOf(scope)
  return rankPassages(loadedIndex(), text, loadedSpelling(), (id) => id.startsWith(prefix))
}

/** The likest of a few topics, or of all, at most three. */
export const rankAmong = (text: string, topics?: readonly string[]): readonly Likeness[] =>
  rankPassages(loadedIndex(), text, loadedSpelling(), (id) => topics === undefined || topics.some((topic) => id.startsWith(`${topic}/`))).slice(0, 3)
