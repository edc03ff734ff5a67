/** Copies the folder of STATE_STORE (or `--from file:…`) into one file, while the bot may be running: `npm run backup -- <file>`. */
import { parseArgs } from 'node:util'
import { config as loadEnv } from 'dotenv'
import { backUp } from '../runs/backup'
import { folderIn, reporting } from './stores'

const usage = 'Usage: npm run backup -- <file> [--from file:<folder>]'

const main = () =>
  reporting(usage, async () => {
    loadEnv({ quiet: true })
    const { values, positionals } = parseArgs({ options: { from: { type: 'string' } }, allowPositionals: true })
    const [file] = positionals
    const folder = folderIn(values.from ?? process.env.STATE_STORE)
    if (file === undefined || folder === undefined) return undefined
    return `${await backUp(folder, file)} records were written to ${file}. It holds what the store holds: keep it as safe.`
  })

if (require.main === module) void main()
