import { CouldNotLook } from './verdict'

/** Where a list goes on. The address comes from outside: the token must not follow it to another host. @throws CouldNotLook */
export const nextPage = (address: string | null | undefined, baseUrl: string): string | undefined => {
  if (!address) return undefined
  if (!URL.canParse(address)) throw new CouldNotLook('malformed')
  const { protocol, origin, href } = new URL(address)
  if (protocol !== 'https:' || origin !== new URL(baseUrl).origin) throw new CouldNotLook('malformed')
  return href
}
