/** Stands where the Azure CLI stands: `az account get-access-token --output json --resource …` answers with a token of `AZ_TOKENS`. */
const { readFileSync } = require('node:fs')

const args = process.argv.slice(2)
const resource = args[args.indexOf('--resource') + 1] ?? ''
const accessToken = JSON.parse(readFileSync(process.env.AZ_TOKENS, 'utf8'))[resource.replace(/\/+$/, '')]
if (args.slice(0, 2).join(' ') !== 'account get-access-token' || accessToken === undefined) {
  process.stderr.write("ERROR: Please run 'az login' to setup account.\n")
  process.exit(1)
}
const end = new Date(Date.now() + 3_600_000)
process.stdout.write(JSON.stringify({ accessToken, expiresOn: end.toISOString(), expires_on: Math.floor(end.getTime() / 1000), tokenType: 'Bearer' }))
