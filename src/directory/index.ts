import type { Caller } from './caller'
import { createDeadline, type Deadline } from './deadline'
import { createHeldRoles } from './held-roles'
import { findHelpersFor, type Helpers } from './helpers'
import { createLimitLog, logUnknown, type DirectoryLog, type LogLimit } from './log'
import { findOwnersOf, type Owners } from './owners'
import type { Look, Way } from './permissions'
import { preflightFor, type Preflight } from './preflight'
import { proveFor, type Proof, type ProofQuestion } from './proof'
import { createPublicLookUp, type PublicLookUp } from './public-look-up'
import type { UnknownReason } from './reasons'
import { isEnough, verdictFor, type Need } from './roles'
import { createSessions, type OpenSession, type Session } from './session'
import { standingFor, type Standing } from './standing'
import { complete, type DirectorySettings } from './settings'
import { CouldNotLook, type TenantFinding, type Unknown, type Verdict } from './verdict'

export { appToken, permissionsIn } from './app-token'
export { asPerson, type Caller } from './caller'
export { appCredential } from './credential'
export { fixOfSignIn } from './sign-in-fix'
export type { DirectoryLog } from './log'
export type { Helper, Helpers } from './helpers'
export type { Owners } from './owners'
export { permissions } from './permissions'
export type { Preflight } from './preflight'
export type { ProductKind } from './products'
export type { AzureEvidence, Proof, ProofQuestion } from './proof'
export { reasons, type UnknownReason } from './reasons'
export { needs, sufficientRoles, type Need, type RoleId } from './roles'
export type { DirectoryIdentity, DirectorySettings } from './settings'
export type { Standing } from './standing'
export { CouldNotLook, type Limit, type LimitedTo, type TenantFinding, type Verdict } from './verdict'

/**
 * What OneTenant asks of Microsoft's cloud, for a person the app looks at or one who signed in (`asPerson`). Nothing here throws for
 * an answer that does not come: that is `unknown`.
 */
export interface Directory {
  /** Answers are remembered for `rolesAreFreshMs`; `fresh` asks again. */
  readonly checkRole: (caller: Caller, need: Need, options?: { readonly fresh?: boolean }) => Promise<Verdict>
  /** Up to five colleagues who can do it, least power first; for the caller's eyes only. None: nobody is visible. */
  readonly findHelpers: (caller: Caller, need: Need) => Promise<Helpers>
  /** Whether the person is a guest here, and what here is called: a guest is told whose role it is. Empty when nothing can be seen. */
  readonly standing: (caller: Caller) => Promise<Standing>
  /** Why a caller's token is of no use here, e.g. because it is somebody else's; undefined: it can be used. */
  readonly whyNot: (caller: Caller) => UnknownReason | undefined
  /** The three findings about the caller's tenant, with what they name to be looked up in public. Never from memory. */
  readonly prove: (caller: Caller, question?: ProofQuestion, options?: { readonly fresh?: boolean }) => Promise<Proof>
  /** What can be known before something is moved or bought; `need`: the role it takes. */
  readonly preflight: (
    caller: Caller,
    question: { readonly subscriptionId?: string | undefined; readonly need: Need },
    options?: { readonly fresh?: boolean },
  ) => Promise<Preflight>
  /** Who is Owner of a subscription of this tenant (its id in lower case); for the caller's eyes only. */
  readonly findOwners: (caller: Caller, subscriptionId: string) => Promise<Owners>
  /** The tenant an Azure subscription trusts, from its id (braces and blanks around it do not matter). */
  readonly lookUpSubscription: (id: string) => Promise<TenantFinding>
  /** The tenant that verified a domain. */
  readonly lookUpDomain: (domain: string) => Promise<TenantFinding>
  /** The same, with no more time for any look-up than is left then. */
  readonly before: (deadline: Pick<Deadline, 'remainingMs'>) => Directory
}

const wayOf = ({ token, without }: Caller): Way => (token || without ? 'person' : 'app')

const orUnknown = async <T>(log: DirectoryLog, look: Look, way: Way, work: Promise<T>): Promise<T | Unknown> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error
    const { reason, detail } = error
    logUnknown(log, look, way, reason, detail)
    return { kind: 'unknown', reason, detail }
  }
}

interface Looking {
  readonly open: OpenSession
  readonly sessionOf: (caller: Caller) => Session | CouldNotLook
  readonly lookUp: PublicLookUp
  readonly logLimit: LogLimit
  readonly checkRole: (caller: Caller, need: Need, fresh: boolean, budgetMs: number) => Promise<Verdict>
}

type MoveQuestion = { readonly subscriptionId?: string | undefined; readonly need: Need }

