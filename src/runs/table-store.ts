/** How are records kept in a table of Azure Table Storage, or of Azure Cosmos DB for Table? One entity each; its eTag is the version. */
import { odata, RestError, TableClient, type CreateTableEntityResponse, type TableEntity } from '@azure/data-tables'
import type { TokenCredential } from '@azure/identity'
import { unreadable } from './stored-text'
import { ConflictError, StoreError, textOf, type Idle, type OnTrouble, type Store, type Stored } from './store'

export interface TableStoreOptions {
  readonly now?: () => Date
  readonly onTrouble?: OnTrouble
}

/** A text property holds 32 Ki characters at most, so a record stands in several: `text0`, `text1`, … */
const partCharacters = 32_000
const rowKey = 'record'

/** Idle records come so many at a time. */
const maxPageSize = 100

/** All that one question may take: a turn has to end in time, whatever the table does. */
const questionMs = 6_000

/** Retries of the client end with the question; throttled, it waits as long as it is told to, if that is within it. */
export const tableClientOptions = { retryOptions: { maxRetries: 5, retryDelayInMs: 100, maxRetryDelayInMs: 1_000 } } as const

/** `https://<account>.table.core.windows.net/<table>` */
export const tableClient = (url: string, credential: TokenCredential): TableClient => {
  const { origin, pathname } = new URL(url)
  return new TableClient(origin, pathname.slice(1), credential, tableClientOptions)
}

/** Keys of entities know no `/`, `#`, `?`, `\` and no `%` that everything on the way agrees about. */
const partitionOf = (key: string): string => encodeURIComponent(key).replaceAll('!', '%21').replaceAll('%', '!')
const keyOf = (partition: string): string => decodeURIComponent(partition.replaceAll('!', '%'))

const partsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: Math.ceil(text.length / partCharacters) }, (_, part) => [
      `text${part}`,
      text.slice(part * partCharacters, (part + 1) * partCharacters),
    ]),
  )

const textIn = (entity: Readonly<Record<string, unknown>>): string => {
  const parts: unknown[] = []
  while (typeof entity[`text${parts.length}`] === 'string') parts.push(entity[`text${parts.length}`])
  return parts.join('')
}

const storedIn = (entity: Readonly<Record<string, unknown>> & { readonly etag: string }): Stored => {
  const [text, { etag, at }] = [textIn(entity), entity]
  try {
    const value: unknown = JSON.parse(text)
    return at instanceof Date ? { value, etag, at: at.toISOString() } : unreadable(text, etag)
  } catch {
    return unreadable(text, etag)
  }
}

const statusOf = (error: unknown): number | undefined => (error instanceof RestError ? error.statusCode : undefined)
const codeOf = (error: unknown): string | undefined => {
  const details: unknown = error instanceof RestError ? error.details : undefined
  const code: unknown = Object(Object(details).odataError).code ?? Object(details).code
  return typeof code === 'string' ? code : undefined
}

/** Why the table gave no answer, in words for the operator. */
const troubleOf = (url: string, cause: unknown): StoreError => {
  const { host, pathname } = new URL(url)
  const where = `the table ${pathname.split('/').at(-1)} on ${host}`
  const status = statusOf(cause)
  if (status === 401 || status === 403)
    return new StoreError(
      `${where} may not be used (${codeOf(cause) ?? status}).`,
      'give the identity of AZURE_CLIENT_ID (or of the bot) the role Storage Table Data Contributor, on Cosmos DB a data-plane role; check the firewall.',
      { cause },
    )
  if (status === 429 || status === 503)
    return new StoreError(`${where} is throttled (${status}).`, 'None if rare; otherwise give it more throughput, or a storage account of its own.', { cause })
  if (status !== undefined) return new StoreError(`${where} answers ${status}.`, 'None if rare; otherwise look at the health of the account.', { cause })
  return new StoreError(
    `${where} does not answer.`,
    'check the address, the way to it (private endpoint, firewall) and that its identity can sign in (npm run doctor).',
    { cause },
  )
}

/** Somebody else changed it (412), or made it (409), or removed it (404). */
const isConflict = (error: unknown): boolean => [404, 409, 412].includes(statusOf(error) ?? 0)

/** Asks within its time, and notes when the table begins to fail and when that is over. @throws StoreError, or the conflict as it is. */
const createAsking = (url: string, onTrouble: OnTrouble) => {
  let isTroubled = false
  const note = (trouble: StoreError | undefined): void => {
    if (trouble && !isTroubled) onTrouble(trouble)
    if (!trouble && isTroubled) onTrouble('over')
    isTroubled = trouble !== undefined
  }
  return async <T>(ask: (abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      const answer = await ask(AbortSignal.timeout(questionMs))
      note(undefined)
      return answer
    } catch (error) {
      const trouble = isConflict(error) ? undefined : troubleOf(url, error)
      note(trouble)
      throw trouble ?? error
    }
  }
}

const unlessMissing = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw error
  }
}

const asConflict = (key: string, error: unknown): unknown => (isConflict(error) ? new ConflictError(key) : error)

/** The first record makes the table. */
const create = async (client: TableClient, entity: TableEntity, abortSignal: AbortSignal): Promise<CreateTableEntityResponse> => {
  try {
    return await client.createEntity(entity, { abortSignal })
  } catch (error) {
    if (codeOf(error) !== 'TableNotFound') throw error
    await client.createTable({ abortSignal })
    return client.createEntity(entity, { abortSignal })
  }
}

const idleIn = async function* (client: TableClient, before: Date): AsyncGenerator<Idle> {
  const queryOptions = { filter: odata`at lt ${before}`, select: ['PartitionKey', 'RowKey'] }
  for await (const page of client.listEntities({ queryOptions }).byPage({ maxPageSize }))
    for (const { partitionKey, etag } of page) if (partitionKey !== undefined) yield { key: keyOf(partitionKey), etag }
}

/** Nothing is asked of the table before it is used. */
export const tableStore = (client: TableClient, { now = () => new Date(), onTrouble = () => undefined }: TableStoreOptions = {}): Store => {
  const ask = createAsking(`${client.url}/${client.tableName}`, onTrouble)
  return {
    isShared: true,
    get: async (key) => {
      const entity = await ask((abortSignal) => unlessMissing(client.getEntity(partitionOf(key), rowKey, { abortSignal })))
      return entity && storedIn(entity)
    },
    put: async (key, value, etag, at = now()) => {
      const entity = { partitionKey: partitionOf(key), rowKey, at, ...partsOf(textOf(value)) }
      try {
        const written = await ask((abortSignal) =>
          etag === undefined ? create(client, entity, abortSignal) : client.updateEntity(entity, 'Replace', { etag, abortSignal }),
        )
        return written.etag ?? ''
      } catch (error) {
        throw asConflict(key, error)
      }
    },
    remove: async (key, etag) => {
      try {
        await ask((abortSignal) => unlessMissing(client.deleteEntity(partitionOf(key), rowKey, { etag, abortSignal })))
      } catch (error) {
        throw asConflict(key, error)
      }
    },
    idleSince: async function* (before) {
      try {
        yield* idleIn(client, before)
      } catch (error) {
        if (statusOf(error) !== 404) throw troubleOf(`${client.url}/${client.tableName}`, error)
      }
    },
    close: () => Promise.resolve(),
  }
}
