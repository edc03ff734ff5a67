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

const isOver = async (limiter: RateLimiterMemory, key: string): Promise<boolean> => {
  try {
    await limiter.consume(key)
    return false
  } catch (over) {
    if (over instanceof RateLimiterRes) return true
    throw over
  }
}

export const createLimits = (allowed: Allowance): Limits => {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: minute })
  const [person, tenant, telling] = [limiter(allowed.person), limiter(allowed.tenant), limiter(1)]
  const whichIsOver = async (key: string, tenantId: string): Promise<Excess['of'] | undefined> => {
    if (await isOver(person, key)) return 'person'
    // What one person was refused is not counted for the others.
    return (await isOver(tenant, tenantId)) ? 'tenant' : undefined
  }
  return {
    count: async ({ key, tenantId }) => {
      const of = await whichIsOver(key, tenantId ?? '')
      return of && { of, isFirst: !(await isOver(telling, key)) }
    },
  }
}
