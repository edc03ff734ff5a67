/**
 * Is a log of LevelDB whole? It reads a damaged one without a word and leaves out what it cannot read.
 * The format: blocks of 32 KiB; in each, fragments of records: checksum (4 bytes), length (2), kind (1: whole, 2: first, 3: middle, 4: last), data.
 */
import { buf as crc32c } from 'crc-32/crc32c'

const blockBytes = 32_768
const headerBytes = 7

/** Checksums are stored turned and shifted, since the data may hold checksums itself. */
const masked = (checksum: number): number => (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0

interface Fragment {
  readonly begins: boolean
  readonly ends: boolean
  readonly next: number
}

const fragmentAt = (log: Buffer, at: number): Fragment | undefined => {
  if (log.length - at < headerBytes) return undefined
  const [length, kind] = [log.readUInt16LE(at + 4), log.readUInt8(at + 6)]
  const next = at + headerBytes + length
  if (kind < 1 || kind > 4 || next > log.length || (at % blockBytes) + headerBytes + length > blockBytes) return undefined
  if (masked(crc32c(log.subarray(at + 6, next))) !== log.readUInt32LE(at)) return undefined
  return { begins: kind <= 2, ends: kind === 1 || kind === 4, next }
}

/** Where the first thing stands that cannot be read; undefined: the log is whole. */
export const firstDamage = (log: Buffer): number | undefined => {
  let at = 0
  let begun: number | undefined
  while (at < log.length) {
    const left = blockBytes - (at % blockBytes)
    // Too small for a fragment: filled up with nothing.
    if (left < headerBytes) at += left
    else {
      const fragment = fragmentAt(log, at)
      if (!fragment || fragment.begins === (begun !== undefined)) return begun ?? at
      begun = fragment.ends ? undefined : (begun ?? at)
      at = fragment.next
    }
  }
  return begun
}
