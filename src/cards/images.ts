/** Card pictures, read once at start and served from memory. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '../topics'

const folder = join(__dirname, 'images')

const images: ReadonlyMap<string, Buffer> = new Map<string, Buffer>(
  languages.flatMap((language) =>
    readdirSync(join(folder, language)).map((name) => [`${language}/${name}`, readFileSync(join(folder, language, name))] as const),
  ),
)

/** The PNG, or `undefined` when there is none of that name. */
export const imageAt = (language: string, name: string): Buffer | undefined => images.get(`${language}/${name}`)
