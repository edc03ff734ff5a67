/** The figures that recur: the sheet, a tenant, a subscription, a person, arrows and marks. */
import { palette, people } from './palette'
import { drawing, element, group, moved } from './svg'
import { text } from './text'

/** Width of every picture, in units. */
export const sheetWidth = 640

/** An own light ground with a border, so that a picture reads the same in light, dark and high-contrast themes. */
export const sheet = (height: number, ...children: readonly string[]): string =>
  drawing(
    sheetWidth,
    height,
    box({ x: 1.5, y: 1.5, width: sheetWidth - 3, height: height - 3 }, { fill: palette.paper, stroke: palette.edge, radius: 22, line: 3 }),
    ...children,
  )

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface Look {
  readonly fill?: string
  readonly stroke?: string
  readonly line?: number
  readonly radius?: number
  readonly dashed?: boolean
}

export const box = (area: Area, { fill = 'none', stroke = 'none', line = 0, radius = 12, dashed = false }: Look): string =>
  element('rect', {
    ...area,
    rx: radius,
    fill,
    stroke,
    'stroke-width': line,
    ...(dashed ? { 'stroke-dasharray': '11 9' } : {}),
  })

export const circle = (x: number, y: number, r: number, fill: string): string => element('circle', { cx: x, cy: y, r, fill })

export const path = (d: string, stroke: string, line: number): string =>
  element('path', {
    d,
    fill: 'none',
    stroke,
    'stroke-width': line,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  })

/** A tenant: a container whose name stands on its upper edge. */
export const tenant = (area: Area, name: string, look: { dashed?: boolean; color?: string } = {}): string => {
  const { dashed = false, color = palette.tenant } = look
  const tab = { x: area.x + 20, y: area.y - 22, width: area.width - 40, height: 44 }
  return group(
    box(area, { fill: dashed ? palette.paper : palette.tenantSoft, stroke: color, line: 4, radius: 18, dashed }),
    box(tab, { fill: color, radius: 22 }),
    text(name, { x: tab.x + tab.width / 2, y: area.y, width: tab.width - 28, color: palette.white, size: 25 }),
  )
}

const products = {
  microsoft365: { color: palette.microsoft365, soft: palette.microsoft365Soft },
  azure: { color: palette.azure, soft: palette.azureSoft },
} as const
export type Product = keyof typeof products

/** A subscription: its sign on the left, its name on one or two lines. */
export const subscription = (product: Product, area: Area, name: string, look: { dashed?: boolean } = {}): string => {
  const { color, soft } = products[product]
  const { dashed = false } = look
  const side = area.height
  return group(
    box(area, { fill: dashed ? 'none' : soft, stroke: dashed ? palette.ghost : color, line: 3, dashed }),
    moved(area.x, area.y, productSign(product, side, dashed ? palette.ghost : color)),
    text(name, {
      x: area.x + side,
      y: area.y + area.height / 2,
      width: area.width - side - 14,
      centred: false,
      lines: side >= 60 ? 2 : 1,
      size: 24,
      color: dashed ? palette.quiet : palette.ink,
    }),
  )
}

/** An envelope for Microsoft 365, a stack of servers for Azure, white on a coloured square. */
export const productSign = (product: Product, side: number, color: string): string => {
  const scale = side / 60
  const sign = product === 'microsoft365' ? envelope : servers
  return element('g', { transform: `scale(${scale})` }, box({ x: 9, y: 9, width: 42, height: 42 }, { fill: color, radius: 9 }), sign)
}

const envelope = group(
  box({ x: 17, y: 21, width: 26, height: 18 }, { stroke: palette.white, line: 3, radius: 3 }),
  path('M17.5 23 30 32 42.5 23', palette.white, 3),
)

const servers = group(
  ...[18, 26.5, 35].flatMap((y) => [box({ x: 17, y, width: 26, height: 6.5 }, { fill: palette.white, radius: 2 }), circle(39, y + 3.25, 1.7, palette.azure)]),
)

/** Head and shoulders, `size` units wide. `hollow` is somebody else. */
export const person = (x: number, y: number, size: number, color: string, hollow = false): string => {
  const look = { fill: hollow ? palette.paper : color, stroke: color, 'stroke-width': hollow ? 5 : 0 }
  return element(
    'g',
    { transform: `translate(${x} ${y}) scale(${size / 60})` },
    element('path', { d: 'M3 62V54C3 40 14 34 30 34S57 40 57 54V62Z', 'stroke-linejoin': 'round', ...look }),
    element('circle', { cx: 30, cy: 16, r: 15, ...look }),
  )
}

/** The three people, side by side; `step` is the distance between them. */
export const threePeople = (x: number, y: number, size: number, step: number): string =>
  group(...people.map((color, index) => person(x + index * step, y, size, color)))

export const threeOthers = (x: number, y: number, size: number, step: number): string =>
  group(...people.map((_, index) => person(x + index * step, y, size, palette.quiet, true)))

/** A straight arrow whose tip is at the second point. */
export const arrow = (from: readonly [number, number], to: readonly [number, number], color: string, line = 7): string => {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
  const wing = (turn: number) => [to[0] - 20 * Math.cos(angle + turn), to[1] - 20 * Math.sin(angle + turn)].map((number) => number.toFixed(2)).join(' ')
  return path(`M${from.join(' ')} L${to.join(' ')} M${wing(0.6)} L${to.join(' ')} L${wing(-0.6)}`, color, line)
}

/** A round mark: a white tick on green. */
export const tick = (x: number, y: number, r = 19): string => mark(x, y, r, palette.good, 'M-8.5 0.5 -2.5 6.5 8.5 -6')

/** A round mark: a white cross on red. */
export const cross = (x: number, y: number, r = 19): string => mark(x, y, r, palette.bad, 'M-6.5 -6.5 6.5 6.5 M6.5 -6.5 -6.5 6.5')

const mark = (x: number, y: number, r: number, color: string, sign: string): string =>
  element('g', { transform: `translate(${x} ${y}) scale(${r / 19})` }, circle(0, 0, 19, color), path(sign, palette.white, 4.5))

/** A key: a role assignment. */
export const key = (x: number, y: number, color: string): string => moved(x, y, path('M9 0A9 9 0 1 1 9 -0.01 M9 0H36 M28 0V9 M36 0V7', color, 5))
