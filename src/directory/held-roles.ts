import { LRUCache } from 'lru-cache'
import { createDeadline, within } from './deadline'
import type { Graph } from './graph'
import { rolesOf, roleTemplates, type RoleId } from './roles'

/** Roles of one person of the tenant; throws `CouldNotLook`. */
export type HeldRoles = (objectId: string, fresh: boolean) => Promise<readonly RoleId[]>

/** How long an answer of the directory is good for. */
export const rolesAreFreshMs = 60_000
const people = 1_000

/** Asks Graph once for everybody who wants to know at the same time; only answers are remembered, never failures. */
export const createHeldRoles = (graph: Graph, budgetMs: number): HeldRoles => {
  const cache = new LRUCache<string, readonly RoleId[]>({
    max: people,
    ttl: rolesAreFreshMs,
    ignoreFetchAbort: true,
    fetchMethod: async (objectId) => {
      const deadline = createDeadline(budgetMs)
      return rolesOf(await within(deadline, graph.memberObjects(objectId, roleTemplates, deadline)))
    },
  })
  return (objectId, fresh) => cache.forceFetch(objectId, { forceRefresh: fresh })
}
