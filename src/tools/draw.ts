/** Draws every picture in every language, and the icons of the app, from source: `node src/tools/run.mjs draw`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pictureIds, picturesSchema } from '../guides/schema'
import { languages, type Language } from '../topics'
import { colorIcon, outlineIcon, smallIcon } from './draw/icon'
import { drawPicture } from './draw/pictures'
import { toPng } from './draw/render'

const root = join(__dirname, '..', '..')

/** Width of the pictures in pixels; Teams takes at most 1024. */
const pictureWidth = 1024

/**
 * Everything there is to draw: path below the project's root → PNG.
 * @throws naming language and picture when its words are missing, left over or too long.
 */
export const drawAll = (): ReadonlyMap<string, Buffer> => new Map([...languages.flatMap(drawLanguage), ...icons()])

const drawLanguage = (language: Language): [string, Buffer][] => {
  const file = `src/guides/${language}/pictures.json`
  const pictures = picturesSchema.parse(JSON.parse(readFileSync(join(root, file), 'utf8')))
  return pictureIds.map((id) => {
    try {
      return [`src/cards/images/${language}/${id}.png`, toPng(drawPicture(id, pictures[id].words), pictureWidth)]
    } catch (cause) {
      throw new Error(`${file}: ${id}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  })
}

const icons = (): [string, Buffer][] => [
  ['appPackage/color.png', toPng(colorIcon(), 192)],
  ['appPackage/outline.png', toPng(outlineIcon(), 32)],
  ['appPackage/color32x32.png', toPng(smallIcon(), 32)],
]

const main = () => {
  for (const [path, png] of drawAll()) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), png)
    process.stdout.write(`${path} ${Math.ceil(png.length / 1024)} KB\n`)
  }
}

if (require.main === module) main()
