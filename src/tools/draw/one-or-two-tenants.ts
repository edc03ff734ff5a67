import { cross, sheet, subscription, tenant, threeOthers, threePeople, tick } from './figures'
import { palette } from './palette'
import { text } from './text'
import type { Say } from './pictures'

/** On the left one tenant under both products, on the right two tenants with different users. */
export const oneOrTwoTenants = (say: Say): string =>
  sheet(
    472,
    tenant({ x: 26, y: 46, width: 280, height: 336 }, say('one')),
    subscription('microsoft365', { x: 46, y: 90, width: 240, height: 58 }, say('microsoft365')),
    subscription('azure', { x: 46, y: 164, width: 240, height: 58 }, say('azure')),
    threePeople(56, 268, 68, 71),
    tick(50, 427),
    text(say('same'), { x: 80, y: 427, width: 226, lines: 2, color: palette.good, centred: false }),
    tenant({ x: 334, y: 46, width: 280, height: 148 }, say('first')),
    subscription('microsoft365', { x: 354, y: 78, width: 240, height: 54 }, say('microsoft365')),
    threePeople(398, 142, 40, 56),
    tenant({ x: 334, y: 234, width: 280, height: 148 }, say('second')),
    subscription('azure', { x: 354, y: 266, width: 240, height: 54 }, say('azure')),
    threeOthers(398, 330, 40, 56),
    cross(358, 427),
    text(say('different'), { x: 388, y: 427, width: 226, lines: 2, color: palette.bad, centred: false }),
  )
