/** Under which secrets do the records of people and threads stand? Those of the setting, and one that was made once and is kept with the store. */
import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { ConflictError, ownPrefix, type Store } from './store'

const secretKey = `${ownPrefix}record-key`
const secretSchema = z.looseObject({ secret: z.string().min(1) })

const secretIn = async (store: Store): Promise<string | undefined> => secretSchema.safeParse((await store.get(secretKey))?.value).data?.secret

/** Of several instances that start at once, one makes it. */
const makeSecret = async (store: Store): Promise<string> => {
  const secret = randomBytes(32).toString('base64url')
  try {
    await store.put(secretKey, { secret }, (await store.get(secretKey))?.etag)
    return secret
  } catch (error) {
    const made = error instanceof ConflictError ? await secretIn(store) : undefined
    if (made === undefined) throw error
    return made
  }
}

export interface KnownSecrets {
  /** All is written under it. */
  readonly newest: string
  /** The others that are looked under; one that was made before the setting was given is still known. */
  readonly former: readonly string[]
  /** Where whatever was written without any of the setting goes first: the same for instances that disagree about which is the newest. */
  readonly entry: string
}

export type Secrets = () => Promise<KnownSecrets>

/** Asked of the store once; again as long as it does not answer. */
export const createSecrets = (store: Store, given: readonly string[], onKnown: (newest: string) => void = () => undefined): Secrets => {
  const look = async (): Promise<KnownSecrets> => {
    const kept = await secretIn(store)
    const newest = given[0] ?? kept ?? (await makeSecret(store))
    const former = [...given, ...(kept === undefined ? [] : [kept])].filter((secret) => secret !== newest)
    onKnown(newest)
    return { newest, former, entry: given.toSorted()[0] ?? newest }
  }
  let secrets: ReturnType<typeof look> | undefined
  return () => {
    secrets ??= look()
    secrets.catch(() => (secrets = undefined))
    return secrets
  }
}

/** What stands for a person or a thread: nobody who has the records and no secret can tell whose they are. */
const hashOf = (secret: string, name: string): string => createHmac('sha256', secret).update(name).digest('base64url')

const named = /^(?<kind>(?:unreadable\/)?(?:people|threads)\/)(?<name>.+)$/

/** The key under a secret; other keys than those of people and threads are as they are. */
export const hashedKey = (secret: string, key: string): string => {
  const { kind, name } = named.exec(key)?.groups ?? {}
  return kind === undefined || name === undefined ? key : kind + hashOf(secret, name)
}

/** Where the secret that was made is kept. */
export const isRecordKey = (key: string): boolean => key === secretKey
