import { arrow, box, cross, path, sheet, tenant, threePeople, tick } from './figures'
import { palette } from './palette'
import { group } from './svg'
import { text } from './text'
import type { Say } from './pictures'

/** Signing in leads to your tenant with its users; filling in the sign-up form leads to a second, empty one. */
export const signInNotForm = (say: Say): string =>
  sheet(
    420,
    button(say('signIn')),
    tick(38, 74, 22),
    arrow([262, 116], [316, 116], palette.good),
    tenant({ x: 334, y: 48, width: 280, height: 136 }, say('yours')),
    threePeople(378, 94, 62, 66),
    path('M26 207H614', palette.edge, 2),
    form(say('form')),
    cross(38, 252, 22),
    arrow([262, 316], [316, 316], palette.bad),
    tenant({ x: 334, y: 254, width: 280, height: 136 }, say('second'), { dashed: true, color: palette.bad }),
    text(say('empty'), { x: 474, y: 330, width: 240, lines: 2, size: 25, weight: 400, color: palette.quiet }),
  )

const button = (name: string) =>
  group(
    box({ x: 38, y: 74, width: 208, height: 84 }, { fill: palette.tenant, radius: 16 }),
    text(name, { x: 142, y: 116, width: 184, lines: 2, size: 28, color: palette.white }),
  )

const form = (name: string) =>
  group(
    box({ x: 38, y: 236, width: 208, height: 160 }, { fill: palette.white, stroke: palette.ghost, line: 3 }),
    text(name, { x: 148, y: 266, width: 156, size: 25 }),
    ...[292, 326, 360].map((y) => box({ x: 58, y, width: 168, height: 22 }, { stroke: palette.edge, line: 3, radius: 6 })),
    path('M52 386 232 288 M52 288 232 386', palette.bad, 8),
  )
