/**
 * Azurite, Microsoft's emulator of Azure Table Storage, on loopback for the tests of one file. It is installed apart from all else
 * (`npm ci` in `test/azurite`), so that nobody pays for it who only wants the bot; without it those tests are skipped, and say so.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { AzureNamedKeyCredential, generateAccountSas, TableClient, TableServiceClient } from '@azure/data-tables'
import { tableClientOptions } from '../../src/runs/table-store'

const program = join(__dirname, '..', 'azurite', 'node_modules', 'azurite', 'dist', 'src', 'table', 'main.js')
const withParent = pathToFileURL(join(__dirname, '..', '..', 'src', 'sandbox', 'end-with-parent.mjs')).href

export const azuriteIsHere = existsSync(program)
const isRequired = process.env.AZURITE_TESTS === 'required'

if (!azuriteIsHere && !isRequired) process.stderr.write('Tests of tables are skipped: Azurite is not installed. Run npm ci in test/azurite.\n')

/** Where Azurite must be installed, a test fails for want of it. */
export const describeTables = azuriteIsHere || isRequired ? describe : describe.skip

/** The emulator's account and key, which are the same everywhere and published. */
const account = 'devstoreaccount1'
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

export interface Azurite {
  /** Root of the account's tables. */
  readonly url: string
  /** Lets in, as the query of an address. */
  readonly sas: string
  readonly client: (table: string) => TableClient
  readonly tables: TableServiceClient
  readonly stop: () => Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

const flags = ['--inMemoryPersistence', '--disableTelemetry', '--silent', '--skipApiVersionCheck']

export const startAzurite = async (): Promise<Azurite> => {
  if (!azuriteIsHere) throw new Error('Azurite is not installed. Run npm ci in test/azurite.')
  const folder = mkdtempSync(join(tmpdir(), 'azurite-'))
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', withParent, program, ...flags, '--tableHost', '127.0.0.1', '--tablePort', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = once(child, 'exit')
  const said: string[] = []
  await new Promise<void>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr])
      if (output)
        createInterface(output).on('line', (line) => {
          said.push(line)
          if (/successfully started/.test(line)) resolve()
        })
    child.once('exit', () => reject(new Error(`Azurite ended before it had started:\n${said.join('\n')}`)))
  })
  const url = `http://127.0.0.1:${port}/${account}`
  const credential = new AzureNamedKeyCredential(account, key)
  const options = { ...tableClientOptions, allowInsecureConnection: true }
  return {
    url,
    sas: generateAccountSas(credential, {
      expiresOn: new Date(Date.now() + 24 * 60 * 60_000),
      permissions: { query: true, write: true, delete: true, list: true, add: true, update: true },
    }),
    client: (table) => new TableClient(url, table, credential, options),
    tables: new TableServiceClient(url, credential, options),
    stop: async () => {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
