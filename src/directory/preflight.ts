/** Can this be moved, or bought, as things are? Each finding yes, no or unknown; everything is only read, and at the same time. */
import type { Azure, AzureAssignment, ListedSubscription, SeenSubscription, SubscriptionPolicy } from './azure'
import { createDeadline, within, type Deadline } from './deadline'
import { proveFor, type Finding, type Proof, type ProofParts } from './proof'
import type { Look } from './permissions'
import { rolesOf, type RoleId } from './roles'
import type { Session } from './session'
import { CouldNotLook, type Verdict } from './verdict'

/** Of the person, in the tenant of the conversation. */
export interface AccountEvidence {
  readonly kind: 'work' | 'guest' | 'personal'
}

export interface RoleEvidence {
  readonly roles: readonly RoleId[]
  /** Undefined: held, but how could not be seen; or none of the roles that are enough. */
  readonly how?: 'direct' | 'group' | 'eligible'
}

/** Offers, as far as it matters whether they can move. */
export type Offer = 'csp' | 'internal' | 'students-starter' | 'ea' | 'other'

export interface OfferEvidence {
  readonly offer: Offer
  /** As Azure names it. */
  readonly quotaId: string
}

export interface PolicyEvidence {
  readonly blocked: boolean
  /** Whether the policy does not hold for the person who asks; undefined: not visible to them. */
  readonly exempt?: boolean
}

export interface OwnerEvidence {
  /** `other`: roles, but not this one. */
  readonly how: 'direct' | 'conditional' | 'inherited' | 'group' | 'eligible' | 'other'
}

export interface Preflight extends Pick<Proof, 'tenant' | 'microsoft365' | 'azure' | 'limits'> {
  /** `no`: a guest, or a personal account. */
  readonly account: Finding<AccountEvidence>
  /** Whether a role that is enough is active. */
  readonly role: Finding<RoleEvidence>
  /** The one looked at, if there is one. */
  readonly subscription?: SeenSubscription
  /** `no`: an offer that cannot change its directory. */
  readonly offer: Finding<OfferEvidence>
  /** Whether the tenant of the conversation lets subscriptions of this person go, and come. */
  readonly leaving: Finding<PolicyEvidence>
  readonly entering: Finding<PolicyEvidence>
  /** Whether the person is Owner, assigned on the subscription, directly and without conditions. */
  readonly owner: Finding<OwnerEvidence>
}

export interface PreflightParts extends Omit<ProofParts, 'onUnknown'> {
  readonly onUnknown: (look: Look, error: CouldNotLook) => void
  /** As `checkRole` answers. */
  readonly verdict: Promise<Verdict>
  /** An Azure subscription's id, as it was given. */
  readonly subscriptionId?: string | undefined
}

const now = () => new Date().toISOString()
const found = <E>(answer: 'yes' | 'no', evidence: E): Finding<E> => ({ answer, at: now(), evidence })
const unknown = <E>({ reason }: Pick<CouldNotLook, 'reason'>, evidence?: E): Finding<E> => ({
  answer: 'unknown',
  at: now(),
  reason,
  ...(evidence && { evidence }),
})

type Attempt = <T>(look: Look, work: (session: Session) => Promise<T>) => Promise<T | CouldNotLook>

const attempting =
  ({ session, onUnknown }: Pick<PreflightParts, 'session' | 'onUnknown'>, deadline: Deadline): Attempt =>
  async (look, work) => {
    try {
      if (session instanceof CouldNotLook) throw session
      return await within(deadline, work(session))
    } catch (error) {
      if (!(error instanceof CouldNotLook)) throw error
      onUnknown(look, error)
      return error
    }
  }

const azureOf = ({ azure }: Session): Azure => {
  if ('without' in azure) throw new CouldNotLook(azure.without)
  return azure
}

/** The list of subscriptions is wanted twice, and costs one question. */
const listingOnce = (session: Session | CouldNotLook): Session | CouldNotLook => {
  if (session instanceof CouldNotLook || 'without' in session.azure) return session
  const { azure } = session
  let listed: ReturnType<typeof azure.subscriptions> | undefined
  return { ...session, azure: { ...azure, subscriptions: (deadline) => (listed ??= azure.subscriptions(deadline)) } }
}

