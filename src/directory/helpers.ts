import { createDeadline, within, type Deadline } from './deadline'
import { chunksOf, type Account, type Principal } from './graph'
import { plainLanguage, plainText, plainUserName } from './plain-text'
import { reasons, type UnknownReason } from './reasons'
import { roleTable, sufficientRoles, templateOf, type Need, type RoleId } from './roles'
import type { Session } from './session'
import { CouldNotLook, type Detail, type Limit, type LimitedTo, type Unknown } from './verdict'

/** A colleague who can do it. Names are data from outside: plain text, escaped by whoever shows them. */
export interface Helper {
  readonly name: string
  readonly objectId: string
  readonly userPrincipalName?: string
  /** Least power first; those they could activate when `eligible`. */
  readonly roles: readonly RoleId[]
  /** They have to activate the role first (PIM). */
  readonly eligible: boolean
  /** e.g. `fr-FR`. */
  readonly preferredLanguage?: string
}

export interface FoundHelpers {
  readonly kind: 'found'
  readonly helpers: readonly Helper[]
  readonly limits: readonly Limit[]
  /** The caller holds such a role too, without having to activate it: nobody else may be needed. */
  readonly holdsItself: boolean
}

export type Helpers = FoundHelpers | Unknown

export type OnLimit = (what: LimitedTo, session: Session, reason: UnknownReason, detail: Detail) => void

const mostHelpers = 5
/** The accounts of so many are looked at together, until enough of them are colleagues. */
const atOnce = 30

/** A role somebody has, or could activate. */
interface Holding {
  readonly role: RoleId
  readonly eligible: boolean
  readonly holder: Principal
}

interface Candidate {
  readonly holder: Principal
  readonly active: readonly RoleId[]
  readonly later: readonly RoleId[]
}

/** Parts of the answer that may be missing. */
interface Rungs {
  readonly limits: Limit[]
  readonly attempt: <T>(what: LimitedTo, work: Promise<T>, otherwise: T) => Promise<T>
  readonly note: (what: LimitedTo, reason: UnknownReason, detail?: Detail) => void
}

const createRungs = (session: Session, onLimit: OnLimit): Rungs => {
  const limits: Limit[] = []
  const note: Rungs['note'] = (what, reason, detail = {}) => {
    if (!limits.some((limit) => limit.what === what)) limits.push({ what, reason })
    onLimit(what, session, reason, detail)
  }
  const attempt: Rungs['attempt'] = async (what, work, otherwise) => {
    try {
      return await work
    } catch (error) {
      if (!(error instanceof CouldNotLook)) throw error
      note(what, error.reason, error.detail)
      return otherwise
    }
  }
  return { limits, attempt, note }
}

const holdingsOf = async ({ graph }: Session, role: RoleId, { attempt, note }: Rungs, deadline: Deadline): Promise<readonly Holding[]> => {
  const template = templateOf(role)
  const none = { items: [], more: false }
  const [now, later] = await Promise.all([
    within(deadline, graph.holders(template, deadline)),
    attempt('eligible-roles', within(deadline, graph.eligibleHolders(template, deadline)), none),
  ])
  if (now.more) note('holders', 'too-many')
  if (later.more) note('eligible-roles', 'too-many')
  const of = (eligible: boolean) => (holder: Principal) => ({ role, eligible, holder })
  return [...now.items.map(of(false)), ...later.items.map(of(true))]
}

/** Members in place of their group, as people holding its role. Groups that can hold roles have no groups in them. */
const expand = async ({ graph }: Session, holdings: readonly Holding[], rungs: Rungs, deadline: Deadline): Promise<readonly Holding[]> => {
  const groups = [...new Set(holdings.filter(({ holder }) => holder.type === 'group').map(({ holder }) => holder.id))]
  const members = async (group: string) => {
    const found = await within(deadline, graph.members(group, deadline))
    if (found.more) rungs.note('group-members', 'too-many')
    return found.items
  }
  const byGroup = new Map(await Promise.all(groups.map(async (group) => [group, await rungs.attempt('group-members', members(group), [])] as const)))
  return holdings.flatMap((holding) => {
    const inside = byGroup.get(holding.holder.id)
    return inside ? inside.map((holder) => ({ ...holding, holder })) : [holding]
  })
}

const powerOf = (role: RoleId) => roleTable.findIndex(({ id }) => id === role)
const byPower = (a: RoleId, b: RoleId) => powerOf(a) - powerOf(b)

/** Least power first; at the same power those who need not activate it. */
const rankOf = ({ active, later }: Candidate) => {
  const [role] = active.length > 0 ? active : later
  return (role ? powerOf(role) : 0) * 2 + (active.length > 0 ? 0 : 1)
}

