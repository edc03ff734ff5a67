/** How alike are a message and what people say who need a passage? An index of all phrasings, built once, read as it stands in memory. */
import { z } from 'zod'
import { featuresOf, read, type Family } from './features'
import { aligned, bytesOf, marksOf } from './packed'
import type { Spelling } from './spelling'

/** Features are told by 18 bits of their mark: of the two that fall together now and then, the others of a text tell. */
const places = 2 ** 18
const rarityStep = 1 / 20

/** Words count more than what they are about: neighbouring causes are about the same things. */
const weights: readonly (readonly [family: Family, weight: number])[] = [
  ['words', 1],
  ['pairs', 0.6],
  ['pieces', 0.6],
  ['concepts', 0.4],
  ['conceptPairs', 0.2],
]

// Taken out once: in a context of its own, such as a test's, reaching a global costs more than the arithmetic.
const { log, sqrt } = Math

type Counts = readonly (readonly [weight: number, counts: ReadonlyMap<number, number>])[]

/** The features of a text by their places, family by family. */
export const countsOf = (text: string, spelling: Spelling): Counts => {
  const features = featuresOf(read(text, spelling))
  return weights.map(([family, weight]) => {
    const counts = new Map<number, number>()
    for (const [feature, count] of features[family]) counts.set(marksOf(feature)[0] & (places - 1), count)
    return [weight, counts]
  })
}

export interface Line {
  readonly rows: Uint32Array
  readonly values: Float32Array
}

/** Each family is scaled to length 1 before its weight, then the whole to length 1. What no phrasing has is left out. */
export const lineOf = (counts: Counts, rarity: Uint8Array): Line => {
  const rows: number[] = []
  const values: number[] = []
  for (const [weight, family] of counts) {
    const first = values.length
    let squares = 0
    for (const [row, count] of family) {
      const rare = rarity[row] ?? 0
      if (rare === 0) continue
      const value = (1 + log(count)) * rare
      rows.push(row)
      values.push(value)
      squares += value * value
    }
    const scale = weight / (sqrt(squares) || 1)
    for (let at = first; at < values.length; at += 1) values[at] = (values[at] ?? 0) * scale
  }
  const length = sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
  return { rows: Uint32Array.from(rows), values: Float32Array.from(values, (value) => value / length) }
}

const entrySchema = z.object({
  id: z.string(),
  /** First line and the one behind the last; the first `texts` of them are the passage's own words. */
  from: z.int(),
  to: z.int(),
  texts: z.int(),
  /** Length of all its lines together. */
  length: z.number(),
})
export type Entry = z.infer<typeof entrySchema>

const headerSchema = z.object({ passages: z.array(entrySchema), size: z.int() })

export interface PassageIndex {
  readonly entries: readonly Entry[]
  readonly rarity: Uint8Array
  /** Of each place, where the lines begin that have its feature. */
  readonly starts: Uint32Array
  readonly lines: Uint16Array
  /** How much of the feature is in them, in 1/65535. */
  readonly values: Uint16Array
}

/** A passage's own words say more than one phrasing of it. */
const textWeight = 1.5
const whole = 65_535

export interface Phrased {
  readonly id: string
  readonly texts: readonly string[]
  readonly phrasings: readonly string[]
}

const rarityOf = (all: readonly Counts[]): Uint8Array => {
  const found = new Map<number, number>()
  for (const counts of all) for (const row of new Set(counts.flatMap(([, family]) => [...family.keys()]))) found.set(row, (found.get(row) ?? 0) + 1)
  const rarity = new Uint8Array(places)
  for (const [row, count] of found) rarity[row] = Math.min(255, Math.max(1, Math.round(log(1 + all.length / count) / rarityStep)))
  return rarity
}

/** Length of the sum of several lines. */
const lengthOf = (lines: readonly Line[], texts: number): number => {
  const sum = new Map<number, number>()
  lines.forEach(({ rows, values }, line) => {
    rows.forEach((row, at) => sum.set(row, (sum.get(row) ?? 0) + (values[at] ?? 0) * (line < texts ? textWeight : 1)))
  })
  return sqrt([...sum.values()].reduce((total, value) => total + value * value, 0)) || 1
}

export const indexPassages = (passages: readonly Phrased[], spelling: Spelling): PassageIndex => {
  const counted = passages.map(({ texts, phrasings }) => [...texts, ...phrasings].map((text) => countsOf(text, spelling)))
  const rarity = rarityOf(counted.flat())
  const lines: Line[] = []
  const entries = passages.map(({ id, texts }, at): Entry => {
    const own = (counted[at] ?? []).map((counts) => lineOf(counts, rarity))
    const from = lines.length
    lines.push(...own)
    return { id, from, to: lines.length, texts: texts.length, length: Number(lengthOf(own, texts.length).toFixed(4)) }
  })
  return { entries, rarity, ...postingsOf(lines) }
}

