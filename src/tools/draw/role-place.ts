import { box, circle, path, sheet, type Area } from './figures'
import { palette } from './palette'
import { group, moved } from './svg'
import { text } from './text'
import type { Say } from './pictures'

/** Three places, one inside the other, in the Entra admin center; in the last one a person reads their role. */
export const rolePlace = (say: Say): string =>
  sheet(
    390,
    window(say('address')),
    elbow(60, 160, 226),
    elbow(120, 260, 326),
    stop({ x: 30, y: 90, width: 460, height: 76 }, '1', say('first')),
    stop({ x: 90, y: 188, width: 460, height: 76 }, '2', say('second')),
    role({ x: 150, y: 286, width: 460, height: 76 }, say('third'), say('example')),
  )

const window = (address: string) =>
  group(
    path('M3 70H637', palette.edge, 3),
    ...[32, 58, 84].map((x) => circle(x, 37, 8, palette.edge)),
    box({ x: 112, y: 16, width: 504, height: 42 }, { fill: palette.white, stroke: palette.edge, line: 2, radius: 21 }),
    text(address, { x: 132, y: 37, width: 464, size: 25, weight: 400, color: palette.quiet, centred: false }),
  )

const stop = (area: Area, number: string, name: string) =>
  group(
    box(area, { fill: palette.tenantSoft, stroke: palette.tenant, line: 3 }),
    circle(area.x + 34, area.y + area.height / 2, 19, palette.tenant),
    text(number, { x: area.x + 34, y: area.y + area.height / 2, width: 30, color: palette.white, size: 24 }),
    text(name, { x: area.x + 66, y: area.y + area.height / 2, width: area.width - 80, lines: 2, centred: false }),
  )

const elbow = (x: number, from: number, to: number) => path(`M${x} ${from}V${to}H${x + 30}`, palette.tenant, 4)

const role = (area: Area, name: string, example: string) =>
  group(
    box(area, { fill: palette.tenant }),
    circle(area.x + 34, area.y + area.height / 2, 19, palette.white),
    text('3', { x: area.x + 34, y: area.y + area.height / 2, width: 30, color: palette.tenant, size: 24 }),
    text(name, { x: area.x + 66, y: area.y + 24, width: area.width - 130, color: palette.white, centred: false }),
    text(example, {
      x: area.x + 66,
      y: area.y + 53,
      width: area.width - 130,
      color: palette.white,
      weight: 400,
      size: 24,
      centred: false,
    }),
    moved(area.x + area.width - 56, area.y + 13, path('M20 2 38 9V24C38 36 30 43 20 48 10 43 2 36 2 24V9Z M12 25 18 31 29 19', palette.mint, 4.5)),
  )
