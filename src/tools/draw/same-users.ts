import { box, circle, path, person, productSign, sheet, type Product } from './figures'
import { palette, people } from './palette'
import { element, group, moved } from './svg'
import { text } from './text'
import type { Say } from './pictures'

/** The same three people are listed on both sides, and both sides show the same tenant ID. */
export const sameUsers = (say: Say): string =>
  sheet(
    420,
    list(26, 'microsoft365', say),
    list(344, 'azure', say),
    circle(320, 182, 30, palette.tenant),
    path('M308 175H332 M308 189H332', palette.white, 6),
    path('M200 322V350 M440 322V350', palette.tenant, 5),
    box({ x: 150, y: 340, width: 340, height: 56 }, { fill: palette.tenant, radius: 28 }),
    text(say('tenant'), { x: 320, y: 368, width: 310, color: palette.white }),
  )

const list = (x: number, product: Product, say: Say) => {
  const color = palette[product]
  return group(
    box({ x, y: 26, width: 270, height: 296 }, { fill: palette.white, stroke: color, line: 3, radius: 16 }),
    element('path', {
      d: `M${x} 86V42A16 16 0 0 1 ${x + 16} 26H${x + 254}A16 16 0 0 1 ${x + 270} 42V86Z`,
      fill: color,
    }),
    moved(x + 6, 28, productSign(product, 56, color)),
    text(say(product), { x: x + 62, y: 57, width: 196, color: palette.white, centred: false }),
    ...people.map((shade, index) => row(x, 98 + index * 74, shade, say(`user${index + 1}`))),
  )
}

const row = (x: number, y: number, shade: string, name: string) =>
  group(person(x + 26, y + 8, 50, shade), text(name, { x: x + 96, y: y + 36, width: 160, size: 28, centred: false }))
