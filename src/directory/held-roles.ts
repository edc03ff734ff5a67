import { LRUCache } from 'lru-cache'
import { within, type Deadline } from './deadline'
import { rolesOf, roleTemplates, type Eligible, type RoleId } from './roles'
import type { Session } from './session'
import { CouldNotLook, type Detail, type UnknownReason } from './verdict'

export interface Asking {
  readonly session: Pick<Session, 'way' | 'tenantId' | 'objectId' | 'graph'>
  readonly deadline: Deadline
  /** Not from memory. */
  readonly fresh: boolean
}

/** Roles of one person of the tenant. */
export interface HeldRoles {
  /** Throws `CouldNotLook`. */
  readonly held: (asking: Asking) => Promise<readonly RoleId[]>
  /** Roles that could be activated; what keeps them from being seen is a limit, never an error. */
  readonly eligible: (asking: Asking) => Promise<Eligible>
}

/** How long an answer of the directory is good for. */
export const rolesAreFreshMs = 60_000
const people = 1_000


export type OnLimit = (session: Asking['session'], reason: UnknownReason, detail: Detail) => void

/** Asks Graph once for everybody who wants to know at the same time; only answers are remembered, never failures. */
export const createHeldRoles = (onLimit: OnLimit): HeldRoles => {
  const options = { max: people, ttl: rolesAreFreshMs, ignoreFetchAbort: true }
  const held = new LRUCache<string, readonly RoleId[], Asking>({
    ...options,
    fetchMethod: async (_key, _stale, { context: { session, deadline } }) =>
      rolesOf(await within(deadline, session.graph.memberObjects(session.objectId, roleTemplates, deadline))),
  })
  const eligible = new LRUCache<string, readonly RoleId[], Asking>({
    ...options,
    fetchMethod: async (_key, _stale, { context: { session, deadline } }) =>
      rolesOf(await within(deadline, session.graph.eligibleRoles(session.objectId, deadline))),
  })
  // The app and the person may see different things.
  const keyOf = ({ way, tenantId, objectId }: Asking['session']) => [way, tenantId, objectId].join(' ')

  return {
    held: (asking) => held.forceFetch(keyOf(asking.session), { context: asking, forceRefresh: asking.fresh }),
    eligible: async (asking) => {
      const { session, fresh } = asking
      try {
        return { roles: await eligible.forceFetch(keyOf(session), { context: asking, forceRefresh: fresh }), limits: [] }
      } catch (error) {
        if (!(error instanceof CouldNotLook)) throw error
        onLimit(session, error.reason, error.detail)
        return { roles: [], limits: [{ what: 'eligible-roles', reason: error.reason }] }
      }
    },
  }
}