/** Feature by feature, the lines that have it. */
const postingsOf = (all: readonly Line[]): Pick<PassageIndex, 'starts' | 'lines' | 'values'> => {
  const starts = new Uint32Array(places + 1)
  for (const { rows } of all) for (const row of rows) starts[row + 1] = (starts[row + 1] ?? 0) + 1
  for (let row = 0; row < places; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0)
  const size = starts[places] ?? 0
  const next = starts.slice()
  const [lines, values] = [new Uint16Array(size), new Uint16Array(size)]
  all.forEach((line, number) =>
    line.rows.forEach((row, at) => {
      const cell = next[row] ?? 0
      lines[cell] = number
      values[cell] = Math.round((line.values[at] ?? 0) * whole)
      next[row] = cell + 1
    }),
  )
  return { starts, lines, values }
}

const wordBytes = 4

/** The same passages always give the same bytes. */
export const toPassageFile = ({ entries, rarity, starts, lines, values }: PassageIndex): Buffer => {
  const header: z.infer<typeof headerSchema> = { passages: [...entries], size: lines.length }
  const text = Buffer.from(JSON.stringify(header))
  const start = Buffer.alloc(wordBytes + aligned(text.length), ' ')
  start.writeUInt32LE(text.length, 0)
  text.copy(start, wordBytes)
  return Buffer.concat([start, ...[starts, lines, values, rarity].map(bytesOf)])
}

/** @throws when the bytes are something else. */
export const fromPassageFile = (file: Buffer): PassageIndex => {
  const { buffer, byteOffset } = file.byteOffset % wordBytes === 0 ? file : Buffer.from(Uint8Array.from(file).buffer)
  const length = file.readUInt32LE(0)
  const { passages, size } = headerSchema.parse(JSON.parse(file.toString('utf8', wordBytes, wordBytes + length)))
  const startsAt = byteOffset + wordBytes + aligned(length)
  const linesAt = startsAt + (places + 1) * wordBytes
  const valuesAt = linesAt + size * 2
  const rarityAt = valuesAt + size * 2
  if (file.length !== rarityAt + places - byteOffset) throw new Error('the file of passages does not fit its header')
  return {
    entries: passages,
    starts: new Uint32Array(buffer, startsAt, places + 1),
    lines: new Uint16Array(buffer, linesAt, size),
    values: new Uint16Array(buffer, valuesAt, size),
    rarity: new Uint8Array(buffer, rarityAt, places),
  }
}

/** The few lines that are most like it, beside all of them together: one odd line must not decide alone. */
const nearest = 3
const nearestShare = 0.4

/** How alike each line of the index is. */
const likenesses = ({ entries, starts, lines, values }: PassageIndex, { rows, values: own }: Line): Float32Array => {
  const found = new Float32Array(entries.at(-1)?.to ?? 0)
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0
    const value = (own[at] ?? 0) / whole
    for (let cell = starts[row] ?? 0; cell < (starts[row + 1] ?? 0); cell += 1) {
      const line = lines[cell] ?? 0
      found[line] = (found[line] ?? 0) + value * (values[cell] ?? 0)
    }
  }
  return found
}

const likenessOf = (found: Float32Array, { from, to, texts, length }: Entry): number => {
  const best = new Float32Array(nearest)
  let all = 0
  for (let line = from; line < to; line += 1) {
    const likeness = found[line] ?? 0
    all += likeness * (line - from < texts ? textWeight : 1)
    if (likeness > (best[nearest - 1] ?? 0)) {
      best[nearest - 1] = likeness
      best.sort().reverse()
    }
  }
  return (1 - nearestShare) * (all / length) + nearestShare * (best.reduce((sum, each) => sum + each, 0) / nearest)
}

export interface Likeness {
  readonly id: string
  /** 0..1. */
  readonly sure: number
}

/** The passages of a text whose id the test takes, the likest first. */
export type Ranking = (among: (id: string) => boolean) => readonly Likeness[]

/** Holds the text against all lines once, when it is first asked. */
export const rankingOf = (index: () => PassageIndex, text: string, spelling: () => Spelling): Ranking => {
  let found: Float32Array | undefined
  return (among) => {
    const { entries, rarity } = index()
    const alike = (found ??= likenesses(index(), lineOf(countsOf(text, spelling()), rarity)))
    return entries
      .filter(({ id }) => among(id))
      .map((entry): Likeness => ({ id: entry.id, sure: likenessOf(alike, entry) }))
      .toSorted((a, b) => b.sure - a.sure)
  }
}
