/** Which id does somebody or something have that is only made up as needed? */
import { createHash } from 'node:crypto'

/** An object id that is always the same for a key. */
export const idOf = (key: string): string => {
  const hex = createHash('sha256').update(key).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
