/** How the bot signs in to look things up; files are read when a token is needed. */
export type DirectoryIdentity =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly path: string }
  | { readonly kind: 'managed-identity'; readonly clientId: string }
  | { readonly kind: 'workload-identity'; readonly tokenFile: string }

/**
 * Without tenant, client or identity every role check is `unknown: not-configured`; the public look-ups still work.
 * Addresses are https roots of the cloud in use.
 */
export interface DirectorySettings {
  /** GUID; role checks are for people of this tenant only. */
  readonly tenantId?: string
  readonly clientId?: string
  /** Application id of the bot, if it is another one: Teams makes people's tokens out for `api://botid-…`. */
  readonly botId?: string
  readonly identity?: DirectoryIdentity
  readonly graphBaseUrl?: string
  readonly armBaseUrl?: string
  readonly authorityHost?: string
  /** Milliseconds for one role check, signing in and retries included. */
  readonly budgetMs?: number
  /** Milliseconds for one public look-up. */
  readonly lookUpBudgetMs?: number
  /** For an authority that login.microsoftonline.com does not vouch for, e.g. of a private cloud. */
  readonly disableInstanceDiscovery?: boolean
  /** PEM of the certificate authority to trust when signing in, in place of the usual ones. */
  readonly ca?: string
}

const root = (url: string) => url.replace(/\/+$/, '')

/** Production's value for everything that is left out. */
export const complete = (settings: DirectorySettings) => ({
  graphBaseUrl: root(settings.graphBaseUrl ?? 'https://graph.microsoft.com'),
  armBaseUrl: root(settings.armBaseUrl ?? 'https://management.azure.com'),
  authorityHost: root(settings.authorityHost ?? 'https://login.microsoftonline.com'),
  budgetMs: settings.budgetMs ?? 4_000,
  lookUpBudgetMs: settings.lookUpBudgetMs ?? 3_000,
  disableInstanceDiscovery: settings.disableInstanceDiscovery ?? false,
  ca: settings.ca,
})

export type CompleteSettings = ReturnType<typeof complete>

/** The app registration that looks things up. */
export type App = Required<Pick<DirectorySettings, 'tenantId' | 'clientId' | 'identity' | 'botId'>>

/** The registration, or undefined when the settings do not make one. */
export const appOf = ({ tenantId, clientId, identity, botId }: DirectorySettings): App | undefined => {
  if (!tenantId || !clientId || !identity) return undefined
  if (identity.kind === 'secret' && !identity.secret) return undefined
  return { tenantId: tenantId.toLowerCase(), clientId, identity, botId: botId ?? clientId }
}
