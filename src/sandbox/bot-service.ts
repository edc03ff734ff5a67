import type { Handler } from './http'
import { createSigningKey } from './signing-key'

/** Token of a request to the bot; what is left out is as the real Bot Service does it. */
export interface BotTokenOptions {
  readonly serviceUrl: string
  readonly audience?: string
  readonly issuer?: string
  /** Lifetime; negative: expired that long ago. */
  readonly seconds?: number
  /** `stranger`: signed with a key that was never published, under the published key's id. */
  readonly key?: 'bot-service' | 'stranger'
}

export interface BotService {
  /** Key documents and token store: login, api and token.botframework.com. */
  readonly handler: Handler
  readonly token: (options: BotTokenOptions) => string
}

const issuer = 'https://api.botframework.com'
const keyId = 'sandbox-bot-service'

const openIdDocument = {
  issuer,
  authorization_endpoint: 'https://invalid.botframework.com',
  jwks_uri: 'https://login.botframework.com/v1/.well-known/keys',
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
}

/** The sandbox's Bot Service: it signs what Teams sends to the bot `appId`, with fresh keys or those of `keysOf`. */
export const createBotService = async (appId: string, keysOf?: string): Promise<BotService> => {
  const [key, stranger] = await Promise.all([createSigningKey(keyId, keysOf), createSigningKey(keyId, keysOf && `${keysOf}, stranger`)])
  const documents: Readonly<Record<string, unknown>> = {
    '/v1/.well-known/openidconfiguration': openIdDocument,
    '/v1/.well-known/keys': { keys: [{ ...key.jwk, endorsements: ['msteams'] }] },
  }
  return {
    handler: ({ url }) => {
      const document = documents[url.pathname]
      // The token store knows nobody: 404 without a body is "not signed in" to botbuilder, any JSON would be a token.
      return document ? { status: 200, body: document } : { status: 404 }
    },
    token: ({ serviceUrl, audience = appId, issuer: iss = issuer, seconds, key: which }) =>
      (which === 'stranger' ? stranger : key).sign({ iss, aud: audience, serviceurl: serviceUrl }, seconds),
  }
}
