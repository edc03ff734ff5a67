/** Brings a backup into an empty folder, that of STATE_STORE or of `--to file:…`: `npm run restore -- <file>`. */
import { parseArgs } from 'node:util'
import { config as loadEnv } from 'dotenv'
import { restore } from '../runs/backup'
import { folderIn, reporting } from './stores'

const usage = 'Usage: npm run restore -- <file> [--to file:<folder>]'

const main = () =>
  reporting(usage, async () => {
    loadEnv({ quiet: true })
    const { values, positionals } = parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true })
    const [file] = positionals
    const folder = folderIn(values.to ?? process.env.STATE_STORE)
    if (file === undefined || folder === undefined) return undefined
    return `${await restore(file, folder)} records are in ${folder}.`
  })

if (require.main === module) void main()