const accountFinding = (isGuest: boolean | undefined | CouldNotLook): Finding<AccountEvidence> => {
  if (isGuest instanceof CouldNotLook) return isGuest.reason === 'personal-account' ? found('no', { kind: 'personal' }) : unknown(isGuest)
  if (isGuest === undefined) return unknown({ reason: 'consent' })
  return isGuest ? found('no', { kind: 'guest' }) : found('yes', { kind: 'work' })
}

const roleFinding = (verdict: Verdict, direct: readonly string[] | CouldNotLook): Finding<RoleEvidence> => {
  switch (verdict.kind) {
    case 'unknown':
      return unknown(verdict)
    case 'cannot':
      return found('no', { roles: verdict.roles })
    case 'can-after-activating':
      return found('no', { roles: verdict.roles, how: 'eligible' })
    case 'can': {
      if (direct instanceof CouldNotLook) return found('yes', { roles: verdict.roles })
      const own = rolesOf(direct)
      return found('yes', { roles: verdict.roles, how: verdict.roles.some((role) => own.includes(role)) ? 'direct' : 'group' })
    }
  }
}

/** Microsoft's names for offers that cannot change their directory; the part behind the underscore is a date. */
const offers: readonly (readonly [RegExp, Offer])[] = [
  [/^CSP_/i, 'csp'],
  [/^Internal_/i, 'internal'],
  [/^DreamSpark_/i, 'students-starter'],
  [/^EnterpriseAgreement_/i, 'ea'],
]
const immovable: readonly Offer[] = ['csp', 'internal', 'students-starter']

const offerFinding = (subscription: Choice): Finding<OfferEvidence> => {
  if (subscription instanceof CouldNotLook) return unknown(subscription)
  const { quotaId, isVisible } = subscription
  if (quotaId === undefined) return unknown({ reason: isVisible ? 'nothing-visible' : 'in-other-tenant' })
  const offer = offers.find(([pattern]) => pattern.test(quotaId))?.[1] ?? 'other'
  return found(immovable.includes(offer) ? 'no' : 'yes', { offer, quotaId })
}

/** An administrator's list says who is exempt; a list that does not name the person, and is empty, may only be hidden from them. */
const isExempt = ({ exempted }: SubscriptionPolicy, objectId: string): boolean | undefined => {
  if (exempted.includes(objectId)) return true
  return exempted.length > 0 ? false : undefined
}

const policyFinding = (policy: SubscriptionPolicy | CouldNotLook, which: 'blocksLeaving' | 'blocksEntering', objectId: string): Finding<PolicyEvidence> => {
  if (policy instanceof CouldNotLook) return unknown(policy)
  const blocked = policy[which]
  if (blocked === undefined) return unknown({ reason: 'no-policy' })
  const exempt = isExempt(policy, objectId)
  return found(!blocked || exempt === true ? 'yes' : 'no', { blocked, ...(exempt !== undefined && { exempt }) })
}

/** One subscription to look into. `isVisible`: the person's own sign-in reaches it. */
type Chosen = SeenSubscription & { readonly quotaId?: string; readonly isVisible: boolean }
type Choice = Chosen | CouldNotLook

/** The one that was named, else the only one the person sees; customers' do not count. */
const choose = (proof: Proof, seen: readonly ListedSubscription[] | CouldNotLook, tenantId: string | undefined): Choice => {
  const { azure } = proof
  const [named] = azure.evidence?.source === 'public' ? azure.evidence.subscriptions : []
  if (named) {
    const listed = seen instanceof CouldNotLook ? undefined : seen.find(({ subscriptionId }) => subscriptionId === named.subscriptionId)
    return { ...named, ...listed, isVisible: named.tenantId === tenantId }
  }
  if (azure.answer === 'unknown' && (azure.reason === 'invalid-input' || azure.reason === 'not-found')) return new CouldNotLook(azure.reason)
  if (seen instanceof CouldNotLook) return seen
  const own = seen.filter(({ managedBy }) => tenantId === undefined || !managedBy.includes(tenantId))
  const [only] = own
  if (own.length > 1) return new CouldNotLook('which-subscription')
  return only ? { ...only, isVisible: only.tenantId === tenantId } : new CouldNotLook('nothing-visible')
}

