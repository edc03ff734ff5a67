/** Are the keys known with which the Bot Service signs? Asked of whoever checks with them: without them nobody can be told from a stranger. */
import { fine, unknown, type Check, type Trouble } from './readiness'

/** Costs nothing once there are keys; until then it is how often they are asked for. */
const everyMs = 5_000

/** @param problem Has the keys read when none is known; undefined when there are some. */
export const keysCheck = (problem: () => Promise<Trouble | undefined>): Check => ({
  name: 'keys',
  setting: 'ToBotFromChannelOpenIdMetadataUrl',
  isVital: true,
  everyMs,
  look: async () => {
    const trouble = await problem()
    return trouble ? unknown(trouble.setting, trouble.seen, trouble.fix) : fine
  },
})
