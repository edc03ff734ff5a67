/** SVG → PNG, and how wide a text is, with the same fonts on every machine. */
import { join } from 'node:path'
import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js'
import { characters, drawing, element } from './svg'

export const fontFamily = 'DejaVu Sans Condensed'

const fontFolder = join(require.resolve('dejavu-fonts-ttf/package.json'), '..', 'ttf')
const font = {
  loadSystemFonts: false,
  fontFiles: ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf'].map((file) => join(fontFolder, file)),
  defaultFontFamily: fontFamily,
} satisfies ResvgRenderOptions['font']

/** The drawing as PNG, `width` pixels wide. */
export const toPng = (svg: string, width: number): Buffer => new Resvg(svg, { font, fitTo: { mode: 'width', value: width } }).render().asPng()

export type Weight = 400 | 700

const widths = new Map<string, number>()
/** Width of one line of text, in units. */
export const widthOf = (text: string, size: number, weight: Weight): number => {
  const key = `${size} ${weight} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  const line = element('text', { y: size, 'font-family': fontFamily, 'font-size': size, 'font-weight': weight }, characters(text))
  const width = new Resvg(drawing(4000, size * 2, line), { font }).getBBox()?.width ?? 0
  widths.set(key, width)
  return width
}
