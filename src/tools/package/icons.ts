/** What Teams asks of the pixels of the icons. */
import { PNG } from 'pngjs'
import type { AppPackage, Broken } from './contents'

export const iconProblems = ({ manifest: { icons }, files }: AppPackage): Broken[] => [
  ...iconProblemsOf(icons.color, 192, colorProblem, files),
  ...iconProblemsOf(icons.outline, 32, outlineProblem, files),
  ...iconProblemsOf(icons.color32x32, 32, smallProblem, files),
]

type Check = (png: PNG) => Omit<Broken, 'where'> | undefined

const iconProblemsOf = (file: string, side: number, check: Check, files: AppPackage['files']): Broken[] => {
  const content = files.get(file)
  if (!content) return [{ rule: 'icon-file', where: file || 'icons', problem: 'is not there.' }]
  const png = decode(content)
  if (!png) return [{ rule: 'icon-file', where: file, problem: 'is not a PNG.' }]
  const { width, height } = png
  if (width !== side || height !== side) return [{ rule: 'icon-size', where: file, problem: `is ${width}×${height} pixels and must be ${side}×${side}.` }]
  const found = check(png)
  return found ? [{ ...found, where: file }] : []
}

const decode = (content: Buffer): PNG | undefined => {
  try {
    return PNG.sync.read(content)
  } catch {
    return undefined
  }
}

type Pixel = readonly [red: number, green: number, blue: number, alpha: number]

function* pixelsOf({ width, height, data }: PNG): Generator<{ x: number; y: number; pixel: Pixel }> {
  for (let at = 0; at < width * height; at += 1) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at * 4, at * 4 + 4)
    yield { x: at % width, y: Math.floor(at / width), pixel: [red, green, blue, alpha] }
  }
}

/** The symbol keeps to the middle 96 of 192 pixels, on one colour or on nothing. */
const colorProblem: Check = (png) => {
  const [edge, middle] = [48, 144]
  const pixels = [...pixelsOf(png)]
  const ground = pixels[0]?.pixel ?? [0, 0, 0, 0]
  const isGround = (pixel: Pixel) => (ground[3] === 0 ? pixel[3] === 0 : pixel.every((value, at) => value === ground[at]))
  const isInside = (place: number) => place >= edge && place < middle
  if (ground[3] !== 0 && ground[3] !== 255) return { rule: 'icon-color', problem: 'must have a solid or a fully transparent ground.' }
  if (pixels.some(({ x, y, pixel }) => !(isInside(x) && isInside(y)) && !isGround(pixel)))
    return { rule: 'icon-color', problem: 'must keep its symbol in the middle 96×96 pixels, on a plain ground.' }
  return pixels.every(({ pixel }) => isGround(pixel)) ? { rule: 'icon-color', problem: 'shows nothing.' } : undefined
}

/** Only white, and only on nothing; edges may be partly transparent. */
const outlineProblem: Check = (png) => {
  const pixels = [...pixelsOf(png)].map(({ pixel }) => pixel)
  if (pixels.some(([red, green, blue, alpha]) => alpha > 0 && (red < 255 || green < 255 || blue < 255)))
    return { rule: 'icon-outline', problem: 'must be pure white (255, 255, 255) on a transparent ground.' }
  if (!pixels.some(([, , , alpha]) => alpha === 0)) return { rule: 'icon-outline', problem: 'must have a fully transparent ground.' }
  return pixels.every(([, , , alpha]) => alpha === 0) ? { rule: 'icon-outline', problem: 'shows nothing.' } : undefined
}

/** In colour on nothing, as small as the outline. */
const smallProblem: Check = (png) => {
  const pixels = [...pixelsOf(png)].map(({ pixel }) => pixel)
  if (!pixels.some(([, , , alpha]) => alpha === 0)) return { rule: 'icon-color32x32', problem: 'must have a fully transparent ground.' }
  return pixels.every(([, , , alpha]) => alpha === 0) ? { rule: 'icon-color32x32', problem: 'shows nothing.' } : undefined
}
