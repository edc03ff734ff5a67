/** The words of every language that mean one thing, as one list or as part of a pattern. */
import { texts, type Heard } from '../guides/texts'
import { languages } from '../topics'

type Choose = (heard: Heard) => readonly string[]

/** Each once, the languages in their order. */
export const heard = (choose: Choose): readonly string[] => [...new Set(languages.flatMap((language) => choose(texts[language].heard)))]

const literal = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)

/** Any of them. `written` says how one may be written; it gets what stands for it in a pattern. */
export const anyOf = (choose: Choose, written: (pattern: string) => string = (pattern) => pattern): string =>
  `(?:${[...new Set(heard(choose).map((word) => written(literal(word))))].join('|')})`
