/** Is a file that was learnt still of these very sources, or is it to be learnt anew? */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'

/** A module and, each once, whatever of the project it needs. */
const codeOf = (module: NodeJS.Module, seen = new Set<string>()): Set<string> => {
  if (seen.has(module.filename) || module.filename.includes('node_modules')) return seen
  seen.add(module.filename)
  for (const child of module.children) codeOf(child, seen)
  return seen
}

const digestOf = (code: Iterable<string>, data: unknown): string => {
  const hash = createHash('sha256').update(JSON.stringify(data))
  for (const file of [...code].toSorted()) hash.update(relative(__dirname, file)).update(readFileSync(file))
  return hash.digest('hex')
}

/** Writes the bytes that `make` gives to `file`, unless it was made by the same code (of module `by`) of the same `data` before. */
export const remake = (file: string, { by, data }: { readonly by: NodeJS.Module; readonly data: unknown }, make: () => Uint8Array): void => {
  const stamp = `${file}.of`
  const digest = digestOf(codeOf(by), data)
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, make())
  writeFileSync(stamp, digest)
}
