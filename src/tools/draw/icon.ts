/** The icons of the app: two rings, one around both products, linked into one. */
import { palette } from './palette'
import { drawing, element, group } from './svg'

/** 192 units square: a plain ground, the sign inside the middle 96. Teams rounds the corners itself. */
export const colorIcon = (): string =>
  drawing(
    192,
    192,
    element('rect', { width: 192, height: 192, fill: palette.tenant }),
    rings({ x: 96, y: 96, r: 26, line: 9.5, apart: 16.5, first: palette.white, second: palette.mint }),
  )

/** 32 units square: white on nothing. */
export const outlineIcon = (): string => drawing(32, 32, rings({ x: 16, y: 16, r: 8.6, line: 2.6, apart: 5.9, first: palette.white, second: palette.white }))

/** 32 units square: in colour on nothing, to be seen on light and on dark. */
export const smallIcon = (): string => drawing(32, 32, rings({ x: 16, y: 16, r: 8.4, line: 3.2, apart: 5.4, first: palette.tenant, second: palette.mint }))

interface Rings {
  readonly x: number
  readonly y: number
  readonly r: number
  readonly line: number
  readonly apart: number
  readonly first: string
  readonly second: string
}

/** The rings cross twice: the second one passes over the first above, under it below. Thin gaps tell over from under. */
const rings = ({ x, y, r, line, apart, first, second }: Rings): string => {
  const half = Math.sqrt(r * r - apart * apart)
  const ring = (centre: number, stroke: string, mask: string) =>
    element('circle', { cx: centre, cy: y, r, fill: 'none', stroke, 'stroke-width': line, mask: `url(#${mask})` })
  const crossing = (id: string, centre: number, at: number) => gap({ id, centre, y, r, line, x, at })
  return group(
    element('defs', {}, crossing('under-above', x + apart, y - half), crossing('under-below', x - apart, y + half)),
    ring(x - apart, first, 'under-above'),
    ring(x + apart, second, 'under-below'),
  )
}

/** Cuts the other ring, a little wider than it is, out of one crossing. */
const gap = (at: { id: string; centre: number; x: number; y: number; at: number; r: number; line: number }): string => {
  const side = at.line * 1.9
  return element(
    'mask',
    { id: at.id, maskUnits: 'userSpaceOnUse', x: 0, y: 0, width: at.x * 2, height: at.y * 2 },
    element('rect', { width: at.x * 2, height: at.y * 2, fill: '#fff' }),
    element(
      'g',
      { 'clip-path': `url(#${at.id}-place)` },
      element('circle', {
        cx: at.centre,
        cy: at.y,
        r: at.r,
        fill: 'none',
        stroke: '#000',
        'stroke-width': at.line * 1.55,
      }),
    ),
    element('clipPath', { id: `${at.id}-place` }, element('rect', { x: at.x - side, y: at.at - side, width: side * 2, height: side * 2 })),
  )
}
