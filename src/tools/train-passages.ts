/** Builds the index of the passages and writes dist/understanding/passages.bin: the same file for the same guides, byte for byte. */
import { resolve } from 'node:path'
import { readPassages } from '../guides/passages'
import { languages } from '../topics'
import { indexPassages, toPassageFile, type Phrased } from '../understanding/passage-index'
import { spellingOf } from '../understanding/spelling'
import { remake } from './remake'

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

export const writePassages = (common: readonly string[]): void => {
  const passages = phrasedPassages()
  remake(indexFile, { by: module, data: [passages, common] }, () => toPassageFile(indexPassages(passages, spellingOf(common))))
}
