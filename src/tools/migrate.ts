/** Copies all records from one store to another, the bot being stopped: `npm run migrate -- --from file:./.data --to https://<account>.table.core.windows.net/<table>`. */
import { parseArgs } from 'node:util'
import { config as loadEnv } from 'dotenv'
import { readConfig, readStorePlace } from '../config'
import { openStore } from '../open-store'
import { migrate } from '../runs/migrate'
import { StoreError } from '../runs/store'
import { reporting } from './stores'

const usage = 'Usage: npm run migrate -- --from <store> --to <store>, each as in STATE_STORE; stop the bot first.'
const everySo = 5_000

const main = () =>
  reporting(usage, async () => {
    loadEnv({ quiet: true })
    const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
    const [from, to] = [readStorePlace(values.from ?? ''), readStorePlace(values.to ?? '')]
    if (!from || !to || from.kind === 'memory' || to.kind === 'memory') return undefined
    const config = readConfig(process.env)
    const [source, target] = [await openStore({ ...config, store: from }), await openStore({ ...config, store: to })]
    try {
      let told = 0
      const sum = await migrate(source, target, ({ copied }) => {
        if (copied - told < everySo) return
        told = copied
        process.stderr.write(`${copied} records copied …\n`)
      })
      if (sum === 'another-secret')
        throw new StoreError(`${values.to} has a secret for its keys already: a bot was started on it.`, 'name an empty store. Nothing was copied.', {})
      const { copied, present, different } = sum
      if (different > 0)
        throw new StoreError(`${copied} records were copied; ${different} have another one under their key in ${values.to}.`, 'name an empty store.', {})
      return `${copied} records were copied, ${present} were there already. Now set STATE_STORE=${values.to} and start the bot.`
    } finally {
      await Promise.all([source.close(), target.close()])
    }
  })

if (require.main === module) void main()
