/** Is a product Microsoft 365? Told by the service plans in it: part numbers come and go, and the same plans are in the new ones. */
import plans from './products.json'

/**
 * `management`: devices and identities only, such as Intune or Entra P1. `other`: a product of its own, such as Power BI or Dynamics.
 * `unknown`: it came without its plans.
 */
export type ProductKind = 'microsoft-365' | 'management' | 'other' | 'unknown'

/** One service in a product. Ids are lower case; names are Microsoft's, e.g. `EXCHANGE_S_STANDARD`. */
export interface ServicePlan {
  readonly id: string
  readonly name: string
}

interface Family {
  readonly ids: ReadonlySet<string>
  /** New variants keep these beginnings. */
  readonly names: RegExp
}

const family = (name: keyof typeof plans, names: RegExp): Family => ({ ids: new Set(Object.keys(plans[name])), names })

/** In suites and as products; add-ons (`EXCHANGE_S_FOUNDATION`, `…_ARCHIVE_ADDON`, `EXCHANGE_ANALYTICS`) begin otherwise. */
const mailboxOrApps = family(
  'mailbox or Office apps',
  /^(?:EXCHANGE_S_(?:STANDARD|ENTERPRISE|DESKLESS|ESSENTIALS)|EXCHANGE_[LB]_STANDARD|OFFICE(?:SUBSCRIPTION|_BUSINESS|_PRO))/i,
)
/** Also inside products that are none; the bare `ONEDRIVE`, with which plans of Clipchamp begin, is not among them. */
const teamsOrWeb = family(
  'Teams or the web',
  /^(?:TEAMS1|TEAMS_DESKLESS|TEAMS_GOV|TEAMS_AR_|TEAMSESS|SHAREPOINT(?:STANDARD|ENTERPRISE|DESKLESS|LITE|WAC)|OFFICEMOBILE|ONEDRIVE(?:STANDARD|ENTERPRISE))/i,
)
const management = family('devices and identities', /^(?:INTUNE_(?:A|SMBIZ|EDU)|AAD_(?:PREMIUM|BASIC))/i)
/** Project, Dynamics, Visio, meeting rooms and the free Teams: they bring Teams or SharePoint along. What a suite has of them says so (`…_O365_…`). */
const ofItsOwn = /^(?!.*_O365)(?:PROJECT_|SHAREPOINT_PROJECT|DYN365_|D365|CRM|DYNAMICS|VISIO|MICROSOFT_REMOTE_ASSIST|GUIDES|TEAMS_ROOMS?_|MTR|MMR_|TEAMS_FREE)/i

/** What a product is, by the plans in it that are not switched off; undefined: it came without any word on its plans. */
export const productKind = (included: readonly ServicePlan[] | undefined): ProductKind => {
  if (!included || included.length === 0) return 'unknown'
  const has = ({ ids, names }: Family) => included.some(({ id, name }) => ids.has(id) || names.test(name))
  if (has(mailboxOrApps)) return 'microsoft-365'
  if (included.some(({ name }) => ofItsOwn.test(name))) return 'other'
  if (has(teamsOrWeb)) return 'microsoft-365'
  return has(management) ? 'management' : 'other'
}
