/** Whether people can sign in: the Azure Bot's OAuth connection, asked as the bot asks for a sign-in card. */
import { z } from 'zod'
import type { Config } from '../../config'
import { note, ok, wrong, type Finding } from './finding'
import { ask } from './network'

const tokenService = 'https://token.botframework.com'
const resource = z.object({ tokenExchangeResource: z.object({ uri: z.string().optional() }).optional() })

/** Nobody: the answer is about the connection, whoever asks. */
const stateOf = ({ bot, connectionName }: Config) => {
  const nobody = { channelId: 'msteams', conversation: { id: 'doctor' }, bot: { id: `28:${bot.MicrosoftAppId}` }, user: { id: 'doctor' } }
  return Buffer.from(JSON.stringify({ connectionName, conversation: nobody, msAppId: bot.MicrosoftAppId })).toString('base64')
}

export const connection = async (config: Config, botToken: string | undefined): Promise<readonly Finding[]> => {
  const { bot, connectionName } = config
  if (connectionName === undefined)
    return [note('OAUTH_CONNECTION_NAME', 'Nobody signs in: look-ups are the app’s own, and Azure subscriptions are found only by a pasted id.')]
  if (botToken === undefined) return [note('OAUTH_CONNECTION_NAME', 'The connection is not checked while the bot itself cannot sign in.')]
  const root = (bot['OAuthUrl'] ?? tokenService).replace(/\/+$/, '')
  const answer = await ask(`${root}/api/botsignin/GetSignInResource?state=${encodeURIComponent(stateOf(config))}`, botToken)
  if (answer.status === undefined)
    return [wrong('OAUTH_CONNECTION_NAME', `${new URL(root).host} cannot be reached (${answer.why}).`, 'Let this machine reach it.')]
  if (answer.status >= 500 || answer.status === 429)
    return [wrong('OAUTH_CONNECTION_NAME', `${new URL(root).host} is not available (${answer.status}).`, 'Try again later.')]
  const found = resource.safeParse(answer.body)
  if (answer.status !== 200 || !found.success)
    return [
      wrong(
        'OAUTH_CONNECTION_NAME',
        `The Azure Bot gives no sign-in card for “${connectionName}” (${answer.status}).`,
        'Create the connection under this very name (Azure Bot > Configuration), and test it there.',
      ),
    ]
  return [ok('OAUTH_CONNECTION_NAME', 'The Azure Bot has this connection.'), singleSignOn(found.data.tokenExchangeResource?.uri, config)]
}

/** Teams signs people in by itself only for the address that stands in the app package too. */
const singleSignOn = (address: string | undefined, { bot, directory }: Config): Finding => {
  const botId = bot.MicrosoftAppId
  const expected = `api://botid-${botId}`
  const fix = `Set the connection’s token exchange URL, and the application ID URI of the app, to ${expected}.`
  if (!address) return wrong('OAUTH_CONNECTION_NAME', 'It has no token exchange URL, so Teams cannot sign people in by itself.', fix)
  if (address.toLowerCase() !== expected)
    return wrong('OAUTH_CONNECTION_NAME', `Its token exchange URL is ${address}, but the app package names ${expected}.`, fix)
  // Nobody can sign in to a managed identity, so there the two are different.
  if (directory.clientId !== botId && bot.MicrosoftAppType !== 'UserAssignedMSI')
    return wrong('AZURE_CLIENT_ID', 'People sign in to the bot’s app, and only that app can exchange their tokens.', 'Remove it, or set it to MicrosoftAppId.')
  return ok('OAUTH_CONNECTION_NAME', 'Its token exchange URL is the one in the app package.')
}
