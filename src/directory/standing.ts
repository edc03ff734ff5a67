import { createDeadline, within } from './deadline'
import { plainText } from './plain-text'
import type { UnknownReason } from './reasons'
import type { Session } from './session'
import { CouldNotLook, type Detail } from './verdict'

/** Where the person's role holds: the tenant of the conversation, in which they may be a guest. What is absent could not be seen. */
export interface Standing {
  readonly guest?: boolean
  readonly tenantName?: string
}

export type OnLimit = (what: 'accounts' | 'tenant-name', session: Session, reason: UnknownReason, detail: Detail) => void

export const standingFor = async (session: Session, budgetMs: number, onLimit: OnLimit): Promise<Standing> => {
  const deadline = createDeadline(budgetMs)
  const attempt = async <T>(what: 'accounts' | 'tenant-name', work: Promise<T>): Promise<T | undefined> => {
    try {
      return await within(deadline, work)
    } catch (error) {
      if (!(error instanceof CouldNotLook)) throw error
      onLimit(what, session, error.reason, error.detail)
      return undefined
    }
  }
  const [guest, organization] = await Promise.all([
    attempt('accounts', session.graph.isGuest(session.objectId, deadline)),
    attempt('tenant-name', session.graph.organization(deadline)),
  ])
  const tenantName = plainText(organization?.name)
  return { ...(guest !== undefined && { guest }), ...(tenantName && { tenantName }) }
}