/** What is asked before something moves. */
const createMoveLooks = ({ open, sessionOf, lookUp, logLimit, checkRole }: Looking) => ({
  lookFirst: (caller: Caller, { subscriptionId, need }: MoveQuestion, fresh: boolean, budgetMs: number): Promise<Preflight> =>
    preflightFor({
      tenantId: caller.tenantId?.toLowerCase(),
      session: sessionOf(caller),
      lookUp,
      budgetMs,
      subscriptionId,
      verdict: checkRole(caller, need, fresh, budgetMs),
      onUnknown: (look, { reason, detail }) => logLimit(look, wayOf(caller), reason, detail),
    }),
  findOwners: async (caller: Caller, subscriptionId: string, budgetMs: number): Promise<Owners> =>
    findOwnersOf(open(caller), subscriptionId, budgetMs, (what, { way }, reason, detail) => logLimit(what, way, reason, detail)),
})

/** The directory as configured; nothing is sent before the first question. */
export const createDirectory = (settings: DirectorySettings, log: DirectoryLog): Directory => {
  const all = complete(settings)
  const open = createSessions(settings, all)
  const logLimit = createLimitLog(log)
  const roles = createHeldRoles(({ way }, reason, detail) => logLimit('eligible-roles', way, reason, detail))
  const lookUp = createPublicLookUp(all)

  const check = async (caller: Caller, need: Need, fresh: boolean, budgetMs: number): Promise<Verdict> => {
    const session = open(caller)
    const asking = { session, fresh, deadline: createDeadline(budgetMs) }
    if (fresh) session.graph.renew()
    const held = await roles.held(asking)
    return verdictFor(need, held, isEnough(need, held) ? undefined : await roles.eligible(asking))
  }
  const help = async (caller: Caller, need: Need, budgetMs: number): Promise<Helpers> => {
    const session = open(caller)
    // A list has no "check again": what was refused last time is asked with a new token.
    session.graph.renew()
    return findHelpersFor(session, need, budgetMs, (what, { way }, reason, detail) => logLimit(what, way, reason, detail))
  }

  const sessionOf = (caller: Caller) => {
    try {
      return open(caller)
    } catch (error) {
      if (error instanceof CouldNotLook) return error
      throw error
    }
  }
  const prove = (caller: Caller, question: ProofQuestion, fresh: boolean, budgetMs: number): Promise<Proof> => {
    const way = wayOf(caller)
    const session = sessionOf(caller)
    if (fresh && !(session instanceof CouldNotLook)) session.graph.renew()
    const onUnknown = (look: Look, { reason, detail }: CouldNotLook) => logLimit(look, way, reason, detail)
    return proveFor({ tenantId: caller.tenantId?.toLowerCase(), session, lookUp, budgetMs, onUnknown }, question)
  }
  const checkOrUnknown = (caller: Caller, need: Need, fresh: boolean, budgetMs: number) =>
    orUnknown(log, 'role', wayOf(caller), check(caller, need, fresh, budgetMs))
  const { lookFirst, findOwners } = createMoveLooks({ open, sessionOf, lookUp, logLimit, checkRole: checkOrUnknown })

  /** `budget`: milliseconds for a look-up that begins now. */
  const lookingFor = (budget: () => number): Directory => ({
    checkRole: (caller, need, { fresh = false } = {}) => checkOrUnknown(caller, need, fresh, budget()),
    findHelpers: (caller, need) => orUnknown(log, 'helpers', wayOf(caller), help(caller, need, budget())),
    standing: async (caller) => {
      const session = sessionOf(caller)
      if (session instanceof CouldNotLook) return {}
      return standingFor(session, budget(), (what, { way }, reason, detail) => logLimit(what, way, reason, detail))
    },
    whyNot: (caller) => {
      const session = sessionOf(caller)
      return session instanceof CouldNotLook ? session.reason : undefined
    },
    prove: (caller, question = {}, { fresh = false } = {}) => prove(caller, question, fresh, budget()),
    preflight: (caller, question, { fresh = false } = {}) => lookFirst(caller, question, fresh, budget()),
    findOwners: (caller, subscriptionId) => orUnknown(log, 'owner', wayOf(caller), findOwners(caller, subscriptionId, budget())),
    lookUpSubscription: (id) => orUnknown(log, 'subscription', 'app', lookUp.subscription(id)),
    lookUpDomain: (domain) => orUnknown(log, 'domain', 'app', lookUp.domain(domain)),
    before: ({ remainingMs }) => lookingFor(() => Math.min(all.budgetMs, remainingMs())),
  })
  return lookingFor(() => all.budgetMs)
}
