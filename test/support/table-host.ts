/** Where an account of Azure Table Storage, or of Cosmos DB for Table, stands in Microsoft's cloud: lets in the bot's own token, and Azurite does the rest. */
import type { Verify } from '../../src/sandbox/faults'
import { reset, type CloudResponse, type Handler } from '../../src/sandbox/http'
import type { Troubles } from '../../src/sandbox/trouble'
import type { Azurite } from './azurite'

export const tableAddress = (table: string): string => `https://onetenant.table.core.windows.net/${table}`

export interface TableHostParts {
  readonly azurite: Azurite
  readonly verify: Verify
  /** Whom the bot's tokens are for, e.g. `https://storage.azure.com`. */
  readonly audience?: string
  readonly troubles?: Troubles
}

/** Entra's address is where the account says that tokens come from. */
const unauthorized: CloudResponse = {
  status: 401,
  headers: {
    'www-authenticate':
      'Bearer authorization_uri=https://login.microsoftonline.com/3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34/oauth2/authorize resource_id=https://storage.azure.com',
  },
  body: { 'odata.error': { code: 'NoAuthenticationInformation', message: { lang: 'en-US', value: 'Authenticate the request.' } } },
}

const isPassedOn = (name: string) => !['host', 'connection', 'authorization', 'content-length', 'accept-encoding', 'transfer-encoding'].includes(name)
const passedOn = (headers: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(headers).filter(([name]) => isPassedOn(name)))

export const tableHost =
  ({ azurite, verify, audience = 'https://storage.azure.com', troubles }: TableHostParts): Handler =>
  async ({ method, url, headers, body }) => {
    if (!verify((headers.authorization ?? '').replace(/^Bearer /, ''), audience)) return unauthorized
    const trouble = await troubles?.meet({ method, url })
    if (trouble === reset) return reset
    if (trouble) return { ...trouble, body: { 'odata.error': Object(trouble.body).error } }
    const address = `${azurite.url}${url.pathname}?${[url.search.slice(1), azurite.sas].filter(Boolean).join('&')}`
    const answer = await fetch(address, { method, headers: passedOn(headers), ...(body !== '' && { body }) })
    const text = await answer.text()
    const { 'content-encoding': _, ...given } = passedOn(Object.fromEntries(answer.headers))
    return { status: answer.status, headers: given, ...(text !== '' && { body: text }) }
  }
