/** Does every language say the same as English, in the sentences and the lists of words that the code itself reads? */
import { z } from 'zod'
import { readJson, type ContentProblem } from '../../guides/read'
import { languages, type Language } from '../../topics'
import { unnamedLanguages, type Sentences } from './languages'

export const wordFiles = ['ui.json', 'error-codes.json', 'products.json'] as const

/** What an author writes is never empty. */
export const text = z.string().trim().min(1)

const groups = z.record(z.string(), z.unknown())

const words = z.array(text)

/** What stands in a file by its dotted path, or undefined when the file cannot be read. What `read` does not know is a problem. */
const leavesIn = (
  folder: string,
  file: string,
  problems: ContentProblem[],
  read: (value: unknown) => string | undefined,
  rule: string,
): Sentences | undefined => {
  const found = new Map<string, string>()
  const walk = (value: unknown, where: string) => {
    const [group, leaf] = [groups.safeParse(value), read(value)]
    if (group.success) for (const [key, inner] of Object.entries(group.data)) walk(inner, where ? `${where}.${key}` : key)
    else if (leaf !== undefined) found.set(where, leaf)
    else problems.push({ file, where, rule })
  }
  const content = readJson(folder, file, groups, problems)
  if (!content) return undefined
  walk(content, '')
  return found
}

const sentencesIn = (folder: string, file: string, problems: ContentProblem[]) =>
  leavesIn(folder, file, problems, (value) => text.safeParse(value).data, 'must be a text that is not empty')

/** Which words a list holds is for each language to say, so nothing of them is compared. */
const listsIn = (folder: string, file: string, problems: ContentProblem[]) =>
  leavesIn(folder, file, problems, (value) => (words.safeParse(value).success ? '' : undefined), 'must be a list of words')

const placesIn = (sentence: string) => [...new Set(sentence.match(/\{\{\w+\}\}/g))].toSorted().join(', ')

/** The same sentences in every language, with the same places to fill. */
export const wordProblems = (folder: string): readonly ContentProblem[] =>
  wordFiles.flatMap((name) => {
    const problems: ContentProblem[] = []
    const english = sentencesIn(folder, `en/${name}`, problems)
    for (const language of languages) {
      const file = `${language}/${name}`
      const here = language === 'en' ? english : sentencesIn(folder, file, problems)
      if (!here || !english) continue
      if (language !== 'en') problems.push(...differences(file, withPlurals(english, language), here))
      problems.push(...unnamedLanguages(file, language, here))
    }
    return problems
  })

const differences = (file: string, english: Sentences, here: Sentences): readonly ContentProblem[] =>
  [...new Set([...english.keys(), ...here.keys()])].flatMap((where) => {
    const [theirs, ours] = [english.get(where), here.get(where)]
    if (ours === undefined) return [{ file, where, rule: 'is there in English and missing here' }]
    if (theirs === undefined) return [{ file, where, rule: 'is here and not in English' }]
    const places = placesIn(theirs)
    return places === placesIn(ours) ? [] : [{ file, where, rule: `must fill ${places || 'nothing'}, as in English` }]
  })

/** Numbers up to here are counted in sentences, and show every form that a language has for them. */
const mostCounted = 200

/** English with a sentence for every form that the language counts in: Polish has one for few, which English has not. */
const withPlurals = (english: Sentences, language: Language): Sentences => {
  const rules = new Intl.PluralRules(language)
  const forms = new Set(Array.from({ length: mostCounted + 1 }, (_, count) => rules.select(count)))
  return new Map(
    [...english].flatMap(([where, sentence]): [string, string][] =>
      where.endsWith('_other')
        ? [[where, sentence], ...[...forms].map((form): [string, string] => [where.replace(/other$/, form), sentence])]
        : [[where, sentence]],
    ),
  )
}

/** Lists of words under the same keys. */
export const heardProblems = (folder: string): readonly ContentProblem[] => {
  const problems: ContentProblem[] = []
  const english = listsIn(folder, 'en/heard.json', problems)
  for (const file of languages.filter((language) => language !== 'en').map((language) => `${language}/heard.json`)) {
    const here = listsIn(folder, file, problems)
    if (english && here) problems.push(...differences(file, english, here))
  }
  return problems
}
