/** The trained model, read once, on the first message or when the process asks for it at start. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fromFile, type Model } from './model'
import { spellingOf, type Spelling } from './spelling'

/** The build puts it here, and `..` leads there from the sources as well as from the build. */
const modelFile = resolve(__dirname, '../../dist/understanding/model.bin')

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}

/** @throws when the project was not built. */
export const loadedModel: () => Model = once(() => fromFile(readFileSync(modelFile)))

export const loadedSpelling: () => Spelling = once(() => spellingOf(loadedModel().common))
