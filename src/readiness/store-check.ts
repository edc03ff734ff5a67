/** Does the store keep what it is given? It is read each time, and written now and then. */
import type { StoreProblem } from '../runs/probe'
import { broken, fine, type Check } from './readiness'

/** Balancers are to hear of it soon. */
const everyMs = 2_000
const setting = 'STATE_STORE'

/** @param probe What is wrong with the store at this moment; undefined: nothing. */
export const storeCheck = (probe: () => Promise<StoreProblem | undefined>): Check => ({
  name: 'store',
  setting,
  isVital: true,
  everyMs,
  look: async () => {
    const trouble = await probe()
    return trouble ? broken(setting, trouble.problem, trouble.fix) : fine
  },
})
