const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')
const restify = require('restify')
const pino = require('pino')

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const server = restify.createServer({ log: pino({ level: 'silent' }) })
server.use(restify.plugins.bodyParser({ mapParams: false }))
server.get('/readyz', async (request, response) => response.send(200))
server.post('/api/messages', async (request, response) =>
  adapter.process(request, response, (context) => (context.activity.type === 'message' ? context.sendActivity(context.activity.text) : undefined)),
)
server.listen(process.env.PORT, process.env.HOST)
