/** Builds the index of the passages and writes dist/understanding/passages.bin: the same file for the same guides, byte for byte. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readPassages } from '../guides/passages'
import { languages } from '../topics'
import { indexPassages, toPassageFile, type Phrased } from '../understanding/passage-index'
import type { Spelling } from '../understanding/spelling'

const indexFile = resolve(__dirname, '../../dist/understanding/passages.bin')

/** Of both languages together: people mix them, and what one lacks the other may have. */
export const phrasedPassages = (): readonly Phrased[] => {
  const texts = new Map<string, string[]>()
  const phrasings = new Map<string, string[]>()
  for (const language of languages)
    for (const { id, text, short, phrasings: own } of readPassages(language)) {
      texts.set(id, [...(texts.get(id) ?? []), ...new Set([text, short])])
      phrasings.set(id, [...(phrasings.get(id) ?? []), ...own])
    }
  return [...texts].map(([id, own]): Phrased => ({ id, texts: own, phrasings: phrasings.get(id) ?? [] }))
}

export const writePassages = (spelling: Spelling): void => writeFileSync(indexFile, toPassageFile(indexPassages(phrasedPassages(), spelling)))
