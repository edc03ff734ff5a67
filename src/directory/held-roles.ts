import { LRUCache } from 'lru-cache'
import { within, type Deadline } from './deadline'
import type { UnknownReason } from './reasons'
import { rolesOf, roleTemplates, sufficientTemplates, type Eligible, type RoleId } from './roles'
import type { Session } from './session'
import { CouldNotLook, type Detail } from './verdict'

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

/** Template ids of roles, and whether there may be others. */
interface Found {
  readonly templates: readonly string[]
  readonly more: boolean
}

const ownEligibility = async ({ session: { graph, objectId }, deadline }: Asking): Promise<Found> => ({
  templates: await within(deadline, graph.eligibleRoles(objectId, deadline)),
  more: false,
})

/** Roles for the groups a person is in to activate; what is not said to be a user or an app may be a group. */
const eligibilityOfGroups = async ({ session: { graph, objectId }, deadline }: Asking): Promise<Found> => {
  const groupsFor = async (template: string) => {
    const { items, more } = await graph.eligibleHolders(template, deadline)
    const groups = items.filter(({ id, type }) => id !== objectId && (type === 'group' || type === undefined))
    return { template, groups: groups.map(({ id }) => id), more }
  }
  const lists = await within(deadline, Promise.all(sufficientTemplates.map(groupsFor)))
  const all = [...new Set(lists.flatMap(({ groups }) => groups))]
  const own = (await within(deadline, graph.memberObjects(objectId, all, deadline))).map((id) => id.toLowerCase())
  return {
    templates: lists.filter(({ groups }) => groups.some((id) => own.includes(id))).map(({ template }) => template),
    more: lists.some(({ more }) => more),
  }
}

/** Asks Graph once for everybody who wants to know at the same time; only answers are remembered, never failures. */
export const createHeldRoles = (onLimit: OnLimit): HeldRoles => {
  const remembering = <T extends object>(look: (asking: Asking) => Promise<T>) => {
    const answers = new LRUCache<string, T, Asking>({
      max: people,
      ttl: rolesAreFreshMs,
      ignoreFetchAbort: true,
      fetchMethod: (_key, _stale, { context }) => look(context),
    })
    // The app and the person may see different things.
    const keyOf = ({ way, tenantId, objectId }: Asking['session']) => [way, tenantId, objectId].join(' ')
    return (asking: Asking): Promise<T> => answers.forceFetch(keyOf(asking.session), { context: asking, forceRefresh: asking.fresh })
  }
  const held = remembering(async ({ session, deadline }) =>
    rolesOf(await within(deadline, session.graph.memberObjects(session.objectId, roleTemplates, deadline))),
  )
  const direct = remembering(ownEligibility)
  const ofGroups = remembering(eligibilityOfGroups)

  const orLimit = async ({ session }: Asking, work: Promise<Found>): Promise<Found & { readonly reason?: UnknownReason }> => {
    try {
      const found = await work
      if (!found.more) return found
      onLimit(session, 'too-many', {})
      return { ...found, reason: 'too-many' }
    } catch (error) {
      if (!(error instanceof CouldNotLook)) throw error
      onLimit(session, error.reason, error.detail)
      return { templates: [], more: true, reason: error.reason }
    }
  }

  return {
    held,
    eligible: async (asking) => {
      // What a person sees of their own holds what their groups may activate.
      const looks = asking.session.way === 'app' ? [direct, ofGroups] : [direct]
      const found = await Promise.all(looks.map((look) => orLimit(asking, look(asking))))
      const [reason] = found.flatMap((each) => each.reason ?? [])
      return { roles: rolesOf(found.flatMap(({ templates }) => templates)), limits: reason ? [{ what: 'eligible-roles', reason }] : [] }
    },
  }
}