const isWithout = ({ isGroup, isOnSubscription, hasCondition }: AzureAssignment): boolean => !isGroup && isOnSubscription && !hasCondition

/** How somebody is Owner, the best way first. */
const howOwner = (held: readonly AzureAssignment[], eligible: readonly AzureAssignment[]): OwnerEvidence['how'] | undefined => {
  const owner = held.filter(({ isOwner }) => isOwner)
  if (owner.some(isWithout)) return 'direct'
  if (owner.some(({ isGroup, isOnSubscription }) => !isGroup && isOnSubscription)) return 'conditional'
  if (owner.some(({ isGroup }) => !isGroup)) return 'inherited'
  if (owner.length > 0) return 'group'
  if (eligible.some(({ isOwner }) => isOwner)) return 'eligible'
  return held.length > 0 ? 'other' : undefined
}

const ownerFinding = async (subscription: Choice, attempt: Attempt, deadline: Deadline): Promise<Finding<OwnerEvidence>> => {
  if (subscription instanceof CouldNotLook) return unknown(subscription)
  if (!subscription.isVisible) return unknown({ reason: 'in-other-tenant' })
  const { subscriptionId } = subscription
  const [held, eligible] = await Promise.all([
    attempt('owner', (session) => azureOf(session).assignmentsOf(subscriptionId, session.objectId, deadline)),
    attempt('eligible-roles', (session) => azureOf(session).eligible(subscriptionId, deadline)),
  ])
  if (held instanceof CouldNotLook) return unknown(held)
  const how = howOwner(held, eligible instanceof CouldNotLook ? [] : eligible)
  // No role at all may only mean that roles are not to be seen.
  if (how === undefined) return unknown({ reason: 'nothing-visible' })
  return found(how === 'direct' ? 'yes' : 'no', { how })
}

/** Nothing that fails spoils another finding; all is done in `budgetMs`. */
export const preflightFor = async (parts: PreflightParts): Promise<Preflight> => {
  const { tenantId, budgetMs, subscriptionId } = parts
  const deadline = createDeadline(budgetMs)
  const session = listingOnce(parts.session)
  const attempt = attempting({ ...parts, session }, deadline)
  const objectId = session instanceof CouldNotLook ? '' : session.objectId
  const seen = attempt('azure', (open) => azureOf(open).subscriptions(deadline))
  const proven = proveFor({ ...parts, session }, { subscriptionId })
  const chosen = Promise.all([proven, seen]).then(([proof, listed]) => choose(proof, listed, tenantId))
  const [proof, subscription, verdict, isGuest, direct, policy, owner] = await Promise.all([
    proven,
    chosen,
    parts.verdict,
    attempt('accounts', ({ graph, objectId: id }) => graph.isGuest(id, deadline)),
    attempt('direct-roles', async ({ way, graph }) => {
      if (way === 'app') throw new CouldNotLook('not-signed-in')
      return graph.directRoles(deadline)
    }),
    attempt('policy', (open) => azureOf(open).policy(deadline)),
    chosen.then((choice) => ownerFinding(choice, attempt, deadline)),
  ])
  const { tenant, microsoft365, azure, limits } = proof
  const looked = subscription instanceof CouldNotLook ? undefined : seenIn(subscription)
  return {
    tenant,
    microsoft365,
    azure,
    limits,
    account: accountFinding(isGuest),
    role: roleFinding(verdict, direct),
    ...(looked && { subscription: looked }),
    offer: offerFinding(subscription),
    leaving: policyFinding(policy, 'blocksLeaving', objectId),
    entering: policyFinding(policy, 'blocksEntering', objectId),
    owner,
  }
}

const seenIn = ({ subscriptionId, tenantId, name, state }: Chosen): SeenSubscription => ({
  subscriptionId,
  tenantId,
  ...(name !== undefined && { name }),
  ...(state !== undefined && { state }),
})
