/** How does a model lie on disk so that it is ready at once? A short header, then its numbers as they stand in memory; nothing is parsed one by one. */

/** Feature → row. A map has all of it; what is read from a file only knows the rows. */
export interface Vocabulary {
  readonly size: number
  readonly get: (feature: string) => number | undefined
}

/** What is learnt of features: one row of weights for each. */
export interface Learned {
  readonly vocabulary: Vocabulary
  /** In steps, one byte per feature. */
  readonly rarity: Uint8Array
  readonly weights: Int8Array
}

// Taken out once: in a context of its own, such as a test's, reaching a global costs more than the arithmetic.
const { imul } = Math

const primes = [0x01000193, 0x85ebca6b] as const
const starts = [0x811c9dc5, 0x9747b28c] as const

const mixed = (value: number): number => {
  const folded = imul(value ^ (value >>> 16), 0x7feb352d)
  return (folded ^ (folded >>> 15)) >>> 0
}

/**
 * 64 bits that stand for a feature: `slots` is asked for with the first half, and both must be the same. The features themselves
 * would take longer to read than all the rest, and one stranger in 10¹⁴ that is taken for one of them is no loss.
 */
export const marksOf = (feature: string): readonly [number, number] => {
  let [first, second]: [number, number] = [starts[0], starts[1]]
  for (let at = 0; at < feature.length; at += 1) {
    const unit = feature.charCodeAt(at)
    first = imul(first ^ unit, primes[0])
    second = imul(second ^ unit, primes[1])
  }
  return [mixed(first), mixed(second)]
}

/** First mark, second mark, row + 1; a row of 0 is an empty slot. */
const perSlot = 3
/** At least half of the slots are empty, so that strangers are told after a look or two. */
const slotsFor = (features: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, features) * 2))

const slotsOf = (vocabulary: ReadonlyMap<string, number>): Uint32Array => {
  const count = slotsFor(vocabulary.size)
  const slots = new Uint32Array(count * perSlot)
  for (const [feature, row] of vocabulary) {
    const [first, second] = marksOf(feature)
    let slot = first & (count - 1)
    while ((slots[slot * perSlot + 2] ?? 0) !== 0) {
      if (slots[slot * perSlot] === first && slots[slot * perSlot + 1] === second) throw new Error(`two features have the same marks, one is ${feature}`)
      slot = (slot + 1) & (count - 1)
    }
    slots.set([first, second, row + 1], slot * perSlot)
  }
  return slots
}

const vocabularyIn = (slots: Uint32Array, size: number): Vocabulary => {
  const last = slots.length / perSlot - 1
  const get = (feature: string): number | undefined => {
    const [first, second] = marksOf(feature)
    for (let slot = first & last; ; slot = (slot + 1) & last) {
      const row = slots[slot * perSlot + 2] ?? 0
      if (row === 0) return undefined
      if (slots[slot * perSlot] === first && slots[slot * perSlot + 1] === second) return row - 1
    }
  }
  return { size, get }
}

/** Numbers of four bytes must begin at a multiple of it. */
export const aligned = (length: number): number => Math.ceil(length / 4) * 4
const wordBytes = 4

export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer => Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)

/** The same model always gives the same bytes. They are read on machines that order bytes as this one, which is every one that Node runs on but mainframes. */
export const packed = (header: unknown, { vocabulary, rarity, weights }: Learned & { readonly vocabulary: ReadonlyMap<string, number> }): Buffer => {
  const text = Buffer.from(JSON.stringify(header))
  const start = Buffer.alloc(2 * wordBytes + aligned(text.length), ' ')
  start.writeUInt32LE(text.length, 0)
  start.writeUInt32LE(vocabulary.size, wordBytes)
  text.copy(start, 2 * wordBytes)
  return Buffer.concat([start, ...[slotsOf(vocabulary), rarity, weights].map(bytesOf)])
}

export interface Unpacked extends Learned {
  /** As it came: to be parsed by whoever knows its form. */
  readonly header: unknown
}

/**
 * @param width how many weights a feature has
 * @throws when the bytes are something else
 */
export const unpacked = (file: Buffer, width: number): Unpacked => {
  // A file may be read into the middle of a larger piece of memory.
  const { buffer, byteOffset } = file.byteOffset % wordBytes === 0 ? file : Buffer.from(Uint8Array.from(file).buffer)
  const textLength = file.readUInt32LE(0)
  const features = file.readUInt32LE(wordBytes)
  const slotsAt = 2 * wordBytes + aligned(textLength)
  const rarityAt = slotsAt + slotsFor(features) * perSlot * wordBytes
  const weightsAt = rarityAt + features
  if (file.length !== weightsAt + features * width) throw new Error('the file of a model does not fit its features or what they are weighed for')
  return {
    header: JSON.parse(file.toString('utf8', 2 * wordBytes, 2 * wordBytes + textLength)),
    vocabulary: vocabularyIn(new Uint32Array(buffer, byteOffset + slotsAt, slotsFor(features) * perSlot), features),
    rarity: new Uint8Array(buffer, byteOffset + rarityAt, features),
    weights: new Int8Array(buffer, byteOffset + weightsAt, features * width),
  }
}

/** Rarities in whole steps of one byte, and back. */
export const inSteps = (values: Float32Array, step: number): Uint8Array => Uint8Array.from(values, (value) => Math.min(255, Math.round(value / step)))
export const fromSteps = (steps: Uint8Array, step: number): Float32Array => {
  const values = new Float32Array(steps.length)
  for (let at = 0; at < steps.length; at += 1) values[at] = (steps[at] ?? 0) * step
  return values
}
