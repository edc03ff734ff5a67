/** Why could the directory not be asked, or why did it not answer, and what follows from that? */

interface ReasonRow {
  /** `info`: to be expected. `warn`: the operator should see to it. */
  readonly level: 'info' | 'warn'
  /**
   * What gets the person another answer. `another-sign-in`: perhaps, where they are signed in and a policy wants it done otherwise.
   * `another-account`: the one they use can hold no role.
   */
  readonly curedBy: 'signing-in' | 'another-sign-in' | 'another-account' | 'nothing-here'
  /** Says something new against what was found before; not where nothing was given to look at, and nothing seen. */
  readonly isNews: boolean
  /** `token`: one that comes with a sign-in is not for here, and is given back. `permission`: the app, or the person, may not read it. */
  readonly refused?: 'token' | 'permission'
  /** What the operator can do. */
  readonly fix: string
  /** The same for `npm run doctor`, which only signs in; without it the settings of the identity are wrong. */
  readonly doctorFix?: string
}

const table = {
  'not-configured': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret, certificate or managed identity to look up roles.',
    doctorFix: 'Set a client secret, a certificate file or a managed identity for it.',
  },
  'no-identity': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'None: the person is anonymous here.',
  },
  'other-tenant': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'None: role checks are for people of the configured tenant only.',
  },
  consent: {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    refused: 'permission',
    fix: 'Grant the app the permission with admin consent.',
  },
  'not-yours': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: true,
    refused: 'permission',
    fix: 'None: people without a directory role may not list this; consent is given and would not help.',
  },
  'not-found': {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'Check that AZURE_TENANT_ID is the tenant of the people who write to the bot.',
  },
  throttled: {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'None if rare; otherwise look for other heavy callers with the same app registration (AZURE_CLIENT_ID).',
    doctorFix: 'Try again in a minute.',
  },
  unavailable: {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'Check the way to the host asked (GRAPH_BASE_URL, ARM_BASE_URL, AZURE_AUTHORITY_HOST) and its service health.',
    doctorFix: 'Check the way to the sign-in host (AZURE_AUTHORITY_HOST) and its service health.',
  },
  timeout: {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'Check the network to the host asked (GRAPH_BASE_URL, ARM_BASE_URL, AZURE_AUTHORITY_HOST) and its service health.',
    doctorFix: 'Check the way to the sign-in host (AZURE_AUTHORITY_HOST) and its service health.',
  },
  malformed: {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'Check that nothing on the way (proxy, gateway) to the host asked (GRAPH_BASE_URL, ARM_BASE_URL, AZURE_AUTHORITY_HOST) rewrites answers; report the request id to Microsoft otherwise.',
  },
  'sign-in': {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    refused: 'token',
    fix: 'Check AZURE_TENANT_ID, AZURE_CLIENT_ID and the secret, certificate or identity of the look-ups: expired, wrong, or blocked by a policy.',
  },
  'conditional-access': {
    level: 'warn',
    curedBy: 'another-sign-in',
    isNews: true,
    fix: 'None in the bot: a policy of the organization wants another sign-in. Exclude the app (AZURE_CLIENT_ID) from it, or let people sign in again.',
    doctorFix: 'A policy of the organization stands in the way: exclude the app from it.',
  },
  'personal-account': {
    level: 'info',
    curedBy: 'another-account',
    isNews: true,
    refused: 'token',
    fix: 'None: the person uses a personal Microsoft account.',
  },
  'other-person': {
    level: 'warn',
    curedBy: 'signing-in',
    isNews: true,
    refused: 'token',
    fix: 'The token store gave a token of somebody else. Check the OAuth connection (OAUTH_CONNECTION_NAME) and that nothing rewrites requests.',
  },
  'signed-out': {
    level: 'info',
    curedBy: 'signing-in',
    isNews: true,
    fix: 'None: the person has to sign in again.',
  },
  'sign-in-first': {
    level: 'info',
    curedBy: 'signing-in',
    isNews: false,
    fix: 'None: the person has not signed in yet.',
  },
  'sign-in-declined': {
    level: 'info',
    curedBy: 'signing-in',
    isNews: false,
    fix: 'None: the person does not want to sign in.',
  },
  'sign-in-unavailable': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'See the line before: the token store could not be asked.',
  },
  'not-signed-in': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: false,
    fix: 'Set OAUTH_CONNECTION_NAME to let people sign in.',
  },
  'graph-only': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: false,
    fix: 'Give the OAuth connection the scope of the bot’s own app (api://…) in place of Graph scopes to ask Azure too.',
  },
  'nothing-visible': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: false,
    fix: 'None: the list is empty for this person.',
  },
  'unknown-products': {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'Look at subscribedSkus with LicenseAssignment.Read.All: a product came without its servicePlans, by which src/directory/products.json tells it.',
  },
  'no-policy': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: false,
    fix: 'None: the tenant has stored no policy about moving subscriptions, or does not show it.',
  },
  'in-other-tenant': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: false,
    fix: 'None: the subscription is in another tenant, where this sign-in does not reach.',
  },
  'which-subscription': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: false,
    fix: 'None: the person sees several subscriptions and has named none.',
  },
  'invalid-input': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'None: what the person gave is no subscription id or domain.',
  },
  'not-licensed': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'None: the tenant has no licence for PIM.',
  },
  'too-many': {
    level: 'info',
    curedBy: 'nothing-here',
    isNews: true,
    fix: 'None: a list is longer than is read.',
  },
  'names-hidden': {
    level: 'warn',
    curedBy: 'nothing-here',
    isNews: true,
    refused: 'permission',
    fix: 'Grant the app User.Read.All with admin consent (the delegated one where people sign in): without it names come back empty.',
  },
} as const satisfies Record<string, ReasonRow>

/** Each also has its own sentence for the person, in `ui.json` of every language; without it `t` does not compile. */
export type UnknownReason = keyof typeof table

/** All that follows from a reason, in one row. */
export const reasons: Readonly<Record<UnknownReason, ReasonRow>> = table
