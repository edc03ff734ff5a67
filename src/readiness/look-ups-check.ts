/** Can look-ups sign in? Without it roles stay unknown and everything else works, so it never makes the bot unready. */
import { CouldNotLook, appToken, fixOfSignIn, type DirectorySettings } from '../directory'
import { broken, fine, unknown, type Check } from './readiness'

const everyMs = 30 * 60_000
/** Signing in loads a lot; the first people come first. */
const firstMs = 60_000

/** Reasons that say nothing about the credential. */
const passing: readonly string[] = ['unavailable', 'timeout', 'throttled']

export const lookUpsCheck = (settings: DirectorySettings): Check => ({
  name: 'look-ups',
  setting: 'AZURE_CLIENT_ID',
  isVital: false,
  everyMs,
  firstMs,
  look: async () => {
    try {
      await appToken(settings, `${settings.graphBaseUrl ?? 'https://graph.microsoft.com'}/.default`)
      return fine
    } catch (error) {
      if (!(error instanceof CouldNotLook)) throw error
      const { reason, detail } = error
      const found = passing.includes(reason) ? unknown : broken
      return found('AZURE_CLIENT_ID', `Look-ups cannot sign in (${detail.code ?? reason}), so roles stay unknown.`, fixOfSignIn(reason, detail.code))
    }
  },
})
