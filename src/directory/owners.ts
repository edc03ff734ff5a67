/** Who is Owner of a subscription, and so can ask that it moves? For the eyes of the person who asks only. */
import { createDeadline, within, type Deadline } from './deadline'
import type { Account } from './graph'
import type { Helper, OnLimit } from './helpers'
import { plainLanguage, plainText, plainUserName } from './plain-text'
import type { Session } from './session'
import { CouldNotLook, type Limit, type Unknown } from './verdict'

export interface FoundOwners {
  readonly kind: 'found'
  /** Assigned directly, other than the caller; guests count, a personal account may be Owner. */
  readonly owners: readonly Helper[]
  /** The caller is Owner, directly. */
  readonly holdsItself: boolean
  /** Groups and apps that are Owner too. */
  readonly others: number
  readonly limits: readonly Limit[]
}

export type Owners = FoundOwners | Unknown

const mostOwners = 3

const ownerOf = ({ id, displayName, userPrincipalName: address, preferredLanguage: tag }: Account): Helper | undefined => {
  const userPrincipalName = plainUserName(address)
  const name = plainText(displayName) ?? userPrincipalName
  if (name === undefined) return undefined
  const preferredLanguage = plainLanguage(tag)
  // A guest's name here is no address to write to.
  const isAddress = userPrincipalName !== undefined && !userPrincipalName.includes('#EXT#')
  return { name, objectId: id, roles: [], eligible: false, ...(isAddress && { userPrincipalName }), ...(preferredLanguage && { preferredLanguage }) }
}

const namesOf = async (session: Session, ids: readonly string[], deadline: Deadline, limits: Limit[], onLimit: OnLimit): Promise<readonly Helper[]> => {
  if (ids.length === 0) return []
  try {
    const accounts = await within(deadline, session.graph.accounts(ids, deadline))
    return accounts.filter(({ accountEnabled }) => accountEnabled !== false).flatMap((account) => ownerOf(account) ?? [])
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error
    limits.push({ what: 'accounts', reason: error.reason })
    onLimit('accounts', session, error.reason, error.detail)
    return []
  }
}

/** @throws CouldNotLook when the assignments cannot be read, or nobody can be named. */
export const findOwnersOf = async (session: Session, subscriptionId: string, budgetMs: number, onLimit: OnLimit): Promise<FoundOwners> => {
  if ('without' in session.azure) throw new CouldNotLook(session.azure.without)
  const deadline = createDeadline(budgetMs)
  const limits: Limit[] = []
  const all = await within(deadline, session.azure.assignments(subscriptionId, deadline))
  const owner = all.filter(({ isOwner }) => isOwner)
  const people = [...new Set(owner.filter(({ isGroup }) => !isGroup).map(({ principalId }) => principalId))]
  const colleagues = people.filter((id) => id !== session.objectId)
  const owners = (await namesOf(session, colleagues, deadline, limits, onLimit)).slice(0, mostOwners)
  const holdsItself = people.includes(session.objectId)
  if (owners.length === 0 && !holdsItself) throw new CouldNotLook(limits[0]?.reason ?? 'nothing-visible')
  return { kind: 'found', owners, holdsItself, others: owner.filter(({ isGroup }) => isGroup).length, limits }
}
