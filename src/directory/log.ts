import { permissionFor, type Look, type Way } from './permissions'
import { reasons, type UnknownReason } from './reasons'
import type { Detail } from './verdict'

/** Where the operator reads why something could not be looked up; a pino logger fits. */
export interface DirectoryLog {
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
}

/** Where the authority's code tells more than the reason. */
const fixByCode: Readonly<Record<string, string>> = {
  AADSTS50105: 'Assign the person, or a group of theirs, to the app (Enterprise applications > Users and groups), or let everybody in.',
  AADSTS500011: 'Check GRAPH_BASE_URL and ARM_BASE_URL: the tenant knows no service by the address asked.',
  AADSTS650052: 'The organization has not subscribed to a service that the app asks for, or its service principal is missing or disabled there.',
}

const fixFor = (reason: UnknownReason, { code = '' }: Detail, permission: string | undefined, way: Way): string => {
  const byCode = fixByCode[code]
  if (byCode !== undefined) return byCode
  return reason === 'consent' && permission
    ? `Grant the app the ${way === 'app' ? 'application' : 'delegated'} permission ${permission} with admin consent.`
    : reasons[reason].fix
}

const lineFor = (look: Look, way: Way, reason: UnknownReason, detail: Detail) => {
  const { name: permission, adds } = permissionFor(look, way)
  return { look, reason, ...detail, ...(reason === 'consent' && permission && { permission, adds }), fix: fixFor(reason, detail, permission, way) }
}

const levelFor = (reason: UnknownReason, { code = '' }: Detail) => (code in fixByCode ? 'warn' : reasons[reason].level)

/** One line for the operator: cause, missing permission if that is it, fix; never the id of a person, tenant or subscription. */
export const logUnknown = (log: DirectoryLog, look: Look, way: Way, reason: UnknownReason, detail: Detail = {}): void =>
  log[levelFor(reason, detail)](lineFor(look, way, reason, detail), `directory: ${look} look-up has no answer`)

export type LogLimit = (look: Look, way: Way, reason: UnknownReason, detail?: Detail) => void

/** What answers leave out is said once per cause, not once per person: a permission that nobody wants to grant is no news. */
export const createLimitLog = (log: DirectoryLog): LogLimit => {
  const said = new Set<string>()
  return (look, way, reason, detail = {}) => {
    const cause = [look, way, reason].join(' ')
    if (said.has(cause)) return
    said.add(cause)
    log.info(lineFor(look, way, reason, detail), `directory: answers leave out ${look}`)
  }
}
