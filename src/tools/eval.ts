/**
 * Measures understanding on questions written apart from the phrasings (`test/evaluation`) and on what strangers wrote, which nobody
 * looked at: openings, acts, symptoms and whole conversations. Prints a table per language, writes JSON and a picture of the confusion
 * matrix to dist/eval.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { languages, topics } from '../topics'
import { understand, type Understanding } from '../understanding'
import { confusionPicture } from './eval/confusion-picture'
import { measure, type Judged, type Measures } from './eval/measure'
import { countDestructive, measureActs, type ActMeasure } from './eval/acts'
import { measureDialogues, type DialogueMeasure } from './eval/dialogues'
import { measureFacts, type FactMeasure } from './eval/facts'
import { measurePassages, type PassageMeasure } from './eval/passages'
import { measureStrangers, type OpeningMeasure } from './eval/strangers'
import type { Measured } from './eval/writers'

const questions = resolve(__dirname, '../../test/evaluation')
const results = resolve(__dirname, '../../dist/eval')
const sets = [...languages, 'others'] as const

const rowSchema = z.looseObject({ text: z.string(), topic: z.enum([...topics, 'none']), kind: z.enum(['far', 'near']).optional() })

const readSet = (name: string) =>
  readFileSync(join(questions, `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => rowSchema.parse(JSON.parse(line)))

const judge = (name: string): Judged[] =>
  readSet(name).map(({ text, topic, kind }) => ({ expected: topic, kind, understood: understand(text) satisfies Understanding }))

const percent = (value: number) => `${(value * 100).toFixed(1)} %`

const table = (name: string, measures: Measures): string =>
  [
    `${name}: ${measures.inScope} questions in scope, ${measures.outOfScope} out of scope`,
    `  accuracy (first topic right)       ${percent(measures.accuracy)}`,
    `  among the first three              ${percent(measures.topThree)}`,
    `  macro-F1                           ${percent(measures.macroF1)}`,
    ...(measures.outOfScope > 0
      ? [
          `  far out of scope, not answered     ${percent(measures.far)}`,
          `  near out of scope, not answered    ${percent(measures.near)}`,
          `  of these refused outright          ${percent(measures.refused)}`,
          `  out of scope answered all the same ${percent(measures.falseAccepts)}`,
        ]
      : []),
    `  answered with a short question     ${percent(measures.asked)}`,
    `  answered wrongly                   ${percent(measures.wrong)}`,
    `  worst confusions                   ${measures.confusions.map(({ expected, got, count }) => `${expected} → ${got} (${count})`).join(', ')}`,
    '  threshold on the first topic        ' + measures.curve.map(({ threshold }) => threshold.toFixed(1).padStart(6)).join(''),
    '    in scope answered                 ' + measures.curve.map(({ answered }) => `${Math.round(answered * 100)}%`.padStart(6)).join(''),
    '    of these right                    ' + measures.curve.map(({ right }) => `${Math.round(right * 100)}%`.padStart(6)).join(''),
    '    out of scope answered             ' + measures.curve.map(({ falseAccepts }) => `${Math.round(falseAccepts * 100)}%`.padStart(6)).join(''),
  ].join('\n')

const sharesTable =
  <Name extends string>(what: string, labels: Readonly<Record<Name, string>>) =>
  ({ language, writers, lines, mean, interval, worst }: Measured<Name>): string =>
    [
      `${language}: ${lines} ${what} of ${writers} writers whose lines were never looked at`,
      ...(Object.entries(labels) as [Name, string][]).map(([name, label], at) => {
        const more = at === 0 ? ` (± ${percent(interval)} over writers; worst, ${worst.writer}: ${percent(worst.share)})` : ''
        return `  ${label.padEnd(35)}${percent(mean[name])}${more}`
      }),
    ].join('\n')

const openingsTable = sharesTable<OpeningMeasure>('first messages', {
  first: 'first topic right',
  topThree: 'among the first three',
  atOnceOrByOnePress: 'right at once or by one press',
  wrong: 'answered wrongly',
  refused: 'refused though in scope',
  foreignAnswered: 'out of scope answered',
})
const actsTable = sharesTable<ActMeasure>('messages in a situation', {
  main: 'main act right',
  exact: 'all acts right',
  falselyDestructive: 'leaving or forgetting falsely done',
})
const factsTable = sharesTable<FactMeasure>('sentences about their case', { recall: 'facts heard', precision: 'of what was heard, told' })
const passagesTable = sharesTable<PassageMeasure>('symptoms', {
  atStep: 'cause right at its step',
  inGuide: 'right one first in its guide',
  inGuideThree: 'in the first three of its guide',
  anywhere: 'right one first of all',
  anywhereThree: 'in the first three of all',
})
const talksTable = sharesTable<DialogueMeasure>('conversations', {
  right: 'turns as meant, own situation',
  rightGiven: 'turns as meant, right situation',
  half: 'half right',
  notSure: 'asked back or not understood',
  lost: 'position lost',
  gateWrong: 'question wrongly answered',
})

const main = async () => {
  mkdirSync(results, { recursive: true })
  const measured = Object.fromEntries(
    sets.map((name) => {
      const judged = judge(name)
      const measures = measure(judged)
      process.stdout.write(`${table(name, measures)}\n\n`)
      writeFileSync(join(results, `confusion-${name}.svg`), confusionPicture(name, judged))
      return [name, measures]
    }),
  )
  const strangers = measureStrangers(join(questions, 'strangers'))
  const acts = measureActs(join(questions, 'acts'))
  const facts = measureFacts(join(questions, 'facts'))
  const passages = measurePassages(join(questions, 'symptoms'))
  const { measured: dialogues, words } = await measureDialogues(join(questions, 'dialogues'))
  const destructive = countDestructive()
  const tables = [
    ...strangers.map(openingsTable),
    ...acts.map(actsTable),
    ...facts.map(factsTable),
    ...passages.map(passagesTable),
    ...dialogues.map(talksTable),
  ]
  for (const each of tables) process.stdout.write(`${each}\n\n`)
  process.stdout.write(`Words in sight of an answer in these conversations: median ${words.median}, nine of ten at most ${words.ninth}\n`)
  process.stdout.write(`Left, begun again or forgotten in ${destructive.lines} messages that ask for none of it: ${destructive.done}\n\n`)
  writeFileSync(join(results, 'eval.json'), `${JSON.stringify({ ...measured, strangers, acts, facts, passages, dialogues, words, destructive }, null, 2)}\n`)
  process.stdout.write('Written: dist/eval/eval.json and confusion-*.svg\n')
}

if (require.main === module) void main()
