import { createHash } from 'node:crypto'
import type { SandboxPerson } from './tenants'

/** An object id that is always the same for a key. */
export const idOf = (key: string): string => {
  const hex = createHash('sha256').update(key).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

/** Any number of people to do things at once: `p1`, `p2`, … They are in Teams only; the directory does not know them. */
export const crowdOf = (size: number): readonly SandboxPerson[] =>
  Array.from({ length: size }, (_, index) => {
    const key = `p${index + 1}`
    return {
      key,
      name: `Person ${index + 1}`,
      about: 'One of many',
      objectId: idOf(key),
      userPrincipalName: `${key}@contoso.onmicrosoft.com`,
      teamsId: `29:1${key}`,
      guest: false,
      roles: [],
    }
  })
