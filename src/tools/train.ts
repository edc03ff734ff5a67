/**
 * Trains the router on the phrasings and writes dist/understanding/model.json. Runs at build, takes seconds, and gives the same
 * file for the same phrasings, byte for byte.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { wordsOf } from '../understanding/clean'
import { families, featuresOf, mirrored, read, type Features } from '../understanding/features'
import { learn, randomFrom, shuffled, type Example, type Learnt } from '../understanding/learn'
import { labels, toFile, type Label, type Model, type Phrasing } from '../understanding/model'
import { likelihoods, vectorOf } from '../understanding/router'
import { commonWords, spellerOf, type Spell } from '../understanding/spelling'
import { thresholdsFrom, type Judged } from '../understanding/thresholds'
import { languages } from '../topics'

const guides = resolve(__dirname, '../../src/guides')
const modelFile = resolve(__dirname, '../../dist/understanding/model.json')
const seed = 365
const folds = 5
const epochs = 14
/** Held-out lines only place the thresholds, so these models may be less polished. */
const foldEpochs = 6
/** Pieces of words seen in one line only say nothing about the next line. */
const rarestPiece = 2

interface Line {
  readonly text: string
  readonly label: Label
}

const linesIn = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

const headings = z.object({ title: z.string(), label: z.string() })

/** What the person read on a card or a button may be typed as well. */
const headingsIn = (folder: string, label: Label): string[] => {
  const file = join(folder, `${label}.json`)
  if (!existsSync(file)) return []
  const { title, label: short } = headings.parse(JSON.parse(readFileSync(file, 'utf8')))
  return [title, short]
}

/** Every phrasing with its topic, in a fixed order. */
export const readLines = (folder = guides): Line[] =>
  languages.flatMap((language) =>
    labels.flatMap((label) =>
      [
        ...linesIn(join(folder, language, 'phrasings', `${label}.txt`)),
        ...headingsIn(join(folder, language), label),
      ].map((text) => ({ text, label })),
    ),
  )

const indexOf = (all: readonly Features[]): Pick<Model, 'vocabulary' | 'rarity'> => {
  const lines = new Map<string, number>()
  for (const features of all)
    for (const family of families) for (const feature of features[family].keys()) lines.set(feature, (lines.get(feature) ?? 0) + 1)
  const kept = [...lines].filter(([feature, count]) => count >= (feature.startsWith('~') ? rarestPiece : 1))
  return {
    vocabulary: new Map(kept.map(([feature], row) => [feature, row])),
    rarity: Float32Array.from(kept, ([, count]) => Math.log(1 + all.length / count)),
  }
}

/** Weights as whole numbers from -127 to 127, one scale per label. */
const shrunk = ({ weights, bias }: Learnt) => {
  const width = labels.length
  const highest = new Float32Array(width)
  weights.forEach((weight, cell) => {
    highest[cell % width] = Math.max(highest[cell % width] ?? 0, Math.abs(weight))
  })
  const steps = highest.map((value) => value / 127)
  return { weights: Int8Array.from(weights, (weight, cell) => Math.round(weight / (steps[cell % width] || 1))), steps, bias }
}

type Index = Pick<Model, 'vocabulary' | 'rarity'>
const unset = { thresholds: { none: 1, sure: 0, lead: 0 }, phrasings: [], common: [] }

const fit = (examples: readonly Example[], index: Index, rounds: number): Model => ({
  ...index,
  ...shrunk(learn(examples, index.vocabulary.size, rounds, seed)),
  ...unset,
})

/** A line as it is, and made-up copies of it that only learning sees. */
interface Lesson {
  readonly label: Label
  readonly features: Features
  readonly copies: readonly { readonly label: Label; readonly features: Features }[]
}

/** Swapping the products turns the one mirror scenario into the other; linking is the same both ways. */
const mirrors: Readonly<Partial<Record<Label, Label>>> = {
  'azure-for-m365': 'm365-for-azure',
  'm365-for-azure': 'azure-for-m365',
  'link-existing': 'link-existing',
}

const lessonOf = ({ text, label }: Line, spell: Spell): Lesson => {
  const mirror = mirrors[label]
  const other = mirror && mirrored(text, spell)
  return {
    label,
    features: featuresOf(read(text, spell)),
    copies: mirror && other ? [{ label: mirror, features: featuresOf(other) }] : [],
  }
}

const exampleOf = (index: Index, { label, features }: Omit<Lesson, 'copies'>): Example => ({
  vector: vectorOf(features, index),
  label: labels.indexOf(label),
})

const examplesOf = (index: Index, lessons: readonly Lesson[]): Example[] =>
  lessons.flatMap((lesson) => [lesson, ...lesson.copies].map((each) => exampleOf(index, each)))

/** What models that never saw a line say about it, in the order of the lines. */
const heldOut = (lessons: readonly Lesson[], index: Index): Judged[] => {
  const order = shuffled([...lessons.keys()], randomFrom(seed))
  const found: Judged[] = []
  for (let fold = 0; fold < folds; fold += 1) {
    const part = (isOut: boolean) => order.filter((_, place) => (place % folds === fold) === isOut)
    const model = fit(examplesOf(index, part(false).flatMap((at) => lessons[at] ?? [])), index, foldEpochs)
    for (const at of part(true)) {
      const lesson = lessons[at]
      if (lesson) found[at] = { label: lesson.label, probabilities: likelihoods(model, exampleOf(index, lesson).vector) }
    }
  }
  return found
}

const prepared = (lines: readonly Line[]) => {
  const common = commonWords(lines.map(({ text }) => wordsOf(text)))
  const spell = spellerOf(common)
  const lessons = lines.map((line) => lessonOf(line, spell))
  return { common, lessons, index: indexOf(lessons.map(({ features }) => features)) }
}

/** Learns from the lines; the thresholds come from the same lines, each judged by a model that did not see it. */
export const train = (lines: readonly Line[] = readLines()): Model => {
  const { common, lessons, index } = prepared(lines)
  const phrasings = lines.flatMap(({ text, label }): Phrasing[] => (label === 'none' ? [] : [{ text, topic: label }]))
  const thresholds = thresholdsFrom(heldOut(lessons, index))
  return { ...fit(examplesOf(index, lessons), index, epochs), thresholds, phrasings, common }
}

export const trainedFile = (): string => toFile(train())

const main = () => {
  mkdirSync(dirname(modelFile), { recursive: true })
  writeFileSync(modelFile, trainedFile())
}

if (require.main === module) main()
