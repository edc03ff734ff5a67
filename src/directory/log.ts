import type { Detail, UnknownReason } from './verdict'

/** Where the operator reads why something could not be looked up; a pino logger fits. */
export interface DirectoryLog {
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
}

export type Look = 'role' | 'subscription' | 'domain'

/** The application permission of the role check, with admin consent. */
const permission = 'User.Read.All'

const fixes = {
  'not-configured': 'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret, certificate or managed identity to look up roles.',
  'no-identity': 'None: the person is anonymous here.',
  'other-tenant': 'None: role checks are for people of the configured tenant only.',
  consent: `Grant the app the application permission ${permission} with admin consent.`,
  'not-found': 'Check that AZURE_TENANT_ID is the tenant of the people who write to the bot.',
  throttled: 'None if rare; otherwise look for other heavy callers with the same app registration.',
  unavailable: 'Check the way to the host asked (GRAPH_BASE_URL, ARM_BASE_URL, AZURE_AUTHORITY_HOST) and its service health.',
  timeout: 'Check the network to the host asked and its service health.',
  malformed: 'Check that nothing on the way (proxy, gateway) rewrites answers; report the request id to Microsoft otherwise.',
  'sign-in': 'Check tenant, client id and secret, certificate or identity of the look-ups: expired, wrong, or blocked by a policy.',
} as const satisfies Record<UnknownReason, string>

const expected: readonly UnknownReason[] = ['not-configured', 'no-identity', 'other-tenant']

/** One line for the operator: cause, missing permission if that is it, fix; never the id of a person, tenant or subscription. */
export const logUnknown = (log: DirectoryLog, look: Look, reason: UnknownReason, detail: Detail): void => {
  const line = { look, reason, ...detail, ...(reason === 'consent' && { permission }), fix: fixes[reason] }
  log[expected.includes(reason) ? 'info' : 'warn'](line, `directory: ${look} look-up has no answer`)
}
