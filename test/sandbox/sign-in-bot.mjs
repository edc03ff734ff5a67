/** Stands in for the bot where a test is about the person's side of signing in: it shows a sign-in card, exchanges tokens and
 * codes with the real library, and says how it went. */
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { json } from 'node:stream/consumers'

const require = createRequire(import.meta.url)
const { CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory, CardFactory } = require('botbuilder')

const { OAUTH_CONNECTION_NAME: connection = '' } = process.env
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))

const tokensOf = ({ turnState, adapter: { UserTokenClientKey } }) => turnState.get(UserTokenClientKey)

const showCard = async (context) => {
  const { signInLink, tokenExchangeResource } = await tokensOf(context).getSignInResource(connection, context.activity, '')
  const card = CardFactory.oauthCard(connection, 'Sign in', 'I look up your role as you.', signInLink, tokenExchangeResource)
  await context.sendActivity(MessageFactory.attachment(card))
}

const say = (context, french, english) => context.sendActivity(context.activity.locale?.startsWith('fr') ? french : english)

const succeed = async (context) => {
  await say(context, 'Vous voilà.', 'There you are.')
  return 200
}

const invokes = {
  'signin/tokenExchange': async (context) => {
    const { activity } = context
    const got = await tokensOf(context).exchangeToken(activity.from.id, connection, activity.channelId, { token: activity.value.token })
    return got?.token ? succeed(context) : 412
  },
  'signin/verifyState': async (context) => {
    const { activity } = context
    if (activity.value.state === 'CancelledByUser') {
      await say(context, 'Alors sans connexion.', 'Without signing in, then.')
      return 200
    }
    const got = await tokensOf(context).getUserToken(activity.from.id, connection, activity.channelId, activity.value.state)
    return got?.token ? succeed(context) : 412
  },
}

const turn = async (context) => {
  const { type, name } = context.activity
  if (type === 'message') return showCard(context)
  const invoke = invokes[name]
  if (invoke) await context.sendActivity({ type: 'invokeResponse', value: { status: await invoke(context) } })
}

/** The little of a web framework's response that the library uses. */
const responseFor = (response) => ({
  socket: response.socket,
  header: (name, value) => response.setHeader(name, value),
  status: (code) => (response.statusCode = code),
  send: (body) => response.end(body === undefined ? '' : JSON.stringify(body)),
  end: () => response.end(),
})

const answer = async (request, response) => {
  if (request.method !== 'POST') return response.end('ready')
  const { method, headers } = request
  return adapter.process({ method, headers, body: await json(request) }, responseFor(response), turn)
}
const server = createServer((request, response) => void answer(request, response))
server.listen(Number(process.env.PORT), process.env.HOST, () => console.log('listening'))
process.once('SIGTERM', () => process.exit(0))
