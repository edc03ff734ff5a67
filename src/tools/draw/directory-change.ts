import { arrow, box, cross, key, path, sheet, subscription, tenant, tick } from './figures'
import { palette } from './palette'
import { group } from './svg'
import { text } from './text'
import type { Say } from './pictures'

/** Before, the subscription is in tenant A with its role assignments; after, it is in tenant B without them. */
export const directoryChange = (say: Say): string =>
  sheet(
    424,
    text(say('before'), { x: 156, y: 34, width: 260, weight: 400, color: palette.quiet }),
    text(say('after'), { x: 484, y: 34, width: 260, weight: 400, color: palette.quiet }),
    tenant({ x: 26, y: 84, width: 260, height: 180 }, say('tenantA'), { color: palette.quiet }),
    subscription('azure', { x: 42, y: 122, width: 228, height: 70 }, say('azure')),
    ...[70, 136, 202].map((x) => key(x, 226, palette.quiet)),
    arrow([296, 158], [346, 158], palette.tenant),
    tenant({ x: 354, y: 84, width: 260, height: 180 }, say('tenantB')),
    subscription('azure', { x: 370, y: 122, width: 228, height: 70 }, say('azure')),
    ...[398, 464, 530].map((x) => key(x, 226, palette.ghost)),
    ...[398, 464, 530].map((x) => path(`M${x + 2} 243 ${x + 36} 209`, palette.bad, 5)),
    line(314, 'bad', say('lost')),
    line(374, 'good', say('stays')),
  )

const line = (y: number, kind: 'good' | 'bad', words: string) =>
  group(
    box({ x: 26, y: y - 26, width: 588, height: 52 }, { fill: kind === 'good' ? palette.goodSoft : palette.badSoft }),
    kind === 'good' ? tick(56, y, 17) : cross(56, y, 17),
    text(words, { x: 86, y, width: 516, size: 25, color: palette[kind], centred: false }),
  )
