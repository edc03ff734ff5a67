/** Which acts does a message do, in order? The learnt part: nothing here knows what an act leads to. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { actFeaturesOf, wordsForActs, type ClauseWords, type Part } from './act-features'
import { actLikelihoods, actVectorOf, fromActFile, type ActModel } from './act-model'
import { actsFrom, answerFrom, type LikelyAnswer } from './act-columns'
import { actNames, type ActName } from './act-names'
import { destructiveActs, type DestructiveAct } from './act'
import { clausesOf } from './clauses'
import { isPlain } from './plain'
import { divided, type Span } from './segments'
import type { Scene } from './situation'
import { spellingOf, type Spell } from './spelling'

/** The build puts it here, and `..` leads there from the sources as well as from the build. */
const modelFile = resolve(__dirname, '../../dist/understanding/acts.bin')

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}

export interface ActReader {
  readonly model: ActModel
  readonly spell: Spell
}

/** @throws when the project was not built. */
export const loadedActs: () => ActReader = once(() => {
  const model = fromActFile(readFileSync(modelFile))
  return { model, spell: spellingOf(model.common).spell }
})

/** One part of a message, and how likely it does what. */
export interface ReadPart {
  readonly act: ActName
  /** Likelihood of the act, 0..1. */
  readonly sure: number
  readonly text: string
}

export const partOf = ({ from, to }: Span, count: number): Part => (from > 0 ? 'later' : to === count ? 'only' : 'first')

export const textOf = (clauses: readonly string[], { from, to }: Span): string => clauses.slice(from, to).join(' ')

const isDestructive = (act: ActName): act is DestructiveAct => destructiveActs.some((each) => each === act)

/** The likeliest act. One that would lose the position is out of the question where no plain word says it. */
const bestOf = (likelihoods: Float32Array, text: string): { readonly act: ActName; readonly sure: number } => {
  let best = 0
  for (let column = 1; column < likelihoods.length; column += 1) if ((likelihoods[column] ?? 0) > (likelihoods[best] ?? 0)) best = column
  const [act, sure] = [actNames[best] ?? 'none', likelihoods[best] ?? 0]
  if (!isDestructive(act) || isPlain(act, text)) return { act, sure }
  return bestOf(
    likelihoods.map((value, column) => (column === best ? 0 : value)),
    text,
  )
}

export const likelihoodsOf = (model: ActModel, clauses: readonly ClauseWords[], part: Part, scenes: readonly Scene[]): Float32Array =>
  actLikelihoods(model, actVectorOf(actFeaturesOf(clauses, part, scenes), model))

/** The parts of a message with what each does; never empty. */
export const readParts = (text: string, scenes: readonly Scene[], reader: ActReader = loadedActs()): readonly ReadPart[] => {
  const clauses = clausesOf(text)
  const words = clauses.map((clause) => wordsForActs(clause, reader.spell))
  const judge = (span: Span) => {
    const part = textOf(clauses, span)
    const best = bestOf(actsFrom(likelihoodsOf(reader.model, words.slice(span.from, span.to), partOf(span, clauses.length), scenes)), part)
    // A run of several clauses is as unlikely as it would be clause by clause, halfway: else the fewest parts would always win.
    return { label: best, score: Math.log(best.sure) * Math.sqrt(span.to - span.from) }
  }
  return joined(divided(clauses.length, judge, reader.model.thresholds.split).map(({ label, ...span }) => ({ ...label, text: textOf(clauses, span) })))
}

/** Neighbours that do the same are one, but each question is one of its own. */
const joined = (parts: readonly ReadPart[]): readonly ReadPart[] =>
  parts.reduce<readonly ReadPart[]>((found, part) => {
    const last = found.at(-1)
    if (!last || last.act !== part.act || part.act === 'ask') return [...found, part]
    return [...found.slice(0, -1), { act: part.act, sure: Math.max(last.sure, part.sure), text: `${last.text} ${part.text}` }]
  }, [])

/** Which answer the message as a whole is to the question of this scene, if it is one. */
export const readAnswer = (text: string, scene: Scene, reader: ActReader = loadedActs()): LikelyAnswer => {
  const words = clausesOf(text).map((clause) => wordsForActs(clause, reader.spell))
  return answerFrom(likelihoodsOf(reader.model, words, 'only', [scene]), scene)
}
