import { generateKeyPair, type KeyPairKeyObjectResult } from 'node:crypto'
import { promisify } from 'node:util'
import jwt from 'jsonwebtoken'

export interface SigningKey {
  /** Public half for a key document (`kty`, `n`, `e`, `kid`, …). */
  readonly jwk: Readonly<Record<string, unknown>>
  /** RS256; `nbf`, `iat` and `exp` are added, `seconds` from now (negative: already expired). */
  readonly sign: (claims: Readonly<Record<string, unknown>>, seconds?: number) => string
  /** The claims of a token signed with this key for this audience and still valid, else undefined. */
  readonly verify: (token: string, audience: string) => jwt.JwtPayload | undefined
}

const hour = 3600
const now = () => Math.floor(Date.now() / 1000)

/** Finding large primes takes longer than all else that a sandbox starts, so those of one process share them. */
const pairs = new Map<string, Promise<KeyPairKeyObjectResult>>()

const freshPair = (): Promise<KeyPairKeyObjectResult> => promisify(generateKeyPair)('rsa', { modulusLength: 2048 })

const pairOf = (owner: string): Promise<KeyPairKeyObjectResult> => {
  const pair = pairs.get(owner) ?? freshPair()
  pairs.set(owner, pair)
  return pair
}

/** A fresh RSA key, or the one that this owner has in this process. */
export const createSigningKey = async (kid: string, owner?: string): Promise<SigningKey> => {
  const { privateKey, publicKey } = await (owner === undefined ? freshPair() : pairOf(owner))
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' })
  const sign: SigningKey['sign'] = (claims, seconds = hour) => {
    const start = seconds < 0 ? now() + seconds - hour : now()
    return jwt.sign({ ...claims, iat: start, nbf: start, exp: now() + seconds }, privateKey, { algorithm: 'RS256', keyid: kid })
  }
  const verify: SigningKey['verify'] = (token, audience) => {
    try {
      const claims = jwt.verify(token, publicPem, { algorithms: ['RS256'], audience })
      return typeof claims === 'string' ? undefined : claims
    } catch {
      return undefined
    }
  }
  return { jwk: { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid }, sign, verify }
}
