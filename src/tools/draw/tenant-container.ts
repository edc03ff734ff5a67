import { box, sheet, subscription, tenant, threePeople } from './figures'
import { palette } from './palette'
import { text } from './text'
import type { Say } from './pictures'

/** A tenant holds users and subscriptions: users belong to it, subscriptions are created in it. */
export const tenantContainer = (say: Say): string =>
  sheet(
    372,
    tenant({ x: 26, y: 46, width: 588, height: 300 }, say('tenant')),
    threePeople(53, 104, 72, 76),
    text(say('users'), { x: 165, y: 222, width: 230, size: 28 }),
    text(say('belong'), { x: 165, y: 296, width: 240, lines: 2, size: 24, weight: 400, color: palette.quiet }),
    subscription('microsoft365', { x: 316, y: 88, width: 274, height: 70 }, say('microsoft365')),
    box({ x: 328, y: 184, width: 262, height: 68 }, { fill: palette.azureSoft, stroke: palette.azure, line: 3 }),
    subscription('azure', { x: 316, y: 170, width: 262, height: 70 }, say('azure')),
    text(say('created'), { x: 453, y: 296, width: 276, lines: 2, size: 24, weight: 400, color: palette.quiet }),
  )
