import { idOf } from './person-id'
import type { SandboxPerson } from './tenants'

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
