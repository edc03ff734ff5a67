/** Runs `BENCH_SCRIPT` and answers on loopback, at `BENCH_PORT`, how much CPU it has used and memory it holds. It costs nothing while nobody asks. */
const { createServer } = require('node:http')

createServer((_request, response) => {
  const { user, system } = process.cpuUsage()
  response.end(JSON.stringify({ cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss(), upMs: process.uptime() * 1_000 }))
})
  .listen(Number(process.env.BENCH_PORT), '127.0.0.1')
  .unref()
require(process.env.BENCH_SCRIPT)
