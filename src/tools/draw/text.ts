/** Words in a place: broken into lines, made a little smaller if they must be, refused if they do not fit. */
import { palette } from './palette'
import { fontFamily, widthOf, type Weight } from './render'
import { characters, element, group } from './svg'

/** Where a text goes. `x` is its left edge, or its middle when centred; `y` is the middle of all its lines. */
interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly lines?: number
  readonly size?: number
  readonly weight?: Weight
  readonly color?: string
  readonly centred?: boolean
}

/** Anything smaller cannot be read when a card shows the picture 300 pixels wide. */
const smallest = 21
const lineHeight = 1.22

/** @throws when the text does not fit its place at a readable size. */
export const text = (content: string, place: Place): string => {
  const { x, y, weight = 700, color = palette.ink, centred = true } = place
  const { lines, size } = fit(content, place)
  const first = y - ((lines.length - 1) / 2) * size * lineHeight + size * 0.36
  const line = (words: string, index: number) => element('text', { x, y: first + index * size * lineHeight }, characters(words))
  const look = { 'font-family': fontFamily, 'font-size': size, 'font-weight': weight, fill: color }
  return element('g', { ...look, 'text-anchor': centred ? 'middle' : 'start' }, group(...lines.map(line)))
}

const fit = (content: string, { width, lines: most = 1, size = 26, weight = 700 }: Place) => {
  for (let tried = size; tried >= smallest; tried -= 1) {
    const lines = wrap(content, (words) => widthOf(words, tried, weight) <= width)
    if (lines && lines.length <= most) return { lines, size: tried }
  }
  throw new Error(`“${content}” does not fit its place in the picture (${width} units, ${most} line${most > 1 ? 's' : ''}). Write it shorter.`)
}

/** Breaks at ordinary spaces only: a no-break space keeps its name. */
const wrap = (content: string, fits: (words: string) => boolean): string[] | undefined => {
  const lines: string[] = []
  for (const word of content.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.every(fits) ? lines : undefined
}