const candidatesIn = (holdings: readonly Holding[]): readonly Candidate[] => {
  const ids = [...new Set(holdings.map(({ holder }) => holder.id))]
  const rolesOf = (own: readonly Holding[], eligible: boolean) =>
    [...new Set(own.filter((each) => each.eligible === eligible).map(({ role }) => role))].sort(byPower)
  const candidates = ids.flatMap((id) => {
    const own = holdings.filter(({ holder }) => holder.id === id)
    const [first] = own
    return first ? [{ holder: first.holder, active: rolesOf(own, false), later: rolesOf(own, true) }] : []
  })
  return candidates.sort((a, b) => rankOf(a) - rankOf(b))
}

const isGuest = ({ userType, userPrincipalName }: Partial<Account>) => userType?.toLowerCase() === 'guest' || Boolean(userPrincipalName?.includes('#EXT#'))

const helperOf = (candidate: Candidate, account: Partial<Account>): Helper | undefined => {
  const userPrincipalName = plainUserName(account.userPrincipalName)
  const name = plainText(account.displayName) ?? userPrincipalName
  if (name === undefined) return undefined
  const preferredLanguage = plainLanguage(account.preferredLanguage)
  const { active, later } = candidate
  return {
    name,
    objectId: candidate.holder.id,
    ...(userPrincipalName && { userPrincipalName }),
    roles: active.length > 0 ? active : later,
    eligible: active.length === 0,
    ...(preferredLanguage && { preferredLanguage }),
  }
}

/** What a candidate is: a colleague, somebody whose name may not be read, something that was not found; undefined: a guest, a disabled account, an app. */
type Seen = Helper | 'nameless' | 'not-found' | undefined

const seenAs = (candidate: Candidate, accounts: readonly Account[] | undefined): Seen => {
  const { id, type, name, userPrincipalName } = candidate.holder
  const found = accounts?.find((each) => each.id === id)
  // Whether it is a person, only the accounts could have told.
  if (!found && type === undefined) return accounts ? 'not-found' : 'nameless'
  if (accounts && !found) return undefined
  const account = { ...found, displayName: found?.displayName ?? name, userPrincipalName: found?.userPrincipalName ?? userPrincipalName }
  if (isGuest(account) || account.accountEnabled === false) return undefined
  return helperOf(candidate, account) ?? 'nameless'
}

const colleaguesIn = (seen: readonly Seen[]): readonly Helper[] => seen.filter((each) => typeof each === 'object')

/** Candidates as far as it takes to find enough colleagues. Accounts that cannot be seen once are not asked for again. */
const seeSome = async ({ graph }: Session, candidates: readonly Candidate[], rungs: Rungs, deadline: Deadline): Promise<readonly Seen[]> => {
  const seen: Seen[] = []
  let accounts: readonly Account[] | undefined = []
  for (const some of chunksOf(candidates, atOnce)) {
    const ids = some.map(({ holder }) => holder.id)
    accounts = accounts && (await rungs.attempt('accounts', within(deadline, graph.accounts(ids, deadline)), undefined))
    if (accounts?.some(({ accountEnabled }) => typeof accountEnabled !== 'boolean')) rungs.note('accounts', 'consent')
    for (const candidate of some) seen.push(seenAs(candidate, accounts))
    if (colleaguesIn(seen).length >= mostHelpers) break
  }
  return seen
}

/** @throws CouldNotLook when somebody holds the role and nobody can be named: that is not nobody. */
const helpersAmong = (seen: readonly Seen[], { limits, note }: Rungs): readonly Helper[] => {
  const helpers = colleaguesIn(seen).slice(0, mostHelpers)
  const why = limits.find(({ what }) => what === 'accounts')?.reason ?? 'consent'
  if (seen.includes('nameless') || seen.includes('not-found')) note('holders', why)
  if (helpers.length === 0 && seen.includes('nameless')) throw new CouldNotLook(reasons[why].refused === 'permission' ? 'names-hidden' : why)
  return helpers
}

const look = async (session: Session, need: Need, rungs: Rungs, deadline: Deadline): Promise<Pick<FoundHelpers, 'helpers' | 'holdsItself'>> => {
  const roles: readonly RoleId[] = sufficientRoles[need]
  const holdings = (await Promise.all(roles.map((role) => holdingsOf(session, role, rungs, deadline)))).flat()
  const people = (await expand(session, holdings, rungs, deadline)).filter(({ holder: { type } }) => type !== 'group' && type !== 'other')
  const isSelf = ({ holder }: Holding) => holder.id === session.objectId
  const others = people.filter((each) => !isSelf(each))
  const helpers = helpersAmong(await seeSome(session, candidatesIn(others), rungs, deadline), rungs)
  return { helpers, holdsItself: people.some((each) => isSelf(each) && !each.eligible) }
}

/** Colleagues who hold a role that is enough, other than the caller. @throws CouldNotLook when the holders cannot be listed or named. */
export const findHelpersFor = async (session: Session, need: Need, budgetMs: number, onLimit: OnLimit): Promise<Helpers> => {
  const rungs = createRungs(session, onLimit)
  const found = await look(session, need, rungs, createDeadline(budgetMs))
  return { kind: 'found', ...found, limits: rungs.limits }
}
