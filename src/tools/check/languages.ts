/** What does a language lack that no file of the content shows: in the app package, pictures, patterns, lines to learn from and to measure with, on the sandbox page? */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ContentProblem } from '../../guides/read'
import { pictureIds } from '../../guides/schema'
import { languageOfTag, languageRows } from '../../languages'
import { wordsIn, type Words } from '../../sandbox/page/words'
import { contoso } from '../../sandbox/tenants'
import { languages, type Language } from '../../topics'
import { readPackage, textsOf } from '../package/contents'
import { languageProblems } from '../package/rules'
import { patternFiles, patternsHold } from './patterns'

/** Texts by their dotted path. */
export type Sentences = ReadonlyMap<string, string>

/** The compiler names a language without a row; a check that runs all the same must not fall over it. */
const isNamed = (language: Language, sentence: string): boolean => {
  const row: (typeof languageRows)[Language] | undefined = languageRows[language]
  return row?.called.test(sentence) ?? false
}

/** As `helpers.previewIn.fr` is about one language. */
const isAboutOne = (where: string) => languages.some((language) => where.endsWith(`.${language}`))

/** "Write in English or French" leaves out whoever came later. */
export const unnamedLanguages = (file: string, own: Language, sentences: Sentences): readonly ContentProblem[] => {
  const others = languages.filter((language) => language !== own)
  return [...sentences].flatMap(([where, sentence]) => {
    const unnamed = others.filter((language) => !isNamed(language, sentence))
    if (unnamed.length === 0 || unnamed.length === others.length || isAboutOne(where)) return []
    return [{ file, where, rule: `names another language of the bot, but not ${unnamed.join(', ')}` }]
  })
}

const packageProblems = (root: string): readonly ContentProblem[] => {
  // What settings fill in is of no language.
  const app = readPackage(join(root, 'appPackage'), { values: {}, signsIn: true, nameSuffix: '', developer: undefined, publicUrl: '', variant: 'production' })
  const own = languageOfTag(app.manifest.localizationInfo.defaultLanguageTag) ?? 'en'
  return [
    ...languageProblems(app).map(({ where, problem }): ContentProblem => {
      const [file = '', ...place] = where.split(' ')
      return { file: `appPackage/${file}`, where: place.join(' ') || 'file', rule: problem }
    }),
    ...unnamedLanguages('appPackage/manifest.json', own, textsOf(app.source)),
    ...app.languages.flatMap(({ file, tag, strings }) => unnamedLanguages(`appPackage/${file}`, languageOfTag(tag) ?? own, strings)),
  ]
}

const missing = (root: string, file: string, toDo: string): readonly ContentProblem[] =>
  existsSync(join(root, file)) ? [] : [{ file, where: 'file', rule: `is missing; ${toDo}` }]

const pictureProblems = (root: string): readonly ContentProblem[] =>
  languages.flatMap((language) =>
    pictureIds.flatMap((id) =>
      missing(root, `src/cards/images/${language}/${id}.png`, `draw it, once ${language}/pictures.json has its words: node src/tools/run.mjs draw`),
    ),
  )

const questionProblems = (root: string): readonly ContentProblem[] =>
  languages.flatMap((language) =>
    missing(
      root,
      `test/evaluation/${language}.jsonl`,
      'have 250 or more questions written, in the shape of en.jsonl, by somebody who has not seen the phrasings',
    ),
  )

/** Lines of all languages stand in one file a writer. */
const lineFolders = {
  'src/guides/acts': 'what people write in the middle of a talk',
  'src/guides/openings': 'what people write first',
}

const lineProblems = (root: string): readonly ContentProblem[] =>
  Object.entries(lineFolders).flatMap(([folder, what]) => {
    const lines = readdirSync(join(root, folder))
      .map((name) => readFileSync(join(root, folder, name), 'utf8'))
      .join('\n')
    return languages
      .filter((language) => !lines.includes(`"locale":"${language}"`))
      .map((language) => ({
        file: folder,
        where: `"locale":"${language}"`,
        rule: `no line has it; write ${what}, as much of it as there is in English, in the shape of the other lines`,
      }))
  })

const patternProblems = (): readonly ContentProblem[] =>
  languages.flatMap((language) => {
    const held: readonly string[] | undefined = patternsHold[language]
    return patternFiles
      .filter((file) => !held?.includes(file))
      .map((file) => ({
        file: `src/understanding/${file}.ts`,
        where: 'patterns',
        rule: `hold no words of ${language}; add them, and say so in src/tools/check/patterns.ts`,
      }))
  })

const pageWordsFile = 'src/sandbox/page/words.ts'

/** People are described in English where they are made up. */
const undescribed = (language: Language, about: Words['about']): readonly ContentProblem[] =>
  language === 'en'
    ? []
    : contoso.people
        .filter(({ key }) => about[key] === undefined)
        .map(({ key }) => ({ file: pageWordsFile, where: `${language}.about.${key}`, rule: 'is missing' }))

const pageProblems = (root: string): readonly ContentProblem[] => {
  const file = 'src/sandbox/page/index.html'
  const [noScript = ''] = /<noscript>[^]*<\/noscript>/.exec(readFileSync(join(root, file), 'utf8')) ?? []
  return languages.flatMap((language): readonly ContentProblem[] => {
    const words: Words | undefined = wordsIn(language)
    return [
      ...(language === 'en' || noScript.includes(`<span lang="${language}">`)
        ? []
        : [{ file, where: 'noscript', rule: `needs its sentence in <span lang="${language}"> too` }]),
      ...(words ? [...undescribed(language, words.about), ...unnamedLanguages(pageWordsFile, language, textsOf(words, language))] : []),
    ]
  })
}

export const projectProblems = (root: string): readonly ContentProblem[] =>
  [packageProblems, pictureProblems, questionProblems, lineProblems, patternProblems, pageProblems].flatMap((check) => check(root))
