/** How much may one person ask, and all people of a tenant together? Beyond that nothing is carried out, and they are told so once a minute. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Sender } from './incoming'

/** Messages and presses a minute, on one instance. */
export interface Allowance {
  readonly person: number
  readonly tenant: number
}

export interface Excess {
  readonly of: keyof Allowance
  /** The first beyond the limit: the others of this minute need not be told again. */
  readonly isFirst: boolean
}

export interface Limits {
  /** Counts one more; undefined: it may be carried out. */
  readonly count: (sender: Pick<Sender, 'key' | 'tenantId'>) => Promise<Excess | undefined>
}

const minute = 60

/** Of those that are over: how many that is. */
const consumedBeyond = async (limiter: RateLimiterMemory, key: string): Promise<number | undefined> => {
  try {
    await limiter.consume(key)
    return undefined
  } catch (over) {
    if (over instanceof RateLimiterRes) return over.consumedPoints - limiter.points
    throw over
  }
}

export const createLimits = ({ person, tenant }: Allowance): Limits => {
  const people = new RateLimiterMemory({ points: person, duration: minute })
  const tenants = new RateLimiterMemory({ points: tenant, duration: minute })
  return {
    count: async ({ key, tenantId }) => {
      const own = await consumedBeyond(people, key)
      if (own !== undefined) return { of: 'person', isFirst: own === 1 }
      // What one person was refused is not counted for the others.
      if ((await consumedBeyond(tenants, tenantId ?? '')) === undefined) return undefined
      const told = await consumedBeyond(people, `told/${key}`)
      return { of: 'tenant', isFirst: told === undefined }
    },
  }
}
