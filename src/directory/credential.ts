import { readFile } from 'node:fs/promises'
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  OnBehalfOfCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity'
import { appOf, complete, type App, type CompleteSettings, type DirectorySettings } from './settings'
import { couldNotSignIn, refusalIn, type Attempt } from './sign-in'

/** A token credential whose failures are `CouldNotLook`. */
export interface Credential extends TokenCredential {
  /** Asks for a new token next time: one issued before consent was given goes without the permission for an hour. */
  readonly forget: () => void
}

const tokenExchange = 'api://AzureADTokenExchange/.default'

/** No retries here: the library waits as long as `Retry-After` says, which a chat turn cannot. */
const optionsOf = (settings: CompleteSettings, attempt: Attempt) => ({
  authorityHost: settings.authorityHost,
  disableInstanceDiscovery: settings.disableInstanceDiscovery,
  ...(settings.ca && { tlsOptions: { ca: settings.ca } }),
  retryOptions: { maxRetries: 0 },
  additionalPolicies: [{ position: 'perCall' as const, policy: watch(settings.budgetMs, attempt) }],
})

type Options = ReturnType<typeof optionsOf>
type Policy = NonNullable<NonNullable<ConstructorParameters<typeof ClientSecretCredential>[3]>['additionalPolicies']>[number]['policy']

/** Ends requests nobody waits for any more, and notes what the authority answered. */
const watch = (limitMs: number, attempt: Attempt): Policy => ({
  name: 'watch',
  sendRequest: async (request, next) => {
    // Not `request.timeout`: its timer outlives a failed connection and holds up the end of the process.
    request.abortSignal = AbortSignal.timeout(limitMs)
    attempt.status = undefined
    attempt.refusal = undefined
    const response = await next(request)
    attempt.status = response.status
    if (response.status >= 400) attempt.refusal = refusalIn(response.bodyAsText)
    return response
  },
})

const create = ({ tenantId, clientId, identity }: App, options: Options): TokenCredential => {
  switch (identity.kind) {
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, identity.secret, options)
    case 'certificate':
      return new ClientCertificateCredential(tenantId, clientId, identity.path, options)
    case 'managed-identity':
      return new ManagedIdentityCredential({ ...options, clientId: identity.clientId })
    case 'workload-identity':
      return new WorkloadIdentityCredential({ ...options, tenantId, clientId, tokenFilePath: identity.tokenFile })
  }
}

/** Where the app has no secret it proves itself with another identity's token, made out for this exchange. */
const exchange = ({ clientId, identity }: App, person: { tenantId: string; userAssertionToken: string }, options: Options) => {
  const base = { ...options, ...person, clientId }
  switch (identity.kind) {
    case 'secret':
      return new OnBehalfOfCredential({ ...base, clientSecret: identity.secret })
    case 'certificate':
      return new OnBehalfOfCredential({ ...base, certificatePath: identity.path })
    case 'workload-identity':
      return new OnBehalfOfCredential({ ...base, getAssertion: () => readFile(identity.tokenFile, 'utf8') })
    case 'managed-identity': {
      const managed = new ManagedIdentityCredential({ ...options, clientId: identity.clientId })
      return new OnBehalfOfCredential({ ...base, getAssertion: async () => (await managed.getToken(tokenExchange)).token })
    }
  }
}

/** The bot in the name of a person of `tenantId`, who gave it `token`. */
export const onBehalfOf = (app: App, tenantId: string, token: string, settings: CompleteSettings): Credential =>
  remembering(translating(settings, (options) => exchange(app, { tenantId, userAssertionToken: token }, options)))

/** The library exchanges anew for each question; one exchange per resource is enough for as long as the person is asked for. */
const remembering = (credential: Credential): Credential => {
  const tokens = new Map<string, ReturnType<Credential['getToken']>>()
  return {
    forget: () => {
      tokens.clear()
      credential.forget()
    },
    getToken: (scopes) => {
      const resource = String(scopes)
      const known = tokens.get(resource)
      if (known) return known
      const token = credential.getToken(scopes)
      tokens.set(resource, token)
      token.catch(() => tokens.delete(resource))
      return token
    },
  }
}

/** A token that needs no exchange. */
export const asItIs = (token: string, expiresOnTimestamp: number): Credential => ({
  forget: () => {},
  getToken: async () => ({ token, expiresOnTimestamp }),
})

/** The bot's own identity for look-ups, as configured. */
export const createCredential = (app: App, settings: CompleteSettings): Credential => translating(settings, (options) => create(app, options))

const translating = (settings: CompleteSettings, make: (options: Options) => TokenCredential): Credential => {
  const attempt: Attempt = { status: undefined, refusal: undefined }
  const options = optionsOf(settings, attempt)
  let current = make(options)
  return {
    forget: () => {
      current = make(options)
    },
    getToken: async (...request) => {
      try {
        return await current.getToken(...request)
      } catch (error) {
        throw couldNotSignIn(error, attempt)
      }
    },
  }
}

/** The same identity for other resources than the directory; undefined when the settings name none. */
export const appCredential = (settings: DirectorySettings): Credential | undefined => {
  const app = appOf(settings)
  return app && createCredential(app, complete(settings))
}
