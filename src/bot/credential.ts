/** Can the bot sign in to write to people? Asked with the very credential, and the remembered token, that its answers are sent with. */
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder'
import { AppCredentials, AuthenticationConstants } from 'botframework-connector'
import type { BotRegistration } from '../config'
import { fixOfSignIn } from '../directory'
import { broken, fine, unknown, type Check } from '../readiness/readiness'

const everyMs = 5 * 60_000

/** Words of the authority about the credential itself; anything else says nothing about it. */
const refusals = ['invalid_client', 'unauthorized_client', 'invalid_request', 'invalid_tenant', 'tenant_not_found']

const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : ''

export const credentialCheck = (bot: BotRegistration): Check => {
  const factory = new ConfigurationServiceClientCredentialFactory(bot)
  const scope = bot['ToChannelFromBotOAuthScope'] ?? AuthenticationConstants.ToChannelFromBotOAuthScope
  const authority = bot['ToChannelFromBotLoginUrl'] ?? AuthenticationConstants.ToChannelFromBotLoginUrlPrefix
  return {
    name: 'bot-credential',
    setting: 'MicrosoftAppId',
    isVital: true,
    everyMs,
    look: async () => {
      try {
        const credentials = await factory.createCredentials(bot.MicrosoftAppId, scope, authority, true)
        if (credentials instanceof AppCredentials) await credentials.getToken()
        return fine
      } catch (error) {
        // The text may quote what was sent; its code does not.
        const code = /\bAADSTS\d{4,8}\b/.exec(error instanceof Error ? error.message : '')?.[0]
        const isRefused = refusals.includes(errorCode(error)) || /^AADSTS(?:7000\d+|700016|90002|900023|700027)$/.test(code ?? '')
        const seen = `The bot cannot sign in (${code ?? (errorCode(error) || 'no answer')}), so it can answer nobody.`
        return isRefused ? broken('MicrosoftAppId', seen, fixOfSignIn('sign-in', code)) : unknown('MicrosoftAppId', seen, fixOfSignIn('unavailable', code))
      }
    },
  }
}
