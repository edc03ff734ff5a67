import { permissionFor, type Look, type Way } from './permissions'
import type { Detail, UnknownReason } from './verdict'

/** Where the operator reads why something could not be looked up; a pino logger fits. */
export interface DirectoryLog {
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
}

const fixes = {
  'not-configured': 'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret, certificate or managed identity to look up roles.',
  'no-identity': 'None: the person is anonymous here.',
  'other-tenant': 'None: role checks are for people of the configured tenant only.',
  consent: 'Grant the app the permission with admin consent.',
  'not-yours': 'None: people without a directory role may not list this; consent is given and would not help.',
  'not-found': 'Check that AZURE_TENANT_ID is the tenant of the people who write to the bot.',
  throttled: 'None if rare; otherwise look for other heavy callers with the same app registration.',
  unavailable: 'Check the way to the host asked (GRAPH_BASE_URL, ARM_BASE_URL, AZURE_AUTHORITY_HOST) and its service health.',
  timeout: 'Check the network to the host asked and its service health.',
  malformed: 'Check that nothing on the way (proxy, gateway) rewrites answers; report the request id to Microsoft otherwise.',
  'sign-in': 'Check tenant, client id and secret, certificate or identity of the look-ups: expired, wrong, or blocked by a policy.',
  'conditional-access': 'None in the bot: a policy of the organization wants another sign-in. Exclude the app from it, or let people sign in again.',
  'personal-account': 'None: the person uses a personal Microsoft account.',
  'other-person': 'The token store gave a token of somebody else. Check the OAuth connection and that nothing rewrites requests.',
  'signed-out': 'None: the person has to sign in again.',
  'sign-in-first': 'None: the person has not signed in yet.',
  'sign-in-declined': 'None: the person does not want to sign in.',
  'sign-in-unavailable': 'See the line before: the token store could not be asked.',
  'not-signed-in': 'Set OAUTH_CONNECTION_NAME to let people sign in.',
  'graph-only': 'Give the OAuth connection the scope of the bot’s own app (api://…) in place of Graph scopes to ask Azure too.',
  'nothing-visible': 'None: the list is empty for this person.',
  'unknown-products': 'Add the product to src/directory/products.json and to src/guides/*/products.json.',
  'invalid-input': 'None: what the person gave is no subscription id or domain.',
  'not-licensed': 'None: the tenant has no licence for PIM.',
  'too-many': 'None: a list is longer than is read.',
  'names-hidden': 'Grant the app User.Read.All with admin consent (the delegated one where people sign in): without it names come back empty.',
} as const satisfies Record<UnknownReason, string>

const expected: readonly UnknownReason[] = [
  'not-configured',
  'no-identity',
  'other-tenant',
  'not-yours',
  'personal-account',
  'signed-out',
  'sign-in-first',
  'sign-in-declined',
  'sign-in-unavailable',
  'not-signed-in',
  'graph-only',
  'nothing-visible',
  'invalid-input',
  'not-licensed',
  'too-many',
]

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
    : fixes[reason]
}

const lineFor = (look: Look, way: Way, reason: UnknownReason, detail: Detail) => {
  const { name: permission, adds } = permissionFor(look, way)
  return { look, reason, ...detail, ...(reason === 'consent' && permission && { permission, adds }), fix: fixFor(reason, detail, permission, way) }
}

const isExpected = (reason: UnknownReason, { code = '' }: Detail) => expected.includes(reason) && !(code in fixByCode)

/** One line for the operator: cause, missing permission if that is it, fix; never the id of a person, tenant or subscription. */
export const logUnknown = (log: DirectoryLog, look: Look, way: Way, reason: UnknownReason, detail: Detail = {}): void =>
  log[isExpected(reason, detail) ? 'info' : 'warn'](lineFor(look, way, reason, detail), `directory: ${look} look-up has no answer`)

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
